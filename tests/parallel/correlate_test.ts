import assert from "node:assert/strict";
import { pairCount } from "lib/core/pair_matrix.ts";
import { dayRange, type Panel, panel } from "lib/core/panel.ts";
import { randomStream } from "lib/core/random.ts";
import { balancedRows, correlateInParallel } from "lib/parallel/correlate.ts";
import { correlationMatrix } from "lib/stats/correlation_matrix.ts";

/** Moves in ticks, some markets with a tenth of their days missing and a few never observed. */
function manyMoves(nMarkets: number): Panel {
  const nDays = 60, random = randomStream(7, "parallel");
  const values = Float64Array.from({ length: nDays * nMarkets }, (_, cell) => {
    const j = cell % nMarkets, move = Math.round(8 * (random() - 0.5)) / 100;
    return j % 97 === 0 || (j % 3 === 0 && random() < 0.1) ? NaN : move;
  });
  const markets = Array.from({ length: nMarkets }, (_, j) => `poly:${j}`);
  return panel(dayRange(0, nDays), markets, values);
}

Deno.test("correlateInParallel() is correlationMatrix() to the last bit with any workers", async () => {
  const moves = manyMoves(950);
  for (const kind of ["spearman", "pearson"] as const) {
    const here = correlationMatrix(moves, { kind, minOverlap: 52 });
    assert.ok(here.rho.values.some((rho) => rho > 0) && here.rho.values.some(Number.isNaN));
    for (const workers of [1, 2, 3]) {
      const there = await correlateInParallel(moves, { kind, minOverlap: 52, workers });
      assert.deepEqual(there.rho.ids, moves.markets);
      for (const field of ["overlap", "zeroDays"] as const) {
        assert.ok(there[field].every((days, at) => days === here[field][at]));
      }
      assert.equal(there.rho.values.length, pairCount(950));
      assert.ok(there.rho.values.every((rho, at) => Object.is(rho, here.rho.values[at])));
      assert.equal(there.rho.values.buffer instanceof SharedArrayBuffer, workers > 1);
    }
  }
});

Deno.test("correlateInParallel() does small panels in this thread", async () => {
  const moves = manyMoves(30), options = { kind: "spearman", minOverlap: 5 } as const;
  assert.deepEqual(await correlateInParallel(moves, options), correlationMatrix(moves, options));
});

Deno.test("correlateInParallel() refuses an overlap below 3 and half a worker", async () => {
  const options = { kind: "spearman", minOverlap: 3 } as const;
  for (const nMarkets of [5, 950]) {
    const moves = manyMoves(nMarkets);
    await assert.rejects(correlateInParallel(moves, { ...options, minOverlap: 1, workers: 2 }), {
      name: "RangeError",
      message: "Cannot correlate markets as minOverlap must be a whole number >= 3: got 1",
    });
    await assert.rejects(correlateInParallel(moves, { ...options, workers: 2.5 }), {
      name: "RangeError",
      message: "Cannot share work as the number of workers must be a whole number >= 0: got 2.5",
    });
  }
});

Deno.test("balancedRows() cuts all rows into ranges of about as many pairs", () => {
  for (const [n, nRanges] of [[0, 4], [1, 4], [2, 4], [10, 3], [900, 16], [2711, 24]] as const) {
    const ranges = balancedRows(n, nRanges);
    assert.equal(ranges[0]?.from ?? 0, 0);
    assert.equal(ranges.at(-1)?.to ?? 0, n);
    ranges.slice(1).forEach(({ from }, k) => assert.equal(from, ranges[k]!.to));
    assert.ok(ranges.length <= nRanges + 1);
    for (const { from, to } of ranges) {
      assert.ok(from < to);
      const nPairs = pairCount(n - from) - pairCount(n - to);
      assert.ok(nPairs <= pairCount(n) / nRanges + n, `${n}, ${nRanges}: ${nPairs} pairs`);
    }
  }
});
