import assert from "node:assert/strict";
import { agreementExtent, permutedPText } from "lib/core/agreement_text.ts";

Deno.test("agreementExtent() says the size of an agreement from its limits on", () => {
  const cases: [number, string][] = [
    ...[[-0.2, "hardly"], [0.04, "hardly"], [0.0999, "hardly"]] as [number, string][],
    ...[[0.1, "partly"], [0.4999, "partly"], [0.5, "largely"], [1, "largely"]] as [
      number,
      string,
    ][],
  ];
  for (const [index, word] of cases) assert.equal(agreementExtent(index), word, `${index}`);
  assert.throws(() => agreementExtent(NaN), {
    name: "RangeError",
    message: "Cannot say how far groupings agree as it must be measured: got NaN",
  });
});

Deno.test("permutedPText() says the least p of its orders as an upper limit", () => {
  assert.equal(permutedPText(1 / 1000, 1), "p ≤ 0.001");
  assert.equal(permutedPText(1 / 200, 1), "p ≤ 0.005");
  assert.equal(permutedPText(2 / 1000, 0.999), "p 0.002");
  assert.equal(permutedPText(0.054, 0.947), "p 0.054");
  assert.equal(permutedPText(1, 0), "p 1");
  assert.equal(permutedPText(1e-4, 1), "p < 0.001");
  assert.equal(permutedPText(NaN, NaN), "p not measured");
});
