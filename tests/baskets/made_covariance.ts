import assert from "node:assert/strict";
import fc from "fast-check";
import type { WeightCaps } from "lib/baskets/weight_caps.ts";
import { normalDraws, randomStream } from "lib/core/random.ts";

/** A seeded covariance of `n` series with two common drivers and volatilities of 0.3 % to 30 %. */
export function madeCovariance(n: number, seed: number, ownShare = 0.5): Float64Array {
  const random = randomStream(seed, `covariance ${n}`), normal = normalDraws(random);
  const load = Float64Array.from({ length: 2 * n }, normal);
  const sd = Float64Array.from({ length: n }, () => 0.003 * 100 ** random());
  const length = Float64Array.from(
    { length: n },
    (_, i) => Math.hypot(load[2 * i]!, load[2 * i + 1]!),
  );
  return Float64Array.from({ length: n * n }, (_, at) => {
    const i = Math.floor(at / n), j = at % n;
    if (i === j) return sd[i]! ** 2;
    const common = load[2 * i]! * load[2 * j]! + load[2 * i + 1]! * load[2 * j + 1]!;
    return (1 - ownShare) * common / (length[i]! * length[j]!) * sd[i]! * sd[j]!;
  });
}

/** The rows and columns of a matrix in another order. */
export function reordered(square: Float64Array, order: readonly number[]): Float64Array {
  const n = order.length;
  return Float64Array.from(
    { length: n * n },
    (_, at) => square[order[Math.floor(at / n)]! * n + order[at % n]!]!,
  );
}

/** w'Cw. */
export function varianceOf(weights: Float64Array, covariance: Float64Array): number {
  const n = weights.length;
  return covariance.reduce(
    (sum, c, at) => sum + c * weights[Math.floor(at / n)]! * weights[at % n]!,
    0,
  );
}

/** Caps that bind nothing. */
export function noCaps(n: number): WeightCaps {
  return { upper: new Float64Array(n).fill(1), groups: [] };
}

/** Some covariances with caps: loose, tight, and with two groups of which one may bind. */
export const cappedBaskets: fc.Arbitrary<{
  readonly covariance: Float64Array;
  readonly caps: WeightCaps;
}> = fc.record({
  n: fc.integer({ min: 1, max: 16 }),
  seed: fc.integer({ min: 1, max: 1e6 }),
  ownShare: fc.constantFrom(1e-4, 0.1, 0.5, 1),
  caps: fc.array(fc.constantFrom(0, 0.05, 0.1, 0.2, 0.37, 1), { minLength: 16, maxLength: 16 }),
  split: fc.integer({ min: 0, max: 16 }),
  cap: fc.constantFrom(0, 0.3, 0.6, 1),
}).map(({ n, seed, ownShare, caps, split, cap }) => ({
  covariance: madeCovariance(n, seed, ownShare),
  caps: {
    upper: Float64Array.from(caps.slice(0, n)),
    groups: split === 0 ? [] : [
      { name: "first", members: Int32Array.from({ length: Math.min(split, n) }, (_, i) => i), cap },
    ],
  },
}));

/** A random point within the caps that uses the whole budget: waters poured in random order. */
export function randomWeights(
  { upper, groups }: WeightCaps,
  budget: number,
  random: () => number,
): Float64Array {
  const n = upper.length, weights = new Float64Array(n);
  let left = budget;
  // two rounds: random shares of what fits, then whatever is left in a random order
  for (const share of [() => random(), () => 1]) {
    const order = Array.from({ length: n }, (_, i) => ({ i, key: random() }))
      .sort((a, b) => a.key - b.key);
    for (const { i } of order) {
      const own = groups.find(({ members }) => members.includes(i));
      const used = own ? own.members.reduce((sum, j) => sum + weights[j]!, 0) : 0;
      const room = Math.min(upper[i]! - weights[i]!, left, own ? own.cap - used : Infinity);
      const more = Math.max(0, room) * share();
      weights[i] = weights[i]! + more;
      left -= more;
    }
  }
  return weights;
}

/** The limits of a golden case. */
export function goldenCaps(
  { upper, groups }: {
    readonly upper: readonly number[];
    readonly groups: readonly { readonly members: readonly number[]; readonly cap: number }[];
  },
): WeightCaps {
  return {
    upper: Float64Array.from(upper),
    groups: groups.map(({ members, cap }, g) => ({
      name: `group ${g}`,
      members: Int32Array.from(members),
      cap,
    })),
  };
}

/** Asserts that every weight is within the tolerance, absolute. */
export function assertNear(found: Float64Array, want: readonly number[], tolerance: number): void {
  assert.equal(found.length, want.length);
  found.forEach((w, i) =>
    assert.ok(Math.abs(w - want[i]!) <= tolerance, `at ${i}: got ${w}, want ${want[i]}`)
  );
}
