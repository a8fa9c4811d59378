import { maskedStrikes } from "./strikes.ts";
import { eventKey, tickerKey } from "./text_keys.ts";
import {
  CONFIDENCE,
  type ContractPlace,
  itemKey,
  plainPlace,
  type Reading,
  unasked,
} from "./title_reading.ts";
import { strippedSlug } from "./title_times.ts";
import { hasPairing, kalshiSeries } from "./venue_tickers.ts";

/** Kalshi: the series is the event; its title joins it with other venues where it names no outcome. */
export function kalshiPlace(read: Reading): ContractPlace {
  const { market, item, words, title } = read;
  const { key, date } = kalshiSeries(market.eventSlug!);
  const shown = title ?? words ?? strippedSlug(market.eventSlug!);
  const isOwn = item !== null && !hasPairing(shown.text) && namesOutcome(shown.text, item);
  const asked = words ?? shown;
  const repeats = eventKey(asked.text) === eventKey(shown.text);
  const name = isOwn
    ? withBlank(shown.text, item!)
    : item === null && repeats
    ? maskedStrikes(shown.text)
    : shown.text;
  const names = item === null || hasPairing(shown.text) ? `${key} ${eventKey(name)}` : key;
  const text = item === null || isOwn || !repeats ? asked.text : `${unasked(asked.text)}: ${item}`;
  return {
    ...plainPlace(read),
    eventKey: names,
    sharedKey: isOwn ? null : eventKey(name),
    eventName: name,
    tickerKey: item === null ? tickerKey(text) : itemKey(item, asked.text),
    tickerText: text,
    label: item ?? text,
    method: "venue",
    confidence: CONFIDENCE[item === null ? "venueQuestion" : "venueItem"],
    period: read.period ?? date,
  };
}

/** Whether a title speaks of one outcome: it holds the label's words or its number. */
function namesOutcome(title: string, item: string): boolean {
  if (` ${eventKey(title)} `.includes(` ${eventKey(item)} `)) return true;
  const numbers = tickerKey(item).match(/\d[\d.]*/g);
  if (numbers === null) return false;
  const known = new Set(tickerKey(title).match(/\d[\d.]*/g));
  return numbers.some((number) => known.has(number));
}

function withBlank(title: string, item: string): string {
  const at = title.toLowerCase().indexOf(item.toLowerCase());
  return at < 0 ? maskedStrikes(title) : `${title.slice(0, at)}___${title.slice(at + item.length)}`;
}
