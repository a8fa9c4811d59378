import type { DailyActivity, DailyPrices, Market } from "lib/core/data_set.ts";

/** Daily prices out of one list of [day, close] a market. */
export function dailyPrices(
  lists: readonly (readonly (readonly [day: number, close: number])[])[],
): DailyPrices {
  return {
    offsets: offsets(lists),
    day: Int32Array.from(lists.flat(), ([day]) => day),
    close: Float64Array.from(lists.flat(), ([, close]) => close),
    bid: null,
    ask: null,
  };
}

/** Daily volumes out of one list of [day, US dollars] a market. */
export function dailyVolumes(
  lists: readonly (readonly (readonly [day: number, volumeUsd: number])[])[],
): DailyActivity {
  return {
    offsets: offsets(lists),
    day: Int32Array.from(lists.flat(), ([day]) => day),
    volumeUsd: Float64Array.from(lists.flat(), ([, volume]) => volume),
    openInterest: null,
    liquidityUsd: null,
  };
}

/** A market of which only the given facts are known. */
export function market(facts: Partial<Market> & { readonly marketId: string }): Market {
  return {
    venue: facts.marketId.startsWith("kalshi:") ? "kalshi" : "polymarket",
    question: null,
    description: null,
    slug: null,
    eventId: null,
    eventSlug: null,
    eventTitle: null,
    outcome: null,
    groupItemTitle: null,
    negRisk: null,
    createdAtMs: null,
    opensAtMs: null,
    closesAtMs: null,
    conditionId: null,
    tokenId: null,
    ...facts,
  };
}

function offsets(lists: readonly (readonly unknown[])[]): Uint32Array {
  const from = new Uint32Array(lists.length + 1);
  lists.forEach((list, j) => from[j + 1] = from[j]! + list.length);
  return from;
}
