import type { BenchmarkKind } from "../../core/data_set.ts";
import { dayEndMs, dayStartMs } from "../../core/day.ts";
import type { BarsFact, Oddity } from "../live/fact.ts";
import type { Span } from "../live/spans.ts";

/** How the daily values of an answer are to be taken. */
export interface SeriesUse {
  readonly kind: BenchmarkKind;
  /** 0 is the first choice of the symbol's providers. */
  readonly provider: number;
  /** Days from the provider's date to the UTC day whose end the value belongs to. */
  readonly shiftDays: number;
}

type Bar = BarsFact["bars"][number];

/**
 * The bars of one answer, collected row by row, each day once.
 *
 * Of two rows of a day the first with a close stays: Yahoo repeats a day with its last trade after
 * its regular bar. Rows outside the span are left out without a word, since providers give more
 * than was asked and a session that goes on is no close yet.
 */
export function barRows(place: string, span: Span, { kind, provider }: SeriesUse) {
  const bars = new Map<number, Bar>();
  const oddities: Oddity[] = [];
  const refuse = (row: number, column: string, value: unknown, reason: string) => {
    const text = typeof value === "string" ? value : JSON.stringify(value) ?? "";
    oddities.push({ place, row, column, value: text.slice(0, 200), reason });
  };
  return {
    refuse,
    /** Takes a row unless its values are no closes. */
    add(row: number, day: number, values: { close: unknown; adjusted: unknown }) {
      if (dayStartMs(day) < span.fromMs || dayEndMs(day) > span.toMs) return;
      const close = values.close ?? null, adjusted = values.adjusted ?? null;
      for (const [column, value] of [["close", close], ["adjclose", adjusted]] as const) {
        if (value === null) continue;
        if (typeof value !== "number" || !Number.isFinite(value)) {
          return refuse(row, column, value, "is no number");
        }
        if (kind === "price" && value <= 0) return refuse(row, column, value, "is not positive");
      }
      const before = bars.get(day);
      if (before !== undefined) refuse(row, "date", close, "its day stands twice");
      if (before === undefined || before.close === null) {
        bars.set(day, { day, close: close as number | null, adjusted: adjusted as number | null });
      }
    },
    /** The fact of all rows taken, by day, and what was refused. */
    reading(symbol: string): { facts: BarsFact[]; oddities: Oddity[] } {
      return {
        facts: [{
          kind: "bars",
          subject: symbol,
          fromMs: span.fromMs,
          toMs: span.toMs,
          provider,
          bars: [...bars.values()].sort((a, b) => a.day - b.day),
        }],
        oddities,
      };
    },
    /** No fact: nothing of the answer can be trusted, and its span stays unknown. */
    nothing(): { facts: BarsFact[]; oddities: Oddity[] } {
      return { facts: [], oddities };
    },
  };
}
