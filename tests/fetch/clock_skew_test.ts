import assert from "node:assert/strict";
import { middleSkewMs, skewSampleMs, withSample } from "lib/fetch/clock_skew.ts";

const noon = Date.UTC(2026, 10, 22, 12);
const dated = (headers: Record<string, string> = {}) =>
  new Headers({ date: "Sun, 22 Nov 2026 12:00:00 GMT", ...headers });

Deno.test("skewSampleMs() sets the middle of the host's second against the middle of the request", () => {
  const times = { sentMs: noon - 3000, receivedMs: noon - 1000 };
  assert.equal(skewSampleMs(dated(), times), 2500);
  assert.equal(skewSampleMs(dated({ age: "0" }), times), 2500);
});

Deno.test("skewSampleMs() is NaN without a date, and for an answer out of a cache", () => {
  const times = { sentMs: noon, receivedMs: noon };
  assert.equal(skewSampleMs(new Headers(), times), NaN);
  assert.equal(skewSampleMs(new Headers({ date: "2026" }), times), NaN);
  assert.equal(skewSampleMs(dated({ age: "17" }), times), NaN);
});

Deno.test("middleSkewMs() is the middle of the last 31 samples, which one odd date does not move", () => {
  assert.equal(middleSkewMs([]), undefined);
  assert.equal(middleSkewMs([7]), 7);
  assert.equal(middleSkewMs([90_000_000, 7, 8]), 8);
  assert.equal(middleSkewMs([4, 1]), 1);
  const frozen = Object.freeze([3, 1, 2]);
  assert.equal(middleSkewMs(frozen), 2);
  let samples: readonly number[] = [];
  for (let i = 0; i < 100; ++i) samples = withSample(samples, i);
  assert.deepEqual([samples.length, samples[0], middleSkewMs(samples)], [31, 69, 84]);
  assert.equal(withSample(frozen, NaN), frozen);
});
