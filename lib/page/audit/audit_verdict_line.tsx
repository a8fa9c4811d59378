import type { Decision } from "../../review/decision.ts";
import type { QueueItem } from "./audit_queue_state.ts";
import { type Judgement, judgementBy } from "./audit_progress.ts";
import { type DeskThemes, ThemeChip } from "./audit_theme.tsx";
import { instantText } from "../instant_text.ts";

/** What was said about a contract, by whom and when; another person's verdict only when it is asked for. */
export function VerdictLine({ item, overruled, isRevealed, onReveal, themes, isDark }: {
  item: QueueItem;
  overruled: Decision | undefined;
  isRevealed: boolean;
  onReveal: () => void;
  themes: DeskThemes;
  isDark: boolean;
}) {
  const { judgement, underway, isByOther, entry, subject } = item;
  if (underway !== null) return <p class="verdict-line muted">Storing your verdict …</p>;
  if (judgement === null) {
    return subject?.standing === "stale" && subject.decision !== null
      ? (
        <p class="verdict-line verdict-stale">
          <bdi>{subject.decision.by}</bdi> judged it on{" "}
          {instantText(subject.decision.at)}, but what was seen has changed since; that verdict does
          not count.
        </p>
      )
      : <p class="verdict-line muted">Nobody has judged it.</p>;
  }
  if (isByOther && !isRevealed) {
    return (
      <p class="verdict-line row">
        <span>
          <bdi>{judgement.reviewer}</bdi> judged it on{" "}
          {instantText(judgement.at)}. The verdict is shown after yours, which replaces it.
        </span>
        <button type="button" class="button button-small" onClick={onReveal}>Show it now</button>
      </p>
    );
  }
  const look = { themes, isDark };
  const former = overruled === undefined ? null : judgementBy(entry, overruled);
  return (
    <div class="verdict-line" role="status">
      <p>
        {isByOther
          ? <Said judgement={judgement} {...look} />
          : <Verdict judgement={judgement} {...look} isFirst />}
      </p>
      {former !== null && former.reviewer !== judgement.reviewer && (
        <p class="muted">
          Before that: <Said judgement={former} {...look} /> Undo brings it back.
        </p>
      )}
    </div>
  );
}

function Said({ judgement, themes, isDark }: {
  judgement: Judgement;
  themes: DeskThemes;
  isDark: boolean;
}) {
  return (
    <>
      On {instantText(judgement.at)} <bdi>{judgement.reviewer}</bdi> said{" "}
      <Verdict judgement={judgement} themes={themes} isDark={isDark} />
    </>
  );
}

function Verdict({ judgement: { verdict, rightTheme }, themes, isDark, isFirst = false }: {
  judgement: Judgement;
  themes: DeskThemes;
  isDark: boolean;
  isFirst?: boolean;
}) {
  const word = isFirst ? verdict.charAt(0).toUpperCase() + verdict.slice(1) : verdict;
  return (
    <>
      <strong>{word}</strong>
      {rightTheme !== null && (
        <>
          : it belongs to <ThemeChip themes={themes} id={rightTheme} isDark={isDark} />
        </>
      )}.
    </>
  );
}
