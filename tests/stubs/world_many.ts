import { MS_PER_DAY } from "lib/core/day.ts";
import type { Market } from "lib/core/data_set.ts";
import type { List, World, WorldDays, WorldEvent, WorldMarket } from "./world.ts";
import { decimalOf, hashOf, hexOf, mixed, share } from "./world_hash.ts";

/** Contracts of one event. */
const LEGS = 4;
const FIRST_NAME = 1_000_000;
/** Contracts kept for the next question. */
const KEPT = 1024;

/**
 * A world of `n` short contracts on Polymarket that holds none of them: each is made from its
 * number when it is asked for, so that the memory of a puller can be measured beside it.
 *
 * Contract `k` is listed at an even pace over `nDays` days that end with the clock, and lives 9 to
 * 12 days. Half have activity. Condition and token ids hold the number in their last digits.
 *
 * @param n A multiple of 4.
 * @throws {RangeError} If it is not.
 */
export function manyContracts(
  n: number,
  { nowMs, nDays = 300 }: { readonly nowMs: () => number; readonly nDays?: number },
): World {
  if (!(Number.isInteger(n) && n > 0 && n % LEGS === 0)) {
    throw new RangeError(
      `Cannot make a world as contracts must be a positive multiple of ${LEGS}: got ${n}`,
    );
  }
  const endDay = Math.floor(nowMs() / MS_PER_DAY);
  const kept = new Map<number, WorldMarket>();
  const market = (k: number): WorldMarket => {
    let one = kept.get(k);
    if (one !== undefined) return one;
    one = contract(k, endDay - nDays + Math.floor(nDays * Math.floor(k / LEGS) * LEGS / n));
    kept.set(k, one);
    if (kept.size > KEPT) kept.delete(kept.keys().next().value!);
    return one;
  };
  const event = (e: number): WorldEvent => {
    const first = market(e * LEGS);
    let markets: readonly WorldMarket[] | undefined;
    return {
      venue: "polymarket",
      name: first.eventName,
      slug: first.market.eventSlug!,
      title: first.market.eventTitle!,
      negRisk: false,
      createdAtMs: first.createdAtMs,
      get markets() {
        return markets ??= Array.from({ length: LEGS }, (_, leg) => market(e * LEGS + leg));
      },
    };
  };
  const numbered = (text: string, limit: number) => {
    const k = Number(text) - FIRST_NAME;
    return Number.isInteger(k) && k >= 0 && k < limit ? k : undefined;
  };
  const marketNumber = (digits: string) => numbered(digits.replace(/^0+/, ""), n);
  const nothing = listMade<never>(0, () => {
    throw new RangeError("Cannot get from an empty list");
  });
  return {
    nowMs,
    markets: (venue) => venue === "polymarket" ? listMade(n, market) : nothing,
    events: (venue) => venue === "polymarket" ? listMade(n / LEGS, event) : nothing,
    marketOf: (venue, name) => {
      const k = venue === "polymarket" ? numbered(name, n) : undefined;
      return k === undefined ? undefined : market(k);
    },
    eventOf: (venue, name) => {
      const e = venue === "polymarket" ? numbered(name, n / LEGS) : undefined;
      return e === undefined ? undefined : event(e);
    },
    ofCondition: (conditionId) => {
      const k = marketNumber(conditionId.slice(-12));
      return k === undefined || conditionIdOf(k) !== conditionId ? undefined : market(k);
    },
    ofToken: (tokenId) => {
      const outcome = Number(tokenId.slice(-1)), k = marketNumber(tokenId.slice(-13, -1));
      return k === undefined || (outcome !== 0 && outcome !== 1) ||
          tokenIdOf(k, outcome) !== tokenId
        ? undefined
        : { market: market(k), outcome };
    },
    benchmarks: [],
  };
}

function contract(k: number, createdDay: number): WorldMarket {
  const name = `${FIRST_NAME + k}`, event = Math.floor(k / LEGS), seed = hashOf(name);
  const eventName = `${FIRST_NAME + event}`, life = 9 + mixed(hashOf(eventName), 1) % 4;
  const createdAtMs = createdDay * MS_PER_DAY + 3_600_000 * (1 + event % 18);
  const opensAtMs = createdAtMs + 600_000;
  const resolvedAtMs = (createdDay + life) * MS_PER_DAY + 50_000_000;
  const title = `Question ${event}`, question = `${title}: answer ${k % LEGS}?`;
  const fact: Market = {
    marketId: `poly:${name}`,
    venue: "polymarket",
    question,
    description: `This market resolves to "Yes" if the answer of question ${event} is ${k % LEGS}.`,
    slug: `question-${event}-answer-${k % LEGS}`,
    eventId: eventName,
    eventSlug: `question-${event}`,
    eventTitle: title,
    outcome: "Yes",
    groupItemTitle: `Answer ${k % LEGS}`,
    negRisk: false,
    createdAtMs,
    opensAtMs,
    closesAtMs: resolvedAtMs,
    conditionId: conditionIdOf(k),
    tokenId: tokenIdOf(k, 0),
  };
  let days: WorldDays | undefined;
  return {
    market: fact,
    name,
    eventName,
    seed,
    conditionId: fact.conditionId!,
    tokenIds: [fact.tokenId!, tokenIdOf(k, 1)],
    createdAtMs,
    opensAtMs,
    closesAtMs: resolvedAtMs,
    endedAtMs: (createdDay + life) * MS_PER_DAY,
    resolvedAtMs,
    payout: share(seed, 2) < 0.25 ? 1 : 0,
    get days() {
      return days ??= walk(seed, createdDay, life);
    },
  };
}

/** Closes of a life, by a walk between 0.02 and 0.98. */
function walk(seed: number, firstDay: number, nDays: number): WorldDays {
  const day = Int32Array.from({ length: nDays }, (_, i) => firstDay + i);
  const isActive = share(seed, 3) < 0.5;
  let price = 0.1 + 0.8 * share(seed, 4);
  const close = Float64Array.from({ length: nDays }, (_, i) => {
    price = Math.min(Math.max(price + 0.08 * (share(seed, 100 + i) - 0.5), 0.02), 0.98);
    return Math.round(price * 1000) / 1000;
  });
  const unknown = () => new Float64Array(nDays).fill(NaN);
  return {
    day,
    close,
    bid: unknown(),
    ask: unknown(),
    volumeUsd: isActive
      ? Float64Array.from({ length: nDays }, (_, i) => mixed(seed, 200 + i) % 100_000 / 100)
      : unknown(),
    openInterest: unknown(),
    liquidityUsd: unknown(),
  };
}

function conditionIdOf(k: number): string {
  return `0x${hexOf(`condition ${k}`, 52)}${`${FIRST_NAME + k}`.padStart(12, "0")}`;
}

function tokenIdOf(k: number, outcome: number): string {
  return `${decimalOf(`token ${k}`, 64)}${`${FIRST_NAME + k}`.padStart(12, "0")}${outcome}`;
}

function listMade<T>(length: number, get: (index: number) => T): List<T> {
  return {
    length,
    get,
    *[Symbol.iterator]() {
      for (let index = 0; index < length; ++index) yield get(index);
    },
  };
}
