import assert from "node:assert/strict";
import { cellAt, columnOf } from "lib/core/table.ts";
import { tableCsv } from "lib/store/csv.ts";
import { parseCsv } from "lib/store/read_csv.ts";
import { type AuditEntry, auditSheet } from "lib/taxonomy/audit_sheet.ts";
import { parseVerdicts } from "lib/taxonomy/audit_verdicts.ts";

const ENTRY: AuditEntry = {
  ...{ sheet: "audit_50", marketId: "poly:1", eventId: "event", title: "Fed\ncuts?" },
  ...{ ruleText: "This market resolves 🙂 if", theme: "fed", secondaryTheme: null },
  ...{ confidence: 0.75, reasoning: "“fed” names the theme", classifier: "lexical 1" },
};

Deno.test("auditSheet() has the columns to read and four empty ones to fill in", () => {
  const found = auditSheet([ENTRY], { ruleCharacters: 500 });
  const cells = Object.entries(found.columns).map(([name, column]) => [name, cellAt(column, 0)]);
  assert.deepEqual(cells, [
    ["sheet", "audit_50"],
    ["market_id", "poly:1"],
    ["title", "Fed cuts?"],
    ["event_id", "event"],
    ["rule_text", "This market resolves 🙂 if"],
    ["theme", "fed"],
    ["secondary_theme", null],
    ["confidence", 0.75],
    ["reasoning", "“fed” names the theme"],
    ["classifier", "lexical 1"],
    ["verdict", null],
    ["right_theme", null],
    ["reviewer", null],
    ["note", null],
  ]);
});

Deno.test("auditSheet() cuts rule texts in whole characters", () => {
  const text = (ruleText: string | null, ruleCharacters: number) =>
    cellAt(auditSheet([{ ...ENTRY, ruleText }], { ruleCharacters }).columns.rule_text!, 0);
  assert.equal(text("resolves 🙂 if", 10), "resolves 🙂…");
  assert.equal(text("resolves 🙂", 10), "resolves 🙂");
  assert.equal(text(" a \r\n\t b ", 3), "a b");
  assert.equal(text(null, 3), null);
});

Deno.test("auditSheet() is no formula to a spreadsheet and comes back as it went", () => {
  const titles = ["=HYPERLINK(1)", "+1", "-1", "@a", "'tis", 'a "b", c', "＝1", "plain"];
  const entries = titles.map((title, i) => ({ ...ENTRY, title, marketId: `poly:${i}` }));
  const csv = tableCsv(auditSheet(entries, { ruleCharacters: 9 }));
  const read = parseCsv(csv, "audit.csv");
  const column = columnOf(read, "title", "string");
  assert.deepEqual(titles.map((_, row) => cellAt(column, row)), titles);
  for (const line of csv.split("\r\n").slice(1, 5)) assert.match(line, /^audit_50,poly:\d,'/);
  assert.deepEqual(parseVerdicts(read, { themes: ["fed"] }), {
    ...{ verdicts: [], nOpen: 8, rejected: [] },
  });
});
