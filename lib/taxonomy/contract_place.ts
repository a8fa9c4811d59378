import type { Market } from "../core/data_set.ts";
import { gamePlace } from "./game_place.ts";
import { kalshiPlace } from "./kalshi_place.ts";
import { maskedStrikes } from "./strikes.ts";
import { eventKey, tickerKey } from "./text_keys.ts";
import { QUESTION_WORDS } from "./time_words.ts";
import {
  CONFIDENCE,
  type ContractPlace,
  itemKey,
  plainPlace,
  type Reading,
  type TitleMemory,
  unasked,
} from "./title_reading.ts";
import { strippedSlug, type StrippedTitle, strippedTitle } from "./title_times.ts";
import { hasPairing } from "./venue_tickers.ts";

/** Finds a contract's event and ticker: by its venue's structure where it has one, else by its words. */
export function contractPlace(market: Market, memory: TitleMemory): ContractPlace {
  const { question, eventTitle } = market;
  const { strip, isTime } = memory;
  const label = market.groupItemTitle?.trim() ?? "";
  const isTimed = label !== "" && isTime(label);
  const item = label === "" || isTimed || label === question?.trim() ? null : strip(label).text;
  const words = question === null
    ? null
    : spoken(question === eventTitle ? strip(question) : strippedTitle(ownQuestion(market)));
  const title = eventTitle === null ? null : spoken(strip(eventTitle));
  const dated: StrippedTitle | null = isTimed ? { text: "", times: [label] } : null;
  const times = [words, dated, title].find((one) => one !== null && one.times.length > 0)?.times;
  const read: Reading = {
    market: spokenMarket(market, label === "" ? null : label),
    item: item === "" ? null : item,
    words,
    title,
    period: times?.join("; ") ?? null,
  };
  const { eventSlug, slug } = read.market;
  if (market.venue === "kalshi" && eventSlug !== null) return kalshiPlace(read);
  const game = gamePlace(read);
  if (game !== null) return game;
  if (title !== null) return titledPlace(read);
  if (eventSlug !== null && words !== null) return sluggedPlace(read);
  if (words !== null) return wordedPlace(read);
  const known = eventSlug ?? slug;
  if (known === null) return unknownPlace(market.marketId);
  const slugWords = strippedSlug(known);
  return wordedPlace({ ...read, words: slugWords, period: slugWords.times.join("; ") || null });
}

/** The market without slugs and labels that say nothing; itself, and no copy, where all do. */
function spokenMarket(market: Market, groupItemTitle: string | null): Market {
  const eventSlug = wordy(market.eventSlug), slug = wordy(market.slug);
  const isSpoken = eventSlug === market.eventSlug && slug === market.slug &&
    groupItemTitle === market.groupItemTitle;
  return isSpoken ? market : { ...market, eventSlug, slug, groupItemTitle };
}

/** A title that says something. */
function spoken(title: StrippedTitle): StrippedTitle | null {
  return title.text === "" ? null : title;
}

/** A slug that names something. */
function wordy(slug: string | null): string | null {
  return slug !== null && /[a-z0-9]/i.test(slug) ? slug : null;
}

/** The question without the label that sources append to Kalshi's titles. */
function ownQuestion({ question, groupItemTitle }: Market): string {
  const tail = ` — ${groupItemTitle}`;
  return groupItemTitle !== null && question!.endsWith(tail)
    ? question!.slice(0, -tail.length)
    : question!;
}

/** Polymarket with its event's title. */
function titledPlace(read: Reading): ContractPlace {
  const { item, title } = read;
  const words = read.words ?? title!;
  const key = eventKey(title!.text);
  if (eventKey(words.text) === key && item === null) {
    const name = maskedStrikes(title!.text);
    const isMasked = name !== title!.text;
    return {
      ...plainPlace(read),
      eventKey: eventKey(name),
      eventName: name,
      tickerKey: tickerKey(words.text),
      tickerText: words.text,
      label: words.text,
      method: isMasked ? "pattern" : "venue",
      confidence: CONFIDENCE[isMasked ? "pattern" : "ownTitle"],
    };
  }
  const repeats = eventKey(words.text) === key;
  // two sides have several bets with one label: "Map 1 Winner" and "Match Winner" of the same team
  const isBet = !repeats && hasPairing(title!.text);
  const text = repeats ? `${unasked(words.text)}: ${item}` : words.text;
  return {
    ...plainPlace(read),
    eventKey: key,
    eventName: title!.text,
    tickerKey: item === null || isBet ? tickerKey(text) : itemKey(item, words.text),
    tickerText: text,
    label: item ?? text,
    method: "venue",
    confidence: CONFIDENCE[item === null ? "venueQuestion" : "venueItem"],
  };
}

/** A question and its event's slug. */
function sluggedPlace(read: Reading): ContractPlace {
  const words = read.words!;
  const slugWords = strippedSlug(withoutSuffix(read.market.eventSlug!, words.text));
  const key = eventKey(slugWords.text);
  const period = read.period ?? (slugWords.times.join("; ") || null);
  const isOwn = key === eventKey(words.text);
  const name = isOwn ? maskedStrikes(words.text) : spokenName(slugWords.text, words.text);
  const isMasked = isOwn && name !== words.text;
  return {
    ...plainPlace(read),
    eventKey: isOwn ? eventKey(name) : key,
    eventName: name,
    tickerKey: tickerKey(words.text),
    tickerText: words.text,
    label: words.text,
    method: isMasked ? "pattern" : "venue",
    confidence: CONFIDENCE[isMasked ? "pattern" : isOwn ? "ownTitle" : "venueSlug"],
    period,
  };
}

/** A slug without the numbers that the venue adds to make it unique: "-684", "-v2". */
function withoutSuffix(slug: string, question: string): string {
  const known = new Set(eventKey(question).split(" "));
  const parts = slug.split("-");
  while (parts.length > 1) {
    const last = parts.at(-1)!;
    if (!/^(?:\d{2,3}|v\d)$/.test(last) || known.has(last)) break;
    if (/^20\d\d$|^\d{4}$/.test(parts.at(-2)!) && last.length === 2) break;
    if (last.length === 2 && MONTH_NAME.test(parts.at(-2)!)) break;
    parts.pop();
  }
  return parts.join("-");
}

const MONTH_NAME = /^(?:\d\d|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*)$/;

/** A slug's words as a title, in the capitals that the question gives them. */
function spokenName(spoken: string, question: string): string {
  const written = new Map(
    question.split(/[\s?:,]+/).slice(1).map((word) => [eventKey(word), word]),
  );
  const name = spoken.split(" ").map((word) => written.get(word) ?? word).join(" ");
  const asks = QUESTION_WORDS.has(spoken.split(" ")[0]!);
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}${asks ? "?" : ""}`;
}

/** Words alone: "X wins Y" asks who wins Y, a strike is one of a ladder, all else stands for itself. */
function wordedPlace(read: Reading): ContractPlace {
  const { text } = read.words!;
  const contest = contestOf(text);
  const name = contest ?? maskedStrikes(text);
  const isPattern = name !== text;
  return {
    ...plainPlace(read),
    eventKey: eventKey(name),
    eventName: name,
    tickerKey: tickerKey(text),
    tickerText: text,
    label: text,
    method: isPattern ? "pattern" : "title",
    confidence: CONFIDENCE[isPattern ? "textPattern" : "text"],
  };
}

function contestOf(text: string): string | null {
  const words = unasked(text).split(" ");
  const at = words.findIndex((word, i) => i > 0 && /^wins?$/.test(word));
  const prize = words.slice(words[at + 1] === "the" ? at + 2 : at + 1);
  const hasSubject = at > 0 && at < 6 && !QUESTION_WORDS.has(words[at - 1]!.toLowerCase());
  const isPrize = prize.length > 0 &&
    !/^(?:\d|by$|on$|in$|more$|at$|or$|over$|against$)/.test(prize[0]!);
  return hasSubject && isPrize && !/^who$/i.test(words[0]!) ? `Who wins ${prize.join(" ")}?` : null;
}

function unknownPlace(marketId: string): ContractPlace {
  return {
    eventKey: marketId,
    sharedKey: null,
    eventName: marketId,
    nameRank: 0,
    tickerKey: marketId,
    tickerText: marketId,
    label: marketId,
    isGame: false,
    method: "title",
    confidence: CONFIDENCE.none,
    period: null,
  };
}
