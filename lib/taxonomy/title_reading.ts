import type { Market } from "../core/data_set.ts";
import type { LinkMethod } from "./contract_taxonomy.ts";
import { tickerKey } from "./text_keys.ts";
import { isOnlyTime, type StrippedTitle, strippedTitle } from "./title_times.ts";

/**
 * How sure a link is, by where it comes from. Judged from hand-read samples, not estimated:
 * an outcome that the venue itself lists under its event is rarely misplaced; a title alone says
 * nothing of the venue's grouping; a slug has lost its signs.
 */
export const CONFIDENCE = {
  /** The venue's event and its label of the outcome. */
  venueItem: 0.97,
  /** The venue's event; the outcome is the question's wording. */
  venueQuestion: 0.95,
  /** A game that the venue's slug names. */
  game: 0.9,
  /** The venue's event, known by its slug alone. */
  venueSlug: 0.85,
  /** An event with one question: repetitions are joined by its wording. */
  ownTitle: 0.8,
  /** The same with the strike taken out of the wording, or a game read from words. */
  pattern: 0.75,
  /** Most for an event that two venues share, since only its wording joins them. */
  twoVenues: 0.7,
  /** No structure, only a question. */
  text: 0.6,
  /** No structure, and a pattern of words on top. */
  textPattern: 0.5,
  /** No words at all. */
  none: 0.2,
} as const;

/** Where one contract belongs, from its own fields alone. */
export interface ContractPlace {
  readonly eventKey: string;
  /** Another key for the event, used where all contracts of `eventKey` have the same. */
  readonly sharedKey: string | null;
  readonly eventName: string;
  /** Names with a lower rank are preferred. */
  readonly nameRank: number;
  readonly tickerKey: string;
  readonly tickerText: string;
  /** What tells the outcome from its siblings: the venue's label of it, else the ticker's text. */
  readonly label: string;
  readonly isGame: boolean;
  readonly method: LinkMethod;
  readonly confidence: number;
  readonly period: string | null;
}

/** What has been read before: titles and labels of one event come many times. */
export interface TitleMemory {
  readonly strip: (title: string) => StrippedTitle;
  readonly isTime: (label: string) => boolean;
}

/** A {@link TitleMemory} that is empty. */
export function titleMemory(): TitleMemory {
  return { strip: remembered(strippedTitle), isTime: remembered(isOnlyTime) };
}

function remembered<T>(read: (text: string) => T): (text: string) => T {
  const seen = new Map<string, T>();
  return (text) => {
    let found = seen.get(text);
    if (found === undefined) seen.set(text, found = read(text));
    return found;
  };
}

/** A contract's words without their times. */
export interface Reading {
  readonly market: Market;
  /** The venue's label of the outcome; `null` where it is a time or repeats the question. */
  readonly item: string | null;
  readonly words: StrippedTitle | null;
  readonly title: StrippedTitle | null;
  readonly period: string | null;
}

/** Without the question mark. */
export function unasked(text: string): string {
  return text.replace(/\?$/, "");
}

/** The fields that most places have alike. */
export function plainPlace(
  read: Reading,
): Pick<ContractPlace, "sharedKey" | "nameRank" | "isGame" | "period"> {
  return { sharedKey: null, nameRank: 0, isGame: false, period: read.period };
}

/** Key of a label; a bare number takes its direction from the question: "reach $190", "dip to $190". */
export function itemKey(item: string, question: string): string {
  const key = tickerKey(item);
  if (!/^\d[\d.]*$/.test(key)) return key;
  if (/\b(?:dip|fall|drop|below|less|under|lower|fewer)\b/i.test(question)) return `down ${key}`;
  return /\b(?:reach|hit|above|greater|more|over|higher|exceed)\b/i.test(question)
    ? `up ${key}`
    : key;
}
