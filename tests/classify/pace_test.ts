import assert from "node:assert/strict";
import { realDelay, realPace, turns } from "lib/classify/pace.ts";
import { recordedPace } from "./asking.ts";

Deno.test("turns() keeps any minute within its requests and tokens", async () => {
  const pace = recordedPace({ requestsPerMinute: 3, tokensPerMinute: 100 });
  const turn = turns(pace);
  const startMs = pace.nowMs();
  const at: { ms: number; tokens: number }[] = [];
  await Promise.all([30, 30, 30, 30, 90, 250, 10].map(async (tokens) => {
    await turn(tokens);
    at.push({ ms: pace.nowMs() - startMs, tokens });
  }));
  assert.deepEqual(at.map(({ ms }) => ms / 60_000), [0, 0, 0, 1, 2, 3, 4]);
  assert.deepEqual(at.map(({ tokens }) => tokens), [30, 30, 30, 30, 90, 250, 10]);
});

Deno.test("turns() does not wait without limits or after an abort", async () => {
  const free = recordedPace();
  await turns(free)(1e9);
  assert.deepEqual(free.waits, []);
  const limited = recordedPace({ requestsPerMinute: 1 });
  const turn = turns(limited);
  await turn(1);
  await turn(1, AbortSignal.abort());
  assert.deepEqual(limited.waits, []);
});

Deno.test("turns() refuses a pace that lets nothing through", () => {
  for (const name of ["concurrency", "maxAttempts", "requestsPerMinute", "tokensPerMinute"]) {
    assert.throws(() => turns(recordedPace({ [name]: 0 })), {
      name: "RangeError",
      message: `Cannot ask at a pace as ${name} must be at least 1: got 0`,
    });
  }
});

Deno.test("realDelay() waits, and ends early at an abort", async () => {
  const start = performance.now();
  await realDelay(20);
  assert.ok(performance.now() - start >= 15);
  const stop = new AbortController();
  const waiting = realDelay(60_000, stop.signal);
  stop.abort();
  await waiting;
  await realDelay(60_000, stop.signal);
  assert.ok(performance.now() - start < 30_000);
});

Deno.test("realPace() has the limits it is given and no others", () => {
  const { requestsPerMinute, tokensPerMinute, concurrency, jitter, nowMs } = realPace({
    requestsPerMinute: 60,
    concurrency: 2,
  });
  assert.deepEqual([requestsPerMinute, tokensPerMinute, concurrency], [60, undefined, 2]);
  assert.ok(jitter() >= 0 && jitter() < 1 && nowMs() > Date.UTC(2026, 0, 1));
});
