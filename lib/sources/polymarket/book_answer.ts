import { z } from "zod";
import type { Answer } from "../../fetch/ask.ts";
import type { BookFact, Oddity, Reading } from "../live/fact.ts";
import { isPlausibleMs, notThePage, oddity, takeRows } from "./history_rows.ts";

const PLACE = "polymarket /books";

const decimal = z.string().max(40).regex(/^\d+(\.\d+)?$/).transform(Number);

const level = z.object({ price: decimal.pipe(z.number().max(1)), size: decimal });

const bookSchema = z.object({
  asset_id: z.string(),
  timestamp: z.string().regex(/^\d{1,16}$/).transform(Number),
  bids: z.array(level).max(100_000),
  asks: z.array(level).max(100_000),
});

type Level = z.infer<typeof level>;

/**
 * Books of the contracts in the ask's subject.
 *
 * The venue leaves out tokens without a book and keeps no order, neither of books nor of levels:
 * books are found by token, levels are sorted. A side without orders has no best price; a book
 * without orders has 0 dollars resting, which is known.
 *
 * @returns Facts in the order of the ask.
 * @throws {TypeError} If it is no list of books.
 */
export function readBooks(answer: Answer): Reading {
  if (answer.status === 404) return { facts: [], oddities: [] };
  if (!Array.isArray(answer.value)) throw notThePage(PLACE, "a list of books", answer.value);
  const { taken, oddities } = takeRows(answer.value, bookSchema, { place: PLACE });
  const subjectOf = subjects(answer);
  const bySubject = new Map<string, BookFact>();
  const refused = new Set<string>();
  const refuse = (row: number, column: string, value: unknown, reason: string): Oddity =>
    oddity(PLACE, row, { column, value, reason });
  for (const { row, record: { asset_id, timestamp, bids, asks } } of taken) {
    const subject = subjectOf.get(asset_id);
    if (subject === undefined) {
      oddities.push(refuse(row, "asset_id", asset_id, "a token that was not asked for"));
      continue;
    }
    if (!isPlausibleMs(timestamp, answer)) {
      const reason = "before the venue began, or after the answer came";
      oddities.push(refuse(row, "timestamp", String(timestamp), reason));
      continue;
    }
    const book = bookFact(subject, timestamp, { bids, asks });
    if (book.bid !== null && book.ask !== null && book.bid >= book.ask) {
      oddities.push(refuse(row, "bids", `${book.bid} against ${book.ask}`, "the book is crossed"));
      continue;
    }
    const other = bySubject.get(subject);
    if (other === undefined) bySubject.set(subject, book);
    else if (JSON.stringify(other) !== JSON.stringify(book)) {
      refused.add(subject);
      const reason = "another book of the same token; neither is taken";
      oddities.push(refuse(row, "asset_id", asset_id, reason));
    }
  }
  const facts = [...subjectOf.values()]
    .filter((subject) => bySubject.has(subject) && !refused.has(subject))
    .map((subject) => bySubject.get(subject)!);
  return { facts, oddities };
}

/** The market id of each token that was asked for. */
function subjects({ ask }: Answer): Map<string, string> {
  const tokens: { token_id: string }[] = JSON.parse(ask.body ?? "[]");
  const marketIds = ask.subject.split(",");
  return new Map(tokens.map(({ token_id }, i) => [token_id, marketIds[i]!]));
}

function bookFact(
  subject: string,
  bookAtMs: number,
  sides: { readonly bids: readonly Level[]; readonly asks: readonly Level[] },
): BookFact {
  const bids = resting(sides.bids).reverse(), asks = resting(sides.asks);
  const bid = bids[0]?.price ?? null, ask = asks[0]?.price ?? null;
  return {
    kind: "book",
    subject,
    bookAtMs,
    bid,
    ask,
    bidSize: sizeAt(bids, bid),
    askSize: sizeAt(asks, ask),
    restingUsd: bids.reduce((sum, { price, size }) => sum + price * size, 0) +
      asks.reduce((sum, { price, size }) => sum + (1 - price) * size, 0),
  };
}

/** Levels that hold orders, by rising price. */
function resting(levels: readonly Level[]): Level[] {
  return levels.filter(({ size }) => size > 0)
    .sort((a, b) => a.price - b.price || a.size - b.size);
}

function sizeAt(levels: readonly Level[], best: number | null): number | null {
  if (best === null) return null;
  return levels.filter(({ price }) => price === best).reduce((sum, { size }) => sum + size, 0);
}
