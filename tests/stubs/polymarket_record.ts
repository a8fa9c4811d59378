import { shownDays, statusOf, type WorldEvent, type WorldMarket } from "./world.ts";
import { type Catalogue, isAugmented, isOther, isPlaceholder } from "./polymarket_catalogue.ts";
import { type Category, categoryOf, recordFees } from "./polymarket_fees.ts";
import { hashOf, hexOf, share } from "./world_hash.ts";
import { priceAt } from "./world_price.ts";

const THREE_HOURS_MS = 10_800_000;

/** Labels of the outcomes: the quoted one, then the other. */
export function outcomesOf({ market }: WorldMarket): readonly [string, string] {
  const quoted = market.outcome ?? "Yes";
  if (quoted === "Up") return ["Up", "Down"];
  const rival = market.question?.split(" vs. ").find((name) => name !== quoted);
  return [quoted, quoted === "Yes" || rival === undefined ? "No" : rival];
}

/** Whether the market is of the second protocol: about one in twenty. */
export function isSecondProtocol({ seed }: WorldMarket): boolean {
  return share(seed, 2) < 0.05;
}

/** The price now: of the last three hours that are over, else the last close; NaN without any. */
export function lastPrice(one: WorldMarket, nowMs: number): number {
  const now = priceAt(one, Math.floor(nowMs / THREE_HOURS_MS) * THREE_HOURS_MS);
  if (!Number.isNaN(now) && nowMs >= one.opensAtMs) return now;
  const shown = shownDays(one.days, nowMs);
  return shown > 0 ? one.days.close[shown - 1]! : NaN;
}

/** Grid of a market's prices. */
export function tickOf({ days }: WorldMarket): number {
  const fine = days.close.some((price) => Math.abs(price * 100 - Math.round(price * 100)) > 1e-6);
  return fine ? 0.001 : 0.01;
}

/** Best bid and ask now, on the grid. */
export function quotesOf(one: WorldMarket, nowMs: number): { bid: number; ask: number } {
  const shown = shownDays(one.days, nowMs), tick = tickOf(one);
  const bid = one.days.bid[shown - 1] ?? NaN, ask = one.days.ask[shown - 1] ?? NaN;
  if (bid < ask) return { bid, ask };
  const price = lastPrice(one, nowMs);
  const below = Math.max(Math.floor(price / tick) - 1, 1);
  return { bid: round(below * tick, 6), ask: round(Math.min((below + 2) * tick, 1 - tick), 6) };
}

/** Dollars traded over the last `nDays` rows that are over; all of them by default. */
export function volumeOf(one: WorldMarket, nowMs: number, nDays = Infinity): number {
  const shown = shownDays(one.days, nowMs);
  let sum = 0;
  for (let row = Math.max(shown - nDays, 0); row < shown; ++row) {
    sum += one.days.volumeUsd[row]! || 0;
  }
  return sum;
}

/** Prices of the outcomes as text; four shapes after settlement, none of them to be trusted. */
function outcomePrices(one: WorldMarket, nowMs: number): string[] | undefined {
  if (statusOf(one, nowMs) === "settled") {
    const { payout, seed } = one;
    if (payout !== 0 && payout !== 1) {
      return [payout, 1 - payout].map((p) => (p + 1e-13).toFixed(20));
    }
    if (share(seed, 3) < 0.03) return payout === 1 ? ["0.9999", "0.0001"] : ["0.0001", "0.9999"];
    if (share(seed, 3) < 0.035) return ["0", "0"];
    return [`${payout}`, `${1 - payout}`];
  }
  const price = lastPrice(one, nowMs);
  if (Number.isNaN(price)) return isPlaceholder(one) ? undefined : ["0.5", "0.5"];
  return [`${price}`, `${round(1 - price, 6)}`];
}

/** A market's record on the wire, as of now. What is unknown is `undefined`, which JSON leaves out. */
export function marketRecord(
  one: WorldMarket,
  { catalogue, withEvents, withTags }: {
    readonly catalogue: Catalogue;
    readonly withEvents: boolean;
    readonly withTags: boolean;
  },
): Record<string, unknown> {
  const { market, seed, conditionId } = one;
  const { world } = catalogue, nowMs = world.nowMs(), status = statusOf(one, nowMs);
  const category = categoryOf(`${market.eventTitle} ${market.question}`);
  const isOpen = status === "open", isSettled = status === "settled";
  const second = isSecondProtocol(one), tradeable = nowMs >= one.opensAtMs;
  const event = world.eventOf("polymarket", one.eventName);
  const volume = volumeOf(one, nowMs), shown = shownDays(one.days, nowMs);
  const liquidity = isSettled ? 0 : one.days.liquidityUsd[shown - 1] || 0;
  const price = lastPrice(one, nowMs), quotes = quotesOf(one, nowMs);
  const endDate = market.closesAtMs === null ? undefined : isoTime(market.closesAtMs);
  const startDate = market.opensAtMs === null ? undefined : isoTime(market.opensAtMs);
  const hasQuotes = isOpen && !Number.isNaN(price) && !isPlaceholder(one);
  return {
    id: one.name,
    question: market.question,
    conditionId,
    slug: market.slug,
    resolutionSource: "",
    endDate,
    startDate,
    image: `https://polymarket-upload.s3.us-east-2.amazonaws.com/${market.slug}.png`,
    description: market.description,
    outcomes: listText(outcomesOf(one)),
    outcomePrices: listText(outcomePrices(one, nowMs)),
    volume: shown > 0 ? `${volume}` : undefined,
    active: !isPlaceholder(one),
    closed: isSettled,
    marketMakerAddress: "",
    createdAt: market.createdAtMs === null ? undefined : isoTime(market.createdAtMs),
    updatedAt: isoTime(Math.floor(nowMs / 60_000) * 60_000),
    closedTime: isSettled ? postgresTime(one.resolvedAtMs) : undefined,
    umaEndDate: isSettled && !second ? isoTime(whole(one.resolvedAtMs)) : undefined,
    new: nowMs - one.createdAtMs < 172_800_000,
    featured: false,
    archived: false,
    restricted: true,
    groupItemTitle: market.groupItemTitle ?? "",
    groupItemThreshold: `${seed % 20}`,
    questionID: `0x${hexOf(`question ${one.name}`, 64)}`,
    enableOrderBook: true,
    orderPriceMinTickSize: tickOf(one),
    orderMinSize: 5,
    volumeNum: shown > 0 ? volume : undefined,
    liquidity: isSettled ? undefined : `${liquidity}`,
    liquidityNum: isSettled ? undefined : liquidity,
    endDateIso: endDate?.slice(0, 10),
    startDateIso: startDate?.slice(0, 10),
    hasReviewedDates: true,
    volume24hr: isOpen && share(seed, 4) < 0.9 ? volumeOf(one, nowMs, 1) : undefined,
    volume1wk: isOpen ? volumeOf(one, nowMs, 7) : undefined,
    volume1mo: isOpen ? volumeOf(one, nowMs, 30) : undefined,
    volume1yr: isOpen ? volumeOf(one, nowMs, 365) : undefined,
    clobTokenIds: second ? null : tradeable ? listText(one.tokenIds) : undefined,
    version: second ? "v2" : "v1",
    positionIds: second ? (tradeable ? one.tokenIds : null) : undefined,
    resolutionStatus: second
      ? isSettled ? "resolved" : tradeable ? "active" : "inactive"
      : undefined,
    umaBond: "500",
    umaReward: "5",
    umaResolutionStatus: second
      ? undefined
      : isSettled
      ? "resolved"
      : status === "ended"
      ? "proposed"
      : undefined,
    umaResolutionStatuses: second
      ? undefined
      : listText(isSettled || status === "ended" ? ["proposed"] : []),
    volumeClob: shown > 0 ? volume : undefined,
    liquidityClob: isSettled ? undefined : liquidity,
    acceptingOrders: isOpen || isPlaceholder(one),
    acceptingOrdersTimestamp: startDate,
    negRisk: event?.negRisk ?? false,
    negRiskMarketID: event?.negRisk ? negRiskId(event) : undefined,
    negRiskRequestID: event?.negRisk ? `0x${hexOf(`request ${one.name}`, 64)}` : undefined,
    negRiskOther: isOther(one),
    ready: false,
    funded: false,
    cyom: false,
    approved: true,
    automaticallyResolved: isSettled,
    spread: hasQuotes ? round(quotes.ask - quotes.bid, 6) : undefined,
    lastTradePrice: Number.isNaN(price) ? undefined : price,
    bestBid: hasQuotes && share(seed, 5) > 1 / 3 ? quotes.bid : undefined,
    bestAsk: hasQuotes ? quotes.ask : share(seed, 5) < 0.5 ? 1 : undefined,
    rewardsMinSize: 50,
    rewardsMaxSpread: 3.5,
    clobRewards: isOpen && share(seed, 6) < 0.5
      ? [{ id: `${seed}`, conditionId, rewardsAmount: 0, rewardsDailyRate: 1 }]
      : undefined,
    makerBaseFee: 1000,
    takerBaseFee: 1000,
    ...recordFees(category, { createdAtMs: one.createdAtMs, nowMs }),
    events: withEvents && event !== undefined ? [eventHead(event, catalogue)] : undefined,
    tags: withTags ? tagsOf(category) : undefined,
  };
}

/** An event's record on the wire with all its legs, settled ones and placeholders among them. */
export function eventRecord(event: WorldEvent, catalogue: Catalogue): Record<string, unknown> {
  const nowMs = catalogue.world.nowMs();
  const legs = catalogue.legs(event).filter((one) => one.createdAtMs <= nowMs);
  return {
    ...eventHead(event, catalogue),
    markets: legs.map((one) =>
      marketRecord(one, { catalogue, withEvents: false, withTags: false })
    ),
    tags: tagsOf(eventCategory(event)),
    eventCreators: [],
  };
}

/** When all contracts of an event that exist were settled, Infinity before that. */
export function eventClosedAtMs(event: WorldEvent): number {
  return Math.max(...event.markets.map((one) => one.resolvedAtMs));
}

/** Dollars traded in all contracts of an event. */
export function eventVolume(event: WorldEvent, nowMs: number): number {
  return event.markets.reduce((sum, one) => sum + volumeOf(one, nowMs), 0);
}

/** What an event is about. */
export function eventCategory(event: WorldEvent): Category {
  return categoryOf(`${event.title} ${event.markets[0]!.market.question}`);
}

function eventHead(event: WorldEvent, { world }: Catalogue): Record<string, unknown> {
  const nowMs = world.nowMs(), closedAtMs = eventClosedAtMs(event);
  const isClosed = closedAtMs <= nowMs;
  return {
    id: event.name,
    ticker: event.slug,
    slug: event.slug,
    title: event.title,
    description: event.markets[0]!.market.description,
    resolutionSource: "",
    startDate: isoTime(Math.min(...event.markets.map((one) => one.opensAtMs))),
    creationDate: isoTime(event.createdAtMs),
    endDate: isoTime(Math.max(...event.markets.map((one) => one.closesAtMs))),
    closedTime: isClosed ? isoTime(closedAtMs) : undefined,
    active: true,
    closed: isClosed,
    archived: false,
    new: false,
    featured: false,
    restricted: true,
    volume: eventVolume(event, nowMs),
    liquidity: 0,
    openInterest: 0,
    createdAt: isoTime(event.createdAtMs),
    enableOrderBook: true,
    negRisk: event.negRisk,
    negRiskMarketID: event.negRisk ? negRiskId(event) : undefined,
    enableNegRisk: event.negRisk,
    negRiskAugmented: isAugmented(event),
    commentCount: 0,
    series: [],
  };
}

/** Tags of a category, with the venue's mixed ways to write a time. */
export function tagsOf(category: Category): readonly Record<string, unknown>[] {
  return [{
    id: `${100 + hashOf(category) % 900}`,
    label: category,
    slug: category.toLowerCase(),
    forceShow: false,
    forceHide: false,
    publishedAt: "2023-10-25 18:55:50.674+00",
    createdBy: 15,
    updatedBy: 13,
    createdAt: "2023-10-25T18:55:50.681Z",
    updatedAt: "2024-06-18T14:52:54.712Z",
    isCarousel: false,
    requiresTranslation: false,
  }];
}

/** ISO time as Gamma writes it: without the milliseconds where they are 0. */
export function isoTime(timeMs: number): string {
  return new Date(timeMs).toISOString().replace(".000Z", "Z");
}

/** `2026-04-05 19:37:33+00`. */
function postgresTime(timeMs: number): string {
  return `${new Date(timeMs).toISOString().slice(0, 19).replace("T", " ")}+00`;
}

function negRiskId(event: WorldEvent): string {
  return `0x${hexOf(`negative risk ${event.name}`, 62)}00`;
}

function whole(timeMs: number): number {
  return Math.floor(timeMs / 1000) * 1000;
}

/** A list as text that holds JSON, with the venue's spaces. */
function listText(values: readonly string[] | undefined): string | undefined {
  return values === undefined
    ? undefined
    : `[${values.map((value) => JSON.stringify(value)).join(", ")}]`;
}

export function round(x: number, nDecimals: number): number {
  return Math.round(x * 10 ** nDecimals) / 10 ** nDecimals;
}
