import { dayEndMs, formatDay } from "lib/core/day.ts";
import { asOf } from "lib/universe/as_of.ts";
import { madeUniverse } from "./made_prices.ts";

/** The plain way: filter rows that hold their market and date as texts. */
function naiveAsOf(
  rows: readonly { market: string; date: string; close: number }[],
  until: string,
) {
  return rows.filter((row) => row.date <= until);
}

for (const [nDays, nMarkets] of [[90, 200], [365, 800], [730, 2700]] as const) {
  const data = madeUniverse(nDays, nMarkets);
  const middle = 20_000 + Math.floor(nDays / 2);
  const rows = data.markets.flatMap((market, j) =>
    Array.from(
      { length: data.prices.offsets[j + 1]! - data.prices.offsets[j]! },
      (_, i) => {
        const row = data.prices.offsets[j]! + i;
        return {
          market: market.marketId,
          date: formatDay(data.prices.day[row]!),
          close: data.prices.close[row]!,
        };
      },
    )
  );
  const group = `as of ${nDays} × ${nMarkets}`;
  Deno.bench({ name: `${group}, filter row objects`, group, baseline: true }, () => {
    naiveAsOf(rows, formatDay(middle));
  });
  Deno.bench({ name: `${group}, asOf()`, group }, () => {
    asOf(data, dayEndMs(middle));
  });
}
