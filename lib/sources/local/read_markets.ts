import { venueOfMarketId } from "../../core/market_id.ts";
import {
  cellAt,
  type Column,
  columnOf,
  stringColumn,
  type Table,
  table,
} from "../../core/table.ts";
import { readParquet } from "../../store/parquet.ts";
import { inProject } from "../../store/project_root.ts";
import { CONTRACT, contractColumns, type FileContract } from "./contract.ts";
import { missingColumn } from "./fit_contract.ts";
import { type ParsedMarkets, parseMarkets } from "./parse_markets.ts";

/** Columns that say what a market is about; a file needs one of them. */
const WORDS = ["question", "event_title", "slug"] as const;

/** Markets that came without prices. */
export interface MarketsAlone extends ParsedMarkets {
  /** Names of the contract's columns that the file lacks. */
  readonly absent: readonly string[];
  /** Scheduled ends before the listing, which are taken as unknown. */
  readonly nEndsUnknown: number;
}

/**
 * Reads a file of markets by itself, without prices, by the rules of `markets.parquet`.
 *
 * Only `market_id` and one column of words must be there, since nothing else is needed to say what
 * a market is about; the venue is read off the id where its column is absent. A scheduled end before
 * the listing, for which a folder's row is refused, says nothing against the words: it is taken as
 * unknown and counted. Whatever the contract
 * does not name stays outside, as at the door of a folder.
 *
 * @param path The Parquet file; a relative path is below the project's folder.
 * @throws {Error} If the file is missing or broken.
 * @throws {TypeError} If a column is of another type, or nothing says what the markets are about.
 */
export async function readMarkets(path: string): Promise<MarketsAlone> {
  const from = await readParquet(inProject(path), { columns: contractColumns("markets.parquet") });
  return completeMarkets(from);
}

/** The markets of a table that may lack columns; see {@link readMarkets}. */
export function completeMarkets(from: Table): MarketsAlone {
  const has = (name: string) => Object.hasOwn(from.columns, name);
  if (!has("market_id") || !WORDS.some(has)) {
    throw new TypeError(
      `Cannot read markets as the file must have the columns "market_id" and one of ${
        WORDS.map((name) => `"${name}"`).join(", ")
      }: got ${Object.keys(from.columns).map((name) => `"${name}"`).join(", ") || "none"}`,
    );
  }
  const { required }: FileContract = CONTRACT["markets.parquet"];
  const absent = Object.keys(required).filter((name) => !has(name));
  const columns: Record<string, Column> = { ...from.columns };
  for (const name of absent) {
    columns[name] = name === "venue"
      ? venueColumn(from)
      : missingColumn(required[name]!, from.nRows);
  }
  const { closes, nEndsUnknown } = soundEnds(columns);
  return { ...parseMarkets(table({ ...columns, closes_at: closes })), absent, nEndsUnknown };
}

/** Scheduled ends, those before the listing missing. */
function soundEnds(
  columns: Readonly<Record<string, Column>>,
): { closes: Column; nEndsUnknown: number } {
  const [closes, created, opens] = ["closes_at", "created_at", "opens_at"].map((name) =>
    columns[name]!
  );
  if (closes!.type !== "timestamp") return { closes: closes!, nEndsUnknown: 0 };
  let nEndsUnknown = 0;
  const values = closes!.values.map((end, row) => {
    const listed = cellAt(created!, row) ?? cellAt(opens!, row);
    if (typeof listed !== "number" || !(end < listed)) return end;
    ++nEndsUnknown;
    return NaN;
  });
  return { closes: { type: "timestamp", values }, nEndsUnknown };
}

/** The venue that each id names; missing where it names none, which the door then refuses. */
function venueColumn(from: Table): Column {
  const { codes, labels } = columnOf(from, "market_id", "string");
  const venues = labels.map((id) => venueOfMarketId(id) ?? null);
  return stringColumn(Array.from(codes, (code) => venues[code] ?? null));
}
