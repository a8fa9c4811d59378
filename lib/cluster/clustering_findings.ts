import { findingList } from "../core/finding_list.ts";
import { countOf, countText, dayText, fixedText, shareText } from "../core/number_text.ts";
import type { Settings } from "../core/settings.ts";
import type { NamedFit } from "./cluster_tables.ts";
import type { ChosenCount } from "./cluster_count.ts";
import { members } from "./partition.ts";
import type { MethodRow } from "./method_rows.ts";
import type { PersistenceEntry } from "./persistence_table.ts";

/** What notebook 03 has found out, as far as the closing words need it. */
export interface ClusteringStudy {
  readonly persistence: readonly PersistenceEntry[];
  /** Key of the representation that clusters are made from. */
  readonly working: string;
  readonly count: ChosenCount;
  readonly rows: readonly MethodRow[];
  /** The clusters that are handed on. */
  readonly handed: NamedFit;
}

/**
 * The findings of notebook 03 as a Markdown list, every number computed.
 *
 * NaN: what could not be measured is said in words.
 *
 * @throws {RangeError} If the method handed on is not among the rows.
 */
export function clusteringFindings(
  study: ClusteringStudy,
  settings: Settings["clustering"],
): string {
  return findingList([
    [persistenceLine(study), "03_persistence"],
    [countLine(study.count, settings), "03_methods"],
    [methodLine(study.rows, settings), "03_methods"],
    [noiseLine(study.rows), "03_methods"],
    [wordingLine(study.rows, settings), "03_methods"],
    [handedLine(study), "03_methods"],
    [stabilityLine(study, settings), "03_clusters"],
    [targetLine(study.rows, settings), "03_methods"],
  ]);
}

function persistenceLine({ persistence, working }: ClusteringStudy): string {
  const known = persistence.filter((one) =>
    one.key === working && !one.studied && !Number.isNaN(one.correlation)
  );
  const last = known.at(-1);
  if (last === undefined) {
    return "**Persistence.** No window is followed by days on which enough contracts go on, so " +
      "nothing says whether correlation lasts.";
  }
  const above = known.filter((one) => one.correlation > one.nullHigh).length;
  return `**Persistence.** Correlations of one window carry over to the next days beyond chance in ` +
    `${countText(above)} of ${countOf(known.length, "window")}. In the last (up to ` +
    `${dayText(last.toDay - 1)}) by ${fixed(last.correlation)}, 95% interval over markets ` +
    `${fixed(last.ciLow)} to ${fixed(last.ciHigh)}; noise gives up to ${fixed(last.nullHigh)}.`;
}

function countLine(
  { nClusters, unbounded }: ChosenCount,
  { min_clusters, max_clusters }: Settings["clustering"],
): string {
  const lead = unbounded === 1
    ? "**Number of clusters.** By the gap statistic one group is as good as several: the tree as a " +
      "whole is no tighter than that of shifted moves."
    : `**Number of clusters.** The gap statistic against shifted moves stops at ` +
      `${countOf(unbounded, "cluster")}.`;
  const range = `the range that baskets need (${min_clusters.value} to ${max_clusters.value})`;
  return nClusters < min_clusters.value
    ? `${lead} There are too few events for ${range}: it takes ${nClusters}.`
    : `${lead} Within ${range} it takes ${nClusters}.`;
}

function methodLine(rows: readonly MethodRow[], { level }: Settings["clustering"]): string {
  const measured = rows.filter((row) => row.verdict !== "not measured");
  const passed = measured.filter((row) => row.verdict === "better than noise");
  const among = `${countOf(measured.length, "method")} that could be measured`;
  if (measured.length === 0) {
    return "**Methods.** No method could be judged on days that it had not seen.";
  }
  if (passed.length === 0) {
    return `**Methods.** None of ${among} is better than noise on days that it had not seen, at a ` +
      `level of ${shareText(level.value)} for all of them together.`;
  }
  const names = [...passed].sort((a, b) => b.coherence - a.coherence)
    .map((row) => `${row.name} (${signed(row.coherence)}, ${row.nAbove} of ${row.nTrials})`)
    .join("; ");
  return `**Better than noise.** ${countText(passed.length)} of ${among}, by the correlation ` +
    `within minus between clusters on days that they had not seen, at a level of ` +
    `${
      shareText(level.value)
    } for all of them together: ${names}. In brackets the difference over ` +
    `all windows, and in how many of them the method is above 95% of its shifts by itself.`;
}

function noiseLine(rows: readonly MethodRow[]): string {
  const failed = rows.filter((row) => row.verdict !== "better than noise");
  if (failed.length === 0) return "**Not better than noise.** No method.";
  const names = failed.map((row) =>
    row.verdict === "not measured" ? `${row.name} (not measured)` : row.name
  ).join("; ");
  return `**Not better than noise.** ${names}.`;
}

function wordingLine(rows: readonly MethodRow[], { level }: Settings["clustering"]): string {
  const wording = rows.find((row) => row.evidence === "wording");
  const judged = rows.filter((row) => row.evidence !== "wording" && !Number.isNaN(row.beyondP));
  if (wording === undefined || Number.isNaN(wording.coherence) || judged.length === 0) {
    return "**Beyond wording.** Whether prices say more than the titles could not be measured.";
  }
  const passed = judged.filter((row) => row.beyondP <= level.value);
  const lead = `**Beyond wording.** Groups by the words of their titles, without a price, reach ` +
    `${signed(wording.coherence)}. Among pairs whose titles share no topic`;
  if (passed.length === 0) {
    return `${lead} none of ${
      countOf(judged.length, "method")
    } is better than noise: here prices ` +
      `say nothing that the titles do not.`;
  }
  const names = [...passed].sort((a, b) => b.beyondWording - a.beyondWording)
    .map((row) => `${row.name} (${signed(row.beyondWording)})`).join("; ");
  return `${lead} ${countText(passed.length)} of ${countOf(judged.length, "method")} are still ` +
    `better than noise: ${names}.`;
}

function handedLine({ handed, rows }: ClusteringStudy): string {
  const { method, partition: { nClusters } } = handed.fit;
  const row = rows.find((one) => one.method === method);
  if (row === undefined) {
    throw new RangeError(
      `Cannot state findings as the method handed on must be among ${rows.length} rows: got ${method}`,
    );
  }
  const silhouette = Number.isNaN(row.silhouette)
    ? "there is no silhouette"
    : `the silhouette is ${fixed(row.silhouette)}, above ${
      shareText(row.silhouettePercentile)
    } of shifted panels`;
  return `**Handed on.** ${row.name}: ${countOf(nClusters, "cluster")} of ` +
    `${countText(row.nPlaced)} of ${countOf(row.nItems, "event")}, ${row.verdict}. In the window ` +
    `that made them ${silhouette}.`;
}

function stabilityLine(
  { handed, rows }: ClusteringStudy,
  { stable_jaccard, doubtful_jaccard, level }: Settings["clustering"],
): string {
  const { labels, stability, pValues, fit } = handed;
  const sizes = members(fit.partition).map((list) => list.length);
  // an event by itself always finds itself again
  const clusters = labels
    .map((label, c) => ({ label, j: stability[c]!, p: pValues[c]!, size: sizes[c]! }))
    .filter(({ size }) => size > 1);
  if (clusters.length === 0) return "**Single clusters.** There is none of two events or more.";
  const row = rows.find((one) => one.method === fit.method);
  const noise = row === undefined || Number.isNaN(row.stabilityNull)
    ? ""
    : ` On average they reach ${fixed(row.stability)}, clusters of shifted moves ` +
      `${fixed(row.stabilityNull)}.`;
  const stable = clusters.filter(({ j }) => j >= stable_jaccard.value);
  const doubtful = clusters.filter(({ j }) => j < doubtful_jaccard.value);
  const tight = clusters.filter(({ p }) => p <= level.value);
  const named = (list: typeof clusters) => list.map(({ label }) => `“${label}”`).join(", ");
  const count = stable.length === 0 ? "None" : countText(stable.length);
  const keep = stable.length > 1 ? "keep their" : "keeps its";
  const which = stable.length === 0
    ? ` (Jaccard ${stable_jaccard.value} or more)`
    : `: ${named(stable)}`;
  const below = doubtful.length === 1 ? "1 is" : `${countText(doubtful.length)} are`;
  const tightest = tight.length === 0
    ? "None is tighter for its size than what shifted panels hold."
    : `Tighter for their size than anything in ${shareText(1 - level.value)} of shifted panels, ` +
      `all clusters counted: ${named(tight)}.`;
  return `**Single clusters.** ${count} of ${clusters.length} ${keep} members when the days are ` +
    `drawn anew${which}; ${below} below ${doubtful_jaccard.value}, where Hennig would not trust ` +
    `them.${noise} ${tightest}`;
}

function targetLine(
  rows: readonly MethodRow[],
  { target_silhouette }: Settings["clustering"],
): string {
  const known = rows.filter((row) => !Number.isNaN(row.silhouette));
  if (known.length === 0) return "**Target.** No silhouette could be measured.";
  const best = known.reduce((a, b) => b.silhouette > a.silhouette ? b : a);
  return `**Target.** The seed plan asks for a silhouette above ${target_silhouette.value}; the ` +
    `highest is ${fixed(best.silhouette)} (${best.name}, ${countText(best.nPlaced)} of ` +
    `${countText(best.nItems)} placed).`;
}

function fixed(x: number): string {
  return fixedText(x, 2);
}

function signed(x: number): string {
  const text = fixed(x);
  return text.startsWith("−") ? text : `+${text}`;
}
