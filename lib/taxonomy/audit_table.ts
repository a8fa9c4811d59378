import { numberColumn, stringColumn, type Table, table } from "../core/table.ts";
import type { AuditEntry } from "./audit_sheet.ts";

/**
 * The checkpoint `04_audit`: the contracts of all audit sheets, in their order: sheet, market_id,
 * event_id, title, theme, secondary_theme, confidence, reasoning, classifier. Rule texts stand in
 * `04_texts`. Texts are untrusted.
 */
export function auditTable(entries: readonly AuditEntry[]): Table {
  return table({
    sheet: stringColumn(entries.map(({ sheet }) => sheet)),
    market_id: stringColumn(entries.map(({ marketId }) => marketId)),
    event_id: stringColumn(entries.map(({ eventId }) => eventId)),
    title: stringColumn(entries.map(({ title }) => title)),
    theme: stringColumn(entries.map(({ theme }) => theme)),
    secondary_theme: stringColumn(entries.map(({ secondaryTheme }) => secondaryTheme)),
    confidence: numberColumn(entries.map(({ confidence }) => confidence)),
    reasoning: stringColumn(entries.map(({ reasoning }) => reasoning)),
    classifier: stringColumn(entries.map(({ classifier }) => classifier)),
  });
}
