import { eventKey, tickerKey } from "./text_keys.ts";
import { CONFIDENCE, type ContractPlace, plainPlace, type Reading } from "./title_reading.ts";
import { gameOfSlug, hasPairing, isContainer, pairingOf } from "./venue_tickers.ts";

/** Words of bets on a game that say nothing without the game. */
const GAME_BET =
  /^(?:over|under|o\/u|spread|moneyline|match|total|draw|set|map|1h|1q|first half|both teams)\b/i;

/** A game that the slug or, in a league's day, the question names; `null` where there is none. */
export function gamePlace(read: Reading): ContractPlace | null {
  const { market, words, title } = read;
  const isDay = title !== null && isContainer(title.text);
  const fits = title === null || isDay || hasPairing(title.text);
  const slugged = fits ? gameOfSlug(market.eventSlug) ?? gameOfSlug(market.slug) : null;
  const named = (words === null ? null : pairingOf(words.text)) ??
    (market.groupItemTitle === null ? null : pairingOf(market.groupItemTitle));
  if (slugged === null && !(isDay && named !== null)) return null;
  const league = isDay ? title!.text.split(/[\s:]/)[0]! : "";
  const isPlain = words !== null && named !== null &&
    !words.text.slice(words.text.search(/\svs?\.?\s/i)).includes(":");
  const name = title !== null && !isDay ? title.text : isPlain || isDay ? named : null;
  const outcome = words?.text ?? market.groupItemTitle ?? name ?? slugged!.name;
  const text = GAME_BET.test(outcome) && title !== null && !hasPairing(outcome)
    ? `${name ?? slugged!.name}: ${outcome}`
    : outcome;
  return {
    ...plainPlace(read),
    eventKey: slugged?.key ?? eventKey(`${league} ${named}`),
    eventName: name ?? slugged!.name,
    nameRank: name === null ? 2 : title !== null && !isDay ? 0 : 1,
    tickerKey: tickerKey(outcome),
    tickerText: text,
    label: outcome,
    isGame: true,
    method: "pattern",
    confidence: slugged === null ? CONFIDENCE.pattern : CONFIDENCE.game,
    period: read.period ?? slugged?.date ?? null,
  };
}
