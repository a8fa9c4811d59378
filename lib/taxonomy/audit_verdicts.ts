import { cellAt, columnOf, type Table } from "../core/table.ts";
import { UNCATEGORIZED } from "./themes.ts";

/** A person's verdict on the theme of one contract. */
export interface AuditVerdict {
  readonly sheet: string;
  readonly marketId: string;
  /** The theme that was judged. */
  readonly theme: string;
  readonly verdict: "right" | "wrong" | "unsure";
  /** Where it belongs instead; `null` where right, unsure or not said. */
  readonly rightTheme: string | null;
  readonly reviewer: string;
  readonly note: string | null;
  /** The classifier that gave the theme, with its version; `null` where the sheet does not say. */
  readonly classifier: string | null;
}

/** The content of a filled-in sheet. */
export interface ParsedVerdicts {
  readonly verdicts: readonly AuditVerdict[];
  /** Rows whose verdict is still empty. */
  readonly nOpen: number;
  /** Rows that cannot be used. */
  readonly rejected: readonly RejectedVerdict[];
}

/** A row that cannot be used, and why. */
export interface RejectedVerdict {
  /** 1 is the first row below the header. */
  readonly row: number;
  readonly marketId: string | null;
  readonly reason: string;
}

const COLUMNS = ["sheet", "market_id", "theme", "verdict", "right_theme", "reviewer"] as const;
/** What a person may have deleted without loss. */
const OPTIONAL = ["note", "classifier"] as const;

/** One row of a sheet without the blanks around its cells; an empty cell is `null`. */
type SheetRow = Readonly<Record<string, string | null>>;

/**
 * Reads the rows of filled-in audit sheets, as `readCsv` gives them.
 *
 * A verdict is `right`, `wrong` or `unsure` in any case; a row without one is still open. Rejected
 * are rows with another word, without market, sheet or reviewer, with a theme that the taxonomy
 * does not have, a right theme that contradicts the verdict, and a reviewer's second verdict on a
 * contract of the same sheet. Nothing is guessed.
 *
 * @param from Columns sheet, market_id, theme, verdict, right_theme and reviewer, all text, and note and
 *   classifier where there are any; others are not looked at.
 * @param options.themes Ids of the taxonomy; `UNCATEGORIZED` is always known.
 * @throws {TypeError} If a column is missing or holds no text.
 */
export function parseVerdicts(
  from: Table,
  { themes }: { readonly themes: readonly string[] },
): ParsedVerdicts {
  const known = new Set([...themes, UNCATEGORIZED]);
  const names = [...COLUMNS, ...OPTIONAL.filter((name) => from.columns[name] !== undefined)];
  const columns = names.map((name) => [name, columnOf(from, name, "string")] as const);
  const verdicts: AuditVerdict[] = [], rejected: RejectedVerdict[] = [];
  const seen = new Set<string>();
  let nOpen = 0;
  for (let row = 0; row < from.nRows; ++row) {
    const cells: SheetRow = Object.fromEntries(
      columns.map(([name, column]) => [name, String(cellAt(column, row) ?? "").trim() || null]),
    );
    if (cells.verdict === null) {
      ++nOpen;
      continue;
    }
    const read = verdictOf(cells, known);
    const key = typeof read === "string"
      ? null
      : JSON.stringify([read.sheet, read.marketId, read.reviewer]);
    const reason = typeof read === "string"
      ? read
      : seen.has(key!)
      ? `a second verdict of ${read.reviewer} on the same contract`
      : null;
    if (reason === null) verdicts.push(read as AuditVerdict);
    else rejected.push({ row: row + 1, marketId: cells.market_id!, reason });
    if (key !== null) seen.add(key);
  }
  return { verdicts, nOpen, rejected };
}

/** The verdict of a row that has one, or the reason why it cannot be used. */
function verdictOf(cells: SheetRow, known: ReadonlySet<string>): AuditVerdict | string {
  const { sheet, market_id: marketId, theme, reviewer, note, classifier = null } = cells;
  const verdict = cells.verdict!.toLowerCase();
  const rightTheme = cells.right_theme?.toLowerCase() ?? null;
  if (verdict !== "right" && verdict !== "wrong" && verdict !== "unsure") {
    return `verdict must be right, wrong or unsure, not "${verdict}"`;
  }
  if (!sheet) return "no sheet";
  if (!marketId) return "no market_id";
  if (!theme) return "no theme";
  if (!reviewer) return "no reviewer";
  for (const one of [theme, rightTheme]) {
    if (one !== null && !known.has(one)) return `no theme "${one}" in the taxonomy`;
  }
  if (verdict === "wrong" && rightTheme === theme) {
    return `wrong, yet "${theme}" as the right theme`;
  }
  if (verdict === "right" && rightTheme !== null && rightTheme !== theme) {
    return `right, yet "${rightTheme}" as the right theme`;
  }
  return {
    ...{ sheet, marketId, theme, verdict, reviewer, note: note ?? null, classifier },
    rightTheme: verdict === "wrong" ? rightTheme : null,
  };
}
