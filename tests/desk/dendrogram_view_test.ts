import assert from "node:assert/strict";
import { linkage } from "lib/cluster/linkage.ts";
import { pairMatrix } from "lib/core/pair_matrix.ts";
import { integerColumn, numberColumn, stringColumn, type Table, table } from "lib/core/table.ts";
import { dendrogramView } from "lib/desk/dendrogram_view.ts";
import { writeCheckpoint } from "lib/store/checkpoint.ts";

const ABOUT = {
  asOf: "2025-03-01",
  source: "a test",
  inputs: [],
  code: "0".repeat(64),
  params: {
    windows_days: { value: [60, 90] },
    stable_jaccard: { value: 0.8 },
    doubtful_jaccard: { value: 0.5 },
  },
};
/** a and b are near, c is nearer to them than d, which no pair is known of. */
const TREE = linkage(
  pairMatrix(["m:a", "m:b", "m:c", "m:d"], Float64Array.of(1, 3, NaN, 3.5, NaN, NaN)),
  { method: "average" },
);

const LEAVES = table({
  leaf: integerColumn([3, 2, 0, 1]),
  market_id: stringColumn(["m:d", "m:c", "m:a", "m:b"]),
  title: stringColumn(["NO · <b>D</b>", "C?", "A?", "B?"]),
  side: integerColumn([-1, 1, 1, 1]),
});

const CLUSTERS = table({
  method: stringColumn(["ward", "ward", "kmeans", "ward", "ward", "ward"]),
  market_id: stringColumn(["m:a", "m:b", "m:c", "m:c", "m:d", "m:unknown"]),
  cluster_key: stringColumn(["k0", "k0", "k9", "k1", "k1", "k1"]),
  cluster_label: stringColumn(["AB", "AB", "other", "CD", "CD", "CD"]),
  cluster_id: integerColumn([0, 0, 0, 1, 1, 1]),
  silhouette: numberColumn([0.5, 0.25, 0.9, null, null, 0.1]),
  stability: numberColumn([0.81234567, 0.81234567, 1, null, null, null]),
});

const METHODS = table({
  method: stringColumn(["kmeans", "ward", "complete"]),
  k: integerColumn([9, 1, 2]),
});

async function inRun(
  body: (out: string) => Promise<void>,
  change: Readonly<Record<string, Table | null>> = {},
): Promise<void> {
  const out = await Deno.makeTempDir();
  const tables: Record<string, Table | null> = {
    "03_linkage": table({
      left: { type: "integer", values: TREE.left },
      right: { type: "integer", values: TREE.right },
      height: { type: "number", values: TREE.height },
      size: { type: "integer", values: TREE.size },
    }),
    "03_leaves": LEAVES,
    "03_clusters": CLUSTERS,
    "03_methods": METHODS,
    ...change,
  };
  try {
    for (const [name, rows] of Object.entries(tables)) {
      if (rows !== null) await writeCheckpoint(name, rows, { dir: `${out}/checkpoints`, ...ABOUT });
    }
    await body(out);
  } finally {
    await Deno.remove(out, { recursive: true });
  }
}

Deno.test("dendrogramView() gives the tree by leaf, with null for a height that is not finite", () =>
  inRun(async (out) => {
    const view = await dendrogramView(out);
    assert.deepEqual(view.height, [1, 3.25, null]);
    assert.deepEqual([view.left, view.right], [[0, 2, 3], [1, 4, 5]]);
    assert.deepEqual(view.order, [3, 2, 0, 1]);
    assert.deepEqual(view.marketIds, ["m:a", "m:b", "m:c", "m:d"]);
    assert.deepEqual(view.titles, ["A?", "B?", "C?", "NO · <b>D</b>"]);
    assert.deepEqual(view.sides, [1, 1, 1, -1]);
    assert.deepEqual(JSON.parse(JSON.stringify(view)), view);
  }));

Deno.test("dendrogramView() gives Ward's clusters with the mean of known silhouettes", () =>
  inRun(async (out) => {
    const view = await dendrogramView(out);
    assert.deepEqual(view.clusters, [
      { key: "k0", label: "AB", silhouette: 0.375, stability: 0.8123 },
      { key: "k1", label: "CD", silhouette: null, stability: null },
    ]);
    assert.deepEqual(view.clusterOf, [0, 0, 1, 1]);
    assert.equal(view.nClusters, 2);
  }));

Deno.test("dendrogramView() takes bounds and window from the run's parameters", () =>
  inRun(async (out) => {
    const view = await dendrogramView(out);
    // 2025-03-01 is day 20148; 90 days end with it
    assert.deepEqual(view.window, { from: 20059, to: 20148 });
    assert.deepEqual([view.stableJaccard, view.doubtfulJaccard], [0.8, 0.5]);
  }));

Deno.test("dendrogramView() says null for evidence that an older run lacks", () =>
  inRun(async (out) => {
    const view = await dendrogramView(out);
    assert.equal(view.cuts, null);
    assert.equal(view.cutClusters, null);
    assert.match(view.version, / none none$/);
  }));

Deno.test("dendrogramView() reads the evidence of other cuts, unknown as null", () =>
  inRun(async (out) => {
    const view = await dendrogramView(out);
    assert.deepEqual(view.cuts, {
      k: [2, 3],
      silhouette: [0.1235, -0.2],
      stability: [0.5, null],
      nullStability: [0.25, null],
    });
    assert.deepEqual(view.cutClusters, {
      k: [2, 2],
      node: [5, 3],
      silhouette: [0.5, null],
      stability: [1, 0],
    });
    assert.doesNotMatch(view.version, /none/);
  }, {
    "03_cuts": table({
      k: integerColumn([2, 3]),
      height: numberColumn([3, 2]),
      silhouette: numberColumn([0.12345678, -0.2]),
      stability: numberColumn([0.5, null]),
      null_stability: numberColumn([0.25, null]),
    }),
    "03_cut_clusters": table({
      k: integerColumn([2, 2]),
      node: integerColumn([5, 3]),
      size: integerColumn([3, 1]),
      silhouette: numberColumn([0.5, null]),
      stability: numberColumn([1, 0]),
    }),
  }));

Deno.test("dendrogramView() of 2,700 leaves is less than 600 kB of JSON", () => {
  const n = 2700;
  const caterpillar = {
    left: Int32Array.from({ length: n - 1 }, (_, m) => m === 0 ? 0 : m + 1),
    right: Int32Array.from({ length: n - 1 }, (_, m) => m === 0 ? 1 : n + m - 1),
    height: Float64Array.from({ length: n - 1 }, (_, m) => Math.sqrt(m + 1)),
    size: Int32Array.from({ length: n - 1 }, (_, m) => m + 2),
  };
  const ids = Array.from({ length: n }, (_, leaf) => `kalshi:KXCABINETOUT-26SEP30-${leaf}`);
  const counts = Int32Array.from({ length: n - 2 }, (_, k) => k + 2);
  const studied = Array.from({ length: 60 }, (_, k) => Array(k + 1).fill(k + 1)).flat();
  const third = (length: number) => numberColumn(Array(length).fill(1 / 3));
  return inRun(async (out) => {
    const text = JSON.stringify(await dendrogramView(out));
    assert.ok(text.length < 600_000, String(text.length));
  }, {
    "03_linkage": table({
      left: { type: "integer", values: caterpillar.left },
      right: { type: "integer", values: caterpillar.right },
      height: { type: "number", values: caterpillar.height },
      size: { type: "integer", values: caterpillar.size },
    }),
    "03_leaves": table({
      leaf: integerColumn(ids.map((_, leaf) => leaf)),
      market_id: stringColumn(ids),
      title: stringColumn(
        ids.map((_, leaf) => `NO · Will something happen to ${leaf}?`.padEnd(72)),
      ),
      side: integerColumn(ids.map(() => -1)),
    }),
    "03_cuts": table({
      k: { type: "integer", values: counts },
      height: third(n - 2),
      silhouette: third(n - 2),
      stability: third(n - 2),
      null_stability: third(n - 2),
    }),
    "03_cut_clusters": table({
      k: integerColumn(studied),
      node: integerColumn(studied.map((_, i) => 5000 - i)),
      size: integerColumn(studied.map(() => 45)),
      silhouette: third(studied.length),
      stability: third(studied.length),
    }),
  });
});

Deno.test("dendrogramView() refuses leaves of another run, and a run without a tree", async () => {
  await inRun(
    async (out) => {
      await assert.rejects(() => dendrogramView(out), {
        name: "Error",
        message:
          "Cannot show the tree as its 1 leaves must have 0 merges: got 3 (run notebook 03 again)",
      });
    },
    {
      "03_leaves": table({
        leaf: integerColumn([0]),
        market_id: stringColumn(["m:a"]),
        title: stringColumn(["A?"]),
        side: integerColumn([1]),
      }),
    },
  );
  await inRun(async (out) => {
    await assert.rejects(() => dendrogramView(out), {
      name: "RangeError",
      message:
        "Cannot draw a tree as its order must keep the 2 leaves of merge 0 together: got others between them",
    });
  }, { "03_leaves": table({ ...LEAVES.columns, leaf: integerColumn([0, 2, 3, 1]) }) });
  await inRun(async (out) => {
    await assert.rejects(
      () => dendrogramView(out),
      /Cannot read checkpoint "03_linkage" as file "03_linkage.meta.json" must be readable/,
    );
  }, { "03_linkage": null });
});
