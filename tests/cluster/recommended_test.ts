import assert from "node:assert/strict";
import { recommendedMethod } from "lib/cluster/recommended.ts";
import { rowOf } from "./made_rows.ts";

const LIMIT = { maxShare: 0.5 };

Deno.test("recommendedMethod() passes over a method that puts nearly everything together", () => {
  const blob = rowOf("hdbscan", { adjustedP: 0.001, largestShare: 0.97 });
  const next = rowOf("average", { adjustedP: 0.02, largestShare: 0.5 });
  assert.equal(recommendedMethod([blob, next], LIMIT), "average");
  assert.equal(recommendedMethod([blob], LIMIT), "ward");
  assert.equal(recommendedMethod([{ ...blob, largestShare: NaN }, next], LIMIT), "average");
});

Deno.test("recommendedMethod() takes the least adjusted p-value, then the most over the null", () => {
  const rows = [
    rowOf("average", { adjustedP: 0.02, coherence: 0.9 }),
    rowOf("spectral", { adjustedP: 0.01, coherence: 0.06, nullMid: 0.03 }),
    rowOf("hdbscan", { adjustedP: 0.01, coherence: 0.05, nullMid: 0.01 }),
  ];
  assert.equal(recommendedMethod(rows, LIMIT), "hdbscan");
  assert.equal(recommendedMethod(rows.toReversed(), LIMIT), "hdbscan");
});

Deno.test("recommendedMethod() hands on what looks at prices and is better than noise, else Ward", () => {
  const noise = rowOf("single", { verdict: "not better than noise", adjustedP: 0.2 });
  const unknown = rowOf("dbscan", { verdict: "not measured", adjustedP: NaN });
  const wording = rowOf("wording", { adjustedP: 0.001 });
  assert.equal(recommendedMethod([], LIMIT), "ward");
  assert.equal(recommendedMethod([noise, unknown, wording], LIMIT), "ward");
  assert.equal(recommendedMethod([noise, wording, unknown, rowOf("louvain")], LIMIT), "louvain");
});
