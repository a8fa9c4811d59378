import { type List, listOf, type World, type WorldEvent, type WorldMarket } from "./world.ts";
import { decimalOf, hashOf, hexOf, share } from "./world_hash.ts";

/** Contracts and events of Polymarket as its interfaces list them. */
export interface Catalogue {
  readonly world: World;
  /** By number: those of the world, then the "Other" legs, which the world does not know. */
  readonly markets: List<WorldMarket>;
  readonly events: List<WorldEvent>;
  marketOf(name: string): WorldMarket | undefined;
  marketOfSlug(slug: string): WorldMarket | undefined;
  ofCondition(conditionId: string): WorldMarket | undefined;
  ofToken(tokenId: string): { readonly market: WorldMarket; readonly outcome: 0 | 1 } | undefined;
  /** All legs of an event: its contracts, the "Other" leg, and placeholders (`active: false`). */
  legs(event: WorldEvent): readonly WorldMarket[];
}

/** Numbers of legs that the world does not know begin here. */
export const EXTRA_FROM = 20_000_000;

/** Whether a contract is an "Other" leg. */
export function isOther({ name }: WorldMarket): boolean {
  return Number(name) >= EXTRA_FROM && Number(name) % 10 === 0;
}

/** Whether a contract is a placeholder for a name yet to come. */
export function isPlaceholder({ name }: WorldMarket): boolean {
  return Number(name) >= EXTRA_FROM && Number(name) % 10 !== 0;
}

/** Whether names may be added to an event: about a seventh of those whose legs exclude each other. */
export function isAugmented({ negRisk, name }: WorldEvent): boolean {
  return negRisk && share(hashOf(name), 1) < 0.15;
}

/**
 * The catalogue of a world.
 *
 * About a seventh of the events whose legs exclude each other get an "Other" leg, which the lists
 * of markets show, and two placeholders, which only stand in their event. None has a price.
 */
export function catalogueOf(world: World): Catalogue {
  const events = world.events("polymarket"), own = world.markets("polymarket");
  const legs = new Map<string, readonly WorldMarket[]>();
  const others: WorldMarket[] = [];
  for (const event of events) {
    if (!isAugmented(event)) continue;
    const extra = extraLegs(event);
    legs.set(event.name, [...event.markets, ...extra]);
    others.push(extra[0]!);
  }
  const byName = new Map(others.map((one) => [one.name, one]));
  const byCondition = new Map(others.map((one) => [one.conditionId, one]));
  const byToken = new Map(
    others.flatMap((market) =>
      ([0, 1] as const).map((outcome) => [market.tokenIds[outcome], { market, outcome }] as const)
    ),
  );
  const markets = followedBy(own, listOf(others));
  let bySlug: Map<string, string> | undefined;
  return {
    world,
    markets,
    events,
    marketOf: (name) => world.marketOf("polymarket", name) ?? byName.get(name),
    marketOfSlug: (slug) => {
      bySlug ??= new Map(Array.from(markets, (one) => [one.market.slug ?? "", one.name]));
      const name = bySlug.get(slug);
      return name === undefined
        ? undefined
        : world.marketOf("polymarket", name) ?? byName.get(name);
    },
    ofCondition: (conditionId) => world.ofCondition(conditionId) ?? byCondition.get(conditionId),
    ofToken: (tokenId) => world.ofToken(tokenId) ?? byToken.get(tokenId),
    legs: (event) => legs.get(event.name) ?? event.markets,
  };
}

function extraLegs(event: WorldEvent): WorldMarket[] {
  return ["Other", "Person A", "Person B"].map((title, k) => {
    const name = `${EXTRA_FROM + 10 * Number(event.name) + k}`;
    const first = event.markets[0]!;
    const nothing = new Float64Array(0);
    const resolvedAtMs = Math.max(...event.markets.map((one) => one.resolvedAtMs));
    const paid = event.markets.reduce((sum, one) => sum + one.payout, 0);
    return {
      market: {
        ...first.market,
        marketId: `poly:${name}`,
        question: `${event.title}: ${title}?`,
        slug: `${event.slug}-${title.toLowerCase().replace(" ", "-")}`,
        groupItemTitle: title,
      },
      name,
      eventName: event.name,
      seed: hashOf(name),
      conditionId: `0x${hexOf(`condition ${name}`, 64)}`,
      tokenIds: [decimalOf(`token 0 ${name}`, 77), decimalOf(`token 1 ${name}`, 77)],
      createdAtMs: event.createdAtMs,
      opensAtMs: first.opensAtMs,
      closesAtMs: first.closesAtMs,
      endedAtMs: resolvedAtMs,
      resolvedAtMs,
      payout: resolvedAtMs === Infinity ? NaN : paid > 0 ? 0 : 1,
      days: {
        day: new Int32Array(0),
        close: nothing,
        bid: nothing,
        ask: nothing,
        volumeUsd: nothing,
        openInterest: nothing,
        liquidityUsd: nothing,
      },
    };
  });
}

function followedBy<T>(first: List<T>, second: List<T>): List<T> {
  return {
    length: first.length + second.length,
    get: (index) => index < first.length ? first.get(index) : second.get(index - first.length),
    *[Symbol.iterator]() {
      yield* first;
      yield* second;
    },
  };
}
