import { type DailyPrices, type Market, rowsOf } from "../core/data_set.ts";
import { dayOf } from "../core/day.ts";
import { dayRange } from "../core/panel.ts";
import type { ContractTaxonomy } from "../taxonomy/contract_taxonomy.ts";
import { EXPOSURE_FACTORS, type ExposureFactor } from "./exposure_factors.ts";
import type { OutcomeExposure } from "./outcome_exposures.ts";
import { type QuotedOutcome, repetitionExposure } from "./repetition_exposure.ts";

/** Net exposure of events through time. */
export interface NetExposures {
  /** Indices in the taxonomy's events, ascending: those with a vector for any outcome. */
  readonly events: Int32Array;
  readonly eventIds: readonly string[];
  readonly factors: readonly ExposureFactor[];
  /** UTC days, each of the range. */
  readonly days: Int32Array;
  /**
   * nEvents × nDays × 8, row-major: factor `f` of event `e` on day `d` is at `(e * nDays + d) * 8 + f`.
   * NaN where nothing is quoted or less is covered than asked for.
   */
  readonly values: Float64Array;
  /** nEvents × nDays: summed probability of the outcomes with a vector; NaN where none is quoted. */
  readonly coverage: Float64Array;
  /** Days on which the quotes of an event's nested strikes do not fall from near to far. */
  readonly nNotMonotone: Int32Array;
}

/** Which days, and how much must be known. */
export interface NetExposureOptions {
  /** First day. */
  readonly from: number;
  /** Day after the last. */
  readonly to: number;
  /** Least coverage for a value, 0.5 by default. */
  readonly minCoverage?: number;
  /** Whether a sum is divided by its coverage, as if what is not covered were like the rest; false by default. */
  readonly renormalise?: boolean;
}

/**
 * Net exposure of each event on each day: the sum over outcomes of probability × vector.
 *
 * The probability is the close of the day itself, or 1 less it where "No" is quoted; nothing is
 * carried forward and no later day is looked at. Whether a strike or an outcome exists is known from its
 * first price on. Which contracts count:
 *
 * - An event with one ticker (binary, or deadlines): of the contracts quoted on the day the one with the
 *   latest scheduled end, which for deadlines is "ever by then". Not happening has no effect.
 * - An event with several tickers: outcomes must come from one repetition to exclude each other. It is the
 *   one that ends first of those quoted on the day that have not ended; of a ticker with several contracts in
 *   it the latest. A sum of probabilities below 1 is not scaled up, since an outcome that nobody listed is
 *   not known; one above 1, which spreads and stale quotes make, is scaled down to 1.
 * - A ladder: see `repetitionExposure`.
 *
 * Cost: O(events · days · outcomes of a repetition).
 *
 * @param data Markets in the order of the exposures' indices, with their closes.
 * @param exposures One a contract, as `outcomeExposures` gives them.
 * @throws {RangeError} If the range has no day or `minCoverage` is not in [0, 1].
 */
export function netExposures(
  { markets, prices }: { readonly markets: readonly Market[]; readonly prices: DailyPrices },
  taxonomy: ContractTaxonomy,
  exposures: readonly OutcomeExposure[],
  { from, to, minCoverage = 0.5, renormalise = false }: NetExposureOptions,
): NetExposures {
  if (!(from < to)) {
    throw new RangeError(
      `Cannot sum exposures as the range must hold a day: got days ${from} to ${to}`,
    );
  }
  if (!(minCoverage >= 0 && minCoverage <= 1)) {
    throw new RangeError(
      `Cannot sum exposures as minCoverage must be in [0, 1]: got ${minCoverage}`,
    );
  }
  const byEvent = Map.groupBy(exposures, ({ event }) => event);
  const events = [...byEvent.keys()].sort((a, b) => a - b)
    .filter((e) => byEvent.get(e)!.some(({ vector }) => vector !== null));
  const nDays = to - from, nFactors = EXPOSURE_FACTORS.length;
  const values = new Float64Array(events.length * nDays * nFactors).fill(NaN);
  const coverage = new Float64Array(events.length * nDays).fill(NaN);
  const nNotMonotone = new Int32Array(events.length);
  events.forEach((event, e) => {
    const { kind } = taxonomy.events[event]!;
    const isSingle = kind === "binary" || kind === "time_variant";
    const contracts = byEvent.get(event)!.filter(({ vector }) => !isSingle || vector !== null)
      .map((row) => contractDays(row, markets[row.market]!, prices, { from, to }))
      // a ticker's contracts roll by scheduled end
      .sort((a, b) => a.lastDay - b.lastDay || a.row.market - b.row.market);
    const repetitions = isSingle ? [contracts] : inRepetitions(contracts);
    for (let d = 0; d < nDays; ++d) {
      const chosen = isSingle
        ? latestQuoted(contracts, d)
        : frontRepetition(repetitions, d, from + d);
      if (chosen === null) continue;
      const found = repetitionExposure(chosen.outcomes, chosen);
      const at = e * nDays + d;
      coverage[at] = found.coverage;
      if (!found.isMonotone) ++nNotMonotone[e]!;
      if (found.coverage === 0 || found.coverage < minCoverage) continue;
      // outcomes that exclude each other cannot be more than certain together; quotes can
      const scale = 1 / (renormalise ? found.coverage : Math.max(found.coverage, 1));
      for (let f = 0; f < nFactors; ++f) values[at * nFactors + f] = found.net[f]! * scale;
    }
  });
  return {
    events: Int32Array.from(events),
    eventIds: events.map((event) => taxonomy.events[event]!.eventId),
    factors: EXPOSURE_FACTORS,
    days: dayRange(from, to),
    values,
    coverage,
    nNotMonotone,
  };
}

/** A contract with its outcome's probability on each day of the range. */
interface ContractDays {
  readonly row: OutcomeExposure;
  readonly isExclusive: boolean;
  /** Day of the scheduled end, Infinity where unknown. */
  readonly lastDay: number;
  /** Day of its first price, counted from the range's first; Infinity without any. */
  readonly firstKnown: number;
  /** Probability of the outcome, NaN on a day without a close. */
  readonly probability: Float64Array;
}

function contractDays(
  row: OutcomeExposure,
  { closesAtMs, negRisk }: Market,
  prices: DailyPrices,
  range: { readonly from: number; readonly to: number },
): ContractDays {
  const probability = new Float64Array(range.to - range.from).fill(NaN);
  const { from, to } = rowsOf(prices, row.market);
  for (let r = from; r < to; ++r) {
    const day = prices.day[r]!, close = prices.close[r]!;
    if (day < range.from || day >= range.to) continue;
    probability[day - range.from] = row.isComplement ? 1 - close : close;
  }
  return {
    row,
    isExclusive: negRisk === true,
    lastDay: closesAtMs === null ? Infinity : dayOf(closesAtMs),
    firstKnown: from === to ? Infinity : prices.day[from]! - range.from,
    probability,
  };
}

interface Chosen {
  readonly outcomes: readonly QuotedOutcome[];
  readonly isAlone: boolean;
}

function latestQuoted(contracts: readonly ContractDays[], d: number): Chosen | null {
  const latest = contracts.findLast(({ probability }) => !Number.isNaN(probability[d]!));
  if (latest === undefined) return null;
  return { outcomes: [{ row: latest.row, probability: latest.probability[d]! }], isAlone: true };
}

/** Contracts by the venue's event that has any vector, the one that ends first before the others. */
function inRepetitions(contracts: readonly ContractDays[]): ContractDays[][] {
  const groups = Map.groupBy(contracts, ({ row }) => row.repetition);
  const end = (group: readonly ContractDays[]) => group.at(-1)!.lastDay;
  return [...groups.values()]
    .filter((group) => group.some(({ row }) => row.vector !== null))
    .sort((a, b) => {
      const byEnd = end(a) === end(b) ? 0 : end(a) - end(b);
      return byEnd || (a[0]!.row.repetition < b[0]!.row.repetition ? -1 : 1);
    });
}

function frontRepetition(
  repetitions: readonly (readonly ContractDays[])[],
  d: number,
  day: number,
): Chosen | null {
  const quoted = repetitions.filter((group) =>
    group.some(({ row, probability }) => row.vector !== null && !Number.isNaN(probability[d]!))
  );
  // after its scheduled end a contract may trade on until it is settled
  const front = quoted.find((group) => group.at(-1)!.lastDay >= day) ?? quoted.at(-1);
  if (front === undefined) return null;
  const byTicker = new Map<number, ContractDays>();
  for (const contract of front) {
    if (contract.firstKnown > d) continue;
    const before = byTicker.get(contract.row.ticker);
    const isQuoted = !Number.isNaN(contract.probability[d]!);
    if (before === undefined || isQuoted) byTicker.set(contract.row.ticker, contract);
  }
  const outcomes = [...byTicker.values()]
    .map(({ row, probability }) => ({ row, probability: probability[d]! }));
  const isAlone = outcomes.length === 1 && !front.some(({ isExclusive }) => isExclusive);
  return { outcomes, isAlone };
}
