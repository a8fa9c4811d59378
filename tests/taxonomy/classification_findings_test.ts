import assert from "node:assert/strict";
import { parseSettings } from "lib/core/settings.ts";
import { inProject } from "lib/store/project_root.ts";
import { readYaml } from "lib/store/yaml.ts";
import { auditAccuracy } from "lib/taxonomy/audit_accuracy.ts";
import type { AuditVerdict } from "lib/taxonomy/audit_verdicts.ts";
import {
  classificationFindings,
  type ClassificationStudy,
} from "lib/taxonomy/classification_findings.ts";
import { reconciled } from "lib/taxonomy/reconcile.ts";
import { themeAgreement } from "lib/taxonomy/theme_agreement.ts";
import type { Theme } from "lib/taxonomy/themes.ts";
import { fourClusters, themesOf, unrelated } from "./made_witnesses.ts";

const settings = parseSettings(await readYaml(inProject("config/settings.yaml")));
const OPTIONS = { permutations: 999, seed: 7 };
const MARKETS = fourClusters();

function theme(id: string, facts: Partial<Theme> = {}): Theme {
  return {
    ...{ id, name: `Name of ${id}`, short: id, description: "", isExcluded: false, hue: "blue" },
    ...{ examples: [], antiExamples: [] },
    ...facts,
  };
}

const STUDY: ClassificationStudy = {
  ...{ nContracts: 3576, nTickers: 1200, classifier: "lexical 1" },
  events: ["fed", "fed", "crypto", "sports", "sports", "sports", "uncategorized", "fed"]
    .map((primaryTheme) => ({ primaryTheme })),
  themes: {
    version: "1",
    themes: [theme("crypto"), theme("fed"), theme("space"), theme("sports", { isExcluded: true })],
  },
  agreement: themeAgreement(MARKETS, OPTIONS),
  clusters: themesOf(MARKETS),
  reconciled: reconciled(MARKETS, themesOf(MARKETS)),
  audit: null,
};

/** The line that begins with a word, without it. */
function line(lead: string, changes: Partial<ClassificationStudy> = {}): string {
  const text = classificationFindings({ ...STUDY, ...changes }, settings);
  assert.ok(!/NaN|undefined|null\b|Infinity/.test(text), text);
  const lines = text.split("\n");
  assert.equal(lines.length, 8);
  const found = lines.find((one) => one.startsWith(`- **${lead}.** `));
  assert.ok(found !== undefined, `${lead} not in ${text}`);
  return found.slice(lead.length + 8);
}

function verdicts(nRight: number, nItems: number): AuditVerdict[] {
  return Array.from({ length: nItems }, (_, i) => ({
    ...{ sheet: "audit_100", marketId: `poly:${i}`, theme: "fed", reviewer: "Ana", note: null },
    ...{ verdict: i < nRight ? "right" : "wrong", rightTheme: null },
  }));
}

Deno.test("classificationFindings() says how much is classified, by what, into which themes", () => {
  assert.equal(
    line("Size"),
    "3,576 contracts of 1,200 tickers in 8 events; each event is classified once, by `lexical 1`.",
  );
  assert.equal(
    line("Themes"),
    "2 of 3 themes that baskets can hold have events, most of them Name of fed (3), Name of crypto " +
      "(1). 38% of the events are in themes that baskets leave out.",
  );
  assert.equal(
    line("Uncategorized"),
    "1 of 8 events (13%) fit no theme with a confidence of 0.5 and stay without one.",
  );
  assert.equal(
    line("Themes", { events: [] }),
    "No event is in any of 3 themes that baskets can hold.",
  );
  assert.equal(line("Uncategorized", { events: [] }), "There is no event.");
  assert.match(line("Size", { classifier: "llm a`b` 1" }), /by `llm a'b' 1`\.$/);
});

Deno.test("classificationFindings() says that clusters and themes agree where they do", () => {
  const { adjustedRand, adjustedMutualInformation: information } = STUDY.agreement;
  assert.equal(
    line("Agreement"),
    "Clusters by prices and themes by words agree beyond chance: over 36 contracts of 4 clusters " +
      `and 4 themes the adjusted Rand index is ${adjustedRand.value.toFixed(2)}, and 95 of 100 ` +
      `random orders of the themes stay below ${adjustedRand.nullP95.toFixed(2)} (p 0.001, 999 ` +
      "orders). Adjusted mutual information, which weighs small groups more, is " +
      `${information.value.toFixed(2)} (p 0.001).`,
  );
  assert.match(
    line("Purity"),
    /^0\.89, where one cluster of everything would have 0\.25 and random orders have 0\.\d\d in the median; it reaches the 0\.75 that the seed plan asks for\. With each theme counted the same it is 0\.89 against 0\.\d\d \(one cluster: 0\.25\), beyond chance \(p 0\.001\)\.$/,
  );
});

Deno.test("classificationFindings() says that they do not where a large theme makes them pure", () => {
  const agreement = themeAgreement(unrelated(300, 7), OPTIONS);
  assert.match(
    line("Agreement", { agreement }),
    /^Clusters by prices and themes by words agree no better than chance can explain: over 300 contracts of 4 clusters and 3 themes/,
  );
  assert.match(
    line("Purity", { agreement }),
    /^0\.6\d, where one cluster of everything would have 0\.6\d .* it does not reach the 0\.75 .*, within chance \(p 0\.\d{3}\)\.$/,
  );
  const none = themeAgreement([], OPTIONS);
  assert.equal(
    line("Agreement", { agreement: none }),
    "No contract has both a cluster and a theme, so prices and words cannot be compared.",
  );
  assert.equal(
    line("Purity", { agreement: none }),
    "There is none without a contract that has both.",
  );
});

Deno.test("classificationFindings() counts what prices overrule and what goes to a person", () => {
  assert.equal(
    line("Trusted clusters"),
    "2 of 4 clusters are both stable (Jaccard 0.75 or more) and beyond noise at 5%. 4 have a theme " +
      "that stands out; 2 of the clusters may overrule words.",
  );
  assert.equal(
    line("Reconciliation"),
    "Prices overrule words for 4 contracts. Of 42 contracts both witnesses agree on 32, words alone " +
      "decide 1, 2 stay with the words although an untrusted cluster differs, and 3 get no theme. " +
      "6 go to a person.",
  );
});

Deno.test("classificationFindings() says that no theme changes where no cluster is trusted", () => {
  const clusters = STUDY.clusters.map((one) => ({ ...one, isTrusted: false }));
  assert.equal(
    line("Trusted clusters", { clusters }),
    "None of 4 clusters is both stable (Jaccard 0.75 or more) and beyond noise at 5%. 4 have a theme " +
      "that stands out; none of the clusters may overrule words.",
  );
  assert.match(
    line("Reconciliation", { reconciled: reconciled(MARKETS, clusters) }),
    /^Prices overrule words nowhere, so no theme changes\. .* 4 go to a person\.$/,
  );
  const alone = reconciled(MARKETS.filter(({ clusterId }) => clusterId < 0), []);
  assert.match(line("Reconciliation", { reconciled: alone }), /Nothing is left to a person\.$/);
  assert.equal(line("Reconciliation", { reconciled: [] }), "There is no contract.");
  assert.equal(line("Trusted clusters", { clusters: [] }), "There is no cluster.");
});

Deno.test("classificationFindings() says what the audit decides, and that there is none", () => {
  const sizes = new Map([["fed", 300]]);
  const unjudged =
    "No verdict has come back, so how many themes are right is not known. Sheets of " +
    "50 and 100 contracts wait for a person.";
  assert.equal(line("Audit"), unjudged);
  assert.equal(line("Audit", { audit: auditAccuracy([], sizes) }), unjudged);
  assert.equal(
    line("Audit", { audit: auditAccuracy(verdicts(96, 100), sizes) }),
    "96 of 100 contracts judged by a person have the right theme (96%, 95% interval 90% to 98.4%), " +
      "so it is above 90%, as the seed plan asks. Weighted by the events of each theme it is 96% " +
      "(90% to 98.4%).",
  );
  assert.match(
    line("Audit", { audit: auditAccuracy(verdicts(45, 50), sizes) }),
    /\(90%, 95% interval 79% to 96%\), which does not decide whether it is the 90% that the seed/,
  );
  assert.match(
    line("Audit", { audit: auditAccuracy(verdicts(30, 50), sizes) }),
    /so it is below the 90% that the seed plan asks for\./,
  );
  const [one] = verdicts(1, 1);
  const mixed: AuditVerdict[] = [
    one!,
    { ...one!, reviewer: "Ben", verdict: "wrong" },
    { ...one!, marketId: "poly:x", verdict: "unsure" },
  ];
  assert.match(
    line("Audit", { audit: auditAccuracy(mixed, sizes) }),
    / Nobody was sure of 1 more\. Reviewers differ on 1, counted as wrong\.$/,
  );
});
