/// <reference lib="dom" />
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import type { StandingSubject } from "../../review/standing_subject.ts";
import { type DeskThemes, ThemeChip } from "./audit_theme.tsx";
import { useDraft } from "../draft.ts";
import { instantText } from "../instant_text.ts";
import { StandingBadge } from "../standing.tsx";

/** One subject of several on a page: how it stands, what was decided, and the buttons given. */
export function SubjectDecision({ heading, subject, themes, isDark, children }: {
  heading: string;
  subject: StandingSubject | undefined;
  themes: DeskThemes;
  isDark: boolean;
  children: ComponentChildren;
}) {
  return (
    <div class="card stack decision">
      <div class="row">
        <h4>{heading}</h4>
        {subject !== undefined && <StandingBadge standing={subject.standing} />}
        {subject !== undefined && <Decided subject={subject} themes={themes} isDark={isDark} />}
      </div>
      {subject === undefined
        ? <p class="muted">This run does not ask about it, so nothing can be signed.</p>
        : <div class="row">{children}</div>}
    </div>
  );
}

/**
 * A comment for the next of several decisions; it outlives a reload and is cleared when one of the
 * subjects' decisions holds it.
 */
export function SharedComment({ draftKey, subjects }: {
  draftKey: string;
  subjects: readonly (StandingSubject | undefined)[];
}) {
  const [comment, setComment] = useDraft(draftKey);
  const stored = subjects.map((one) => one?.decision?.comment.trim() ?? "");
  useEffect(() => {
    if (comment !== "" && stored.includes(comment.trim())) setComment("");
  }, [stored.join("\n")]);
  return (
    <label class="stack shared-comment">
      <span class="muted">Comment on the next decision</span>
      <textarea
        rows={2}
        maxLength={4000}
        dir="auto"
        value={comment}
        placeholder="Why, for whoever reads this later"
        onInput={(event) => setComment(event.currentTarget.value)}
      />
    </label>
  );
}

function Decided({ subject, themes, isDark }: {
  subject: StandingSubject;
  themes: DeskThemes;
  isDark: boolean;
}) {
  const { decision } = subject;
  if (decision === null) return null;
  const { theme } = decision.value;
  return (
    <span>
      {decisionWords(decision)}
      {typeof theme === "string" && (
        <>
          {" "}
          <ThemeChip themes={themes} id={theme} isDark={isDark} />
        </>
      )} by <bdi>{decision.by}</bdi> {instantText(decision.at)}
      {decision.comment !== "" && (
        <>
          : <q dir="auto">{decision.comment}</q>
        </>
      )}
    </span>
  );
}

const SIDE_WORDS: Readonly<Record<string, string>> = { "1": "more", "0": "neither", "-1": "less" };

/** A decision about a theme, a side or a contract in words, the theme's name left to the caller. */
function decisionWords(
  { kind, verdict, value }: Pick<
    NonNullable<StandingSubject["decision"]>,
    "kind" | "verdict" | "value"
  >,
): string {
  if (verdict === "flag") return "unsure";
  if (kind === "side" && verdict === "relabel") {
    return `corrected to ${SIDE_WORDS[String(value.side)] ?? "another side"}`;
  }
  if (kind === "theme" && verdict === "relabel") return "corrected to";
  if (kind === "contract" && verdict === "exclude") {
    return value.since === null ? "excluded" : `excluded from ${String(value.since)} on`;
  }
  if (kind === "contract") return "may be held";
  return "right as it is";
}
