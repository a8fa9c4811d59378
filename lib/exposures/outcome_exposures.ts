import type { Market } from "../core/data_set.ts";
import type { ContractTaxonomy, TaxonomyEvent } from "../taxonomy/contract_taxonomy.ts";
import { eventName } from "../taxonomy/exposures.ts";
import { EXPOSURE_FACTORS, MAX_EXPOSURE } from "./exposure_factors.ts";
import type { ExposureCount, ExposureRule, ExposureRules } from "./exposure_rules.ts";
import { ruleWords } from "./exposure_words.ts";
import { touchPositions, wordedPositions } from "./ladder_buckets.ts";
import { type OutcomeStrike, outcomeStrike } from "./outcome_strike.ts";

/** What one contract's outcome does to the eight factors. */
export interface OutcomeExposure {
  /** Indices in the taxonomy's events and tickers and in the list of markets. */
  readonly event: number;
  readonly ticker: number;
  readonly market: number;
  readonly eventId: string;
  readonly tickerId: string;
  /** The ticker's text. Untrusted. */
  readonly outcome: string;
  /** The venue's own event, of which the taxonomy's event may have several, one for each repetition. */
  readonly repetition: string;
  /** Whether the contract quotes "No", so that the outcome's probability is 1 less its price. */
  readonly isComplement: boolean;
  /**
   * Eight scores in −2…+2 in the order of the factors; whole by a rule for an outcome, in between for
   * the strikes of a ladder. `null` is unknown, which is not zero.
   */
  readonly vector: readonly number[] | null;
  /** Why, or why there is no vector. Untrusted where a model wrote it. */
  readonly reason: string;
  /** "rule", the name of another source, or `null` where there is no vector. */
  readonly method: string | null;
  readonly counts: ExposureCount;
  /** Strike or bucket of a ladder's outcome. */
  readonly strike: OutcomeStrike | null;
  /** The rule's vector for the far end of a ladder; `null` elsewhere and where the vector is given. */
  readonly direction: readonly number[] | null;
}

/** A vector for an outcome from somewhere other than the rules. */
export interface ExposureAnswer {
  readonly tickerId: string;
  /** Eight scores in −2…+2. */
  readonly vector: readonly number[];
  readonly reason: string;
  /** Which source, with its version: `llm gpt-4o-mini 1a`. */
  readonly method: string;
}

/**
 * Vectors of every contract's outcome by the rules, missing where no rule knows it.
 *
 * A rule sees words alone, never a price, a date or a result. A strike to lie above has the rule's vector,
 * one to lie below its opposite; buckets, and strikes that a price may reach, have their share of it among all
 * outcomes that the venue listed in the same event. What a ladder's number is measured from is a matter of
 * prices: `netExposures` takes the rule's `direction` and places each outcome among those known on the day.
 *
 * Cost: O(events · rules) tests of words.
 *
 * @param markets In the order of the taxonomy's links.
 * @returns One a contract, by event, then ticker, then market.
 * @throws {RangeError} If the taxonomy has not one link a market.
 */
export function outcomeExposures(
  taxonomy: ContractTaxonomy,
  markets: readonly Market[],
  rules: ExposureRules,
): OutcomeExposure[] {
  if (taxonomy.links.length !== markets.length) {
    throw new RangeError(
      `Cannot look up exposures as the taxonomy must link each of ${markets.length} markets: got ${taxonomy.links.length} links`,
    );
  }
  const found = taxonomy.events.flatMap((event, e) => {
    const eventWords = ruleWords([event.name, ...event.slugs].join(" "));
    const candidates = rules.rules.filter((rule) => rule.event(eventWords));
    const rows = event.tickers.flatMap((t) =>
      taxonomy.tickers[t]!.markets.map((m) =>
        contractExposure({ taxonomy, rules, candidates, eventWords, market: markets[m]! }, e, t, m)
      )
    );
    return ranked(rows);
  });
  return found.sort((a, b) => a.event - b.event || a.ticker - b.ticker || a.market - b.market);
}

function contractExposure(
  { taxonomy, rules, candidates, eventWords, market }: {
    readonly taxonomy: ContractTaxonomy;
    readonly rules: ExposureRules;
    readonly candidates: readonly ExposureRule[];
    readonly eventWords: string;
    readonly market: Market;
  },
  e: number,
  t: number,
  m: number,
): OutcomeExposure {
  const event = taxonomy.events[e]!, ticker = taxonomy.tickers[t]!;
  const label = (market.outcome ?? "yes").trim().toLowerCase();
  const words = outcomeWords(event, ticker.text, market.groupItemTitle);
  const blank = {
    event: e,
    ticker: t,
    market: m,
    eventId: event.eventId,
    tickerId: ticker.tickerId,
    outcome: ticker.text,
    repetition: eventName(market),
    isComplement: label === "no",
    strike: event.kind === "ladder" ? outcomeStrike(market.groupItemTitle, ticker.text) : null,
  };
  const missing = (reason: string): OutcomeExposure => ({
    ...blank,
    counts: blank.strike === null ? "outcome" : "level",
    vector: null,
    direction: null,
    method: null,
    reason,
  });
  if (candidates.length === 0) return missing("No rule speaks of this event.");
  const rule = candidates.find((one) =>
    (one.outcome === null || one.outcome(words)) && !one.not(eventWords) && !one.not(words) &&
    one.labels.has(label)
  );
  if (rule === undefined) return missing("No rule speaks of this outcome.");
  if (rules.negation(words)) return missing("The outcome is put as a negation.");
  const { counts, vector, reason } = rule;
  if (counts === "outcome" || counts === "opposite") {
    return { ...blank, counts, vector, reason, method: "rule", strike: null, direction: null };
  }
  const strike = blank.strike ?? outcomeStrike(market.groupItemTitle, ticker.text) ??
    outcomeStrike(null, market.question ?? "");
  return strike === null
    ? missing("The outcome names no number.")
    : { ...blank, counts, vector: null, reason, method: "rule", strike, direction: vector };
}

/** An event with one ticker is its outcome, so its words count as the outcome's. */
function outcomeWords(event: TaxonomyEvent, text: string, label: string | null): string {
  const isAlone = event.kind === "binary" || event.kind === "time_variant";
  return ruleWords([text, label ?? "", isAlone ? event.name : ""].join(" "));
}

/** The rows of one event, those of ladders with their share of the rule's vector by words alone. */
function ranked(rows: readonly OutcomeExposure[]): OutcomeExposure[] {
  const ladders = Map.groupBy(
    rows.filter(({ direction }) => direction !== null),
    ({ repetition, counts }) => `${counts} ${repetition}`,
  );
  const vectors = new Map<number, readonly number[] | null>();
  for (const ladder of ladders.values()) {
    const strikes = ladder.map(({ strike }) => strike!);
    const { counts } = ladder[0]!;
    const positions = counts === "touch"
      ? touchPositions(strikes)
      : wordedPositions(strikes, { isCount: counts === "count" });
    ladder.forEach(({ market, direction }, i) =>
      vectors.set(market, scaledVector(direction!, positions[i]!))
    );
  }
  return rows.map((row): OutcomeExposure => {
    if (row.direction === null) return row;
    const vector = vectors.get(row.market)!;
    return vector !== null ? { ...row, vector } : {
      ...row,
      vector,
      method: null,
      reason: row.counts === "touch"
        ? "The outcome names no side of its number."
        : "The outcome alone has no place on its ladder.",
    };
  });
}

/** A vector times a position; `null` where the position is NaN. Never −0. */
function scaledVector(vector: readonly number[], position: number): readonly number[] | null {
  return Number.isNaN(position) ? null : vector.map((score) => score * position + 0);
}

/**
 * The exposures with vectors from elsewhere, such as a model, in place of the rules' or of none.
 *
 * An answer holds for every contract of its ticker. The outcomes of a ladder remain strikes or
 * buckets of one number, so that nested ones are still not added up.
 *
 * @throws {RangeError} If an answer names an unknown ticker, or one a second time, or its vector is not eight
 *   numbers in −2…+2.
 */
export function withAnswers(
  exposures: readonly OutcomeExposure[],
  answers: readonly ExposureAnswer[],
): OutcomeExposure[] {
  const known = new Set(exposures.map(({ tickerId }) => tickerId));
  const given = new Map<string, ExposureAnswer>();
  for (const answer of answers) {
    const { tickerId, vector } = answer;
    if (!known.has(tickerId) || given.has(tickerId)) {
      throw new RangeError(
        `Cannot use an exposure for ticker "${tickerId}" as each answer must be of another known ticker: got ${
          known.has(tickerId) ? "a second answer" : "an unknown ticker"
        }`,
      );
    }
    const isVector = vector.length === EXPOSURE_FACTORS.length &&
      vector.every((score) => Math.abs(score) <= MAX_EXPOSURE);
    if (!isVector) {
      throw new RangeError(
        `Cannot use an exposure for ticker "${tickerId}" as its vector must be ${EXPOSURE_FACTORS.length} numbers from -${MAX_EXPOSURE} to ${MAX_EXPOSURE}: got [${
          vector.join(", ")
        }]`,
      );
    }
    given.set(tickerId, answer);
  }
  return exposures.map((row) => {
    const answer = given.get(row.tickerId);
    if (answer === undefined) return row;
    const { vector, reason, method } = answer;
    return { ...row, vector, reason, method, direction: null };
  });
}
