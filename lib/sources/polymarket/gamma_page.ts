import { z } from "zod";
import type { Answer } from "../../fetch/ask.ts";
import type { CrawlFact, Fact, Oddity, Reading } from "../live/fact.ts";
import { crawlList, PAGE_SIZE } from "./catalogue_list.ts";
import { gammaFacts } from "./gamma_facts.ts";
import { gammaOddity } from "./gamma_oddity.ts";
import { type GammaEvent, takeGammaEvent } from "./gamma_record.ts";

const cursor = z.string().nullish().transform((text) => text || null);
const marketsSchema = z.object({ markets: z.array(z.unknown()), next_cursor: cursor });
const eventsSchema = z.object({ events: z.array(z.unknown()), next_cursor: cursor });

/** A page of a keyset list. */
export interface GammaPage {
  /** `polymarket /markets/keyset`. */
  readonly place: string;
  readonly rows: readonly unknown[];
  /** What asks for the page after it; `null` on the last page. */
  readonly nextCursor: string | null;
  /**
   * Whether the list ends here. Nothing follows an empty page, though it may have a cursor. A full
   * page without a cursor is not the end: the documents say that every full page has one, so that it
   * is a cursor that got lost.
   */
  readonly isLast: boolean;
}

/**
 * The outer form of an answer of `/markets/keyset` or `/events/keyset`.
 *
 * @throws {TypeError} If it is another.
 */
export function gammaPage(answer: Answer): GammaPage {
  const isEvents = answer.ask.kind === "gamma_events";
  const place = `polymarket /${isEvents ? "events" : "markets"}/keyset`;
  const markets = isEvents ? undefined : marketsSchema.safeParse(answer.value).data;
  const events = isEvents ? eventsSchema.safeParse(answer.value).data : undefined;
  const rows = markets?.markets ?? events?.events;
  if (rows === undefined) {
    throw new TypeError(
      `Cannot read ${place} as a page must have a list "${
        isEvents ? "events" : "markets"
      }" and a ` +
        `"next_cursor" that is a text or absent: got ${answer.text.slice(0, 200)}`,
    );
  }
  const nextCursor = markets?.next_cursor ?? events?.next_cursor ?? null;
  const isLast = rows.length === 0 || (nextCursor === null && rows.length < PAGE_SIZE);
  return { place, rows, nextCursor: rows.length === 0 ? null : nextCursor, isLast };
}

/** What the readers go by beside the answer. */
export interface GammaOptions {
  /** Contracts that are scheduled for a shorter life are left out, days. */
  readonly minScheduledDays: number;
}

/**
 * Reads a page of `/markets/keyset`: listings, states and fees, and on the last page of a walk that
 * the list was walked to its end.
 *
 * Every record gives facts or at least one oddity. The number of pages of a walk is not on its last
 * page: `nPages` is 1 where the first page is the last, else 0 for unknown.
 *
 * @throws {TypeError} If the page is no page.
 */
export function readGammaMarkets(answer: Answer, options: GammaOptions): Reading {
  const page = gammaPage(answer);
  const facts: Fact[] = [];
  const oddities: Oddity[] = [];
  page.rows.forEach((raw, row) => {
    const found = gammaFacts(raw, { event: null, ...options });
    facts.push(...found.facts);
    oddities.push(
      ...found.faults.map((fault) => gammaOddity(fault, { place: page.place, row })),
    );
  });
  return withEnd(answer, { page, facts, oddities });
}

/**
 * Reads a page of `/events/keyset`: the markets nested in the events, with the event's id, slug and
 * title, also those that closed before. The place of a nested market's fault is `markets.3.volume` of
 * the event's row. Otherwise as {@link readGammaMarkets}.
 *
 * @throws {TypeError} If the page is no page.
 */
export function readGammaEvents(answer: Answer, options: GammaOptions): Reading {
  const page = gammaPage(answer);
  const facts: Fact[] = [];
  const oddities: Oddity[] = [];
  page.rows.forEach((raw, row) => {
    const at = { place: page.place, row };
    const { record, faults } = takeGammaEvent(raw);
    oddities.push(...faults.map((fault) => gammaOddity(fault, at)));
    if (record?.markets === null && !faults.some(({ column }) => column === "markets")) {
      const lack = { column: "markets", value: "", reason: "must be a list" };
      oddities.push(gammaOddity(lack, at));
    }
    record?.markets?.forEach((market, k) => {
      const found = gammaFacts(market, { event: named(record), ...options });
      facts.push(...found.facts);
      oddities.push(
        ...found.faults.map((fault) => gammaOddity(fault, { ...at, within: `markets.${k}` })),
      );
    });
  });
  return withEnd(answer, { page, facts, oddities });
}

/** The readers by the kinds of ask that they understand. */
export function gammaReader(
  options: GammaOptions,
): Readonly<Record<"gamma_markets" | "gamma_events", (answer: Answer) => Reading>> {
  return {
    gamma_markets: (answer) => readGammaMarkets(answer, options),
    gamma_events: (answer) => readGammaEvents(answer, options),
  };
}

/** An event that has lost its id is no event to name: the market's own is taken. */
function named(event: GammaEvent): GammaEvent | null {
  return event.id === null ? null : event;
}

function withEnd(
  { ask }: Answer,
  { page, facts, oddities }: {
    readonly page: GammaPage;
    readonly facts: readonly Fact[];
    readonly oddities: readonly Oddity[];
  },
): Reading {
  const list = crawlList(ask.path);
  if (list === null) return { facts, oddities };
  if (page.isLast) {
    const nPages = list.isFirstPage ? 1 : 0;
    const end: CrawlFact = { kind: "crawl", subject: list.name, edition: ask.edition, nPages };
    return { facts: [...facts, end], oddities };
  }
  if (page.nextCursor !== null) return { facts, oddities };
  const lost = { column: "next_cursor", value: "", reason: "must be on a full page" };
  return {
    facts,
    oddities: [...oddities, gammaOddity(lost, { place: page.place, row: page.rows.length })],
  };
}
