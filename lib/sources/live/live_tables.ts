import type { BenchmarkKind, Market, Rejection } from "../../core/data_set.ts";
import { dayOf } from "../../core/day.ts";
import {
  boolColumn,
  numberColumn,
  stringColumn,
  type Table,
  table,
  timestampColumn,
} from "../../core/table.ts";
import { chainBars } from "../benchmarks/chain_bars.ts";
import { type ContractFile } from "../local/contract.ts";
import { marketsTable } from "../local/data_set_tables.ts";
import { rejectionTable } from "../local/rejection_table.ts";
import type { FeeFact, Oddity, OutcomeFact, StateFact } from "./fact.ts";
import { type FoldedMarket, foldMarket, type KnownFact } from "./fold_market.ts";
import { growingIntegers, growingNumbers } from "./growing_column.ts";

/** Files that ingestion leaves beside those of the data contract. */
export type LiveFile = ContractFile | "snapshots.parquet" | "fees.parquet" | "rejected.parquet";

/** What the tables are folded from. */
export interface LiveFacts {
  /** All facts, ordered by subject, then kind, then time; one at a time. */
  readonly facts: Iterable<KnownFact>;
  /** Ends of the spans that answers about prices cover, UTC milliseconds, in any order. */
  readonly coveredToMs: Iterable<number>;
  /** Faulty rows of answers, in any order. */
  readonly oddities: Iterable<Oddity>;
  /** Kind of each benchmark by its symbol. */
  readonly kindOf: ReadonlyMap<string, BenchmarkKind>;
}

/**
 * The folder that a pull leaves, as tables: a pure fold of the stored facts, so equal answers give
 * equal bytes.
 *
 * Only whole days are told: what was seen on a day of which no price is known yet waits for it.
 * Rows are sorted by id, day and time. Cost: O(facts); memory: the tables and one contract.
 */
export function liveTables(from: LiveFacts): Record<LiveFile, Table> {
  const untilDay = lastCoveredDay(from) + 1;
  const build = tableBuilder();
  const oddities = [...from.oddities];
  const events = new Map<string, EventWords>();
  for (const [subject, facts] of bySubject(from.facts)) {
    const bars = facts.filter((fact) => fact.kind === "bars");
    if (bars.length > 0) {
      const kind = from.kindOf.get(subject);
      if (kind !== undefined) build.addBenchmark(subject, kind, chainBars(bars, kind));
      continue;
    }
    const first = facts.find((fact) => fact.kind === "listing");
    if (first !== undefined && subject.startsWith(KALSHI_EVENT)) {
      const { eventTitle, negRisk } = first.market;
      events.set(subject.slice(KALSHI_EVENT.length), { eventTitle, negRisk });
      continue;
    }
    const folded = foldMarket(facts, { untilDay });
    if (folded !== undefined) {
      const words = events.get(folded.market.eventId ?? "");
      build.addMarket(words === undefined ? folded : withWords(folded, words));
      oddities.push(...folded.oddities);
    } else if (first === undefined) {
      build.addFees(facts.filter((fact) => fact.kind === "fee"));
    }
  }
  return build.tables(oddities);
}

/** Kalshi tells of events without their contracts; their subjects sort before those of contracts. */
const KALSHI_EVENT = "kalshi event:";

type EventWords = Pick<Market, "eventTitle" | "negRisk">;

/** A contract whose record did not name its event. */
function withWords(folded: FoldedMarket, words: EventWords): FoldedMarket {
  const { market } = folded;
  return {
    ...folded,
    market: {
      ...market,
      eventTitle: market.eventTitle ?? words.eventTitle,
      negRisk: market.negRisk ?? words.negRisk,
    },
  };
}

/** The last UTC day that an answer about prices covers to its end; −1 where there is none. */
function lastCoveredDay({ coveredToMs }: LiveFacts): number {
  let lastMs = 0;
  for (const toMs of coveredToMs) lastMs = Math.max(lastMs, toMs);
  return dayOf(lastMs) - 1;
}

function* bySubject(facts: Iterable<KnownFact>): Generator<[string, KnownFact[]]> {
  let group: KnownFact[] = [];
  for (const fact of facts) {
    if (group.length > 0 && group[0]!.subject !== fact.subject) {
      yield [group[0]!.subject, group];
      group = [];
    }
    group.push(fact);
  }
  if (group.length > 0) yield [group[0]!.subject, group];
}

function tableBuilder() {
  const markets: Market[] = [], outcomes: OutcomeFact[] = [];
  const states: KnownFact<StateFact>[] = [], fees: KnownFact<FeeFact>[] = [];
  const prices = {
    market: growingIntegers(),
    day: growingIntegers(),
    close: growingNumbers(),
    bid: growingNumbers(),
    ask: growingNumbers(),
  };
  const activity = {
    market: growingIntegers(),
    day: growingIntegers(),
    volume: growingNumbers(),
    interest: growingNumbers(),
    liquidity: growingNumbers(),
  };
  const series: { symbol: string; kind: BenchmarkKind }[] = [];
  const bars = { series: growingIntegers(), day: growingIntegers(), close: growingNumbers() };

  return {
    addMarket(folded: FoldedMarket) {
      const m = markets.push(folded.market) - 1;
      for (const point of folded.prices) {
        prices.market.push(m);
        prices.day.push(point.day);
        prices.close.push(point.close!);
        prices.bid.push(point.bid ?? NaN);
        prices.ask.push(point.ask ?? NaN);
      }
      for (const point of folded.activity) {
        activity.market.push(m);
        activity.day.push(point.day);
        activity.volume.push(point.volumeUsd);
        activity.interest.push(point.openInterest);
        activity.liquidity.push(point.liquidityUsd);
      }
      if (folded.outcome !== null) outcomes.push(folded.outcome);
      states.push(...folded.states);
      fees.push(...folded.fees);
    },
    addFees(more: readonly KnownFact<FeeFact>[]) {
      fees.push(...more);
    },
    addBenchmark(
      symbol: string,
      kind: BenchmarkKind,
      closes: readonly { readonly day: number; readonly close: number }[],
    ) {
      const s = series.push({ symbol, kind }) - 1;
      for (const { day, close } of closes) {
        bars.series.push(s);
        bars.day.push(day);
        bars.close.push(close);
      }
    },
    tables(oddities: readonly Oddity[]): Record<LiveFile, Table> {
      const ids = markets.map((market) => market.marketId);
      const symbolOf = series.map(({ symbol }) => symbol);
      return {
        "markets.parquet": marketsTable(markets),
        "prices.parquet": table({
          market_id: { type: "string", codes: prices.market.values(), labels: ids },
          date: { type: "date", values: prices.day.values() },
          close: { type: "number", values: prices.close.values() },
          bid: { type: "number", values: prices.bid.values() },
          ask: { type: "number", values: prices.ask.values() },
        }),
        "activity.parquet": table({
          market_id: { type: "string", codes: activity.market.values(), labels: ids },
          date: { type: "date", values: activity.day.values() },
          volume_usd: { type: "number", values: activity.volume.values() },
          open_interest: { type: "number", values: activity.interest.values() },
          liquidity_usd: { type: "number", values: activity.liquidity.values() },
        }),
        "resolutions.parquet": table({
          market_id: stringColumn(outcomes.map((outcome) => outcome.subject)),
          resolved_at: timestampColumn(outcomes.map((outcome) => outcome.resolvedAtMs)),
          payout: numberColumn(outcomes.map((outcome) => outcome.payout)),
          source: stringColumn(outcomes.map((outcome) => outcome.source)),
        }),
        "benchmarks.parquet": table({
          symbol: { type: "string", codes: bars.series.values(), labels: symbolOf },
          date: { type: "date", values: bars.day.values() },
          close: { type: "number", values: bars.close.values() },
          kind: stringColumn(
            Array.from(bars.series.values(), (s) => series[s]!.kind),
          ),
        }),
        "snapshots.parquet": snapshotsTable(states),
        "fees.parquet": feesTable(fees),
        "rejected.parquet": rejectionTable(oddities.map(asRejection).sort(byText)),
      };
    },
  };
}

function snapshotsTable(states: readonly KnownFact<StateFact>[]): Table {
  return table({
    market_id: stringColumn(states.map((state) => state.subject)),
    known_at: timestampColumn(states.map((state) => state.knownAtMs)),
    status: stringColumn(states.map((state) => state.status)),
    closes_at: timestampColumn(states.map((state) => state.closesAtMs)),
    closed_at: timestampColumn(states.map((state) => state.closedAtMs)),
    volume_usd: numberColumn(states.map((state) => state.volumeUsd)),
    liquidity_usd: numberColumn(states.map((state) => state.liquidityUsd)),
    open_interest: numberColumn(states.map((state) => state.openInterest)),
    bid: numberColumn(states.map((state) => state.bid)),
    ask: numberColumn(states.map((state) => state.ask)),
  });
}

function feesTable(fees: readonly KnownFact<FeeFact>[]): Table {
  return table({
    subject: stringColumn(fees.map((fee) => fee.subject)),
    known_at: timestampColumn(fees.map((fee) => fee.knownAtMs)),
    from: timestampColumn(fees.map((fee) => fee.fromMs)),
    fee_type: stringColumn(fees.map((fee) => fee.feeType)),
    rate: numberColumn(fees.map((fee) => fee.rate)),
    exponent: numberColumn(fees.map((fee) => fee.exponent)),
    is_taker_only: boolColumn(fees.map((fee) => fee.isTakerOnly)),
    rebate_share: numberColumn(fees.map((fee) => fee.rebateShare)),
  });
}

function asRejection({ place, row, column, value, reason }: Oddity): Rejection {
  return { file: place, row, column, value, reason };
}

/** Answers come in any order, so theirs must not show. */
function byText(a: Rejection, b: Rejection): number {
  for (const name of ["file", "column", "value", "reason"] as const) {
    if (a[name] !== b[name]) return a[name] < b[name] ? -1 : 1;
  }
  return a.row - b.row;
}
