import { type Random, randomIndex, randomStream } from "../../core/random.ts";
import { cellAt, type Column, type Table, table } from "../../core/table.ts";

/** The five files of the data contract. */
export type ContractTables = Readonly<
  Record<"markets" | "prices" | "resolutions" | "activity" | "benchmarks", Table>
>;

/** One row that the door must refuse. */
export interface PlantedDefect {
  /** File of the data contract, such as `prices.parquet`. */
  readonly file: string;
  /** Row within that file, from 0. */
  readonly row: number;
  /** Column that is wrong. */
  readonly column: string;
  readonly reason: string;
}

/** A copy of a good row with some cells changed. */
interface BadRow {
  readonly column: string;
  readonly reason: string;
  readonly copyOf: number;
  readonly change: Readonly<Record<string, string | number>>;
}

/**
 * Appends rows that break the data contract, each a copy of a good row with one thing wrong.
 *
 * Good rows stay where they are, so a reader that refuses the planted ones loses nothing.
 *
 * @param options.count Planted rows of each sort.
 */
export function plantDefects(
  tables: ContractTables,
  { seed, count }: { seed: number; count: number },
): { tables: ContractTables; defects: PlantedDefect[] } {
  const random = randomStream(seed, "defects");
  const bad = {
    prices: badPrices(tables, random, count),
    activity: several(count, tables.activity, random, () => ({
      column: "volume_usd",
      reason: "negative volume",
      change: { ...dayBefore(random), volume_usd: -1 - Math.floor(100 * random()) },
    })),
    markets: several(count, tables.markets, random, (k, row) => ({
      column: "closes_at",
      reason: "scheduled end before the listing",
      change: {
        market_id: `poly:${990_000_100 + k}`,
        slug: `withdrawn-listing-${k}`,
        condition_id: `0x${`${k}`.padStart(64, "f")}`,
        token_id: `9${`${k}`.padStart(76, "0")}`,
        closes_at: Number(cellAt(tables.markets.columns.created_at!, row)) - 86_400_000,
      },
    })),
    resolutions: badResolutions(tables, random, count),
  };
  const defects: PlantedDefect[] = [];
  const grown: Record<string, Table> = { ...tables };
  for (const [name, rows] of Object.entries(bad)) {
    const from = grown[name]!;
    rows.forEach(({ column, reason }, k) =>
      defects.push({ file: `${name}.parquet`, row: from.nRows + k, column, reason })
    );
    grown[name] = withRows(from, rows);
  }
  return { tables: { ...tables, ...grown }, defects };
}

function badPrices(tables: ContractTables, random: Random, count: number): BadRow[] {
  return [
    ...several(count, tables.prices, random, (k) => ({
      column: "close",
      reason: "price outside [0, 1]",
      change: { ...dayBefore(random), close: k % 2 === 0 ? 1.01 + random() : -0.01 - random() },
    })),
    ...several(count, tables.prices, random, () => ({
      column: "date",
      reason: "duplicate (market, date)",
      change: {},
    })),
    ...several(count, tables.prices, random, (k) => ({
      column: "market_id",
      reason: "price for an unknown market",
      change: { market_id: `poly:${990_000_000 + k}` },
    })),
  ];
}

/** Payouts above one, of markets without a resolution: wrong in one way only. */
function badResolutions(tables: ContractTables, random: Random, count: number): BadRow[] {
  const ids = tables.markets.columns.market_id!, settled = new Set<unknown>();
  for (let i = 0; i < tables.resolutions.nRows; ++i) {
    settled.add(cellAt(tables.resolutions.columns.market_id!, i));
  }
  const open: string[] = [];
  for (let i = 0; i < tables.markets.nRows; ++i) {
    const id = cellAt(ids, i);
    if (typeof id === "string" && !settled.has(id)) open.push(id);
  }
  return several(Math.min(count, open.length), tables.resolutions, random, (k) => ({
    column: "payout",
    reason: "payout outside [0, 1]",
    change: { market_id: open[k]!, payout: 1.5 + k },
  }));
}

function several(
  count: number,
  from: Table,
  random: Random,
  draw: (k: number, row: number) => Omit<BadRow, "copyOf">,
): BadRow[] {
  if (from.nRows === 0) return [];
  return Array.from({ length: count }, (_, k) => {
    const copyOf = randomIndex(random, from.nRows);
    return { copyOf, ...draw(k, copyOf) };
  });
}

/** A day of 2023, before the window, so that the row is no duplicate as well. */
function dayBefore(random: Random): { date: number } {
  return { date: 19_358 + randomIndex(random, 300) };
}

function withRows(from: Table, rows: readonly BadRow[]): Table {
  const columns: Record<string, Column> = {};
  for (const [name, column] of Object.entries(from.columns)) {
    columns[name] = grown(column, rows, name);
  }
  return table(columns);
}

function grown(column: Column, rows: readonly BadRow[], name: string): Column {
  if (column.type === "string") {
    const labels = column.labels.slice();
    const added = rows.map(({ copyOf, change }) => {
      const value = change[name];
      return value === undefined ? column.codes[copyOf]! : labels.push(`${value}`) - 1;
    });
    const codes = new Int32Array(column.codes.length + added.length);
    codes.set(column.codes);
    codes.set(added, column.codes.length);
    return { type: "string", codes, labels };
  }
  const added = rows.map(({ copyOf, change }) => Number(change[name] ?? column.values[copyOf]));
  switch (column.type) {
    case "number":
    case "timestamp": {
      const values = new Float64Array(column.values.length + added.length);
      values.set(column.values);
      values.set(added, column.values.length);
      return { type: column.type, values };
    }
    case "integer":
    case "date": {
      const values = new Int32Array(column.values.length + added.length);
      values.set(column.values);
      values.set(added, column.values.length);
      return { type: column.type, values };
    }
    case "bool": {
      const values = new Int8Array(column.values.length + added.length);
      values.set(column.values);
      values.set(added, column.values.length);
      return { type: "bool", values };
    }
  }
}
