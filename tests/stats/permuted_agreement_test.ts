import assert from "node:assert/strict";
import { randomIndex, randomStream } from "lib/core/random.ts";
import { balancedPurity } from "lib/stats/balanced_purity.ts";
import { adjustedMutualInformation, adjustedRandIndex, purity } from "lib/stats/label_agreement.ts";
import { permutedAgreement } from "lib/stats/permuted_agreement.ts";

const MEASURES = [adjustedRandIndex, adjustedMutualInformation, balancedPurity];
const options = (seed: number, permutations = 199) => ({
  permutations,
  random: randomStream(seed, "orders"),
});

function drawn(n: number, seed: number, name: string): number[] {
  const random = randomStream(seed, name);
  return Array.from({ length: n }, () => randomIndex(random, 4));
}

Deno.test("permutedAgreement() finds a true tie beyond every random order", () => {
  const a = drawn(80, 7, "a"), b = a.map((label, i) => i % 4 === 0 ? (label + 1) % 4 : label);
  permutedAgreement([a, b], MEASURES, options(7)).forEach((found, m) => {
    assert.equal(found.value, MEASURES[m]!(a, b));
    assert.deepEqual([found.percentile, found.pValue], [1, 1 / 200]);
    assert.ok(
      found.nullP05 < found.nullMedian && found.nullMedian < found.nullP95 &&
        found.nullP95 < found.value,
    );
  });
});

Deno.test("permutedAgreement() has p-values spread evenly where nothing ties the two", () => {
  const found = Array.from({ length: 200 }, (_, seed) => {
    const pair = [drawn(40, seed, "a"), drawn(40, seed, "b")] as const;
    return permutedAgreement(pair, MEASURES, options(seed, 99)).map(({ pValue }) => pValue);
  });
  MEASURES.forEach((measure, m) => {
    const share = (level: number) => found.filter((p) => p[m]! <= level).length / 200;
    assert.ok(
      share(0.05) < 0.1 && Math.abs(share(0.3) - 0.3) < 0.1,
      `${measure.name} ${share(0.3)}`,
    );
  });
});

Deno.test("permutedAgreement() shows that a large class makes plain purity look high", () => {
  // the trap of the methods paper: three quarters in one class, clusters drawn blindly
  const clusters = drawn(400, 7, "clusters");
  const classes = Array.from({ length: 400 }, (_, i) => i % 4 === 0 ? 1 + i % 3 : 0);
  const plain = (a: ArrayLike<number>, b: ArrayLike<number>) => purity(a, b).purity;
  const [found] = permutedAgreement([clusters, classes], [plain], options(7));
  assert.equal(found!.value, 0.75);
  assert.ok(found!.nullMedian >= 0.75 && found!.pValue > 0.5);
});

Deno.test("permutedAgreement() leaves out what either does not place, and repeats itself", () => {
  const a = [0, 0, 1, 1, -1, 2, 0], b = [0, 0, 1, 1, 1, -1, 1];
  const all = permutedAgreement([a, b], MEASURES, options(3));
  const placed = [0, 1, 2, 3, 6];
  const some = permutedAgreement(
    [placed.map((i) => a[i]!), placed.map((i) => b[i]!)],
    MEASURES,
    options(3),
  );
  assert.deepEqual(all, some);
});

Deno.test("permutedAgreement() of nothing placed knows nothing", () => {
  const [found] = permutedAgreement([[-1, 0], [0, -1]], [adjustedRandIndex], options(7));
  assert.deepEqual(Object.values(found!), [NaN, NaN, NaN, NaN, NaN, NaN]);
});

Deno.test("permutedAgreement() refuses unequal lists and too few orders", () => {
  assert.throws(() => permutedAgreement([[0], []], MEASURES, options(7)), {
    name: "RangeError",
    message: "Cannot compare labels as both must cover the same items: got 1 and 0",
  });
  assert.throws(() => permutedAgreement([[0], [0]], MEASURES, options(7, 0)), {
    name: "RangeError",
    message: "Cannot compare labels as permutations must be a whole number >= 1: got 0",
  });
});
