import type { Ask, Reply } from "../../fetch/ask.ts";
import type { Job, Known, KnownMarket, PlanOptions } from "../live/venue.ts";
import { notAnswered } from "./history_rows.ts";
import { readResolutions } from "./outcome_answer.ts";
import { tokenOf } from "./price_token.ts";
import { conditionOf } from "./tape_condition.ts";

/** The most conditions that one request may name. */
const BATCH = 20;

/** How long the oracle may take before the other interface is asked as well. */
const PATIENCE_MS = 7 * 86_400_000;

interface Ended {
  readonly market: KnownMarket;
  readonly condition: string;
}

/**
 * Jobs that ask how contracts were settled that have ended and have no outcome yet.
 *
 * Resolutions are asked for 20 at a time; the ask's subject lists the market ids, comma-separated,
 * in the order of the conditions in its path. Contracts that still have none a week after they
 * closed are looked up one by one in the order-book interface, whose records name the winner but not
 * the time: their closing time stands for it, and goes with the quoted token into the subject.
 */
export function* outcomeJobs(known: Known, options: PlanOptions): Generator<Job> {
  let batch: Ended[] = [];
  for (const market of known.markets()) {
    const condition = conditionOf(market);
    const { status } = market.state;
    if (condition === null || market.outcome !== null) continue;
    if (status !== "closed" && status !== "settled") continue;
    batch.push({ market, condition });
    if (batch.length < BATCH) continue;
    yield outcomeJob(batch, options);
    batch = [];
  }
  if (batch.length > 0) yield outcomeJob(batch, options);
}

function outcomeJob(batch: readonly Ended[], options: PlanOptions): Job {
  const name = `outcomes of ${batch[0]!.market.marketId} to ${batch.at(-1)!.market.marketId}`;
  return { name, nAsks: 1, run: () => askOutcomes(batch, options, { name }) };
}

/** Where a whole batch is refused, as for one name in it that the venue does not take, its halves are asked. */
function* askOutcomes(
  batch: readonly Ended[],
  options: PlanOptions,
  { name }: { readonly name: string },
): Generator<Ask, void, Reply> {
  const { edition, nowMs } = options;
  const reply = yield {
    host: "data",
    path: `/v2/resolutions?condition=${batch.map(({ condition }) => condition).join(",")}`,
    body: null,
    format: "json",
    kind: "data_resolutions",
    subject: batch.map(({ market }) => market.marketId).join(","),
    edition,
  };
  if (!reply.isAnswer) {
    if (reply.failure.status !== 400 || batch.length === 1) {
      throw notAnswered(`the ${name}`, reply.failure);
    }
    yield* askHalves(batch, options, { name });
    return;
  }
  const settled = new Set(readResolutions(reply.answer).facts.map(({ subject }) => subject));
  for (const { market, condition } of batch) {
    const { closedAtMs } = market.state;
    const token = tokenOf(market);
    if (settled.has(market.marketId) || closedAtMs === null || token === null) continue;
    if (nowMs - closedAtMs <= PATIENCE_MS) continue;
    const other = yield {
      host: "clob",
      path: `/markets/${condition}`,
      body: null,
      format: "json",
      kind: "clob_market",
      subject: `${market.marketId},${token},${closedAtMs}`,
      edition,
    };
    if (!other.isAnswer) throw notAnswered(`the outcome of ${market.marketId}`, other.failure);
  }
}

/** Both halves of a batch; the one that fails does not keep the other from being asked. */
function* askHalves(
  batch: readonly Ended[],
  options: PlanOptions,
  { name }: { readonly name: string },
): Generator<Ask, void, Reply> {
  const middle = Math.ceil(batch.length / 2);
  const errors: unknown[] = [];
  for (const half of [batch.slice(0, middle), batch.slice(middle)]) {
    try {
      yield* askOutcomes(half, options, { name });
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw errors[0];
}
