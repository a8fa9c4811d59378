import { readHttpDate } from "./retry_delay.ts";

const MAX_SAMPLES = 31;

/** When a request left and when its response began, UTC milliseconds of our clock. */
export interface RequestTimes {
  readonly sentMs: number;
  readonly receivedMs: number;
}

/**
 * How far a host's clock is before ours by one response, milliseconds; NaN where it does not say.
 *
 * From the header `Date` against the middle of the request. Dates are cut to whole seconds, so half
 * a second is added; the date of an answer out of a cache (`Age`) is an old one and says nothing.
 */
export function skewSampleMs(headers: Headers, { sentMs, receivedMs }: RequestTimes): number {
  if (!/^0*$/.test(headers.get("age")?.trim() ?? "")) return NaN;
  return readHttpDate(headers.get("date") ?? "") + 500 - (sentMs + receivedMs) / 2;
}

/** The last samples with one more at the end; NaN adds none. */
export function withSample(samples: readonly number[], sample: number): readonly number[] {
  return Number.isNaN(sample) ? samples : [...samples, sample].slice(-MAX_SAMPLES);
}

/** The middle one of the samples, the lower of two; `undefined` where there is none. */
export function middleSkewMs(samples: readonly number[]): number | undefined {
  return samples.toSorted((a, b) => a - b)[(samples.length - 1) >> 1];
}
