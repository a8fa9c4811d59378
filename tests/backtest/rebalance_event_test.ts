import assert from "node:assert/strict";
import fc from "fast-check";
import type { Rebalance, WeightChange } from "lib/backtest/ledger.ts";
import { eventsOfDate, rebalanceEvent } from "lib/backtest/rebalance_event.ts";
import { parseDay } from "lib/core/day.ts";

const REASON = "weighting=equal;raw=0.2;limit=none";

function change(marketId: string, over: Partial<WeightChange> = {}): WeightChange {
  return {
    marketId,
    tickerId: `ticker of ${marketId}`,
    side: "yes",
    oldWeight: 0,
    newWeight: 0,
    reason: REASON,
    finalReturn: NaN,
    payout: NaN,
    ...over,
  };
}

function rebalance(
  changes: readonly WeightChange[],
  over: Partial<Rebalance> = {},
): Rebalance {
  return {
    kind: "scheduled",
    decidedOn: parseDay("2026-01-31"),
    date: parseDay("2026-02-01"),
    status: "held",
    rules: ["max_weight"],
    mergedFrom: [],
    changes,
    skipped: [],
    turnover: 0.23,
    traded: 0.46,
    spreadCost: 0.001,
    feeCost: 0.0005,
    rollCost: 0.0002,
    cashWeight: 0.1,
    nHeld: 3,
    ...over,
  };
}

const options = {
  basketId: "us_elections",
  method: "hybrid_equal",
  policy: "cash",
  eligibleBefore: new Set(["poly:known"]),
} as const;

const changes = [
  change("poly:won", { side: "no", finalReturn: -1, payout: 1 }),
  change("poly:lost", { finalReturn: -1, payout: 0 }),
  change("poly:split", { finalReturn: 0.1, payout: 0.37 }),
  change("poly:split2", { finalReturn: NaN, payout: 0.995 }),
  change("poly:march", { tickerId: "fed cut", oldWeight: 0.1, finalReturn: 0.25 }),
  change("poly:june", { tickerId: "fed cut", newWeight: 0.1 }),
  change("poly:new", { newWeight: 0.2 }),
  change("poly:known", { newWeight: 0.15 }),
  change("poly:both", { oldWeight: 0.12, newWeight: 0.09 }),
  change("poly:same", { oldWeight: 0.05, newWeight: 0.05 }),
  change("poly:gone", { oldWeight: 0.05, finalReturn: -0.5 }),
  change("poly:turned", { side: "no", newWeight: 0.1 }),
  change("poly:turned", { side: "yes", oldWeight: 0.1, finalReturn: 0 }),
  change("poly:stuck", { oldWeight: 0.08, newWeight: 0.07, reason: "carried=stale price" }),
];

Deno.test("rebalanceEvent() writes the seed plan's event with a reason for every move", () => {
  const event = rebalanceEvent(
    rebalance(changes, {
      mergedFrom: ["tech"],
      skipped: [
        { marketId: "poly:z", reason: "no price" },
        { marketId: "poly:y", reason: "resolved" },
      ],
    }),
    options,
  );
  assert.deepEqual(event, {
    date: "2026-02-01",
    basket_id: "us_elections",
    additions: [
      { market_id: "poly:june", weight: 0.1, reason: "rolled from poly:march" },
      { market_id: "poly:known", weight: 0.15, reason: "newly selected" },
      { market_id: "poly:new", weight: 0.2, reason: "newly eligible" },
      { market_id: "poly:turned", weight: 0.1, reason: "turned from yes" },
    ],
    removals: [
      { market_id: "poly:gone", reason: "not selected", final_return: -0.5 },
      { market_id: "poly:lost", reason: "resolved NO", final_return: -1 },
      { market_id: "poly:march", reason: "rolled into poly:june", final_return: 0.25 },
      { market_id: "poly:split", reason: "resolved at 0.37", final_return: 0.1 },
      { market_id: "poly:split2", reason: "resolved at 0.995", final_return: null },
      { market_id: "poly:turned", reason: "turned to no", final_return: 0 },
      { market_id: "poly:won", reason: "resolved YES", final_return: -1 },
    ],
    weight_changes: [
      { market_id: "poly:both", old_weight: 0.12, new_weight: 0.09 },
      { market_id: "poly:stuck", old_weight: 0.08, new_weight: 0.07 },
    ],
    turnover: 0.23,
    market_count: 3,
    method: "hybrid_equal",
    policy: "cash",
    kind: "scheduled",
    decided_on: "2026-01-31",
    status: "held",
    rules: ["max_weight"],
    merged_from: ["tech"],
    skipped: [
      { market_id: "poly:y", reason: "resolved" },
      { market_id: "poly:z", reason: "no price" },
    ],
    costs: { spread: 0.001, fees: 0.0005, roll: 0.0002 },
    cash_weight: 0.1,
    weights: [
      { market_id: "poly:both", side: "yes", weight: 0.09, reason: REASON },
      { market_id: "poly:june", side: "yes", weight: 0.1, reason: REASON },
      { market_id: "poly:known", side: "yes", weight: 0.15, reason: REASON },
      { market_id: "poly:new", side: "yes", weight: 0.2, reason: REASON },
      { market_id: "poly:same", side: "yes", weight: 0.05, reason: REASON },
      { market_id: "poly:stuck", side: "yes", weight: 0.07, reason: "carried=stale price" },
      { market_id: "poly:turned", side: "no", weight: 0.1, reason: REASON },
    ],
  });
});

Deno.test("rebalanceEvent() begins with the fields of the seed plan, in its order", () => {
  assert.deepEqual(Object.keys(rebalanceEvent(rebalance([]), options)).slice(0, 7), [
    "date",
    "basket_id",
    "additions",
    "removals",
    "weight_changes",
    "turnover",
    "market_count",
  ]);
});

Deno.test("rebalanceEvent() does not call it a roll where the last contract was settled", () => {
  const event = rebalanceEvent(
    rebalance([
      change("poly:march", { tickerId: "fed cut", payout: 1, finalReturn: 2 }),
      change("poly:june", { tickerId: "fed cut", newWeight: 0.1 }),
    ]),
    options,
  );
  assert.deepEqual(event.removals.map(({ reason }) => reason), ["resolved YES"]);
  assert.deepEqual(event.additions.map(({ reason }) => reason), ["newly eligible"]);
});

Deno.test("rebalanceEvent() says infeasible where the basket goes to cash as no weights keep its limits", () => {
  const event = rebalanceEvent(
    rebalance([change("poly:a", { oldWeight: 0.2, finalReturn: 0.1 })], {
      status: "infeasible",
      rules: ["min_markets"],
      cashWeight: 1,
      nHeld: 0,
    }),
    options,
  );
  assert.deepEqual(event.removals, [
    { market_id: "poly:a", reason: "infeasible", final_return: 0.1 },
  ]);
  assert.deepEqual([event.status, event.market_count, event.weights], ["infeasible", 0, []]);
});

/** Any number but −0, which JSON writes as 0. */
const numbers = fc.oneof(fc.double(), fc.constantFrom(NaN, Infinity, -Infinity, 0, 0.5, 1)).map(
  (x) => x + 0,
);
const anyChange = fc.record({
  marketId: fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("poly:a", "../b", '"}\n<b>')),
  tickerId: fc.constantFrom("s", "t"),
  side: fc.constantFrom("yes" as const, "no" as const),
  oldWeight: numbers,
  newWeight: numbers,
  reason: fc.string(),
  finalReturn: numbers,
  payout: fc.constantFrom(NaN, 0, 0.5, 1),
});

Deno.test("rebalanceEvent() is plain JSON whatever the ids and numbers, and lists a change in one place", () => {
  fc.assert(
    fc.property(fc.array(anyChange, { maxLength: 8 }), numbers, (changes, turnover) => {
      const event = rebalanceEvent(rebalance(changes, { turnover }), options);
      assert.deepEqual(JSON.parse(JSON.stringify(event)), event);
      const equal = changes.filter((c) => c.oldWeight > 0 && c.oldWeight === c.newWeight).length;
      assert.equal(
        event.additions.length + event.removals.length + event.weight_changes.length + equal,
        changes.length,
      );
    }),
    { seed: 7 },
  );
});

Deno.test("rebalanceEvent() does not depend on the order of changes and leaves them alone", () => {
  fc.assert(
    fc.property(fc.shuffledSubarray(changes, { minLength: changes.length }), (order) => {
      const frozen = Object.freeze(order.slice());
      assert.deepEqual(
        rebalanceEvent(rebalance(frozen), options),
        rebalanceEvent(rebalance(changes), options),
      );
    }),
    { seed: 7, numRuns: 30 },
  );
});

Deno.test("eventsOfDate() gives one document a date, sorted by method, policy and basket", () => {
  const event = (date: string, method: string, policy: "cash" | "redistribute", basketId: string) =>
    rebalanceEvent(rebalance([], { date: parseDay(date) }), {
      ...options,
      method,
      policy,
      basketId,
    });
  const events = [
    event("2026-03-01", "a", "cash", "x"),
    event("2026-02-01", "b", "cash", "x"),
    event("2026-02-01", "a", "redistribute", "x"),
    event("2026-02-01", "a", "cash", "y"),
    event("2026-02-01", "a", "cash", "x"),
  ];
  const expected = [
    ["2026-02-01", "a/cash/x", "a/cash/y", "a/redistribute/x", "b/cash/x"],
    ["2026-03-01", "a/cash/x"],
  ];
  for (const order of [events, events.toReversed()]) {
    assert.deepEqual(
      eventsOfDate(order).map(({ date, events }) => [
        date,
        ...events.map(({ method, policy, basket_id }) => `${method}/${policy}/${basket_id}`),
      ]),
      expected,
    );
  }
  assert.deepEqual(eventsOfDate([]), []);
});
