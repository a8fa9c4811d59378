import assert from "node:assert/strict";
import { cellAt, type Table } from "lib/core/table.ts";
import type { Decision } from "lib/review/decision.ts";
import { reviewLine, reviewTable } from "lib/review/review_lines.ts";
import type { Review } from "lib/review/read_review.ts";
import { standings } from "lib/review/standings.ts";
import type { Subject } from "lib/review/subject.ts";
import { decisionOf, draftOf, OTHER_SEEN, subjectOf } from "./decision_fixture.ts";

const { source } = draftOf();
const OPENS = "`deno task review` opens the desk.";
const CUT = subjectOf({ kind: "cut", id: "ward", title: "Tree cut into 5 clusters" });
const CLUSTERS = ["Fed", "Oil", "Bitcoin", "Ukraine", "NBA"].map((id) =>
  subjectOf({ kind: "cluster", id, title: id })
);
const THEMES = ["x", "y", "z"].map((id) =>
  subjectOf({ id, title: `Theme ${id}`, isRequired: false })
);
const SIGNED_CUT = { kind: "cut", subject: "ward" } as const;

function reviewed(
  subjects: readonly Subject[],
  decisions: readonly Partial<Decision>[] = [],
  rejected: Review["rejected"] = [],
) {
  return {
    ...standings(subjects, decisions.map((part) => decisionOf(part)), { source }),
    rejected,
  };
}

function line(...args: Parameters<typeof reviewed>): string {
  return reviewLine(reviewed(...args), { notebook: "03" });
}

function rowsOf(from: Table): unknown[][] {
  const columns = Object.values(from.columns);
  return Array.from({ length: from.nRows }, (_, row) => columns.map((one) => cellAt(one, row)));
}

Deno.test("reviewLine() says what waits for a person", () => {
  assert.equal(
    line([CUT, ...CLUSTERS, ...THEMES]),
    "**Unreviewed.** Notebook 03 asks a person to sign 1 cut of the tree and 5 clusters; none of it is signed. " +
      "Waiting for a person: 1 cut of the tree (“Tree cut into 5 clusters”), 5 clusters (“Fed”, “Oil”, “Bitcoin” and 2 more). " +
      OPENS,
  );
});

Deno.test("reviewLine() says what is signed, by whom and when", () => {
  assert.equal(
    line([CUT], [SIGNED_CUT]),
    `**Reviewed.** Notebook 03 asks a person to sign 1 cut of the tree; it is signed, by Anna, on 3 May 2026. ${OPENS}`,
  );
  const later = {
    kind: "cluster",
    subject: "Fed",
    by: "Ben",
    at: "2026-06-01T00:00:00.000Z",
  } as const;
  assert.equal(
    line([CUT, CLUSTERS[0]!], [SIGNED_CUT, later]),
    "**Reviewed.** Notebook 03 asks a person to sign 1 cut of the tree and 1 cluster; all 2 are signed, by Anna and Ben, the last on 1 Jun 2026. " +
      OPENS,
  );
  assert.equal(
    line(THEMES, [{ subject: "x" }, { subject: "y" }]),
    `**Nothing to sign.** Notebook 03 asks nobody to sign anything today. 2 are signed that nobody had to sign. ${OPENS}`,
  );
  assert.equal(
    line([]),
    `**Nothing to sign.** Notebook 03 asks nobody to sign anything today. ${OPENS}`,
  );
});

Deno.test("reviewLine() says what was flagged, went stale, is left over or cannot be read", () => {
  assert.equal(
    line(
      [CUT, CLUSTERS[0]!, ...THEMES],
      [
        { ...SIGNED_CUT, verdict: "flag", comment: "Too *many*" },
        { kind: "cluster", subject: "Fed", seen: OTHER_SEEN },
        { subject: "x", seen: OTHER_SEEN, verdict: "flag" },
        { subject: "y", verdict: "flag", by: "Ben" },
        { subject: "gone", title: "Gone" },
      ],
      [{ file: "decisions/theme/a_b.json", reason: "it must be JSON in UTF-8: got <" }],
    ),
    "**Unreviewed.** Notebook 03 asks a person to sign 1 cut of the tree and 1 cluster; none of it is signed. " +
      "Flagged: “Tree cut into 5 clusters” by Anna: “Too \\*many\\*”; “Theme y” by Ben. " +
      "Stale, as what was seen has changed since: “Fed” and “Theme x”; these 2 decisions change nothing until they are signed again. " +
      "1 decision is about what is not there any more, and changes nothing: “Gone”. " +
      "1 file of the decisions cannot be taken, and changes nothing: decisions/theme/a\\_b.json (it must be JSON in UTF-8: got \\<). " +
      OPENS,
  );
});

Deno.test("reviewLine() counts one and many", () => {
  const gone = ["a", "b"].map((subject) => ({ subject, title: subject }));
  const files = ["a", "b", "c", "d"].map((file) => ({ file, reason: "no" }));
  const text = line([CUT], [{ ...SIGNED_CUT, seen: OTHER_SEEN }, ...gone], files);
  assert.match(
    text,
    /“Tree cut into 5 clusters”; this decision changes nothing until it is signed again\./,
  );
  assert.match(
    text,
    /2 decisions are about what is not there any more, and change nothing: “a” and “b”\./,
  );
  assert.match(
    text,
    /4 files of the decisions cannot be taken, and change nothing: a \(no\), b \(no\), c \(no\) and 1 more\./,
  );
  const signed = line(CLUSTERS, [{ kind: "cluster", subject: "Oil" }, { subject: "x" }]);
  assert.match(
    signed,
    /5 clusters; 1 of 5 is signed, by Anna, on 3 May 2026\. Waiting for a person: 4 clusters/,
  );
});

Deno.test("reviewLine() shows titles, names and comments harmlessly", () => {
  const title = `<img src=x onerror=alert(1)> [a](javascript:x) | \`b\`\n# c \u202e${
    "d".repeat(500)
  }`;
  const evil = { ...SIGNED_CUT, title, by: "<b>\nAnna", comment: title };
  for (const verdict of ["flag", "approve"] as const) {
    const text = line([{ ...CUT, title }], [{ ...evil, verdict }], [{
      file: title,
      reason: title,
    }]);
    assert.doesNotMatch(text, /(?<!\\)[<>[\]|]|\n|\u202e/);
    assert.doesNotMatch(text.replace(OPENS, ""), /(?<!\\)`/);
    assert.ok(text.length < 900, `${text.length} characters`);
  }
});

Deno.test("reviewLine() and reviewTable() are short with thousands of subjects", () => {
  const subjects = Array.from(
    { length: 6000 },
    (_, i) => subjectOf({ id: `${i}`, title: "t".repeat(500), isRequired: i % 2 === 0 }),
  );
  const decisions = subjects.slice(0, 2000).map(({ id }, i) => ({
    ...{ subject: id, by: `Person ${i % 700}` },
    ...{ verdict: i % 3 === 0 ? "flag" : "approve", comment: "c".repeat(3000) } as const,
    ...i % 5 === 0 && { seen: OTHER_SEEN },
  }));
  const gone = Array.from({ length: 900 }, (_, i) => ({ subject: `gone ${i}` }));
  const files = gone.map(({ subject }) => ({ file: subject, reason: "r".repeat(300) }));
  const review = reviewed(subjects, [...decisions, ...gone], files);
  const text = reviewLine(review, { notebook: "04" });
  assert.ok(text.length < 3000, `${text.length} characters`);
  assert.equal(reviewTable(review).nRows, 3000 + 1000 + 900);
  assert.equal(reviewTable(reviewed(THEMES)).nRows, 0);
});

Deno.test("reviewTable() lists what waits first, then stale, flagged, signed and left over, by kind", () => {
  const titled = { ...THEMES[1]!, title: "\u202eTheme\ny" };
  const decisions = [
    ...[{ kind: "cluster", subject: "Fed", comment: "Good" } as const, { subject: "y" }],
    ...[{ ...SIGNED_CUT, seen: OTHER_SEEN }, { subject: "z", verdict: "flag" } as const],
    { kind: "side", subject: "gone", title: "" } as const,
  ];
  const found = reviewTable(
    reviewed([...THEMES.with(1, titled), ...CLUSTERS.slice(0, 2), CUT], decisions),
  );
  const at = Date.UTC(2026, 4, 3, 10);
  assert.deepEqual(Object.keys(found.columns), [
    ...["kind", "subject", "standing", "verdict", "by", "at", "comment", "title"],
  ]);
  assert.deepEqual(rowsOf(found), [
    ["cluster", "Oil", "waiting", null, null, null, null, "Oil"],
    ["cut", "ward", "stale", "approve", "Anna", at, null, "Tree cut into 5 clusters"],
    ["theme", "z", "flagged", "flag", "Anna", at, null, "Theme z"],
    ["cluster", "Fed", "signed", "approve", "Anna", at, "Good", "Fed"],
    ["theme", "y", "signed", "approve", "Anna", at, null, "Theme y"],
    ["side", "gone", "orphan", "approve", "Anna", at, null, null],
  ]);
});
