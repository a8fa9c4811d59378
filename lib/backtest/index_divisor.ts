import { type Side, sidePrice } from "../baskets/side.ts";
import { type HeldRow, type LedgerOptions, SOLD } from "./ledger.ts";
import { lastRowAt, type PricePaths } from "./price_paths.ts";

/** The levels of an index with a divisor. */
export interface IndexLevels {
  /** First trade date, whose level is 100. */
  readonly firstDay: number;
  /** Market value over divisor at each day's end. */
  readonly level: Float64Array;
  /** Divisor at each day's end; infinite once a worthless basket is composed anew. */
  readonly divisor: Float64Array;
}

/** A constituent: units of a contract in a portfolio of arbitrary size. */
interface Constituent {
  readonly market: number;
  readonly side: Side;
  readonly units: number;
}

/**
 * The same index as the gross NAV of a ledger, the way index providers keep one: level = market value
 * over divisor, and the divisor changes with every change of composition so that the level does not.
 *
 * A new composition is one dollar split by its weights. A contract that settles becomes cash of the
 * same value, which needs no change; with the policy `redistribute` it is deleted instead, and the
 * divisor shrinks by the share of the value that it and what was not bought for it had. Shares, costs
 * and the book of the ledger are not used: it is a second way to the same number.
 *
 * Cost: O(days × contracts held × log days).
 * Source: S&P Dow Jones Indices, "Index Mathematics Methodology", divisor adjustments.
 *
 * @param rows What was held after each trade date, as {@link HeldRow} says; by date.
 * @param options.policy What payouts do. @param options.cashRate As in the ledger.
 * @param options.firstDay First day of the index, the first trade date; that of the first row by
 *   default, which is later where nothing could be bought at first.
 * @throws {RangeError} If there is no row, or a row names no market of the paths.
 */
export function indexLevels(
  paths: PricePaths,
  rows: readonly HeldRow[],
  { policy, cashRate, firstDay = rows[0]?.date ?? 0 }:
    & Pick<LedgerOptions, "policy" | "cashRate">
    & { readonly firstDay?: number },
): IndexLevels {
  if (rows.length === 0) {
    throw new RangeError("Cannot keep an index as something must have been held: got no rows");
  }
  const byDate = Map.groupBy(rows, ({ date }) => date);
  const level = new Float64Array(paths.lastDay - firstDay + 1);
  const divisor = new Float64Array(level.length);
  let constituents: readonly Constituent[] = [];
  let cash = 1, scale = 0.01;
  for (let day = firstDay; day <= paths.lastDay; ++day) {
    if (day > firstDay) cash *= 1 + (cashRate?.rates[day - cashRate.firstDay] ?? 0);
    const paid = constituents.filter(({ market }) => paths.resolvedOn[market] === day);
    const proceeds = paid.reduce(
      (sum, { market, side, units }) => sum + units * sidePrice(paths.payout[market]!, side),
      0,
    );
    constituents = constituents.filter(({ market }) => paths.resolvedOn[market] !== day);
    const composition = byDate.get(day);
    const value = marketValue(paths, constituents, day);
    if (composition !== undefined) {
      const total = cash + proceeds + value;
      const unitScale = total > 0 ? 1 / total : 0;
      constituents = composed(paths, composition, { day, constituents, unitScale });
      // a worthless basket stays at zero whatever it is split into
      scale = total > 0 ? scale / total : Infinity;
      cash = 1 -
        composition.reduce((sum, { weight }) => sum + weight, 0);
    } else if (policy === "redistribute" && value > 0 && proceeds > 0) {
      // deleted: what is left grows against the cash and the worthless, which shrink with the divisor
      const kept = value / (value + proceeds);
      cash *= kept;
      scale *= kept;
      constituents = constituents.map((one) =>
        priceOf(paths, one, day) > 0 ? one : { ...one, units: one.units * kept }
      );
    } else cash += proceeds;
    const t = day - firstDay;
    divisor[t] = scale;
    level[t] = (cash + marketValue(paths, constituents, day)) / scale;
  }
  return { firstDay, level, divisor };
}

function priceOf(paths: PricePaths, { market, side }: Constituent, day: number): number {
  return sidePrice(paths.prices.close[lastRowAt(paths, market, day)]!, side);
}

function marketValue(
  paths: PricePaths,
  constituents: readonly Constituent[],
  day: number,
): number {
  return constituents.reduce((sum, one) => sum + one.units * priceOf(paths, one, day), 0);
}

/** One dollar split by the weights. What could not be traded keeps its units, in the new size. */
function composed(
  paths: PricePaths,
  rows: readonly HeldRow[],
  { day, constituents, unitScale }: {
    readonly day: number;
    readonly constituents: readonly Constituent[];
    readonly unitScale: number;
  },
): Constituent[] {
  return rows.filter(({ reason }) => !reason.startsWith(SOLD)).map(
    ({ marketId, side, weight, reason }) => {
      const market = paths.indexOf.get(marketId);
      if (market === undefined) {
        throw new RangeError(
          `Cannot keep an index as its rows must name markets of the data: got "${marketId}"`,
        );
      }
      const old = constituents.find((one) => one.market === market && one.side === side);
      if (reason.startsWith("carried=") && old !== undefined) {
        return { market, side, units: old.units * unitScale };
      }
      return { market, side, units: weight / priceOf(paths, { market, side, units: 0 }, day) };
    },
  );
}
