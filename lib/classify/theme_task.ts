import { z } from "zod";
import type { ThemeList } from "../taxonomy/themes.ts";
import { UNCATEGORIZED } from "../taxonomy/themes.ts";
import { parseAnswer } from "./answer_json.ts";
import { eventBlock, plainLine, plainLines } from "./event_block.ts";
import type { EventText } from "./event_text.ts";
import { type LlmTask, promptVersion } from "./llm_task.ts";
import { type Phrasing, themeSystemMessage } from "./phrasings.ts";
import { schemaInstruction } from "./request_shape.ts";

/** A model's answer to the theme question, valid but not yet held to the least confidence. */
export interface ThemeAnswer {
  /** Id of a theme or `UNCATEGORIZED`. */
  readonly primaryTheme: string;
  /** Id of another theme; `null` where none. */
  readonly secondaryTheme: string | null;
  readonly confidence: number;
  /** One line. Untrusted. */
  readonly reasoning: string;
}

/** Longest texts of an event that a model is shown, in characters, and how many of each. */
const SHOWN = { title: 300, ticker: 120, nTickers: 30, slug: 100, nSlugs: 8, reasoning: 300 };

/**
 * The theme question in one wording: which theme of the list an event belongs to.
 *
 * The model is shown what {@link EventText} holds and nothing else, so it is told neither prices nor
 * results; what it learnt of results in training cannot be taken from it.
 *
 * @param options.descriptionCharacters Characters of the rules that are shown.
 * @throws {RangeError} If the list has no theme.
 */
export function themeTask(
  list: ThemeList,
  { phrasing, descriptionCharacters }: {
    readonly phrasing: Phrasing;
    readonly descriptionCharacters: number;
  },
): LlmTask<EventText, ThemeAnswer> {
  const ids = list.themes.map(({ id }) => id);
  if (ids.length === 0) {
    throw new RangeError("Cannot ask for themes as the list must have one: got none");
  }
  const schema = z.strictObject({
    primary_theme: z.enum([...ids, UNCATEGORIZED]),
    secondary_theme: z.enum(ids).nullable(),
    confidence: z.number().min(0).max(1),
    reasoning: z.string(),
  });
  const system = themeSystemMessage(list.themes, phrasing);
  const user = (event: EventText) => themeUserMessage(event, descriptionCharacters);
  const version = promptVersion([system, user(SAMPLE), schemaInstruction(schema), list.version]);
  return {
    name: "theme",
    phrasing,
    promptVersion: version,
    system,
    user,
    idOf: ({ eventId }) => eventId,
    schema,
    parse(raw) {
      const answer = parseAnswer(raw, schema, "a theme answer");
      const primary = answer.primary_theme, secondary = answer.secondary_theme;
      return {
        primaryTheme: primary,
        secondaryTheme: secondary === primary || primary === UNCATEGORIZED ? null : secondary,
        confidence: answer.confidence,
        reasoning: plainLine(answer.reasoning, SHOWN.reasoning),
      };
    },
    usualOutputTokens: 70,
    maxOutputTokens: 400,
  };
}

function themeUserMessage(event: EventText, descriptionCharacters: number): string {
  const block = eventBlock({
    platform: event.venues.map((venue) => plainLine(venue, 40)).join(", "),
    title: plainLine(event.title, SHOWN.title),
    tickers: plainLines(event.tickers, SHOWN.nTickers, SHOWN.ticker),
    description: event.description === null
      ? null
      : plainLine(event.description, descriptionCharacters),
    tags: plainLines(event.slugs, SHOWN.nSlugs, SHOWN.slug),
    end_date: event.endDate === null ? null : plainLine(event.endDate, 20),
  });
  return `EVENT:\n${block}`;
}

/** A fixed event, whose message stands for the way messages are made in the prompt's version. */
const SAMPLE: EventText = {
  eventId: "sample",
  title: "Sample question?",
  tickers: ["one", "two"],
  slugs: ["sample-question"],
  description: "Rules of the sample. ".repeat(100),
  venues: ["polymarket"],
  endDate: "2026-01-01",
};
