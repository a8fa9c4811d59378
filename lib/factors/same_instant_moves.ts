import { dayStartMs } from "../core/day.ts";
import type { Sessions } from "../core/sessions.ts";

/** Values of one contract as they were seen, instants increasing. */
export interface Observations {
  /** UTC milliseconds. */
  readonly atMs: Float64Array;
  readonly value: Float64Array;
}

/** Instants of an exchange's closes, UTC milliseconds. */
export function closeInstants({ day, minute }: Sessions): Float64Array {
  return Float64Array.from(day, (one, s) => dayStartMs(one) + minute[s]! * 60_000);
}

/**
 * A contract's value at each close of an exchange, and its moves from one close to the next.
 *
 * The value is the last one seen at or before the close, so that contract and exchange are read at the
 * same instant and both their moves hold the same news. What happens between two sessions, such as a
 * weekend, is inside the next move.
 *
 * NaN: where the last value is unknown or older than `maxAgeMs`, and moves from or to such a close.
 * Cost: O(observations + closes).
 *
 * @param observations Instants increasing. @param closesMs Instants of the closes, increasing.
 * @param options.maxAgeMs Oldest value that still stands for the close, milliseconds.
 * @returns `value` per close; `move` per close since the one before it, the first NaN.
 * @throws {RangeError} If `maxAgeMs` is negative or NaN, or instants do not increase.
 */
export function sameInstantMoves(
  { atMs, value }: Observations,
  closesMs: Float64Array,
  { maxAgeMs }: { readonly maxAgeMs: number },
): { value: Float64Array; move: Float64Array } {
  if (!(maxAgeMs >= 0)) {
    throw new RangeError(`Cannot read values at closes as maxAgeMs must be >= 0: got ${maxAgeMs}`);
  }
  requireIncreasing(atMs, "observations");
  requireIncreasing(closesMs, "closes");
  let seen = -1;
  const atClose = closesMs.map((close) => {
    while (seen + 1 < atMs.length && atMs[seen + 1]! <= close) ++seen;
    return seen >= 0 && close - atMs[seen]! <= maxAgeMs ? value[seen]! : NaN;
  });
  return { value: atClose, move: atClose.map((now, s) => s === 0 ? NaN : now - atClose[s - 1]!) };
}

function requireIncreasing(instants: Float64Array, what: string): void {
  for (let i = 1; i < instants.length; ++i) {
    if (instants[i]! > instants[i - 1]!) continue;
    throw new RangeError(
      `Cannot read values at closes as the instants of the ${what} must increase: got ${
        instants[i]
      } after ${instants[i - 1]}`,
    );
  }
}
