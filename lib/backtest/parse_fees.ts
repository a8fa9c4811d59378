import { z } from "zod";
import { parseDay } from "../core/day.ts";
import type { Venue } from "../core/market_id.ts";

/** What a taker pays a contract: `rate × (p (1 − p))^exponent` dollars, before rounding. */
export interface FeeRate {
  readonly rate: number;
  readonly exponent: number;
}

/** How a venue rounds the fee of an order: to a multiple of `unit` dollars. */
export interface FeeRounding {
  readonly unit: number;
  /** `nearest`: a half goes up. */
  readonly mode: "up" | "nearest";
}

/** The fees of a venue from one day on. */
export interface FeeSchedule {
  /** First UTC day on which it holds. */
  readonly fromDay: number;
  readonly rates: ReadonlyMap<string, FeeRate>;
  readonly rounding: FeeRounding;
  readonly source: string;
}

/** The fees of a venue: its schedules by date, and which category a theme has there. */
export interface VenueFees {
  readonly categoryOf: ReadonlyMap<string, string>;
  readonly defaultCategory: string;
  /** By day, at least one. */
  readonly schedules: readonly FeeSchedule[];
}

/** The content of `config/fees.yaml`. */
export interface Fees {
  /** The flat fee, share of the traded value. */
  readonly flatShare: number;
  readonly venues: Readonly<Record<Venue, VenueFees>>;
}

const source = z.string().min(10);
const venueSchema = z.strictObject({
  default: z.string().min(1),
  themes: z.record(z.string(), z.string().min(1)),
});
const feesSchema = z.strictObject({
  flat: z.strictObject({ basis_points: z.number().min(0).max(10_000), source }),
  venues: z.strictObject({ polymarket: venueSchema, kalshi: venueSchema }),
  schedules: z.array(z.strictObject({
    venue: z.enum(["polymarket", "kalshi"]),
    from: z.iso.date(),
    categories: z.record(
      z.string(),
      z.strictObject({ rate: z.number().min(0).max(1), exponent: z.number().positive() }),
    ),
    rounding: z.strictObject({ unit: z.number().positive(), mode: z.enum(["up", "nearest"]) }),
    source,
  })),
});

/**
 * Reads the content of `config/fees.yaml`.
 *
 * @param raw The parsed YAML.
 * @throws {SyntaxError} If an entry is incomplete or out of range, a venue has no schedule or two
 *   for one day, or a schedule lacks a category that its venue's themes have; each fault names its
 *   entry.
 */
export function parseFees(raw: unknown): Fees {
  const parsed = feesSchema.safeParse(raw);
  if (!parsed.success) {
    throw unreadable(
      parsed.error.issues.map((issue) => `${issue.path.join(".") || "the file"}: ${issue.message}`),
    );
  }
  const { flat, venues, schedules } = parsed.data;
  const faults: string[] = [];
  const feesOf = (venue: Venue): VenueFees => {
    const { default: defaultCategory, themes } = venues[venue];
    const dated = schedules.filter((schedule) => schedule.venue === venue);
    if (dated.length === 0) faults.push(`schedules: ${venue} has none`);
    for (const [k, { from, categories }] of dated.entries()) {
      const entry = `the schedule of ${venue} from ${from}`;
      if (dated.findIndex((other) => other.from === from) < k) {
        faults.push(`${entry}: is there twice`);
      }
      for (const category of new Set([defaultCategory, ...Object.values(themes)])) {
        if (!Object.hasOwn(categories, category)) faults.push(`${entry}: lacks "${category}"`);
      }
    }
    return {
      categoryOf: new Map(Object.entries(themes)),
      defaultCategory,
      schedules: dated.map(({ from, categories, rounding, source }) => ({
        fromDay: parseDay(from),
        rates: new Map(Object.entries(categories)),
        rounding,
        source,
      })).sort((a, b) => a.fromDay - b.fromDay),
    };
  };
  const fees = {
    flatShare: flat.basis_points / 10_000,
    venues: { polymarket: feesOf("polymarket"), kalshi: feesOf("kalshi") },
  };
  if (faults.length > 0) throw unreadable(faults);
  return fees;
}

function unreadable(faults: readonly string[]): SyntaxError {
  return new SyntaxError(
    `Cannot read the fees as each venue must have a rate for each category and date: got ${
      faults.join("; ")
    }`,
  );
}
