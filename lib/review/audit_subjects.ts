import { isRandomSheet } from "../taxonomy/audit_entries.ts";
import type { AuditEntry } from "../taxonomy/audit_sheet.ts";
import { seenHash, type Subject } from "./subject.ts";
import { subjectTitle } from "./subject_title.ts";

/** Id of a contract on an audit sheet as a subject. */
export function auditId({ sheet, marketId }: Pick<AuditEntry, "sheet" | "marketId">): string {
  return `${sheet} | ${marketId}`;
}

/**
 * Whether the classifier's theme of each contract on an audit sheet is right, in the order of the
 * sheets; a person is waited for on the smallest random sheet, as larger ones hold mostly the same contracts.
 *
 * Seen: title, rule text, and the whole answer of the classifier. The sheets must be drawn from the
 * classifier's own answers and from what prices say of those: with people's themes in their place a
 * contract would leave the sheet by being judged, and its verdict with it.
 *
 * @param options.required The sheet that the review waits for; `null` for none. By default the
 *   smallest of those drawn at random.
 */
export function auditSubjects(
  entries: readonly AuditEntry[],
  { required = smallestSheet(entries) }: { readonly required?: string | null } = {},
): Subject[] {
  return entries.map((entry): Subject => {
    const { sheet, title, ruleText, theme, secondaryTheme, confidence, reasoning } = entry;
    return {
      ...{ kind: "audit", id: auditId(entry), isRequired: sheet === required },
      title: subjectTitle(title),
      seen: seenHash([
        ...[title, ruleText, theme, secondaryTheme],
        ...[Number.isNaN(confidence) ? null : confidence, reasoning, entry.classifier],
      ]),
    };
  });
}

/** Sheets drawn at random are named by their size: `audit_50`. */
function smallestSheet(entries: readonly AuditEntry[]): string | null {
  const sheets = new Set(entries.map(({ sheet }) => sheet).filter(isRandomSheet));
  const sizeOf = (sheet: string) => Number(sheet.slice(sheet.lastIndexOf("_") + 1));
  return [...sheets].sort((a, b) => sizeOf(a) - sizeOf(b))[0] ?? null;
}
