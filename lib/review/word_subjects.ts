import type { Classification, EventText } from "../classify/event_text.ts";
import type { Market } from "../core/data_set.ts";
import type { ContractSide } from "../taxonomy/contract_side.ts";
import { contractTitle } from "../taxonomy/contract_title.ts";
import { UNCATEGORIZED } from "../taxonomy/themes.ts";
import { seenHash, type Subject } from "./subject.ts";
import { subjectTitle } from "./subject_title.ts";

/**
 * The theme of each event by its words, in the order of the events; nobody must sign one.
 *
 * Seen: the event's title, tickers, rule text and last scheduled end, and the whole answer of the
 * classifier. It must be the classifier's own answer: a person's theme in its place would make what was
 * signed about it stale.
 *
 * @param classifications One an event, in any order.
 * @throws {RangeError} If an event has no classification.
 */
export function themeSubjects(
  events: readonly EventText[],
  classifications: readonly Classification[],
): Subject[] {
  const byEvent = new Map(classifications.map((one) => [one.eventId, one]));
  return events.map(({ eventId, title, tickers, description, endDate }): Subject => {
    const found = byEvent.get(eventId);
    if (found === undefined) {
      throw new RangeError(
        `Cannot ask about themes as each event must have a classification: got none for "${eventId}"`,
      );
    }
    const { primaryTheme, secondaryTheme, confidence, reasoning, classifier } = found;
    return {
      ...{ kind: "theme", id: eventId, title: subjectTitle(title || eventId), isRequired: false },
      seen: seenHash([
        ...[title, tickers, description, endDate, primaryTheme, secondaryTheme],
        ...[known(confidence), reasoning, classifier],
      ]),
    };
  });
}

/**
 * The side by rule of each contract with a theme, in the order of the markets; nobody must sign one.
 *
 * Seen: title, quoted outcome, rule text, the theme whose driver is meant, and the rule's side with its
 * sentence. The theme is the one that holds, a person's where one was signed: a side signed for another
 * theme is about another driver, and stale. The side must be the rule's own.
 *
 * @param options.sides By rule, in the order of the markets.
 * @param options.themes Of each contract's event, in the order of the markets.
 * @throws {RangeError} If there is not one side and one theme a market.
 */
export function sideSubjects(
  markets: readonly Market[],
  { sides, themes }: {
    readonly sides: readonly Pick<ContractSide, "marketId" | "side" | "reasoning">[];
    readonly themes: readonly string[];
  },
): Subject[] {
  const isSame = themes.length === markets.length && sides.length === markets.length &&
    sides.every(({ marketId }, j) => marketId === markets[j]!.marketId);
  if (!isSame) {
    throw new RangeError(
      `Cannot ask about sides as each market must have a side and a theme, in one order: got ${sides.length} sides and ${themes.length} themes for ${markets.length} markets`,
    );
  }
  return markets.flatMap((market, j): Subject[] => {
    if (themes[j] === UNCATEGORIZED) return [];
    const { side, reasoning } = sides[j]!, { outcome, description } = market;
    const title = contractTitle(market);
    return [{
      ...{ kind: "side", id: market.marketId, isRequired: false },
      title: subjectTitle(title ?? market.marketId),
      seen: seenHash([title, outcome, description, themes[j]!, side, reasoning]),
    }];
  });
}

/**
 * Whether each contract may be held, in the order of the markets; nobody must sign it.
 *
 * Seen: title, quoted outcome, rule text, the event's title and the scheduled end.
 */
export function contractSubjects(markets: readonly Market[]): Subject[] {
  return markets.map((market): Subject => {
    const { marketId, outcome, description, eventTitle, closesAtMs } = market;
    const title = contractTitle(market);
    return {
      ...{ kind: "contract", id: marketId, isRequired: false },
      title: subjectTitle(title ?? marketId),
      seen: seenHash([title, outcome, description, eventTitle, closesAtMs]),
    };
  });
}

/** JSON has no NaN. */
function known(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
