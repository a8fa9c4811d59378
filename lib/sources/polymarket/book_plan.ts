import type { Ask, Reply } from "../../fetch/ask.ts";
import type { Job, Known, PlanOptions } from "../live/venue.ts";
import { notAnswered } from "./history_rows.ts";
import { tokenOf } from "./price_token.ts";

/** The most books that one request may ask for; 501 are refused. */
const BATCH = 500;

/**
 * Jobs that ask for the order books of all contracts that can be traded now, 500 at a time.
 *
 * Books name tokens, not contracts, so the ask's subject lists the market ids, comma-separated, in
 * the order of the tokens in its body.
 */
export function* bookJobs(known: Known, options: PlanOptions): Generator<Job> {
  let batch: { readonly marketId: string; readonly token: string }[] = [];
  for (const market of known.markets()) {
    const token = tokenOf(market);
    const { status, native } = market.state;
    if (token === null || status !== "open" || native.isTradeable !== "yes") continue;
    batch.push({ marketId: market.marketId, token });
    if (batch.length < BATCH) continue;
    yield bookJob(batch, options);
    batch = [];
  }
  if (batch.length > 0) yield bookJob(batch, options);
}

function bookJob(
  batch: readonly { readonly marketId: string; readonly token: string }[],
  { edition }: PlanOptions,
): Job {
  const name = `books of ${batch[0]!.marketId} to ${batch.at(-1)!.marketId}`;
  const ask: Ask = {
    host: "clob",
    path: "/books",
    body: JSON.stringify(batch.map(({ token }) => ({ token_id: token }))),
    format: "json",
    kind: "clob_books",
    subject: batch.map(({ marketId }) => marketId).join(","),
    edition,
  };
  return {
    name,
    nAsks: 1,
    *run(): Generator<Ask, void, Reply> {
      const reply = yield ask;
      if (!reply.isAnswer) throw notAnswered(`the ${name}`, reply.failure);
    },
  };
}
