import assert from "node:assert/strict";
import fc from "fast-check";
import { correlationMatrix } from "lib/stats/correlation_matrix.ts";
import { tailCorrelation } from "lib/stats/tail_correlation.ts";
import golden from "../golden/stats/tail_correlation.json" with { type: "json" };
import { anyRows, panelOf } from "./random_panels.ts";

for (const kind of ["spearman", "pearson"] as const) {
  Deno.test(`tailCorrelation() gives pandas' ${kind} correlations over the days of large moves`, () => {
    // golden: tests/golden/stats/tail_correlation.py
    const { minMove, minDays } = golden;
    const { rho, days } = tailCorrelation(panelOf(golden.points), { minMove, minDays, kind });
    assert.deepEqual([...days], golden.pairs.map((pair) => pair.days));
    let nKnown = 0;
    golden.pairs.forEach((pair, at) => {
      const want = pair[kind], got = rho.values[at]!;
      if (want === null) assert.ok(Number.isNaN(got), `pair ${at}: got ${got}`);
      else {
        assert.ok(Math.abs(got - want) < 1e-14, `pair ${at}: got ${got}, want ${want}`);
        ++nKnown;
      }
    });
    assert.ok(nKnown >= 10 && nKnown < golden.pairs.length);
  });
}

Deno.test("tailCorrelation() counts a day on which either moved beyond minMove, not up to it", () => {
  const points = panelOf([[0.05, 0.05], [0.06, 0], [0, -0.06], [0.07, 0.08], [0.2, null]]);
  const { days } = tailCorrelation(points, { minMove: 0.05, minDays: 3, kind: "pearson" });
  assert.deepEqual([...days], [3]);
});

Deno.test("tailCorrelation() of days that all move is the correlation of all days", () => {
  fc.assert(
    fc.property(anyRows, fc.constantFrom("spearman", "pearson"), (rows, kind) => {
      const moving = panelOf(rows.map((row) => row.map((x) => x === 0 ? 0.5 : x)));
      const tail = tailCorrelation(moving, { minMove: 0.1, minDays: 3, kind });
      const all = correlationMatrix(moving, { kind, minOverlap: 3 });
      assert.deepEqual([tail.rho, tail.days], [all.rho, all.overlap]);
    }),
    { seed: 7, numRuns: 50 },
  );
});

Deno.test("tailCorrelation() refuses moves and days it cannot judge by", () => {
  const points = panelOf([[0.1, 0.2]]);
  const refuses = (minMove: number, minDays: number, message: string) =>
    assert.throws(() => tailCorrelation(points, { minMove, minDays, kind: "pearson" }), {
      name: "RangeError",
      message,
    });
  refuses(-0.1, 5, "Cannot correlate large moves as minMove must be >= 0 and finite: got -0.1");
  refuses(NaN, 5, "Cannot correlate large moves as minMove must be >= 0 and finite: got NaN");
  refuses(0.1, 2, "Cannot correlate large moves as minDays must be a whole number >= 3: got 2");
});
