import assert from "node:assert/strict";
import fc from "fast-check";
import {
  isPassingStatus,
  MAX_TRIES,
  readHttpDate,
  readRetryAfter,
  retryDelayMs,
} from "lib/fetch/retry_delay.ts";

const noon = Date.UTC(2026, 10, 22, 12);

Deno.test("isPassingStatus() parts what passes from refusals", () => {
  const passing = [408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524];
  const final = [
    300,
    301,
    302,
    400,
    401,
    403,
    405,
    406,
    409,
    410,
    411,
    413,
    414,
    422,
    451,
    501,
    505,
  ];
  assert.deepEqual(passing.filter((status) => !isPassingStatus(status)), []);
  assert.deepEqual(final.filter(isPassingStatus), []);
});

Deno.test("retryDelayMs() doubles what it draws from, up to a minute", () => {
  const half = (nTries: number) => retryDelayMs(nTries, { random: 0.5, retryAfterMs: null });
  assert.deepEqual([1, 2, 3, 4, 5].map(half), [500, 1000, 2000, 4000, 8000]);
  assert.deepEqual([7, 8, 2000].map(half), [30_000, 30_000, 30_000]);
  assert.equal(retryDelayMs(3, { random: 0, retryAfterMs: null }), 0);
  assert.equal(MAX_TRIES, 6);
});

Deno.test("retryDelayMs() waits at least as long as the host asks", () => {
  assert.equal(retryDelayMs(1, { random: 0.9, retryAfterMs: 5000 }), 5000);
  assert.equal(retryDelayMs(5, { random: 0.5, retryAfterMs: 0 }), 8000);
});

Deno.test("retryDelayMs() refuses what is no try and no draw", () => {
  assert.throws(() => retryDelayMs(0, { random: 0.5, retryAfterMs: null }), {
    name: "RangeError",
    message: "Cannot wait after a try as its number must be >= 1: got 0",
  });
  assert.throws(() => retryDelayMs(1, { random: 1, retryAfterMs: null }), {
    name: "RangeError",
    message: "Cannot wait after a try as a draw must be in [0, 1): got 1",
  });
});

Deno.test("readRetryAfter() reads seconds and dates, never below 0, never above 10 minutes", () => {
  const cases: [string | null, number | null][] = [
    ["5", 5000],
    [" 0 ", 0],
    ["1.5", 1500],
    ["601", 600_000],
    ["9".repeat(400), 600_000],
    ["Sun, 22 Nov 2026 12:00:30 GMT", 30_000],
    ["Sun, 22 Nov 2026 11:59:00 GMT", 0],
    ["Sun, 22 Nov 2099 12:00:00 GMT", 600_000],
    [null, null],
    ["", null],
    ["-5", null],
    ["soon", null],
    ["2026-11-22", null],
    ["Sun, 99 Nov 2026 12:00:00 GMT", null],
  ];
  for (const [header, ms] of cases) assert.equal(readRetryAfter(header, noon), ms, String(header));
});

Deno.test("readRetryAfter() gives null or 0 to 600,000 for any header", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[\d. GMT:-]+$/)), (header) => {
      const ms = readRetryAfter(header, noon);
      assert.ok(ms === null || (ms >= 0 && ms <= 600_000), String(ms));
    }),
    { seed: 8 },
  );
});

Deno.test("readHttpDate() reads what toUTCString writes, and nothing that Date.parse would guess", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4e9 }), (seconds) => {
      assert.equal(readHttpDate(new Date(seconds * 1000).toUTCString()), seconds * 1000);
    }),
    { seed: 8 },
  );
  for (const text of ["", "5", "22 Nov 2026", "2026-11-22T12:00:00Z"]) {
    assert.equal(readHttpDate(text), NaN, text);
  }
});
