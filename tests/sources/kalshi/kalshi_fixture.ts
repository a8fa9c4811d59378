import assert from "node:assert/strict";
import { type IngestSettings, parseIngestSettings } from "lib/core/ingest_settings.ts";
import type { Answer, Ask, Reply } from "lib/fetch/ask.ts";
import type { KnownMarket, PlanOptions } from "lib/sources/live/venue.ts";
import type { Known } from "lib/sources/live/venue.ts";
import { readYaml } from "lib/store/yaml.ts";
import { UNKNOWN_MARKET, UNKNOWN_STATE } from "../../fixtures/facts.ts";

export const settings: IngestSettings = parseIngestSettings(
  await readYaml(new URL("../../../config/ingest.yaml", import.meta.url).pathname),
);

export const NINE_MS = Date.UTC(2026, 10, 22, 9);

/** The frame of a pull at 9:00 of 2026-11-22. */
export function planOptions(changed: Partial<PlanOptions> = {}): PlanOptions {
  return {
    nowMs: NINE_MS,
    edition: "2026-11-22",
    sinceMs: null,
    untilMs: Date.UTC(2026, 10, 22),
    settings,
    ...changed,
  };
}

/** @param answers Bodies of the stored answers of the day by their paths. */
export function knownOf(
  markets: readonly KnownMarket[],
  crawls: Readonly<Record<string, readonly string[]>> = {},
  answers: Readonly<Record<string, unknown>> = {},
): Known {
  return {
    markets: ({ withLeftOut = false } = {}) =>
      markets.filter(({ listing }) => withLeftOut || listing.leftOut === null),
    crawls: (name) => crawls[name] ?? [],
    covered: () => [],
    answer: (ask) =>
      Object.hasOwn(answers, ask.path) ? answerTo(ask, answers[ask.path]) : undefined,
  };
}

/** An open contract of the live tier, opened on 2026-11-12 and seen yesterday. */
export function knownMarket(
  ticker: string,
  changed: {
    readonly status?: KnownMarket["state"]["status"];
    readonly tier?: string;
    readonly series?: string | null;
    readonly closedAtMs?: number | null;
    readonly opensAtMs?: number | null;
    readonly outcome?: KnownMarket["outcome"];
    readonly priced?: KnownMarket["priced"];
    readonly seenAtMs?: number;
    readonly leftOut?: string | null;
  } = {},
): KnownMarket {
  const subject = `kalshi:${ticker}`;
  const series = changed.series === undefined ? "KXFED" : changed.series;
  return {
    marketId: subject,
    listing: {
      kind: "listing",
      subject,
      market: {
        ...UNKNOWN_MARKET,
        marketId: subject,
        venue: "kalshi",
        eventId: "KXFED-26",
        opensAtMs: changed.opensAtMs === undefined ? Date.UTC(2026, 10, 12, 15) : changed.opensAtMs,
      },
      leftOut: changed.leftOut ?? null,
      native: series === null ? {} : { series },
    },
    state: {
      ...UNKNOWN_STATE,
      subject,
      status: changed.status ?? "open",
      closedAtMs: changed.closedAtMs ?? null,
      native: { tier: changed.tier ?? "live" },
    },
    seenAtMs: changed.seenAtMs ?? Date.UTC(2026, 10, 21, 9),
    outcome: changed.outcome ?? null,
    bookAtMs: null,
    priced: changed.priced ?? [],
    taped: [],
  };
}

export function answerTo(ask: Ask, value: unknown, status = 200): Answer {
  return { ask, atMs: NINE_MS, status, text: JSON.stringify(value) ?? "", value };
}

export function answerOf(
  kind: string,
  path: string,
  value: unknown,
  { subject = "", status = 200 } = {},
): Answer {
  const edition = "2026-11-22";
  return answerTo(
    { host: "kalshi", path, body: null, format: "json", kind, subject, edition },
    value,
    status,
  );
}

/**
 * Drives a job: gives each ask to `reply` (a body; `null` is a 404 of any server, {@link NOT_FOUND} one
 * of the exchange) and tells the asked paths.
 */
export function drive(
  run: Generator<Ask, void, Reply>,
  reply: (path: string, ask: Ask) => unknown,
): { readonly paths: string[]; readonly asks: Ask[]; readonly error: string | null } {
  const asks: Ask[] = [];
  const paths: string[] = [];
  try {
    let at = run.next();
    while (!at.done) {
      const ask = at.value;
      asks.push(ask);
      paths.push(ask.path);
      assert.ok(asks.length < 100, "the job does not end");
      const value = reply(ask.path, ask);
      at = run.next(
        value instanceof Failed
          ? {
            isAnswer: false,
            failure: {
              ask,
              atMs: NINE_MS,
              status: value.isPassing ? null : 400,
              reason: value.message,
              isPassing: value.isPassing,
            },
          }
          : {
            isAnswer: true,
            answer: value === NOT_FOUND
              ? { ...answerTo(ask, undefined, 404), text: JSON.stringify(NOT_FOUND) }
              : value === null
              ? answerTo(ask, undefined, 404)
              : answerTo(ask, value),
          },
      );
    }
    return { paths, asks, error: null };
  } catch (error) {
    if (error instanceof assert.AssertionError) throw error;
    return { paths, asks, error: (error as Error).message };
  }
}

/** The exchange's own 404, as a reply of {@link drive}. */
export const NOT_FOUND = { error: { code: "not_found", message: "not found" } };

/** A failure as a reply of {@link drive}. */
export class Failed {
  constructor(readonly message: string, readonly isPassing: boolean) {}
}

/** The market record of the sheet's section 7.3. */
export const SHEET_MARKET = {
  ticker: "KXTEST-25Q4-CONTRACT",
  event_ticker: "KXTEST-25Q4",
  title: "Will it happen?",
  subtitle: "…",
  yes_sub_title: "Canonical YES short title",
  no_sub_title: "Canonical NO short title",
  market_type: "binary",
  status: "active",
  rules_primary: "Primary rules text",
  rules_secondary: "Secondary rules text.",
  result: "",
  open_time: "2025-10-01T14:30:00Z",
  close_time: "2025-12-31T21:00:00Z",
  created_time: "2025-09-15T08:00:00Z",
  updated_time: "2025-11-12T10:00:00Z",
  latest_expiration_time: "2025-12-31T22:00:00Z",
  settlement_timer_seconds: 30,
  yes_bid_dollars: "0.6500",
  yes_ask_dollars: "0.6700",
  no_bid_dollars: "0.3300",
  no_ask_dollars: "0.3500",
  last_price_dollars: "0.6600",
  volume_fp: "150000.00",
  open_interest_fp: "25000.00",
  notional_value_dollars: "1.0000",
  liquidity_dollars: "0.0000",
  expiration_value: "",
  can_close_early: true,
  price_level_structure: "linear_cent",
  price_ranges: [{ start: "0.0100", end: "0.9900", step: "0.0100" }],
};
