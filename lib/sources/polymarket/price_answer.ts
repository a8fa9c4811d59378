import { z } from "zod";
import { dayOf, dayStartMs } from "../../core/day.ts";
import type { Answer } from "../../fetch/ask.ts";
import type { DaysFact, Oddity, Reading } from "../live/fact.ts";
import type { Span } from "../live/spans.ts";
import { notThePage, oddity, pathParameter, readListPage, takeRows } from "./history_rows.ts";
import { dailyCloses, type Observation } from "./price_close.ts";

const DATA_PLACE = "polymarket /v2/prices-history";
const CLOB_PLACE = "polymarket /prices-history";

const seconds = z.number().int().min(0).max(1e11);

const dataRowSchema = z.object({
  timestamp: seconds,
  price: z.number().min(0).max(1),
  resolution_seconds: z.number().int().min(0).max(1e9),
});

const clobRowSchema = z.object({ t: seconds, p: z.number().min(0).max(1) });

const clobPageSchema = z.object({ history: z.array(z.unknown()) });

interface PricedRow {
  readonly row: number;
  readonly observation: Observation;
}

/**
 * Closes in a window of the price series of the data interface.
 *
 * The settlement point of a resolved contract is left out, as {@link withoutSettlement} says. Where
 * the page has not all of the window, the fact covers the whole days before the day of its last row,
 * and the rest is asked for as a window of its own.
 *
 * @throws {TypeError} If it is no page.
 */
export function readDataPrices(answer: Answer): Reading {
  const { rows, hasMore } = readListPage(answer, DATA_PLACE);
  const { taken, oddities } = takeRows(rows, dataRowSchema, { place: DATA_PLACE });
  const asked = askedSpan(answer, "start", "end");
  const bucketMs = Number(pathParameter(answer.ask.path, "bucket_seconds")) * 1000;
  const priced = withoutContradictions(
    taken.map(({ row, record: { timestamp, price, resolution_seconds } }) => ({
      row,
      observation: {
        fromMs: timestamp * 1000,
        toMs: (timestamp + resolution_seconds) * 1000,
        price,
      },
    })),
    DATA_PLACE,
  );
  const lastMs = priced.taken.reduce(
    (last, { observation }) => Math.max(last, observation.fromMs),
    0,
  );
  const kept = withoutSettlement(priced.taken, bucketMs);
  const span = hasMore
    ? { fromMs: asked.fromMs, toMs: Math.min(asked.toMs, dayStartMs(dayOf(lastMs))) }
    : asked;
  return {
    facts: span.toMs > span.fromMs ? [daysFact(answer, span, { rank: 1, rows: kept })] : [],
    oddities: [...oddities, ...priced.oddities, ...outside(kept, asked, DATA_PLACE)],
  };
}

/**
 * Closes in a window of the older price series of the order-book interface.
 *
 * Its points are middles of the book, stamped at any instant. Whether a stamp is the start of a
 * bucket or the instant of the price is not documented, so a point counts as over a bucket later.
 *
 * @throws {TypeError} If it is no page.
 */
export function readClobPrices(answer: Answer): Reading {
  const asked = askedSpan(answer, "startTs", "endTs");
  if (answer.status === 404) {
    return { facts: [daysFact(answer, asked, { rank: 0, rows: [] })], oddities: [] };
  }
  const page = clobPageSchema.safeParse(answer.value);
  if (!page.success) throw notThePage(CLOB_PLACE, "{history: […]}", answer.value);
  const { taken, oddities } = takeRows(page.data.history, clobRowSchema, { place: CLOB_PLACE });
  const bucketMs = Number(pathParameter(answer.ask.path, "fidelity")) * 60_000;
  const priced = withoutContradictions(
    taken.map(({ row, record: { t, p } }) => ({
      row,
      observation: { fromMs: t * 1000, toMs: t * 1000 + bucketMs, price: p },
    })),
    CLOB_PLACE,
  );
  return {
    facts: [daysFact(answer, asked, { rank: 0, rows: priced.taken })],
    oddities: [...oddities, ...priced.oddities, ...outside(priced.taken, asked, CLOB_PLACE)],
  };
}

function askedSpan({ ask }: Answer, from: string, to: string): Span {
  return {
    fromMs: Number(pathParameter(ask.path, from)) * 1000,
    toMs: Number(pathParameter(ask.path, to)) * 1000,
  };
}

function daysFact(
  { ask }: Answer,
  span: Span,
  { rank, rows }: { readonly rank: number; readonly rows: readonly PricedRow[] },
): DaysFact {
  const points = dailyCloses(rows.map(({ observation }) => observation), span);
  return {
    kind: "days",
    subject: ask.subject,
    ...span,
    rank,
    // an empty page may be an expired grain: the other series is asked too
    ...rank > 0 && points.length === 0 && { needsOther: true },
    points,
  };
}

/** Rows whose span stands once; one that has two prices says nothing, and neither is taken. */
function withoutContradictions(
  rows: readonly PricedRow[],
  place: string,
): { readonly taken: PricedRow[]; readonly oddities: Oddity[] } {
  const byStart = new Map<number, PricedRow[]>();
  const firsts: PricedRow[] = [];
  const refused = new Set<PricedRow>();
  const oddities: Oddity[] = [];
  for (const priced of rows) {
    const { fromMs, toMs, price } = priced.observation;
    const started = byStart.get(fromMs) ?? [];
    const first = started.find(({ observation }) => observation.toMs === toMs);
    if (first === undefined) {
      started.push(priced);
      byStart.set(fromMs, started);
      firsts.push(priced);
    } else if (first.observation.price !== price) {
      refused.add(first);
      oddities.push(oddity(place, priced.row, {
        column: "price",
        value: price,
        reason: `another price of the same time, ${first.observation.price}; neither is taken`,
      }));
    }
  }
  const taken = firsts.filter((priced) => !refused.has(priced));
  return { taken, oddities };
}

/**
 * Rows without the settlement point: the payout, which the venue puts behind the last price of a
 * resolved contract.
 *
 * It is a last row without a resolution, one bucket's edge after the row before it. The last row of
 * an open contract has no resolution either, but is a real tick at any second: it falls on an edge
 * once in 10,800 contracts, and then the bucket before it stands for the day.
 */
function withoutSettlement(rows: readonly PricedRow[], bucketMs: number): PricedRow[] {
  const sorted = rows.toSorted((a, b) =>
    a.observation.fromMs - b.observation.fromMs || a.observation.toMs - b.observation.toMs
  );
  const last = sorted.at(-1)?.observation;
  if (last === undefined || last.toMs > last.fromMs) return sorted;
  const before = sorted.at(-2)?.observation;
  const isEdge = last.fromMs % bucketMs === 0 || (before !== undefined &&
    (last.fromMs - before.fromMs === bucketMs ||
      (before.toMs > before.fromMs && before.toMs === last.fromMs)));
  return isEdge ? sorted.slice(0, -1) : sorted;
}

function outside(rows: readonly PricedRow[], span: Span, place: string): Oddity[] {
  return rows
    .filter(({ observation: { fromMs } }) => fromMs < span.fromMs || fromMs > span.toMs)
    .map(({ row, observation: { fromMs } }) =>
      oddity(place, row, {
        column: "timestamp",
        value: String(fromMs / 1000),
        reason: "outside the window that was asked for",
      })
    );
}
