import { monthStart } from "../core/day.ts";
import { type AssetKey, type AssetNav, assetOf, type PortfolioAssets } from "./asset_navs.ts";
import type { Mixture } from "./portfolio_list.ts";

/** Money that a portfolio begins with, before its first purchase. */
export const PORTFOLIO_START = 100;

/** What was traded at a close, in the portfolio's money. */
export interface MixtureTrade {
  /** Index of the day. */
  readonly at: number;
  /** Value before the trade. */
  readonly before: number;
  /** Bought and sold together, cash and bills not counted. */
  readonly traded: number;
  /** Taken off the value: the rate of each asset times what was traded of it. */
  readonly cost: number;
}

/** A portfolio through time. */
export interface MixtureNav {
  readonly mixture: Mixture;
  /** Value at each day's end, after what was traded and paid that day. */
  readonly nav: Float64Array;
  /** The same without any cost. */
  readonly navGross: Float64Array;
  /** In time order, the first purchase too. */
  readonly trades: readonly MixtureTrade[];
  /** What each holding earned over all days, in the order of the mixture. */
  readonly gains: Float64Array;
}

/** Rounds for the value after a trade; each shrinks the error by the cost rate. */
const MAX_ROUNDS = 200;

/**
 * Value of a portfolio that is brought back to its shares on the first session of every month.
 *
 * Shares are set at the close and drift until the next rebalance: shares that stay the same would be
 * a hidden rebalance every day. A trade costs a rate of what is bought and sold, which may differ by
 * asset, and the cost is paid out of the portfolio in the same instant, so that the shares hold of
 * what is left. Cash and bills cost nothing to hold or leave: a charge on them would flatter the sleeves that
 * they compete with. Gains less costs are the change of the value, to rounding. An asset that has become worthless
 * stays so: money put into it does not move.
 *
 * Shape: one value a day of the assets. Units: money, {@link PORTFOLIO_START} before the first purchase.
 * Cost: O(days · holdings).
 *
 * @param options.costRate Share of what is traded, in [0, 1).
 * @param options.ratesOf Rates of assets whose trades cost more or less than that, by key, in [0, 1).
 * @param options.every When shares are set anew: at the first session of a month, or at each session.
 * @throws {RangeError} If a rate is not in [0, 1), an asset is not among those given, a share is
 *   negative or the shares do not add up to 1.
 */
export function mixtureNav(
  mixture: Mixture,
  from: PortfolioAssets,
  { costRate, ratesOf = {}, every = "month" }: {
    readonly costRate: number;
    readonly ratesOf?: Readonly<Record<AssetKey, number>>;
    readonly every?: "month" | "session";
  },
): MixtureNav {
  for (const [name, rate] of [["costRate", costRate] as const, ...Object.entries(ratesOf)]) {
    if (rate >= 0 && rate < 1) continue;
    const what = name === "costRate" ? name : `the rate of "${name}"`;
    throw new RangeError(`Cannot trade a portfolio as ${what} must be in [0, 1): got ${rate}`);
  }
  const assets = assetsOf(mixture, from);
  const rates = assets.map(({ key, kind }) => isFree(kind) ? 0 : ratesOf[key] ?? costRate);
  const tradeDays = new Set(rebalanceDays(from, every));
  const net = walk(mixture, assets, { rates, tradeDays });
  const gross = walk(mixture, assets, { rates: rates.map(() => 0), tradeDays });
  return { mixture, nav: net.nav, navGross: gross.nav, trades: net.trades, gains: net.gains };
}

/** Indices of the days on which shares are set: the first day, then the first session of each month. */
export function rebalanceDays(
  { session, firstDay }: Pick<PortfolioAssets, "session" | "firstDay">,
  every: "month" | "session" = "month",
): Int32Array {
  return session.filter((day, s) =>
    s === 0 || every === "session" ||
    monthStart(firstDay + day) !== monthStart(firstDay + session[s - 1]!)
  );
}

function walk(
  { holdings }: Mixture,
  assets: readonly AssetNav[],
  { rates, tradeDays }: {
    readonly rates: readonly number[];
    readonly tradeDays: ReadonlySet<number>;
  },
): Pick<MixtureNav, "nav" | "trades" | "gains"> {
  const nav = new Float64Array(assets[0]!.nav.length), gains = new Float64Array(assets.length);
  const value = new Float64Array(assets.length), trades: MixtureTrade[] = [];
  const movedOf = (k: number, after: number) => Math.abs(holdings[k]!.weight * after - value[k]!);
  const traded = (after: number) =>
    assets.reduce((sum, { kind }, k) => isFree(kind) ? sum : sum + movedOf(k, after), 0);
  const costOf = (after: number) =>
    rates.reduce((sum, rate, k) => sum + rate * movedOf(k, after), 0);
  for (let at = 0; at < nav.length; ++at) {
    for (let k = 0; at > 0 && k < assets.length; ++k) {
      const before = assets[k]!.nav[at - 1]!, now = assets[k]!.nav[at]!;
      const gain = before === 0 ? 0 : value[k]! * (now / before - 1);
      value[k] = value[k]! + gain;
      gains[k] = gains[k]! + gain;
    }
    const before = at === 0 ? PORTFOLIO_START : value.reduce((sum, x) => sum + x, 0);
    nav[at] = before;
    if (!tradeDays.has(at)) continue;
    const after = valueAfter(before, costOf);
    trades.push({ at, before, traded: traded(after), cost: costOf(after) });
    holdings.forEach(({ weight }, k) => value[k] = weight * after);
    nav[at] = after;
  }
  return { nav, trades, gains };
}

function isFree(kind: AssetNav["kind"]): boolean {
  return kind === "cash" || kind === "tbills";
}

/** The value that is left once the cost of trading towards shares of it is paid. */
function valueAfter(before: number, costOf: (after: number) => number): number {
  let after = before;
  for (let round = 0; round < MAX_ROUNDS; ++round) {
    const next = before - costOf(after);
    if (next === after) break;
    after = next;
  }
  return after;
}

function assetsOf(mixture: Mixture, from: PortfolioAssets): AssetNav[] {
  const sum = mixture.holdings.reduce((total, { weight }) => total + weight, 0);
  const least = Math.min(...mixture.holdings.map(({ weight }) => weight));
  if (!(Math.abs(sum - 1) < 1e-12 && least >= 0)) {
    throw new RangeError(
      `Cannot hold portfolio "${mixture.key}" as its shares must be >= 0 and add up to 1: got ${
        mixture.holdings.map(({ weight }) => weight).join(", ")
      }`,
    );
  }
  return mixture.holdings.map(({ asset }) => {
    const found = assetOf(from, asset);
    if (found !== undefined) return found;
    throw new RangeError(
      `Cannot hold portfolio "${mixture.key}" as each asset must be given: got "${asset}" among ${
        from.assets.map(({ key }) => key).join(", ")
      }`,
    );
  });
}
