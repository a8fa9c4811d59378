import type { Table } from "../core/table.ts";
import { type AuditAccuracy, auditAccuracy } from "./audit_accuracy.ts";
import { isRandomSheet, themeSizes } from "./audit_entries.ts";
import { currentVerdicts } from "./current_verdicts.ts";
import { type ParsedVerdicts, parseVerdicts } from "./audit_verdicts.ts";

/** What came back of the audit sheets. */
export interface AuditStudy {
  /** `null` where no random sheet holds a verdict. */
  readonly accuracy: AuditAccuracy | null;
  readonly nVerdicts: number;
  /** Verdicts of random sheets that say nothing of today's theme; they are not counted. */
  readonly nOutdated: number;
  /** Rows without a verdict. */
  readonly nOpen: number;
  /** Rows that cannot be used, with the file and the reason. */
  readonly rejected: readonly {
    readonly file: string;
    readonly row: number;
    readonly reason: string;
  }[];
}

/**
 * Accuracy of today's themes by the verdicts that people filled in.
 *
 * @param sheets Filled sheets with their names.
 * @param items Every contract with its event and its theme of today.
 * @param themes Ids of all themes.
 * @throws {TypeError} If a sheet lacks a column or it holds no text; the message names the sheet.
 */
export function auditStudy(
  sheets: readonly { readonly file: string; readonly table: Table }[],
  items: readonly { readonly marketId: string; readonly eventId: string; readonly theme: string }[],
  themes: readonly string[],
): AuditStudy {
  const parsed = sheets.map(({ file, table }) => ({
    file,
    ...verdictsOf(table, { file, themes }),
  }));
  const verdicts = parsed.flatMap((one) => one.verdicts);
  const today = new Map(items.map(({ marketId, theme }) => [marketId, theme]));
  const { verdicts: random, nOutdated } = currentVerdicts(
    verdicts.filter(({ sheet }) => isRandomSheet(sheet)),
    today,
  );
  return {
    accuracy: random.length === 0 ? null : auditAccuracy(random, themeSizes(items)),
    ...{ nVerdicts: verdicts.length, nOutdated },
    nOpen: parsed.reduce((sum, { nOpen }) => sum + nOpen, 0),
    rejected: parsed.flatMap(({ file, rejected }) =>
      rejected.map(({ row, reason }) => ({ file, row, reason }))
    ),
  };
}

function verdictsOf(
  table: Table,
  { file, themes }: { readonly file: string; readonly themes: readonly string[] },
): ParsedVerdicts {
  try {
    return parseVerdicts(table, { themes });
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw new TypeError(`${cause.message} (audit sheet "${file}")`, { cause });
  }
}
