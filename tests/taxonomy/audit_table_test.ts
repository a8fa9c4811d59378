import assert from "node:assert/strict";
import { cellAt, type Table } from "lib/core/table.ts";
import type { AuditEntry } from "lib/taxonomy/audit_sheet.ts";
import { auditTable } from "lib/taxonomy/audit_table.ts";

function rows({ columns, nRows }: Table): unknown[][] {
  return Array.from(
    { length: nRows },
    (_, row) => Object.values(columns).map((column) => cellAt(column, row)),
  );
}

Deno.test("auditTable() has the entries in their order, texts as they are", () => {
  const entry: AuditEntry = {
    ...{ sheet: "audit_50", marketId: "poly:2", eventId: "e", title: "a\n b", ruleText: "r" },
    ...{ theme: "fed", secondaryTheme: null, confidence: 0.5, reasoning: "why" },
    classifier: "lexical 1",
  };
  const found = auditTable([entry, { ...entry, sheet: "edge_unsure", secondaryTheme: "crypto" }]);
  assert.deepEqual(Object.entries(found.columns).map(([name, { type }]) => `${name} ${type}`), [
    ...["sheet string", "market_id string", "event_id string", "title string", "theme string"],
    ...["secondary_theme string", "confidence number", "reasoning string", "classifier string"],
  ]);
  assert.deepEqual(rows(found), [
    ["audit_50", "poly:2", "e", "a\n b", "fed", null, 0.5, "why", "lexical 1"],
    ["edge_unsure", "poly:2", "e", "a\n b", "fed", "crypto", 0.5, "why", "lexical 1"],
  ]);
});
