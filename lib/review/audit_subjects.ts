import type { AuditEntry } from "../taxonomy/audit_sheet.ts";
import { seenHash, type Subject } from "./subject.ts";
import { subjectTitle } from "./subject_title.ts";

/** The sheet that the review waits for: the larger ones hold mostly the same contracts. */
const REQUIRED_SHEET = "audit_50";

/** Id of a contract on an audit sheet as a subject. */
export function auditId({ sheet, marketId }: Pick<AuditEntry, "sheet" | "marketId">): string {
  return `${sheet} | ${marketId}`;
}

/**
 * Whether the classifier's theme of each contract on an audit sheet is right, in the order of the
 * sheets; a person is waited for on the smallest random sheet.
 *
 * Seen: title, rule text, and the whole answer of the classifier. The sheets must be drawn from the
 * classifier's own answers and from what prices say of those: with people's themes in their place a
 * contract would leave the sheet by being judged, and its verdict with it.
 *
 * @param options.required The sheet that the review waits for; `null` for none.
 */
export function auditSubjects(
  entries: readonly AuditEntry[],
  { required = REQUIRED_SHEET }: { readonly required?: string | null } = {},
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
