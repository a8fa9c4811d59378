import { sidePrice } from "../baskets/side.ts";
import { MISSING_DAY } from "../core/day.ts";
import { type HeldRow, type Ledger, SOLD } from "./ledger.ts";
import { lastRowAt, type PricePaths } from "./price_paths.ts";
import type { SettledBet } from "./settled_bets.ts";

/**
 * The bets of a basket that it held until they settled, by market id.
 *
 * A position begins at the first of an unbroken run of trade dates on which the contract is held, and
 * is a bet if the last of them is the basket's last trade date before the settlement. What was sold
 * before settling is no bet, and a contract bought back is judged by what it cost then. The price
 * is that of the first trade date of the run; what was added later does not change it. A settlement
 * after the last day of the data has not paid yet.
 *
 * Cost: O(held rows · log).
 *
 * @param ledger A replayed basket: its held rows and trade dates are read.
 * @param options.eventOf Event of a market; the market's own id where it has none.
 */
export function settledPositions(
  ledger: Pick<Ledger, "held" | "rebalances">,
  { paths, eventOf }: {
    readonly paths: PricePaths;
    readonly eventOf: (marketId: string) => string;
  },
): SettledBet[] {
  const dates = ledger.rebalances.map(({ date }) => date).sort((a, b) => a - b);
  const rows = new Map<string, Map<number, HeldRow>>();
  for (const row of ledger.held) {
    if (row.reason.startsWith(SOLD)) continue;
    const own = rows.get(row.marketId) ?? new Map<number, HeldRow>();
    rows.set(row.marketId, own.set(row.date, row));
  }
  const bets: SettledBet[] = [];
  for (const marketId of [...rows.keys()].sort()) {
    const market = paths.indexOf.get(marketId);
    const resolvedOn = market === undefined ? MISSING_DAY : paths.resolvedOn[market]!;
    if (market === undefined || resolvedOn === MISSING_DAY || resolvedOn > paths.lastDay) continue;
    const bought = entryRow(rows.get(marketId)!, dates, resolvedOn);
    if (!bought) continue;
    const price = paths.prices.close[lastRowAt(paths, market, bought.date)]!;
    bets.push({
      ...{ marketId, eventId: eventOf(marketId), side: bought.side },
      entryPrice: sidePrice(price, bought.side),
      payout: sidePrice(paths.payout[market]!, bought.side),
    });
  }
  return bets;
}

/** The row with which a position began that was held when the contract settled. */
function entryRow(
  rows: ReadonlyMap<number, HeldRow>,
  dates: readonly number[],
  resolvedOn: number,
): HeldRow | undefined {
  let at = dates.length - 1;
  while (at >= 0 && dates[at]! >= resolvedOn) --at;
  let first: HeldRow | undefined;
  for (; at >= 0; --at) {
    const row = rows.get(dates[at]!);
    if (!row || (first && row.side !== first.side)) break;
    first = row;
  }
  return first;
}
