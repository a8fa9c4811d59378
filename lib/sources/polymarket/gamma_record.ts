import { z } from "zod";
import { gammaInstant } from "./gamma_instant.ts";
import { gammaList } from "./gamma_list.ts";

const text = z.string("must be a text").nullish()
  .transform((value) =>
    value === undefined || value === null || value.trim() === "" ? null : value
  );

const flag = z.boolean("must be true or false").nullish().transform((value) => value ?? null);

const digits = z.union([z.string(), z.number()], "must be a whole number").nullish()
  .transform((value, context) => {
    if (value === undefined || value === null || value === "") return null;
    if (/^\d{1,15}$/.test(String(value))) return String(value);
    context.addIssue({ code: "custom", message: "must be a whole number" });
    return z.NEVER;
  });

const instant = z.string("must be a date").nullish().transform((value, context) => {
  const atMs = gammaInstant(value ?? "");
  if (atMs !== undefined) return atMs;
  context.addIssue({ code: "custom", message: "must be a date" });
  return z.NEVER;
});

const price = numberWithin(1, "must be a price in [0, 1]");
const dollars = numberWithin(Number.MAX_VALUE, "must be dollars, 0 or more");

const feeSchedule = z.object({
  exponent: numberWithin(10, "must be a number in [0, 10]"),
  rate: numberWithin(1, "must be a share in [0, 1]"),
  takerOnly: flag,
  rebateRate: numberWithin(1, "must be a share in [0, 1]"),
}, "must be an object").nullish().transform((value) => value ?? null);

const tokens = listOf((value) => {
  const isToken = typeof value === "string" && /^\d{0,78}$/.test(value);
  return isToken ? value : undefined;
}, "must be a list of digits in quotes");

const marketSchema = z.object({
  id: digits,
  version: word(["v1", "v2"]),
  question: text,
  description: text,
  slug: text,
  groupItemTitle: text,
  conditionId: hex([64, 62]),
  negRiskMarketID: hex([64, 62]),
  negRisk: flag,
  negRiskOther: flag,
  outcomes: listOf(
    (value) => typeof value === "string" ? value : undefined,
    "must be a list of texts",
  ),
  outcomePrices: listOf(
    (value) => amount(value) ?? undefined,
    "must be a list of numbers",
  ),
  clobTokenIds: tokens,
  positionIds: tokens,
  umaResolutionStatus: word(["requested", "proposed", "disputed", "resolved", "settled"]),
  umaResolutionStatuses: listOf(
    (value) => typeof value === "string" ? value : undefined,
    "must be a list of texts",
  ),
  resolutionStatus: word(["inactive", "active", "resolved"]),
  marketType: text,
  active: flag,
  closed: flag,
  createdAt: instant,
  startDate: instant,
  endDate: instant,
  closedTime: instant,
  umaEndDate: instant,
  volume: dollars,
  volumeNum: dollars,
  liquidity: dollars,
  liquidityNum: dollars,
  bestBid: price,
  bestAsk: price,
  feesEnabled: flag,
  feeType: text,
  feeSchedule,
  events: z.array(z.unknown(), "must be a list").nullish().transform((value) => value ?? []),
});

const eventSchema = z.object({
  id: digits,
  slug: text,
  title: text,
  markets: z.array(z.unknown(), "must be a list").nullish().transform((value) => value ?? null),
});

/** A market record of Gamma: the fields that we use, each in our form, `null` where unknown. */
export type GammaMarket = z.output<typeof marketSchema>;

/** An event record of Gamma, likewise; its markets are not read yet. */
export type GammaEvent = z.output<typeof eventSchema>;

/** A field of a record that is not what the venue's documents say. */
export interface GammaFault {
  /** Name of the field, `feeSchedule.rate`; empty for the record itself. */
  readonly column: string;
  readonly value: unknown;
  readonly reason: string;
}

/** A record with its faulty fields unknown; `null` where it is no record at all. */
export interface GammaTaken<T> {
  readonly record: T | null;
  readonly faults: readonly GammaFault[];
}

/**
 * Takes a market record of `/markets/keyset`, or one nested in an event.
 *
 * A field that is absent, null or empty is unknown. A field of another type or form than documented is
 * a fault, and unknown from there on; the other fields stand. Fields that we do not use are ignored.
 */
export function takeGammaMarket(raw: unknown): GammaTaken<GammaMarket> {
  return take(marketSchema, raw);
}

/** Takes an event record of `/events/keyset`, or the first of a market's `events`; faults likewise. */
export function takeGammaEvent(raw: unknown): GammaTaken<GammaEvent> {
  return take(eventSchema, raw);
}

function take<S extends z.ZodType>(schema: S, raw: unknown): GammaTaken<z.output<S>> {
  if (typeof raw !== "object" || raw === null || Array.isArray(raw)) {
    return { record: null, faults: [{ column: "", value: raw, reason: "must be an object" }] };
  }
  const parsed = schema.safeParse(raw);
  if (parsed.success) return { record: parsed.data, faults: [] };
  const issues = parsed.error.issues.map((issue) => ({
    column: issue.path.join("."),
    value: issue.path.reduce<unknown>(
      (value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key],
      raw,
    ),
    reason: issue.message,
  }));
  const faulty = new Set(parsed.error.issues.map((issue) => issue.path[0]));
  const rest = Object.fromEntries(Object.entries(raw).filter(([key]) => !faulty.has(key)));
  return { record: schema.parse(rest), faults: issues.filter(({ value }) => value !== "") };
}

/** Gamma writes numbers as numbers or as texts, and flips between whole and fractional ones. */
function amount(raw: unknown): number | null {
  const isNumeral = typeof raw === "string" && /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(raw.trim());
  const value = isNumeral ? Number(raw) : raw;
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

function numberWithin(highest: number, reason: string) {
  return z.unknown().optional().transform((raw, context) => {
    if (raw === undefined || raw === null || raw === "") return null;
    const value = amount(raw);
    if (value !== null && value >= 0 && value <= highest) return value;
    context.addIssue({ code: "custom", message: reason });
    return z.NEVER;
  });
}

function word<const W extends string>(words: readonly W[]) {
  const reason = `must be ${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
  return z.unknown().optional().transform((raw, context) => {
    if (raw === undefined || raw === null || raw === "") return null;
    const known = words.find((one) => one === raw);
    if (known !== undefined) return known;
    context.addIssue({ code: "custom", message: reason });
    return z.NEVER;
  });
}

function hex(lengths: readonly number[]) {
  return text.transform((value, context) => {
    if (value === null) return null;
    const isHex = /^0x[0-9a-f]+$/i.test(value) && lengths.includes(value.length - 2);
    if (isHex) return value.toLowerCase();
    context.addIssue({
      code: "custom",
      message: `must be 0x and ${lengths.join(" or ")} hex digits`,
    });
    return z.NEVER;
  });
}

function listOf<T>(item: (raw: unknown) => T | undefined, reason: string) {
  return z.unknown().optional().transform((raw, context) => {
    const list = gammaList(raw);
    if (list === null) return null;
    const items = list?.flatMap((one) => {
      const value = item(one);
      return value === undefined ? [] : [value];
    });
    if (list !== undefined && items?.length === list.length) return items;
    context.addIssue({ code: "custom", message: reason });
    return z.NEVER;
  });
}
