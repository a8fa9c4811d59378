/// <reference lib="dom" />
import { useEffect, useId } from "preact/hooks";
import type { Verdict } from "../review/decision.ts";
import type { StandingSubject } from "../review/standing_subject.ts";
import { instantText } from "./instant_text.ts";
import { StandingBadge } from "./standing.tsx";
import { useDraft } from "./draft.ts";
import { verdictWords } from "./verdict_words.ts";

/** A verdict as a button. */
export interface SignChoice {
  readonly verdict: Verdict;
  readonly label: string;
  /** Shown on the button; the desk registers it. */
  readonly key?: string;
  readonly isPrimary?: boolean;
}

/** Longest comment that a decision takes. */
const LONGEST_COMMENT = 4000;

/**
 * How a subject stands, a comment and the verdicts. The comment outlives a reload under `draftKey` (see
 * `readDraft`, with which a desk signs by key) and is cleared when it is stored in the decision in force.
 * Buttons that are busy keep the focus.
 */
export function SignBar(
  { subject, verdicts, onSign, draftKey, label = "Your decision", isBusy = false }: {
    subject: StandingSubject | null;
    verdicts: readonly SignChoice[];
    onSign: (verdict: Verdict, comment: string) => void;
    draftKey: string;
    /** Name of the region, for screen readers; another for each of several bars. */
    label?: string;
    isBusy?: boolean;
  },
) {
  const [comment, setComment] = useDraft(draftKey);
  const field = useId();
  const stored = subject?.decision?.comment;
  useEffect(() => {
    if (comment !== "" && comment.trim() === stored?.trim()) setComment("");
  }, [stored, draftKey]);

  return (
    <section class="sign-bar" aria-label={label}>
      {subject !== null && <StandingLine subject={subject} />}
      <div class="sign-bar-comment">
        <label for={field}>Comment</label>
        <textarea
          id={field}
          rows={2}
          maxLength={LONGEST_COMMENT}
          value={comment}
          dir="auto"
          placeholder="Why, for whoever reads this later"
          onInput={(event) => setComment(event.currentTarget.value)}
        />
      </div>
      <div class="row sign-bar-verdicts">
        {verdicts.map(({ verdict, label, key, isPrimary = false }) => (
          <button
            key={`${verdict} ${label}`}
            type="button"
            class={isPrimary ? "button button-primary" : "button"}
            aria-disabled={isBusy}
            data-verdict={verdict}
            aria-keyshortcuts={key}
            onClick={() => isBusy || onSign(verdict, comment)}
          >
            {label}
            {key !== undefined && <kbd aria-hidden="true">{key}</kbd>}
          </button>
        ))}
      </div>
    </section>
  );
}

function StandingLine({ subject }: { subject: StandingSubject }) {
  const { standing, decision } = subject;
  return (
    <p class="row sign-bar-standing">
      <StandingBadge standing={standing} />
      {decision !== null && (
        <span>
          {capitalized(verdictWords(decision))} by <bdi>{decision.by}</bdi>{" "}
          <time dateTime={decision.at}>{instantText(decision.at)}</time>
          {decision.comment !== "" && (
            <>
              : <q dir="auto">{decision.comment}</q>
            </>
          )}
        </span>
      )}
      {standing === "stale" && (
        <span class="sign-bar-reason">
          What was seen has changed since; the decision has no effect until it is signed again.
        </span>
      )}
      {standing === "waiting" && <span class="muted">The review waits for this.</span>}
    </p>
  );
}

function capitalized(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
