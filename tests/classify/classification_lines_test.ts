import assert from "node:assert/strict";
import {
  auditFaults,
  auditLine,
  classifierLine,
  confusionTable,
  labelLine,
} from "lib/classify/classification_lines.ts";
import { LEXICAL_NOTE } from "lib/classify/classifier_choice.ts";
import { labelledStudy } from "lib/classify/labelled_study.ts";
import { cellAt } from "lib/core/table.ts";
import { auditAccuracy } from "lib/taxonomy/audit_accuracy.ts";
import type { AuditStudy } from "lib/taxonomy/audit_study.ts";
import type { AuditVerdict } from "lib/taxonomy/audit_verdicts.ts";
import { answerByTitle, LABEL_REFERENCE, LABEL_THEMES, LABELLED } from "./made_labels.ts";

const STUDY = labelledStudy(LABELLED, {
  ...{ classify: answerByTitle, reference: LABEL_REFERENCE, themes: LABEL_THEMES, nBins: 2 },
});

Deno.test("classifierLine() says whose themes these are", () => {
  assert.equal(classifierLine("lexical", { nUnanswered: 0, nEvents: 9 }), LEXICAL_NOTE);
  assert.equal(
    classifierLine("llm", { nUnanswered: 0, nEvents: 1234 }),
    "A language model's kept answers name the themes of 1,234 of 1,234 events.",
  );
  assert.equal(
    classifierLine("llm", { nUnanswered: 4, nEvents: 5 }),
    "A language model's kept answers name the themes of 1 of 5 events. The others are the lexical " +
      "classifier's: `deno task classify --classifier llm` asks for them.",
  );
});

Deno.test("labelLine() tells accuracy by contract and by event, and what was left out", () => {
  assert.equal(
    labelLine(STUDY),
    "Reference, not truth: labels of one, given by somebody unnamed. Against it the classifier made 1 is right for 50% of 6 " +
      "contracts (macro-F1 0.325) and for 50% of 4 events (95% interval 13% to 87%; macro-F1 " +
      "0.417). The events have 4 wordings, and those of one tend to be right or wrong together, so " +
      "the interval is that of 3 independent ones. Calibration error 0.100, Brier score 0.137. Not " +
      "mapped to a theme of ours and left out: 1 label of 1 contract.",
  );
  assert.match(
    labelLine({ ...STUDY, unmapped: [] }),
    / Every label is mapped to themes of ours\.$/,
  );
  const unmapped = [{ label: "weather", nContracts: 20 }, { label: "<b>", nContracts: 7 }];
  assert.match(labelLine({ ...STUDY, unmapped }), /left out: 2 labels of 27 contracts\.$/);
  assert.match(labelLine(null), /^Nobody labelled these markets/);
});

Deno.test("labelLine() shows the name of a file as it is", () => {
  const origin = "labels of <img src=x>_a_[b](http://c)\n# d.parquet";
  assert.match(
    labelLine({ ...STUDY, origin, labeller: "*me* <b>", classifier: "llm *a*<b> 1" }),
    /^Reference, not truth: labels of \\<img src=x\\>\\_a\\_\\\[b\\\]\(http:\/\/c\) \\# d\.parquet, given by \\\*me\\\* \\<b\\>\. Against it the language model \\\*a\\\*\\<b\\> is/,
  );
});

Deno.test("labelLine() without a labelled event says that nothing is known", () => {
  const none = labelledStudy({ ...LABELLED, themes: LABELLED.themes.map(() => "weather") }, {
    ...{ classify: answerByTitle, reference: LABEL_REFERENCE, themes: LABEL_THEMES, nBins: 2 },
  });
  assert.equal(
    labelLine(none),
    "Reference, not truth: labels of one, given by somebody unnamed. It says nothing of how right the themes are. Not mapped " +
      "to a theme of ours and left out: 1 label of 7 contracts.",
  );
});

Deno.test("confusionTable() has the commonest confusions first, ten at most", () => {
  const found = confusionTable(STUDY);
  assert.deepEqual(
    Object.entries(found.columns).map(([name, { type }]) => `${name} ${type}`),
    ["true_theme string", "given_theme string", "events integer", "share number"],
  );
  assert.deepEqual(
    Array.from(
      { length: found.nRows },
      (_, row) => Object.values(found.columns).map((column) => cellAt(column, row)),
    ),
    [["crypto", "uncategorized", 1, 1], ["fed", "sports", 1, 1]],
  );
  assert.equal(confusionTable(null).nRows, 0);
  const classes = Array.from({ length: 12 }, (_, i) => `theme ${String(i).padStart(2, "0")}`);
  const counts = new Float64Array(144).fill(1);
  const many = { ...STUDY, confusion: { classes, counts, nItems: 144 } };
  assert.equal(confusionTable(many).nRows, 10);
});

const NOTHING: AuditStudy = {
  ...{ accuracy: null, earlier: null, nEarlier: 0, nVerdicts: 0, nOutdated: 0, nOpen: 0 },
  rejected: [],
};

/** The accuracy by verdicts on contracts of one theme. */
function accuracyOf(...verdicts: AuditVerdict["verdict"][]) {
  return auditAccuracy(
    verdicts.map((verdict, i) => ({
      ...{ sheet: "audit_50", marketId: `poly:${i}`, theme: "fed", verdict, reviewer: "Ana" },
      ...{ rightTheme: null, note: null, classifier: "made 1" },
    })),
    new Map([["fed", 9]]),
  );
}

Deno.test("auditLine() tells what came back", () => {
  const cases: [Partial<AuditStudy>, string][] = [
    [{}, "No sheet came back, so no theme counts as reviewed."],
    [
      { nOpen: 1 },
      "The sheets hold no verdict yet, 1 row still open, so no theme counts as reviewed.",
    ],
    [{ nVerdicts: 2, nOpen: 1 }, "2 verdicts, 1 row still open. None is of a random sheet."],
    [
      { nVerdicts: 2, nOutdated: 1 },
      "2 verdicts, 0 rows still open. 1 verdict of themes since changed left out.",
    ],
    [
      { nVerdicts: 4, nOpen: 46, accuracy: accuracyOf("right", "right", "right", "wrong") },
      "4 verdicts, 46 rows still open. The words' theme is right for 3 of 4 contracts drawn at " +
      "random; weighted by the events of each theme 75% (95% interval 30% to 95%).",
    ],
    [
      { nVerdicts: 3, nEarlier: 3, earlier: accuracyOf("right", "wrong", "unsure") },
      "3 verdicts, 0 rows still open. 3 verdicts of an earlier version count apart, in-sample: right " +
      "for 1 of 2 contracts.",
    ],
    [
      { nVerdicts: 2, accuracy: accuracyOf("unsure", "unsure") },
      "2 verdicts, 0 rows still open. Nobody was sure of 2 contracts drawn at random.",
    ],
  ];
  for (const [facts, line] of cases) assert.equal(auditLine({ ...NOTHING, ...facts }), line);
});

Deno.test("auditLine() shows the first row that cannot be used, as plain text", () => {
  const rejected = [
    { file: "my_audit.csv", row: 3, reason: 'no theme "<script>" in the taxonomy' },
    { file: "other.csv", row: 1, reason: "no sheet" },
  ];
  assert.equal(
    auditLine({ ...NOTHING, rejected }),
    "0 verdicts, 0 rows still open. None is of a random sheet. 2 rows cannot be used; the first: " +
      'row 3 of my\\_audit.csv, no theme "\\<script\\>" in the taxonomy.',
  );
});

Deno.test("auditFaults() lists every row that cannot be used", () => {
  const rejected = [
    { file: "a.csv", row: 2, reason: "verdict is none of right, wrong, unsure" },
    { file: "b.csv", row: 1, reason: "no reviewer" },
  ];
  const { columns, nRows } = auditFaults({ ...NOTHING, rejected });
  assert.equal(nRows, 2);
  assert.deepEqual(["file", "row", "reason"].map((name) => cellAt(columns[name]!, 1)), [
    ...["b.csv", 1, "no reviewer"],
  ]);
});
