import type { DataSet, Market } from "../../core/data_set.ts";
import {
  boolColumn,
  type Column,
  stringColumn,
  type Table,
  table,
  timestampColumn,
} from "../../core/table.ts";
import type { ContractFile } from "./contract.ts";

/**
 * A universe as the tables of the data contract, the inverse of `parseDataSet`: reading them
 * gives the same universe. Rejections and counts are not part of it, as refused rows are gone.
 *
 * Cost: O(rows).
 */
export function dataSetTables(dataSet: DataSet): Record<ContractFile, Table> {
  const { markets, prices, activity, resolutions, benchmarks } = dataSet;
  const ids = markets.map((market) => market.marketId);
  return {
    "markets.parquet": marketsTable(markets),
    "prices.parquet": table({
      market_id: runs(ids, prices.offsets),
      date: { type: "date", values: prices.day },
      close: { type: "number", values: prices.close },
      ...optionalNumbers({ bid: prices.bid, ask: prices.ask }),
    }),
    "activity.parquet": table({
      market_id: runs(ids, activity.offsets),
      date: { type: "date", values: activity.day },
      volume_usd: { type: "number", values: activity.volumeUsd },
      ...optionalNumbers({
        open_interest: activity.openInterest,
        liquidity_usd: activity.liquidityUsd,
      }),
    }),
    "resolutions.parquet": table({
      market_id: stringColumn(resolutions.map((resolution) => resolution.marketId)),
      resolved_at: timestampColumn(resolutions.map((resolution) => resolution.resolvedAtMs)),
      payout: {
        type: "number",
        values: Float64Array.from(resolutions, (resolution) => resolution.payout),
      },
      source: stringColumn(resolutions.map((resolution) => resolution.source)),
    }),
    "benchmarks.parquet": benchmarksTable(benchmarks),
  };
}

/** Contracts as the table of `markets.parquet`. */
export function marketsTable(markets: readonly Market[]): Table {
  const texts = (pick: (market: Market) => string | null) => stringColumn(markets.map(pick));
  const instants = (pick: (market: Market) => number | null) => timestampColumn(markets.map(pick));
  return table({
    market_id: texts((market) => market.marketId),
    venue: texts((market) => market.venue),
    question: texts((market) => market.question),
    description: texts((market) => market.description),
    slug: texts((market) => market.slug),
    event_id: texts((market) => market.eventId),
    event_slug: texts((market) => market.eventSlug),
    event_title: texts((market) => market.eventTitle),
    outcome: texts((market) => market.outcome),
    group_item_title: texts((market) => market.groupItemTitle),
    neg_risk: boolColumn(markets.map((market) => market.negRisk)),
    created_at: instants((market) => market.createdAtMs),
    opens_at: instants((market) => market.opensAtMs),
    closes_at: instants((market) => market.closesAtMs),
    condition_id: texts((market) => market.conditionId),
    token_id: texts((market) => market.tokenId),
  });
}

function benchmarksTable(benchmarks: DataSet["benchmarks"]): Table {
  const offsets = new Uint32Array(benchmarks.length + 1);
  benchmarks.forEach((series, s) => offsets[s + 1] = offsets[s]! + series.day.length);
  const day = new Int32Array(offsets[benchmarks.length]!);
  const close = new Float64Array(day.length);
  benchmarks.forEach((series, s) => {
    day.set(series.day, offsets[s]!);
    close.set(series.close, offsets[s]!);
  });
  return table({
    symbol: runs(benchmarks.map((series) => series.symbol), offsets),
    date: { type: "date", values: day },
    close: { type: "number", values: close },
    kind: runs(benchmarks.map((series) => series.kind), offsets),
  });
}

/** A text column that holds `labels[k]` on the rows [offsets[k], offsets[k + 1]). */
function runs(labels: readonly string[], offsets: Uint32Array): Column {
  const codes = new Int32Array(offsets[labels.length]!);
  for (let k = 0; k < labels.length; ++k) codes.fill(k, offsets[k]!, offsets[k + 1]!);
  return { type: "string", codes, labels };
}

function optionalNumbers(
  columns: Readonly<Record<string, Float64Array | null>>,
): Record<string, Column> {
  const present: Record<string, Column> = {};
  for (const [name, values] of Object.entries(columns)) {
    if (values) present[name] = { type: "number", values };
  }
  return present;
}
