import assert from "node:assert/strict";
import fc from "fast-check";
import {
  fillPlan,
  matchedPlan,
  type MatchedWeight,
  PRICE_BINS,
} from "lib/backtest/matched_weights.ts";

const held = (...rows: readonly (readonly [number, number])[]): MatchedWeight[] =>
  rows.map(([sidePrice, weight]) => ({ sidePrice, weight }));

/** What {@link fillPlan} gives where places are ranked in their own order or against it. */
function filled(plan: ReturnType<typeof matchedPlan>, rankOf: (place: number) => number) {
  const { places, weights } = fillPlan(plan, rankOf);
  return Object.fromEntries(Array.from(places, (place, k) => [place, weights[k]]));
}

const forward = (place: number) => place / 100;
const backward = (place: number) => 1 - (place + 1) / 100;

Deno.test("matchedPlan() puts weights and contracts of the same prices together, hand-worked", () => {
  // the end of a bin belongs to it
  const plan = matchedPlan(
    held([0.15, 0.1], [0.2, 0.3], [0.95, 0.2]),
    Float64Array.of(0.8, 0.2, 0.1, 0.11, 0.21, 0.18),
  );
  assert.deepEqual(plan.bins.map(({ candidates }) => [...candidates]), [
    [2],
    [1, 3, 5],
    [4],
    [],
    [],
    [0],
  ]);
  assert.deepEqual(plan.bins.map(({ weights }) => [...weights]), [
    [],
    [0.3, 0.1],
    [],
    [],
    [],
    [0.2],
  ]);
  assert.deepEqual([plan.rest.length, plan.nOffered], [0, 6]);
  assert.deepEqual(filled(plan, forward), { 0: 0.2, 1: 0.3, 3: 0.1 });
  assert.deepEqual(filled(plan, backward), { 0: 0.2, 5: 0.3, 3: 0.1 });
});

Deno.test("matchedPlan() leaves the smallest weights of a full bin to the rest, which goes to any price", () => {
  const plan = matchedPlan(
    held([0.15, 0.1], [0.12, 0.25], [0.19, 0.2], [0.05, 0.15]),
    Float64Array.of(0.9, 0.15, 0.4, 0.3),
  );
  assert.deepEqual(plan.bins.map(({ weights }) => [...weights]), [[], [0.25], [], [], [], []]);
  assert.deepEqual([...plan.rest], [0.2, 0.15, 0.1]);
  assert.deepEqual(filled(plan, forward), { 1: 0.25, 0: 0.2, 2: 0.15, 3: 0.1 });
  assert.deepEqual(filled(plan, backward), { 1: 0.25, 3: 0.2, 2: 0.15, 0: 0.1 });
});

Deno.test("fillPlan() leaves in cash what finds no contract at all", () => {
  const own = held([0.15, 0.5], [0.3, 0.3], [0.6, 0.2]);
  const plan = matchedPlan(own, Float64Array.of(0.62, 0.95));
  assert.deepEqual(filled(plan, forward), { 0: 0.2, 1: 0.5 });
  assert.deepEqual(filled(matchedPlan(own, new Float64Array(0)), forward), {});
  assert.deepEqual(filled(matchedPlan([], Float64Array.of(0.5)), forward), {});
});

Deno.test("fillPlan() breaks equal ranks by the place on offer", () => {
  const plan = matchedPlan(held([0.4, 0.3], [0.4, 0.2]), Float64Array.of(0.45, 0.4, 0.5));
  assert.deepEqual(filled(plan, () => 0.25), { 0: 0.3, 1: 0.2 });
  // the last step of 32 bits, and the first
  const last = 1 - 2 ** -32;
  assert.deepEqual(filled(plan, (place) => place === 2 ? 0 : last), { 2: 0.3, 0: 0.2 });
});

const prices = fc.integer({ min: 1, max: 99 }).map((cents) => cents / 100);
const weights = fc.array(fc.tuple(prices, fc.integer({ min: 1, max: 9 })), { maxLength: 12 });
const offers = fc.array(fc.tuple(prices, fc.integer({ min: 0, max: 7 })), { maxLength: 12 });

Deno.test("fillPlan() gives every weight to one contract, in its bin where there is room", () => {
  fc.assert(
    fc.property(weights, offers, (own, offered) => {
      const plan = matchedPlan(
        held(...own),
        Float64Array.from(offered, ([price]) => price),
      );
      const { places, weights } = fillPlan(plan, (place) => offered[place]![1] / 8);
      assert.equal(new Set(places).size, places.length);
      assert.equal(places.length, Math.min(own.length, offered.length));
      if (own.length <= offered.length) {
        assert.deepEqual([...weights].sort(), own.map(([, weight]) => weight).sort());
      }
      PRICE_BINS.forEach((end, b) => {
        const isIn = (price: number) => price <= end && price > (PRICE_BINS[b - 1] ?? 0);
        const nHeld = own.filter(([price]) => isIn(price)).length;
        const nOffered = offered.filter(([price]) => isIn(price)).length;
        const nFilled = [...places].filter((place) => isIn(offered[place]![0])).length;
        assert.ok(nFilled >= Math.min(nHeld, nOffered));
      });
    }),
    { seed: 7, numRuns: 300 },
  );
});
