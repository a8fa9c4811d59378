import type { BasketReplay } from "lib/backtest/basket_replay.ts";
import { parseFees } from "lib/backtest/parse_fees.ts";
import { schedule } from "lib/baskets/schedule.ts";
import { lexicalClassifier } from "lib/classify/lexical_classifier.ts";
import { type DataSet, rowsOf } from "lib/core/data_set.ts";
import { dayOf } from "lib/core/day.ts";
import type { Settings } from "lib/core/settings.ts";
import type { DatedDecisions } from "lib/decide/decide_at.ts";
import { decideDates } from "lib/decide/decide_dates.ts";
import type { DecideConfig } from "lib/decide/decide_tools.ts";
import type { MethodKey } from "lib/decide/method_list.ts";
import { methodJobs } from "lib/decide/replay_jobs.ts";
import { type CostConfig, type MethodJob, replayMethod } from "lib/decide/replay_method.ts";
import { wordsReader } from "lib/decide/words_at.ts";
import { parseDataSet } from "lib/sources/local/parse_data_set.ts";
import type { Structure } from "lib/sources/simulated/event_paths.ts";
import type { Simulation, Size } from "lib/sources/simulated/simulate.ts";
import { inProject } from "lib/store/project_root.ts";
import { readYaml } from "lib/store/yaml.ts";
import { NO_CORRECTIONS } from "lib/taxonomy/corrections.ts";
import { parseAliases } from "lib/taxonomy/parse_aliases.ts";
import { universe } from "../sources/simulated/universe.ts";
import { dataSetFixture, type MarketFixture } from "../fixtures/data_set.ts";
import { FACTORS, HAND_LABELS, RULES, SETTINGS, TAXONOMY } from "./made_decision.ts";

/** What decides, as notebook 05 puts it together. */
export const CONFIG: DecideConfig = {
  ...{ settings: SETTINGS, taxonomy: TAXONOMY, sides: RULES, handLabels: HAND_LABELS },
  aliases: parseAliases(await readYaml(inProject("config/aliases.yaml"))),
  ...{ factors: FACTORS, answers: null, corrections: NO_CORRECTIONS, seed: 7 },
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
  const jobs = methodJobs(decisions, { config, costs: listedCosts(data) })
    .filter(({ method }) => methods?.includes(method) ?? true);
  return { decisions, jobs, replays: jobs.flatMap((job) => replayMethod(data, job)) };
}

const readWords = wordsReader({ classify: lexicalClassifier(TAXONOMY) });

/** The fees of the project, by the theme of the words of the whole listing. */
export function listedCosts(data: DataSet): CostConfig {
  const { tree, themes } = readWords(data);
  return { fees: FEES, themes: tree.links.map(({ event }) => themes[event]!) };
}

/** A method's replay where trading costs nothing: no quotes, no spread and no fee. */
export function replayedFree(data: DataSet, job: MethodJob): BasketReplay[] {
  const prices = { ...data.prices, bid: null, ask: null };
  const { settings } = configWith({ backtest: { half_spread: 0, fee_model: "flat" } });
  const { backtest: { half_spread, fee_model } } = settings, own = job.config.settings;
  return replayMethod({ ...data, prices }, {
    ...job,
    config: {
      ...job.config,
      settings: { ...own, backtest: { ...own.backtest, half_spread, fee_model } },
    },
    costs: { ...job.costs, fees: { ...job.costs.fees, flatShare: 0 } },
  });
}

/** The universe with some Yes/No contracts quoted by their other outcome. */
export function otherwiseQuoted(data: DataSet, chosen: ReadonlySet<string>): DataSet {
  const { close, bid, ask } = data.prices;
  const prices = {
    ...{ ...data.prices, close: close.slice() },
    ...{ bid: bid?.slice() ?? null, ask: ask?.slice() ?? null },
  };
  data.markets.forEach(({ marketId }, j) => {
    if (!chosen.has(marketId)) return;
    const { from, to } = rowsOf(data.prices, j);
    for (let row = from; row < to; ++row) {
      prices.close[row] = 1 - close[row]!;
      if (prices.bid !== null) prices.bid[row] = 1 - ask![row]!;
      if (prices.ask !== null) prices.ask[row] = 1 - bid![row]!;
    }
  });
  return {
    ...data,
    prices,
    markets: data.markets.map((market) =>
      chosen.has(market.marketId)
        ? { ...market, outcome: market.outcome === "Yes" ? "No" : "Yes" }
        : market
    ),
    resolutions: data.resolutions.map((one) =>
      chosen.has(one.marketId) ? { ...one, payout: 1 - one.payout } : one
    ),
  };
}

/** The universe with further markets, whose ids it must not have. */
export function withMarkets(
  data: DataSet,
  added: Readonly<Record<string, MarketFixture>>,
): DataSet {
  const more = dataSetFixture(added), nOwn = data.markets.length;
  const both = [...data.markets, ...more.markets];
  const order = [...both.keys()]
    .sort((a, b) => both[a]!.marketId < both[b]!.marketId ? -1 : 1);
  const runs = (own: DailyRows, others: DailyRows): Runs =>
    order.map((j) =>
      j < nOwn
        ? { from: own.offsets[j]!, to: own.offsets[j + 1]!, isOwn: true }
        : { from: others.offsets[j - nOwn]!, to: others.offsets[j - nOwn + 1]!, isOwn: false }
    );
  const { prices, activity } = data;
  const priced = runs(prices, more.prices), active = runs(activity, more.activity);
  const unknown = (values: Float64Array | null, at: Runs) =>
    values && joined(at, values, new Float64Array(more.prices.day.length).fill(NaN));
  return {
    ...data,
    markets: order.map((j) => both[j]!),
    prices: {
      offsets: offsetsOf(priced),
      day: Int32Array.from(joined(priced, prices.day, more.prices.day)),
      close: joined(priced, prices.close, more.prices.close),
      bid: unknown(prices.bid, priced),
      ask: unknown(prices.ask, priced),
    },
    activity: {
      offsets: offsetsOf(active),
      day: Int32Array.from(joined(active, activity.day, more.activity.day)),
      volumeUsd: joined(active, activity.volumeUsd, more.activity.volumeUsd),
      openInterest: unknown(activity.openInterest, active),
      liquidityUsd: unknown(activity.liquidityUsd, active),
    },
    resolutions: [...data.resolutions, ...more.resolutions]
      .sort((a, b) => a.marketId < b.marketId ? -1 : 1),
  };
}

type DailyRows = Pick<DataSet["prices"], "offsets" | "day">;
type Runs = readonly { readonly from: number; readonly to: number; readonly isOwn: boolean }[];

function offsetsOf(runs: Runs): Uint32Array {
  let end = 0;
  return Uint32Array.from([0, ...runs.map(({ from, to }) => end += to - from)]);
}

function joined(
  runs: Runs,
  own: ArrayLike<number>,
  others: ArrayLike<number>,
): Float64Array {
  const values = new Float64Array(runs.reduce((sum, { from, to }) => sum + to - from, 0));
  let at = 0;
  for (const { from, to, isOwn } of runs) {
    for (let row = from; row < to; ++row) values[at++] = (isOwn ? own : others)[row]!;
  }
  return values;
}
