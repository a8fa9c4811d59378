import type { PricePaths } from "lib/backtest/price_paths.ts";
import { replayBasket } from "lib/backtest/replay_basket.ts";
import { type Side, sidePrice } from "lib/baskets/side.ts";
import { rowsOf } from "lib/core/data_set.ts";
import { decideDates } from "lib/decide/decide_dates.ts";
import { decideTools } from "lib/decide/decide_tools.ts";
import { METHODS } from "lib/decide/method_list.ts";
import { methodJobs, replayData } from "lib/decide/replay_jobs.ts";
import type { ParallelOptions } from "lib/parallel/parallel_map.ts";
import { decideInParallel, replayInParallel } from "lib/parallel/replay.ts";
import { startWorkers } from "lib/parallel/worker_pool.ts";
import {
  assertSame,
  kept,
  MADE_COST,
  type MadeBasket,
  madeBasket,
  type SimulatedMarkets,
  simulatedMarkets,
} from "./made_replay.ts";

const N_MARKETS = 2700;
const SEED_METHODS = METHODS.filter(({ origin }) => origin === "seed").map(({ key }) => key);

interface Close {
  readonly id: string;
  readonly close: number;
}

/** Closes as they arrive, by day. */
function closesByDay(paths: PricePaths): Map<number, Close[]> {
  const rows = paths.ids.flatMap((id, j) => {
    const { from, to } = rowsOf(paths.prices, j);
    return Array.from({ length: to - from }, (_, k) => ({
      ...{ id, day: paths.prices.day[from + k]!, close: paths.prices.close[from + k]! },
    }));
  });
  return Map.groupBy(rows, ({ day }) => day);
}

/** The plain way: each day and each contract in turn, all that is known of it in maps by its id. */
function naiveReplay(
  { paths, decisions }: MadeBasket,
  closes: ReadonlyMap<number, readonly Close[]>,
): { readonly gross: number[]; readonly net: number[] } {
  const marks = new Map<string, number>();
  const decisionOf = new Map(decisions.map((one) => [one.decidedOn + 1, one]));
  let shares = new Map<string, { side: Side; n: number }>(), cash = 100, kept = 1;
  const gross: number[] = [], net: number[] = [];
  for (let day = decisions[0]!.decidedOn; day <= paths.lastDay; ++day) {
    for (const { id, close } of closes.get(day) ?? []) marks.set(id, close);
    for (const [id, { side, n }] of [...shares]) {
      const j = paths.indexOf.get(id)!;
      if (paths.resolvedOn[j] !== day) continue;
      cash += n * sidePrice(paths.payout[j]!, side);
      shares.delete(id);
    }
    const value = [...shares].reduce(
      (sum, [id, { side, n }]) => sum + n * sidePrice(marks.get(id)!, side),
      cash,
    );
    const decision = decisionOf.get(day);
    if (decision !== undefined) {
      const next: typeof shares = new Map();
      const wanted = new Map(decision.targets.map((target) => [target.marketId, target]));
      let cost = 0;
      cash = value;
      for (const id of new Set([...shares.keys(), ...wanted.keys()])) {
        const j = paths.indexOf.get(id)!, before = shares.get(id), target = wanted.get(id);
        const side = (target ?? before)!.side, price = sidePrice(marks.get(id)!, side);
        const points = paths.resolvedOn[j]! <= day ? 0 : (target?.weight ?? 0) * value;
        const notional = Math.abs(points - (before?.n ?? 0) * price) * kept;
        const rate = MADE_COST({ market: j, sidePrice: price, notional, day });
        cost += notional * (rate.spread + rate.fee);
        if (points > 0) next.set(id, { side, n: points / price });
        cash -= points;
      }
      kept *= 1 - cost / (value * kept);
      shares = next;
    }
    if (day === decisions[0]!.decidedOn) continue;
    gross.push(value);
    net.push(value * kept);
  }
  return { gross, net };
}

/** How {@link replayBasket} is asked for a made basket: every close is traded at, no emergencies. */
const LEDGER = { policy: "cash", cost: MADE_COST, maxPriceAgeDays: 60, minMarkets: 0 } as const;

for (
  const [months, contracts] of [[6, 30], [26, 30], [104, 30], [26, 10], [26, 100]] as const
) {
  const made = madeBasket(months, contracts);
  const closes = closesByDay(made.paths);
  assertSame(
    naiveReplay(made, closes).net,
    replayBasket(made.paths, made.decisions, LEDGER).nav,
  );
  const group = `replay of ${contracts} contracts, ${months} months`;
  Deno.bench({ name: `${group}, days and maps`, group, baseline: true }, () => {
    naiveReplay(made, closes);
  });
  Deno.bench({ name: `${group}, replayBasket()`, group }, () => {
    replayBasket(made.paths, made.decisions, LEDGER);
  });
}

for (const nMarkets of [700, N_MARKETS, 6000]) {
  const group = `decisions of ${nMarkets} markets`;
  const warm = kept(async () => {
    const made = await simulatedMarkets(nMarkets), tools = decideTools(made.config);
    decideDates(made.data, made.days.slice(-2), { config: made.config, tools });
    return { made, tools };
  });
  const bench = (forgets: boolean) => async (b: Deno.BenchContext) => {
    const { made: { data, config, days }, tools } = await warm();
    b.start();
    decideDates(data, days.slice(-1), { config, tools: forgets ? decideTools(config) : tools });
    b.end();
  };
  const few = { group, n: 5, warmup: 3 };
  Deno.bench({ name: `${group}, words read anew`, ...few, baseline: true }, bench(true));
  Deno.bench({ name: `${group}, decideDates()`, ...few }, bench(false));
}

const markets = kept(() => simulatedMarkets(N_MARKETS));

/** The decisions of all dates and the replays of the seed plan's methods. */
async function whole(
  { data, config, costs, days }: SimulatedMarkets,
  parallel: ParallelOptions,
) {
  const decisions = await decideInParallel(data, days, { config, ...parallel });
  const jobs = methodJobs(decisions, { config, costs })
    .filter(({ method }) => SEED_METHODS.includes(method));
  return replayInParallel(replayData(data), jobs, parallel);
}

const WHOLE = `six methods, 26 months, ${N_MARKETS} markets`;
for (
  const [name, size] of [["one thread", 1], ["workers", navigator.hardwareConcurrency]] as const
) {
  const options = { group: WHOLE, baseline: size === 1, n: 3, warmup: 1 };
  Deno.bench({ name: `${WHOLE}, ${name}`, ...options }, async (b) => {
    const made = await markets();
    // as in the notebook, workers are there and have loaded the modules
    const pool = size === 1 ? undefined : startWorkers(size);
    if (pool !== undefined) await whole(made, { pool });
    b.start();
    await whole(made, { workers: size, pool });
    b.end();
    pool?.stop();
  });
}
