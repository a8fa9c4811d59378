/** Words of event titles that hold many games and are no question of their own: "NBA: March 11th". */
const CONTAINER_WORDS: ReadonlySet<string> = new Set(
  ("nba nfl nhl mlb epl ufc ncaab ncaaf cbb cfb ipl wnba mls premier champions league la liga bundesliga " +
    "dailies daily games game totals total spreads spread moneyline moneylines playoffs series who will win " +
    "fight night main card").split(" "),
);

/** Two sides that meet, and the league where a slug names it. */
export interface Game {
  /** "nba phx sac": the same on every date. */
  readonly key: string;
  /** "NBA PHX SAC", for where no title is known. */
  readonly name: string;
  /** The date in the slug, as written. */
  readonly date: string;
}

/** The game that a Polymarket slug names, such as `nba-phx-sac-2026-01-09-more-markets`; else `null`. */
export function gameOfSlug(slug: string | null): Game | null {
  const match = /^([a-z0-9]{2,10})-([a-z0-9]{1,14})-([a-z0-9]{1,14})-(20\d\d-\d\d-\d\d)(?:-|$)/
    .exec(slug ?? "");
  if (match === null) return null;
  const [, league, first, second, date] = match;
  if (CONTAINER_WORDS.has(first!) || CONTAINER_WORDS.has(second!)) return null;
  const key = `${league} ${first} ${second}`;
  return { key, name: key.toUpperCase(), date: date! };
}

/** Whether a stripped event title names a league's day and not a question. */
export function isContainer(strippedTitle: string): boolean {
  const words = strippedTitle.toLowerCase().split(/[^\p{L}\p{N}]+/u).filter((word) => word !== "");
  return words.length > 0 && words.every((word) => CONTAINER_WORDS.has(word));
}

const VERSUS = /\s(?:vs\.?|v\.|@)\s/i;

/** Whether a text names two sides: "Suns vs. Kings". */
export function hasPairing(text: string): boolean {
  return VERSUS.test(text);
}

/**
 * The two sides that a text names, without labels, handicaps and lines: "Hawks vs. Magic" of
 * "Hawks (-2.5) vs. Magic" and of "NBA: Will the Hawks beat the Magic?"; `null` where it names none.
 */
export function pairingOf(text: string): string | null {
  const match = VERSUS.exec(text) ??
    (/\bwill\s/i.test(text) ? /\sbeat\s(?:the\s)?/i.exec(text) : null);
  if (match === null) return null;
  const before = text.slice(0, match.index), after = text.slice(match.index + match[0].length);
  const first = bareSide(
    before.slice(before.lastIndexOf(":") + 1).replace(/^\s*(?:who )?will(?: win)?(?: the)?\s/i, ""),
  );
  const second = bareSide(after.split(/[:?]|\s(?:over|under|o\/u|be|end|by|in)\s/i)[0]!);
  return first === "" || second === "" ? null : `${first} vs. ${second}`;
}

function bareSide(text: string): string {
  return text.replace(/\([^()]*\)/g, (bracket) => /\d/.test(bracket) ? " " : bracket)
    .replace(/\s[-+]\d[\d.]*/g, " ").split(/\s+/).join(" ").trim();
}

const KALSHI_MONTH = "(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)";
const KALSHI_DATE = new RegExp(
  `^(?:\\d{2}${KALSHI_MONTH}(?:\\d{2}(?:\\d{2}|H\\d{2,4})?)?|${KALSHI_MONTH}\\d{2,4}|\\d{2,4})`,
  "i",
);

/**
 * The recurring part of a Kalshi event ticker and its date: `KXNFLGAME-26SEP04DALTUL` gives
 * "kxnflgame daltul" and "26SEP04", `KXPAYROLLS-25AUG` gives "kxpayrolls" and "25AUG".
 *
 * The part before the first dash is Kalshi's series; what follows the date tells the series' members
 * apart (two teams, a tournament).
 */
export function kalshiSeries(eventTicker: string): { key: string; date: string | null } {
  const [series, ...rest] = eventTicker.split("-");
  const dates: string[] = [], members: string[] = [];
  for (const part of rest) {
    const date = KALSHI_DATE.exec(part)?.[0] ?? /^(?:[A-Z]{1,3})?(\d{2})$/i.exec(part)?.[1] ?? "";
    if (date !== "") dates.push(date);
    const member = part.replace(date, "");
    if (member !== "") members.push(member);
  }
  return {
    key: [series!, ...members].join(" ").toLowerCase(),
    date: dates.length === 0 ? null : dates.join("-"),
  };
}
