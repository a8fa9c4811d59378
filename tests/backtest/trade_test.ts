import assert from "node:assert/strict";
import { contributions } from "lib/backtest/attribution.ts";
import { charge } from "lib/backtest/charge.ts";
import type { LedgerOptions, WeightChange } from "lib/backtest/ledger.ts";
import { pricePaths } from "lib/backtest/price_paths.ts";
import { replayBasket } from "lib/backtest/replay_basket.ts";
import { fittedPurchases, tradeTargets } from "lib/backtest/trade_targets.ts";
import { dayStartMs, parseDay } from "lib/core/day.ts";
import { dailyCloses, dataSetFixture } from "../fixtures/data_set.ts";
import { decisionOf, targetOf } from "./random_universe.ts";

const first = parseDay("2026-01-01");
const at = (n: number, value: number) => Array.from({ length: n }, () => value);
const paths = pricePaths(dataSetFixture({
  "kalshi:A": { closes: dailyCloses("2026-01-01", [...at(4, 0.5), ...at(16, 0.6)]) },
  "kalshi:B": { closes: dailyCloses("2026-01-01", at(20, 0.4)) },
  "kalshi:C": { closes: dailyCloses("2026-01-01", at(3, 0.25)) },
  "kalshi:D": { closes: dailyCloses("2026-01-01", [...at(10, 0.8), 1, 1, 0, 0.8]) },
  "kalshi:E": {
    closes: dailyCloses("2026-01-01", at(20, 0.5)),
    paid: { payout: 0, atMs: dayStartMs(first + 6) },
  },
  "kalshi:F": { closes: dailyCloses("2026-01-11", at(9, 0.5)) },
}));
const OPTIONS: LedgerOptions = {
  ...{ policy: "cash", maxPriceAgeDays: 3, minMarkets: 0 },
  cost: () => ({ spread: 0.02, fee: 0.01 }),
};
const [A, B, C, D, E, F] = paths.ids as [string, string, string, string, string, string];

function round<T>(value: T): T {
  return JSON.parse(JSON.stringify(value, (_, x) => typeof x === "number" ? +x.toFixed(10) : x));
}

const brief = (
  { marketId, side, oldWeight, newWeight, reason, finalReturn, payout }: WeightChange,
) => round([marketId, side, oldWeight, newWeight, reason, finalReturn, payout]);

Deno.test("replayBasket() pays on what is traded and not on what is kept", () => {
  const ledger = replayBasket(paths, [
    decisionOf(first, [targetOf(A, { weight: 0.5 }), targetOf(B, { weight: 0.25 })]),
    decisionOf(first + 8, [
      targetOf(A, { weight: 0.5 }),
      targetOf(B, { side: "no", weight: 0.25 }),
    ]),
  ], OPTIONS);
  // 75 bought at 3 %; then A is worth 60 of 110 and B 25
  assert.deepEqual(round([...ledger.nav.slice(0, 4)]), [97.75, 97.75, 97.75, 107.525]);
  const [, second] = ledger.rebalances;
  const traded = (60 - 55 + 25 + 27.5) / 110;
  assert.ok(Math.abs(second!.traded - traded) < 1e-12);
  assert.ok(Math.abs(second!.turnover - traded / 2) < 1e-12);
  assert.ok(Math.abs(second!.spreadCost - 0.02 * traded) < 1e-12);
  assert.ok(Math.abs(second!.feeCost - 0.01 * traded) < 1e-12);
  assert.equal(second!.rollCost, 0);
  assert.ok(Math.abs(ledger.nav.at(-1)! - 107.525 * (1 - 0.03 * traded)) < 1e-10);
  assert.deepEqual(second!.changes.map(brief), [
    round([A, "yes", 60 / 110, 0.5, "weighting=equal;limit=none", NaN, NaN]),
    round([B, "no", 0, 0.25, "weighting=equal;limit=none", NaN, NaN]),
    round([B, "yes", 25 / 110, 0, "not selected", 0, NaN]),
  ]);
  assert.deepEqual(round(ledger.contributions), [
    {
      marketId: A,
      side: "yes",
      drift: 9.775,
      resolution: 0,
      spread: -1.09775,
      fees: -0.548875,
      roll: 0,
    },
    {
      marketId: B,
      side: "no",
      drift: 0,
      resolution: 0,
      spread: -0.537625,
      fees: -0.2688125,
      roll: 0,
    },
    {
      marketId: B,
      side: "yes",
      drift: 0,
      resolution: 0,
      spread: -0.98875,
      fees: -0.494375,
      roll: 0,
    },
  ]);
});

Deno.test("replayBasket() keeps the cost of a roll apart", () => {
  const ticker = { tickerId: "T", weight: 0.5 };
  const ledger = replayBasket(paths, [
    decisionOf(first, [targetOf(A, { weight: 0.25 }), targetOf(B, ticker)]),
    decisionOf(first + 12, [targetOf(A, { weight: 0.2 }), targetOf(F, ticker)]),
  ], OPTIONS);
  const [, second] = ledger.rebalances;
  // of 105: B's 50 are sold and 52.5 of F bought
  assert.ok(Math.abs(second!.rollCost - 0.03 * 102.5 / 105) < 1e-12);
  assert.ok(Math.abs(second!.spreadCost - 0.02 * (102.5 + 9) / 105) < 1e-12);
  assert.deepEqual(
    second!.changes.map(({ marketId, reason }) => [marketId, reason]),
    [[A, "weighting=equal;limit=none"], [B, "rolled"], [F, "weighting=equal;limit=none"]],
  );
  const rolls = ledger.contributions.map(({ marketId, roll }) => [marketId, roll < 0]);
  assert.deepEqual(rolls, [[A, false], [B, true], [F, true]]);
});

Deno.test("replayBasket() says what settled since the last trade date, and its return", () => {
  const ledger = replayBasket(paths, [
    decisionOf(first, [targetOf(A, { weight: 0.5 }), targetOf(E, { side: "no", weight: 0.4 })]),
    decisionOf(first + 8, [targetOf(E, { side: "no", weight: 0.4 })]),
  ], OPTIONS);
  const [, second] = ledger.rebalances;
  assert.deepEqual(second!.changes.map(brief), [
    round([A, "yes", 60 / 150, 0, "not selected", 0.2, NaN]),
    [E, "no", 0, 0, "resolved", 1, 0],
  ]);
  assert.deepEqual(second!.skipped, [{ marketId: E, reason: "resolved" }]);
  assert.equal(ledger.held.at(-1)!.reason, "sold=nothing to hold");
  // 80 shares, less 2.7 % of all, from 0.5 to 1
  assert.deepEqual(round(ledger.contributions[1]), {
    ...{ marketId: E, side: "no", drift: 0, resolution: 38.92 },
    ...{ spread: -0.8, fees: -0.4, roll: 0 },
  });
});

Deno.test("replayBasket() carries what it cannot sell, and fits the rest beside it", () => {
  const ledger = replayBasket(paths, [
    decisionOf(first, [targetOf(A, { weight: 0.5 }), targetOf(C, { weight: 0.5 })]),
    decisionOf(first + 8, [targetOf(B, { weight: 0.6 }), targetOf(C, { weight: 0.4 })]),
  ], OPTIONS);
  assert.deepEqual(
    ledger.held.slice(2).map(({ marketId, weight, reason }) => round([marketId, weight, reason])),
    [
      round([B, 60 / 110, "weighting=equal;limit=none"]),
      round([C, 50 / 110, "carried=stale price"]),
    ],
  );
  assert.deepEqual(ledger.rebalances[1]!.skipped, [{ marketId: C, reason: "stale price" }]);
  // A's 60 are sold for B
  assert.ok(Math.abs(ledger.rebalances[1]!.traded - 120 / 110) < 1e-12);
  assert.ok(Math.abs(ledger.staleShare.at(-1)! - 50 / 110) < 1e-12);
  assert.equal(ledger.oldestMark.at(-1), 17);
  assert.equal(ledger.staleShare[4], 0);
});

Deno.test("replayBasket() sells at a close of the greatest age, and carries at one day more", () => {
  const heldAfter = (day: number) =>
    replayBasket(paths, [
      decisionOf(first, [targetOf(C, { weight: 1 })]),
      decisionOf(first + day - 1, [targetOf(A, { weight: 1 })]),
    ], OPTIONS).held.slice(1).map(({ marketId }) => marketId);
  assert.deepEqual(heldAfter(5), [A]);
  assert.deepEqual(heldAfter(6), [A, C]);
});

Deno.test("replayBasket() measures a final return from the mean purchase price", () => {
  const { rebalances } = replayBasket(paths, [
    decisionOf(first, [targetOf(A, { weight: 0.3 })]),
    decisionOf(first + 8, [targetOf(A, { weight: 0.6 })]),
    decisionOf(first + 12, [targetOf(A, { weight: 0.3 })]),
    decisionOf(first + 14, [targetOf(B, { weight: 1 })]),
  ], OPTIONS);
  // 60 shares at 0.5, then 46 more at 0.6; what is sold in between does not change the mean
  const mean = (60 * 0.5 + 46 * 0.6) / 106;
  const [sold] = rebalances[3]!.changes;
  assert.ok(Math.abs(sold!.finalReturn - (0.6 / mean - 1)) < 1e-12);
});

Deno.test("replayBasket() sells everything after an infeasible decision and waits", () => {
  const ledger = replayBasket(paths, [
    decisionOf(first, [targetOf(A, { weight: 1 })]),
    decisionOf(first + 8, [targetOf(B, { weight: 1 })], "infeasible"),
  ], OPTIONS);
  assert.deepEqual(ledger.held.at(-1), {
    ...{ decidedOn: first + 8, date: first + 9, marketId: A, side: "yes", weight: 0 },
    reason: "sold=infeasible",
  });
  assert.equal(ledger.cash.at(-1), 1);
  assert.equal(ledger.rebalances[1]!.nHeld, 0);
  assert.equal(ledger.navGross.at(-1), 120);
});

Deno.test("tradeTargets() skips what has no price, an old one, one of 0 or 1, or has settled", () => {
  const all = decisionOf(first + 11, paths.ids.map((id) => targetOf(id, { weight: 0.1 })));
  const skipped = (day: number) => tradeTargets(paths, all, { day, maxPriceAgeDays: 3 }).skipped;
  const of = (marketId: string, reason: string) => ({ marketId, reason });
  assert.deepEqual(skipped(first + 5), [of(F, "no price")]);
  assert.deepEqual(skipped(first + 6), [
    of(C, "stale price"),
    of(E, "resolved"),
    of(F, "no price"),
  ]);
  const late = [of(C, "stale price"), of(D, "price at 0 or 1"), of(E, "resolved")];
  assert.deepEqual(skipped(first + 10), late);
  assert.deepEqual(skipped(first + 12), late);
  const infeasible = { ...all, status: "infeasible" as const };
  assert.deepEqual(tradeTargets(paths, infeasible, { day: first + 6, maxPriceAgeDays: 3 }), {
    purchases: [],
    skipped: [],
  });
});

Deno.test("fittedPurchases() scales only where the whole is exceeded", () => {
  const purchases = [0.3, 0.6].map((weight, market) => ({
    ...{ market, tickerId: "", side: "yes" as const, price: 0.5, weight, reason: "" },
  }));
  const weights = (carried: number) =>
    round(fittedPurchases(purchases, { carried }).map(({ weight }) => weight));
  assert.deepEqual(weights(0.1), [0.3, 0.6]);
  assert.deepEqual(weights(0.4), [0.2, 0.4]);
  assert.deepEqual(weights(1), [0, 0]);
  assert.equal(fittedPurchases([], { carried: 1 }).length, 0);
});

Deno.test("charge() asks nothing for rounding errors, and never more than there is", () => {
  const order = { market: 0, side: "yes" as const, sidePrice: 0.5 };
  const cost = () => ({ spread: 0.3, fee: 0.9 });
  const asked = (notional: number, value: number) =>
    round(charge([{ ...order, notional }], { cost, day: first, value }));
  assert.deepEqual(asked(1e-10, 100), asked(0, 100));
  assert.equal(asked(1e-10, 100).kept, 1);
  assert.equal(asked(10, 100).kept, 0.88);
  const { spreadTotal, feeTotal, kept } = asked(10, 4);
  assert.deepEqual([spreadTotal, feeTotal, kept], [1, 3, 0]);
});

Deno.test("contributions() adds up each contract's flows by kind, in order of contracts", () => {
  const rows = contributions([
    { market: 1, side: "yes", kind: "drift", points: 2 },
    { market: 0, side: "yes", kind: "roll", points: -1 },
    { market: 1, side: "yes", kind: "drift", points: 3 },
    { market: 0, side: "no", kind: "fees", points: -4 },
  ], { ids: ["a", "b"] });
  const none = { drift: 0, resolution: 0, spread: 0, fees: 0, roll: 0 };
  assert.deepEqual(rows, [
    { marketId: "a", side: "no", ...none, fees: -4 },
    { marketId: "a", side: "yes", ...none, roll: -1 },
    { marketId: "b", side: "yes", ...none, drift: 5 },
  ]);
});
