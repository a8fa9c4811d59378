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
import { NO_CORRECTIONS } from "lib/taxonomy/corrections.ts";
import { reconciled } from "lib/taxonomy/reconcile.ts";
import { themeAgreement } from "lib/taxonomy/theme_agreement.ts";
import type { Theme } from "lib/taxonomy/themes.ts";
import {
  fourClusters,
  inCluster,
  othersOf,
  themesOf,
  unrelated,
  witness,
} from "./made_witnesses.ts";
import { withoutSources } from "../fixtures/findings.ts";

const settings = parseSettings(await readYaml(inProject("config/settings.yaml")));
const OPTIONS = { permutations: 999, seed: 7 };
const MARKETS = fourClusters();

function theme(id: string, facts: Partial<Theme> = {}): Theme {
  return {
    ...{ id, name: `Name of ${id}`, short: id, description: "", isExcluded: false, hue: "blue" },
    ...{ family: id, examples: [], antiExamples: [] },
    ...facts,
  };
}

const UNJUDGED = { accuracy: null, earlier: null, nEarlier: 0 };

const STUDY: ClassificationStudy = {
  ...{ nContracts: 3576, nTickers: 1200, classifier: "lexical 1" },
  events: ["fed", "fed", "crypto", "sports", "sports", "sports", "uncategorized", "fed"]
    .map((primaryTheme) => ({ primaryTheme })),
  themes: {
    version: "1",
    themes: [theme("crypto"), theme("fed"), theme("space"), theme("sports", { isExcluded: true })],
  },
  ...{ agreement: themeAgreement(MARKETS, OPTIONS), nDropped: 0, origin: { kind: "folder" } },
  witness: { method: "hdbscan", name: "HDBSCAN", nMethods: 14, isChosen: true },
  clusters: themesOf(MARKETS),
  reconciled: reconciled(MARKETS, othersOf(MARKETS)),
  audit: UNJUDGED,
};

/** The line that begins with a word, without it. */
function line(lead: string, changes: Partial<ClassificationStudy> = {}): string {
  const text = classificationFindings({ ...STUDY, ...changes }, settings);
  assert.ok(!/NaN|undefined|null\b|Infinity/.test(text), text);
  const lines = text.split("\n");
  const nOptional = [changes.twins, changes.corrections].filter((one) => one !== undefined).length;
  assert.equal(lines.length, 8 + nOptional);
  const found = lines.find((one) => one.startsWith(`- **${lead}.** `));
  assert.ok(found !== undefined, `${lead} not in ${text}`);
  return withoutSources(found, "04_").slice(lead.length + 8);
}

function verdicts(nRight: number, nItems: number): AuditVerdict[] {
  return Array.from({ length: nItems }, (_, i) => ({
    ...{ sheet: "audit_100", marketId: `poly:${i}`, theme: "fed", reviewer: "Ana", note: null },
    ...{ verdict: i < nRight ? "right" : "wrong", rightTheme: null, classifier: "lexical 1" },
  }));
}

Deno.test("classificationFindings() says how much is classified, by what, into which themes", () => {
  assert.equal(
    line("Size"),
    "3,576 contracts of 1,200 tickers in 8 events; each event is classified once, by `lexical 1`.",
  );
  assert.equal(
    line("Themes"),
    "2 of 3 themes that baskets can hold have events; the largest are Name of fed (3), Name of " +
      "crypto (1). Baskets leave out 50% of the events: 38% are in excluded themes and 13% are " +
      "uncategorized.",
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

Deno.test("classificationFindings() says the size of an agreement, then its chance, whose and of how much", () => {
  const { adjustedRand, adjustedMutualInformation: information } = STUDY.agreement;
  const text = "Clusters largely agree with themes: adjusted Rand index " +
    `${
      adjustedRand.value.toFixed(2)
    } of 1, beyond chance (p ≤ 0.001, 999 orders), over 36 events ` +
    "of 4 clusters and 4 themes; 95 of 100 random orders of the themes are at or below " +
    `${
      adjustedRand.nullP95.toFixed(2)
    }. HDBSCAN, chosen in notebook 03 among 14, places 40 of 40 ` +
    "studied events. Adjusted mutual information, which weighs small groups more, is " +
    `${information.value.toFixed(2)} (p ≤ 0.001).`;
  assert.equal(line("Agreement"), text);
  assert.equal(
    line("Agreement", { origin: { kind: "simulated" } }),
    `${text} In the simulated universe themes and common drivers are planted together, so this ` +
      "shows that the comparison works and nothing about markets.",
  );
  assert.match(
    line("Agreement", { nDropped: 2 }),
    /places 40 of 40 studied events \(2 further contracts of the same events left out\)\. Adj/,
  );
  assert.match(
    line("Purity"),
    /^0\.89, where one cluster of everything would have 0\.25 and random orders have 0\.\d\d in the median; it reaches the 0\.75 that the seed plan asks for\. With each theme counted the same it is 0\.89 against 0\.\d\d \(one cluster: 0\.25\), beyond chance \(p ≤ 0\.001\)\.$/,
  );
});

Deno.test("classificationFindings() says how little is placed, and judges no purity of it", () => {
  const unplaced = Array.from(
    { length: 60 },
    (_, i) => witness(`poly:u${i}`, { theme: "middle_east", isStudied: true }),
  );
  const agreement = themeAgreement([...MARKETS, ...unplaced], OPTIONS);
  const { adjustedRand, unplacedRand } = agreement;
  assert.ok(unplacedRand.value < adjustedRand.value);
  const text = line("Agreement", { agreement });
  assert.match(text, /^Clusters of 40 of 100 events largely agree with themes: /);
  assert.ok(
    text.includes(
      "places 40 of 100 studied events; with every unplaced event as a cluster of its own the " +
        `index is ${unplacedRand.value.toFixed(2)} (p ${unplacedRand.pValue.toFixed(3)}). Adj`,
    ),
    text,
  );
  assert.match(
    line("Purity", { agreement }),
    /in the median; most studied events are in no cluster, so the 0\.75 that the seed plan asks for is not judged\. With/,
  );
});

Deno.test("classificationFindings() says that they do not agree where a large theme makes them pure", () => {
  const agreement = themeAgreement(unrelated(300, 7), OPTIONS);
  assert.match(
    line("Agreement", { agreement }),
    /^Clusters agree with themes no more than chance can explain: adjusted Rand index −?0\.0\d of 1 \(p 0\.\d{3}, 999 orders\), over 300 events of 4 clusters and 3 themes;/,
  );
  assert.match(
    line("Purity", { agreement }),
    /^0\.6\d, where one cluster of everything would have 0\.6\d .* it does not reach the 0\.75 .*, within chance \(p 0\.\d{3}\)\.$/,
  );
});

Deno.test("classificationFindings() compares nothing of one cluster, of one theme or of none", () => {
  const one = MARKETS.map((event) => ({ ...event, ...inCluster(0) }));
  const same = MARKETS.map((event) => ({ ...event, theme: "sports" }));
  const cases: [typeof MARKETS, string][] = [
    [[], "no event has both a cluster and a theme"],
    [[MARKETS[0]!], "the only event that has both is in one cluster"],
    [one, "all events that have both are in one cluster"],
    [same, "all events that have both are of one theme"],
  ];
  for (const [events, why] of cases) {
    const agreement = themeAgreement(events, OPTIONS);
    assert.match(
      line("Agreement", { agreement }),
      new RegExp(
        `^Clusters and themes cannot be compared: ${why}\\. HDBSCAN, chosen in .* events\\.$`,
      ),
    );
    assert.equal(line("Purity", { agreement }), `It says nothing, as ${why}.`);
  }
});

Deno.test("classificationFindings() counts what prices overrule and name, and what a person decides", () => {
  assert.equal(
    line("Trusted clusters"),
    "2 of 4 clusters are both stable (Jaccard 0.75 or more) and beyond noise at 5%. 4 have a theme " +
      "that stands out; 2 of the clusters may overrule words.",
  );
  assert.equal(
    line("Reconciliation"),
    "Prices overrule words for 2 events (2 contracts) and name 2 events (2 contracts) that words " +
      "leave without a theme. Of 42 events (42 contracts) words and the cluster's other events " +
      "agree on 32, words alone decide 1, 1 get no theme, and 4 where an untrusted cluster says " +
      "otherwise (2 of them without a theme by words) wait for a person's decision.",
  );
  const wide = STUDY.reconciled.map((event) => ({ ...event, nContracts: 3 }));
  assert.match(line("Reconciliation", { reconciled: wide }), /^Prices .* 2 events \(6 contracts\)/);
});

Deno.test("classificationFindings() says that no theme changes where no cluster is trusted", () => {
  const clusters = STUDY.clusters.map((one) => ({ ...one, isTrusted: false }));
  assert.equal(
    line("Trusted clusters", { clusters }),
    "None of 4 clusters is both stable (Jaccard 0.75 or more) and beyond noise at 5%. 4 have a theme " +
      "that stands out; none of the clusters may overrule words.",
  );
  const nameless = clusters.map((one) => ({ ...one, theme: null }));
  assert.match(line("Trusted clusters", { clusters: nameless }), /None has a theme that stands/);
  const doubted = MARKETS.map((one) => ({ ...one, clusterStability: 0.1 }));
  assert.match(
    line("Reconciliation", { reconciled: reconciled(doubted, othersOf(doubted)) }),
    /^Prices overrule words nowhere and name no event that words leave .* and 8 where .* wait for/,
  );
  const alone = reconciled(MARKETS.filter(({ clusterId }) => clusterId < 0), new Map());
  assert.match(
    line("Reconciliation", { reconciled: alone }),
    /and nothing waits for a person's decision\.$/,
  );
  assert.equal(line("Reconciliation", { reconciled: [] }), "There is no event.");
  assert.equal(line("Trusted clusters", { clusters: [] }), "There is no cluster.");
});

Deno.test("classificationFindings() says how many twins are two events, where somebody looked", () => {
  const twins = (nInTwoEvents: number, nAcceptedTwins: number) =>
    line("Twins", { twins: { nInTwoEvents, nAcceptedTwins } });
  assert.equal(
    twins(59, 64),
    "59 of 64 accepted pairs are two events here; a basket must hold one of them.",
  );
  assert.match(twins(1, 64), /^1 of 64 accepted pairs is two events here/);
  assert.equal(twins(0, 64), "Of 64 accepted pairs each is one event here.");
  assert.equal(twins(0, 0), "No pair of contracts on two venues is accepted.");
});

Deno.test("classificationFindings() judges the audit by its weighted interval", () => {
  const sizes = new Map([["fed", 300]]);
  const judged = (list: AuditVerdict[], of: ReadonlyMap<string, number> = sizes) =>
    line("Audit", { audit: { ...UNJUDGED, accuracy: auditAccuracy(list, of) } });
  const unjudged =
    "No verdict on this version has come back, so how many of its themes are right is not known. " +
    "Sheets of 50 and 100 contracts wait for a person.";
  assert.equal(line("Audit"), unjudged);
  assert.equal(judged([]), unjudged);
  assert.equal(
    judged(verdicts(96, 100)),
    "By persons the words' theme is right for 96 of 100 contracts drawn at random. Weighted by the " +
      "events of each theme that is 96% (95% interval 90% to 98.4%), so it is above 90%, as the " +
      "seed plan asks. Unweighted it is 96% (90% to 98.4%).",
  );
  assert.match(
    judged(verdicts(45, 50)),
    /\(95% interval 79% to 96%\), which does not decide whether it is the 90% that the seed/,
  );
  assert.match(judged(verdicts(30, 50)), /so it is below the 90% that the seed plan asks for\./);
  // ninety-six of a hundred, but those that weigh most are few
  const heavy = verdicts(100, 100).map((one, i) => ({
    ...one,
    theme: i < 10 ? "sports" : "fed",
  }));
  const text = judged(heavy, new Map([["sports", 900], ["fed", 60], ["space", 40]]));
  assert.match(text, /of each theme \(themes with 96% of the events\) that is 100%/);
  assert.match(text, /which does not decide .* Unweighted it is 100% \(96% to 100%\)\.$/);
  const [one] = verdicts(1, 1);
  const mixed: AuditVerdict[] = [
    one!,
    { ...one!, reviewer: "Ben", verdict: "wrong" },
    { ...one!, marketId: "poly:x", verdict: "unsure" },
  ];
  assert.match(
    judged(mixed),
    / Nobody was sure of 1 more\. Reviewers differ on 1, counted as wrong\.$/,
  );
});

Deno.test("classificationFindings() shows verdicts of an earlier version apart", () => {
  const earlier = auditAccuracy(verdicts(9, 10), new Map([["fed", 300]]));
  const audit = { accuracy: null, earlier, nEarlier: 12 };
  const apart = " Apart from that, 12 verdicts of an earlier version (in-sample: themes may have " +
    "been mended by them) call 9 of 10 contracts right.";
  assert.equal(line("Audit", { audit }), `${line("Audit")}${apart}`);
  const accuracy = auditAccuracy(verdicts(45, 50), new Map([["fed", 300]]));
  assert.ok(line("Audit", { audit: { ...audit, accuracy } }).endsWith(apart));
});

Deno.test("classificationFindings() says what people signed, and what they decided", () => {
  const signed = fourClusters().map((one) =>
    one.marketId === "poly:08" ? { ...one, theme: "crypto_digital", isByPerson: true } : one
  );
  const corrections = {
    themes: new Map([["poly:08", "crypto_digital"]]),
    ...{ sides: new Map([["poly:1", 1], ["poly:2", 0]] as const), excluded: new Map() },
    rejectedTwins: new Set(["a | b"]),
  };
  const changes = { corrections, reconciled: reconciled(signed, othersOf(signed)) };
  assert.equal(
    line("Signed by people", changes),
    "People gave 1 contract a theme, gave 2 contracts a side and called 1 pair of twins two " +
      "questions.",
  );
  assert.match(line("Reconciliation", changes), /get no theme, people decided 1, and/);
  const text = classificationFindings({ ...STUDY, corrections: NO_CORRECTIONS }, settings);
  assert.equal(text, classificationFindings(STUDY, settings));
});
