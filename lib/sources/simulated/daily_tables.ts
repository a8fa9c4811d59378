import { randomIndex, randomStream } from "../../core/random.ts";
import { type Table, table } from "../../core/table.ts";
import type { Listing } from "./listing.ts";
import { drawHabits, observe } from "./observe.ts";

/** True probabilities of all markets, stored as one run per market. */
export interface TruePaths {
  /** nMarkets + 1 offsets into `p`. */
  readonly offsets: Uint32Array;
  /** UTC day of each market's first value. */
  readonly firstDay: Int32Array;
  /** Number of values per market at which the outcome was still open; the rest are settled. */
  readonly nOpen: Uint32Array;
  /** Noise-free probability of YES at the end of each day. */
  readonly p: Float64Array;
}

/** Daily tables of the data contract, with the truth behind them. */
export interface DailyTables {
  readonly prices: Table;
  readonly activity: Table;
  readonly paths: TruePaths;
  /** Per market: days with a price, 0 for a listing without history. */
  readonly nPrices: Uint32Array;
  /** Per market: soft defects, such as `gap` or `illiquid`. */
  readonly flaws: readonly string[];
}

/** How much of the universe a vendor has. */
export interface Coverage {
  readonly seed: number;
  readonly firstDay: number;
  readonly nDays: number;
  /** Share of listings without price history. */
  readonly missingHistory: number;
}

/**
 * Observes every listing day by day.
 *
 * Whether a listing has prices, quotes or activity is drawn without regard to anything else.
 */
export function dailyTables(listings: readonly Listing[], coverage: Coverage): DailyTables {
  const { seed, firstDay, nDays, missingHistory } = coverage;
  const nMarkets = listings.length;
  const spans = listings.map(({ plan, lastDay }) =>
    Math.max(Math.min(lastDay, nDays - 1) - plan.first + 1, 0)
  );
  const nCells = spans.reduce((sum, n) => sum + n, 0);
  const p = new Float64Array(nCells), offsets = new Uint32Array(nMarkets + 1);
  const priceCode = new Int32Array(nCells), priceDay = new Int32Array(nCells);
  const close = new Float64Array(nCells), bid = new Float64Array(nCells);
  const ask = new Float64Array(nCells);
  const activeCode = new Int32Array(nCells), activeDay = new Int32Array(nCells);
  const volume = new Float64Array(nCells), interest = new Float64Array(nCells);
  const liquidity = new Float64Array(nCells);
  const nPrices = new Uint32Array(nMarkets), nOpen = new Uint32Array(nMarkets);
  const flaws: string[] = [];
  let nPriced = 0, nActive = 0;
  listings.forEach((listing, j) => {
    const { plan, path, event, marketId, venue, payout } = listing;
    const start = offsets[j]!, n = spans[j]!;
    offsets[j + 1] = start + n;
    const skip = plan.first - event.plan.first;
    nOpen[j] = Math.min(path.p.length - skip, n);
    const random = randomStream(seed, `observe/${marketId}`);
    const settled = 0.001 + 0.005 * random();
    const seen = new Float64Array(n);
    for (let i = 0; i < n; ++i) {
      const open = i < nOpen[j]!;
      p[start + i] = open ? path.p[skip + i]! : payout;
      // a decided contract trades a little below what it will pay, or above zero
      seen[i] = open ? p[start + i]! : Math.min(Math.max(payout, settled), 1 - settled);
    }
    const scheduled = (plan.deadlines[listing.contract] ?? plan.scheduledEnd) - plan.first;
    const habits = drawHabits(random, { fineTicks: venue === "polymarket", nDays: scheduled });
    const has = {
      history: random() >= missingHistory,
      activity: random() < (venue === "kalshi" ? 0.95 : 0.6),
      quotes: random() < 0.4,
    };
    const late = random() < 0.2 ? 1 + randomIndex(random, 2) : 0;
    const gap = random() < 0.03 ? [randomIndex(random, scheduled), 1 + randomIndex(random, 6)] : [];
    const flaw: string[] = [];
    if (has.history && n > 0) {
      const view = observe(seen, habits, random);
      const from = Math.min(late, n - 1);
      for (let i = from; i < n; ++i) {
        const inGap = gap.length > 0 && i > from && i < n - 1 && i >= gap[0]! &&
          i < gap[0]! + gap[1]!;
        if (inGap) {
          if (!flaw.includes("gap")) flaw.push("gap");
          continue;
        }
        priceCode[nPriced] = j;
        priceDay[nPriced] = firstDay + plan.first + i;
        close[nPriced] = view.close[i]!;
        bid[nPriced] = has.quotes ? view.bid[i]! : NaN;
        ask[nPriced] = has.quotes ? view.ask[i]! : NaN;
        ++nPriced;
        ++nPrices[j]!;
        if (!has.activity) continue;
        activeCode[nActive] = j;
        activeDay[nActive] = firstDay + plan.first + i;
        volume[nActive] = view.volumeUsd[i]!;
        interest[nActive] = view.openInterest[i]!;
        liquidity[nActive] = view.liquidityUsd[i]!;
        ++nActive;
      }
      if (habits.quiet[0] >= 0 && habits.quiet[1] < n) flaw.push("illiquid");
    }
    flaws.push(flaw.join(" "));
  });
  const labels = listings.map((one) => one.marketId);
  return {
    prices: table({
      market_id: { type: "string", codes: priceCode.slice(0, nPriced), labels },
      date: { type: "date", values: priceDay.slice(0, nPriced) },
      close: { type: "number", values: close.slice(0, nPriced) },
      bid: { type: "number", values: bid.slice(0, nPriced) },
      ask: { type: "number", values: ask.slice(0, nPriced) },
    }),
    activity: table({
      market_id: { type: "string", codes: activeCode.slice(0, nActive), labels },
      date: { type: "date", values: activeDay.slice(0, nActive) },
      volume_usd: { type: "number", values: volume.slice(0, nActive) },
      open_interest: { type: "number", values: interest.slice(0, nActive) },
      liquidity_usd: { type: "number", values: liquidity.slice(0, nActive) },
    }),
    paths: {
      offsets,
      firstDay: Int32Array.from(listings, ({ plan }) => firstDay + plan.first),
      nOpen,
      p,
    },
    nPrices,
    flaws,
  };
}
