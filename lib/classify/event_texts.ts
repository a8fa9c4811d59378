import type { Market } from "../core/data_set.ts";
import { dayOf, formatDay } from "../core/day.ts";
import type { ContractTaxonomy } from "../taxonomy/contract_taxonomy.ts";
import type { EventText } from "./event_text.ts";

/** Tickers, and slugs, of an event that a classifier is shown. */
export const SHOWN_TEXTS = 40;

/**
 * What a classifier is shown of each event, in the order of the taxonomy's events.
 *
 * Of more than {@link SHOWN_TEXTS} tickers or slugs every n-th in sorted order is shown, so the
 * choice depends on neither the order of the markets nor anything but the texts. Where an event has
 * a single ticker that repeats its name, that ticker is shown once more as such.
 *
 * Missing: an event whose contracts have no words, and which the taxonomy therefore names by an id, has
 * an empty title and no tickers: an id says nothing. An event without rule text has `description` null, one without any scheduled end
 * `endDate` null. Cost: O(markets + texts · log texts).
 *
 * @param markets The list that `taxonomy` is of.
 * @throws {RangeError} If the taxonomy is of another list of markets.
 */
export function eventTexts(
  markets: readonly Market[],
  { links, tickers, events }: ContractTaxonomy,
): EventText[] {
  if (markets.length !== links.length) {
    throw new RangeError(
      `Cannot describe events as the taxonomy must be of these markets: got ${links.length} links for ${markets.length} markets`,
    );
  }
  return events.map(({ eventId, name, tickers: own, slugs, description }) => {
    const members = own.flatMap((ticker) => tickers[ticker]!.markets).map((i) => markets[i]!);
    const isNamed = !members.some(({ marketId }) => marketId === name);
    const ends = members.map(({ closesAtMs }) => closesAtMs).filter((ms) => ms !== null);
    return {
      eventId,
      title: isNamed ? name : "",
      tickers: isNamed ? everyNth(own.map((ticker) => tickers[ticker]!.text)) : [],
      slugs: everyNth(slugs),
      description,
      venues: [...new Set<string>(members.map(({ venue }) => venue))].sort(),
      endDate: ends.length === 0
        ? null
        : formatDay(dayOf(ends.reduce((latest, ms) => Math.max(latest, ms)))),
    };
  });
}

function everyNth(texts: readonly string[]): string[] {
  const sorted = [...new Set(texts)].sort();
  const n = sorted.length;
  if (n <= SHOWN_TEXTS) return sorted;
  return Array.from({ length: SHOWN_TEXTS }, (_, k) => sorted[Math.floor(k * n / SHOWN_TEXTS)]!);
}
