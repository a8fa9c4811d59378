import assert from "node:assert/strict";
import {
  type AuditCandidate,
  auditEntries,
  isRandomSheet,
  themeSizes,
} from "lib/taxonomy/audit_entries.ts";

const OPTIONS = { sizes: [5, 10], edgeSize: 4, minConfidence: 0.5, seed: 7 };

function candidate(i: number): AuditCandidate {
  return {
    ...{ marketId: `poly:${i}`, eventId: `event ${i >> 1}`, title: `title ${i}`, ruleText: null },
    ...{ theme: i < 30 ? "sports" : "fed", secondaryTheme: i === 3 ? "fed" : null },
    ...{
      confidence: 0.5 + i / 100,
      reasoning: "a term",
      isContradicted: i === 8,
      classifier: "made 1",
    },
  };
}

const ITEMS = Array.from({ length: 40 }, (_, i) => candidate(i));

Deno.test("auditEntries() makes a sheet for each size and for each kind of edge case", () => {
  const found = auditEntries(ITEMS, OPTIONS);
  const sheets = Map.groupBy(found, ({ sheet }) => sheet);
  assert.deepEqual([...sheets].map(([sheet, list]) => [sheet, list.length]), [
    ["audit_5", 5],
    ["audit_10", 10],
    ["edge_contradicted", 1],
    ["edge_two_themes", 1],
    ["edge_unsure", 2],
  ]);
  assert.equal(sheets.get("edge_contradicted")![0]!.marketId, "poly:8");
  const fed = sheets.get("audit_10")!.filter(({ theme }) => theme === "fed");
  assert.ok(fed.length === 2 || fed.length === 3);
  assert.deepEqual(auditEntries(ITEMS.toReversed(), OPTIONS), found);
});

Deno.test("isRandomSheet() tells samples from edge cases", () => {
  const sheets = auditEntries(ITEMS, OPTIONS).map(({ sheet }) => sheet);
  assert.deepEqual([...new Set(sheets.filter(isRandomSheet))], ["audit_5", "audit_10"]);
  assert.equal(isRandomSheet("my audit_5"), false);
});

Deno.test("themeSizes() counts events and not contracts", () => {
  assert.deepEqual([...themeSizes(ITEMS)], [["sports", 15], ["fed", 5]]);
  assert.equal(themeSizes([]).size, 0);
});
