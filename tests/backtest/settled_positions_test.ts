import assert from "node:assert/strict";
import type { HeldRow, Rebalance } from "lib/backtest/ledger.ts";
import { pricePaths } from "lib/backtest/price_paths.ts";
import { settledPositions } from "lib/backtest/settled_positions.ts";
import type { Side } from "lib/baskets/side.ts";
import { dayStartMs, parseDay } from "lib/core/day.ts";
import { dataSetFixture } from "../fixtures/data_set.ts";

const paid = (date: string, payout: number) => ({
  payout,
  atMs: dayStartMs(parseDay(date)) + 5000,
});
const closes = { "2024-02-01": 0.4, "2024-03-01": 0.5, "2024-04-01": 0.6 };
const paths = pricePaths(dataSetFixture({
  "poly:a": { closes, paid: paid("2024-04-10", 1) },
  "poly:b": { closes, paid: paid("2024-03-20", 0.25) },
  "poly:c": { closes: { ...closes, "2024-04-12": 0.7 } },
  "poly:d": { closes, paid: paid("2024-04-01", 0) },
  "poly:e": { closes, paid: paid("2024-04-13", 1) },
}));
const eventOf = (marketId: string) => `event of ${marketId}`;

/** A ledger of three trade dates, of which each contract is held at some. */
function ledger(held: readonly (readonly [string, Side, readonly number[]])[]) {
  const days = ["2024-02-01", "2024-03-01", "2024-04-01"].map(parseDay);
  return {
    rebalances: days.map((date) => ({ date }) as Rebalance),
    held: held.flatMap(([marketId, side, at]) =>
      at.map((k): HeldRow => ({
        ...{ marketId, side, date: days[k]!, decidedOn: days[k]! - 1, weight: 0.2, reason: "" },
      }))
    ),
  };
}

function entries(held: readonly (readonly [string, Side, readonly number[]])[]) {
  return settledPositions(ledger(held), { paths, eventOf })
    .map(({ marketId, side, entryPrice, payout }) => [marketId, side, entryPrice, payout]);
}

Deno.test("settledPositions() are held at the last trade date before they settle", () => {
  assert.deepEqual(
    entries([["poly:b", "no", [0, 1]], ["poly:a", "yes", [0, 1, 2]], ["poly:c", "yes", [0, 1, 2]]]),
    [["poly:a", "yes", 0.4, 1], ["poly:b", "no", 1 - 0.4, 0.75]],
  );
  const [one] = settledPositions(ledger([["poly:a", "yes", [2]]]), { paths, eventOf });
  assert.equal(one!.eventId, "event of poly:a");
});

Deno.test("settledPositions() leave out what was sold before, and judge a repurchase by its price", () => {
  assert.deepEqual(entries([["poly:a", "yes", [0, 1]], ["poly:b", "yes", [0]]]), []);
  assert.deepEqual(entries([["poly:a", "yes", [0, 2]]]), [["poly:a", "yes", 0.6, 1]]);
});

Deno.test("settledPositions() begin anew where the side changes", () => {
  assert.deepEqual(entries([["poly:a", "yes", [0]], ["poly:a", "no", [1, 2]]]), [
    ["poly:a", "no", 0.5, 0],
  ]);
});

Deno.test("settledPositions() take a settlement of a trade date as before the trade", () => {
  assert.deepEqual(entries([["poly:d", "yes", [1]]]), [["poly:d", "yes", 0.5, 0]]);
  assert.deepEqual(entries([["cash", "yes", [0, 1, 2]]]), []);
});

Deno.test("settledPositions() leave out what settles after the last day of the data", () => {
  assert.deepEqual(entries([["poly:e", "yes", [0, 1, 2]]]), []);
});
