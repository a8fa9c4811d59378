import assert from "node:assert/strict";
import { splitAgreement } from "lib/cluster/split_agreement.ts";
import { adjustedMutualInformation, adjustedRandIndex } from "lib/stats/label_agreement.ts";

const OPEN = { adjustedRand: NaN, adjustedMutualInformation: NaN };

Deno.test("splitAgreement() is the plain agreement where both sides have two clusters", () => {
  const a = [0, 0, 1, 1, 2, -1], b = [0, 0, 0, 1, 1, 1];
  assert.deepEqual(splitAgreement(a, b), {
    adjustedRand: adjustedRandIndex(a, b),
    adjustedMutualInformation: adjustedMutualInformation(a, b),
  });
});

Deno.test("splitAgreement() leaves open what has fewer than two clusters on either side", () => {
  for (
    const [a, b] of [
      ...[[[], []], [[0], [0]], [[0, 0], [0, 0]], [[0, 0, 0], [0, 1, 1]], [[0, 1, 1], [2, 2, 2]]],
      // two clusters each, but one among the items that both place
      [[0, 0, 1], [0, 0, -1]],
      [[-1, -1], [-1, -1]],
    ]
  ) assert.deepEqual(splitAgreement(a!, b!), OPEN, `${a} ${b}`);
});

Deno.test("splitAgreement() refuses labels of different length", () => {
  assert.throws(() => splitAgreement([0], [0, 1]), {
    name: "RangeError",
    message: "Cannot compare labels as both must cover the same items: got 1 and 2",
  });
});
