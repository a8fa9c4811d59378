import assert from "node:assert/strict";
import { retryAfterMs, waitMs } from "lib/classify/retry_after.ts";

const NOW = Date.UTC(2026, 0, 1, 12);
const read = (headers: Record<string, string>) =>
  retryAfterMs((name) => headers[name] ?? null, NOW);

Deno.test("retryAfterMs() reads seconds, HTTP dates and OpenAI's milliseconds", () => {
  assert.equal(read({ "retry-after": "20" }), 20_000);
  assert.equal(read({ "retry-after": "0.5" }), 500);
  assert.equal(read({ "retry-after": "Thu, 01 Jan 2026 12:01:30 GMT" }), 90_000);
  assert.equal(read({ "retry-after": "Thu, 01 Jan 2026 11:00:00 GMT" }), 0);
  assert.equal(read({ "retry-after": "20", "retry-after-ms": "150" }), 150);
});

Deno.test("retryAfterMs() takes nothing from what it cannot read", () => {
  for (const text of ["", "soon", "-5", "2026-01-01", "1e9", "Thursday perhaps", "5 minutes"]) {
    assert.equal(read({ "retry-after": text }), null, text);
  }
  assert.equal(read({}), null);
  assert.equal(read({ "retry-after-ms": "x", "retry-after": "3" }), 3000);
});

Deno.test("waitMs() doubles to a minute, takes up to half off, and obeys the server", () => {
  const waits = [1, 2, 3, 4, 5, 6, 7, 50].map((attempt) => waitMs(attempt, null, 0));
  assert.deepEqual(waits, [1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000]);
  assert.equal(waitMs(3, null, 0.999), 2002);
  assert.equal(waitMs(3, 7000, 0), 7000);
  assert.equal(waitMs(3, 7000, 0.5), 7350);
});
