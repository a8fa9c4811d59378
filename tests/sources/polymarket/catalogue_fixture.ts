import { type IngestSettings, parseIngestSettings } from "lib/core/ingest_settings.ts";
import type { Known, KnownMarket, PlanOptions } from "lib/sources/live/venue.ts";
import { readYaml } from "lib/store/yaml.ts";
import { UNKNOWN_MARKET, UNKNOWN_STATE } from "../../fixtures/facts.ts";

const settings: IngestSettings = parseIngestSettings(
  await readYaml(new URL("../../../config/ingest.yaml", import.meta.url).pathname),
);

/** The frame of a pull at 9:00 of 2026-11-22. */
export function planOptions(sinceMs: number | null = null): PlanOptions {
  return {
    nowMs: Date.UTC(2026, 10, 22, 9),
    edition: "2026-11-22",
    sinceMs,
    untilMs: Date.UTC(2026, 10, 22),
    settings,
  };
}

/** What is known: contracts, and the days on which lists were walked. */
export function knownOf(
  markets: readonly KnownMarket[],
  crawls: Readonly<Record<string, readonly string[]>> = {},
): Known {
  return {
    markets: ({ withLeftOut = false } = {}) =>
      markets.filter(({ listing }) => withLeftOut || listing.leftOut === null),
    crawls: (name) => crawls[name] ?? [],
    answer: () => undefined,
    covered: () => [],
  };
}

/** An open contract that was seen yesterday, in event `1`. */
export function knownMarket(
  id: number,
  {
    leftOut = null,
    status = "open",
    closedAtMs = null,
    seenAtMs = Date.UTC(2026, 10, 21, 9),
    ...rest
  }: {
    readonly leftOut?: string | null;
    readonly status?: KnownMarket["state"]["status"];
    readonly closedAtMs?: number | null;
    readonly seenAtMs?: number;
    readonly outcome?: KnownMarket["outcome"];
    readonly condition?: string | null;
    readonly eventId?: string;
  } = {},
): KnownMarket {
  const subject = `poly:${id}`;
  const condition = rest.condition === undefined
    ? `0x${id.toString(16).padStart(64, "0")}`
    : rest.condition;
  return {
    marketId: subject,
    listing: {
      kind: "listing",
      subject,
      market: {
        ...UNKNOWN_MARKET,
        marketId: subject,
        venue: "polymarket",
        eventId: rest.eventId ?? "1",
        conditionId: condition,
        tokenId: String(id),
      },
      leftOut,
      native: {},
    },
    state: {
      ...UNKNOWN_STATE,
      subject,
      status,
      closedAtMs,
      native: condition === null ? {} : { condition },
    },
    seenAtMs,
    outcome: rest.outcome ?? null,
    bookAtMs: null,
    priced: [],
    taped: [],
  };
}
