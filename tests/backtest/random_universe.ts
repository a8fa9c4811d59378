import type { BasketDecision, BasketTarget } from "lib/baskets/basket_decision.ts";
import type { DataSet, Market, Resolution } from "lib/core/data_set.ts";
import { dayEndMs, dayStartMs, parseDay } from "lib/core/day.ts";
import { marketId, venueOfMarketId } from "lib/core/market_id.ts";
import { randomIndex, randomStream, shuffled } from "lib/core/random.ts";

/** First day of a random universe: half a year before either venue changed its fees. */
export const FIRST_DAY = parseDay("2025-12-01");

/**
 * A universe with everything that makes a ledger hard: days without a close, contracts whose closes
 * stop, closes of 0 and 1, quotes that are known only at times, and settlements at 0, 1, 0.5 and 0.37.
 * With `isPlain` there is a close each day, within (0, 1), and no quote.
 */
export function randomUniverse(
  seed: number,
  { nMarkets, nDays, isPlain = false }: {
    readonly nMarkets: number;
    readonly nDays: number;
    readonly isPlain?: boolean;
  },
): DataSet {
  const ids = Array.from(
    { length: nMarkets },
    (_, j) => marketId(j % 2 === 0 ? "kalshi" : "polymarket", `M${String(j).padStart(4, "0")}`),
  ).sort();
  const offsets = [0], day: number[] = [], close: number[] = [], bid: number[] = [];
  const ask: number[] = [];
  const resolutions: Resolution[] = [];
  for (const id of ids) {
    const random = randomStream(seed, id);
    const first = random() < 0.5 ? 0 : Math.floor(random() * nDays * 0.6);
    const end = first + 5 + Math.floor(random() * nDays);
    const stops = isPlain || random() < 0.8 ? end : first + 1 + Math.floor((end - first) * 0.5);
    let price = 0.1 + 0.8 * random();
    for (let t = first; t < Math.min(stops, nDays); ++t) {
      price = Math.min(0.98, Math.max(0.02, price + 0.06 * (random() - 0.5)));
      if (!isPlain && random() < 0.15) continue;
      const extreme = !isPlain && random() < 0.01 ? randomIndex(random, 2) : -1;
      day.push(FIRST_DAY + t);
      close.push(extreme >= 0 ? extreme : Math.round(price * 1000) / 1000);
      const half = 0.005 + 0.01 * random();
      const isQuoted = extreme < 0 && random() < 0.7;
      bid.push(isQuoted ? Math.max(0, close.at(-1)! - half) : NaN);
      ask.push(isQuoted ? Math.min(1, close.at(-1)! + half) : NaN);
    }
    offsets.push(day.length);
    if (end < nDays && random() < 0.9) {
      resolutions.push({
        marketId: id,
        resolvedAtMs: dayStartMs(FIRST_DAY + end) + Math.floor(random() * 86_400_000),
        payout: [0, 1, 0, 1, 0.5, 0.37][randomIndex(random, 6)]!,
        source: "venue",
      });
    }
  }
  return {
    origin: { kind: "folder", label: `random, seed ${seed}` },
    markets: ids.map(listing),
    prices: {
      offsets: Uint32Array.from(offsets),
      day: Int32Array.from(day),
      close: Float64Array.from(close),
      bid: isPlain ? null : Float64Array.from(bid),
      ask: isPlain ? null : Float64Array.from(ask),
    },
    activity: {
      offsets: new Uint32Array(nMarkets + 1),
      day: new Int32Array(0),
      volumeUsd: new Float64Array(0),
      openInterest: null,
      liquidityUsd: null,
    },
    resolutions,
    benchmarks: [],
    rejected: [],
    files: [],
    asOfMs: dayEndMs(FIRST_DAY + nDays - 1),
  };
}

function listing(id: string): Market {
  return {
    ...{ marketId: id, venue: venueOfMarketId(id)!, question: `Question of ${id}?` },
    ...{ description: null, slug: null, eventId: null, eventSlug: null, eventTitle: null },
    ...{ outcome: "Yes", groupItemTitle: null, negRisk: false, createdAtMs: null },
    ...{ opensAtMs: null, closesAtMs: null, conditionId: null, tokenId: null },
  };
}

/** A decision of hand-made targets. */
export function decisionOf(
  decidedOn: number,
  targets: readonly BasketTarget[],
  status: BasketDecision["status"] = "held",
): BasketDecision {
  const cash = 1 - targets.reduce((sum, { weight }) => sum + weight, 0);
  return {
    ...{ basket: "toy", name: "Toy", decidedOn, status, targets, cash, rules: [], unheld: [] },
    mergedFrom: [],
  };
}

/** A target of a market, in its own event. */
export function targetOf(
  id: string,
  { side = "yes", weight, tickerId = id, reason = "weighting=equal;limit=none" }: {
    readonly side?: BasketTarget["side"];
    readonly weight: number;
    readonly tickerId?: string;
    readonly reason?: string;
  },
): BasketTarget {
  const venue = venueOfMarketId(id)!;
  return { marketId: id, venue, eventId: id, tickerId, side, weight, reason };
}

/** Random decisions every 30 days: any markets, any sides; at times infeasible or without a target. */
export function randomDecisions(
  data: DataSet,
  { seed, nTargets, everyDays = 30, isFeasible = false }: {
    readonly seed: number;
    readonly nTargets: number;
    readonly everyDays?: number;
    readonly isFeasible?: boolean;
  },
): BasketDecision[] {
  const random = randomStream(seed, "decisions");
  const decisions: BasketDecision[] = [];
  const lastDay = Math.floor((data.asOfMs - 1) / 86_400_000);
  for (let day = FIRST_DAY + 10; day <= lastDay; day += everyDays) {
    decisions.push(randomDecision(data, { day, random, nTargets, isFeasible }));
  }
  return decisions;
}

/** One random decision. */
export function randomDecision(
  { markets }: DataSet,
  { day, random, nTargets, isFeasible }: {
    readonly day: number;
    readonly random: () => number;
    readonly nTargets: number;
    readonly isFeasible: boolean;
  },
): BasketDecision {
  const fate = random();
  if (!isFeasible && fate < 0.08) return decisionOf(day, [], "infeasible");
  if (!isFeasible && fate < 0.12) return decisionOf(day, []);
  const ids = shuffled(markets.map(({ marketId }) => marketId), random).slice(0, nTargets);
  const raw = ids.map(() => 0.2 + random());
  const total = raw.reduce((a, b) => a + b, 0) / (random() < 0.5 ? 1 : 0.85);
  return decisionOf(
    day,
    ids.map((id, k) =>
      targetOf(id, {
        side: random() < 0.4 ? "no" : "yes",
        weight: raw[k]! / total,
        tickerId: `ticker ${Number(id.slice(-4)) % 40}`,
      })
    ),
  );
}
