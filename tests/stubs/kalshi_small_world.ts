import type { DataSet, Market } from "lib/core/data_set.ts";
import { MS_PER_DAY, parseDay } from "lib/core/day.ts";
import { makeWorld, type World } from "./world.ts";

/** A contract of the small world: `[close, dollars]` of each day, `null` for a day without. */
export interface SmallMarket {
  readonly name: string;
  readonly event: string;
  readonly opens: string;
  readonly closes: string;
  readonly firstDay: string;
  readonly days: readonly (readonly [close: number, volumeUsd: number] | null)[];
  readonly resolved?: readonly [at: string, payout: number];
}

/** Four contracts: open, settled as a scalar after an early end, archived, not yet listed. */
export const SMALL: readonly SmallMarket[] = [
  {
    name: "KXALPHA-26-A",
    event: "KXALPHA-26",
    opens: "2026-02-24T18:30:00Z",
    closes: "2026-06-01T15:00:00Z",
    firstDay: "2026-02-24",
    days: [[0.31, 120.55], [0.004, 0], null, [0.999, 77.07], [0.123456, 3_000]],
  },
  {
    name: "KXALPHA-26-B",
    event: "KXALPHA-26",
    opens: "2026-02-20T00:00:00Z",
    closes: "2026-04-01T15:00:00Z",
    firstDay: "2026-02-20",
    days: [[0.5, 10], [0.55, 20]],
    resolved: ["2026-02-21T20:10:00Z", 0.5],
  },
  {
    name: "OLD-25-C",
    event: "OLD-25",
    opens: "2025-09-01T00:00:00Z",
    closes: "2025-09-02T15:00:00Z",
    firstDay: "2025-09-01",
    days: [[0.6, 50], [0.9, 60]],
    resolved: ["2025-09-02T15:10:00Z", 1],
  },
  {
    name: "KXBETA-27-D",
    event: "KXBETA-27",
    opens: "2026-05-01T00:00:00Z",
    closes: "2026-09-01T15:00:00Z",
    firstDay: "2026-05-01",
    days: [[0.7, 5]],
  },
];

/** A world of a few contracts, written by hand. */
export function smallWorld(list: readonly SmallMarket[], nowMs: () => number): World {
  const sorted = list.toSorted((a, b) => a.name < b.name ? -1 : 1);
  const offsets = [0], day: number[] = [], close: number[] = [], volumeUsd: number[] = [];
  for (const { firstDay, days } of sorted) {
    for (const [k, values] of days.entries()) {
      if (values === null) continue;
      day.push(parseDay(firstDay) + k);
      close.push(values[0]);
      volumeUsd.push(values[1]);
    }
    offsets.push(day.length);
  }
  const table = { offsets: Uint32Array.from(offsets), day: Int32Array.from(day) };
  const dataSet: DataSet = {
    origin: { kind: "folder", label: "a small world" },
    markets: sorted.map(marketOf),
    prices: { ...table, close: Float64Array.from(close), bid: null, ask: null },
    activity: {
      ...table,
      volumeUsd: Float64Array.from(volumeUsd),
      openInterest: Float64Array.from(volumeUsd, (_, k) => 10 * k),
      liquidityUsd: Float64Array.from(volumeUsd, () => 400),
    },
    resolutions: sorted.flatMap(({ name, resolved }) =>
      resolved === undefined ? [] : [{
        marketId: `kalshi:${name}`,
        resolvedAtMs: Date.parse(resolved[0]),
        payout: resolved[1],
        source: "exchange",
      }]
    ),
    benchmarks: [],
    rejected: [],
    files: [],
    asOfMs: (Math.max(...day) + 1) * MS_PER_DAY,
  };
  return makeWorld(dataSet, { nowMs });
}

function marketOf({ name, event, opens, closes }: SmallMarket): Market {
  return {
    marketId: `kalshi:${name}`,
    venue: "kalshi",
    question: `Will ${name} happen?`,
    description: `Rules of ${name}.`,
    slug: name.toLowerCase(),
    eventId: event,
    eventSlug: event.toLowerCase(),
    eventTitle: `Event ${event}`,
    outcome: "Yes",
    groupItemTitle: name.split("-").at(-1)!,
    negRisk: null,
    createdAtMs: Date.parse(opens) - 3_600_000,
    opensAtMs: Date.parse(opens),
    closesAtMs: Date.parse(closes),
    conditionId: null,
    tokenId: null,
  };
}
