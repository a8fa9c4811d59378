import type { Table } from "../core/table.ts";
import { type AuditAccuracy, auditAccuracy } from "./audit_accuracy.ts";
import { isRandomSheet, themeSizes } from "./audit_entries.ts";
import { type CurrentTheme, currentVerdicts } from "./current_verdicts.ts";
import { type AuditVerdict, type ParsedVerdicts, parseVerdicts } from "./audit_verdicts.ts";

/** What came back of the audit sheets and of the review desk. */
export interface AuditStudy {
  /** By verdicts on the classifier of today; `null` where no random sheet holds one. */
  readonly accuracy: AuditAccuracy | null;
  /**
   * Today's themes by verdicts on an earlier version, which may have made them: in-sample, and no
   * evidence for other contracts. `null` where there is none.
   */
  readonly earlier: AuditAccuracy | null;
  /** Verdicts behind `earlier`. */
  readonly nEarlier: number;
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

/** A contract as it is classified today. */
export interface AuditItem extends CurrentTheme {
  readonly marketId: string;
  readonly eventId: string;
}

/**
 * Accuracy of today's themes by words, by the verdicts that people filled in.
 *
 * What a reviewer signed stands in place of the same reviewer's verdicts on the same contract in sheets of
 * the same sort, random or edge cases.
 *
 * @param sheets Filled sheets with their names.
 * @param items Every contract with its event, and its theme by words of today with who gave it.
 * @param themes Ids of all themes.
 * @param options.signed Verdicts that people signed on the desk; none by default.
 * @throws {TypeError} If a sheet lacks a column or it holds no text; the message names the sheet.
 */
export function auditStudy(
  sheets: readonly { readonly file: string; readonly table: Table }[],
  items: readonly AuditItem[],
  themes: readonly string[],
  { signed = [] }: { readonly signed?: readonly AuditVerdict[] } = {},
): AuditStudy {
  const parsed = sheets.map(({ file, table }) => ({
    file,
    ...verdictsOf(table, { file, themes }),
  }));
  const isSigned = new Set(signed.map(judgement));
  const verdicts = [
    ...parsed.flatMap((one) => one.verdicts).filter((one) => !isSigned.has(judgement(one))),
    ...signed,
  ];
  const today = new Map(items.map((item) => [item.marketId, item]));
  const { verdicts: random, earlier, nOutdated } = currentVerdicts(
    verdicts.filter(({ sheet }) => isRandomSheet(sheet)),
    today,
  );
  const accuracyBy = (list: readonly AuditVerdict[]) =>
    list.length === 0 ? null : auditAccuracy(list, themeSizes(items));
  return {
    ...{ accuracy: accuracyBy(random), earlier: accuracyBy(earlier), nEarlier: earlier.length },
    ...{ nVerdicts: verdicts.length, nOutdated },
    nOpen: parsed.reduce((sum, { nOpen }) => sum + nOpen, 0),
    rejected: parsed.flatMap(({ file, rejected }) =>
      rejected.map(({ row, reason }) => ({ file, row, reason }))
    ),
  };
}

/** Who judged which contract, for which sort of sheet. */
function judgement({ sheet, marketId, reviewer }: AuditVerdict): string {
  return JSON.stringify([isRandomSheet(sheet), marketId, reviewer]);
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
