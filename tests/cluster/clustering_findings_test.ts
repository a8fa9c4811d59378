import assert from "node:assert/strict";
import { clusteringFindings, type ClusteringStudy } from "lib/cluster/clustering_findings.ts";
import type { PersistenceEntry } from "lib/cluster/persistence_table.ts";
import { parseSettings } from "lib/core/settings.ts";
import { readYaml } from "lib/store/yaml.ts";
import { inProject } from "lib/store/project_root.ts";
import { fitOf, namedOf, rowOf } from "./made_rows.ts";
import { withoutSources } from "../fixtures/findings.ts";

const { clustering: settings } = parseSettings(await readYaml(inProject("config/settings.yaml")));

function entry(facts: Partial<PersistenceEntry>): PersistenceEntry {
  return {
    ...{ fromDay: 19_900, boundaryDay: 19_990, toDay: 20_050, studied: false },
    ...{ key: "logit_2d", representation: "2-day log-odds moves", nItems: 9, nPairs: 36 },
    ...{ correlation: 0.25, ciLow: 0.1, ciHigh: 0.4, nullLow: -0.05, nullHigh: 0.06 },
    ...{ percentile: 1, strongestNext: 0.4, meanAbsNext: 0.15 },
    ...facts,
  };
}

const STUDY: ClusteringStudy = {
  persistence: [
    entry({ correlation: 0.05, toDay: 19_990 }),
    entry({}),
    entry({ key: "points_1d", correlation: 0.9 }),
    entry({ studied: true, correlation: 0.8 }),
    entry({ correlation: NaN, toDay: 20_110 }),
  ],
  working: "logit_2d",
  count: {
    ...{ gap: new Float64Array(0), gapError: new Float64Array(0) },
    ...{ unbounded: 12, nClusters: 12 },
  },
  rows: [
    rowOf("ward", { coherence: 0.04 }),
    rowOf("average", { coherence: 0.06, silhouette: 0.34, nPlaced: 6 }),
    rowOf("single", { verdict: "not better than noise", silhouette: 0.1 }),
    rowOf("dbscan", { verdict: "not measured", silhouette: NaN }),
  ],
  handed: namedOf(
    fitOf("ward", [0, 0, 0, 1, 1, 2]),
    [0.9, 0.7, 0.5],
    [0.02, 0.05, NaN],
  ),
};

/** The line that begins with a word, without it. */
function line(lead: string, changes: Partial<ClusteringStudy> = {}): string {
  const text = clusteringFindings({ ...STUDY, ...changes }, settings);
  assert.ok(!/NaN|undefined|null\b|Infinity/.test(text), text);
  const lines = text.split("\n");
  assert.equal(lines.length, 8);
  const found = lines.find((one) => one.startsWith(`- **${lead}.** `));
  assert.ok(found !== undefined, `${lead} not in ${text}`);
  return withoutSources(found, "03_").slice(lead.length + 8);
}

Deno.test("clusteringFindings() says in how many windows correlation lasts", () => {
  assert.equal(
    line("Persistence"),
    "Correlations of one window carry over to the next days beyond chance in 1 of 2 windows. In " +
      "the last (up to 22 Nov 2024) by 0.25, 95% interval over markets 0.10 to 0.40; noise gives up to 0.06.",
  );
  const unclear = [entry({ correlation: -0.004, ciLow: NaN, ciHigh: -0.2, nullHigh: NaN })];
  assert.equal(
    line("Persistence", { persistence: unclear }),
    "Correlations of one window carry over to the next days beyond chance in 0 of 1 window. In " +
      "the last (up to 22 Nov 2024) by 0.00, 95% interval over markets unknown to −0.20; noise gives up to unknown.",
  );
  for (const persistence of [[], STUDY.persistence.slice(2)]) {
    assert.equal(
      line("Persistence", { persistence }),
      "No window is followed by days on which enough contracts go on, so nothing says whether " +
        "correlation lasts.",
    );
  }
});

Deno.test("clusteringFindings() says how many clusters there are and what chose them", () => {
  assert.equal(
    line("Number of clusters"),
    "The gap statistic against shifted moves stops at 12 clusters. Within the range that baskets " +
      "need (8 to 20) it takes 12.",
  );
  const none = "By the gap statistic one group is as good as several: the tree as a whole is no " +
    "tighter than that of shifted moves.";
  assert.equal(
    line("Number of clusters", { count: { ...STUDY.count, unbounded: 1, nClusters: 8 } }),
    `${none} Within the range that baskets need (8 to 20) it takes 8.`,
  );
  assert.equal(
    line("Number of clusters", { count: { ...STUDY.count, unbounded: 1, nClusters: 1 } }),
    `${none} There are too few events for the range that baskets need (8 to 20): it takes 1.`,
  );
});

Deno.test("clusteringFindings() names the methods that are better than noise and all others", () => {
  assert.equal(
    line("Better than noise"),
    "2 of 3 methods that could be measured, by the correlation within minus between clusters on " +
      "days that they had not seen, at a level of 5% for all of them together: Average linkage " +
      "(+0.06, 2 of 3); Ward (+0.04, 2 of 3). In brackets the difference over all windows, and in " +
      "how many of them the method is above 95% of its shifts by itself.",
  );
  assert.equal(line("Not better than noise"), "Single linkage; DBSCAN (not measured).");
  const rows = STUDY.rows.map((row) => ({ ...row, verdict: "not better than noise" as const }));
  assert.equal(
    line("Methods", { rows: rows.slice(0, 1) }),
    "None of 1 method that could be measured is better than noise on days that it had not seen, " +
      "at a level of 5% for all of them together.",
  );
  assert.equal(
    line("Methods", { rows: rows.map((row) => ({ ...row, verdict: "not measured" as const })) }),
    "No method could be judged on days that it had not seen.",
  );
  assert.equal(line("Not better than noise", { rows: STUDY.rows.slice(0, 2) }), "No method.");
});

Deno.test("clusteringFindings() says what is handed on", () => {
  assert.equal(
    line("Handed on"),
    "Ward: 3 clusters of 5 of 6 events, better than noise. In the window that made them the " +
      "silhouette is 0.21, above 90% of shifted panels.",
  );
  const rows = [rowOf("ward", { silhouette: NaN, silhouettePercentile: NaN, nPlaced: 0 })];
  assert.equal(
    line("Handed on", { rows, handed: namedOf(fitOf("ward", [-1, -1]), [], []) }),
    "Ward: 0 clusters of 0 of 6 events, better than noise. In the window that made them there is " +
      "no silhouette.",
  );
  assert.throws(() => clusteringFindings({ ...STUDY, rows: STUDY.rows.slice(1) }, settings), {
    name: "RangeError",
    message: "Cannot state findings as the method handed on must be among 3 rows: got ward",
  });
});

Deno.test("clusteringFindings() says which clusters can be held for what they are", () => {
  assert.equal(
    line("Single clusters"),
    "1 of 2 keeps its members when the days are drawn anew: “A”; 0 are below 0.6, where Hennig " +
      "would not trust them. On average they reach 0.70, clusters of shifted moves 0.30. Tighter " +
      "for their size than anything in 95% of shifted panels, all clusters counted: “A”, “B”.",
  );
  const { fit } = STUDY.handed;
  assert.equal(
    line("Single clusters", { handed: namedOf(fit, [0.5, 0.4, NaN], [0.3, NaN, 0.06]) }),
    "None of 2 keeps its members when the days are drawn anew (Jaccard 0.75 or more); 2 are below " +
      "0.6, where Hennig would not trust them. On average they reach 0.70, clusters of shifted " +
      "moves 0.30. None is tighter for its size than what shifted panels hold.",
  );
  assert.ok(
    line("Single clusters", { handed: namedOf(fit, [0.75, 0.8, 0.6], [1, 1, 1]) }).startsWith(
      "2 of 2 keep their members when the days are drawn anew: “A”, “B”; 0 are below 0.6",
    ),
  );
  const none = { handed: namedOf(fitOf("ward", [-1]), [], []) };
  assert.equal(line("Single clusters", none), "There is none of two events or more.");
  const singles = { handed: namedOf(fitOf("ward", [0, 1]), [1, 1], [NaN, NaN]) };
  assert.equal(line("Single clusters", singles), "There is none of two events or more.");
});

Deno.test("clusteringFindings() says whether prices say more than the titles", () => {
  const wording = rowOf("wording", { coherence: 0.08, beyondWording: NaN, beyondP: NaN });
  assert.equal(
    line("Beyond wording", { rows: [...STUDY.rows, wording] }),
    "Groups by the words of their titles, without a price, reach +0.08. Among pairs whose titles " +
      "share no topic 4 of 4 methods are still better than noise: Ward (+0.03); Average linkage " +
      "(+0.03); Single linkage (+0.03); DBSCAN (+0.03).",
  );
  const weak = STUDY.rows.map((row) => ({ ...row, beyondP: 0.3 }));
  assert.match(
    line("Beyond wording", { rows: [...weak, wording] }),
    /share no topic none of 4 methods is better than noise: here prices say nothing that/,
  );
  const unknown = "Whether prices say more than the titles could not be measured.";
  assert.equal(line("Beyond wording"), unknown);
});

Deno.test("clusteringFindings() holds the highest silhouette against the target", () => {
  assert.equal(
    line("Target"),
    "The seed plan asks for a silhouette above 0.3; the highest is 0.34 (Average linkage, 6 of 6 " +
      "placed).",
  );
  const rows = [rowOf("ward", { silhouette: NaN })];
  assert.equal(line("Target", { rows }), "No silhouette could be measured.");
});
