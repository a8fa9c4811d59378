import type { Oddity } from "../live/fact.ts";

/**
 * Reads the fields of one record, each in the form that the venue documents: a field that is absent,
 * null or empty is unknown, `null`; one of another form is told as an oddity and unknown from there on.
 *
 * Numbers come as decimal texts, `"0.5600"`. A JSON number in such a field is the old interface in
 * whole cents, which would be wrong by a factor of 100, so it is refused and not converted.
 */
export interface KalshiRow {
  text(name: string): string | null;
  flag(name: string): boolean | null;
  /** A JSON number, 0 or more. */
  number(name: string): number | null;
  /** Dollars as a decimal text, 0 or more. */
  dollars(name: string): number | null;
  /** Dollars of a contract that pays one: in [0, 1]. */
  price(name: string): number | null;
  /** Contracts as a decimal text, 0 or more; fractions are allowed. */
  count(name: string): number | null;
  /** An instant in ISO form, UTC milliseconds. */
  instant(name: string): number | null;
  /** A nested record; an absent one is a record without fields. */
  row(name: string): KalshiRow;
  /** A nested list; `null` where there is none. */
  list(name: string): readonly unknown[] | null;
  /** Whether a field of that name is there, null or not. */
  has(name: string): boolean;
  /** Tells of an oddity of a field; of each field the first. */
  tell(name: string, reason: string): void;
}

/** Where a record stands and who is told of its oddities. */
export interface RowPlace {
  /** Endpoint: `kalshi /events`. */
  readonly place: string;
  /** Position in the page, from 0. */
  readonly row: number;
  /** Names around the record: `markets.3`. */
  readonly within?: string;
  readonly told: (oddity: Oddity) => void;
}

/** The record as {@link KalshiRow}; `null`, and told, where it is no object at all. */
export function kalshiRow(raw: unknown, at: RowPlace): KalshiRow | null {
  if (isRecord(raw)) return rowOf(raw, at);
  tellOf(at, "", raw, "must be an object");
  return null;
}

/** Whether a value is an object with named fields. */
export function isRecord(raw: unknown): raw is Readonly<Record<string, unknown>> {
  return typeof raw === "object" && raw !== null && !Array.isArray(raw);
}

/** A value as text for the rejected table and for errors, at most 200 characters. */
export function shownValue(value: unknown): string {
  if (typeof value === "string") return value.slice(0, 200).toWellFormed();
  try {
    return (JSON.stringify(value) ?? "").slice(0, 200).toWellFormed();
  } catch {
    // a list nested deeper than the stack cannot be written out
    return Array.isArray(value) ? "a list" : "an object";
  }
}

function rowOf(record: Readonly<Record<string, unknown>>, at: RowPlace): KalshiRow {
  const toldOf = new Set<string>();
  const tell = (name: string, reason: string) => {
    if (!toldOf.has(name)) tellOf(at, name, record[name], reason);
    toldOf.add(name);
  };
  const take = <T>(name: string, read: (value: unknown) => T | undefined, reason: string) => {
    const value = Object.hasOwn(record, name) ? record[name] : undefined;
    if (value === undefined || value === null || value === "") return null;
    const taken = read(value);
    if (taken !== undefined) return taken;
    tell(name, reason);
    return null;
  };
  return {
    text: (name) => take(name, textOf, "must be a text")?.trim() || null,
    flag: (name) => take(name, flagOf, "must be true or false"),
    number: (name) => take(name, numberOf, "must be a number, 0 or more"),
    dollars: (name) => take(name, decimalOf, "must be dollars as a decimal text"),
    price: (name) => take(name, priceOf, "must be dollars in [0, 1] as a decimal text"),
    count: (name) => take(name, decimalOf, "must be a count as a decimal text"),
    instant: (name) => take(name, instantOf, "must be an instant such as 2026-01-31T15:00:00Z"),
    row: (name) => {
      const inner = take(name, (value) => isRecord(value) ? value : undefined, "must be an object");
      return rowOf(inner ?? {}, { ...at, within: inName(at, name) });
    },
    list: (name) =>
      take(
        name,
        (value) => Array.isArray(value) ? value as unknown[] : undefined,
        "must be a list",
      ),
    has: (name) => Object.hasOwn(record, name),
    tell,
  };
}

function tellOf(at: RowPlace, name: string, value: unknown, reason: string): void {
  const { place, row, told } = at;
  told({ place, row, column: inName(at, name), value: shownValue(value), reason });
}

function inName({ within = "" }: RowPlace, name: string): string {
  return [within, name].filter((part) => part !== "").join(".");
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function flagOf(value: unknown): boolean | undefined {
  return typeof value === "boolean" ? value : undefined;
}

function numberOf(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) && value >= 0 ? value : undefined;
}

function decimalOf(value: unknown): number | undefined {
  return typeof value === "string" && /^\d{1,15}(\.\d{1,15})?$/.test(value)
    ? Number(value)
    : undefined;
}

function priceOf(value: unknown): number | undefined {
  const dollars = decimalOf(value);
  return dollars !== undefined && dollars <= 1 ? dollars : undefined;
}

/** Digits beyond the millisecond are cut, so that no instant moves forward. */
function instantOf(value: unknown): number | undefined {
  const parts = typeof value === "string"
    ? /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/.exec(value)
    : null;
  if (parts === null) return undefined;
  const digits = (parts[2] ?? ".0").slice(1, 4).padEnd(3, "0");
  const atMs = Date.parse(`${parts[1]}.${digits}${parts[3]}`);
  const wall = Date.parse(`${parts[1]}.${digits}Z`);
  // `Date.parse` makes the 31st of a shorter month the 1st of the next
  const isDate = Number.isFinite(atMs) && new Date(wall).toISOString().startsWith(parts[1]!);
  return isDate ? atMs : undefined;
}
