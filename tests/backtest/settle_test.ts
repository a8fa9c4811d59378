import assert from "node:assert/strict";
import fc from "fast-check";
import {
  type Book,
  contractKey,
  heldValue,
  marksAt,
  type Position,
} from "lib/backtest/holdings.ts";
import { type PricePaths, pricePaths } from "lib/backtest/price_paths.ts";
import { redistributed, settleBook } from "lib/backtest/settle.ts";
import { sidePrice } from "lib/baskets/side.ts";
import { dayStartMs, MISSING_DAY, parseDay } from "lib/core/day.ts";
import { dailyCloses, dataSetFixture } from "../fixtures/data_set.ts";
import { FIRST_DAY, randomUniverse } from "./random_universe.ts";

const day = parseDay("2026-01-05");
const FREE = () => ({ spread: 0, fee: 0 });

function toy(payout: number): PricePaths {
  const paid = { payout, atMs: dayStartMs(day) + 1 };
  return pricePaths(dataSetFixture({
    "kalshi:A": { closes: dailyCloses("2026-01-01", [0.5, 0.5, 0.5, 0.6, 0.99, 0.99]), paid },
    "kalshi:B": { closes: dailyCloses("2026-01-01", [0.4, 0.4, 0.4, 0.4, 0.5]) },
    "kalshi:C": { closes: dailyCloses("2026-01-01", [0.4, 0.4, 0.4, 0.4, 0]) },
  }));
}

const position = (market: number, side: Position["side"], shares: number): Position => ({
  ...{ market, tickerId: `t${market}`, side, shares, boughtAt: 0.4, markedAt: 0.5 },
});
const BOOK: Book = {
  positions: [position(0, "yes", 100), position(1, "yes", 80)],
  cash: 10,
  netFactor: 0.5,
};

Deno.test("settleBook() pays the payout and not the close, and books both tracks", () => {
  const { book, settled, proceeds, flows } = settleBook(toy(1), BOOK, { day });
  assert.equal(proceeds, 100);
  assert.deepEqual(book, { positions: [position(1, "yes", 80)], cash: 110, netFactor: 0.5 });
  assert.equal(settled[0]!.payout, 1);
  assert.equal(settled[0]!.finalReturn, 1 / 0.4 - 1);
  // half of: 100 shares from 0.5 to 0.6, then to 1; 80 shares from 0.5 to 0.5
  assert.deepEqual(
    flows.map(({ market, kind, points }) => [market, kind, Number(points.toFixed(12))]),
    [[0, "drift", 5], [0, "resolution", 20], [1, "drift", 0]],
  );
});

Deno.test("settleBook() pays each side its part of a scalar and of a void market", () => {
  const no: Book = { ...BOOK, positions: [position(0, "no", 100), position(0, "yes", 30)] };
  assert.ok(Math.abs(settleBook(toy(0.37), no, { day }).proceeds - (63 + 11.1)) < 1e-12);
  assert.equal(settleBook(toy(0.5), no, { day }).proceeds, 65);
});

Deno.test("settleBook() leaves a book alone on a day without a settlement", () => {
  const { book, settled, proceeds } = settleBook(toy(1), BOOK, { day: day - 1 });
  assert.equal(proceeds + settled.length, 0);
  assert.equal(book.cash, 10);
  assert.deepEqual(book.positions.map(({ markedAt }) => markedAt), [0.6, 0.4]);
});

Deno.test("redistributed() buys what has a price, pro rata to its value, and leaves other cash", () => {
  const positions = [
    { ...position(0, "yes", 10), markedAt: 0.6 },
    { ...position(1, "yes", 20), markedAt: 0.2 },
    { ...position(2, "yes", 70), markedAt: 0 },
  ];
  const { book } = redistributed({ positions, cash: 25, netFactor: 1 }, {
    proceeds: 5,
    cost: FREE,
    day,
  });
  assert.deepEqual(book.positions.map(({ shares }) => shares), [15, 30, 70]);
  assert.equal(book.cash, 20);
  // 10 shares at 0.4 and 5 more at 0.6
  assert.ok(Math.abs(book.positions[0]!.boughtAt - 7 / 15) < 1e-15);
});

Deno.test("redistributed() takes its cost off the whole value", () => {
  const cost = () => ({ spread: 0.03, fee: 0.01 });
  const positions = [{ ...position(1, "yes", 100), markedAt: 0.5 }];
  const { book, flows } = redistributed({ positions, cash: 50, netFactor: 0.8 }, {
    proceeds: 50,
    cost,
    day,
  });
  // 40 net points are traded, at 4 %, out of 80
  assert.ok(Math.abs(book.netFactor - 0.8 * (80 - 1.6) / 80) < 1e-15);
  assert.deepEqual(
    flows.map(({ kind, points }) => [kind, Number(points.toFixed(12))]),
    [["spread", -1.2], ["fees", -0.4]],
  );
});

Deno.test("redistributed() keeps the cash where nothing has a price", () => {
  for (const positions of [[], [{ ...position(2, "yes", 70), markedAt: 0 }]]) {
    const book: Book = { positions, cash: 5, netFactor: 1 };
    assert.equal(redistributed(book, { proceeds: 5, cost: FREE, day }).book, book);
  }
});

Deno.test("settleBook() and redistributed() conserve cash plus positions", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 9999 }),
      fc.double({ min: 0, max: 50, noNaN: true }),
      (seed, cash) => {
        const data = randomUniverse(seed, { nMarkets: 20, nDays: 60 });
        const paths = pricePaths(data);
        const settling = paths.resolvedOn.filter((r) => r !== MISSING_DAY);
        const r = settling[seed % Math.max(settling.length, 1)] ?? FIRST_DAY + 30;
        const positions = paths.ids.flatMap((_, market): Position[] => {
          const { from, to } = {
            from: paths.prices.offsets[market]!,
            to: paths.prices.offsets[market + 1]!,
          };
          const isOpen = from < to && paths.prices.day[from]! < r;
          const isOver = paths.resolvedOn[market]! !== MISSING_DAY && paths.resolvedOn[market]! < r;
          return isOpen && !isOver
            ? [position(market, market % 3 === 0 ? "no" : "yes", 1 + market)]
            : [];
        }).sort((a, b) => contractKey(a) - contractKey(b));
        const book: Book = { positions, cash, netFactor: 1 };
        const marks = marksAt(paths, positions, r);
        const before = cash +
          positions.reduce(
            (sum, { market, side, shares }, i) =>
              sum +
              shares * (paths.resolvedOn[market] === r
                  ? sidePrice(paths.payout[market]!, side)
                  : marks.price[i]!),
            0,
          );
        const settlement = settleBook(paths, book, { day: r });
        const { proceeds } = settlement;
        const bought = redistributed(settlement.book, { proceeds, cost: FREE, day: r }).book;
        for (const after of [settlement.book, bought]) {
          const value = after.cash + heldValue(after, marksAt(paths, after.positions, r));
          assert.ok(Math.abs(value - before) < 1e-10);
        }
        const gains = settlement.flows.reduce((sum, { points }) => sum + points, 0);
        const booked = cash + positions.reduce((sum, { shares }) => sum + shares * 0.5, 0);
        assert.ok(Math.abs(booked + gains - before) < 1e-10);
      },
    ),
    { seed: 3, numRuns: 100 },
  );
});
