import assert from "node:assert/strict";
import { type Decision, SUBJECT_KINDS, type SubjectKind } from "lib/review/decision.ts";
import type { StandingSubject, SubjectStanding } from "lib/review/standing_subject.ts";
import { hashOfKind, NOTEBOOKS, tabOfHash } from "lib/page/desk_tabs.ts";
import { paperColour } from "lib/page/figure/paper_colour.ts";
import { recentDecisions, reviewSummary } from "lib/page/review_summary.ts";

function subject(
  kind: SubjectKind,
  id: string,
  standing: SubjectStanding,
  decision: Decision | null = null,
): StandingSubject {
  return { kind, id, standing, decision, nDecisions: 0, seen: "", title: id, isRequired: true };
}

function decision(kind: SubjectKind, id: string, at: string): Decision {
  return { kind, subject: id, at } as Decision;
}

Deno.test("NOTEBOOKS asks every kind once", () => {
  assert.deepEqual(NOTEBOOKS.flatMap(({ kinds }) => kinds).sort(), [...SUBJECT_KINDS].sort());
});

Deno.test("reviewSummary() counts subjects by notebook and standing, stale ones open first", () => {
  const subjects = [
    subject("cluster", "b", "waiting"),
    subject("cut", "ward", "stale"),
    subject("cluster", "c", "signed"),
    subject("twin", "t", "flagged"),
    subject("side", "s", "idle"),
  ];
  const [clusters, words, baskets] = reviewSummary({
    subjects,
    outdated: ["04_classification_comparison"],
    nQuiet: 40,
  });
  assert.deepEqual(clusters!.counts, { waiting: 1, stale: 1, flagged: 0, signed: 1, idle: 0 });
  assert.deepEqual(clusters!.open.map(({ id }) => id), ["ward", "b"]);
  assert.deepEqual(words!.counts, { waiting: 0, stale: 0, flagged: 1, signed: 0, idle: 41 });
  assert.deepEqual(words!.open, []);
  assert.deepEqual([clusters!, words!, baskets!].map(({ isOutdated }) => isOutdated), [
    false,
    true,
    false,
  ]);
});

Deno.test("recentDecisions() gives the latest first, orphans too, ties by kind and subject", () => {
  const at = "2026-01-02T00:00:00.000Z", later = "2026-01-03T00:00:00.000Z";
  const subjects = [
    subject("cut", "ward", "signed", decision("cut", "ward", at)),
    subject("cluster", "b", "signed", decision("cluster", "b", at)),
    subject("cluster", "c", "waiting"),
  ];
  const found = recentDecisions({ subjects, orphans: [decision("cluster", "gone", later)] });
  assert.deepEqual(found.map((one) => one.subject), ["gone", "b", "ward"]);
});

Deno.test("hashOfKind() leads to the tab of a kind, and to the part of the audit", () => {
  for (const kind of SUBJECT_KINDS) {
    const tab = NOTEBOOKS.find(({ kinds }) => kinds.includes(kind))!.tab;
    assert.equal(tabOfHash(hashOfKind(kind)), tab, kind);
  }
  const parts = (["cut", "audit", "twin", "side"] as const).map(hashOfKind);
  assert.deepEqual(parts, ["#dendrogram", "#audit/queue", "#audit/twins", "#audit/cases"]);
});

Deno.test("tabOfHash() opens the overview for what it does not know", () => {
  assert.equal(tabOfHash("#audit"), "audit");
  assert.equal(tabOfHash("#baskets/x"), "baskets");
  for (const hash of ["", "#", "#nothing", "#__proto__"]) assert.equal(tabOfHash(hash), "overview");
});

Deno.test("paperColour() makes a hue of the dark desk the same hue for white paper", () => {
  assert.equal(paperColour("rgb(85, 170, 255)"), "#276fd7");
  assert.equal(paperColour("#55AAFF"), "#276fd7");
  assert.equal(paperColour("#55aaff", { isText: true }), "#1f62c4");
  const swaps = new Map([["#e7e9ed", "#1b1e23"]]);
  assert.equal(paperColour("rgb(231, 233, 237)", { swaps }), "#1b1e23");
  for (const colour of ["rgb(1, 2, 3)", "none", "rgba(85, 170, 255, 0.5)", "url(#a)"]) {
    assert.equal(paperColour(colour), colour);
  }
});
