import type { HoldableContract } from "lib/baskets/holdable.ts";
import { type DataSet, rowsOf } from "lib/core/data_set.ts";
import { dayEndMs, dayOf, parseDay } from "lib/core/day.ts";
import { normalDraws, randomStream } from "lib/core/random.ts";
import { parseFactorList } from "lib/core/factor_list.ts";
import { parseSettings, type Settings } from "lib/core/settings.ts";
import { lexicalClassifier } from "lib/classify/lexical_classifier.ts";
import { clustersAt } from "lib/decide/clusters_at.ts";
import { factorsAt } from "lib/decide/factors_at.ts";
import type { GroupingKey } from "lib/decide/grouping.ts";
import { type GroupInputs, groupsAt } from "lib/decide/groups_at.ts";
import { heldSideReader } from "lib/decide/held_side.ts";
import { themesAt } from "lib/decide/themes_at.ts";
import { wordsReader } from "lib/decide/words_at.ts";
import { readCsv } from "lib/store/read_csv.ts";
import { inProject } from "lib/store/project_root.ts";
import { readYaml } from "lib/store/yaml.ts";
import type { ContractTaxonomy } from "lib/taxonomy/contract_taxonomy.ts";
import { parseHandLabels } from "lib/taxonomy/hand_labels.ts";
import { parseSides } from "lib/taxonomy/parse_sides.ts";
import { parseTaxonomy } from "lib/taxonomy/parse_taxonomy.ts";
import { asOf, type PointInTime } from "lib/universe/as_of.ts";
import { dailyCloses, dataSetFixture, type MarketFixture } from "../fixtures/data_set.ts";

export const SETTINGS: Settings = parseSettings(await readYaml(inProject("config/settings.yaml")));
export const TAXONOMY = parseTaxonomy(await readYaml(inProject("config/taxonomy.yaml")));
export const RULES = parseSides(await readYaml(inProject("config/sides.yaml")));
export const FACTORS = parseFactorList(await readYaml(inProject("config/factors.yaml")));
export const HAND_LABELS = parseHandLabels(
  await readCsv(inProject("config/hand_labels.csv")),
  TAXONOMY.themes.map(({ id }) => id),
);

/** Every way of grouping. */
export const GROUPINGS: readonly GroupingKey[] = [
  ...["hand", "words", "clusters", "factors", "reconciled", "everything"] as const,
];

/** Last day of the prices that {@link plantedMarkets} makes. */
export const LAST_DAY = parseDay("2025-04-30");

/**
 * Markets whose prices follow the factor of their cluster, for 120 days up to {@link LAST_DAY}, quoted
 * on either side. Prices are thousandths, so that many moves are equal but for their last bits.
 */
export function plantedMarkets(
  sizes: readonly number[],
  { loading, seed, text = () => ({}) }: {
    readonly loading: number;
    readonly seed: number;
    /** Further fields of the k-th market of a cluster. */
    readonly text?: (cluster: number, k: number) => MarketFixture;
  },
): Record<string, MarketFixture> {
  const nDays = 120, rest = Math.sqrt(1 - loading ** 2);
  const draws = (name: string) => {
    const next = normalDraws(randomStream(seed, name));
    return Array.from({ length: nDays }, () => next());
  };
  return Object.fromEntries(sizes.flatMap((size, c) => {
    const factor = draws(`factor ${c}`);
    return Array.from({ length: size }, (_, k) => {
      // numbers that mix the clusters' markets when sorted
      const id = `poly:${String((k * 37 + c * 11) % 89).padStart(2, "0")}${c}${k}`;
      const own = draws(id), side = own[0]! < 0 ? -1 : 1;
      let odds = 0;
      const closes = factor.map((move, i) => {
        odds += 0.15 * side * (loading * move + rest * own[i]!);
        return Math.round(1000 / (1 + Math.exp(-Math.max(-2.5, Math.min(2.5, odds))))) / 1000;
      });
      return [id, {
        ...text(c, k),
        closes: dailyCloses("2025-01-01", closes),
        closesAtMs: dayEndMs(LAST_DAY + 200),
        createdAtMs: 0,
      }];
    });
  }));
}

/** The same contract quoted by its other outcome. */
export function otherwiseQuoted(market: MarketFixture): MarketFixture {
  const closes = Object.fromEntries(
    Object.entries(market.closes ?? {}).map(([date, close]) => [date, 1 - close]),
  );
  return { ...market, closes, outcome: market.outcome === "No" ? "Yes" : "No" };
}

/**
 * A plain rule for what may be held: of each event the priced contract with the most prices that is
 * not resolved and ends later than in two weeks, then the first.
 */
export function madeHoldables(
  view: PointInTime,
  tree: ContractTaxonomy,
  day: number,
): HoldableContract[] {
  const resolved = new Set(view.resolutions.map(({ marketId }) => marketId));
  const best = new Map<number, { market: number; nPrices: number }>();
  view.markets.forEach(({ marketId, closesAtMs }, market) => {
    const { from, to } = rowsOf(view.prices, market), nPrices = to - from;
    if (nPrices < 14 || resolved.has(marketId) || day - view.prices.day[to - 1]! > 3) return;
    if (closesAtMs !== null && dayOf(closesAtMs) <= day + 14) return;
    const { event } = tree.links[market]!;
    if (nPrices > (best.get(event)?.nPrices ?? 0)) best.set(event, { market, nPrices });
  });
  return Array.from(best, ([event, { market }]): HoldableContract => {
    const last = rowsOf(view.prices, market).to - 1;
    const { marketId, venue, closesAtMs } = view.markets[market]!;
    return {
      ...{ market, marketId, venue, closesAtMs, nAlternatives: 1 },
      eventId: tree.events[event]!.eventId,
      tickerId: tree.tickers[tree.links[market]!.ticker]!.tickerId,
      ...{ price: view.prices.close[last]!, pricedOn: view.prices.day[last]! },
      ...{ volumeUsd: NaN, liquidityUsd: NaN },
    };
  }).sort((a, b) => a.marketId < b.marketId ? -1 : 1);
}

/** Words of views by the lexical classifier, each text read once in all tests of a file. */
export const wordsAt = wordsReader({ classify: lexicalClassifier(TAXONOMY) });
const heldSide = heldSideReader(RULES);

/** Everything that a decision groups by. */
export function decisionInputs(data: DataSet, day: number): GroupInputs & { view: PointInTime } {
  const view = asOf(data, dayEndMs(day));
  const words = wordsAt(view);
  const holdables = madeHoldables(view, words.tree, day);
  const clusters = clustersAt(view, holdables, { settings: SETTINGS, tick: 0.01, seed: 7, day });
  const themesOf = themesAt(view, {
    ...{ holdables, words, clusters, handLabels: HAND_LABELS, settings: SETTINGS },
  });
  const { markets } = view, { themes } = TAXONOMY;
  const sides = holdables.map(({ market }, k) => heldSide(markets[market]!, themesOf.words[k]!));
  const factors = factorsAt(view, holdables, {
    ...{ settings: SETTINGS, list: FACTORS, sides, seed: 7, day },
  });
  return { view, markets, holdables, themesOf, clusters, factors, themes, heldSide };
}

/** Every group of a decision with its members by market id and side: `poly:1 yes`. */
export function readableGroups(inputs: GroupInputs): Record<string, Record<string, string[]>> {
  return Object.fromEntries(GROUPINGS.map((key) => [
    key,
    Object.fromEntries(
      groupsAt(key, inputs).map(({ id, name, members }) => [
        `${id} ${name}`,
        members.map(({ contract, side }) => `${inputs.holdables[contract]!.marketId} ${side}`),
      ]),
    ),
  ]));
}

/** A small universe of {@link plantedMarkets}. */
export function plantedData(
  sizes: readonly number[],
  options: Parameters<typeof plantedMarkets>[1],
): DataSet {
  return dataSetFixture(plantedMarkets(sizes, options));
}
