import assert from "node:assert/strict";
import {
  changeReason,
  rulesText,
  signedShareText,
  signedText,
  weightReasonText,
} from "lib/page/baskets/basket_words.ts";

Deno.test("weightReasonText() says what was wanted and what held it back", () => {
  const texts = [
    ["weighting=equal;raw=0.2000;limit=none", "Equal weights: 20% wanted"],
    [
      "weighting=inverse_volatility;raw=0.4128;limit=max_weight",
      "Inverse volatility: 41% wanted; held back by the largest weight allowed",
    ],
    [
      "weighting=volume;raw=0.09005;limit=liquidity;volume=partly_unknown",
      "Volume: 9% wanted; held back by its share of the liquidity; some volumes are unknown",
    ],
    [
      "basket=factor_2;share=0.1429;weighting=equal_risk;raw=0.1003;limit=none;equal_risk=not_converged",
      "Equal risk: 10% wanted; equal risk was not reached",
    ],
    ["carried=stale price", "Kept, as it could not be traded: stale price"],
    ["weighting=new;raw=0.5;limit=other;note=x", "new: 50% wanted; held back by other; note=x"],
  ];
  for (const [reason, text] of texts) assert.equal(weightReasonText(reason!), text);
});

Deno.test("weightReasonText() leaves a reason of another form as it is", () => {
  for (const reason of ["", "target=0.09", "weighting=equal;raw=many;limit=none", "<b>"]) {
    assert.equal(weightReasonText(reason), reason);
  }
});

Deno.test("changeReason() keeps the contract of a roll apart from the words", () => {
  assert.deepEqual(changeReason("rolled from poly:1"), { words: "rolled from", rolled: "poly:1" });
  assert.deepEqual(changeReason("rolled into a b"), { words: "rolled into", rolled: "a b" });
  assert.deepEqual(changeReason("resolved YES"), { words: "resolved YES", rolled: null });
  assert.deepEqual(changeReason("not selected"), { words: "no longer selected", rolled: null });
  assert.deepEqual(changeReason("infeasible"), { words: "the basket went to cash", rolled: null });
  assert.deepEqual(changeReason(null), { words: "reason not stored", rolled: null });
});

Deno.test("rulesText() names limits, those that it does not know by their ids", () => {
  assert.equal(rulesText(["min_markets", "max_weight"]), "too few contracts, largest weight");
  assert.equal(rulesText(["no_such_rule"]), "no such rule");
});

Deno.test("signedText() has a true minus and no sign on what rounds to zero", () => {
  assert.deepEqual([1.25, -1.26, 0.04, -0.04, 0].map((x) => signedText(x, 1)), [
    ...["+1.3", "−1.3", "0.0", "0.0", "0.0"],
  ]);
  assert.deepEqual([0.0315, -0.5, null].map(signedShareText), ["+3.1%", "−50.0%", "unknown"]);
});
