/**
 * How often any method is called better than noise where nothing drives the markets together:
 * `deno run -A bench/fair_level.ts [N_SEEDS] [full]`.
 *
 * Each seed is one family of methods on one *fair* universe, judged as notebook 03 judges. The share
 * of families with a pass should not exceed the level in the settings by more than chance. With
 * `full` the universes have their drivers, and the same share is the power.
 */
import { METHODS } from "lib/cluster/method_list.ts";
import { methodRows } from "lib/cluster/method_rows.ts";
import { outOfSample } from "lib/parallel/study.ts";
import { fitMethods } from "lib/cluster/fit_methods.ts";
import { SETTINGS, simulatedWindows } from "./simulated_windows.ts";

const [nSeeds, structure] = [Number(Deno.args[0] ?? 20), Deno.args[1] === "full" ? "full" : "fair"];
const set = SETTINGS.clustering;
const passes = METHODS.map(() => 0);
let nFamilies = 0;
for (let seed = 101; seed < 101 + nSeeds; ++seed) {
  const windows = simulatedWindows(seed, structure as "full" | "fair");
  const fit = {
    minOverlap: set.min_window_overlap_days.value,
    minEdge: set.min_edge.value,
    topicBoost: set.topic_boost.value,
    seed,
  };
  const trials = await outOfSample(windows.map(({ window, next }) => ({
    window,
    next,
    fit,
    minNextOverlap: set.min_next_overlap_days.value,
    minClusters: set.min_clusters.value,
    maxClusters: set.max_clusters.value,
    shifts: set.shifts.value,
    seed,
  })));
  const fits = fitMethods(windows.at(-1)!.window, { ...fit, nClusters: set.min_clusters.value });
  const nothing = METHODS.map(() => NaN);
  const rows = methodRows({
    fits,
    trials,
    shifted: METHODS.map(() => []),
    stability: METHODS.map(() => new Float64Array(0)),
    windowAgreement: nothing,
    droppedAgreement: nothing,
    seedAgreement: nothing,
    shiftedStability: METHODS.map(() => new Float64Array(0)),
  }, {
    level: set.level.value,
    stableJaccard: set.stable_jaccard.value,
    maxShare: set.max_cluster_share.value,
    seed,
  });
  const passed = rows.map(({ verdict }) => verdict === "better than noise");
  passed.forEach((pass, m) => passes[m]! += pass ? 1 : 0);
  if (passed.includes(true)) ++nFamilies;
  console.log(
    `seed ${seed}: ${
      rows.filter((_, m) => passed[m]).map(({ name }) => name).join(", ") || "none"
    }`,
  );
}
console.log(
  `\n${nFamilies} of ${nSeeds} ${structure} universes have a method that passes at ${set.level.value}`,
);
METHODS.forEach(({ name }, m) => console.log(`| ${name} | ${passes[m]} of ${nSeeds} |`));
