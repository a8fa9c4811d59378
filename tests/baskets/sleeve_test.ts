import assert from "node:assert/strict";
import fc from "fast-check";
import type { BasketCandidate, BasketDecision } from "lib/baskets/basket_decision.ts";
import { sleeveDecision } from "lib/baskets/sleeve.ts";

const SLEEVE = { basket: "all", name: "All baskets", decidedOn: 19000 };

function candidate(marketId: string): BasketCandidate {
  return { marketId, venue: "polymarket", eventId: marketId, tickerId: marketId, side: "yes" };
}

/** A basket that holds these weights; without any it is infeasible. */
function decision(
  basket: string,
  weights: Readonly<Record<string, number>>,
  facts: Partial<BasketDecision> = {},
): BasketDecision {
  const targets = Object.entries(weights).map(([id, weight]) => ({
    ...{ ...candidate(id), weight, reason: "weighting=equal;raw=0.5000;limit=none" },
  }));
  const cash = Math.max(0, 1 - targets.reduce((sum, { weight }) => sum + weight, 0));
  return {
    ...{ basket, name: basket, decidedOn: 19000, targets, cash, rules: [], unheld: [] },
    ...{ status: targets.length > 0 ? "held" : "infeasible", mergedFrom: [] },
    ...facts,
  };
}

Deno.test("sleeveDecision() gives each held basket the same share", () => {
  const sleeve = sleeveDecision([
    decision("us_elections", { "poly:b": 0.5, "poly:d": 0.25 }, {
      ...{ rules: ["max_weight", "venue"], mergedFrom: ["x"] },
      unheld: [{ ...candidate("poly:e"), reason: "dust" }],
    }),
    decision("pandemic_health", {}, {
      rules: ["min_markets"],
      unheld: [{ ...candidate("poly:a"), reason: "infeasible" }],
    }),
    decision("crypto_digital", { "poly:c": 1 }),
  ], SLEEVE);
  assert.deepEqual(sleeve, {
    ...{ ...SLEEVE, status: "held", cash: 0.125, mergedFrom: [] },
    rules: ["min_markets", "max_weight", "venue"],
    targets: [["b", 0.25, "us_elections"], ["c", 0.5, "crypto_digital"], [
      "d",
      0.125,
      "us_elections",
    ]]
      .map(([name, weight, basket]) => ({
        ...candidate(`poly:${name}`),
        weight,
        reason: `basket=${basket};share=0.5000;weighting=equal;raw=0.5000;limit=none`,
      })),
    unheld: [
      { ...candidate("poly:a"), reason: "infeasible" },
      { ...candidate("poly:e"), reason: "dust" },
    ],
  });
});

Deno.test("sleeveDecision() is infeasible where no basket is held", () => {
  for (
    const { decisions, rules } of [
      { decisions: [], rules: ["min_markets"] },
      { decisions: [decision("a", {}), decision("b", {})], rules: [] },
    ]
  ) {
    assert.deepEqual(sleeveDecision(decisions, SLEEVE), {
      ...{ ...SLEEVE, status: "infeasible", cash: 1, targets: [], rules },
      ...{ unheld: [], mergedFrom: [] },
    });
  }
});

Deno.test("sleeveDecision() is the mean of the baskets, in any order of them", () => {
  const parts = fc.array(
    fc.array(fc.double({ min: 0.01, max: 1, noNaN: true }), { minLength: 1, maxLength: 8 }),
    { minLength: 1, maxLength: 14 },
  );
  fc.assert(
    fc.property(parts, (all) => {
      const decisions = all.map((own, b) => {
        const sum = Math.max(1, own.reduce((total, w) => total + w, 0));
        return decision(
          `basket ${b}`,
          Object.fromEntries(own.map((w, k) => [`poly:${k} of ${b}`, w / sum])),
        );
      });
      const { targets, cash } = sleeveDecision(decisions, SLEEVE);
      const sum = targets.reduce((total, { weight }) => total + weight, 0);
      const mean = decisions.reduce((total, one) => total + one.cash, 0) / decisions.length;
      assert.ok(Math.abs(sum + cash - 1) <= 1e-12 && Math.abs(cash - mean) <= 1e-12);
      assert.ok(targets.every(({ weight }) => weight > 0 && weight <= 1 / decisions.length));
      assert.deepEqual(
        sleeveDecision([...decisions].reverse(), SLEEVE),
        sleeveDecision(decisions, SLEEVE),
      );
    }),
    { seed: 9, numRuns: 200 },
  );
});

Deno.test("sleeveDecision() refuses a market in two baskets and another day", () => {
  assert.throws(
    () => sleeveDecision([decision("a", { "poly:m": 1 }), decision("b", { "poly:m": 1 })], SLEEVE),
    {
      name: "RangeError",
      message:
        'Cannot join baskets as a market must be in one of them: got "poly:m" in "a" and "b"',
    },
  );
  assert.throws(() => sleeveDecision([decision("a", {}, { decidedOn: 18999 })], SLEEVE), {
    name: "RangeError",
    message: 'Cannot join baskets as all must be decided on day 19000: got 18999 for "a"',
  });
});
