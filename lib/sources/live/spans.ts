import { MS_PER_DAY } from "../../core/day.ts";

/** A half-open stretch of time [fromMs, toMs), UTC milliseconds. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Spans sorted, those that touch or overlap made one, empty ones left out. Cost: O(n log n). */
export function mergeSpans(spans: readonly Span[]): Span[] {
  const merged: { fromMs: number; toMs: number }[] = [];
  const sorted = spans.filter((span) => span.toMs > span.fromMs).toSorted((a, b) =>
    a.fromMs - b.fromMs || a.toMs - b.toMs
  );
  for (const { fromMs, toMs } of sorted) {
    const last = merged.at(-1);
    if (last !== undefined && fromMs <= last.toMs) last.toMs = Math.max(last.toMs, toMs);
    else merged.push({ fromMs, toMs });
  }
  return merged;
}

/** What of `wanted` no span of `have` covers, in order. */
export function missingSpans(wanted: Span, have: readonly Span[]): Span[] {
  const missing: Span[] = [];
  let at = wanted.fromMs;
  for (const { fromMs, toMs } of mergeSpans(have)) {
    if (toMs <= at) continue;
    if (fromMs >= wanted.toMs) break;
    if (fromMs > at) missing.push({ fromMs: at, toMs: fromMs });
    at = toMs;
  }
  if (at < wanted.toMs) missing.push({ fromMs: at, toMs: wanted.toMs });
  return missing;
}

/**
 * A span cut at UTC midnights into windows of at most `maxDays` days, the newest first.
 *
 * Counted back from the end, so that the window that holds the end is a whole one: for a closed
 * contract that is the time of closing. A day is never cut in two.
 *
 * @throws {RangeError} If `maxDays` is not a whole number above 0.
 */
export function windowsBack(span: Span, maxDays: number): Span[] {
  if (!(Number.isInteger(maxDays) && maxDays > 0)) {
    throw new RangeError(
      `Cannot cut a span into windows as days must be a whole number above 0: got ${maxDays}`,
    );
  }
  const windows: Span[] = [];
  let toMs = span.toMs;
  while (toMs > span.fromMs) {
    const lastMidnight = Math.ceil(toMs / MS_PER_DAY) * MS_PER_DAY;
    const fromMs = Math.max(span.fromMs, lastMidnight - maxDays * MS_PER_DAY);
    windows.push({ fromMs, toMs });
    toMs = fromMs;
  }
  return windows;
}
