import assert from "node:assert/strict";
import fc from "fast-check";
import { pairAt } from "lib/core/pair_matrix.ts";
import { correlationMatrix } from "lib/stats/correlation_matrix.ts";
import { keptPairs, pairCorrelation } from "lib/stats/pair_correlation.ts";
import golden from "../golden/stats/pair_correlation.json" with { type: "json" };
import { anyRows, panelOf } from "./random_panels.ts";

const KINDS = ["spearman", "pearson"] as const;

for (const kind of KINDS) {
  Deno.test(`correlationMatrix() gives pandas' ${kind} correlations, unknown below minOverlap`, () => {
    // golden: tests/golden/stats/pair_correlation.py
    const { rho, overlap } = correlationMatrix(panelOf(golden.moves), {
      kind,
      minOverlap: golden.minOverlap,
    });
    let at = 0, nUnknown = 0;
    for (let a = 0; a < 9; ++a) {
      for (let b = a + 1; b < 9; ++b, ++at) {
        assert.equal(overlap[at], golden.overlap[a]![b]);
        const want = golden[kind][a]![b]!, got = rho.values[at]!;
        if (want === null) {
          assert.ok(Number.isNaN(got), `${a}, ${b}: got ${got}`);
          ++nUnknown;
        } else assert.ok(Math.abs(got - want) < 1e-14, `${a}, ${b}: got ${got}, want ${want}`);
      }
    }
    assert.equal(at, overlap.length);
    assert.ok(nUnknown >= 8);
  });
}

/** By the definition: ranks by counting, and Pearson's sum. */
function slowRho(x: readonly number[], y: readonly number[], kind: typeof KINDS[number]): number {
  const ranks = (of: readonly number[]) =>
    of.map((u) => of.filter((v) => v < u).length + (of.filter((v) => v === u).length + 1) / 2);
  const centred = (of: readonly number[]) => {
    const mean = of.reduce((sum, u) => sum + u, 0) / of.length;
    return of.map((u) => u - mean);
  };
  const [u, v] = [x, y].map((of) => centred(kind === "spearman" ? ranks(of) : of));
  const dot = (p: readonly number[], q: readonly number[]) =>
    p.reduce((sum, value, i) => sum + value * q[i]!, 0);
  const isFlat = (of: readonly number[]) => of.every((value) => value === of[0]);
  return isFlat(x) || isFlat(y) ? NaN : dot(u!, v!) / Math.sqrt(dot(u!, u!) * dot(v!, v!));
}

Deno.test("correlationMatrix() agrees with the definition, pair by pair", () => {
  fc.assert(
    fc.property(anyRows, fc.constantFrom(...KINDS), (rows, kind) => {
      const { rho, overlap, zeroDays } = correlationMatrix(panelOf(rows), { kind, minOverlap: 4 });
      let at = 0;
      for (let a = 0; a < rho.ids.length; ++a) {
        for (let b = a + 1; b < rho.ids.length; ++b, ++at) {
          const days = rows.filter((row) => row[a] !== null && row[b] !== null);
          const x = days.map((row) => row[a]!), y = days.map((row) => row[b]!);
          assert.equal(overlap[at], days.length);
          assert.equal(zeroDays[at], x.filter((u, i) => u === 0 || y[i] === 0).length);
          const want = days.length < 4 ? NaN : slowRho(x, y, kind), got = rho.values[at]!;
          assert.ok(
            Number.isNaN(want) ? Number.isNaN(got) : Math.abs(got - want) < 1e-12,
            `${a}, ${b}: got ${got}, want ${want}`,
          );
        }
      }
    }),
    { seed: 7, numRuns: 200 },
  );
});

Deno.test("correlationMatrix() of markets in another order is the matrix in that order", () => {
  fc.assert(
    fc.property(anyRows, (rows) => {
      const options = { kind: "spearman", minOverlap: 3 } as const;
      const plain = correlationMatrix(panelOf(rows), options).rho;
      const turned = correlationMatrix(panelOf(rows.map((row) => row.toReversed())), options).rho;
      const n = plain.ids.length;
      for (let a = 0; a < n; ++a) {
        for (let b = a + 1; b < n; ++b) {
          assert.equal(pairAt(turned, n - 1 - a, n - 1 - b), pairAt(plain, a, b));
        }
      }
    }),
    { seed: 7, numRuns: 50 },
  );
});

Deno.test("keptPairs() of the matrix is pairCorrelation()", () => {
  const moves = panelOf(golden.moves);
  for (const kind of KINDS) {
    const options = { kind, minOverlap: golden.minOverlap };
    assert.deepEqual(
      keptPairs(correlationMatrix(moves, options), options),
      pairCorrelation(moves, options),
    );
  }
});

Deno.test("correlationMatrix() takes no market, one market and markets never observed", () => {
  const options = { kind: "spearman", minOverlap: 3 } as const;
  assert.equal(correlationMatrix(panelOf([]), options).rho.values.length, 0);
  assert.equal(correlationMatrix(panelOf([[1], [2], [3]]), options).rho.values.length, 0);
  const { rho, overlap } = correlationMatrix(panelOf(Array(5).fill([null, null])), options);
  assert.deepEqual([[...rho.values], [...overlap]], [[NaN], [0]]);
});

Deno.test("correlationMatrix() gives 1 for equal and −1 for opposite moves, NaN for still ones", () => {
  const rows = [3, -1, 4, -1, 5, -9].map((x) => [x / 10, x / 10, -x / 10, 0.1]);
  for (const kind of KINDS) {
    const { rho } = correlationMatrix(panelOf(rows), { kind, minOverlap: 3 });
    assert.deepEqual([...rho.values], [1, -1, NaN, -1, NaN, NaN]);
  }
});

Deno.test("correlationMatrix() refuses an overlap below 3", () => {
  assert.throws(() => correlationMatrix(panelOf([[1, 2]]), { kind: "pearson", minOverlap: 0 }), {
    name: "RangeError",
    message: "Cannot correlate markets as minOverlap must be a whole number >= 3: got 0",
  });
});
