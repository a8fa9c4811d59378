import type { DataSet } from "../core/data_set.ts";
import { pairAt, type PairMatrix } from "../core/pair_matrix.ts";
import { closePanel, type Panel } from "../core/panel.ts";
import { medianSorted } from "../core/quantile.ts";
import type { Settings } from "../core/settings.ts";
import { correlationMatrix } from "../stats/correlation_matrix.ts";
import { effectiveDays } from "../stats/effective_days.ts";
import { correlationSquare, symmetricEigen } from "../stats/eigen.ts";
import { movesOf } from "../stats/representation.ts";
import { pointChange } from "../stats/returns.ts";
import { shrunkCorrelation } from "../stats/shrinkage.ts";
import { WORKING_REPRESENTATION } from "../cluster/window_moves.ts";
import { type Side, sidePrice, sideSign } from "./side.ts";

/** How much contracts move and how they move together, as known at the end of a day. */
export interface ContractRisk {
  /** Market ids, in the order asked for. */
  readonly ids: readonly string[];
  /** Last observed close of the quoted outcome; NaN without one. */
  readonly price: Float64Array;
  /** Standard deviation of daily point changes, floored; NaN only without a price. */
  readonly volatility: Float64Array;
  /** The same as observed; NaN where it rests on too few changes. */
  readonly observedVolatility: Float64Array;
  /** 1 where the floor stands in for the observed volatility, smaller or unknown. */
  readonly isFloored: Uint8Array;
  /** Volatility of a typical contract over p(1 − p): about the volatility of its log-odds. */
  readonly typicalRatio: number;
  /** Whether no contract told the typical ratio, so that {@link TYPICAL_RATIO} stands for it. */
  readonly isAssumed: boolean;
  /** Correlations of the quoted outcomes' moves, shrunk; 0 where nothing is known. */
  readonly rho: PairMatrix;
  /** Share taken off every known correlation, in [0, 1]; NaN without a known pair. */
  readonly intensity: number;
  /** Pairs of which nothing is known. */
  readonly nUnknownPairs: number;
}

/** What a risk is estimated with. */
export interface RiskOptions {
  /** Day at whose end it is known. */
  readonly day: number;
  readonly settings: Settings;
  /** Fewest daily changes that tell a volatility. */
  readonly minChanges?: number;
}

/**
 * Daily volatility of log-odds where no contract shows one. In docs/methods.md (G.1, trap 3) it is
 * 0.23 to 0.29 at prices from 0.1 to 0.9.
 */
export const TYPICAL_RATIO = 0.25;

/** Smallest eigenvalue of the correlations of a basket, in units of their mean, which is 1. */
const MIN_EIGENVALUE = 1e-8;

/**
 * Volatilities and correlations of contracts as known at the end of a day.
 *
 * Volatility: standard deviation (divisor n − 1) of the point changes between consecutive days that
 * end in the last `baskets.volatility_window_days`. A point change shrinks with p(1 − p), so the
 * floor does: `baskets.volatility_floor` times the median over the contracts of volatility over
 * p(1 − p). Contracts that did not move at all are left out of the median, as the more of them there
 * are the more a floor is needed. p is clipped at one tick.
 *
 * Correlation: Spearman of the two-day log-odds moves that end in the last
 * `baskets.covariance_window_days`, each pair over its own days. The variance of a sum holds for
 * Pearson, but its estimate hangs on single jumps that do not come back. Held against the Pearson
 * correlations of the point changes of the next 45 days, at 18 month ends of 2024 and 2025 and up to
 * 120 Polymarket contracts each, both order the pairs equally well (0.20), and of the squared error
 * of knowing nothing the shrunk ranks leave 0.949, at worst 1.01, the shrunk values 0.957, at worst
 * 1.10. Pairs with fewer than `baskets.min_covariance_days` moves, or one that never moves, are 0;
 * the others are shrunk towards zero by what their noise is worth.
 *
 * Complementing a contract leaves its volatility and turns the signs of its correlations.
 *
 * Shape: daily closes → n volatilities, n(n − 1)/2 correlations. Units: points a day.
 * NaN: a day without a close is skipped and never filled. Cost: O(rows + n² · days).
 * Source: Schäfer & Strimmer 2005 for the shrinkage, Bartlett 1946 for the days that overlapping
 * moves are worth.
 *
 * @param view Rows after `day` are not read.
 * @param markets Indices of the contracts in the markets of `view`.
 * @throws {RangeError} If minChanges is not a whole number of at least 2.
 */
export function contractRisk(
  view: Pick<DataSet, "markets" | "prices">,
  markets: ArrayLike<number>,
  { day, settings, minChanges = 10 }: RiskOptions,
): ContractRisk {
  if (!(Number.isInteger(minChanges) && minChanges >= 2)) {
    throw new RangeError(
      `Cannot estimate volatilities as minChanges must be a whole number >= 2: got ${minChanges}`,
    );
  }
  const { baskets, returns } = settings;
  const tick = returns.tick.value;
  const chosen = Int32Array.from(markets);
  const ids = Array.from(chosen, (j) => view.markets[j]!.marketId);
  const closes = (nDays: number) => chosenCloses(view, chosen, { from: day + 1 - nDays, day, ids });
  const price = Float64Array.from(chosen, (j) => lastClose(view.prices, j, day));
  const level = price.map((p) => spread(Math.min(1 - tick, Math.max(tick, p))));
  const changes = pointChange(closes(baskets.volatility_window_days.value + 1));
  const observedVolatility = deviations(changes, minChanges);
  const told = typicalRatio(observedVolatility, level);
  const isAssumed = Number.isNaN(told);
  const ratio = isAssumed ? TYPICAL_RATIO : told;
  const isFloored = new Uint8Array(chosen.length);
  const volatility = observedVolatility.map((sd, i) => {
    const floor = baskets.volatility_floor.value * ratio * level[i]!;
    if (sd >= floor) return sd;
    isFloored[i] = 1;
    return floor;
  });
  const { stepDays } = WORKING_REPRESENTATION;
  const window = closes(baskets.covariance_window_days.value + stepDays);
  const moves = movesOf(window, WORKING_REPRESENTATION, { tick });
  const { rho, overlap } = correlationMatrix({
    ...moves,
    values: moves.values.map(withoutRounding),
  }, {
    kind: "spearman",
    minOverlap: baskets.min_covariance_days.value,
  });
  const shrunk = shrunkCorrelation(
    rho,
    Float64Array.from(overlap, (n) => effectiveDays(n, stepDays)),
  );
  return {
    ids,
    price,
    volatility,
    observedVolatility,
    isFloored,
    typicalRatio: ratio,
    isAssumed,
    rho: { ids, values: shrunk.rho.values.map((r) => Number.isNaN(r) ? 0 : r) },
    intensity: shrunk.intensity,
    nUnknownPairs: rho.values.reduce((n, r) => n + (Number.isNaN(r) ? 1 : 0), 0),
  };
}

/** Covariance of a basket's daily simple returns. */
export interface BasketCovariance {
  /** n × n by rows, positive definite; dollars per dollar, squared, a day. */
  readonly covariance: Float64Array;
  /** Root of its diagonal: daily standard deviation of each held side's simple return. */
  readonly volatility: Float64Array;
  /** Further share taken off the correlations to make them positive definite, in [0, 1]. */
  readonly shrinkage: number;
}

/**
 * Covariance of the daily simple returns of held sides: s_i s_j ρ_ij v_i v_j / (q_i q_j), with s the
 * sign and q the price of the side and v the volatility in points.
 *
 * Correlations over each pair's own days need not fit together. They are shrunk by the least further
 * share that lifts their smallest eigenvalue to 1e-8 of their mean; the diagonal stays. This is done
 * on the correlations, where that share has a closed form and depends on no price and no side.
 *
 * Shape: n members → n × n. NaN: impossible; refused. Cost: O(n³).
 *
 * @param members Places in `risk.ids`, each at most once.
 * @param sides The held side of each member.
 * @throws {RangeError} If there is not a side for each member, or a member has no price or a side
 * price that is not above 0.
 */
export function basketCovariance(
  risk: ContractRisk,
  members: ArrayLike<number>,
  sides: readonly Side[],
): BasketCovariance {
  const n = members.length;
  if (sides.length !== n) {
    throw new RangeError(
      `Cannot take the covariance as each contract must have a side: got ${sides.length} for ${n}`,
    );
  }
  const volatility = Float64Array.from({ length: n }, (_, a) => {
    const i = members[a]!, q = sidePrice(risk.price[i]!, sides[a]!);
    if (!(q > 0)) {
      throw new RangeError(
        `Cannot take the covariance as the price of "${risk.ids[i]}", side ${
          sides[a]
        }, must be above 0: got ${q}`,
      );
    }
    return risk.volatility[i]! / q;
  });
  const values = new Float64Array(n * (n - 1) / 2);
  for (let a = 0, at = 0; a < n; ++a) {
    for (let b = a + 1; b < n; ++b) {
      values[at++] = sideSign(sides[a]!) * sideSign(sides[b]!) *
        pairAt(risk.rho, members[a]!, members[b]!);
    }
  }
  const ids = Array.from(members, (i) => risk.ids[i]!);
  const covariance = correlationSquare({ ids, values }, "take the covariance");
  const least = symmetricEigen(covariance, n).values[n - 1] ?? 1;
  const shrinkage = least >= MIN_EIGENVALUE ? 0 : (MIN_EIGENVALUE - least) / (1 - least);
  for (let a = 0; a < n; ++a) {
    for (let b = 0; b < n; ++b) {
      const kept = a === b ? 1 : 1 - shrinkage;
      covariance[a * n + b] = kept * covariance[a * n + b]! * volatility[a]! * volatility[b]!;
    }
  }
  return { covariance, volatility, shrinkage };
}

/** Closes of the chosen markets on the days [from, day]. */
function chosenCloses(
  { markets, prices }: Pick<DataSet, "markets" | "prices">,
  chosen: Int32Array,
  { from, day, ids }: {
    readonly from: number;
    readonly day: number;
    readonly ids: readonly string[];
  },
): Panel {
  const names = markets.map(({ marketId }) => marketId);
  return {
    ...closePanel(prices, { markets: names, select: chosen, from, to: day + 1 }),
    markets: ids,
  };
}

/** Last observed close on or before a day, NaN if there is none. */
function lastClose({ offsets, day, close }: DataSet["prices"], j: number, last: number): number {
  for (let row = offsets[j + 1]! - 1; row >= offsets[j]!; --row) {
    if (day[row]! <= last && !Number.isNaN(close[row]!)) return close[row]!;
  }
  return NaN;
}

/** A move to ten places: beyond them equal moves differ by rounding, and a complement's otherwise. */
function withoutRounding(move: number): number {
  return Math.round(move * 1e10) / 1e10;
}

/** Variance of a contract that pays 1 with probability p. */
function spread(p: number): number {
  return p * (1 - p);
}

/** Standard deviation of each column's known values, divisor n − 1; NaN with fewer than `least`. */
function deviations({ days, markets, values }: Panel, least: number): Float64Array {
  const n = markets.length;
  return Float64Array.from(markets, (_, j) => {
    const known = Array.from(days, (_, i) => values[i * n + j]!).filter((x) => !Number.isNaN(x));
    if (known.length < least) return NaN;
    const mean = known.reduce((sum, x) => sum + x, 0) / known.length;
    return Math.sqrt(known.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (known.length - 1));
  });
}

/** Median of volatility over p(1 − p) among the contracts that moved; NaN if none did. */
function typicalRatio(volatility: Float64Array, level: Float64Array): number {
  const ratios = Array.from(volatility, (sd, i) => sd / level[i]!).filter((ratio) => ratio > 0);
  return medianSorted(ratios.sort((a, b) => a - b));
}
