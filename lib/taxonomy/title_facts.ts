import type { Market } from "../core/data_set.ts";
import { formatDay, MS_PER_DAY } from "../core/day.ts";
import { type Aliases, canonicalWording } from "./parse_aliases.ts";
import { plainTitle } from "./plain_title.ts";
import { titleDates, type TitleSpan } from "./title_dates.ts";
import { titleNumbers } from "./title_numbers.ts";
import { wordGrams } from "./term_vectors.ts";

/** What a title says, taken apart so that two titles can be compared part by part. */
export interface TitleFacts {
  /** Index in the list of markets. */
  readonly market: number;
  /** What it is about: words but those of the other parts, sorted, each once. */
  readonly subject: readonly string[];
  /** Names of its predicates, sorted, each once. */
  readonly predicate: readonly string[];
  /** Strikes, counts and buckets, sorted. */
  readonly numbers: readonly string[];
  /** Dates beside the deadline, sorted. */
  readonly otherDates: readonly string[];
  /** Whether the quoted outcome denies what the title says. */
  readonly isNegated: boolean;
  /** Side of a game that is quoted, `null` where the title names no two sides. */
  readonly side: string | null;
  /** The deadline that the title or the venue's ticker names; `null` where neither does. */
  readonly deadline: TitleSpan | null;
  /** Scheduled end in UTC days, with its fraction; `null` unknown. */
  readonly endsAt: number | null;
  /** Words, pairs of words, names, numbers and dates, for the cosine. */
  readonly terms: readonly string[];
}

const DENIALS = new Set(["not", "no", "never", "wont", "without", "nobody", "doesnt", "isnt"]);
const FLIPPED = /^(?:no|down|under)$/i;
const PLAIN_OUTCOME = /^(?:yes|no|up|down|over|under)$/i;
const NAME =
  /(?:[A-Z][\p{L}.'’-]{0,40})(?:\s+(?:[A-Z][\p{L}.'’-]{0,40}|de|of|van))*\s+[A-Z][\p{L}.'’-]{0,40}/gu;

/**
 * Takes a market's title apart; none where it has no title.
 *
 * Kalshi's question and outcome come as "question — outcome" and are read as one text. A quoted
 * outcome other than Yes and No belongs to the subject, or is the side of a game.
 */
export function titleFacts(market: Market, index: number, aliases: Aliases): TitleFacts[] {
  const { question, outcome, closesAtMs } = market;
  if (question === null) return [];
  const listedAtMs = market.createdAtMs ?? market.opensAtMs;
  const written = canonicalWording(plainTitle(question), aliases);
  const dates = titleDates(written, { listedAtMs, closesAtMs });
  const { numbers, rest } = titleNumbers(dates.rest);
  const endsAt = closesAtMs === null ? null : closesAtMs / MS_PER_DAY;
  const ticker = dates.spans.length === 0 ? tickerSpan(market) : null;
  const deadline = ticker ?? nearestSpan(dates.spans, endsAt);
  const named = outcome === null || PLAIN_OUTCOME.test(outcome)
    ? null
    : canonicalWording(plainTitle(outcome), aliases);
  const sides = contestSides(rest, named);
  const about = sides !== null || named === null ? rest : `${rest} ${named}`;
  const words = about.match(/[a-z0-9]+(?::\d+[a-z]*)?/g) ?? [];
  const predicate = new Set<string>(), subject = new Set<string>();
  let denials = outcome !== null && FLIPPED.test(outcome) ? 1 : 0;
  const content: string[] = [];
  for (const word of words) {
    if (aliases.light.has(word)) continue;
    const verb = aliases.predicateOf.get(word);
    if (DENIALS.has(word)) ++denials;
    else if (verb !== undefined) {
      predicate.add(verb);
      content.push(verb);
    } else {
      const one = singular(word);
      subject.add(one);
      content.push(one);
    }
  }
  const names = (question.match(NAME) ?? []).map((name) => `name:${plainTitle(name)}`)
    .filter((name) => !name.startsWith("name:will "));
  const signed = thresholds(numbers, predicate);
  return [{
    market: index,
    subject: [...subject].sort(),
    predicate: [...predicate].sort(),
    numbers: signed,
    otherDates: dates.spans.filter((span) => span !== deadline && !saysTheSame(span, deadline))
      .map(spanText).sort(),
    isNegated: denials % 2 === 1,
    side: sides,
    deadline,
    endsAt,
    terms: [
      ...wordGrams(content),
      ...new Set(names),
      ...signed.map((number) => `number:${number}`),
      ...(deadline === null ? [] : [`to:${formatDay(deadline.to)}`]),
    ],
  }];
}

/** A span as text: "2025-01-01 to 2025-12-31", "to 2025-12-31". */
export function spanText({ from, to }: TitleSpan): string {
  const last = formatDay(to - 1);
  return from === null ? `to ${last}` : from === to - 1 ? last : `${formatDay(from)} to ${last}`;
}

/** "reach $150k" and "$150,000 or above" set one threshold; so do "dip to" and "or below". */
function thresholds(numbers: readonly string[], predicate: ReadonlySet<string>): string[] {
  const sign = predicate.has("reach") ? "≥" : predicate.has("dip") ? "≤" : "=";
  return [...new Set(numbers.map((one) => one.startsWith("=") ? sign + one.slice(1) : one))].sort();
}

/** The side of a game that is quoted: the outcome, else Kalshi's part after the dash, else the first. */
function contestSides(text: string, named: string | null): string | null {
  const contest = /(?<![a-z])(?:vs|to beat|beats?|to defeat|defeats?)(?![a-z])/.exec(text);
  if (contest === null) return null;
  const dash = text.indexOf(" — ");
  const side = named ?? (dash > 0 ? text.slice(dash + 3) : text.slice(0, contest.index));
  return (side.match(/[a-z0-9]+/g) ?? []).filter((word) => word !== "will" && word !== "the")
    .join(" ");
}

/** Plural and singular are one word. */
function singular(word: string): string {
  return word.length > 3 && /[^sui]s$/.test(word) ? word.slice(0, -1) : word;
}

/** Of several dates the deadline is the one closest to the scheduled end, else the earliest. */
function nearestSpan(spans: readonly TitleSpan[], endsAt: number | null): TitleSpan | null {
  let best: TitleSpan | null = null;
  const distance = ({ to }: TitleSpan) => endsAt === null ? to : Math.abs(to - endsAt);
  for (const span of spans) if (best === null || distance(span) < distance(best)) best = span;
  return best;
}

/** Whether a span adds nothing to the deadline: it ends with it, or contains it. */
function saysTheSame(span: TitleSpan, deadline: TitleSpan | null): boolean {
  return deadline !== null &&
    (span.to === deadline.to ||
      (span.from !== null && span.from <= deadline.to && deadline.to <= span.to));
}

const MONTH_CODES = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split(" ");

/** The year, month or last day in a Kalshi event's ticker: "KXMLB-25", "KXNFLGAME-25SEP07TBATL". */
function tickerSpan({ venue, eventSlug, eventId }: Market): TitleSpan | null {
  const ticker = eventSlug ?? eventId;
  if (venue !== "kalshi" || ticker === null) return null;
  const found = /^[A-Z0-9]+-(\d\d)(?:([A-Z]{3})(\d\d)?)?/.exec(ticker);
  if (found === null) return null;
  const year = 2000 + Number(found[1]), month = MONTH_CODES.indexOf(found[2] ?? "");
  const dayIn = (m: number) => Date.UTC(year, m, 1) / MS_PER_DAY;
  if (month < 0) return { from: dayIn(0), to: dayIn(12) };
  if (found[3] === undefined) return { from: dayIn(month), to: dayIn(month + 1) };
  return { from: null, to: dayIn(month) + Number(found[3]) };
}
