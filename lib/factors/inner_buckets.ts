import type { OutcomeExposure } from "../exposures/outcome_exposures.ts";

/** A change in basis points, "25 bps decrease"; "Cut >25bps" and "50+ bps" are open. */
const CHANGE = /(\d+(?:\.\d+)?)\s*\+?\s*(?:bps?|basis points?)\b/iu;
const OPEN = /[+>≥]|\b(?:above|over|more|greater|higher|least)\b/iu;

/**
 * Whether each outcome is a bucket that a number passes through: one with two ends of a ladder, or a change by
 * so many basis points where the same event lists a larger one in its direction.
 *
 * A fall of "25 bps" gains from "no change" and loses to "50+ bps": its price rises on news of either
 * direction. Buckets with an open end stay, as does the largest change of a list.
 * Cost: O(outcomes²) within an event.
 */
export function innerBuckets(outcomes: readonly OutcomeExposure[]): boolean[] {
  const changes = outcomes.map(changeOf);
  const lists = Map.groupBy(
    outcomes.keys(),
    (at) => JSON.stringify([outcomes[at]!.eventId, outcomes[at]!.repetition]),
  );
  const inner = outcomes.map(({ strike }) => strike?.side === "between");
  for (const list of lists.values()) {
    for (const at of list) {
      const own = changes[at];
      if (own === undefined || own.isOpen) continue;
      inner[at] ||= list.some((other) => {
        const larger = changes[other];
        return larger !== undefined && other !== at && isBeyond(larger, own) &&
          direction(outcomes[other]!, outcomes[at]!) > 0;
      });
    }
  }
  return inner;
}

interface Change {
  readonly size: number;
  readonly isOpen: boolean;
}

/** The change that an outcome without a strike names; none for one that names no basis points. */
function changeOf({ outcome, strike, vector }: OutcomeExposure): Change | undefined {
  const found = strike === null && vector !== null ? CHANGE.exec(outcome) : null;
  return found === null ? undefined : { size: Number(found[1]), isOpen: OPEN.test(outcome) };
}

function isBeyond(larger: Change, own: Change): boolean {
  return larger.size > own.size || larger.isOpen && larger.size === own.size;
}

/** Above 0 where words push two outcomes' factors the same way. */
function direction(one: OutcomeExposure, other: OutcomeExposure): number {
  return one.vector!.reduce((sum, score, f) => sum + score * other.vector![f]!, 0);
}
