import { cellAt, columnOf, numberColumn, stringColumn, type Table, table } from "../core/table.ts";
import { shareText } from "../core/number_text.ts";

/** Methods of the replay that factor baskets are held against. */
const METHODS = ["factors_risk", "clusters_risk", "hybrid_risk", "all_equal"] as const;

/**
 * Baskets of factor clusters beside other methods: what became of 100, the return a year with its
 * interval, and the ends of 5 and 95 % of random portfolios of the same weights.
 *
 * Shape: a row for each method that ever held anything: method, end, annual_return, ci_low, ci_high,
 * random_low, random_mid, random_high. NaN: a method without random portfolios.
 *
 * @param tables.navs `05_nav`. @param tables.metrics `05_metrics`. @param tables.random `05_random`.
 * @throws {TypeError} If a column is missing or of another type.
 */
export function factorBasketTable(
  { navs, metrics, random }: {
    readonly navs: Table;
    readonly metrics: Table;
    readonly random: Table;
  },
): Table {
  const sleeveOf = (from: Table, row: number) =>
    text(from, "basket", row) === "all" && text(from, "policy", row) === "cash";
  const rows = METHODS.flatMap((method) => {
    const own = rowsOf(navs, (row) => text(navs, "method", row) === method && sleeveOf(navs, row));
    const last = own.at(-1);
    if (last === undefined) return [];
    const metric = rowsOf(metrics, (row) =>
      text(metrics, "method", row) === method && sleeveOf(metrics, row) &&
      text(metrics, "metric", row) === "annualized_return")[0];
    const drawn = rowsOf(random, (row) =>
      text(random, "method", row) === method).at(-1);
    return [{ method, last, metric, drawn }];
  });
  const of = (from: Table, name: string, row: number | undefined) =>
    row === undefined ? NaN : columnOf(from, name, "number").values[row]!;
  return table({
    method: stringColumn(rows.map(({ method }) => method)),
    end: numberColumn(rows.map(({ last }) => of(navs, "nav", last))),
    annual_return: numberColumn(rows.map(({ metric }) => of(metrics, "value", metric))),
    ci_low: numberColumn(rows.map(({ metric }) => of(metrics, "ci_low", metric))),
    ci_high: numberColumn(rows.map(({ metric }) => of(metrics, "ci_high", metric))),
    random_low: numberColumn(rows.map(({ drawn }) => of(random, "low", drawn))),
    random_mid: numberColumn(rows.map(({ drawn }) => of(random, "mid", drawn))),
    random_high: numberColumn(rows.map(({ drawn }) => of(random, "high", drawn))),
  });
}

/** What became of factor baskets, in a sentence. */
export function factorBasketLine(rows: Table): string {
  if (rows.nRows === 0 || text(rows, "method", 0) !== "factors_risk") {
    return "**Factor baskets.** No cluster of factors ever held enough contracts. (`05_nav`)";
  }
  const of = (name: string) => columnOf(rows, name, "number").values[0]!;
  const [end, low, mid, high] = ["end", "random_low", "random_mid", "random_high"].map(of);
  const chance = Number.isNaN(high!)
    ? "random portfolios were not measured"
    : end! > high!
    ? "above 95% of its random portfolios"
    : end! < low!
    ? "below 95% of its random portfolios"
    : "within what chance gives";
  const random = Number.isNaN(high!)
    ? ""
    : ` (${low!.toFixed(1)} to ${high!.toFixed(1)}, in the middle ${mid!.toFixed(1)})`;
  return `**Factor baskets.** 100 in baskets of factor clusters became ${end!.toFixed(1)} after ` +
    `costs, ${chance}${random}; ${returnText(of("annual_return"))} a year ` +
    `(95% interval ${returnText(of("ci_low"))} to ${returnText(of("ci_high"))}). ` +
    "(`05_nav`, `05_random`, `05_metrics`)";
}

function returnText(share: number): string {
  if (Number.isNaN(share)) return "unknown";
  // rounded to the last digit where it is smaller: a sign does not go with "<0.1%"
  const size = Math.abs(share) < 0.001
    ? Math.round(1000 * Math.abs(share)) / 1000
    : Math.abs(share);
  if (size === 0) return "0%";
  return `${share < 0 ? "−" : "+"}${shareText(size)}`;
}

function text(from: Table, name: string, row: number): string {
  return String(cellAt(columnOf(from, name, "string"), row));
}

function rowsOf(from: Table, isWanted: (row: number) => boolean): number[] {
  return Array.from({ length: from.nRows }, (_, row) => row).filter(isWanted);
}
