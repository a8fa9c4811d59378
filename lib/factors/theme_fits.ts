import { nullPercentile, nullQuantiles } from "../core/null_percentile.ts";
import { integerColumn, numberColumn, stringColumn, type Table, table } from "../core/table.ts";
import { falseDiscovery } from "../stats/false_discovery.ts";
import type { MacroFit } from "./macro_fit.ts";

/** How many contracts of a theme factors explain beyond chance, beside the same contracts with random signs. */
export interface ThemeFit {
  /** Id of the theme; empty for all contracts together. */
  readonly theme: string;
  readonly nContracts: number;
  readonly nEvents: number;
  /** Mean R² within the sample. */
  readonly meanR2: number;
  /** Share of contracts above 95 % of their own turns and above 95 % of their own signs. */
  readonly aboveShare: number;
  /** 5 %, 50 % and 95 % of the draws of signs: share of contracts above 95 % of their own draws. */
  readonly nullLow: number;
  readonly nullMid: number;
  readonly nullHigh: number;
  /** Share of draws with as large a share, the real one counted among them; NaN without a draw. */
  readonly pValue: number;
  /** Benjamini–Hochberg over the themes; NaN for all contracts together, which is no theme. */
  readonly qValue: number;
  /** Share of contracts with an R² out of sample above 0, of those that have one. */
  readonly oosPositiveShare: number;
  /** The same share of the draws of signs that were scored out of sample, on average. */
  readonly nullOosPositiveShare: number;
}

/** Contracts by theme, as far as factors explain them. */
export interface ThemeFits {
  readonly all: ThemeFit;
  /** Themes with enough contracts, by id. */
  readonly themes: readonly ThemeFit[];
  /** Contracts in no theme or in one that has too few. */
  readonly nOther: number;
}

/** Fewest contracts of which a share is asked. */
export const FEWEST_CONTRACTS = 5;

/** Share of its own null that a contract has to be above. */
const CHANCE = 0.95;

/**
 * For whom factors explain anything: the share of contracts that stand above their own nulls, by theme.
 *
 * The typical contract may follow nothing while those of one theme do. Contracts of a theme live on the same
 * days, and one busy week lifts many of them, so a binomial test of the share would find themes in noise.
 * Draw d of the signs is common to all contracts: ranked within its own draws, each contract is above 95 % of
 * them or not, and the share of a theme in one draw has the dependence that the real share has. The real
 * share asks for both nulls and its draws for one, so that it errs to the side of noise.
 *
 * NaN: contracts without an R² are left out; a draw that is not known does not count.
 * Cost: O(contracts · draws²).
 *
 * @param options.themeOf Theme of a contract; `null` without one.
 */
export function themeFits(
  fits: readonly MacroFit[],
  { themeOf, eventOf }: {
    readonly themeOf: (marketId: string) => string | null;
    readonly eventOf: (marketId: string) => string;
  },
): ThemeFits {
  const ranked = fits.filter(({ r2 }) => !Number.isNaN(r2)).map((fit): RankedFit => ({
    fit,
    theme: themeOf(fit.marketId),
    event: eventOf(fit.marketId),
    drawn: fit.signR2Draws.map((r2) => nullPercentile(r2, fit.signR2Draws)),
  }));
  const groups = Map.groupBy(ranked, ({ theme }) => theme);
  const themes = [...groups].filter(([theme, own]) =>
    theme !== null && own.length >= FEWEST_CONTRACTS
  ).map(([theme, own]) => summed(theme!, own)).sort((a, b) => a.theme < b.theme ? -1 : 1);
  const qValues = falseDiscovery(themes.map(({ pValue }) => pValue));
  return {
    all: summed("", ranked),
    themes: themes.map((one, i) => ({ ...one, qValue: qValues[i]! })),
    nOther: themes.reduce((left, { nContracts }) => left - nContracts, ranked.length),
  };
}

/**
 * `06_theme_fits`: theme (empty for all), n_contracts, n_events, mean_r2, above_share, null_low, null_mid,
 * null_high, p_value, q_value, oos_positive_share, null_oos_positive_share; all first, then themes by id.
 */
export function themeFitTable({ all, themes }: ThemeFits): Table {
  const rows = [all, ...themes];
  const numbers = (of: (row: ThemeFit) => number) => numberColumn(rows.map(of));
  return table({
    theme: stringColumn(rows.map(({ theme }) => theme)),
    n_contracts: integerColumn(rows.map(({ nContracts }) => nContracts)),
    n_events: integerColumn(rows.map(({ nEvents }) => nEvents)),
    mean_r2: numbers(({ meanR2 }) => meanR2),
    above_share: numbers(({ aboveShare }) => aboveShare),
    null_low: numbers(({ nullLow }) => nullLow),
    null_mid: numbers(({ nullMid }) => nullMid),
    null_high: numbers(({ nullHigh }) => nullHigh),
    p_value: numbers(({ pValue }) => pValue),
    q_value: numbers(({ qValue }) => qValue),
    oos_positive_share: numbers(({ oosPositiveShare }) => oosPositiveShare),
    null_oos_positive_share: numbers(({ nullOosPositiveShare }) => nullOosPositiveShare),
  });
}

interface RankedFit {
  readonly fit: MacroFit;
  readonly theme: string | null;
  readonly event: string;
  /** Place of each draw among the contract's own. */
  readonly drawn: Float64Array;
}

function summed(theme: string, own: readonly RankedFit[]): ThemeFit {
  const aboveShare = meanOf(
    own.map(({ fit: { nullPercentile, signPercentile } }) =>
      nullPercentile > CHANCE && signPercentile > CHANCE ? 1 : 0
    ),
  );
  const draws = sharesOf(own.map(({ drawn }) => drawn), CHANCE);
  const [nullLow, nullMid, nullHigh] = nullQuantiles(draws, [0.05, 0.5, 0.95]);
  const atLeast = draws.reduce((count, share) => count + (share >= aboveShare ? 1 : 0), 0);
  return {
    theme,
    nContracts: own.length,
    nEvents: new Set(own.map(({ event }) => event)).size,
    meanR2: meanOf(own.map(({ fit }) => fit.r2)),
    aboveShare,
    nullLow: nullLow!,
    nullMid: nullMid!,
    nullHigh: nullHigh!,
    pValue: draws.length === 0 ? NaN : (1 + atLeast) / (1 + draws.length),
    qValue: NaN,
    oosPositiveShare: meanOf(positive(own.map(({ fit }) => fit.r2Oos))),
    nullOosPositiveShare: meanOf([...sharesOf(own.map(({ fit }) => fit.signR2Oos), 0)]),
  };
}

/** Share of the lists above a value in each draw that any of them knows. */
function sharesOf(lists: readonly Float64Array[], above: number): Float64Array {
  const count = lists.reduce((most, { length }) => Math.max(most, length), 0);
  const shares = Float64Array.from(
    { length: count },
    (_, d) => meanOf(positive(lists.map((own) => (own[d] ?? NaN) - above))),
  );
  return shares.filter((share) => !Number.isNaN(share));
}

/** 1 where a value is above 0, 0 where it is not; the unknown ones left out. */
function positive(values: readonly number[]): number[] {
  return values.filter((value) => !Number.isNaN(value)).map((value) => value > 0 ? 1 : 0);
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
