import type { BasketReplay } from "lib/backtest/basket_replay.ts";
import { parseFees } from "lib/backtest/parse_fees.ts";
import { schedule } from "lib/baskets/schedule.ts";
import { lexicalClassifier } from "lib/classify/lexical_classifier.ts";
import type { DataSet } from "lib/core/data_set.ts";
import { dayOf } from "lib/core/day.ts";
import type { Settings } from "lib/core/settings.ts";
import type { DatedDecisions } from "lib/decide/decide_at.ts";
import { decideDates } from "lib/decide/decide_dates.ts";
import type { DecideConfig } from "lib/decide/decide_tools.ts";
import type { MethodKey } from "lib/decide/method_list.ts";
import { methodJobs } from "lib/decide/replay_jobs.ts";
import { type MethodJob, replayMethod } from "lib/decide/replay_method.ts";
import { wordsReader } from "lib/decide/words_at.ts";
import { parseDataSet } from "lib/sources/local/parse_data_set.ts";
import type { Structure } from "lib/sources/simulated/event_paths.ts";
import type { Simulation, Size } from "lib/sources/simulated/simulate.ts";
import { inProject } from "lib/store/project_root.ts";
import { readYaml } from "lib/store/yaml.ts";
import { parseAliases } from "lib/taxonomy/parse_aliases.ts";
import { universe } from "../sources/simulated/universe.ts";
import { HAND_LABELS, RULES, SETTINGS, TAXONOMY } from "./made_decision.ts";

/** What decides, as notebook 05 puts it together. */
export const CONFIG: DecideConfig = {
  ...{ settings: SETTINGS, taxonomy: TAXONOMY, sides: RULES, handLabels: HAND_LABELS },
  aliases: parseAliases(await readYaml(inProject("config/aliases.yaml"))),
  ...{ answers: null, seed: 7 },
};

export const FEES = parseFees(await readYaml(inProject("config/fees.yaml")));

/** Values of some settings, by group and name. */
export type SettingValues = {
  readonly [Group in keyof Settings]?: {
    readonly [Name in keyof Settings[Group]]?: Settings[Group][Name] extends
      { readonly value: infer Value } ? Value : never;
  };
};

/** The configuration with other values of some settings. */
export function configWith(values: SettingValues): DecideConfig {
  const changed = Object.entries(SETTINGS).map(([group, members]) => {
    const others = values[group as keyof Settings] as Record<string, unknown> | undefined;
    return [
      group,
      Object.fromEntries(
        Object.entries(members).map(([name, one]) => [
          name,
          others !== undefined && name in others ? { ...one, value: others[name] } : one,
        ]),
      ),
    ];
  });
  return { ...CONFIG, settings: Object.fromEntries(changed) };
}

/** A simulated universe after the door, with its truth. */
export function simulated(
  size: Size,
  structure: Structure,
  seed: number,
): { readonly data: DataSet; readonly simulation: Simulation } {
  const simulation = universe(size, structure, seed);
  const { markets, prices, resolutions, benchmarks, activity } = simulation.tables;
  const data = parseDataSet({
    ...{ "markets.parquet": markets, "prices.parquet": prices, "activity.parquet": activity },
    ...{ "resolutions.parquet": resolutions, "benchmarks.parquet": benchmarks },
  }, { kind: "simulated", label: `seed ${seed}` });
  return { data, simulation };
}

/** The schedule's decision days, every so many months. */
export function decisionDays(data: DataSet, months: number): number[] {
  const to = dayOf(data.asOfMs - 1);
  const from = data.prices.day.reduce((first, day) => Math.min(first, day), to);
  return schedule({ from, to, day: 1, months }).map(({ decidedOn }) => decidedOn);
}

/** How {@link replayed} decides and replays. */
export interface ReplayedOptions {
  readonly config?: DecideConfig;
  /** Decision days. */
  readonly days: readonly number[];
  /** All methods by default. */
  readonly methods?: readonly MethodKey[];
}

/** What a universe gives from end to end. */
export interface Replayed {
  readonly decisions: readonly DatedDecisions[];
  /** By method. */
  readonly jobs: readonly MethodJob[];
  /** By method, basket and policy. */
  readonly replays: readonly BasketReplay[];
}

/** Decides and replays a universe as notebook 05 does, in one thread. */
export function replayed(
  data: DataSet,
  { config = CONFIG, days, methods }: ReplayedOptions,
): Replayed {
  const decisions = decideDates(data, days, { config });
  const costs = { fees: FEES, themes: listedThemes(data) };
  const jobs = methodJobs(decisions, { config, costs })
    .filter(({ method }) => methods?.includes(method) ?? true);
  return { decisions, jobs, replays: jobs.flatMap((job) => replayMethod(data, job)) };
}

const readWords = wordsReader({ classify: lexicalClassifier(TAXONOMY) });

/** Theme of each market by the words of the whole listing, which its fee depends on. */
function listedThemes(data: DataSet): (string | null)[] {
  const { tree, themes } = readWords(data);
  return tree.links.map(({ event }) => themes[event]!);
}
