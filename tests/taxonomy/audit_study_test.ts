import assert from "node:assert/strict";
import { stringColumn, type Table, table } from "lib/core/table.ts";
import { auditStudy } from "lib/taxonomy/audit_study.ts";
import type { AuditVerdict } from "lib/taxonomy/audit_verdicts.ts";

const NAMES = [
  ...["sheet", "market_id", "theme", "verdict", "right_theme", "reviewer", "note", "classifier"],
];
const THEMES = ["fed", "crypto", "sports"];
const ITEMS = [
  { marketId: "poly:1", eventId: "a", theme: "fed" },
  { marketId: "poly:2", eventId: "a", theme: "fed" },
  { marketId: "poly:3", eventId: "b", theme: "crypto" },
  { marketId: "poly:4", eventId: "c", theme: "sports" },
].map((item) => ({ ...item, classifier: "lexical 2" }));

/** A filled sheet on today's classifier: sheet, market, theme, verdict and right theme of each row. */
function filled(
  file: string,
  rows: readonly (readonly [string, string, string, string | null, string?])[],
  classifier: string | null = "lexical 2",
): { file: string; table: Table } {
  const cells = rows.map((
    [sheet, market, theme, verdict, right],
  ) => [sheet, market, theme, verdict, right ?? null, "Ana", null, classifier]);
  return {
    file,
    table: table(Object.fromEntries(
      NAMES.map((name, k) => [name, stringColumn(cells.map((row) => row[k]!))]),
    )),
  };
}

Deno.test("auditStudy() counts verdicts of random sheets against the themes of today", () => {
  const study = auditStudy(
    [
      filled("a.csv", [
        ["audit_50", "poly:1", "fed", "right"],
        ["audit_50", "poly:2", "fed", "wrong", "crypto"],
        ["audit_50", "poly:3", "crypto", null],
        // judged as fed, named as crypto, which it is today
        ["audit_50", "poly:3", "fed", "wrong", "crypto"],
        // only called no crypto, and today it is sports
        ["audit_50", "poly:4", "crypto", "wrong"],
      ]),
      filled("b.csv", [
        ["edge_unsure", "poly:4", "sports", "wrong"],
        ["audit_50", "poly:1", "weather", "right"],
      ]),
    ],
    ITEMS,
    THEMES,
  );
  const { accuracy, ...counts } = study;
  assert.deepEqual(counts, {
    ...{ nVerdicts: 5, nOutdated: 1, nOpen: 1, earlier: null, nEarlier: 0 },
    rejected: [{ file: "b.csv", row: 2, reason: 'no theme "weather" in the taxonomy' }],
  });
  assert.deepEqual([accuracy!.overall.nRight, accuracy!.overall.nJudged], [2, 3]);
  assert.deepEqual(
    accuracy!.themes.map(({ theme, nRight, nJudged }) => [theme, nRight, nJudged]),
    [["crypto", 1, 1], ["fed", 1, 2]],
  );
  // events: one of fed, one of crypto, one of sports without a verdict
  assert.ok(Math.abs(accuracy!.weighted.accuracy - (0.5 + 1) / 2) < 1e-12);
  assert.ok(Math.abs(accuracy!.weighted.coveredShare - 2 / 3) < 1e-12);
});

Deno.test("auditStudy() keeps verdicts on another classifier apart, and those that name none", () => {
  const sheets = [
    filled("a.csv", [["audit_50", "poly:1", "fed", "right"]]),
    filled("b.csv", [["audit_50", "poly:3", "crypto", "wrong"]], "lexical 1"),
    filled("c.csv", [["audit_50", "poly:4", "sports", "right"]], null),
  ];
  const { accuracy, earlier, ...counts } = auditStudy(sheets, ITEMS, THEMES);
  assert.deepEqual(counts, { nEarlier: 2, nVerdicts: 3, nOutdated: 0, nOpen: 0, rejected: [] });
  assert.deepEqual([accuracy!.overall.nRight, accuracy!.overall.nJudged], [1, 1]);
  assert.deepEqual([earlier!.overall.nRight, earlier!.overall.nJudged], [1, 2]);
});

Deno.test("auditStudy() minds not the order of the sheets", () => {
  const sheets = [
    filled("a.csv", [["audit_50", "poly:1", "fed", "right"]]),
    filled("b.csv", [["audit_100", "poly:3", "crypto", "wrong"]]),
  ];
  assert.deepEqual(
    auditStudy([...sheets].reverse(), ITEMS, THEMES),
    auditStudy(sheets, ITEMS, THEMES),
  );
});

Deno.test("auditStudy() has no accuracy without a random verdict that counts today", () => {
  const nothing = {
    ...{ accuracy: null, earlier: null, nEarlier: 0, nVerdicts: 0, nOutdated: 0, nOpen: 0 },
    rejected: [],
  };
  assert.deepEqual(auditStudy([], ITEMS, THEMES), nothing);
  assert.deepEqual(auditStudy([filled("a.csv", [])], ITEMS, THEMES), nothing);
  const edge = [filled("a.csv", [["edge_unsure", "poly:1", "fed", "right"]])];
  assert.deepEqual(auditStudy(edge, ITEMS, THEMES), { ...nothing, nVerdicts: 1 });
  const gone = [filled("a.csv", [["audit_50", "poly:9", "fed", "right"]])];
  assert.deepEqual(auditStudy(gone, ITEMS, THEMES), { ...nothing, nVerdicts: 1, nOutdated: 1 });
});

Deno.test("auditStudy() names the sheet that is none", () => {
  const broken = { file: "notes.csv", table: table({ sheet: stringColumn(["audit_50"]) }) };
  assert.throws(() => auditStudy([filled("a.csv", []), broken], ITEMS, THEMES), {
    name: "TypeError",
    message: /^Cannot read column "market_id" .* \(audit sheet "notes\.csv"\)$/,
  });
});

/** A verdict that was signed on the desk. */
function signedVerdict(part: Partial<AuditVerdict> = {}): AuditVerdict {
  return {
    ...{ sheet: "audit_50", marketId: "poly:1", theme: "fed", verdict: "wrong", note: null },
    ...{ rightTheme: null, reviewer: "Ana", classifier: "lexical 2" },
    ...part,
  };
}

Deno.test("auditStudy() counts what was signed beside the sheets, and once what is in both", () => {
  const sheets = [
    filled("a.csv", [
      ["audit_50", "poly:1", "fed", "right"],
      ["audit_50", "poly:3", "crypto", "right"],
      ["edge_unsure", "poly:1", "fed", "right"],
    ]),
  ];
  const judged = (signed: readonly AuditVerdict[], from = sheets) => {
    const { accuracy, nVerdicts } = auditStudy(from, ITEMS, THEMES, { signed });
    return [nVerdicts, accuracy?.overall.nRight, accuracy?.overall.nJudged, accuracy?.nSplit];
  };
  assert.deepEqual(judged([]), [3, 2, 2, 0]);
  // the decision wins over the sheet, of any random sheet, and leaves the sheet of edge cases
  assert.deepEqual(judged([signedVerdict()]), [3, 1, 2, 0]);
  assert.deepEqual(judged([signedVerdict({ sheet: "audit_100" })]), [3, 1, 2, 0]);
  assert.deepEqual(judged([signedVerdict({ sheet: "edge_unsure" })]), [3, 2, 2, 0]);
  // another person's word is one more
  assert.deepEqual(judged([signedVerdict({ reviewer: "Ben" })]), [4, 1, 2, 1]);
  assert.deepEqual(judged([signedVerdict({ marketId: "poly:4", theme: "sports" })]), [4, 2, 3, 0]);
  assert.deepEqual(judged([signedVerdict()], []), [1, 0, 1, 0]);
});
