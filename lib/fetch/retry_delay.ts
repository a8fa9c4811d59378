/** Tries of one ask, the first included. */
export const MAX_TRIES = 6;

const FIRST_MS = 1000;
const LONGEST_MS = 60_000;
const LONGEST_RETRY_AFTER_MS = 600_000;
/** 520 to 524: the network before the host (Cloudflare) did not reach it. */
const PASSING = new Set([408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524]);

/**
 * Whether a status says that the same ask may be answered later. Not so for a refusal (400, 401,
 * 403, 410, 422) nor for what is not built (501); 404 is an answer and never gets here.
 */
export function isPassingStatus(status: number): boolean {
  return PASSING.has(status);
}

/**
 * Milliseconds to wait after a failed try.
 *
 * Exponential with full jitter: uniform between 0 and 1, 2, 4 ... seconds, at most 60, so that asks
 * that failed together do not come back together. What the host asks for is the least: `Retry-After:
 * 0`, said again and again, must not become a storm.
 *
 * Source: M. Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog 2015.
 *
 * @param nTries Tries so far, at least 1.
 * @param options.random A draw in [0, 1).
 * @param options.retryAfterMs What the host asked for; `null` for nothing.
 * @throws {RangeError} If `nTries` or `random` is out of range.
 */
export function retryDelayMs(
  nTries: number,
  { random, retryAfterMs }: { readonly random: number; readonly retryAfterMs: number | null },
): number {
  if (!(Number.isInteger(nTries) && nTries >= 1)) {
    throw new RangeError(`Cannot wait after a try as its number must be >= 1: got ${nTries}`);
  }
  if (!(random >= 0 && random < 1)) {
    throw new RangeError(`Cannot wait after a try as a draw must be in [0, 1): got ${random}`);
  }
  const backoff = random * Math.min(LONGEST_MS, FIRST_MS * 2 ** (nTries - 1));
  return Math.max(backoff, retryAfterMs ?? 0);
}

/**
 * Milliseconds that the header `Retry-After` asks for: from seconds, or from a date. Never negative,
 * at most 10 minutes; `null` for no header or one that is neither.
 *
 * @param header Untrusted.
 * @param nowMs UTC milliseconds; best by the host's own clock (its header `Date`).
 */
export function readRetryAfter(header: string | null, nowMs: number): number | null {
  const text = header?.trim() ?? "";
  const ms = /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : readHttpDate(text) - nowMs;
  return Number.isNaN(ms) ? null : Math.min(Math.max(ms, 0), LONGEST_RETRY_AFTER_MS);
}

/**
 * UTC milliseconds of a date as HTTP writes it, `Wed, 21 Oct 2026 07:28:00 GMT`; NaN for another
 * text, also where `Date.parse` would guess.
 */
export function readHttpDate(text: string): number {
  const isDate = /^\w{3}, \d{2} \w{3} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(text);
  return isDate ? Date.parse(text) : NaN;
}
