import { MS_PER_DAY } from "../core/day.ts";
import { type FactorMoves, leadLagBeta } from "./lead_lag_beta.ts";
import { type Observations, sameInstantMoves } from "./same_instant_moves.ts";

/** How a contract's day is matched with a factor's. */
export type DayLabel =
  /** The mark of the day's start, as a venue's history labels it, joined on the date. */
  | "day_start"
  /** The mark of the day's end, joined on the date. */
  | "day_end"
  /** The same, with the factor's next session beside its own. */
  | "day_end_lead"
  /** The value at the instant of the factor's close. */
  | "close";

/** Names of the labels, from the trap to the remedy. */
export const DAY_LABELS: Readonly<Record<DayLabel, string>> = {
  day_start: "00:00 label joined on date",
  day_end: "24:00 label",
  day_end_lead: "24:00 label and one lead",
  close: "at the close",
};

/** A contract's beta under one label. */
export interface DayLabelBeta {
  readonly label: DayLabel;
  readonly beta: number;
  readonly standardError: number;
  /** The same with moves since the day before: what weekends and holidays hold is lost. */
  readonly betaOneDay: number;
  readonly standardErrorOneDay: number;
  /** Share of the variance of the contract's moves that is lost with them. */
  readonly varianceLost: number;
  /** Sessions with both moves. */
  readonly n: number;
}

/** A contract's values at the end of UTC days, days increasing. */
export interface DayMarks {
  readonly day: Int32Array;
  readonly value: Float64Array;
}

/** A factor's closes, one a session. */
export interface FactorCloses {
  /** UTC day of each session, increasing. */
  readonly day: Int32Array;
  /** Instant of the close, UTC milliseconds. */
  readonly atMs: Float64Array;
  /** In the unit whose differences are the factor's moves: the logarithm of a price, or a level. */
  readonly value: Float64Array;
}

/** Sessions over which errors may be correlated: a trading week. */
const BANDWIDTH = 5;

/**
 * One contract's beta to one factor under each way to label days, with and without the weekend inside.
 *
 * A contract that follows the factor exactly has a beta of 1 only where both are read at the same instant.
 * A mark of the day's start lags the close by most of a day; a mark of the day's end has news in it that
 * the factor shows with its next close, which one lead gives back.
 *
 * NaN: a beta or an error that is not estimable. Cost: O(observations + sessions).
 *
 * @param marks.dayEnds The contract at the end of each UTC day.
 * @param marks.observations The same contract round the clock.
 * @param options.maxAgeMs Oldest observation that stands for a close, milliseconds.
 * @returns One row for each of {@link DAY_LABELS}, in their order; errors allow for a week of correlation.
 */
export function dayLabelBetas(
  { dayEnds, observations }: {
    readonly dayEnds: DayMarks;
    readonly observations: Observations;
  },
  closes: FactorCloses,
  { maxAgeMs }: { readonly maxAgeMs: number },
): DayLabelBeta[] {
  const factor: FactorMoves = {
    fromDay: closes.day.slice(0, -1),
    day: closes.day.slice(1),
    move: closes.value.slice(1).map((now, s) => now - closes.value[s]!),
  };
  const endOf = new Map(Array.from(dayEnds.day, (day, i) => [day, dayEnds.value[i]!]));
  const markBefore = (days: number) =>
    Float64Array.from(closes.day, (day) => endOf.get(day - days) ?? NaN);
  const seenBefore = (days: number) =>
    sameInstantMoves(observations, closes.atMs.map((at) => at - days * MS_PER_DAY), { maxAgeMs })
      .value;
  const values: Record<DayLabel, [Float64Array, Float64Array]> = {
    day_start: [markBefore(1), markBefore(2)],
    day_end: [markBefore(0), markBefore(1)],
    day_end_lead: [markBefore(0), markBefore(1)],
    close: [seenBefore(0), seenBefore(1)],
  };
  return (Object.keys(DAY_LABELS) as DayLabel[]).map((label) =>
    betasOf(label, { factor, now: values[label][0], dayBefore: values[label][1] })
  );
}

function betasOf(
  label: DayLabel,
  { factor, now, dayBefore }: {
    factor: FactorMoves;
    now: Float64Array;
    dayBefore: Float64Array;
  },
): DayLabelBeta {
  const whole = now.slice(1).map((value, s) => value - now[s]!);
  const oneDay = now.slice(1).map((value, s) => value - dayBefore[s + 1]!);
  const session = Int32Array.from(factor.day.keys())
    .filter((s) => !Number.isNaN(whole[s]! + oneDay[s]! + factor.move[s]!));
  const taken = (moves: Float64Array) => Float64Array.from(session, (s) => moves[s]!);
  const options = { leads: label === "day_end_lead" ? 1 : 0, bandwidth: BANDWIDTH };
  const all = leadLagBeta({ session, move: taken(whole) }, factor, options);
  const some = leadLagBeta({ session, move: taken(oneDay) }, factor, options);
  return {
    label,
    beta: all.beta,
    standardError: all.standardError,
    betaOneDay: some.beta,
    standardErrorOneDay: some.standardError,
    varianceLost: 1 - variance(taken(oneDay)) / variance(taken(whole)),
    n: session.length,
  };
}

function variance(values: Float64Array): number {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  return values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length;
}
