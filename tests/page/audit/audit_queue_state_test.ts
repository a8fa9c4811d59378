import assert from "node:assert/strict";
import { auditCases, sheetName } from "lib/page/audit/audit_index.ts";
import { auditSubjectId } from "lib/page/audit/audit_progress.ts";
import { isOpen, nextOpen, queueItems } from "lib/page/audit/audit_queue_state.ts";
import { orderKey } from "lib/page/audit/audit_signing.ts";
import { pickable } from "lib/page/audit/audit_theme_picker.tsx";
import { isFoldable, ruleLines } from "lib/page/audit/audit_text.tsx";
import { UNCATEGORIZED } from "lib/taxonomy/themes.ts";
import type { AuditSheetEntry, AuditView } from "lib/desk/audit_view.ts";
import type { StandingSubject } from "lib/review/standing_subject.ts";

const THEMES = [
  { id: "us_elections", name: "US Elections", hue: "blue" },
  { id: "crypto_digital", name: "Crypto & Digital Assets", hue: "ochre" },
  { id: "sports", name: "Sports", hue: "magenta" },
];

function entry(marketId: string, sheet = "audit_50"): AuditSheetEntry {
  return {
    ...{ sheet, marketId, eventId: `event of ${marketId}`, title: `title of ${marketId}` },
    ...{ theme: "sports", secondaryTheme: null, confidence: 0.9, reasoning: "", classifier: "c 1" },
  };
}

function subject(one: AuditSheetEntry, by: string | null): StandingSubject {
  const about = { kind: "audit", title: one.title, seen: "0".repeat(64) } as const;
  const id = auditSubjectId(one);
  return {
    ...{ ...about, id, isRequired: true, nDecisions: 0 },
    standing: by === null ? "waiting" : "signed",
    decision: by === null ? null : {
      ...{ ...about, subject: id, verdict: "approve", value: {}, comment: "", by, number: 1 },
      ...{ source: "s", asOf: "2026-01-01", at: "2026-01-02T00:00:00.000Z" },
    },
  };
}

const ENTRIES = ["a", "b", "c", "d"].map((id) => entry(id));

function queue(by: Readonly<Record<string, string | null>>, storing: string[] = []) {
  const subjects = new Map(
    ENTRIES.filter(({ marketId }) => marketId in by)
      .map((one) => [auditSubjectId(one), subject(one, by[one.marketId]!)]),
  );
  const pending = new Map(
    [...subjects.values()].filter(({ id }) => storing.some((one) => id.endsWith(` ${one}`))).map(
      (one) => [
        orderKey(one),
        { subject: one, verdict: "relabel", value: { rightTheme: "sports" }, comment: "" } as const,
      ],
    ),
  );
  return queueItems(ENTRIES, {
    find: (_, id) => subjects.get(id),
    signing: { pending, me: "Ada" },
  });
}

Deno.test("queueItems() tells one's own verdict from another person's", () => {
  const items = queue({ a: "Ada", b: "Grace", c: null });
  assert.deepEqual(items.map(isOpen), [false, false, true, true]);
  assert.deepEqual(items.map(({ isByOther }) => isByOther), [false, true, false, false]);
  assert.equal(items[0]!.judgement!.verdict, "right");
  assert.equal(items[3]!.subject, null);
});

Deno.test("queueItems() takes a verdict that is being stored for judged already", () => {
  const items = queue({ a: null, b: null }, ["a"]);
  assert.deepEqual(items.map(isOpen), [false, true, true, true]);
  assert.equal(items[0]!.underway!.verdict, "wrong");
  assert.equal(items[0]!.underway!.rightTheme, "sports");
});

Deno.test("nextOpen() goes forward, then on from the start, and stays where none is open", () => {
  const items = queue({ a: null, b: "Ada", c: "Ada", d: null });
  assert.equal(nextOpen(items, 0), 3);
  assert.equal(nextOpen(items, 3), 0);
  const done = queue({ a: "Ada", b: "Ada", c: "Ada", d: "Ada" });
  assert.equal(nextOpen(done, 2), 2);
  assert.equal(nextOpen([], 0), 0);
});

Deno.test("pickable() filters by parts of names in any order and leaves the claimed theme out", () => {
  const pick = (typed: string, left: string | null = null) =>
    pickable(THEMES, { left, canDoubt: true, typed });
  assert.deepEqual(pick(""), ["us_elections", "crypto_digital", "sports", UNCATEGORIZED, null]);
  assert.deepEqual(pick("assets cryp"), ["crypto_digital"]);
  assert.deepEqual(pick("none"), [UNCATEGORIZED]);
  assert.deepEqual(pick("cannot"), [null]);
  assert.deepEqual(pick("sport", "sports"), []);
  assert.deepEqual(pick("no such theme"), []);
  assert.ok(!pickable(THEMES, { left: null, canDoubt: false, typed: "" }).includes(null));
});

Deno.test("auditCases() lists disagreements first and an event once", () => {
  const disagreement = {
    ...{ priority: 3, marketId: "x", eventId: "event of b", title: "t" },
    ...{ clusterShare: 0.5, themeQ: 0.01 },
  };
  const view = {
    disagreements: [disagreement],
    entries: [entry("a"), entry("b", "edge_unsure"), entry("c", "edge_unsure")],
  } as unknown as AuditView;
  assert.deepEqual(auditCases(view).map(({ marketId, why }) => [marketId, why]), [
    ["x", "An untrusted cluster contradicts sure words"],
    ["c", "Edge cases: unsure words"],
  ]);
});

Deno.test("sheetName() names the sheets, and an unknown one by its id", () => {
  assert.equal(sheetName("audit_100"), "100 drawn at random");
  assert.equal(sheetName("edge_two_themes"), "Edge cases: two themes");
  assert.equal(sheetName("mine"), "mine");
});

Deno.test("ruleLines() keeps lines and takes out marks that reorder or hide text", () => {
  assert.deepEqual(ruleLines("one\r\ntwo \u202Eeerht\u202C\n\n\u200Fשלום"), [
    "one",
    "two eerht",
    "",
    "שלום",
  ]);
});

Deno.test("isFoldable() folds long texts and those of many lines", () => {
  assert.equal(isFoldable("short"), false);
  assert.equal(isFoldable("x".repeat(1101)), true);
  assert.equal(isFoldable("x\n".repeat(13)), true);
});
