import assert from "node:assert/strict";
import fc from "fast-check";
import { pairCount, type PairMatrix, pairMatrix, selectPairs } from "lib/core/pair_matrix.ts";
import { normalDraws, randomStream } from "lib/core/random.ts";
import {
  countedPairs,
  type Persistence,
  persistence,
  type PersistenceFigures,
  weightedFigures,
} from "lib/stats/persistence.ts";
// golden: numpy, made by tests/golden/stats/persistence.py
import golden from "../golden/stats/persistence.json" with { type: "json" };

const names = (n: number) => Array.from({ length: n }, (_, i) => `m${i}`);
const fromCells = (n: number, cells: readonly (number | null)[]) =>
  pairMatrix(names(n), Float64Array.from(cells, (x) => x ?? NaN));
const goldenNow = fromCells(golden.n, golden.now), goldenNext = fromCells(golden.n, golden.next);
const labels = {
  events: Int32Array.from(golden.events),
  groups: Int32Array.from(golden.groups),
};

/** The matrix with the side of some items turned round. */
function turned({ ids, values }: PairMatrix, isTurned: readonly boolean[]): PairMatrix {
  const n = ids.length, other = values.slice();
  for (let i = 0, p = 0; i < n; ++i) {
    for (let j = i + 1; j < n; ++j, ++p) if (isTurned[i] !== isTurned[j]) other[p] = -values[p]!;
  }
  return { ids, values: other };
}

const flat = ({ strongest, ...rest }: Persistence): Record<string, number> => ({
  ...rest,
  nStrongest: strongest.nPairs,
  strongest: strongest.meanSignedNext,
});
const close = (x: number, y: number) => Object.is(x, y) || Math.abs(x - y) < 1e-12;
function assertSame(found: Record<string, number>, wanted: Record<string, number>): void {
  assert.deepEqual(Object.keys(found).sort(), Object.keys(wanted).sort());
  for (const [name, value] of Object.entries(wanted)) {
    assert.ok(close(found[name]!, value), `${name}: ${found[name]} against ${value}`);
  }
}

/** Two windows of up to 7 items with coarse correlations, so that ties and gaps are common. */
const windows = fc.integer({ min: 0, max: 7 }).chain((n) => {
  const cells = fc.array(
    fc.oneof(fc.integer({ min: -4, max: 4 }).map((x) => x / 4), fc.constant(NaN)),
    { minLength: pairCount(n), maxLength: pairCount(n) },
  ).map((values) => fromCells(n, values));
  const label = fc.array(fc.integer({ min: -1, max: 2 }), { minLength: n, maxLength: n })
    .map((values) => Int32Array.from(values));
  return fc.record({ now: cells, next: cells, events: label, groups: label });
});

Deno.test("persistence() matches numpy over the pairs known twice and of different events", () => {
  const before = [goldenNow.values.slice(), goldenNext.values.slice()];
  assertSame(flat(persistence(goldenNow, goldenNext, labels)), golden.plain);
  const tenth = persistence(goldenNow, goldenNext, { ...labels, strongestShare: 0.1 });
  assertSame(flat(tenth), golden.tenth);
  assert.deepEqual([goldenNow.values, goldenNext.values], before);
});

Deno.test("weightedFigures() is what numpy gives when the items are copied out", () => {
  const pairs = countedPairs(goldenNow, goldenNext, { ...labels, strongestShare: 0.1 });
  const found = weightedFigures(pairs, Float64Array.from(golden.times));
  const names = [
    "correlation",
    "cosine",
    "meanAbsNext",
    "strongest",
    "sameGroup",
    "otherGroup",
  ] as const satisfies readonly (keyof PersistenceFigures)[];
  for (const name of names) assert.ok(close(found[name], golden.copied[name]), name);
  assert.equal(found.strongestWeight, golden.copied.nStrongest);
});

Deno.test("persistence() counts by hand", () => {
  // pairs 01 02 03 12 13 23; 02 unknown now, 23 of one event
  const now = fromCells(4, [0.5, NaN, -0.25, 0.25, 0, 0.9]);
  const next = fromCells(4, [0.25, 0.5, 0.5, 0.5, -0.75, 0.9]);
  const found = persistence(now, next, {
    events: Int32Array.of(-1, -1, 4, 4),
    groups: Int32Array.of(0, 0, 0, -1),
    strongestShare: 0.5,
  });
  // |now| is 0.5, 0.25, 0.25, 0: the third ties with the second, so three are strongest
  assertSame(flat(found), {
    nItems: 4,
    nPairs: 4,
    correlation: 0.0625 / Math.sqrt(0.3125 * 1.0625),
    cosine: 0.125 / Math.sqrt(0.375 * 1.125),
    meanAbsNext: 0.5,
    nStrongest: 3,
    strongest: 0.25 / 3,
    sameGroup: 0.375,
    otherGroup: NaN,
  });
});

Deno.test("persistence() gives 1 for identical windows", () => {
  const found = persistence(goldenNow, goldenNow);
  assert.ok(close(found.correlation, 1) && close(found.cosine, 1));
  assert.ok(found.strongest.meanSignedNext > 0.5);
});

Deno.test("persistence() gives about 0 for windows that do not know each other", () => {
  const n = 60, normal = normalDraws(randomStream(2, "windows"));
  const noise = () => fromCells(n, Array.from({ length: pairCount(n) }, () => 0.15 * normal()));
  for (let k = 0; k < 10; ++k) {
    const { correlation, cosine, strongest } = persistence(noise(), noise());
    assert.ok(Math.abs(correlation) < 4 / Math.sqrt(pairCount(n)));
    assert.ok(Math.abs(cosine) < 4 / Math.sqrt(pairCount(n)));
    assert.ok(Math.abs(strongest.meanSignedNext) < 4 * 0.15 / Math.sqrt(18));
  }
});

Deno.test("persistence() minds no change of sides but for the Pearson figure", () => {
  fc.assert(
    fc.property(
      windows,
      fc.array(fc.boolean(), { minLength: 7, maxLength: 7 }),
      ({ now, next, ...given }, sides) => {
        const plain = persistence(now, next, given);
        const other = persistence(turned(now, sides), turned(next, sides), given);
        assertSame(flat({ ...other, correlation: 0 }), flat({ ...plain, correlation: 0 }));
      },
    ),
    { seed: 7, numRuns: 300 },
  );
  // all three move together in both windows, with no relation beyond that, until one is turned
  const now = fromCells(3, [0.5, 0.6, 0.5]), next = fromCells(3, [0.5, 0.5, 0.6]);
  const sides = [true, false, false];
  assert.ok(persistence(now, next).correlation < 0);
  assert.ok(persistence(turned(now, sides), turned(next, sides)).correlation > 0.9);
});

Deno.test("persistence() follows no order of the items", () => {
  fc.assert(
    fc.property(windows, fc.integer({ min: 0, max: 6 }), ({ now, next, events, groups }, by) => {
      const n = now.ids.length;
      const order = Array.from({ length: n }, (_, i) => (i + by) % n);
      const found = persistence(selectPairs(now, order), selectPairs(next, order), {
        events: events.map((_, i) => events[order[i]!]!),
        groups: groups.map((_, i) => groups[order[i]!]!),
      });
      assertSame(flat(found), flat(persistence(now, next, { events, groups })));
    }),
    { seed: 7, numRuns: 300 },
  );
});

Deno.test("persistence() says nothing where nothing can be said", () => {
  const nothing = {
    nItems: 0,
    nPairs: 0,
    correlation: NaN,
    cosine: NaN,
    meanAbsNext: NaN,
    nStrongest: 0,
    strongest: NaN,
    sameGroup: NaN,
    otherGroup: NaN,
  };
  for (const n of [0, 1, 2, 5]) {
    assertSame(flat(persistence(pairMatrix(names(n)), pairMatrix(names(n)))), nothing);
  }
  const two = fromCells(2, [0.5]);
  assertSame(flat(persistence(two, two, { events: Int32Array.of(3, 3) })), nothing);
  const one = persistence(two, two);
  assert.ok(Number.isNaN(one.correlation) && one.cosine === 1);
  const constant = fromCells(4, new Array(6).fill(0.1));
  assert.ok(Number.isNaN(persistence(constant, goldenLike(4)).correlation));
  assert.ok(Number.isNaN(persistence(fromCells(3, [0, 0, 0]), fromCells(3, [0.1, 0, 0.2])).cosine));
});

function goldenLike(n: number): PairMatrix {
  return selectPairs(goldenNext, names(n).map((_, i) => i));
}

Deno.test("persistence() refuses other items, missing labels and no share", () => {
  const two = fromCells(2, [0.5]);
  assert.throws(() => persistence(two, fromCells(3, [0, 0, 0])), {
    name: "TypeError",
    message:
      "Cannot compare two windows as both must list the same items in the same order: got 2 and 3",
  });
  assert.throws(() => persistence(two, pairMatrix(["m0", "x"], Float64Array.of(0.5))), {
    name: "TypeError",
    message:
      'Cannot compare two windows as both must list the same items in the same order: got "m1" and "x" at 1',
  });
  assert.throws(() => persistence(two, two, { groups: Int32Array.of(1) }), {
    name: "TypeError",
    message: "Cannot compare two windows as groups must have one label an item: got 1 for 2",
  });
  assert.throws(() => persistence(two, two, { strongestShare: 0 }), {
    name: "RangeError",
    message: "Cannot compare two windows as strongestShare must be in (0, 1]: got 0",
  });
});
