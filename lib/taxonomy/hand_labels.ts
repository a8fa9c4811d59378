import type { Market } from "../core/data_set.ts";
import { venueOfMarketId } from "../core/market_id.ts";
import { cellAt, columnOf, type Table } from "../core/table.ts";

/** A person's table of words, as `config/hand_labels.csv` holds it. */
export interface HandLabels {
  /** Theme by market id: these decide before any phrase. */
  readonly byMarket: ReadonlyMap<string, string>;
  /** In the order of the file. */
  readonly phrases: readonly HandPhrase[];
}

/** Words that give a contract its theme. */
export interface HandPhrase {
  /** Lower-case words between single blanks, with one before and one after them. */
  readonly padded: string;
  readonly theme: string;
}

/**
 * Reads a table of hand labels: `match`, a market id or lower-case words, and `theme`.
 *
 * Kept as crude as such tables are, since it is what the other ways of naming themes are held
 * against: no weights, no context, the first row that fits.
 *
 * @param from As `readCsv` gives it; other columns are not looked at.
 * @param themeIds Ids of the taxonomy.
 * @throws {TypeError} If a column is missing or holds no text.
 * @throws {SyntaxError} If a row lacks a field, has capitals or no letter in its words, repeats a
 *   match or names an unknown theme; row 1 is the first below the header.
 */
export function parseHandLabels(from: Table, themeIds: readonly string[]): HandLabels {
  const matches = columnOf(from, "match", "string"), themes = columnOf(from, "theme", "string");
  const known = new Set(themeIds), seen = new Set<string>();
  const byMarket = new Map<string, string>(), phrases: HandPhrase[] = [];
  for (let row = 0; row < from.nRows; ++row) {
    const match = cellAt(matches, row), theme = cellAt(themes, row);
    if (typeof match !== "string") throw refusal(row, "must have a match", "none");
    if (typeof theme !== "string" || !known.has(theme)) {
      throw refusal(
        row,
        "must have a theme of the taxonomy",
        theme === null ? "none" : `"${theme}"`,
      );
    }
    const isMarket = venueOfMarketId(match) !== undefined;
    const padded = isMarket ? match : paddedWords(match);
    if (!isMarket && (match !== match.toLowerCase() || padded.trim() === "")) {
      throw refusal(row, "must match a market id or lower-case words", `"${match}"`);
    }
    if (seen.has(padded)) throw refusal(row, "must not repeat a match", `"${match}"`);
    seen.add(padded);
    if (isMarket) byMarket.set(match, theme);
    else phrases.push({ padded, theme });
  }
  return { byMarket, phrases };
}

function refusal(row: number, must: string, got: string): SyntaxError {
  return new SyntaxError(
    `Cannot read hand labels as row ${row + 1} ${must}: got ${got}`,
  );
}

/**
 * The theme that the table gives a contract: that of its id, else of the first phrase whose words
 * stand side by side in its question and its event's title; `null` where none does.
 *
 * Missing: a contract without question and title has only its id. Cost: O(phrases · characters).
 */
export function handTheme(
  { marketId, question, eventTitle }: Pick<Market, "marketId" | "question" | "eventTitle">,
  { byMarket, phrases }: HandLabels,
): string | null {
  const own = byMarket.get(marketId);
  if (own !== undefined) return own;
  // a stop between the two, which no phrase crosses
  const text = `${paddedWords(question ?? "")}|${paddedWords(eventTitle ?? "")}`;
  return phrases.find(({ padded }) => text.includes(padded))?.theme ?? null;
}

/** The words of a text in lower case, without accents and signs: `" will s p 500 rise "`. */
function paddedWords(text: string): string {
  const plain = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return ` ${plain.replace(/[^\p{L}\p{N}]+/gu, " ").trim()} `;
}
