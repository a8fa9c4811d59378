import assert from "node:assert/strict";
import { cellAt, type Table } from "lib/core/table.ts";
import { antiExampleSuggestions } from "lib/taxonomy/anti_examples.ts";
import { disagreements } from "lib/taxonomy/disagreements.ts";
import { reconciled } from "lib/taxonomy/reconcile.ts";
import {
  agreementMatrix,
  agreementSummary,
  agreementTable,
  antiExampleTable,
  disagreementTable,
  reconciledTable,
} from "lib/taxonomy/reconciled_tables.ts";
import { themeAgreement } from "lib/taxonomy/theme_agreement.ts";
import type { ThemeList } from "lib/taxonomy/themes.ts";
import { fourClusters, othersOf, unrelated, witness } from "./made_witnesses.ts";

const MARKETS = fourClusters();
const FOUND = reconciled(MARKETS, othersOf(MARKETS));

function columns(of: Table): string {
  return Object.entries(of.columns).map(([name, { type }]) => `${name} ${type}`).join(", ");
}

function rows(of: Table): unknown[][] {
  return Array.from(
    { length: of.nRows },
    (_, row) => Object.values(of.columns).map((column) => cellAt(column, row)),
  );
}

Deno.test("agreementTable() has the pairs that meet and those that should", () => {
  const found = agreementTable(themeAgreement(MARKETS, { permutations: 19, seed: 7 }));
  assert.equal(
    columns(found),
    "cluster_id integer, cluster_label string, theme string, n integer, expected number, " +
      "residual number, p_value number, q_value number",
  );
  assert.equal(found.nRows, 16);
  const rare = [
    ...unrelated(40, 7),
    witness("poly:z", { ...MARKETS[0]!, marketId: "poly:z", eventId: "z", theme: "rare" }),
  ];
  const agreement = themeAgreement(rare, { permutations: 19, seed: 7 });
  const shown = rows(agreementTable(agreement)).filter(([, , theme]) => theme === "rare");
  assert.deepEqual(shown.map(([cluster, , , n]) => [cluster, n]), [[0, 1]]);
  assert.equal(agreement.cells.filter(({ theme }) => theme === "rare").length, 4);
});

Deno.test("agreementSummary() has each measure beside its null, and baselines without one", () => {
  const found = agreementSummary(themeAgreement(MARKETS, { permutations: 19, seed: 7 }));
  assert.equal(
    columns(found),
    "measure string, value number, null_median number, null_p95 number, percentile number, " +
      "p_value number",
  );
  assert.deepEqual(rows(found).map(([measure, , , , , p]) => [measure, p]), [
    ["adjusted_rand", 0.05],
    ["adjusted_rand_unplaced_alone", 0.05],
    ["adjusted_mutual_information", 0.05],
    ["purity", 0.05],
    ["purity_of_one_cluster", null],
    ["balanced_purity", 0.05],
    ["balanced_purity_of_one_cluster", null],
  ]);
  assert.deepEqual([rows(found)[4]![1], rows(found)[6]![1]], [0.25, 0.25]);
  const empty = agreementSummary(themeAgreement([], { permutations: 19, seed: 7 }));
  for (const row of rows(empty)) assert.deepEqual(row.slice(1), [null, null, null, null, null]);
});

Deno.test("reconciledTable() has a row a contract with what its event is", () => {
  const contracts = [...MARKETS, { ...MARKETS[9]!, marketId: "poly:second" }].toReversed();
  const found = reconciledTable(FOUND, contracts);
  assert.equal(
    columns(found),
    "market_id string, event_id string, theme string, rule string, cluster_theme string, " +
      "llm_theme string, confidence number, cluster_id integer, cluster_stability number, cluster_q number",
  );
  const byId = new Map(rows(found).map((row) => [row[0], row.slice(1)]));
  assert.deepEqual([found.nRows, byId.size], [43, 43]);
  assert.deepEqual([...byId.keys()], [...byId.keys()].sort());
  const named = [
    ...["event of poly:09", "crypto_digital", "prices name", "crypto_digital", "uncategorized"],
    ...[0.3, 0, 0.9, 0.01],
  ];
  assert.deepEqual(byId.get("poly:09"), named);
  assert.deepEqual(byId.get("poly:second"), named);
  assert.deepEqual(byId.get("poly:x1"), [
    ...["event of poly:x1", "uncategorized", "neither", null, null, null, -1, null, null],
  ]);
});

Deno.test("reconciledTable() refuses a contract of an unknown event", () => {
  assert.throws(() => reconciledTable([], [{ marketId: "poly:a", eventId: "a" }]), {
    name: "RangeError",
    message: 'Cannot list contract "poly:a" as its event must be reconciled: got "a"',
  });
});

Deno.test("disagreementTable() has the evidence of both witnesses", () => {
  const readings = new Map([["poly:08", { title: "=Fed?", reasoning: "a term" }]]);
  const list = disagreements(FOUND, readings, { strongConfidence: 0.8 });
  const found = disagreementTable(list);
  assert.equal(
    columns(found),
    "priority integer, market_id string, event_id string, contracts integer, title string, " +
      "rule string, theme string, llm_theme string, confidence number, reasoning string, cluster_theme string, " +
      "cluster_id integer, cluster_label string, cluster_share number, theme_q number, " +
      "cluster_stability number, cluster_q number",
  );
  const [first] = rows(found);
  const themeQ = FOUND.find(({ marketId }) => marketId === "poly:08")!.cluster!.themeQ;
  assert.deepEqual(first, [
    ...[1, "poly:08", "event of poly:08", 1, "=Fed?", "statistics", "crypto_digital"],
    ...["fed_monetary_policy", 0.9, "a term", "crypto_digital", 0, "cluster 0", 1, themeQ],
    ...[0.9, 0.01],
  ]);
  assert.equal(disagreementTable([]).nRows, 0);
});

Deno.test("antiExampleTable() has a row a suggestion", () => {
  const titles = new Map([["poly:08", "Fed?"]]);
  const found = antiExampleTable(antiExampleSuggestions(FOUND, titles, { minEvents: 1 }));
  assert.equal(
    columns(found),
    "theme string, text string, belongs_to string, n_events integer, market_id string, " +
      "cluster_label string, by string",
  );
  assert.deepEqual(rows(found), [
    ["fed_monetary_policy", "Fed?", "crypto_digital", 1, "poly:08", "cluster 0", "prices"],
  ]);
});

/** A list of themes with these ids; nothing else of a theme is looked at. */
function listOf(...ids: string[]): ThemeList {
  return {
    version: "made",
    themes: ids.map((id) => ({
      ...{ id, name: id, short: id, description: id, isExcluded: false, hue: "blue" },
      ...{ family: id, examples: [], antiExamples: [] },
    })),
  };
}

Deno.test("agreementMatrix() has a row a cluster and a column a theme, in the order of the list", () => {
  const list = listOf(
    ...["us_elections", "sports", "crypto_digital", "middle_east", "fed_monetary_policy"],
  );
  const agreement = themeAgreement(MARKETS, { permutations: 19, seed: 7 });
  const found = agreementMatrix(agreement, list);
  assert.equal(
    columns(found),
    "cluster_id integer, cluster_label string, us_elections integer, sports integer, " +
      "crypto_digital integer, middle_east integer, fed_monetary_policy integer",
  );
  assert.deepEqual(rows(found), [
    [0, "cluster 0", 0, 0, 8, 0, 1],
    [1, "cluster 1", 0, 0, 0, 1, 8],
    [2, "cluster 2", 1, 0, 0, 8, 0],
    [3, "cluster 3", 8, 0, 1, 0, 0],
  ]);
  assert.deepEqual(
    agreementMatrix(themeAgreement(MARKETS.toReversed(), { permutations: 19, seed: 7 }), list),
    found,
  );
});

Deno.test("agreementMatrix() of no cluster has its columns and no row", () => {
  const found = agreementMatrix({ cells: [] }, listOf("sports"));
  assert.equal(columns(found), "cluster_id integer, cluster_label string, sports integer");
  assert.equal(found.nRows, 0);
});

Deno.test("agreementMatrix() keeps a cluster's label as it is, and refuses an unknown theme", () => {
  const label = '=HYPERLINK("http://x"),<b>\n';
  const cells = themeAgreement(
    unrelated(40, 7).map((one) => ({ ...one, clusterLabel: label })),
    { permutations: 19, seed: 7 },
  ).cells;
  const list = listOf("sports", "crypto_digital", "us_elections");
  assert.deepEqual(
    new Set(rows(agreementMatrix({ cells }, list)).map((row) => row[1])),
    new Set([label]),
  );
  assert.throws(() => agreementMatrix({ cells }, listOf("sports", "us_elections")), {
    name: "RangeError",
    message:
      'Cannot lay out clusters by theme as each theme must be in the list: got "crypto_digital"',
  });
});
