import assert from "node:assert/strict";
import fc from "fast-check";
import { waterFilling } from "lib/baskets/water_filling.ts";
import { largestBudget, type WeightCaps } from "lib/baskets/weight_caps.ts";
// golden: bisection in numpy, checked by scipy's SLSQP; made by tests/golden/baskets/water_filling.py
import golden from "../golden/baskets/water_filling.json" with { type: "json" };

const numbers = (...x: number[]) => Float64Array.from(x);
const total = (x: Iterable<number>) => [...x].reduce((sum, w) => sum + w, 0);
const free = (...upper: number[]): WeightCaps => ({ upper: numbers(...upper), groups: [] });

function assertNear(actual: Iterable<number>, expected: Iterable<number>, error = 1e-12): void {
  const wanted = [...expected];
  [...actual].forEach((x, i) => assert.ok(Math.abs(x - wanted[i]!) <= error, `${i}: ${x}`));
}

Deno.test("waterFilling() matches a bisection in numpy that scipy agrees with", () => {
  for (const { name, raw, upper, groups, budget, weights } of golden.cases) {
    const caps: WeightCaps = {
      upper: Float64Array.from(upper),
      groups: groups.map(({ members, cap }, k) => ({
        ...{ name: `group ${k}`, members: Int32Array.from(members), cap },
      })),
    };
    const filled = waterFilling(Float64Array.from(raw), caps, budget);
    weights.forEach((w, i) => assert.ok(Math.abs(filled[i]! - w) < 1e-12, `${name}: ${filled}`));
  }
});

Deno.test("waterFilling() keeps the limits that a cut and a division by the sum break", () => {
  const raw = numbers(0.5, 0.2, 0.15, 0.1, 0.05), liquidity = numbers(0.05, 0.3, 0.3, 0.2, 0.15);
  const cut = raw.map((w, i) => Math.min(w, liquidity[i]!)), sum = total(cut);
  const naive = cut.map((w) => w / sum);
  assert.deepEqual([...naive].map((w) => w.toFixed(3)), [
    ...["0.091", "0.364", "0.273", "0.182", "0.091"],
  ]);
  assert.ok(naive[0]! > liquidity[0]! && naive[1]! > liquidity[1]!);
  assertNear(waterFilling(raw, { upper: liquidity, groups: [] }), liquidity);
  const twice = liquidity.map((share) => 2 * share);
  assertNear(waterFilling(raw, { upper: twice, groups: [] }), [0.1, 0.36, 0.27, 0.18, 0.09]);
});

Deno.test("waterFilling() leaves the rest in cash where the limits do not reach", () => {
  assertNear(waterFilling(numbers(9, 1, 1, 1), free(0.2, 0.2, 0.2, 0.2)), [0.2, 0.2, 0.2, 0.2]);
  assertNear(waterFilling(numbers(4, 3, 2, 1, 1), free(0.2, 0.2, 0.2, 0.2, 0.2)), [
    ...[0.2, 0.2, 0.2, 0.2, 0.2],
  ]);
  assertNear(waterFilling(numbers(1, 3), free(1, 1), 0.6), [0.15, 0.45]);
});

Deno.test("waterFilling() fills a group up to its limit and gives the rest to the others", () => {
  const caps: WeightCaps = {
    upper: numbers(1, 0.1, 1, 1),
    groups: [{ name: "a", members: Int32Array.of(0, 1), cap: 0.4 }],
  };
  assertNear(waterFilling(numbers(3, 3, 1, 1), caps), [0.3, 0.1, 0.3, 0.3]);
});

Deno.test("waterFilling() gives nothing to a contract that is not wanted, and cash instead", () => {
  assert.deepEqual([...waterFilling(numbers(1, 0), free(0.3, 1))], [0.3, 0]);
  assert.deepEqual([...waterFilling(numbers(0, 0), free(1, 1))], [0, 0]);
  assert.deepEqual([...waterFilling(numbers(), free())], []);
});

Deno.test("waterFilling() bears wishes of every size and limits of none", () => {
  assert.deepEqual([...waterFilling(numbers(5e-324, 1e300, 1), free(Infinity, 0.6, 0.4))], [
    ...[0, 0.6, 0.4],
  ]);
  assert.deepEqual([...waterFilling(numbers(1e308, 1e308), free(Infinity, Infinity))], [0.5, 0.5]);
});

const problems = fc.integer({ min: 1, max: 12 }).chain((n) =>
  fc.record({
    raw: fc.array(
      fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 1e-6, max: 1e6, noNaN: true })),
      {
        ...{ minLength: n, maxLength: n },
      },
    ),
    upper: fc.array(fc.oneof(fc.constantFrom(0, 0.2), fc.double({ min: 0, max: 1, noNaN: true })), {
      ...{ minLength: n, maxLength: n },
    }),
    venue: fc.array(fc.integer({ min: 0, max: 2 }), { minLength: n, maxLength: n }),
    caps: fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0.3, 1)),
    budget: fc.constantFrom(1, 0.5, 2),
  })
);

/** Members of venue 2 are in no group. */
function capsOf(
  { upper, venue, caps }: { upper: number[]; venue: number[]; caps: [number, number] },
): WeightCaps {
  const groups = caps.map((cap, v) => ({
    ...{ name: `venue ${v}`, cap },
    members: Int32Array.from(venue.keys()).filter((i) => venue[i] === v),
  }));
  return { upper: Float64Array.from(upper), groups };
}

Deno.test("waterFilling() keeps every limit, invests all it may and is proportional elsewhere", () => {
  fc.assert(
    fc.property(problems, (problem) => {
      const raw = Float64Array.from(problem.raw), caps = capsOf(problem);
      const before = caps.upper.slice();
      const weights = waterFilling(raw, caps, problem.budget);
      assert.deepEqual(caps.upper, before);
      weights.forEach((w, i) => assert.ok(w >= 0 && w <= caps.upper[i]!));
      const isFull = caps.groups.map(({ members, cap }) => {
        const own = total(Array.from(members, (i) => weights[i]!));
        assert.ok(own <= cap + 1e-12);
        return own >= cap - 1e-9;
      });
      const wanted: WeightCaps = { ...caps, upper: caps.upper.map((u, i) => raw[i]! > 0 ? u : 0) };
      const most = Math.min(1, problem.budget, largestBudget(wanted));
      assert.ok(Math.abs(total(weights) - most) < 1e-12);
      const levels = [...weights].flatMap((w, i) => {
        const isFree = raw[i]! > 0 && w < caps.upper[i]! - 1e-9 &&
          isFull[problem.venue[i]!] !== true;
        return isFree ? [w / raw[i]!] : [];
      });
      for (const level of levels) assert.ok(Math.abs(level / levels[0]! - 1) < 1e-9 || level === 0);
      const top = Math.max(0, ...levels);
      if (levels.length === 0) return;
      weights.forEach((w, i) => assert.ok(w <= top * raw[i]! * (1 + 1e-9)));
    }),
    { seed: 46, numRuns: 500 },
  );
});

Deno.test("waterFilling() minds neither order, nor unit, nor a contract that may not be held", () => {
  fc.assert(
    fc.property(problems, fc.integer({ min: 0, max: 11 }), (problem, shift) => {
      const { raw, upper, venue } = problem, n = raw.length;
      const weights = waterFilling(Float64Array.from(raw), capsOf(problem), problem.budget);
      const order = raw.map((_, i) => (i * (n % 5 === 0 ? 1 : 5) + shift) % n);
      const turned = {
        ...problem,
        raw: order.map((i) => raw[i]!),
        upper: order.map((i) => upper[i]!),
        venue: order.map((i) => venue[i]!),
      };
      assert.deepEqual(
        waterFilling(Float64Array.from(turned.raw), capsOf(turned), problem.budget),
        Float64Array.from(order, (i) => weights[i]!),
      );
      const scaled = waterFilling(
        Float64Array.from(raw, (x) => 1e3 * x),
        capsOf(problem),
        problem.budget,
      );
      assertNear(scaled, weights);
      const more = { ...problem, upper: [0, ...upper], venue: [0, ...venue] };
      assert.deepEqual(
        waterFilling(numbers(1e9, ...raw), capsOf(more), problem.budget),
        numbers(0, ...weights),
      );
    }),
    { seed: 47, numRuns: 300 },
  );
});

Deno.test("waterFilling() refuses what is no weight, no limit or two groups", () => {
  const refused = (run: () => unknown, message: string) =>
    assert.throws(run, { name: "RangeError", message });
  refused(
    () => waterFilling(numbers(1, 2), free(1)),
    "Cannot fill weights as each contract must have a limit: got 1 for 2",
  );
  for (const [wrong, shown] of [[NaN, "NaN"], [-1, "-1"], [Infinity, "Infinity"]] as const) {
    refused(
      () => waterFilling(numbers(wrong), free(1)),
      `Cannot fill weights as each raw weight must be finite and at least 0: got ${shown}`,
    );
  }
  refused(
    () => waterFilling(numbers(1), free(-0.5)),
    "Cannot fill weights as each limit must be at least 0: got -0.5",
  );
  refused(
    () => waterFilling(numbers(1), free(1), NaN),
    "Cannot fill weights as each limit must be at least 0: got NaN",
  );
  const group = (name: string, ...members: number[]) => ({
    ...{ name, members: Int32Array.from(members), cap: 1 },
  });
  refused(
    () => waterFilling(numbers(1, 1), { ...free(1, 1), groups: [group("a", 0), group("b", 1, 0)] }),
    "Cannot fill weights as members of groups must be contracts, each in one group: got 0 in b",
  );
  refused(
    () => waterFilling(numbers(1, 1), { ...free(1, 1), groups: [group("a", 2)] }),
    "Cannot fill weights as members of groups must be contracts, each in one group: got 2 in a",
  );
});
