import { type DailyPrices, type Market, rowsOf } from "../core/data_set.ts";
import { dayOf } from "../core/day.ts";
import type { QuotedOutcome } from "./ladder_states.ts";
import type { OutcomeExposure } from "./outcome_exposures.ts";
import type { Relation } from "./repetition_exposure.ts";

/** A contract with its outcome's probability on each of its days. */
export interface ContractDays {
  readonly row: OutcomeExposure;
  /** The venue's own word on whether the outcomes of its event exclude each other. */
  readonly negRisk: boolean | null;
  /** Day of the scheduled end, Infinity where unknown. */
  readonly lastDay: number;
  /** Day of its first price; Infinity without any. */
  readonly firstDay: number;
  /** Probability of the outcome by day; a day without a close is not in it. */
  readonly probability: ReadonlyMap<number, number>;
}

/** The outcome's closes, 1 less them where "No" is quoted. */
export function contractDays(
  row: OutcomeExposure,
  { closesAtMs, negRisk }: Market,
  prices: DailyPrices,
): ContractDays {
  const probability = new Map<number, number>();
  const { from, to } = rowsOf(prices, row.market);
  for (let r = from; r < to; ++r) {
    const close = prices.close[r]!;
    probability.set(prices.day[r]!, row.isComplement ? 1 - close : close);
  }
  return {
    row,
    negRisk,
    lastDay: closesAtMs === null ? Infinity : dayOf(closesAtMs),
    firstDay: from === to ? Infinity : prices.day[from]!,
    probability,
  };
}

/** Whether a vector or a ladder's rule speaks of a contract's outcome. */
export function isScored({ row }: ContractDays): boolean {
  return row.vector !== null || row.direction !== null;
}

/** Of the contracts quoted on the day the last of the list; `null` where none is. */
export function latestQuoted(contracts: readonly ContractDays[], day: number): ContractDays | null {
  return contracts.findLast(({ probability }) => probability.has(day)) ?? null;
}

/**
 * The repetition that ends first of those with a scored outcome quoted on the day that have not ended;
 * the one that ended last where all have, since a contract may trade on until it is settled.
 *
 * @param known Contracts with a price by the day, by scheduled end.
 */
export function frontRepetition(
  known: readonly ContractDays[],
  day: number,
): ContractDays[] | null {
  const end = (group: readonly ContractDays[]) => group.at(-1)!.lastDay;
  const quoted = [...Map.groupBy(known, ({ row }) => row.repetition).values()]
    .filter((group) => group.some((one) => isScored(one) && one.probability.has(day)))
    .sort((a, b) => {
      const byEnd = end(a) === end(b) ? 0 : end(a) - end(b);
      return byEnd || (a[0]!.row.repetition < b[0]!.row.repetition ? -1 : 1);
    });
  return quoted.find((group) => end(group) >= day) ?? quoted.at(-1) ?? null;
}

/**
 * One contract for each ticker of a repetition, the latest that is quoted or else the latest, with the
 * day's probability. Strikes to be touched leave with their scheduled end.
 *
 * @param known Contracts of the repetition with a price by the day, by scheduled end.
 */
export function outcomesOn(known: readonly ContractDays[], day: number): QuotedOutcome[] {
  const byTicker = new Map<number, ContractDays>();
  for (const contract of known) {
    const { row, lastDay, probability } = contract;
    if (row.counts === "touch" && lastDay < day) continue;
    if (probability.has(day) || !byTicker.has(row.ticker)) byTicker.set(row.ticker, contract);
  }
  return [...byTicker.values()]
    .map(({ row, probability }) => ({ row, probability: probability.get(day) ?? NaN }));
}

/**
 * How the outcomes of a repetition relate, from what the venue says of the contracts known so far.
 *
 * Polymarket marks events of which one outcome at most can happen (`negRisk` true) and those whose
 * outcomes are questions of their own (false). Where it says nothing, as always of Kalshi, one outcome alone
 * is a question of its own and of several the relation is unknown. Outcomes that stand in separate events of
 * the venue never come here together.
 */
export function relationOf(known: readonly ContractDays[]): Relation {
  if (known.some(({ negRisk }) => negRisk === true)) return "exclusive";
  if (known.some(({ negRisk }) => negRisk === false)) return "separate";
  return new Set(known.map(({ row }) => row.ticker)).size === 1 ? "separate" : "unknown";
}
