import type { DailyPrices, DataSet, Market } from "lib/core/data_set.ts";
import { dayEndMs } from "lib/core/day.ts";
import { closePanel, type Panel } from "lib/core/panel.ts";
import { randomStream } from "lib/core/random.ts";

/** A seeded universe of `nMarkets` series over `nDays`, one price in five missing. */
export function madeUniverse(nDays: number, nMarkets: number): DataSet {
  const random = randomStream(1, `bench ${nDays} × ${nMarkets}`);
  const offsets = new Uint32Array(nMarkets + 1);
  const day: number[] = [];
  const close: number[] = [];
  const markets: Market[] = [];
  for (let j = 0; j < nMarkets; ++j) {
    let price = 0.5;
    for (let i = 0; i < nDays; ++i) {
      price = Math.min(0.99, Math.max(0.01, price + (random() - 0.5) / 20));
      if (random() < 0.2) continue;
      day.push(20_000 + i);
      close.push(Math.round(price * 100) / 100);
    }
    offsets[j + 1] = day.length;
    markets.push({ ...LISTING, marketId: `poly:${String(j).padStart(6, "0")}`, createdAtMs: 0 });
  }
  const prices: DailyPrices = {
    offsets,
    day: Int32Array.from(day),
    close: Float64Array.from(close),
    bid: null,
    ask: null,
  };
  return {
    origin: { kind: "simulated", label: "bench" },
    markets,
    prices,
    activity: {
      offsets: new Uint32Array(nMarkets + 1),
      day: new Int32Array(0),
      volumeUsd: new Float64Array(0),
      openInterest: null,
      liquidityUsd: null,
    },
    resolutions: [],
    benchmarks: [],
    rejected: [],
    files: [],
    asOfMs: dayEndMs(20_000 + nDays - 1),
  };
}

/** The same universe as a panel of closes. */
export function madePanel(nDays: number, nMarkets: number): Panel {
  const { markets, prices } = madeUniverse(nDays, nMarkets);
  return closePanel(prices, {
    markets: markets.map((market) => market.marketId),
    from: 20_000,
    to: 20_000 + nDays,
  });
}

const LISTING = {
  venue: "polymarket",
  question: null,
  description: null,
  slug: null,
  eventId: null,
  eventSlug: null,
  eventTitle: null,
  outcome: "Yes",
  groupItemTitle: null,
  negRisk: null,
  opensAtMs: null,
  closesAtMs: null,
  conditionId: null,
  tokenId: null,
} as const;
