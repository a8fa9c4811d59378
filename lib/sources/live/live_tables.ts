import type { BenchmarkKind, Market, Rejection } from "../../core/data_set.ts";
import { dayOf } from "../../core/day.ts";
import { integerColumn, stringColumn, type Table, table } from "../../core/table.ts";
import { chainBars } from "../benchmarks/chain_bars.ts";
import { type ContractFile } from "../local/contract.ts";
import { rejectionTable } from "../local/rejection_table.ts";
import { PULLED_FILE } from "../pulled_label.ts";
import type { FeeFact, Oddity } from "./fact.ts";
import { type FoldedMarket, foldMarket, type KnownFact } from "./fold_market.ts";
import { growingTable } from "./growing_table.ts";
import { feeRow, LIVE_COLUMNS, marketRow, snapshotRow } from "./live_columns.ts";

/** Files that ingestion leaves beside those of the data contract. */
export type LiveFile =
  | ContractFile
  | "snapshots.parquet"
  | "fees.parquet"
  | "rejected.parquet"
  | typeof PULLED_FILE;

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
 *
 * @returns Each file with its table, which nobody else holds: who writes one and drops it has the
 *   memory of those that come after it only.
 */
export function liveTables(from: LiveFacts): Generator<readonly [LiveFile, Table]> {
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
    if (first?.leftOut === null) build.count(first.market.venue, folded !== undefined);
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
  const markets = growingTable(LIVE_COLUMNS["markets.parquet"]);
  const prices = growingTable(LIVE_COLUMNS["prices.parquet"]);
  const activity = growingTable(LIVE_COLUMNS["activity.parquet"]);
  const resolutions = growingTable(LIVE_COLUMNS["resolutions.parquet"]);
  const benchmarks = growingTable(LIVE_COLUMNS["benchmarks.parquet"]);
  const snapshots = growingTable(LIVE_COLUMNS["snapshots.parquet"]);
  const fees = growingTable(LIVE_COLUMNS["fees.parquet"]);

  const counts = new Map<string, { listed: number; pulled: number }>();

  function addFees(more: readonly KnownFact<FeeFact>[]) {
    for (const fee of more) fees.add(feeRow(fee));
  }

  return {
    addFees,
    /** Counts a contract that is listed, and whether its history was asked for. */
    count(venue: string, isPulled: boolean) {
      const { listed, pulled } = counts.get(venue) ?? { listed: 0, pulled: 0 };
      counts.set(venue, { listed: listed + 1, pulled: pulled + Number(isPulled) });
    },
    addMarket(folded: FoldedMarket) {
      const { market, outcome } = folded;
      markets.add(marketRow(market));
      for (const { day, close, bid, ask } of folded.prices) {
        prices.add({ market_id: market.marketId, date: day, close, bid, ask });
      }
      for (const point of folded.activity) {
        activity.add({
          market_id: market.marketId,
          date: point.day,
          volume_usd: point.volumeUsd,
          open_interest: point.openInterest,
          liquidity_usd: point.liquidityUsd,
        });
      }
      if (outcome !== null) {
        resolutions.add({
          market_id: outcome.subject,
          resolved_at: outcome.resolvedAtMs,
          payout: outcome.payout,
          source: outcome.source,
        });
      }
      for (const state of folded.states) snapshots.add(snapshotRow(state));
      addFees(folded.fees);
    },
    addBenchmark(
      symbol: string,
      kind: BenchmarkKind,
      closes: readonly { readonly day: number; readonly close: number }[],
    ) {
      for (const { day, close } of closes) benchmarks.add({ symbol, date: day, close, kind });
    },
    /** Each table is made when it is asked for, and is then the caller's alone. */
    *tables(oddities: readonly Oddity[]): Generator<readonly [LiveFile, Table]> {
      yield ["markets.parquet", markets.take()];
      yield ["prices.parquet", prices.take()];
      yield ["activity.parquet", activity.take()];
      yield ["resolutions.parquet", resolutions.take()];
      yield ["benchmarks.parquet", benchmarks.take()];
      yield ["snapshots.parquet", snapshots.take()];
      yield ["fees.parquet", fees.take()];
      yield ["rejected.parquet", rejectionTable(oddities.map(asRejection).sort(byText))];
      const venues = [...counts].sort(([a], [b]) => a < b ? -1 : 1);
      yield [
        PULLED_FILE,
        table({
          venue: stringColumn(venues.map(([venue]) => venue)),
          listed: integerColumn(venues.map(([, { listed }]) => listed)),
          pulled: integerColumn(venues.map(([, { pulled }]) => pulled)),
        }),
      ];
    },
  };
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
