import assert from "node:assert/strict";
import { binomialQuantile } from "lib/charts/binomial_quantile.ts";
import golden from "../golden/charts/binomial_quantile.json" with { type: "json" };

Deno.test("binomialQuantile() gives scipy's quantiles", () => {
  for (const { q, n, p, k } of golden.cases) {
    assert.equal(binomialQuantile(q, n, p), k, `q ${q}, n ${n}, p ${p}`);
  }
});

Deno.test("binomialQuantile() of a sure or impossible success is all or none", () => {
  assert.equal(binomialQuantile(0.025, 12, 1), 12);
  assert.equal(binomialQuantile(0.975, 12, 0), 0);
  assert.equal(binomialQuantile(0.5, 0, 0.5), 0);
});

Deno.test("binomialQuantile() refuses numbers outside their ranges", () => {
  for (const [q, n, p] of [[0, 3, 0.5], [0.5, 2.5, 0.5], [0.5, 3, 1.1], [NaN, 3, 0.5]] as const) {
    assert.throws(() => binomialQuantile(q, n, p), {
      name: "RangeError",
      message:
        `Cannot give a binomial quantile as q must be in (0, 1), n whole and p in [0, 1]: got ${q}, ${n} and ${p}`,
    });
  }
});
