/**
 * Milliseconds that a server asks to wait, from its `retry-after-ms` or `Retry-After` header
 * (seconds, or an HTTP date against `nowMs`); `null` where it says nothing that can be read.
 */
export function retryAfterMs(
  header: (name: string) => string | null,
  nowMs: number,
): number | null {
  const exact = header("retry-after-ms")?.trim();
  if (exact !== undefined && /^\d+(\.\d+)?$/.test(exact)) return Number(exact);
  const text = header("retry-after")?.trim();
  if (text === undefined || text === "") return null;
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
  // an HTTP date starts with its weekday; Date.parse alone would read nearly anything
  if (!/^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)/.test(text)) return null;
  const atMs = Date.parse(text);
  return Number.isNaN(atMs) ? null : Math.max(0, atMs - nowMs);
}

/** First wait after a failure and the longest, in milliseconds. */
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 60_000;

/**
 * Milliseconds to wait before the next attempt: doubled each time up to a minute, of which a random
 * half is taken off so that requests which failed together do not return together. What the server
 * asks for goes before it, with up to a tenth on top.
 *
 * @param attempt Attempts that failed so far, from 1.
 * @param jitter Number in [0, 1).
 */
export function waitMs(attempt: number, askedMs: number | null, jitter: number): number {
  if (askedMs !== null) return Math.ceil(askedMs * (1 + jitter / 10));
  return Math.round(
    Math.min(FIRST_WAIT_MS * 2 ** (attempt - 1), LONGEST_WAIT_MS) * (1 - jitter / 2),
  );
}
