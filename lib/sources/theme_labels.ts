import { basename, join } from "node:path";
import type { DataSet, Market } from "../core/data_set.ts";
import { cellAt, type Table } from "../core/table.ts";
import { readParquet } from "../store/parquet.ts";
import { inProject } from "../store/project_root.ts";
import { LABELS_FILE } from "./local/contract.ts";
import { universeFolder } from "./universe_source.ts";

/** Markets with the theme that somebody else gave them, to hold a classifier against. */
export interface ThemeLabels {
  /** Who labelled, for a reader: "planted themes" or the file's name. */
  readonly origin: string;
  readonly markets: readonly Market[];
  /** Name of the theme of each market in the labeller's own taxonomy. Untrusted. */
  readonly themes: readonly string[];
  /** Rows that could not be used, with the reason. */
  readonly rejected: readonly { readonly row: number; readonly reason: string }[];
}

/**
 * Labels for the markets of a universe: the file that `labels` names, else the one in the folder
 * of the source; `null` where there is neither.
 *
 * A file has the column `theme` and either `market_id`, which names markets of the universe, or
 * `question`, with `event_slug` and `end_date` (ISO text) where known: then each row is a market by
 * itself, of this universe or not.
 *
 * Missing: a row without a theme, without words, or of a market that the universe lacks is rejected.
 *
 * @throws {Error} If a named file cannot be read.
 * @throws {TypeError} If it lacks the columns.
 */
export async function readThemeLabels(
  { source, out, labels }: {
    readonly source: string;
    readonly out: string;
    readonly labels: string;
  },
  universe: Pick<DataSet, "markets">,
): Promise<ThemeLabels | null> {
  const { folder, origin } = await universeFolder(source, out);
  const path = labels === "" ? join(folder, LABELS_FILE) : inProject(labels);
  if (labels === "" && !await isFile(path)) return null;
  const planted = labels === "" && origin.kind === "simulated";
  const name = planted ? `planted themes of the ${origin.label}` : `labels of ${basename(path)}`;
  return parseThemeLabels(await readParquet(path), { markets: universe.markets, origin: name });
}

/** The labels of a table; see {@link readThemeLabels}. */
export function parseThemeLabels(
  from: Table,
  { markets, origin }: { readonly markets: readonly Market[]; readonly origin: string },
): ThemeLabels {
  const has = (name: string) => from.columns[name]?.type === "string";
  if (!has("theme") || !(has("market_id") || has("question"))) {
    throw new TypeError(
      `Cannot read labels as they must have the text columns "theme" and "market_id" or "question": got ${
        Object.entries(from.columns).map(([name, { type }]) => `"${name}" (${type})`).join(", ")
      }`,
    );
  }
  const text = (name: string, row: number) =>
    has(name) ? cellAt(from.columns[name]!, row) as string | null : null;
  const byId = new Map(markets.map((market) => [market.marketId, market]));
  const found: Market[] = [], themes: string[] = [];
  const rejected: { row: number; reason: string }[] = [];
  for (let row = 0; row < from.nRows; ++row) {
    const theme = text("theme", row), id = text("market_id", row);
    const question = text("question", row);
    const market = has("market_id")
      ? byId.get(id ?? "")
      : question === null
      ? undefined
      : labelledMarket(row, question, text("event_slug", row), text("end_date", row));
    if (theme === null || theme.trim() === "") {
      rejected.push({ row, reason: "theme is missing" });
    } else if (market === undefined) {
      const reason = has("market_id") ? "market is not in the universe" : "question is missing";
      rejected.push({ row, reason });
    } else {
      found.push(market);
      themes.push(theme.trim());
    }
  }
  return { origin, markets: found, themes, rejected };
}

/** A market of which nothing is known but its words and its scheduled end. */
function labelledMarket(
  row: number,
  question: string,
  eventSlug: string | null,
  endDate: string | null,
): Market {
  const endMs = endDate === null ? NaN : Date.parse(endDate);
  return {
    ...{ marketId: `poly:label-${row}`, venue: "polymarket", question, eventSlug },
    ...{ description: null, slug: null, eventId: null, eventTitle: null, outcome: null },
    ...{ groupItemTitle: null, negRisk: null, createdAtMs: null, opensAtMs: null },
    ...{ closesAtMs: Number.isNaN(endMs) ? null : endMs, conditionId: null, tokenId: null },
  };
}

async function isFile(path: string): Promise<boolean> {
  return await Deno.stat(path).then((found) => found.isFile, () => false);
}
