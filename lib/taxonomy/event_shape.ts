import type { EventKind } from "./contract_taxonomy.ts";
import { isNeutral, strikeResidue } from "./strikes.ts";

/** What the kind of an event is read from. */
export interface EventShape {
  /** One label a ticker: the venue's, else the ticker's text. */
  readonly labels: readonly string[];
  readonly nContracts: number;
  /** Whether two sides meet: bets on one game are no ladder although many have a line. */
  readonly isGame: boolean;
}

/**
 * How an event's tickers relate, from those that are listed: a question with one candidate listed is
 * binary.
 *
 * A ladder's outcomes are the same words around different numbers; of ten and more, one wording may
 * differ, and less than half may be no number ("No change", "Other"). Cost: O(length of the labels).
 */
export function eventKind({ labels, nContracts, isGame }: EventShape): EventKind {
  if (labels.length < 2) return nContracts < 2 ? "binary" : "time_variant";
  if (isGame) return "categorical";
  const strikes = labels.filter((label) => !isNeutral(label)).map(strikeResidue);
  if (2 * strikes.length < labels.length || !strikes.every(({ hasNumber }) => hasNumber)) {
    return "categorical";
  }
  const words = new Set(strikes.map((one) => one.words));
  return words.size <= (strikes.length < 10 ? 1 : 2) ? "ladder" : "categorical";
}
