import type { Classification, EventText } from "../classify/event_text.ts";
import { eventTexts } from "../classify/event_texts.ts";
import type { ContractTaxonomy } from "../taxonomy/contract_taxonomy.ts";
import { contractTaxonomy, placeReader } from "../taxonomy/contract_tree.ts";
import { UNCATEGORIZED } from "../taxonomy/themes.ts";
import type { PointInTime } from "../universe/as_of.ts";

/** What a classifier says of an event. */
export interface EventTheme extends Pick<Classification, "primaryTheme" | "confidence"> {
  /** Whether another classifier answered, as the chosen one had no answer. */
  readonly isStandIn?: boolean;
}

/** Names an event's theme by its words alone; `null` where it has no answer. */
export type EventClassifier = (event: EventText) => EventTheme | null;

/** Contracts, tickers and events of a view, with the events' themes by words. */
export interface WordsAt {
  /** Of the markets of the view, in their order. */
  readonly tree: ContractTaxonomy;
  /** Theme of each event of the tree; `UNCATEGORIZED` where none fits or nobody answered. */
  readonly themes: readonly string[];
  /** Probability of each theme by its classifier; NaN where it had no answer. */
  readonly confidence: readonly number[];
  /** Events without an answer of the chosen classifier. */
  readonly nUnanswered: number;
  /** Events of the tree whose theme a person gave; left out where nobody signed one. */
  readonly byPerson?: ReadonlySet<number>;
}

/**
 * A reader of views that asks the classifier once for each text.
 *
 * Contracts are put into tickers and events anew for every view, so that no contract listed later
 * lends its words to an event. Most events keep their text from one decision to the next, and the
 * answer to a text does not depend on when it is given.
 *
 * Cost: the words of each contract once, then the grouping of {@link contractTaxonomy} a view, and the
 * classifier for each text not met before; memory for one answer a text.
 *
 * @param tools.classify Must depend on nothing but the text; the event's id is not part of it.
 */
export function wordsReader(
  { classify }: { readonly classify: EventClassifier },
): (view: Pick<PointInTime, "markets">) => WordsAt {
  const answers = new Map<string, EventTheme | null>();
  const readPlace = placeReader();
  const answerTo = (event: EventText): EventTheme | null => {
    const key = wordsOf(event);
    let answer = answers.get(key);
    if (answer === undefined) answers.set(key, answer = classify(event));
    return answer;
  };
  return ({ markets }) => {
    const tree = contractTaxonomy(markets, readPlace);
    const found = eventTexts(markets, tree).map(answerTo);
    return {
      tree,
      themes: found.map((one) => one?.primaryTheme ?? UNCATEGORIZED),
      confidence: found.map((one) => one?.confidence ?? NaN),
      nUnanswered: found.filter((one) => one === null || one.isStandIn === true).length,
    };
  };
}

/**
 * A classifier out of answers that were given beforehand, as a language model's are: by text, so that
 * an event's answer at one decision holds at every other at which its text is the same.
 *
 * @param events Texts that were asked about.
 * @param answers In any order, by the events' ids; events without one stay unanswered.
 */
export function answeredTexts(
  events: readonly EventText[],
  answers: readonly Classification[],
): EventClassifier {
  const byId = new Map(answers.map((one) => [one.eventId, one]));
  const byText = new Map(
    events.flatMap((event) => {
      const answer = byId.get(event.eventId);
      return answer === undefined ? [] : [[wordsOf(event), answer] as const];
    }),
  );
  return (event) => byText.get(wordsOf(event)) ?? null;
}

/** Everything that a classifier is shown of an event, but its name. */
function wordsOf({ eventId: _, ...words }: EventText): string {
  const { title, tickers, slugs, description, venues, endDate } = words;
  return JSON.stringify([title, tickers, slugs, description, venues, endDate]);
}
