import { dayEndMs, dayOf, dayStartMs, parseDay } from "../../core/day.ts";
import type { ResponseStore, StoredFact } from "../../store/response_store.ts";
import type { DaysFact, Fact, TapeFact } from "./fact.ts";
import { factOf } from "./fact_row.ts";
import { pricedSpans } from "./priced_spans.ts";
import { mergeSpans, type Span } from "./spans.ts";
import type { Known, KnownMarket, VenueName } from "./venue.ts";

/** What market ids of a venue begin with; benchmarks are no markets. */
const PREFIXES: Readonly<Record<VenueName, string | null>> = {
  polymarket: "poly:",
  kalshi: "kalshi:",
  benchmarks: null,
};

/**
 * What is known of a venue at a time, folded from its stored facts.
 *
 * Answers may be stored while markets are read: those that have been passed are not read again. A
 * contract is one whose listing and state were both seen. Of prices and trades only the spans are
 * read, so the cost is that of the records. Cost: O(facts) time for all markets; memory: one page
 * of facts and one market.
 */
export function knownOf(
  store: ResponseStore,
  venue: VenueName,
  { nowMs = Infinity }: { readonly nowMs?: number } = {},
): Known {
  const prefix = PREFIXES[venue];
  return {
    *markets({ withLeftOut = false } = {}) {
      if (prefix === null) return;
      for (const facts of bySubject(store.outlines({ subjectPrefix: prefix }))) {
        const market = knownMarket(facts, store, nowMs);
        if (market !== undefined && (withLeftOut || market.listing.leftOut === null)) yield market;
      }
    },
    crawls(name) {
      const editions = new Set<string>();
      for (const row of store.outlines({ kind: "crawl", subject: name })) {
        const fact = factOf(row);
        if (fact.kind === "crawl") editions.add(fact.edition);
      }
      return [...editions].sort();
    },
    // what another provider than the first choice gave is asked of the first again
    covered: (subject) =>
      spansOf([...store.outlines({ kind: "bars", subject })].filter((row) => {
        const fact = factOf(row);
        return fact.kind === "bars" && fact.provider === 0;
      })),
    answer: (ask) => store.find(ask),
  };
}

function* bySubject(facts: Iterable<StoredFact>): Generator<StoredFact[]> {
  let group: StoredFact[] = [];
  for (const fact of facts) {
    if (group.length > 0 && group[0]!.subject !== fact.subject) {
      yield group;
      group = [];
    }
    group.push(fact);
  }
  if (group.length > 0) yield group;
}

/** A market from its facts, ordered by kind and time known; `undefined` where a record is missing. */
function knownMarket(
  facts: readonly StoredFact[],
  store: ResponseStore,
  nowMs: number,
): KnownMarket | undefined {
  const of = (kind: Fact["kind"]) => facts.filter((fact) => fact.kind === kind);
  const listing = fact("listing", of("listing")[0]), state = fact("state", of("state").at(-1));
  if (listing === undefined || state === undefined) return undefined;
  const days = of("days"), marketId = listing.subject;
  return {
    marketId,
    listing,
    state,
    seenAtMs: store.seenAtMs(marketId) ?? NaN,
    outcome: fact("outcome", of("outcome").at(-1)) ?? null,
    bookAtMs: fact("book", of("book").at(-1))?.bookAtMs ?? null,
    priced: pricedSpans(
      days.map((row) => ({ ...factOf(row) as DaysFact, knownAtMs: row.knownAtMs })),
      nowMs,
    ),
    taped: tapedSpans(of("tape").map((row) => factOf(row) as TapeFact)),
  };
}

function fact<K extends Fact["kind"]>(
  kind: K,
  row: StoredFact | undefined,
): Extract<Fact, { kind: K }> | undefined {
  const found = row === undefined ? undefined : factOf(row);
  return found?.kind === kind ? found as Extract<Fact, { kind: K }> : undefined;
}

function spansOf(rows: readonly StoredFact[]): Span[] {
  return mergeSpans(
    rows.flatMap(({ fromMs, toMs }) => fromMs === null || toMs === null ? [] : [{ fromMs, toMs }]),
  );
}

/**
 * Complete days that walks through a tape cover.
 *
 * The pages of a walk follow each other from its day into the past, so together they cover the days
 * between. That of the oldest trade is left out, as more of it may stand on a page that was not
 * asked for, and so is that of the walk, which had not ended.
 */
function tapedSpans(pages: readonly TapeFact[]): Span[] {
  return mergeSpans(pages.map(({ walk, fromMs }) => ({
    fromMs: fromMs === 0 ? 0 : dayEndMs(dayOf(fromMs)),
    toMs: dayStartMs(parseDay(walk.slice(0, "2026-11-22".length))),
  })));
}
