import { dayOf, dayStartMs } from "../../core/day.ts";
import type { Span } from "../live/spans.ts";
import type { KnownMarket, PlanOptions } from "../live/venue.ts";

/**
 * The time for which a contract's history is wanted: from midnight of the day on which it opened,
 * but nothing before `earliestMs` and `--since`, until it closed or the last complete day ends.
 *
 * An opening after the scheduled end is wrong by itself; then the creation stands for it, as where the
 * record has no opening. Where a closed contract has no closing time, its settlement or else its
 * scheduled end stands for it: without either, every pull would ask for another day of it.
 *
 * @returns The span; empty where `toMs` is not above `fromMs`.
 */
export function wantedSpan(
  { listing, state, outcome }: KnownMarket,
  { sinceMs, untilMs }: Pick<PlanOptions, "sinceMs" | "untilMs">,
  { earliestMs }: { readonly earliestMs: number },
): Span {
  const { opensAtMs: opening, createdAtMs, closesAtMs } = listing.market;
  const isWrong = opening !== null && closesAtMs !== null && opening > closesAtMs;
  const opensAtMs = (isWrong ? createdAtMs : opening ?? createdAtMs) ?? earliestMs;
  const fromMs = dayStartMs(dayOf(Math.max(opensAtMs, sinceMs ?? earliestMs, earliestMs)));
  const hasEnded = state.status === "closed" || state.status === "settled";
  const endedAtMs = state.closedAtMs ??
    (hasEnded ? outcome?.resolvedAtMs ?? state.closesAtMs : null) ?? untilMs;
  return { fromMs, toMs: Math.min(endedAtMs, untilMs) };
}
