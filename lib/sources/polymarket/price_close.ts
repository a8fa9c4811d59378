import { dayEndMs, dayOf, dayStartMs } from "../../core/day.ts";
import type { DayPoint } from "../live/fact.ts";
import type { Span } from "../live/spans.ts";

/** A price that was observed somewhere in [fromMs, toMs); a tick at an instant where both are equal. */
export interface Observation {
  readonly fromMs: number;
  readonly toMs: number;
  readonly price: number;
}

/**
 * Closes of the UTC days of a span: the last observation that lies wholly within the day and the
 * span.
 *
 * An aggregate is stamped with its start but was observed anywhere inside, so it is used only when
 * it is over. One that reaches over midnight belongs to no day: its price may be of either. Nothing
 * is carried forward: a day without an observation of its own has no point.
 *
 * Cost: O(n log n).
 *
 * @param observations In any order.
 * @returns Points with increasing days.
 */
export function dailyCloses(observations: readonly Observation[], span: Span): DayPoint[] {
  const closes = new Map<number, number>();
  const sorted = observations.toSorted((a, b) =>
    a.toMs - b.toMs || a.fromMs - b.fromMs || a.price - b.price
  );
  for (const { fromMs, toMs, price } of sorted) {
    const day = dayOf(fromMs);
    const isInSpan = fromMs >= span.fromMs && fromMs < span.toMs && toMs <= span.toMs;
    if (isInSpan && fromMs >= dayStartMs(day) && toMs <= dayEndMs(day)) closes.set(day, price);
  }
  return Array.from(closes, ([day, close]) => ({
    day,
    close,
    bid: null,
    ask: null,
    volumeUsd: null,
    openInterest: null,
  })).sort((a, b) => a.day - b.day);
}
