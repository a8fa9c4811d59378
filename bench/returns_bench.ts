import { logit } from "lib/core/probability.ts";
import { logitChange } from "lib/stats/returns.ts";
import { madePanel } from "./made_prices.ts";

const TICK = 0.01;

/** The plain way: one record per cell, looked up by market and day. */
function naiveLogitChanges(cells: Map<string, Map<number, number>>): Map<string, number[]> {
  const moves = new Map<string, number[]>();
  for (const [market, closes] of cells) {
    const row: number[] = [];
    for (const [day, close] of closes) {
      const before = closes.get(day - 1);
      row.push(before === undefined ? NaN : logit(close, TICK) - logit(before, TICK));
    }
    moves.set(market, row);
  }
  return moves;
}

for (const [nDays, nMarkets] of [[90, 200], [365, 800], [730, 2700]] as const) {
  const prices = madePanel(nDays, nMarkets);
  const cells = new Map(prices.markets.map((market, j) => {
    const closes = new Map<number, number>();
    prices.days.forEach((day, i) => {
      const close = prices.values[i * nMarkets + j]!;
      if (!Number.isNaN(close)) closes.set(day, close);
    });
    return [market, closes];
  }));
  const group = `logit changes ${nDays} × ${nMarkets}`;
  Deno.bench({ name: `${group}, maps of maps`, group, baseline: true }, () => {
    naiveLogitChanges(cells);
  });
  Deno.bench({ name: `${group}, logitChange()`, group }, () => {
    logitChange(prices, { tick: TICK });
  });
}
