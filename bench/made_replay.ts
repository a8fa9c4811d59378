import assert from "node:assert/strict";
import type { BasketDecision } from "lib/baskets/basket_decision.ts";
import { schedule } from "lib/baskets/schedule.ts";
import { parseFees } from "lib/backtest/parse_fees.ts";
import type { PricePaths } from "lib/backtest/price_paths.ts";
import type { TradeCost } from "lib/backtest/trade_cost.ts";
import { lexicalClassifier } from "lib/classify/lexical_classifier.ts";
import type { DataSet } from "lib/core/data_set.ts";
import { dayOf } from "lib/core/day.ts";
import { randomStream, shuffled } from "lib/core/random.ts";
import { parseFactorList } from "lib/core/factor_list.ts";
import { parseSettings } from "lib/core/settings.ts";
import type { DecideConfig } from "lib/decide/decide_tools.ts";
import type { CostConfig } from "lib/decide/replay_method.ts";
import { wordsReader } from "lib/decide/words_at.ts";
import { parseDataSet } from "lib/sources/local/parse_data_set.ts";
import type { Structure } from "lib/sources/simulated/event_paths.ts";
import { readTemplates } from "lib/sources/simulated/read_templates.ts";
import { simulate } from "lib/sources/simulated/simulate.ts";
import { readCsv } from "lib/store/read_csv.ts";
import { readYaml } from "lib/store/yaml.ts";
import { NO_CORRECTIONS } from "lib/taxonomy/corrections.ts";
import { parseHandLabels } from "lib/taxonomy/hand_labels.ts";
import { parseAliases } from "lib/taxonomy/parse_aliases.ts";
import { parseSides } from "lib/taxonomy/parse_sides.ts";
import { parseTaxonomy } from "lib/taxonomy/parse_taxonomy.ts";
import { selectMarkets } from "lib/universe/select_markets.ts";

const FIRST_DAY = 20_000;
const DAYS_A_MONTH = 30;
/** Days from a contract's first close to its settlement: the middle of its fourth month. */
const LIFE_DAYS = 4 * DAYS_A_MONTH - 15;

/** Half a spread of a cent and ten basis points. */
export const MADE_COST: TradeCost = ({ sidePrice }) => ({
  spread: 0.01 / sidePrice,
  fee: 0.001,
});

/** Closes of a basket's contracts and its monthly decisions. */
export interface MadeBasket {
  readonly paths: PricePaths;
  readonly decisions: readonly BasketDecision[];
}

/**
 * A basket that holds `nContracts` of the same weight, every other one on the side no, for `nMonths`.
 *
 * A place in it is taken by one contract after another, each for four months: so there are settlements
 * between trade dates, and as many closes a day however long the basket lives. One day in twenty is
 * without a close.
 */
export function madeBasket(nMonths: number, nContracts: number): MadeBasket {
  const random = randomStream(1, `basket ${nMonths} × ${nContracts}`);
  const nLives = Math.ceil(nMonths / 4), lastDay = FIRST_DAY + nMonths * DAYS_A_MONTH;
  const ids: string[] = [], day: number[] = [], close: number[] = [], offsets = [0];
  const resolvedOn: number[] = [], payout: number[] = [];
  for (let life = 0; life < nLives; ++life) {
    for (let place = 0; place < nContracts; ++place) {
      const born = FIRST_DAY + 4 * DAYS_A_MONTH * life;
      let price = 0.2 + 0.6 * random();
      for (let age = 0; age < LIFE_DAYS && born + age <= lastDay; ++age) {
        price = Math.min(0.98, Math.max(0.02, price + 0.04 * (random() - 0.5)));
        if (age > 0 && random() < 0.05) continue;
        day.push(born + age);
        close.push(Math.round(1000 * price) / 1000);
      }
      ids.push(`poly:${String(ids.length).padStart(6, "0")}`);
      offsets.push(day.length);
      resolvedOn.push(born + LIFE_DAYS);
      payout.push(random() < price ? 1 : 0);
    }
  }
  const decisions = Array.from({ length: nMonths }, (_, month): BasketDecision => {
    const from = Math.floor(month / 4) * nContracts;
    const targets = ids.slice(from, from + nContracts).map((marketId, k) => ({
      ...{ marketId, venue: "polymarket" as const, eventId: marketId, tickerId: marketId },
      ...{ side: k % 2 === 0 ? "yes" as const : "no" as const, weight: 1 / nContracts },
      reason: "weighting=equal",
    }));
    return {
      ...{ basket: "made", name: "Made", decidedOn: FIRST_DAY + month * DAYS_A_MONTH },
      ...{ status: "held", targets, cash: 0, rules: [], unheld: [], mergedFrom: [] },
    };
  });
  return {
    paths: {
      ...{ ids, indexOf: new Map(ids.map((id, j) => [id, j])), lastDay },
      venues: ids.map(() => "polymarket" as const),
      prices: {
        ...{ offsets: Uint32Array.from(offsets), day: Int32Array.from(day) },
        ...{ close: Float64Array.from(close), bid: null, ask: null },
      },
      ...{ resolvedOn: Int32Array.from(resolvedOn), payout: Float64Array.from(payout) },
    },
    decisions,
  };
}

/** Markets of the simulated universe, and all that is needed to decide and to replay. */
export interface SimulatedMarkets {
  readonly data: DataSet;
  readonly config: DecideConfig;
  readonly costs: CostConfig;
  /** Days at whose ends is decided, one a month. */
  readonly days: readonly number[];
}

/** Some `nMarkets` markets of the simulated universe, in whole events, as notebook 05 takes them. */
export async function simulatedMarkets(nMarkets: number): Promise<SimulatedMarkets> {
  universe ??= await simulatedUniverse(7, "full");
  return await asNotebook(someEvents(universe, nMarkets));
}

/** All markets of a simulated universe, as notebook 05 takes them. */
export async function simulatedSeed(seed: number, structure: Structure): Promise<SimulatedMarkets> {
  return await asNotebook(await simulatedUniverse(seed, structure));
}

async function asNotebook(data: DataSet): Promise<SimulatedMarkets> {
  const taxonomy = parseTaxonomy(await readYaml("config/taxonomy.yaml"));
  const themeIds = taxonomy.themes.map(({ id }) => id);
  const config: DecideConfig = {
    ...{ taxonomy, answers: null, seed: 7 },
    settings: parseSettings(await readYaml("config/settings.yaml")),
    sides: parseSides(await readYaml("config/sides.yaml")),
    aliases: parseAliases(await readYaml("config/aliases.yaml")),
    corrections: NO_CORRECTIONS,
    factors: parseFactorList(await readYaml("config/factors.yaml")),
    handLabels: parseHandLabels(await readCsv("config/hand_labels.csv"), themeIds),
  };
  const { tree, themes } = wordsReader({ classify: lexicalClassifier(taxonomy) })(data);
  const to = dayOf(data.asOfMs - 1);
  const from = data.prices.day.reduce((first, day) => Math.min(first, day), to);
  return {
    ...{ data, config },
    costs: {
      fees: parseFees(await readYaml("config/fees.yaml")),
      themes: tree.links.map(({ event }) => themes[event]!),
    },
    days: schedule({ from, to, day: 1, months: 1 }).map(({ decidedOn }) => decidedOn),
  };
}

let universe: DataSet | undefined;

async function simulatedUniverse(seed: number, structure: Structure): Promise<DataSet> {
  const { tables } = simulate({ size: "default", seed, structure, ...await readTemplates() });
  const files = Object.fromEntries(
    Object.entries(tables).map(([name, rows]) => [`${name}.parquet`, rows]),
  ) as Parameters<typeof parseDataSet>[0];
  return parseDataSet(files, { kind: "simulated", label: `seed ${seed}` });
}

/** Whole events in a random order, until there are `nMarkets` markets or no more. */
function someEvents(data: DataSet, nMarkets: number): DataSet {
  const events = Map.groupBy(
    data.markets.keys(),
    (j) => data.markets[j]!.eventId ?? data.markets[j]!.marketId,
  );
  const chosen: number[] = [];
  for (const own of shuffled([...events.values()], randomStream(1, "events"))) {
    if (chosen.length >= nMarkets) break;
    chosen.push(...own);
  }
  return selectMarkets(data, chosen.sort((a, b) => a - b));
}

/** Makes a thing when it is first asked for: a bench that is filtered out makes nothing. */
export function kept<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => made ??= make();
}

/** Checks that the plain way and ours give the same values, before anything is timed. */
export function assertSame(naive: readonly number[], ours: ArrayLike<number>): void {
  assert.equal(naive.length, ours.length);
  const apart = naive.reduce((most, value, t) => Math.max(most, Math.abs(value - ours[t]!)), 0);
  assert(apart < 1e-9, `The plain way must give the same values: ${apart} apart`);
}
