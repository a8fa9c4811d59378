import { venueOfMarketId } from "../../core/market_id.ts";
import { type Column, columnOf, stringColumn, type Table, table } from "../../core/table.ts";
import { readParquet } from "../../store/parquet.ts";
import { inProject } from "../../store/project_root.ts";
import { CONTRACT, contractColumns } from "./contract.ts";
import { missingColumn } from "./fit_contract.ts";
import { type ParsedMarkets, parseMarkets } from "./parse_markets.ts";

/** Columns that say what a market is about; a file needs one of them. */
const WORDS = ["question", "event_title", "slug"] as const;

/**
 * Reads a file of markets by itself, without prices, by the rules of `markets.parquet`.
 *
 * Only `market_id` and one column of words must be there, since nothing else is needed to say what
 * a market is about; the venue is read off the id where its column is absent. Whatever the contract
 * does not name stays outside, as at the door of a folder.
 *
 * @param path The Parquet file; a relative path is below the project's folder.
 * @returns The markets, the refused rows, and the names of the contract's columns that are absent.
 * @throws {Error} If the file is missing or broken.
 * @throws {TypeError} If a column is of another type, or nothing says what the markets are about.
 */
export async function readMarkets(
  path: string,
): Promise<ParsedMarkets & { readonly absent: readonly string[] }> {
  const from = await readParquet(inProject(path), { columns: contractColumns("markets.parquet") });
  return completeMarkets(from);
}

/** The markets of a table that may lack columns; see {@link readMarkets}. */
export function completeMarkets(
  from: Table,
): ParsedMarkets & { readonly absent: readonly string[] } {
  const has = (name: string) => Object.hasOwn(from.columns, name);
  if (!has("market_id") || !WORDS.some(has)) {
    throw new TypeError(
      `Cannot read markets as the file must have the columns "market_id" and one of ${
        WORDS.map((name) => `"${name}"`).join(", ")
      }: got ${Object.keys(from.columns).map((name) => `"${name}"`).join(", ") || "none"}`,
    );
  }
  const { required } = CONTRACT["markets.parquet"];
  const absent = Object.keys(required).filter((name) => !has(name));
  const columns: Record<string, Column> = { ...from.columns };
  for (const name of absent) {
    columns[name] = name === "venue"
      ? venueColumn(from)
      : missingColumn(required[name]!, from.nRows);
  }
  return { ...parseMarkets(table(columns)), absent };
}

/** The venue that each id names; missing where it names none, which the door then refuses. */
function venueColumn(from: Table): Column {
  const { codes, labels } = columnOf(from, "market_id", "string");
  const venues = labels.map((id) => venueOfMarketId(id) ?? null);
  return stringColumn(Array.from(codes, (code) => venues[code] ?? null));
}
