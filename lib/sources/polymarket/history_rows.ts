import { z } from "zod";
import type { Answer, Failure } from "../../fetch/ask.ts";
import { askText } from "../../fetch/ask.ts";
import type { Oddity } from "../live/fact.ts";

/** A record of a page that has the documented form, and where it stood. */
export interface TakenRow<T> {
  /** Position in the page, from 0. */
  readonly row: number;
  readonly record: T;
}

/** A page of one of the lists of data-api.polymarket.com. */
export interface ListPage {
  readonly rows: readonly unknown[];
  /** What the next page is asked for with; `null` where the page names none. */
  readonly nextCursor: string | null;
  readonly hasMore: boolean;
}

const pageSchema = z.object({
  data: z.array(z.unknown()).nullable(),
  pagination: z.object({ has_more: z.boolean(), next_cursor: z.string().nullish() }),
});

const EARLIEST_MS = Date.UTC(2020, 0, 1);
const MS_PER_DAY = 86_400_000;

/**
 * The page in an enveloped, paginated answer.
 *
 * A 404 is no page: what the interface does not have is an empty list, so that 404 is a route that is
 * gone, and must not be kept as "there is nothing" for days that are never asked for again.
 *
 * @throws {TypeError} If it is no such envelope.
 */
export function readListPage({ status, value }: Answer, place: string): ListPage {
  if (status === 404) throw notThePage(place, "a page", status);
  const parsed = pageSchema.safeParse(value);
  if (!parsed.success) {
    throw notThePage(place, "{data: […], pagination: {has_more, next_cursor}}", value);
  }
  const { data, pagination } = parsed.data;
  return {
    rows: data ?? [],
    nextCursor: pagination.next_cursor || null,
    hasMore: pagination.has_more,
  };
}

/** The error of an answer whose outer form is not the documented one. */
export function notThePage(place: string, form: string, value: unknown): TypeError {
  return new TypeError(`Cannot read ${place} as it must be ${form}: got ${outerText(value)}`);
}

/** The error of a job that cannot go on without an answer. */
export function notAnswered(what: string, failure: Failure): Error {
  return new Error(
    `Cannot ask for ${what} as an answer must come: got ${failure.reason} (${
      askText(failure.ask)
    })`,
  );
}

/** Rows that have the form of `schema`, in order, and an oddity for each that has not. */
export function takeRows<S extends z.ZodType>(
  rows: readonly unknown[],
  schema: S,
  { place }: { readonly place: string },
): { readonly taken: TakenRow<z.infer<S>>[]; readonly oddities: Oddity[] } {
  const taken: TakenRow<z.infer<S>>[] = [];
  const oddities: Oddity[] = [];
  rows.forEach((raw, row) => {
    const parsed = schema.safeParse(raw);
    if (parsed.success) {
      taken.push({ row, record: parsed.data });
      return;
    }
    const { path, message } = parsed.error.issues[0]!;
    const column = path.map(String).join(".");
    const value = path.reduce<unknown>(
      (at, key) => typeof at === "object" && at !== null ? Reflect.get(at, key) : undefined,
      raw,
    );
    oddities.push(oddity(place, row, { column, value, reason: message }));
  });
  return { taken, oddities };
}

/** An oddity of a row; `value` of any type is cut to a text of at most 200 characters. */
export function oddity(
  place: string,
  row: number,
  { column, value, reason }: {
    readonly column: string;
    readonly value: unknown;
    readonly reason: string;
  },
): Oddity {
  const text = typeof value === "string" ? value.slice(0, 200).toWellFormed() : outerText(value);
  return { place, row, column, value: text, reason };
}

/** Whether an instant can be true: since the venue began, and not a day after the answer came. */
export function isPlausibleMs(timeMs: number, { atMs }: Pick<Answer, "atMs">): boolean {
  return timeMs >= EARLIEST_MS && timeMs <= atMs + MS_PER_DAY;
}

/** A parameter of an ask's path; empty where it has none. */
export function pathParameter(path: string, name: string): string {
  return new URLSearchParams(path.slice(path.indexOf("?") + 1)).get(name) ?? "";
}

/** A value in few words, never deeper than its own keys: what is nested may be of any depth. */
function outerText(value: unknown): string {
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (typeof value === "object" && value !== null) {
    return `{${Object.keys(value).slice(0, 20).join(", ")}}`.slice(0, 200).toWellFormed();
  }
  if (value === undefined) return "nothing";
  return (typeof value === "string" ? `"${value}"` : String(value)).slice(0, 200).toWellFormed();
}
