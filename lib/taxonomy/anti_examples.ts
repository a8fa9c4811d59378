import { themeByWords } from "./market_witnesses.ts";
import type { ReconciledEvent } from "./reconcile.ts";
import { UNCATEGORIZED } from "./themes.ts";

/** A title that could stand in the taxonomy as what a theme is not. */
export interface AntiExampleSuggestion {
  /** The theme that words gave. */
  readonly theme: string;
  /** Title of the contract that speaks for the event. Untrusted. */
  readonly text: string;
  /** The theme of its cluster, or the one that a person gave. */
  readonly belongsTo: string;
  /** Events that move from this theme to that one. */
  readonly nEvents: number;
  readonly marketId: string;
  /** `null` in no cluster. Untrusted. */
  readonly clusterLabel: string | null;
  /** Who says that it belongs elsewhere. */
  readonly by: "prices" | "a person";
}

/**
 * Anti-examples that prices suggest for the taxonomy: titles of events that trusted clusters move
 * from one theme to another, where several move the same way.
 *
 * A suggestion for a person and never written by itself: that two things move together does not
 * make them one subject.
 *
 * @param titles By market id; an event whose contract has none suggests nothing.
 * @param options.minEvents Fewest events that move the same way.
 * @returns Most events first, then by themes and market id.
 */
export function antiExampleSuggestions(
  events: readonly ReconciledEvent[],
  titles: ReadonlyMap<string, string>,
  { minEvents }: { readonly minEvents: number },
): AntiExampleSuggestion[] {
  const moves = new Map<string, ReconciledEvent[]>();
  for (const event of events) {
    const words = themeByWords({ theme: event.wordsTheme });
    if (event.rule !== "statistics" || words === null) continue;
    const move = JSON.stringify([words, event.theme]);
    moves.set(move, [...(moves.get(move) ?? []), event]);
  }
  return [...moves].filter(([, moved]) => moved.length >= minEvents)
    .sort(([a, one], [b, other]) => other.length - one.length || (a < b ? -1 : 1))
    .flatMap(([, moved]) =>
      moved.filter(({ marketId }) => titles.has(marketId))
        .sort((a, b) => a.marketId < b.marketId ? -1 : 1)
        .map((event) => ({
          ...{ theme: event.wordsTheme!, text: titles.get(event.marketId)! },
          ...{ belongsTo: event.theme, nEvents: moved.length, marketId: event.marketId },
          ...{ clusterLabel: event.cluster!.label, by: "prices" as const },
        }))
    );
}

/**
 * Anti-examples that people suggest for the taxonomy by the themes that they signed: titles of events
 * that a person moved from one theme to another. One signature is enough.
 *
 * What words left without a theme, or a person took out of every theme, is no example of where it
 * belongs.
 *
 * @param given The classifier's own theme by event id.
 * @param titles By market id; an event whose contract has none suggests nothing.
 * @returns Most events first, then by themes and market id.
 */
export function signedAntiExamples(
  events: readonly ReconciledEvent[],
  given: ReadonlyMap<string, string>,
  titles: ReadonlyMap<string, string>,
): AntiExampleSuggestion[] {
  const moved = events.filter(({ rule, eventId, theme }) =>
    rule === "person" && theme !== UNCATEGORIZED && given.has(eventId) &&
    given.get(eventId) !== theme && given.get(eventId) !== UNCATEGORIZED
  );
  const moves = Map.groupBy(
    moved,
    ({ eventId, theme }) => JSON.stringify([given.get(eventId), theme]),
  );
  return [...moves].sort(([a, one], [b, other]) => other.length - one.length || (a < b ? -1 : 1))
    .flatMap(([, own]) =>
      own.filter(({ marketId }) => titles.has(marketId))
        .sort((a, b) => a.marketId < b.marketId ? -1 : 1)
        .map((event) => ({
          ...{ theme: given.get(event.eventId)!, text: titles.get(event.marketId)! },
          ...{ belongsTo: event.theme, nEvents: own.length, marketId: event.marketId },
          ...{ clusterLabel: event.cluster?.label ?? null, by: "a person" as const },
        }))
    );
}
