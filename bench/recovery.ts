/**
 * How well each method finds the planted clusters of the simulated universe, by level of noise:
 * `deno run -A bench/recovery.ts [N_SEEDS] [SVG]`.
 *
 * The noise level is the share of days, drawn for each market by itself, on which its moves are
 * exchanged among themselves: at 1 nothing is left but what a market does by itself. Prints a table
 * of the mean adjusted Rand index over seeds and windows, and draws it where a file is named.
 */
import { recoveryChart } from "lib/charts/recovery.ts";
import { fitMethods } from "lib/cluster/fit_methods.ts";
import { METHODS } from "lib/cluster/method_list.ts";
import { formatDay } from "lib/core/day.ts";
import type { Panel } from "lib/core/panel.ts";
import { type Random, randomIndex, randomStream } from "lib/core/random.ts";
import { WINDOW_END_DAY } from "lib/sources/simulated/simulate.ts";
import { adjustedRandIndex } from "lib/stats/label_agreement.ts";
import { meanKnown } from "lib/stats/mean_known.ts";
import { nullQuantiles } from "lib/core/null_percentile.ts";
import { SETTINGS, simulatedWindows } from "./simulated_windows.ts";

const LEVELS = [0, 0.25, 0.5, 0.75, 1];
const [nSeeds, file] = [Number(Deno.args[0] ?? 4), Deno.args[1]];
const set = SETTINGS.clustering;

/** The moves of a share of days, drawn for each market, exchanged among these days. */
function blurred({ days, markets, values }: Panel, share: number, random: Random): Panel {
  const out = values.slice(), n = markets.length;
  for (let j = 0; j < n; ++j) {
    const cells: number[] = [];
    for (let cell = j; cell < values.length; cell += n) {
      if (!Number.isNaN(values[cell]!) && random() < share) cells.push(cell);
    }
    for (let k = cells.length - 1; k > 0; --k) {
      const other = randomIndex(random, k + 1);
      [out[cells[k]!], out[cells[other]!]] = [out[cells[other]!]!, out[cells[k]!]!];
    }
  }
  return { days, markets, values: out };
}

const found = METHODS.map(() => LEVELS.map(() => [] as number[]));
const nTrue: number[] = [], nItems: number[] = [];
for (let seed = 1; seed <= nSeeds; ++seed) {
  for (const { window, truth } of simulatedWindows(seed, "full")) {
    const sizes = new Map<number, number>();
    truth.forEach((cluster) => sizes.set(cluster, (sizes.get(cluster) ?? 0) + 1));
    nTrue.push(sizes.size);
    nItems.push(truth.length);
    LEVELS.forEach((level, at) => {
      const random = randomStream(seed, `noise ${level}`);
      const fits = fitMethods({
        ...window,
        moves: blurred(window.moves, level, random),
        seedMoves: blurred(window.seedMoves, level, random),
      }, {
        minOverlap: set.min_window_overlap_days.value,
        nClusters: set.max_clusters.value,
        minEdge: set.min_edge.value,
        topicBoost: set.topic_boost.value,
        seed,
      });
      fits.forEach(({ partition }, m) => {
        found[m]![at]!.push(adjustedRandIndex(truth, partition.cluster));
      });
    });
  }
}
console.log(
  `${nSeeds} universes, ${nItems.length} windows, mean ${meanKnown(nItems).toFixed(0)} events of ` +
    `${meanKnown(nTrue).toFixed(0)} true clusters; ${set.max_clusters.value} clusters asked\n`,
);
console.log(`| method | ${LEVELS.map((level) => `noise ${level}`).join(" | ")} |`);
console.log(`| --- |${LEVELS.map(() => " --- |").join("")}`);
METHODS.forEach(({ name }, m) => {
  console.log(`| ${name} | ${found[m]!.map((list) => meanKnown(list).toFixed(3)).join(" | ")} |`);
});

if (file !== undefined) {
  const rows = METHODS.flatMap(({ name }, m) =>
    LEVELS.map((level, noiseOrder) => {
      const list = found[m]![noiseOrder]!;
      const [low, high] = nullQuantiles(list, [0.05, 0.95]);
      return {
        method: name,
        noise: level.toFixed(2),
        noiseOrder,
        ari: meanKnown(list),
        low: low!,
        high: high!,
      };
    })
  );
  const { svg } = recoveryChart(rows, {
    source: { kind: "simulated", label: `simulated universes, seeds 1 to ${nSeeds}` },
    asOf: formatDay(WINDOW_END_DAY - 1),
  });
  await Deno.writeTextFile(file, svg);
}
