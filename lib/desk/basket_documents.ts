import { join } from "node:path";
import type { RebalanceEvent } from "../backtest/rebalance_event.ts";
import { inProject } from "../store/project_root.ts";

/** What one trade date of one basket did, as its document says. */
export type BasketTrade = Pick<
  RebalanceEvent,
  "additions" | "removals" | "weight_changes" | "skipped"
>;

/**
 * The trades of one method's baskets, from `outputs/baskets/YYYY-MM-DD.json`.
 *
 * The documents hold every method, a line an event: only the lines of the method are parsed, which is
 * what makes the desk quick. A text of a market cannot pass for such a line, as JSON escapes its quotes.
 *
 * @param out Folder of the run.
 * @returns By {@link tradeKey}; empty where the run left no documents.
 * @throws {SyntaxError} If a document is not JSON.
 */
export async function basketTrades(
  out: string,
  { method, policy = "cash" }: { method: string; policy?: string },
): Promise<ReadonlyMap<string, BasketTrade>> {
  const folder = join(inProject(out), "outputs", "baskets");
  const mark = `"method":${JSON.stringify(method)},"policy":${JSON.stringify(policy)},`;
  const texts = await Promise.all(
    (await documentNames(folder)).map((name) => Deno.readTextFile(join(folder, name))),
  );
  const events = texts.flatMap((text) => text.split("\n"))
    .filter((line) => line.includes(mark))
    .map((line) => JSON.parse(line.replace(/,$/, "")) as RebalanceEvent);
  return new Map(events.map((one) => [tradeKey(one.basket_id, one.date, one.kind), one]));
}

/** Names a trade of one method under one policy. */
export function tradeKey(basket: string, date: string, kind: string): string {
  return JSON.stringify([basket, date, kind]);
}

async function documentNames(folder: string): Promise<string[]> {
  const names: string[] = [];
  try {
    for await (const { name, isFile } of Deno.readDir(folder)) {
      if (isFile && /^\d{4}-\d\d-\d\d\.json$/.test(name)) names.push(name);
    }
  } catch (cause) {
    if (!(cause instanceof Deno.errors.NotFound)) throw cause;
  }
  return names.sort();
}
