import { boolColumn, numberColumn, stringColumn, type Table, table } from "../core/table.ts";
import { EXPOSURE_FACTORS, type ExposureFactor } from "../exposures/exposure_factors.ts";
import type { OutcomeExposure } from "../exposures/outcome_exposures.ts";
import { innerBuckets } from "./inner_buckets.ts";

/** What words say of the quoted outcome of a contract. */
export interface QuotedScores {
  readonly marketId: string;
  readonly eventId: string;
  /** Eight scores in the order of `EXPOSURE_FACTORS`: where a rise of the quoted price pushes each. */
  readonly scores: Float64Array;
}

/** A contract's loading on one series alone. */
export interface MarginalLoading {
  readonly marketId: string;
  readonly symbol: string;
  /** Move of the quoted outcome for a move of one standard deviation of the series; NaN unknown. */
  readonly beta: number;
  /** Its interval. */
  readonly low: number;
  readonly high: number;
  /** Adjusted over all contracts and factors. */
  readonly qValue: number;
}

/** What words and prices say of one contract and one factor. */
export interface ScoredLoading extends MarginalLoading {
  readonly eventId: string;
  readonly factor: ExposureFactor;
  /** −2 … 2, of the quoted outcome. */
  readonly score: number;
  /** Whether score and loading have one sign; `null` where the score is 0 or the loading unknown or 0. */
  readonly agrees: boolean | null;
}

/** Scores of outcomes whose price tells a direction, and the ones whose price does not. */
export interface OutcomeScores {
  /** In the order of the outcomes. */
  readonly scores: readonly QuotedScores[];
  /** Market ids of buckets with a score other than 0, see {@link innerBuckets}. */
  readonly buckets: readonly string[];
}

/**
 * The scores of each contract's quoted outcome, out of outcomes in memory.
 *
 * A strike of a ladder has the rule's own direction, or its opposite where it lies below: every strike
 * to lie above gains as the number rises, however low its place in the ladder, which is what the vector
 * tells. A bucket with two ends has no direction: the number passes through it on its way up and on its
 * way down. It is left out, and counted.
 *
 * @param marketIds Id of each market, by its index.
 */
export function outcomeScores(
  outcomes: readonly OutcomeExposure[],
  marketIds: readonly string[],
): OutcomeScores {
  const buckets: string[] = [];
  const isInner = innerBuckets(outcomes);
  const scores = outcomes.flatMap((outcome, at): QuotedScores[] => {
    const { market, eventId, isComplement, vector, direction, strike } = outcome;
    const scores = direction === null || strike === null
      ? vector
      : direction.map((score) => strike.side === "above" ? score : -score);
    if (scores === null) return [];
    if (isInner[at]!) {
      if (vector?.some((score) => score !== 0)) buckets.push(marketIds[market]!);
      return [];
    }
    return [{
      ...{ marketId: marketIds[market]!, eventId },
      scores: Float64Array.from(scores, (s) => s === 0 ? 0 : isComplement ? -s : s),
    }];
  });
  return { scores, buckets };
}

/**
 * Scores beside the loadings on the series that stand for their factors.
 *
 * A row for each contract with scores and a loading on any of the series, and each factor that has a
 * series; `growth` has none. Rows go by event, contract and factor.
 *
 * @param series Symbol of each factor, `exposures` of `config/factors.yaml`.
 * @throws {RangeError} If a contract has two loadings on one series.
 */
export function scoredLoadings(
  scores: readonly QuotedScores[],
  loadings: readonly MarginalLoading[],
  series: Readonly<Record<string, string>>,
): ScoredLoading[] {
  const drawn = new Set(Object.values(series));
  const byMarket = new Map<string, Map<string, MarginalLoading>>();
  for (const loading of loadings) {
    if (!drawn.has(loading.symbol)) continue;
    const own = byMarket.get(loading.marketId) ?? new Map<string, MarginalLoading>();
    if (own.has(loading.symbol)) {
      throw new RangeError(
        `Cannot compare the loadings of "${loading.marketId}" as each series must have one: got two on ${loading.symbol}`,
      );
    }
    byMarket.set(loading.marketId, own.set(loading.symbol, loading));
  }
  const key = ({ eventId, marketId }: QuotedScores) => `${eventId}\u0000${marketId}`;
  return [...scores].sort((a, b) => key(a) < key(b) ? -1 : 1).flatMap((contract) => {
    const own = byMarket.get(contract.marketId);
    if (own === undefined) return [];
    return EXPOSURE_FACTORS.flatMap((factor, f): ScoredLoading[] => {
      const symbol = series[factor];
      if (symbol === undefined) return [];
      const { marketId, eventId } = contract, score = contract.scores[f]!;
      const unknown = { marketId, symbol, beta: NaN, low: NaN, high: NaN, qValue: NaN };
      const loading = own.get(symbol) ?? unknown;
      const product = Math.sign(score) * Math.sign(loading.beta);
      return [{
        ...{ ...loading, eventId, factor, score },
        agrees: product === 0 || Number.isNaN(product) ? null : product > 0,
      }];
    });
  });
}

/**
 * The checkpoint `06_semantic_exposures`: market_id, event_id, factor, symbol, score, beta, ci_low, ci_high,
 * q_value, agrees.
 *
 * `agrees` is missing where words say nothing or the loading is unknown.
 */
export function semanticExposureTable(rows: readonly ScoredLoading[]): Table {
  return table({
    market_id: stringColumn(rows.map(({ marketId }) => marketId)),
    event_id: stringColumn(rows.map(({ eventId }) => eventId)),
    factor: stringColumn(rows.map(({ factor }) => factor)),
    symbol: stringColumn(rows.map(({ symbol }) => symbol)),
    score: numberColumn(rows.map(({ score }) => score)),
    beta: numberColumn(rows.map(({ beta }) => beta)),
    ci_low: numberColumn(rows.map(({ low }) => low)),
    ci_high: numberColumn(rows.map(({ high }) => high)),
    q_value: numberColumn(rows.map(({ qValue }) => qValue)),
    agrees: boolColumn(rows.map(({ agrees }) => agrees)),
  });
}
