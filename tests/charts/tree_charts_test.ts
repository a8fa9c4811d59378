import assert from "node:assert/strict";
import fc from "fast-check";
import { type PairMatrix, pairMatrix } from "lib/core/pair_matrix.ts";
import { randomIndex, randomStream } from "lib/core/random.ts";
import { partition } from "lib/cluster/partition.ts";
import { clusterDendrogramChart } from "lib/charts/cluster_dendrogram.ts";
import { correlationHeatMapChart } from "lib/charts/correlation_heat_map.ts";
import { dendrogramChart } from "lib/charts/dendrogram.ts";
import type { Figure } from "lib/charts/figure.ts";
import { stabilityText, type TreeView } from "lib/charts/tree_view.ts";
import { treesAgainstNullChart } from "lib/charts/trees_against_null.ts";
import { pngPixels } from "./png_pixels.ts";
import { FOLDER, SIMULATED } from "./synthetic.ts";
import { averageTree, simpleOrder, syntheticTrees, treeChartsOf } from "./synthetic_trees.ts";
import { overlaps, textBoxes } from "./text_boxes.ts";

const SIZES = [0, 1, 2, 30, 300, 2700];
const FIGURES = new Map(SIZES.map((n) => [n, treeChartsOf(n, SIMULATED)]));
const LARGE = syntheticTrees(2700);
const DISTANCE = { distanceName: "Average distance 1 − ρ" };
const HOSTILE = `<script>alert("1")</script> & \u202egnp.exe\u0000 \ud83d\udcb0 ]]> ${
  "long ".repeat(60)
}`;

function said({ svg }: Figure): string[] {
  return textBoxes(svg).map(({ text }) => text);
}

/** Subpaths of all paths of this colour: four points make a merge. */
function merges(svg: string, stroke?: string): number {
  return Array.from(svg.matchAll(/<g aria-label="line" fill="none"([^>]*)><path d="([^"]*)"/g))
    .filter(([, look]) => stroke === undefined || look!.includes(`stroke="${stroke}"`))
    .reduce((sum, [, , d]) => sum + d!.split("M").length - 1, 0);
}

for (const [n, figures] of FIGURES) {
  for (const figure of figures) {
    Deno.test(`${figure.name} of ${n} leaves has readable text that neither overlaps nor is cut`, () => {
      const { svg } = figure;
      const height = Number(/^<svg [^>]*height="(\d+)"/.exec(svg)![1]);
      const boxes = textBoxes(svg);
      assert.ok(boxes.length >= 4);
      for (const box of boxes) {
        assert.ok(box.size >= 10, `"${box.text}" is ${box.size} px`);
        assert.ok(box.left >= 0 && box.right <= 820, `"${box.text}" ${box.left}…${box.right}`);
        assert.ok(box.top >= 0 && box.bottom <= height, `"${box.text}" ${box.top}…${box.bottom}`);
      }
      assert.deepEqual(overlaps(boxes), []);
      const drawn = svg.replace(/base64,[^"]*/g, "");
      assert.doesNotMatch(drawn, /NaN|Infinity|undefined/);
      assert.ok(svg.length < 300_000, `${svg.length} bytes`);
    });
  }
}

Deno.test("charts of trees are the same bytes when drawn again", () => {
  assert.deepEqual(
    treeChartsOf(300, SIMULATED).map(({ svg }) => svg),
    FIGURES.get(300)!.map(({ svg }) => svg),
  );
});

Deno.test("charts of trees on one page share no id", () => {
  const ids = FIGURES.get(300)!.flatMap(({ svg }) =>
    Array.from(svg.matchAll(/ id="([^"]+)"/g), ([, id]) => id)
  );
  assert.ok(ids.length >= 8);
  assert.equal(new Set(ids).size, ids.length);
});

Deno.test("charts of trees become pictures that are not blank", () => {
  for (const figure of FIGURES.get(30)!) {
    const { pixels } = pngPixels(figure.png());
    let dark = 0;
    for (let i = 0; i < pixels.length; i += 4) if (pixels[i]! < 128) ++dark;
    assert.ok(dark * 4 / pixels.length > 0.004, figure.name);
  }
});

Deno.test("charts of trees of nothing say what is missing", () => {
  const messages = (n: number) =>
    FIGURES.get(n)!.map(({ svg }) => textBoxes(svg).find((box) => box.size === 14)?.text);
  assert.deepEqual(messages(0), [
    "no events to cluster",
    "no pairs of events with a known correlation",
    "fewer than two events: no tree to compare",
  ]);
  assert.deepEqual(messages(1), [
    "one event: nothing to join",
    "one event: Will the Fed cut rates by 50 basis points or more at its meeting in 2025 (0)",
    "no pairs of events with a known correlation",
    "fewer than two events: no tree to compare",
  ]);
});

Deno.test("stabilityText() reads Hennig's bounds and never rounds over one", () => {
  assert.deepEqual([1, 0.999, 0.75, 0.7499, 0.6, 0.599, 0.07, 0, NaN].map(stabilityText), [
    "1.00 stable",
    ".99 stable",
    ".75 stable",
    ".74 doubtful",
    ".60 doubtful",
    ".59 do not trust",
    ".07 do not trust",
    ".00 do not trust",
    "unknown",
  ]);
});

function withStability(view: TreeView, jaccard: number): TreeView {
  return { ...view, stability: view.labels.map(() => jaccard) };
}

Deno.test("dendrogramChart() says how many clusters are stable", () => {
  const { view } = syntheticTrees(30);
  const title = (changed: TreeView) => dendrogramChart(changed, DISTANCE, FOLDER).title;
  assert.equal(
    title(view),
    "4 clusters of 23 events, of which 2 are stable (bootstrap Jaccard ≥ .75); 7 other events stand alone",
  );
  assert.equal(
    title(withStability(view, 0.5)),
    "None of 4 clusters of 23 events is stable (bootstrap Jaccard ≥ .75); 7 other events stand alone",
  );
  assert.equal(
    title(withStability(view, NaN)),
    "4 clusters of 23 events, whose stability is not known; 7 other events stand alone",
  );
  const grouped = (labels: number[], jaccard: number) => {
    const clusters = partition(view.tree.ids, labels);
    const names = Array.from({ length: clusters.nClusters }, () => "x");
    return title(withStability({ ...view, clusters, labels: names }, jaccard));
  };
  const every = view.titles.map((_, i) => i);
  assert.equal(
    grouped(every.map(() => 0), 0.2),
    "The 1 cluster of 30 events is not stable (bootstrap Jaccard ≥ .75)",
  );
  assert.equal(
    grouped(every.map((i) => i === 3 ? 1 : 0), 0.9),
    "1 cluster of 29 events, of which 1 is stable (bootstrap Jaccard ≥ .75); 1 other event stands alone",
  );
  for (const labels of [every, every.map(() => -1)]) {
    assert.equal(grouped(labels, 0.9), "None of 30 events shares a cluster with another");
  }
});

Deno.test("dendrogramChart() draws each merge once, each title, and each cluster's stability", () => {
  const { view } = syntheticTrees(30);
  const chart = dendrogramChart(view, DISTANCE, FOLDER);
  assert.equal(merges(chart.svg), 29);
  const words = said(chart);
  for (const title of view.titles) {
    assert.ok(words.some((text) => title.startsWith(text.replace("…", ""))), title);
  }
  for (
    const line of [
      "12 events, J .97 stable",
      "6 events, J .78 stable",
      "3 events, J .59 do not trust",
    ]
  ) {
    assert.ok(words.includes(line), `${line} in ${words}`);
  }
  for (const name of ["0 · Fed · rate cut · Powell", "1 · BTC · all-time high"]) {
    assert.ok(words.includes(name), name);
  }
  // its number stands on its branch too
  assert.ok(words.includes("0") && words.includes("1"));
});

Deno.test("dendrogramChart() draws a stable cluster's branches thick and in its colour", () => {
  const { view } = syntheticTrees(30);
  const isThick = (jaccard: number) =>
    dendrogramChart(withStability(view, jaccard), DISTANCE, FOLDER).svg
      .includes('stroke-width="2" stroke="#276fd7"');
  assert.deepEqual([0.8, 0.74, 0.4, NaN].map(isThick), [true, false, false, false]);
  const largest = view.clusters.cluster.filter((c) => c === 0).length;
  assert.equal(merges(dendrogramChart(view, DISTANCE, FOLDER).svg, "#276fd7"), largest - 1);
});

Deno.test("dendrogramChart() folds 2,700 leaves into one row a cluster and says so", () => {
  const { view } = LARGE;
  const [chart] = FIGURES.get(2700)!;
  const words = said(chart!);
  assert.ok(words.some((text) => text.startsWith("2,700 events are folded into 74 rows;")));
  assert.equal(words.filter((text) => /^\d+ · /.test(text)).length, view.clusters.nClusters);
  assert.equal(merges(chart!.svg, "#8a9099"), view.clusters.nClusters - 1);
  const sizes = view.clusters.cluster.filter((c) => c === 0).length;
  assert.ok(words.includes(String(sizes)));
});

Deno.test("dendrogramChart() gives small clusters a common row where there are over 320", () => {
  const { view } = LARGE;
  const n = 2700;
  const clusters = partition(view.tree.ids, view.titles.map((_, i) => i));
  const chart = dendrogramChart(
    { ...view, clusters, labels: view.titles, stability: new Float64Array(n) },
    DISTANCE,
    FOLDER,
  );
  const words = said(chart);
  assert.ok(words.some((text) => text.startsWith("2,700 events are folded into 320 rows;")));
  const named = words.filter((text) => /^\d+ · /.test(text)).length;
  const shared = words.map((text) => /^([\d,]+) small clusters?$/.exec(text)?.[1])
    .filter((count) => count !== undefined).map((count) => Number(count.replace(",", "")));
  assert.equal(named + shared.length, 320);
  assert.equal(named + shared.reduce((sum, count) => sum + count, 0), n);
  assert.deepEqual(overlaps(textBoxes(chart.svg)), []);
});

/** Two groups of three without a known pair between them. */
function unjoined(): { rho: PairMatrix; view: TreeView } {
  const rho = pairMatrix(["a", "b", "c", "d", "e", "f"]);
  const known: [number, number][] = [[0, 0.9], [1, 0.5], [5, 0.4], [12, 0.8], [13, 0.3], [14, 0.2]];
  for (const [at, r] of known) rho.values[at] = r;
  const tree = averageTree(rho);
  return {
    rho,
    view: {
      tree,
      order: simpleOrder(tree),
      clusters: partition(tree.ids, [0, 0, 0, 1, 1, 1]),
      cutHeight: Infinity,
      labels: ["one", "two"],
      stability: [0.9, 0.7],
      titles: ["A", "B", "C", "D", "E", ""],
    },
  };
}

Deno.test("charts of trees leave sides without a known pair unjoined and say so", () => {
  const { rho, view } = unjoined();
  assert.equal(view.tree.height.at(-1), Infinity);
  const charts = [
    dendrogramChart(view, DISTANCE, FOLDER),
    correlationHeatMapChart({ rho, view }, FOLDER),
    treesAgainstNullChart({
      real: view.tree,
      realOrder: view.order,
      shifted: view.tree,
      shiftedOrder: view.order,
      quartileHeight: 0.5,
      nullQuartileHeights: Float64Array.of(0.4, Infinity, NaN),
    }, FOLDER),
  ];
  for (const chart of charts) {
    assert.doesNotMatch(chart.svg, /Infinity|NaN/, chart.name);
    assert.ok(said(chart).some((text) => /unjoined/.test(text)), chart.name);
    assert.deepEqual(overlaps(textBoxes(chart.svg)), [], chart.name);
  }
  assert.equal(merges(charts[0]!.svg), 4);
  // a leaf without a title shows its id
  assert.ok(said(charts[0]!).includes("f"));
});

Deno.test("charts of trees stay whole for any grouping, unknown pairs and equal heights", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 40 }),
      fc.integer({ min: 1, max: 12 }),
      fc.constantFrom(0, 0.3, 0.95),
      fc.constantFrom(1, 1e-9, 0),
      fc.nat(1e6),
      (n, k, unknown, scale, seed) => {
        const random = randomStream(seed, "any");
        const rho = pairMatrix(Array.from({ length: n }, (_, i) => `i${i}`));
        for (let at = 0; at < rho.values.length; ++at) {
          rho.values[at] = random() < unknown ? NaN : 1 - scale * random();
        }
        const tree = averageTree(rho);
        // groups that the tree does not know, some items in none
        const clusters = partition(tree.ids, tree.ids.map(() => randomIndex(random, k) - 1));
        const names = Array.from({ length: clusters.nClusters }, (_, c) => `group ${c}`);
        const view: TreeView = {
          tree,
          order: simpleOrder(tree),
          clusters,
          cutHeight: 2 * scale * random(),
          labels: names,
          stability: names.map(() => random()),
          titles: tree.ids,
          noun: "market",
        };
        const charts = [
          dendrogramChart(view, DISTANCE, FOLDER),
          ...names.map((_, c) => clusterDendrogramChart(view, c, DISTANCE, FOLDER)),
          correlationHeatMapChart({ rho, view }, FOLDER),
        ];
        for (const { svg, name } of charts) {
          assert.doesNotMatch(svg.replace(/base64,[^"]*/g, ""), /NaN|Infinity|undefined/, name);
          const boxes = textBoxes(svg);
          assert.deepEqual(overlaps(boxes), [], name);
          assert.ok(boxes.every(({ left, right }) => left >= 0 && right <= 820), name);
        }
        const joined = tree.height.filter(Number.isFinite).length;
        assert.equal(merges(charts[0]!.svg), joined);
      },
    ),
    { seed: 7, numRuns: 60 },
  );
});

Deno.test("dendrogramChart() numbers every part of a cluster that the tree does not hold together", () => {
  const { view } = unjoined();
  const order = Array.from(view.order);
  const labels = view.titles.map((_, i) => order.indexOf(i) % 2);
  const words = said(
    dendrogramChart({ ...view, clusters: partition(view.tree.ids, labels) }, DISTANCE, FOLDER),
  );
  // "0" is also the end of both axes
  assert.equal(words.filter((text) => text === "0 · one" || text === "0").length, 3 + 2);
  assert.equal(words.filter((text) => text === "1 · two" || text === "1").length, 3);
});

Deno.test("dendrogramChart() refuses a view whose parts do not fit", () => {
  const { view } = syntheticTrees(30);
  const refused = (changed: Partial<TreeView>, message: string) =>
    assert.throws(() => dendrogramChart({ ...view, ...changed }, DISTANCE, FOLDER), {
      name: "RangeError",
      message,
    });
  const k = view.clusters.nClusters;
  refused({ titles: [] }, "Cannot draw a tree as each of 30 leaves must have one title: got 0");
  refused(
    { labels: ["x"] },
    `Cannot draw a tree as each of ${k} clusters must have one label: got 1`,
  );
  refused(
    { stability: [] },
    `Cannot draw a tree as each of ${k} clusters must have one stability: got 0`,
  );
  refused(
    { clusters: partition(["a"], [0]), labels: [""], stability: [1] },
    "Cannot draw a tree as each of 30 leaves must have one cluster: got 1",
  );
});

Deno.test("charts of trees show hostile names as text", () => {
  const { view, rho } = syntheticTrees(30);
  const hostile = {
    ...view,
    titles: view.titles.map(() => HOSTILE),
    labels: view.labels.map(() => HOSTILE),
  };
  const charts = [
    dendrogramChart(hostile, { distanceName: HOSTILE }, FOLDER),
    clusterDendrogramChart(hostile, 0, DISTANCE, FOLDER),
    correlationHeatMapChart({ rho, view: hostile }, FOLDER),
  ];
  for (const { svg, name } of charts) {
    for (const unsafe of ["<script", "\u202e", "\u0000", "]]>"]) {
      assert.ok(!svg.includes(unsafe), `${name} holds ${unsafe}`);
    }
    const boxes = textBoxes(svg);
    assert.ok(boxes.some(({ text }) => text.includes("<script>alert")), name);
    assert.ok(boxes.every(({ left, right }) => left >= 0 && right <= 820), name);
    assert.deepEqual(overlaps(boxes), [], name);
  }
});

Deno.test("clusterDendrogramChart() holds the whole titles of one cluster", () => {
  const { view } = syntheticTrees(300);
  const chart = clusterDendrogramChart(view, 1, DISTANCE, FOLDER);
  const held = view.titles.filter((_, i) => view.clusters.cluster[i] === 1);
  assert.equal(
    chart.title,
    `Cluster 1, “BTC · all-time high”: ${held.length} events join at 0.83 and below; bootstrap Jaccard .78 stable`,
  );
  assert.equal(merges(chart.svg), held.length - 1);
  const words = said(chart);
  for (const title of held) assert.ok(words.includes(title), title);
  assert.equal(chart.name, "cluster_dendrogram_1");
  assert.match(
    clusterDendrogramChart(withStability(view, 0.41), 1, DISTANCE, FOLDER).title,
    /bootstrap Jaccard \.41 do not trust$/,
  );
});

Deno.test("clusterDendrogramChart() shows 400 leaves of a larger cluster and counts the others", () => {
  const { view } = LARGE;
  const clusters = partition(view.tree.ids, view.titles.map((_, i) => i < 450 ? 0 : 1));
  const chart = clusterDendrogramChart(
    { ...view, clusters, labels: ["rest", "few"], stability: [0.7, 0.7] },
    1,
    DISTANCE,
    FOLDER,
  );
  assert.match(chart.title, /^Cluster 1, “few”: 450 events join at /);
  assert.ok(said(chart).includes("50 further events of the cluster are left out below."));
  assert.equal(merges(chart.svg), 399);
});

Deno.test("clusterDendrogramChart() refuses a cluster that is not there", () => {
  const { view } = syntheticTrees(30);
  for (const cluster of [-1, 1.5, NaN, view.clusters.nClusters]) {
    assert.throws(() => clusterDendrogramChart(view, cluster, DISTANCE, FOLDER), {
      name: "RangeError",
      message:
        `Cannot draw a cluster as its number must be below ${view.clusters.nClusters}: got ${cluster}`,
    });
  }
});

Deno.test("correlationHeatMapChart() says how members and others correlate", () => {
  const { rho, view } = unjoined();
  const title = (r: PairMatrix, changed = view) =>
    correlationHeatMapChart({ rho: r, view: changed }, FOLDER).title;
  assert.equal(title(rho), "All pairs lie within clusters and correlate by 0.52 on average");
  const across = pairMatrix(rho.ids, rho.values.map((r) => Number.isNaN(r) ? -0.001 : r));
  assert.equal(
    title(across),
    "Members of a cluster correlate by 0.52 on average, others by 0.00, in the window that made the clusters",
  );
  const negative = pairMatrix(rho.ids, rho.values.map((r) => Number.isNaN(r) ? 0.6 : -r));
  assert.equal(
    title(negative),
    "Members of a cluster correlate no more than others: by −0.52 on average against 0.60",
  );
  const grouped = (labels: number[]) => {
    const clusters = partition(rho.ids, labels);
    const names = Array.from({ length: clusters.nClusters }, () => "x");
    return { ...view, clusters, labels: names, stability: names.map(() => NaN) };
  };
  assert.equal(
    title(rho, grouped([0, 1, 2, 3, 4, 5])),
    "No two members of a cluster have a known correlation; other pairs correlate by 0.52 on average",
  );
  const unclustered = { rho, view: grouped([-1, -1, -1, -1, -1, -1]) };
  const plain = correlationHeatMapChart(unclustered, FOLDER);
  assert.equal(plain.title, "6 events correlate by 0.52 on average once a side is chosen for each");
  assert.equal(plain.name, "clustered_heat_map");
  const ungrouped = correlationHeatMapChart(
    { rho, view: grouped([0, 0, 0, 1, 1, 1]), clustered: false },
    FOLDER,
  );
  assert.deepEqual([ungrouped.name, ungrouped.title], ["correlation_heat_map", plain.title]);
  assert.equal(title(pairMatrix(rho.ids)), "No pair of 6 events is known");
});

Deno.test("correlationHeatMapChart() compares members with those of clusters of shifted moves", () => {
  const { rho, view } = unjoined();
  const across = pairMatrix(rho.ids, rho.values.map((r) => Number.isNaN(r) ? -0.001 : r));
  const title = (...within: number[]) =>
    correlationHeatMapChart({ rho: across, view, null: { p95Abs: 0.3, within } }, FOLDER).title;
  const band = (low: number) => Array.from({ length: 21 }, (_, b) => low + 0.001 * b);
  assert.equal(
    title(...band(0.1), NaN),
    "Members of a cluster correlate by 0.52 on average, more than in shifted moves (0.10 to 0.12); others by 0.00",
  );
  assert.equal(
    title(...band(0.51)),
    "Members of a cluster correlate by 0.52 on average, no more than in shifted moves (0.51 to 0.53)",
  );
  assert.match(title(...band(0.4965)), /by 0\.517 on average, more than .* \(0\.50 to 0\.515\); /);
  assert.match(title(), /, others by 0\.00, in the window that made the clusters$/);
  assert.equal(title(NaN), title());
});

Deno.test("correlationHeatMapChart() outlines clusters, hatches the unknown and marks the null", () => {
  const { rho, view } = unjoined();
  const of = (p95Abs?: number) =>
    correlationHeatMapChart(
      { rho, view, null: p95Abs === undefined ? undefined : { p95Abs, within: [] } },
      FOLDER,
    );
  const chart = of(0.38);
  const words = said(chart);
  assert.ok(words.some((text) => text.includes("60% of pairs unknown, hatched")));
  assert.ok(words.includes("95% of pairs of shifted moves: within ±0.38"));
  assert.ok(words.includes("0 · one") && words.includes("1 · two") && words.includes("3"));
  assert.ok(words.some((text) => text.includes("members correlate more by construction")));
  assert.equal(chart.svg.match(/<image /g)?.length, 1);
  assert.ok(!said(of()).some((text) => text.startsWith("95%")));
});

Deno.test("correlationHeatMapChart() is drawn by the PNG writer in the colours of its scale", () => {
  const { rho, view } = unjoined();
  const figure = correlationHeatMapChart({ rho, view }, FOLDER);
  const { width, pixels } = pngPixels(figure.png());
  const count = (colour: string) => {
    const [r, g, b] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
    let same = 0;
    for (let i = 0; i < pixels.length; i += 4) {
      if (pixels[i] === r && pixels[i + 1] === g && pixels[i + 2] === b) ++same;
    }
    return same / (width / 820) ** 2;
  };
  // six cells of the diagonal, each a sixth of 500 units wide, but for hairlines on them
  assert.ok(Math.abs(count("#8c1008") / (6 * (500 / 6) ** 2) - 1) < 0.06);
});

Deno.test("correlationHeatMapChart() gathers 2,700 items into cells and says so", () => {
  const chart = FIGURES.get(2700)!.find(({ name }) => name === "clustered_heat_map")!;
  const words = said(chart).join(" ");
  assert.match(words, /Each cell is the mean over up to 7 × 7 pairs\./);
  assert.match(words, /Margins: the 200 highest of 2,699 merges; what joins below is grey\./);
  assert.match(
    words,
    /Beside the map: the 38 largest clusters of 74, each with its number of events\./,
  );
});

Deno.test("correlationHeatMapChart() of noise, which hardly compresses, stays under 300 kB", () => {
  // the most items that have a cell each
  const { rho, view } = syntheticTrees(400, { strength: 0, nDays: 8 });
  const { svg } = correlationHeatMapChart({ rho, view }, FOLDER);
  assert.ok(svg.length > 200_000 && svg.length < 300_000, `${svg.length}`);
  assert.ok(!svg.includes("Each cell"));
});

Deno.test("correlationHeatMapChart() refuses correlations of other items", () => {
  const { view } = unjoined();
  assert.throws(() => correlationHeatMapChart({ rho: pairMatrix(["a", "b"]), view }, FOLDER), {
    name: "RangeError",
    message: "Cannot draw a heat map as the correlations must be of the tree's 6 leaves: got 2",
  });
});

function against(quartileHeight: number, nullQuartileHeights: number[]) {
  const { view } = syntheticTrees(30);
  return treesAgainstNullChart({
    real: view.tree,
    realOrder: view.order,
    shifted: view.tree,
    shiftedOrder: view.order,
    quartileHeight,
    nullQuartileHeights: Float64Array.from(nullQuartileHeights),
  }, FOLDER);
}

Deno.test("treesAgainstNullChart() says whether the real tree joins lower", () => {
  const nulls = Array.from({ length: 39 }, (_, b) => 0.8 + b / 1000);
  assert.equal(
    against(0.5, nulls).title,
    "The tree of 30 events joins lower than trees of shifted moves: its lower quartile of merges is below that of all 39 replicates",
  );
  assert.equal(
    against(0.8, nulls).title,
    "The tree of 30 events joins lower than trees of shifted moves: its lower quartile of merges is below that of 38 of 39 replicates",
  );
  assert.equal(
    against(0.801, nulls).title,
    "The tree of 30 events joins no lower than one of shifted moves: its lower quartile of merges is below that of 37 of 39 replicates",
  );
  // too few replicates to say more, however low
  assert.equal(
    against(0.5, [0.8]).title,
    "The tree of 30 events joins no lower than one of shifted moves: its lower quartile of merges is below that of 1 of 1 replicate",
  );
  for (const chart of [against(NaN, nulls), against(0.5, []), against(0.5, [NaN])]) {
    assert.equal(
      chart.title,
      "Whether the tree of 30 events joins lower than one of shifted moves is not measured",
    );
    assert.doesNotMatch(chart.svg, /NaN/);
  }
});

Deno.test("treesAgainstNullChart() draws both trees, the real quartile and the null's range", () => {
  const nulls = Array.from({ length: 101 }, (_, b) => 0.7 + b / 500);
  const chart = against(0.55, nulls);
  assert.equal(merges(chart.svg, "#276fd7"), 29);
  assert.equal(merges(chart.svg, "#555b64"), 29);
  const words = said(chart);
  for (const text of ["here: quartile", "0.55", "shifted: 90%", "0.71–0.89"]) {
    assert.ok(words.some((word) => word === text), `${text} in ${words}`);
  }
  assert.equal(chart.svg.match(/fill-opacity="0.28"/g)?.length, 2);
  // one label moves aside where line and band meet, at either end of the axis too
  for (const at of [0, 0.55, 0.75, 1.04]) {
    const met = against(at, nulls.map((h) => at + (h - 0.75) / 100));
    assert.deepEqual(overlaps(textBoxes(met.svg)), []);
  }
});

Deno.test("treesAgainstNullChart() draws the 400 highest of 2,699 merges and says so", () => {
  const chart = FIGURES.get(2700)!.find(({ name }) => name === "trees_against_null")!;
  assert.equal(merges(chart.svg, "#276fd7"), 400);
  assert.ok(said(chart).some((text) => text.startsWith("The 400 highest of 2,699 merges")));
});

Deno.test("clusterDendrogramChart() of a tree without clusters says so", () => {
  const { view } = syntheticTrees(12);
  const none = {
    ...view,
    clusters: { ...view.clusters, cluster: view.clusters.cluster.map(() => -1), nClusters: 0 },
    labels: [],
    stability: [],
  };
  const chart = clusterDendrogramChart(none, 0, DISTANCE, FOLDER);
  assert.deepEqual([chart.name, chart.title], [
    "cluster_dendrogram_0",
    "No event belongs to a cluster",
  ]);
});
