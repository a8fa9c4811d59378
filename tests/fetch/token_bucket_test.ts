import assert from "node:assert/strict";
import fc from "fast-check";
import {
  freeInMs,
  heldMs,
  holdBack,
  type Limit,
  makeBuckets,
  takeToken,
  tryToken,
} from "lib/fetch/token_bucket.ts";

const START_MS = Date.UTC(2026, 10, 22);

const anyLimit: fc.Arbitrary<Limit> = fc.record({
  name: fc.constant("gamma"),
  requests: fc.integer({ min: 1, max: 900 }),
  perSeconds: fc.constantFrom(1, 10, 60),
  burst: fc.integer({ min: 1, max: 20 }),
});

/** Fails if more than burst + T · rate of the places lie in any window of T. */
function assertWithin(limit: Limit, placesMs: readonly number[]): void {
  const places = placesMs.toSorted((a, b) => a - b);
  const perMs = limit.requests / (limit.perSeconds * 1000);
  // the window that begins at the place from which the line has been fullest
  let least = Infinity;
  places.forEach((place, n) => {
    const earned = (place - places[0]!) * perMs;
    least = Math.min(least, n - earned);
    const nOver = n - earned - least + 1 - limit.burst;
    if (nOver > 0.01) assert.fail(`${nOver} places too many in a window that ends at ${place}`);
  });
}

Deno.test("takeToken() gives a burst at once, then one place an interval, and a burst after a rest", () => {
  const buckets = makeBuckets([{ name: "a", requests: 40, perSeconds: 10, burst: 3 }]);
  const waits = (n: number, nowMs: number) =>
    Array.from({ length: n }, () => takeToken(buckets, 0, nowMs));
  assert.deepEqual(waits(6, START_MS), [0, 0, 0, 250, 500, 750]);
  assert.deepEqual(waits(2, START_MS + 750), [250, 500]);
  assert.deepEqual(waits(4, START_MS + 10_000), [0, 0, 0, 250]);
});

Deno.test("takeToken() keeps limits apart", () => {
  const limit = { requests: 1, perSeconds: 1, burst: 1 };
  const buckets = makeBuckets([{ ...limit, name: "a" }, { ...limit, name: "b" }]);
  assert.equal(takeToken(buckets, 0, START_MS), 0);
  assert.equal(takeToken(buckets, 1, START_MS), 0);
  assert.equal(takeToken(buckets, 0, START_MS), 1000);
});

Deno.test("takeToken() waits as a bucket of counted tokens does", () => {
  const gaps = fc.array(fc.integer({ min: 0, max: 3000 }), { maxLength: 60 });
  fc.assert(
    fc.property(anyLimit, gaps, (limit, gaps) => {
      const buckets = makeBuckets([limit]);
      const perMs = limit.requests / (limit.perSeconds * 1000);
      let nowMs = START_MS;
      let tokens = limit.burst;
      for (const gap of gaps) {
        nowMs += gap;
        // below zero: promised to those who wait
        tokens = Math.min(limit.burst, tokens + gap * perMs) - 1;
        const wait = Math.max(0, -tokens / perMs);
        const got = takeToken(buckets, 0, nowMs);
        // intervals are rounded up to microseconds
        assert.ok(Math.abs(got - wait) <= 0.001 * gaps.length + 1e-6, `${got} for ${wait}`);
      }
    }),
    { seed: 8, numRuns: 300 },
  );
});

Deno.test("takeToken() never gives more than burst + T · rate in T, whatever the clocks and holds", () => {
  const steps = fc.array(
    fc.tuple(fc.integer({ min: -2000, max: 2000 }), fc.integer({ min: 0, max: 19 })),
    { minLength: 1, maxLength: 80 },
  );
  fc.assert(
    fc.property(anyLimit, steps, (limit, steps) => {
      const buckets = makeBuckets([limit]);
      const places: number[] = [];
      let nowMs = 1e6;
      for (const [gap, kind] of steps) {
        nowMs += gap;
        if (kind === 0) holdBack(buckets, 0, nowMs + 500);
        else places.push(nowMs + takeToken(buckets, 0, nowMs));
      }
      assertWithin(limit, places);
    }),
    { seed: 8, numRuns: 300 },
  );
});

Deno.test("takeToken() keeps the limit between workers that share it", async () => {
  const limit = { name: "a", requests: 1000, perSeconds: 1, burst: 25 };
  const buckets = makeBuckets([limit]);
  const workers = Array.from(
    { length: 3 },
    () => new Worker(new URL("./token_worker.ts", import.meta.url), { type: "module" }),
  );
  const next = (worker: Worker) =>
    new Promise<MessageEvent>((resolve) => worker.onmessage = resolve);
  await Promise.all(workers.map(next));
  const nTakes = 20_000;
  const startMs = performance.timeOrigin + performance.now() + 100;
  const places = (await Promise.all(workers.map(async (worker) => {
    const answer = next(worker);
    worker.postMessage({ buckets, nTakes, startMs });
    return [...(await answer).data as Float64Array];
  }))).flat().sort((a, b) => a - b);
  workers.forEach((worker) => worker.terminate());
  assert.equal(places.length, 3 * nTakes);
  assertWithin(limit, places);
  // none was lost either: the places lie in one line without a hole
  const takesMs = performance.timeOrigin + performance.now() - startMs;
  assert.ok(places.at(-1)! - places[0]! <= 3 * nTakes - 25 + takesMs);
});

Deno.test("holdBack() keeps everybody waiting until its time, then lets one by one go", () => {
  const buckets = makeBuckets([{ name: "a", requests: 4, perSeconds: 1, burst: 3 }]);
  takeToken(buckets, 0, START_MS);
  holdBack(buckets, 0, START_MS + 5000);
  assert.equal(heldMs(buckets, 0, START_MS + 1000), 4000);
  assert.equal(takeToken(buckets, 0, START_MS + 1000), 4000);
  assert.equal(takeToken(buckets, 0, START_MS + 1000), 4250);
  assert.equal(heldMs(buckets, 0, START_MS + 5000), 0);
  holdBack(buckets, 0, START_MS + 2000);
  assert.equal(heldMs(buckets, 0, START_MS + 1000), 4000, "a shorter hold does not shorten it");
});

Deno.test("tryToken() takes a place that is free now and no other; freeInMs() takes none", () => {
  const buckets = makeBuckets([{ name: "a", requests: 4, perSeconds: 1, burst: 2 }]);
  const tries = (nowMs: number) => [1, 2, 3].map(() => tryToken(buckets, 0, nowMs));
  assert.deepEqual(tries(START_MS), [true, true, false]);
  assert.deepEqual([1, 2].map(() => freeInMs(buckets, 0, START_MS + 100)), [150, 150]);
  assert.deepEqual(tries(START_MS + 249.9), [false, false, false]);
  assert.equal(freeInMs(buckets, 0, START_MS + 400), 0);
  // 150 ms late: the one after it comes on time
  assert.deepEqual(tries(START_MS + 400), [true, false, false]);
  assert.equal(freeInMs(buckets, 0, START_MS + 400), 100);
  assert.equal(takeToken(buckets, 0, START_MS + 400), 100);
});

Deno.test("tryToken() gives a place exactly where takeToken() would not wait", () => {
  const steps = fc.array(fc.integer({ min: -50, max: 3000 }), { maxLength: 60 });
  fc.assert(
    fc.property(anyLimit, steps, (limit, steps) => {
      const buckets = makeBuckets([limit]), same = makeBuckets([limit]);
      let nowMs = START_MS;
      for (const step of steps) {
        nowMs += step;
        const waitMs = freeInMs(buckets, 0, nowMs);
        assert.equal(tryToken(buckets, 0, nowMs), waitMs === 0);
        if (waitMs === 0) assert.equal(takeToken(same, 0, nowMs), 0);
        assert.equal(freeInMs(same, 0, nowMs), freeInMs(buckets, 0, nowMs));
      }
    }),
    { seed: 8, numRuns: 300 },
  );
});

Deno.test("heldMs() is 0 for a limit that was never held", () => {
  const buckets = makeBuckets([{ name: "a", requests: 4, perSeconds: 1, burst: 3 }]);
  assert.equal(heldMs(buckets, 0, START_MS), 0);
});

Deno.test("makeBuckets() refuses a limit without rate or burst, and takeToken() another's index", () => {
  assert.throws(() => makeBuckets([{ name: "a", requests: 0, perSeconds: 10, burst: 3 }]), {
    name: "RangeError",
    message: 'Cannot limit "a" as it must have a positive rate and a burst >= 1: got 0 in 10 ' +
      "seconds, burst 3",
  });
  assert.throws(() => makeBuckets([{ name: "a", requests: 1, perSeconds: 10, burst: 0.5 }]), {
    name: "RangeError",
  });
  const buckets = makeBuckets([{ name: "a", requests: 1, perSeconds: 10, burst: 1 }]);
  for (const ask of [takeToken, tryToken, freeInMs, holdBack, heldMs]) {
    assert.throws(() => ask(buckets, 1, START_MS), {
      name: "RangeError",
      message: "Cannot find a limit as its index must be below 1: got 1",
    });
  }
});
