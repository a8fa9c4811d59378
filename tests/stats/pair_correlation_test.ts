import assert from "node:assert/strict";
import fc from "fast-check";
import { pairCorrelation, type PairOptions } from "lib/stats/pair_correlation.ts";
import golden from "../golden/stats/pair_correlation.json" with { type: "json" };
import { panelOf } from "./random_panels.ts";

for (const kind of ["spearman", "pearson"] as const) {
  Deno.test(`pairCorrelation() gives pandas' ${kind} correlations and overlaps`, () => {
    // golden: tests/golden/stats/pair_correlation.py
    const found = pairCorrelation(panelOf(golden.moves), { kind, minOverlap: golden.minOverlap });
    let nPairs = 0;
    golden.overlap.forEach((row, a) =>
      row.forEach((overlap, b) => {
        if (b <= a || overlap < golden.minOverlap) return;
        assert.deepEqual([found.a[nPairs], found.b[nPairs], found.overlap[nPairs]], [
          a,
          b,
          overlap,
        ]);
        const want = golden[kind][a]![b]!, got = found.rho[nPairs]!;
        if (want === null) assert.ok(Number.isNaN(got), `${a}, ${b}: got ${got}`);
        else assert.ok(Math.abs(got - want) < 1e-14, `${a}, ${b}: got ${got}, want ${want}`);
        ++nPairs;
      })
    );
    assert.equal(found.rho.length, nPairs);
    assert.ok(nPairs > 20 && nPairs < 36);
  });
}

Deno.test("pairCorrelation() averages tied ranks", () => {
  const a = [1, 2, 2, 4, 5, 5, 7], b = [3, 1, 4, 4, 6, 8, 7];
  const { rho } = pairCorrelation(panelOf(a.map((x, i) => [x, b[i]!])), {
    kind: "spearman",
    minOverlap: 3,
  });
  // golden: scipy.stats.spearmanr = .853247
  assert.ok(Math.abs(rho[0]! - 0.853247) < 5e-7);
});

Deno.test("pairCorrelation() gives NaN for a constant series, whatever its value", () => {
  for (const kind of ["spearman", "pearson"] as const) {
    const { rho } = pairCorrelation(panelOf([[0.1, 1], [0.1, 2], [0.1, 3], [0.1, 9]]), {
      kind,
      minOverlap: 3,
    });
    assert.ok(Number.isNaN(rho[0]));
  }
});

Deno.test("pairCorrelation() counts the common days on which either stood still", () => {
  const rows = [[0, 1], [2, 0], [0, 0], [1, 2], [null, 0], [3, 1]];
  const { overlap, zeroShare } = pairCorrelation(panelOf(rows), { kind: "pearson", minOverlap: 3 });
  assert.deepEqual([overlap[0], zeroShare[0]], [5, 0.6]);
});

const cell = fc.option(fc.integer({ min: -4, max: 4 }), { nil: null });
const grid = fc.tuple(fc.integer({ min: 4, max: 20 }), fc.integer({ min: 2, max: 6 })).chain((
  [nDays, nMarkets],
) =>
  fc.array(fc.array(cell, { minLength: nMarkets, maxLength: nMarkets }), {
    minLength: nDays,
    maxLength: nDays,
  })
);

const asMap = ({ markets, a, b, rho, overlap }: ReturnType<typeof pairCorrelation>) =>
  new Map(Array.from(rho, (value, k) => {
    const pair = [markets[a[k]!]!, markets[b[k]!]!].sort().join(" ");
    return [pair, [value, overlap[k]!] as const];
  }));

Deno.test("pairCorrelation() does not depend on the order of markets or of days", () => {
  fc.assert(
    fc.property(grid, fc.constantFrom("spearman", "pearson"), (rows, kind) => {
      const options: PairOptions = { kind, minOverlap: 3 };
      const plain = asMap(pairCorrelation(panelOf(rows), options));
      const turned = panelOf(rows.map((row) => row.toReversed()).toReversed());
      const names = { ...turned, markets: turned.markets.toReversed() };
      const other = asMap(pairCorrelation(names, options));
      assert.deepEqual([...other.keys()].sort(), [...plain.keys()].sort());
      for (const [pair, [rho, overlap]] of plain) {
        const [rho2, overlap2] = other.get(pair)!;
        assert.equal(overlap2, overlap);
        assert.ok(Number.isNaN(rho) ? Number.isNaN(rho2) : Math.abs(rho - rho2) < 1e-12);
      }
    }),
    { seed: 7 },
  );
});

Deno.test("pairCorrelation() changes its sign when one market is turned to its complement", () => {
  fc.assert(
    fc.property(grid, (rows) => {
      const turned = rows.map((row) => row.map((x, j) => j === 0 && x !== null ? -x : x));
      const options: PairOptions = { kind: "spearman", minOverlap: 3 };
      const plain = pairCorrelation(panelOf(rows), options);
      const other = pairCorrelation(panelOf(turned), options);
      plain.rho.forEach((rho, k) => {
        const want = plain.a[k] === 0 ? -rho : rho;
        assert.ok(
          Number.isNaN(want) ? Number.isNaN(other.rho[k]) : Math.abs(other.rho[k]! - want) < 1e-12,
        );
      });
    }),
    { seed: 7 },
  );
});

Deno.test("pairCorrelation() of row ranges put together is that of all rows", () => {
  const whole = pairCorrelation(panelOf(golden.moves), { kind: "spearman", minOverlap: 5 });
  const parts = [[0, 2], [2, 7], [7, 9]].map(([from, to]) =>
    pairCorrelation(panelOf(golden.moves), {
      kind: "spearman",
      minOverlap: 5,
      from: from!,
      to: to!,
    })
  );
  assert.deepEqual(parts.flatMap((part) => [...part.rho]), [...whole.rho]);
  assert.deepEqual(parts.flatMap((part) => [...part.b]), [...whole.b]);
});

Deno.test("pairCorrelation() refuses an overlap below 3 and rows that do not exist", () => {
  const moves = panelOf([[1, 2], [2, 1]]);
  assert.throws(() => pairCorrelation(moves, { kind: "pearson", minOverlap: 2 }), {
    name: "RangeError",
    message: "Cannot correlate markets as minOverlap must be a whole number >= 3: got 2",
  });
  assert.throws(() => pairCorrelation(moves, { kind: "pearson", minOverlap: 3, from: 1, to: 3 }), {
    name: "RangeError",
    message: "Cannot correlate rows as [from, to) must lie within 2 markets: got [1, 3)",
  });
});
