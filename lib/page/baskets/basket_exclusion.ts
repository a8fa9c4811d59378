import { dayText } from "../../core/number_text.ts";
import { parseDay } from "../../core/day.ts";
import type { StandingSubject } from "../../review/standing_subject.ts";

/** What a person said about holding a contract. */
export interface Exclusion {
  /** First decision that may not hold it, ISO; `null` ever. */
  readonly since: string | null;
  /** Whether a basket decided on the day should not hold it. */
  readonly isOut: boolean;
  /** For a reader. */
  readonly text: string;
}

/**
 * The exclusion in force of a contract; `null` where there is none, or it is stale and has no effect.
 *
 * @param decidedOn Day of the decision that holds the contract, ISO.
 */
export function exclusionOf(
  subject: StandingSubject | undefined,
  decidedOn: string,
): Exclusion | null {
  if (subject?.decision?.verdict !== "exclude" || subject.standing === "stale") return null;
  const { since } = subject.decision.value;
  const from = typeof since === "string" ? since : null;
  const isOut = from === null || decidedOn >= from;
  const when = from === null ? "at any date" : `from ${dayText(parseDay(from))} on`;
  return {
    since: from,
    isOut,
    text: isOut ? `excluded ${when}, with the next run` : `excluded ${when}`,
  };
}
