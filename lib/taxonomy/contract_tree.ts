import type { Market } from "../core/data_set.ts";
import { contractPlace } from "./contract_place.ts";
import type { ContractLink, ContractTaxonomy, TaxonomyEvent, Ticker } from "./contract_taxonomy.ts";
import { eventKind } from "./event_shape.ts";
import { readableId } from "./text_keys.ts";
import { CONFIDENCE, type ContractPlace, titleMemory } from "./title_reading.ts";

/**
 * Contract → ticker → event for a list of contracts; every contract has a place.
 *
 * The event is the question that comes back ("Fed decision"), the venue's event one repetition of it.
 * Venue structure decides first: the event's title or slug and the outcome's label on Polymarket, the
 * series on Kalshi, the two sides of a game; the question without its times decides what structure
 * leaves open. Events of two venues are one only where their titles agree word for word after
 * normalising, at a lower confidence.
 *
 * Ids depend on an event's own contracts only: neither the order of the list nor other events change
 * them. Nothing that is known only after listing is read. Confidences are those of
 * {@link CONFIDENCE}: the weaker of the link to the ticker and that to the event.
 *
 * Missing: a contract without any words is a ticker and an event of its own, named by its id.
 * Cost: O(characters + n log n); 94,311 contracts in 4 s (one core, Deno 2.9.6, November 2026).
 *
 * @param readPlace Reads the words of a contract; one reader for several lists reads each once.
 * @throws {RangeError} If two contracts have the same id.
 */
export function contractTaxonomy(
  markets: readonly Market[],
  readPlace: PlaceReader = placeReader(),
): ContractTaxonomy {
  const places = markets.map(readPlace);
  assertDistinct(markets);
  const drafts = Array.from(
    groupedEvents(places),
    ([key, members]) => draftEvent(key, members, { markets, places }),
  ).sort((a, b) => byText(a.eventId, b.eventId));
  return numbered(drafts, places);
}

/** Reads where the words of a contract put it. */
export type PlaceReader = (market: Market) => ContractPlace;

/**
 * A reader that remembers what it has read of each market, by the object and not by the id.
 *
 * A place follows from the market's own words, so it holds in every list that the market is in.
 */
export function placeReader(): PlaceReader {
  const memory = titleMemory();
  const read = new WeakMap<Market, ContractPlace>();
  return (market) => {
    let place = read.get(market);
    if (place === undefined) read.set(market, place = contractPlace(market, memory));
    return place;
  };
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function assertDistinct(markets: readonly Market[]): void {
  const seen = new Set<string>();
  for (const { marketId } of markets) {
    if (seen.has(marketId)) {
      throw new RangeError(
        `Cannot order contracts as each must be listed once: got "${marketId}" twice`,
      );
    }
    seen.add(marketId);
  }
}

/** Contracts by event: by their own keys, then events that share another key join. */
function groupedEvents(places: readonly ContractPlace[]): Map<string, number[]> {
  const own = collected(places.map((_, i) => i), (i) => places[i]!.eventKey);
  const events = new Map<string, number[]>();
  for (const [key, members] of own) {
    const shared = new Set(members.map((i) => places[i]!.sharedKey ?? key));
    const [only] = shared;
    const name = shared.size === 1 ? only! : key;
    const known = events.get(name);
    if (known === undefined) events.set(name, members);
    else for (const member of members) known.push(member);
  }
  return events;
}

function collected<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

interface DraftTicker {
  readonly tickerId: string;
  readonly text: string;
  readonly label: string;
  readonly markets: readonly number[];
}

interface DraftEvent extends Omit<TaxonomyEvent, "tickers"> {
  readonly tickers: readonly DraftTicker[];
  readonly isShared: boolean;
}

interface Placed {
  readonly markets: readonly Market[];
  readonly places: readonly ContractPlace[];
}

function draftEvent(
  key: string,
  members: readonly number[],
  { markets, places }: Placed,
): DraftEvent {
  const rolling = members.slice().sort((a, b) => byEnd(markets[a]!, markets[b]!));
  const tickers = Array.from(
    collected(rolling, (i) => places[i]!.tickerKey),
    ([ticker, contracts]): DraftTicker => ({
      tickerId: tickerId(key, ticker),
      text: commonest(contracts.map((i) => places[i]!.tickerText)),
      label: commonest(contracts.map((i) => places[i]!.label)),
      markets: contracts,
    }),
  );
  const rank = Math.min(...members.map((i) => places[i]!.nameRank));
  const named = members.filter((i) => places[i]!.nameRank === rank);
  const slugs = members.map((i) => markets[i]!.eventSlug ?? markets[i]!.eventId);
  const described = rolling.find((i) => markets[i]!.description !== null);
  return {
    eventId: readableId(key),
    name: commonest(named.map((i) => places[i]!.eventName)),
    kind: eventKind({
      labels: tickers.map(({ label }) => label),
      nContracts: members.length,
      isGame: members.some((i) => places[i]!.isGame),
    }),
    tickers,
    slugs: [...new Set(slugs.filter((slug) => slug !== null))].sort(byText),
    description: described === undefined ? null : markets[described]!.description,
    isShared: members.some((i) => markets[i]!.venue !== markets[members[0]!]!.venue),
  };
}

/** Order in which contracts of a ticker roll: by scheduled end, unknown last, then by id. */
function byEnd(a: Market, b: Market): number {
  const endA = a.closesAtMs ?? Infinity, endB = b.closesAtMs ?? Infinity;
  return endA < endB ? -1 : endA > endB ? 1 : byText(a.marketId, b.marketId);
}

/** The event's id where the ticker is the whole question, else the outcome's words with a hash. */
function tickerId(event: string, ticker: string): string {
  if (ticker === event) return readableId(event);
  const isPart = ticker.split(" ").length < 5 && !ticker.startsWith(event);
  const spoken = isPart ? `${event} ${ticker}` : ticker;
  return readableId(spoken, { whole: `${event}\n${ticker}`, isUnique: false });
}

/** The text that stands most often; of several the first by code units. */
function commonest(texts: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  let best = texts[0]!, most = 0;
  for (const [text, count] of counts) {
    if (count > most || (count === most && text < best)) [best, most] = [text, count];
  }
  return best;
}

function numbered(
  drafts: readonly DraftEvent[],
  places: readonly ContractPlace[],
): ContractTaxonomy {
  const sorted = drafts.flatMap((draft, event) =>
    draft.tickers.map((ticker) => ({ ...ticker, event }))
  )
    .sort((a, b) => byText(a.tickerId, b.tickerId));
  const tickers = sorted.map(({ tickerId, text, event, markets }): Ticker => ({
    tickerId,
    text,
    event,
    markets,
  }));
  const ofEvent: number[][] = drafts.map(() => []);
  const links: ContractLink[] = new Array(places.length);
  tickers.forEach(({ event, markets }, ticker) => {
    ofEvent[event]!.push(ticker);
    for (const market of markets) {
      const { method, confidence, period } = places[market]!;
      const most = drafts[event]!.isShared ? CONFIDENCE.twoVenues : 1;
      links[market] = {
        market,
        ticker,
        event,
        method,
        confidence: Math.min(confidence, most),
        period,
      };
    }
  });
  const events = drafts.map((
    { eventId, name, kind, slugs, description },
    event,
  ): TaxonomyEvent => ({
    eventId,
    name,
    kind,
    tickers: ofEvent[event]!.sort((a, b) => byText(tickers[a]!.text, tickers[b]!.text) || a - b),
    slugs,
    description,
  }));
  return { links, tickers, events };
}
