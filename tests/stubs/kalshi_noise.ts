import { formatDay, MS_PER_DAY } from "lib/core/day.ts";
import type { WorldEvent, WorldMarket } from "./world.ts";
import { hashOf, share } from "./world_hash.ts";

/** Contracts that a pull must leave out; no world's truth holds any of them. */
export interface Noise {
  /** Multivariate parlays, the flood of `/markets`. */
  readonly parlays: readonly WorldMarket[];
  /** Contracts that live for a few minutes to two days. */
  readonly events: readonly WorldEvent[];
}

/** Series of the noise and the frequency that their records say. */
export const NOISE_SERIES: Readonly<
  Record<string, readonly [frequency: string, category: string]>
> = {
  KXBTCH: ["hourly", "Crypto"],
  KXBTCQ: ["fifteen_min", "Crypto"],
  KXHIGHNYD: ["daily", "Climate and Weather"],
  KXQUICK: ["custom", "Politics"],
  KXMVESPORTSMULTIGAMEEXTENDED: ["custom", "Sports"],
};

const MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];

/** The noise of the last four UTC days: 300 parlays and about 116 short contracts. */
export function noiseAt(nowMs: number): Noise {
  const today = Math.floor(nowMs / MS_PER_DAY);
  const parlays: WorldMarket[] = [], events: WorldEvent[] = [];
  for (let day = today - 3; day <= today; ++day) {
    const date = dateOf(day);
    for (let k = 0; k < 75; ++k) {
      const name = `KXMVESPORTSMULTIGAMEEXTENDED-S${hashOf(`parlay ${day}`).toString(16)}-${k}`;
      parlays.push(short(name.toUpperCase(), {
        question: "yes Boston,yes Over 210.5,no Denver",
        eventName: `KXMVESPORTSMULTIGAMEEXTENDED-${date}`,
        day,
        fromHour: k % 20,
        hours: 3,
      }));
    }
    for (const hour of [0, 6, 12, 18]) {
      events.push(event(`KXBTCH-${date}${`${hour}`.padStart(2, "0")}`, 5, { day, hour, hours: 1 }));
      events.push(
        event(`KXBTCQ-${date}${`${hour}`.padStart(2, "0")}15`, 1, { day, hour, hours: 0.25 }),
      );
    }
    events.push(event(`KXHIGHNYD-${date}`, 4, { day, hour: 5, hours: 18 }));
    events.push(event(`KXQUICK-${date}`, 1, { day, hour: 10, hours: 48 }));
  }
  return { parlays, events };
}

function dateOf(day: number): string {
  const [year, month, date] = formatDay(day).split("-");
  return `${year!.slice(2)}${MONTHS[Number(month) - 1]}${date}`;
}

function event(
  name: string,
  nMarkets: number,
  { day, hour, hours }: { day: number; hour: number; hours: number },
): WorldEvent {
  const markets = Array.from({ length: nMarkets }, (_, k) =>
    short(`${name}-T${90 + k}`, {
      question: `Above ${90 + k}?`,
      eventName: name,
      day,
      fromHour: hour,
      hours,
    }));
  return {
    venue: "kalshi",
    name,
    slug: name.toLowerCase(),
    title: `How high on ${formatDay(day)}?`,
    negRisk: false,
    createdAtMs: markets[0]!.createdAtMs,
    markets,
  };
}

function short(name: string, { question, eventName, day, fromHour, hours }: {
  readonly question: string;
  readonly eventName: string;
  readonly day: number;
  readonly fromHour: number;
  readonly hours: number;
}): WorldMarket {
  const seed = hashOf(name);
  const opensAtMs = day * MS_PER_DAY + fromHour * 3_600_000;
  const closesAtMs = opensAtMs + hours * 3_600_000;
  const column = (value: number) => Float64Array.of(value);
  return {
    market: {
      marketId: `kalshi:${name}`,
      venue: "kalshi",
      question,
      description: "A contract that ends soon.",
      slug: null,
      eventId: eventName,
      eventSlug: null,
      eventTitle: null,
      outcome: "Yes",
      groupItemTitle: null,
      negRisk: null,
      createdAtMs: opensAtMs - 600_000,
      opensAtMs,
      closesAtMs,
      conditionId: null,
      tokenId: null,
    },
    name,
    eventName,
    seed,
    conditionId: "",
    tokenIds: ["", ""],
    createdAtMs: opensAtMs - 600_000,
    opensAtMs,
    closesAtMs,
    endedAtMs: closesAtMs,
    resolvedAtMs: closesAtMs + 600_000,
    payout: share(seed, 1) < 0.4 ? 1 : 0,
    days: {
      day: Int32Array.of(day),
      close: column(0.01 + Math.round(share(seed, 2) * 98) / 100),
      bid: column(NaN),
      ask: column(NaN),
      volumeUsd: column(Math.round(share(seed, 3) * 1e5) / 100),
      openInterest: column(100),
      liquidityUsd: column(50),
    },
  };
}
