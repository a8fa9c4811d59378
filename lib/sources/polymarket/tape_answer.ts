import { z } from "zod";
import { textHash } from "../../core/text_hash.ts";
import type { Answer } from "../../fetch/ask.ts";
import type { Fact, Oddity, Reading, TapeFact } from "../live/fact.ts";
import {
  isPlausibleMs,
  oddity,
  pathParameter,
  readListPage,
  type TakenRow,
  takeRows,
} from "./history_rows.ts";
import { wholeCondition } from "./tape_condition.ts";
import { cutTapeName } from "./tape_cut.ts";

const PLACE = "polymarket /v2/trades";

/** The tape of a condition reaches three years back; five days less, to stay clear of its edge. */
export const TAPE_DAYS = 1090;

const tradeSchema = z.object({
  timestamp: z.number().int().min(0).max(1e11),
  size: z.number().min(0),
  price: z.number().min(0).max(1),
  token_id: z.string(),
  condition_id: z.string(),
  transaction_hash: z.string(),
  proxy_wallet: z.string().nullish(),
  side: z.string().nullish(),
});

type Trade = z.infer<typeof tradeSchema>;

/**
 * A page of the trades of both outcomes of a contract, taker side only, so that each counts once.
 *
 * A trade is worth its size times the price of the token that was traded. A page without trades is
 * the end of the tape where it names no next page, else it says nothing. The last page reaches back
 * to the first trade ever, unless its oldest trade stands at the edge of the three years that the
 * venue keeps.
 *
 * @throws {TypeError} If it is no page.
 */
export function readTrades(answer: Answer): Reading {
  const { rows, nextCursor, hasMore } = readListPage(answer, PLACE);
  const parsed = takeRows(rows, tradeSchema, { place: PLACE });
  const { taken, oddities } = ofTheContract(parsed.taken, answer);
  const refused = [...parsed.oddities, ...oddities];
  const { ask: { subject: asked, edition, kind }, atMs } = answer;
  const { subject, nPages } = cutSubject(asked);
  const facts: Fact[] = [];
  const isLast = nextCursor === null && !hasMore;
  if (taken.length > 0 || (isLast && rows.length === 0)) {
    const timesMs = taken.map(({ record }) => record.timestamp * 1000);
    const oldestMs = timesMs.reduce((least, timeMs) => Math.min(least, timeMs), Infinity);
    const isFirstEver = taken.length === 0 ||
      (isLast && oldestMs > atMs - TAPE_DAYS * 86_400_000);
    const tape: TapeFact = {
      kind: "tape",
      subject,
      walk: edition,
      fromMs: isFirstEver ? 0 : oldestMs,
      toMs: timesMs.reduce((most, timeMs) => Math.max(most, timeMs), 0),
      trades: taken.map(({ record }) => tapeRow(record)).sort(byTimeAndIdentity),
    };
    facts.push(tape);
  }
  if (kind === "data_trades_end" && !isLast) {
    facts.push({ kind: "crawl", subject: cutTapeName(subject, nPages), edition, nPages });
  }
  return { facts, oddities: [...refused, ...outOfOrder(taken)] };
}

/** The subject of the last page that a walk may ask for is the market id and the count of pages. */
function cutSubject(text: string): { subject: string; nPages: number } {
  const [subject, nPages] = text.split(",");
  return { subject: subject!, nPages: Number(nPages ?? 1) };
}

function ofTheContract(
  rows: readonly TakenRow<Trade>[],
  answer: Answer,
): { readonly taken: TakenRow<Trade>[]; readonly oddities: Oddity[] } {
  const condition = wholeCondition(pathParameter(answer.ask.path, "condition"));
  const taken: TakenRow<Trade>[] = [];
  const oddities: Oddity[] = [];
  for (const one of rows) {
    const { condition_id, timestamp } = one.record;
    if (wholeCondition(condition_id) !== condition) {
      const reason = "a trade of another contract";
      oddities.push(
        oddity(PLACE, one.row, { column: "condition_id", value: condition_id, reason }),
      );
    } else if (!isPlausibleMs(timestamp * 1000, answer)) {
      const reason = "before the venue began, or after the answer came";
      const value = String(timestamp);
      oddities.push(oddity(PLACE, one.row, { column: "timestamp", value, reason }));
    } else taken.push(one);
  }
  return { taken, oddities };
}

function tapeRow(trade: Trade): TapeFact["trades"][number] {
  const { timestamp, size, price, transaction_hash, token_id, proxy_wallet, side } = trade;
  const identity = [transaction_hash, token_id, proxy_wallet ?? "", side ?? "", size, price];
  return [timestamp, size * price, textHash(identity.join(" "))];
}

function byTimeAndIdentity(a: TapeFact["trades"][number], b: TapeFact["trades"][number]): number {
  return b[0] - a[0] || (a[2] < b[2] ? -1 : a[2] > b[2] ? 1 : 0) || a[1] - b[1];
}

function outOfOrder(taken: readonly TakenRow<Trade>[]): Oddity[] {
  return taken.flatMap(({ row, record }, i) =>
    i > 0 && record.timestamp > taken[i - 1]!.record.timestamp
      ? [oddity(PLACE, row, {
        column: "timestamp",
        value: String(record.timestamp),
        reason: "newer than the trade before it; taken all the same",
      })]
      : []
  );
}
