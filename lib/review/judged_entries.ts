import type { AuditEntry } from "../taxonomy/audit_sheet.ts";
import { auditId } from "./audit_subjects.ts";
import type { Decision } from "./decision.ts";

/**
 * Contracts that a person judged on a sheet which no longer holds them, as they would stand on it today;
 * by sheet, then contract.
 *
 * A sheet is drawn anew from every run's contracts. A verdict speaks of the contract's theme, and that
 * the contract was not drawn again is no reason to drop the correction. What is no longer listed is left
 * out.
 *
 * @param entries Today's sheets.
 * @param candidates Every contract that may come on a sheet.
 */
export function judgedEntries(
  inForce: readonly Decision[],
  { entries, candidates }: {
    readonly entries: readonly AuditEntry[];
    readonly candidates: readonly Omit<AuditEntry, "sheet">[];
  },
): AuditEntry[] {
  const drawn = new Set(entries.map(auditId));
  const byId = new Map(candidates.map((one) => [one.marketId, one]));
  return inForce.filter(({ kind, subject }) => kind === "audit" && !drawn.has(subject))
    .flatMap(({ value }): AuditEntry[] => {
      const candidate = byId.get(String(value.marketId));
      return candidate === undefined ? [] : [{ ...candidate, sheet: String(value.sheet) }];
    })
    .sort((a, b) => byText(a.sheet, b.sheet) || byText(a.marketId, b.marketId));
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
