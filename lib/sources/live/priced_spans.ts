import { dayOf, dayStartMs, MS_PER_DAY } from "../../core/day.ts";
import type { DaysFact } from "./fact.ts";
import { mergeSpans, missingSpans, type Span } from "./spans.ts";

/** How long after its end a day without a close is asked for once more: hosts may be late. */
const LATE_MS = MS_PER_DAY;

/**
 * Spans of a contract whose prices need not be asked for again.
 *
 * What only a fallback, rank 0, gave is asked of the first choice again. An empty span counts once
 * the other source was asked too, so that a pull that was killed between the two goes on with the
 * second. A last day without a close is asked for once more, from a day after its end on.
 *
 * @param facts Answers about prices; of `points` only the last is read.
 * @param nowMs The time of the plan.
 */
export function pricedSpans(
  facts: readonly (DaysFact & { readonly knownAtMs: number })[],
  nowMs: number,
): Span[] {
  const isFirst = ({ rank }: DaysFact) => rank > 0;
  const others = facts.filter((fact) => !isFirst(fact));
  return mergeSpans(
    facts.filter(isFirst).flatMap((fact) => {
      const span = settledSpan(fact, nowMs);
      if (fact.needsOther === undefined) return [span];
      return missingSpans(span, missingSpans(span, others));
    }),
  );
}

function settledSpan(
  { fromMs, toMs, points, knownAtMs }: DaysFact & { readonly knownAtMs: number },
  nowMs: number,
): Span {
  const lastDay = dayOf(toMs - 1), last = points.at(-1);
  const hasClose = last?.day === lastDay && last.close !== null;
  const isDue = nowMs >= toMs + LATE_MS && knownAtMs < toMs + LATE_MS;
  const isSettled = hasClose || !isDue;
  return { fromMs, toMs: isSettled ? toMs : Math.max(fromMs, dayStartMs(lastDay)) };
}
