import type { Answer, Ask, Reply } from "lib/fetch/ask.ts";
import type { IngestSettings } from "lib/core/ingest_settings.ts";
import type { Market } from "lib/core/data_set.ts";
import type { StateFact } from "lib/sources/live/fact.ts";
import type { Job, Known, KnownMarket, PlanOptions } from "lib/sources/live/venue.ts";
import { UNKNOWN_MARKET, UNKNOWN_STATE } from "../../fixtures/facts.ts";

export const CONDITION = `0x${"ab".repeat(32)}`;

const settings: IngestSettings = {
  pull: {
    settle_minutes: { value: 90, unit: "minutes after midnight", reason: "for tests" },
    max_clock_skew_seconds: { value: 120, unit: "seconds", reason: "for tests" },
    at_once: { value: 16, unit: "jobs at a time, of one venue", reason: "for tests" },
    give_up_after: { value: 20, unit: "failures of one host in a row", reason: "for tests" },
    min_scheduled_days: {
      value: 7,
      unit: "days from opening to the scheduled end",
      reason: "for tests",
    },
  },
  polymarket: {
    window_days: { value: 15, unit: "days a request", reason: "for tests" },
    bucket_seconds: { value: 10_800, unit: "seconds", reason: "for tests" },
    closed_margin_days: { value: 180, unit: "days before --since", reason: "for tests" },
    trade_pages: {
      value: 3,
      unit: "pages of 1,000 trades a contract and pull",
      reason: "for tests",
    },
  },
  kalshi: {
    window_days: { value: 200, unit: "days a request of one contract", reason: "for tests" },
    widest_mark: { value: 0.1, unit: "probability", reason: "for tests" },
    left_out_frequencies: { value: [], unit: "frequencies of series", reason: "for tests" },
  },
  benchmarks: {
    overlap_days: { value: 10, unit: "days asked for again", reason: "for tests" },
    first_day: { value: "2022-01-03", unit: "UTC day", reason: "for tests" },
  },
};

/** A pull on 2026-11-22 at 12:00 that wants everything up to the midnight before. */
export const options: PlanOptions = {
  nowMs: utc("2026-11-22T12:00:00Z"),
  edition: "2026-11-22",
  sinceMs: null,
  untilMs: utc("2026-11-22"),
  settings,
};

export function utc(text: string): number {
  return Date.parse(text);
}

export function day(text: string): number {
  return utc(text) / 86_400_000;
}

/** An open contract, `poly:1` with token 11, that opened on 2026-11-10 at noon. */
export function contract(
  { market = {}, state = {}, ...rest }: {
    market?: Partial<Market>;
    state?: Partial<StateFact>;
  } & Partial<Omit<KnownMarket, "listing" | "state">> = {},
): KnownMarket {
  const marketId = rest.marketId ?? "poly:1";
  return {
    marketId,
    listing: {
      kind: "listing",
      subject: marketId,
      leftOut: null,
      native: {},
      market: {
        ...UNKNOWN_MARKET,
        marketId,
        venue: "polymarket",
        question: "Q?",
        negRisk: false,
        opensAtMs: utc("2026-11-10T12:00:00Z"),
        closesAtMs: utc("2027-01-01"),
        conditionId: CONDITION,
        tokenId: "11",
        ...market,
      },
    },
    state: {
      ...UNKNOWN_STATE,
      subject: marketId,
      closesAtMs: utc("2027-01-01"),
      volumeUsd: 100,
      native: { token: "11", condition: CONDITION, isTradeable: "yes" },
      ...state,
    },
    seenAtMs: utc("2026-11-22T11:00:00Z"),
    outcome: null,
    bookAtMs: null,
    priced: [],
    taped: [],
    ...rest,
  };
}

export function knownOf(
  markets: readonly KnownMarket[],
  crawls: Readonly<Record<string, readonly string[]>> = {},
): Known {
  return {
    markets: () => markets,
    crawls: (name) => crawls[name] ?? [],
    covered: () => [],
    answer: () => undefined,
  };
}

/** An answer that came on 2026-11-22 at 12:00. */
export function answerTo(ask: Partial<Ask>, value: unknown, status = 200): Answer {
  return {
    ask: {
      host: "data",
      path: "/",
      body: null,
      format: "json",
      kind: "",
      subject: "poly:1",
      edition: "",
      ...ask,
    },
    atMs: options.nowMs,
    status,
    text: JSON.stringify(value) ?? "",
    value,
  };
}

/** Runs a job by hand: `reply` says what each ask is told; a number is the status of a failure. */
export function drive(
  job: Job,
  reply: (ask: Ask, i: number) => unknown,
): { asks: Ask[]; error: string | null } {
  const asks: Ask[] = [];
  const running = job.run();
  try {
    let step = running.next();
    while (!step.done) {
      const ask = step.value;
      const told = reply(ask, asks.length);
      asks.push(ask);
      step = running.next(replyOf(ask, told));
    }
    return { asks, error: null };
  } catch (error) {
    return { asks, error: String(error) };
  }
}

function replyOf(ask: Ask, told: unknown): Reply {
  if (typeof told !== "number") return { isAnswer: true, answer: answerTo(ask, told) };
  const failure = { ask, atMs: options.nowMs, status: told, reason: `status ${told}` };
  return { isAnswer: false, failure: { ...failure, isPassing: told >= 500 } };
}
