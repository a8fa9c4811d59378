import assert from "node:assert/strict";
import type { BasketDecision } from "lib/baskets/basket_decision.ts";
import type { LedgerOptions } from "lib/backtest/ledger.ts";
import { pricePaths } from "lib/backtest/price_paths.ts";
import { replayBasket } from "lib/backtest/replay_basket.ts";
import { dayStartMs, parseDay } from "lib/core/day.ts";
import { dailyCloses, dataSetFixture } from "../fixtures/data_set.ts";
import { decisionOf, targetOf } from "./random_universe.ts";

const first = parseDay("2026-01-01");
const closes = dailyCloses("2026-01-01", Array.from({ length: 50 }, () => 0.5));

/** Contracts at 0.5 for fifty days; those of `settledOn` are void on that day. */
function universe(settledOn: Readonly<Record<string, number>>) {
  const ids = Array.from("ABCDEFGHIJ", (letter) => `kalshi:${letter}`);
  return pricePaths(dataSetFixture(Object.fromEntries(ids.map((id) => {
    const day = settledOn[id.at(-1)!];
    const paid = day === undefined ? {} : { paid: { payout: 0.5, atMs: dayStartMs(first + day) } };
    return [id, { closes, ...paid }];
  }))));
}

const decided = (day: number, letters: string) =>
  decisionOf(
    first + day,
    Array.from(letters, (letter) => targetOf(`kalshi:${letter}`, { weight: 0.1 })),
  );

/** Replays, and says on which days an emergency was asked for. */
function replayed(
  settledOn: Readonly<Record<string, number>>,
  decisions: readonly BasketDecision[],
  answer: (day: number) => BasketDecision | null,
  options: Partial<LedgerOptions> = {},
) {
  const asked: number[] = [];
  const ledger = replayBasket(universe(settledOn), decisions, {
    ...{ policy: "cash", cost: () => ({ spread: 0, fee: 0 }), maxPriceAgeDays: 3, minMarkets: 3 },
    ...options,
    reconsider: (day) => {
      asked.push(day - first);
      return answer(day - first);
    },
  });
  const trades = ledger.rebalances.map(({ kind, decidedOn, date }) =>
    [kind, decidedOn - first, date - first] as const
  );
  return { asked, trades, ledger };
}

Deno.test("replayBasket() decides anew when too few are left, and trades it the next day", () => {
  const { asked, trades, ledger } = replayed(
    { A: 10 },
    [decided(0, "ABC"), decided(30, "BC")],
    (day) => decided(day, "BCD"),
  );
  assert.deepEqual(asked, [10]);
  assert.deepEqual(trades, [["scheduled", 0, 1], ["emergency", 10, 11], ["scheduled", 30, 31]]);
  assert.deepEqual([...ledger.nLive.subarray(8, 11)], [3, 2, 3]);
  assert.deepEqual(ledger.refusals, []);
});

Deno.test("replayBasket() decides anew each time that too few are left", () => {
  const { asked, trades } = replayed(
    { A: 10, D: 20 },
    [decided(0, "ABC")],
    (day) => decided(day, day === 10 ? "BCD" : "BCE"),
  );
  assert.deepEqual(asked, [10, 20]);
  assert.equal(trades.length, 3);
});

Deno.test("replayBasket() asks no further before the next scheduled trade once it was refused", () => {
  const infeasible = (day: number) => ({
    ...decided(day, ""),
    status: "infeasible" as const,
    rules: ["min_markets"],
  });
  const settledOn = { A: 5, D: 25, E: 40 };
  const decisions = [decided(0, "ABC"), decided(20, "BCD"), decided(30, "BCE")];
  const { asked, trades, ledger } = replayed(
    settledOn,
    decisions,
    (day) => day === 5 ? null : infeasible(day),
  );
  assert.deepEqual(asked, [5, 25, 40]);
  assert.ok(trades.every(([kind]) => kind === "scheduled"));
  assert.deepEqual(ledger.refusals, [
    { day: first + 5, reason: "no decision", rules: [], nLive: 2 },
    { day: first + 25, reason: "infeasible", rules: ["min_markets"], nLive: 2 },
    { day: first + 40, reason: "infeasible", rules: ["min_markets"], nLive: 2 },
  ]);
  // an emergency trade is possible on day 13, and what it holds falls again: refused, then silent
  const falls = { A: 5, D: 12, E: 15 };
  const again = replayed(
    falls,
    [decided(0, "ABC"), decided(20, "BCF")],
    (day) => day === 5 ? decided(day, "BCD") : null,
  );
  assert.deepEqual(again.asked, [5, 12]);
});

Deno.test("replayBasket() holds on after a refusal however many settle", () => {
  // six are held, so the basket falls below four and, refused, is never asked about again
  const settledOn = { A: 5, B: 5, C: 5, D: 9, E: 12 };
  const { asked, ledger } = replayed(settledOn, [decided(0, "ABCDEF")], () => null, {
    minMarkets: 4,
  });
  assert.deepEqual(asked, [5]);
  assert.equal(ledger.nLive.at(-1), 1);
});

Deno.test("replayBasket() makes no emergency trade on or after a scheduled one, nor after the data", () => {
  const all = (day: number) => decided(day, "BCD");
  const decisions = [decided(0, "ABC"), decided(10, "BC")];
  assert.deepEqual(replayed({ A: 10 }, decisions, all).asked, []);
  assert.deepEqual(replayed({ A: 9 }, decisions, all).asked, [9]);
  assert.deepEqual(replayed({ A: 11 }, decisions, all).asked, []);
  assert.deepEqual(replayed({ A: 49 }, [decided(0, "ABC")], all).asked, []);
  assert.deepEqual(replayed({ A: 48 }, [decided(0, "ABC")], all).asked, [48]);
  const lagged = replayed({ A: 8 }, decisions, all, { tradeLagDays: 3 });
  assert.deepEqual(lagged.asked, [8]);
  assert.deepEqual(lagged.trades[1], ["emergency", 8, 11]);
  assert.deepEqual(replayed({ A: 10 }, decisions, all, { tradeLagDays: 3 }).asked, []);
});

Deno.test("replayBasket() sees no emergency in a basket that was small when it was bought", () => {
  assert.deepEqual(replayed({ A: 10 }, [decided(0, "AB")], () => null).asked, []);
});
