import type { DailyPrices, Market } from "../core/data_set.ts";
import { dayRange } from "../core/panel.ts";
import type { ContractTaxonomy } from "../taxonomy/contract_taxonomy.ts";
import {
  type ContractDays,
  contractDays,
  frontRepetition,
  isScored,
  latestQuoted,
  outcomesOn,
  relationOf,
} from "./contract_days.ts";
import { EXPOSURE_FACTORS, type ExposureFactor } from "./exposure_factors.ts";
import { sidePosition } from "./ladder_buckets.ts";
import { type LadderScale, levelScale } from "./ladder_scale.ts";
import type { OutcomeExposure } from "./outcome_exposures.ts";
import {
  MISSING_REASONS,
  type Relation,
  type RepetitionExposure,
  repetitionExposure,
} from "./repetition_exposure.ts";

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
   * The expected push: a level, not a sensitivity. NaN where nothing is quoted or `missing` says why.
   */
  readonly values: Float64Array;
  /**
   * As values: how far news may still move each factor, the root of the sum over the event's ends of
   * probability × (score − expected push)²; NaN where the values are.
   */
  readonly spreads: Float64Array;
  /** nEvents × nDays: share of the probability that a vector speaks for; NaN where none is quoted. */
  readonly coverage: Float64Array;
  /** nEvents × nDays: sum of all quotes of outcomes that exclude each other, NaN where none do. */
  readonly quoted: Float64Array;
  /** nEvents × nDays: sum by which farther strikes are quoted above nearer ones; NaN as coverage. */
  readonly notMonotone: Float64Array;
  /** nEvents × nDays: 0 where there is a value or no quote, else 1 more than the index in `MISSING_REASONS`. */
  readonly missing: Uint8Array;
}

/** Which days, and how much must be known. */
export interface NetExposureOptions {
  /** First day. */
  readonly from: number;
  /** Day after the last. */
  readonly to: number;
  /** Least coverage for a value, 0.5 by default. */
  readonly minCoverage?: number;
  /** Whether sums are divided by their coverage, as if what is not covered were like the rest; false by default. */
  readonly renormalise?: boolean;
}

/**
 * Net exposure of each event on each day: the sum over outcomes of probability × vector.
 *
 * The probability is the close of the day itself, or 1 less it where "No" is quoted; nothing is
 * carried forward and no later day is looked at. A contract, and with it the kind of its event, is known from
 * its first price on. Which contracts count:
 *
 * - While one ticker is known (binary, or deadlines): of the contracts quoted on the day the one with the
 *   latest scheduled end, which for deadlines is "ever by then". Not happening has no effect, or the opposite
 *   one for up or down.
 * - From the second ticker on: outcomes must come from one repetition to be weighed together. It is the one
 *   that ends first of those quoted on the day that have not ended; of a ticker with several contracts in it
 *   the latest. `repetitionExposure` says what becomes of their sum, `relationOf` which exclude each other.
 *   A strike that its venue lists alone is a question of its own here too.
 * - A level is measured from what its repetition expected on the first day on which its quotes cover half
 *   and cohere, see `levelScale`; before that day it has no value.
 *
 * Cost: O(events · days · contracts of an event).
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
    .filter((e) =>
      byEvent.get(e)!.some(({ vector, direction }) => vector !== null || direction !== null)
    );
  const nDays = to - from, nFactors = EXPOSURE_FACTORS.length;
  const blank = () => new Float64Array(events.length * nDays).fill(NaN);
  const values = new Float64Array(events.length * nDays * nFactors).fill(NaN);
  const spreads = values.slice();
  const coverage = blank(), quoted = blank(), notMonotone = blank();
  const missing = new Uint8Array(events.length * nDays);
  events.forEach((event, e) => {
    const contracts = byEvent.get(event)!
      .map((row) => contractDays(row, markets[row.market]!, prices))
      // a ticker's contracts roll by scheduled end
      .sort((a, b) =>
        (a.lastDay === b.lastDay ? 0 : a.lastDay - b.lastDay) || a.row.market - b.row.market
      );
    const exposureOn = eventExposure(contracts, { minCoverage, renormalise });
    for (let d = 0; d < nDays; ++d) {
      const found = exposureOn(from + d);
      if (found === null) continue;
      const at = e * nDays + d;
      coverage[at] = found.coverage;
      quoted[at] = found.quoted;
      notMonotone[at] = found.notMonotone;
      missing[at] = found.missing === null ? 0 : 1 + MISSING_REASONS.indexOf(found.missing);
      if (found.missing !== null) continue;
      values.set(found.net, at * nFactors);
      spreads.set(found.spreads, at * nFactors);
    }
  });
  return {
    events: Int32Array.from(events),
    eventIds: events.map((event) => taxonomy.events[event]!.eventId),
    factors: EXPOSURE_FACTORS,
    days: dayRange(from, to),
    values,
    spreads,
    coverage,
    quoted,
    notMonotone,
    missing,
  };
}

/** What the contracts of one event give on a day, `null` where no scored one is quoted. */
function eventExposure(
  contracts: readonly ContractDays[],
  options: Required<Pick<NetExposureOptions, "minCoverage" | "renormalise">>,
): (day: number) => RepetitionExposure | null {
  const scales = levelScales(contracts);
  const tickers = new Map<number, number>();
  for (const { row, firstDay } of contracts) {
    tickers.set(row.ticker, Math.min(firstDay, tickers.get(row.ticker) ?? Infinity));
  }
  const [, second = Infinity] = [...tickers.values()].sort((a, b) => a - b);
  return (day) => {
    const known = contracts.filter(({ firstDay }) => firstDay <= day);
    if (day < second) {
      const latest = latestQuoted(known.filter(isScored), day);
      if (latest === null) return null;
      const relation = relationOf([latest]);
      const probability = latest.probability.get(day)!;
      const outcomes = [{ row: asQuestion(latest.row, relation), probability }];
      return repetitionExposure(outcomes, { relation, scale: null, ...options });
    }
    const front = frontRepetition(known, day);
    if (front === null) return null;
    const relation = relationOf(front);
    const isAlone = front.every(({ row }) => row.ticker === front[0]!.row.ticker);
    const outcomes = outcomesOn(front, day)
      .map((one) => isAlone ? { ...one, row: asQuestion(one.row, relation) } : one);
    if (outcomes.every(({ probability }) => Number.isNaN(probability))) return null;
    const first = scales.get(front[0]!.row.repetition);
    return repetitionExposure(outcomes, {
      relation,
      scale: first !== undefined && first.day <= day ? first.scale : null,
      ...options,
    });
  };
}

/** The scale of each repetition that is a level, and the first day on which it is known. */
function levelScales(
  contracts: readonly ContractDays[],
): Map<string, { readonly day: number; readonly scale: LadderScale }> {
  const found = new Map<string, { readonly day: number; readonly scale: LadderScale }>();
  const levels = contracts.filter(({ row }) => row.counts === "level" && row.direction !== null);
  for (const repetition of new Set(levels.map(({ row }) => row.repetition))) {
    const own = contracts.filter(({ row }) => row.repetition === repetition);
    const days = new Set(own.flatMap(({ probability }) => [...probability.keys()]));
    for (const day of [...days].sort((a, b) => a - b)) {
      const scale = levelScale(outcomesOn(own.filter(({ firstDay }) => firstDay <= day), day));
      if (scale === null) continue;
      found.set(repetition, { day, scale });
      break;
    }
  }
  return found;
}

/**
 * A threshold that stands alone as an outcome with the rule's vector for its side. A bucket stays as it is,
 * as does a strike that the venue marks as one of several outcomes that exclude each other.
 */
function asQuestion(row: OutcomeExposure, relation: Relation): OutcomeExposure {
  if (row.direction === null || row.strike === null) {
    return row.counts === "opposite" ? row : { ...row, counts: "outcome" };
  }
  const position = sidePosition(row.strike, { isCount: row.counts === "count" });
  if (Number.isNaN(position) || relation === "exclusive") return row;
  const vector = row.direction.map((score) => score * position + 0);
  return { ...row, counts: "outcome", vector, direction: null };
}
