import assert from "node:assert/strict";
import fc from "fast-check";
import { stringColumn, type Table, table } from "lib/core/table.ts";
import { parseVerdicts } from "lib/taxonomy/audit_verdicts.ts";

type SheetRow = Readonly<Record<string, string | null | undefined>>;

const NAMES = ["sheet", "market_id", "theme", "verdict", "right_theme", "reviewer", "note"];

/** The rows as a table of texts; an absent cell is missing. */
function sheet(rows: readonly SheetRow[], names = NAMES): Table {
  return table(Object.fromEntries(
    names.map((name) => [name, stringColumn(rows.map((row) => row[name] ?? null))]),
  ));
}

const THEMES = { themes: ["fed", "crypto"] };
const ROW: SheetRow = {
  ...{ sheet: "audit_50", market_id: "poly:1", theme: "fed", verdict: "right" },
  ...{ right_theme: null, reviewer: "Ana", note: "" },
};

/** The reason for which a row is refused. */
function refusal(changes: SheetRow): string {
  const { verdicts, rejected, nOpen } = parseVerdicts(sheet([{ ...ROW, ...changes }]), THEMES);
  assert.deepEqual([verdicts.length, rejected.length, nOpen], [0, 1, 0]);
  assert.equal(rejected[0]!.row, 1);
  return rejected[0]!.reason;
}

Deno.test("parseVerdicts() misses neither the notes nor the version that a person deleted", () => {
  const names = ["sheet", "market_id", "theme", "verdict", "right_theme", "reviewer"];
  const row = ["audit_50", "poly:1", "fed", "right", null, "Ana"];
  const from = table(
    Object.fromEntries(names.map((name, k) => [name, stringColumn([row[k] ?? null])])),
  );
  const { verdicts, rejected } = parseVerdicts(from, { themes: ["fed"] });
  assert.deepEqual([verdicts.length, rejected], [1, []]);
  assert.deepEqual([verdicts[0]!.note, verdicts[0]!.classifier], [null, null]);
});

Deno.test("parseVerdicts() reads verdicts as people write them", () => {
  const { verdicts, nOpen, rejected } = parseVerdicts(
    sheet([
      ROW,
      {
        ...ROW,
        market_id: "poly:2",
        verdict: " WRONG ",
        right_theme: "Crypto",
        note: " see title ",
      },
      { ...ROW, market_id: "poly:3", verdict: "Unsure", right_theme: "crypto" },
      { ...ROW, market_id: "poly:4", verdict: "wrong", theme: "uncategorized" },
      { ...ROW, market_id: "poly:5", verdict: "right", right_theme: "fed" },
      { ...ROW, market_id: "poly:6", verdict: "  " },
      { market_id: "poly:7" },
    ]),
    THEMES,
  );
  const known = {
    ...{ sheet: "audit_50", theme: "fed", reviewer: "Ana", note: null, rightTheme: null },
    classifier: null,
  };
  assert.deepEqual(verdicts, [
    { ...known, marketId: "poly:1", verdict: "right" },
    { ...known, marketId: "poly:2", verdict: "wrong", rightTheme: "crypto", note: "see title" },
    { ...known, marketId: "poly:3", verdict: "unsure" },
    { ...known, marketId: "poly:4", verdict: "wrong", theme: "uncategorized" },
    { ...known, marketId: "poly:5", verdict: "right" },
  ]);
  assert.deepEqual([nOpen, rejected], [2, []]);
});

Deno.test("parseVerdicts() rejects what it would have to guess, with the reason", () => {
  assert.equal(refusal({ verdict: "yes" }), 'verdict must be right, wrong or unsure, not "yes"');
  assert.equal(refusal({ sheet: null }), "no sheet");
  assert.equal(refusal({ market_id: " " }), "no market_id");
  assert.equal(refusal({ theme: undefined }), "no theme");
  assert.equal(refusal({ reviewer: "" }), "no reviewer");
  assert.equal(refusal({ theme: "feds" }), 'no theme "feds" in the taxonomy');
  assert.equal(
    refusal({ verdict: "wrong", right_theme: "feds" }),
    'no theme "feds" in the taxonomy',
  );
  assert.equal(
    refusal({ verdict: "wrong", right_theme: "fed" }),
    'wrong, yet "fed" as the right theme',
  );
  assert.equal(refusal({ right_theme: "crypto" }), 'right, yet "crypto" as the right theme');
});

Deno.test("parseVerdicts() takes a reviewer's first verdict on a contract, and each reviewer's", () => {
  const { verdicts, rejected } = parseVerdicts(
    sheet([
      ROW,
      { ...ROW, verdict: "wrong" },
      { ...ROW, reviewer: "Ben" },
      { ...ROW, sheet: "audit_100" },
    ]),
    THEMES,
  );
  assert.equal(verdicts.length, 3);
  assert.deepEqual(rejected, [{
    ...{ row: 2, marketId: "poly:1" },
    reason: "a second verdict of Ana on the same contract",
  }]);
});

Deno.test("parseVerdicts() accounts for every row whatever it holds", () => {
  const cell = fc.oneof(
    fc.constantFrom(null, undefined, "", "right", "wrong", "unsure", "fed", "crypto", "poly:1"),
    fc.string(),
  );
  const row = fc.record(Object.fromEntries(NAMES.map((name) => [name, cell])));
  fc.assert(
    fc.property(fc.array(row), (rows) => {
      const { verdicts, nOpen, rejected } = parseVerdicts(sheet(rows), THEMES);
      assert.equal(verdicts.length + nOpen + rejected.length, rows.length);
      for (const { theme } of verdicts) {
        assert.ok(["fed", "crypto", "uncategorized"].includes(theme));
      }
    }),
    { seed: 7, numRuns: 300 },
  );
});

Deno.test("parseVerdicts() refuses a table without its columns, and looks at no other", () => {
  assert.throws(() => parseVerdicts(sheet([ROW], NAMES.slice(1)), THEMES), {
    name: "TypeError",
    message: 'Cannot read column "sheet" as it must be of type string: got none, the table has ' +
      "market_id, theme, verdict, right_theme, reviewer, note",
  });
  const more = sheet([{ ...ROW, title: "x" }], ["title", ...NAMES]);
  assert.equal(parseVerdicts(more, THEMES).verdicts.length, 1);
});

Deno.test("parseVerdicts() reads which classifier was judged, where the sheet says so", () => {
  const rows = [{ ...ROW, classifier: " lexical 1 " }, { ...ROW, market_id: "poly:2" }];
  const { verdicts } = parseVerdicts(sheet(rows, [...NAMES, "classifier"]), THEMES);
  assert.deepEqual(verdicts.map(({ classifier }) => classifier), ["lexical 1", null]);
});
