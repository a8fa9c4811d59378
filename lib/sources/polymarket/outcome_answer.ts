import { z } from "zod";
import type { Answer } from "../../fetch/ask.ts";
import type { OutcomeFact, Reading } from "../live/fact.ts";
import { isPlausibleMs, notThePage, oddity, pathParameter, takeRows } from "./history_rows.ts";
import { wholeCondition } from "./tape_condition.ts";

const DATA_PLACE = "polymarket /v2/resolutions";
const CLOB_PLACE = "polymarket /markets/{condition_id}";

const DOLLAR = 1_000_000;

/** Both payouts of a fraction such as a third may be rounded the same way. */
const ROUNDING = 1;

const pageSchema = z.object({ data: z.array(z.unknown()).nullable() });

const statusSchema = z.object({
  condition_id: z.string().nullish(),
  status: z.enum([
    "initialized",
    "posed",
    "proposed",
    "challenged",
    "reproposed",
    "disputed",
    "active",
    "arbitration",
    "resolved",
  ]),
  payouts: z.unknown(),
  resolved_at: z.unknown(),
});

const payoutsSchema = z.tuple([
  z.number().int().min(0).max(DOLLAR),
  z.number().int().min(0).max(DOLLAR),
]).refine(([first, second]) => Math.abs(first + second - DOLLAR) <= ROUNDING);

const clobMarketSchema = z.object({
  closed: z.boolean(),
  is_50_50_outcome: z.boolean().nullish(),
  tokens: z.array(z.object({
    token_id: z.string(),
    winner: z.boolean(),
    price: z.number().nullish(),
  })),
});

/**
 * Outcomes of the conditions in the ask, from the oracle's records.
 *
 * Payouts are millionths of a dollar a share and belong to the outcomes in their order; the quoted
 * one is the first. A record that is not resolved yet says nothing and is not odd.
 *
 * @returns Facts in the order of the ask.
 * @throws {TypeError} If it is no list of records.
 */
export function readResolutions(answer: Answer): Reading {
  if (answer.status === 404) throw notThePage(DATA_PLACE, "a page", answer.status);
  const page = pageSchema.safeParse(answer.value);
  if (!page.success) throw notThePage(DATA_PLACE, "{data: […]}", answer.value);
  const { taken, oddities } = takeRows(page.data.data ?? [], statusSchema, { place: DATA_PLACE });
  const subjectOf = subjects(answer);
  const onlyCondition = subjectOf.size === 1 ? [...subjectOf.keys()][0]! : "";
  const settled = new Map<string, OutcomeFact>();
  const refused = new Set<string>();
  const refuse = (row: number, column: string, value: unknown, reason: string): void => {
    oddities.push(oddity(DATA_PLACE, row, { column, value, reason }));
  };
  for (const { row, record: { condition_id, status, payouts, resolved_at } } of taken) {
    const subject = subjectOf.get(wholeCondition(condition_id || onlyCondition));
    if (subject === undefined) {
      refuse(row, "condition_id", condition_id, "a condition that was not asked for");
      continue;
    }
    if (status !== "resolved") continue;
    const parsed = payoutsSchema.safeParse(payouts);
    if (!parsed.success) {
      const reason = "must be two payouts in millionths that add up to a dollar";
      refuse(row, "payouts", payoutsText(payouts), reason);
      continue;
    }
    const resolvedAtMs = instant(resolved_at);
    if (resolvedAtMs === null || !isPlausibleMs(resolvedAtMs, answer)) {
      refuse(row, "resolved_at", resolved_at, "must be an instant since the venue began");
      continue;
    }
    const payout = parsed.data[0] / DOLLAR;
    const other = settled.get(subject);
    if (other !== undefined && other.payout !== payout) {
      refused.add(subject);
      refuse(row, "payouts", String(payout), "another payout of the contract; neither is taken");
    } else if (other === undefined || resolvedAtMs > other.resolvedAtMs) {
      settled.set(subject, outcome(subject, payout, resolvedAtMs));
    }
  }
  const facts = [...subjectOf.values()]
    .filter((subject) => settled.has(subject) && !refused.has(subject))
    .map((subject) => settled.get(subject)!);
  return { facts, oddities };
}

/**
 * Outcome of one contract from its record in the order-book interface; the ask's subject is the
 * market id, the quoted token and the closing time, comma-separated.
 *
 * A contract is settled when it is closed and one token has won, or it is marked as split in halves.
 * Which token is quoted is told by its id: their order is not documented. Nor is what the mark of a
 * split means exactly, so that one beside prices other than halves is refused.
 *
 * @throws {TypeError} If it is no record of a contract.
 */
export function readClobMarket(answer: Answer): Reading {
  const { status, value, ask } = answer;
  const none: Reading = { facts: [], oddities: [] };
  if (status === 404) return none;
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw notThePage(CLOB_PLACE, "a record", value);
  }
  const { taken: [one], oddities } = takeRows([value], clobMarketSchema, { place: CLOB_PLACE });
  if (one === undefined) return { facts: [], oddities };
  const { closed, is_50_50_outcome, tokens } = one.record;
  const [subject, token, closedAtMs] = ask.subject.split(",");
  const winners = tokens.filter(({ winner }) => winner);
  const isSplit = is_50_50_outcome === true;
  if (!closed || (winners.length === 0 && !isSplit)) return none;
  const odd = (column: string, text: string, reason: string): Reading => ({
    facts: [],
    oddities: [oddity(CLOB_PLACE, 0, { column, value: text, reason })],
  });
  if (tokens.filter(({ token_id }) => token_id === token).length !== 1) {
    const ids = tokens.map(({ token_id }) => token_id).join(", ");
    return odd("tokens", ids, "the quoted token is not one of them");
  }
  if (isSplit ? winners.length === 1 : winners.length !== 1) {
    const text = `${winners.length} winners, split in halves: ${isSplit}`;
    return odd(
      "tokens",
      text,
      "more than one outcome has won, or one of a contract that was split",
    );
  }
  const notHalf = tokens.find(({ price }) => (price ?? 0.5) !== 0.5)?.price;
  if (isSplit && typeof notHalf === "number") {
    return odd("tokens", String(notHalf), "a price of a contract that was split in halves");
  }
  const payout = isSplit ? 0.5 : winners[0]!.token_id === token ? 1 : 0;
  return { facts: [outcome(subject!, payout, Number(closedAtMs))], oddities: [] };
}

function outcome(subject: string, payout: number, resolvedAtMs: number): OutcomeFact {
  return { kind: "outcome", subject, resolvedAtMs, payout, source: "oracle" };
}

/** Payouts as text where they are a short list of numbers; else as they came. */
function payoutsText(payouts: unknown): unknown {
  const isShort = Array.isArray(payouts) && payouts.length < 10;
  return isShort && payouts.every((one) => typeof one === "number") ? payouts.join(", ") : payouts;
}

/** The market id of each condition that was asked for. */
function subjects({ ask }: Answer): Map<string, string> {
  const marketIds = ask.subject.split(",");
  const conditions = pathParameter(ask.path, "condition").split(",");
  return new Map(conditions.map((condition, i) => [wholeCondition(condition), marketIds[i]!]));
}

/** An instant of RFC 3339 with seconds and zone, UTC milliseconds. */
function instant(value: unknown): number | null {
  const form = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(\.\d{1,9})?([Zz]|[+-]\d{2}:\d{2})$/;
  if (typeof value !== "string" || !form.test(value)) return null;
  const ms = Date.parse(value.toUpperCase().replace(" ", "T"));
  return Number.isNaN(ms) ? null : ms;
}
