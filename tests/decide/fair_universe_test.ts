import assert from "node:assert/strict";
import type { Ledger } from "lib/backtest/ledger.ts";
import { lastRowAt, pricePaths } from "lib/backtest/price_paths.ts";
import { sideSign } from "lib/baskets/side.ts";
import { type DataSet, rowsOf } from "lib/core/data_set.ts";
import { dayOf, formatDay, MISSING_DAY } from "lib/core/day.ts";
import { decideDates } from "lib/decide/decide_dates.ts";
import { METHODS } from "lib/decide/method_list.ts";
import { methodJobs } from "lib/decide/replay_jobs.ts";
import { type MethodJob, replayMethod } from "lib/decide/replay_method.ts";
import { trueMarkets } from "../sources/simulated/universe.ts";
import { configWith, decisionDays, listedCosts, replayedFree, simulated } from "./replayed.ts";

/** The first four of six that were chosen before the first run; the others take as long again. */
const SEEDS = [1, 2, 3, 4];

/** Fewer draws for the evidence of clusters, which is chance here, save time. */
const FEW_DRAWS = configWith({ backtest: { cluster_shifts: 19, cluster_bootstraps: 2 } });

/** Sums of independent gains, one an event. */
interface Gain {
  readonly total: number;
  readonly error: number;
}

const RUNS = SEEDS.map((seed) => {
  const { data, simulation } = simulated("default", "fair", seed);
  const truth = trueMarkets(simulation);
  const eventOf = new Map(truth.map(({ id, event }) => [id, `${seed} ${event}`]));
  const decisions = decideDates(data, decisionDays(data, 3), { config: FEW_DRAWS });
  const jobs = methodJobs(decisions, { config: FEW_DRAWS, costs: listedCosts(data) });
  return { data, truth, eventOf, jobs };
});

function freeSleeve(data: DataSet, job: MethodJob): Ledger {
  return replayedFree(data, { ...job, isSleeveAlone: true }).at(-1)!.ledger;
}

/**
 * A sum of gains with its standard error.
 *
 * A position is chosen before its price moves, so each event's gain is a sum of martingale differences:
 * of mean zero and, as events are independent, without correlation to the gain of another, although
 * that may have changed how much was held. The variance of the sum is then the sum of the squared
 * gains, whatever was held and for how long. Contracts of one event are one gain.
 */
function gainOf(gains: Iterable<readonly [event: string, gain: number]>): Gain {
  const byEvent = new Map<string, number>();
  for (const [event, gain] of gains) byEvent.set(event, (byEvent.get(event) ?? 0) + gain);
  let total = 0, squares = 0;
  for (const gain of byEvent.values()) {
    total += gain;
    squares += gain ** 2;
  }
  return { total, error: Math.sqrt(squares) };
}

function sleeveGains(
  ledger: Ledger,
  eventOf: ReadonlyMap<string, string>,
): (readonly [string, number])[] {
  return ledger.contributions.map(({ marketId, drift, resolution }) =>
    [eventOf.get(marketId)!, drift + resolution] as const
  );
}

Deno.test("every method gains nothing before costs in a fair universe", () => {
  METHODS.forEach(({ key }, m) => {
    const { total, error } = gainOf(
      RUNS.flatMap(({ data, jobs, eventOf }) => sleeveGains(freeSleeve(data, jobs[m]!), eventOf)),
    );
    assert.ok(error > 0, key);
    assert.ok(Math.abs(total) <= 2 * error, `${key}: ${total} points, standard error ${error}`);
  });
});

Deno.test("a method that knows what contracts will pay gains far more than two standard errors", () => {
  const { data, jobs, eventOf, truth } = RUNS[0]!;
  const payout = new Map(truth.map((one) => [one.id, one.payout]));
  const job = jobs.find(({ method }) => method === "words_equal")!;
  const known = {
    ...job,
    dates: job.dates.map((date) => ({
      ...date,
      baskets: date.baskets.map((basket) => ({
        ...basket,
        targets: basket.targets.filter(({ marketId, side }) =>
          payout.get(marketId) === (side === "yes" ? 1 : 0)
        ),
      })),
    })),
  };
  const { total, error } = gainOf(sleeveGains(freeSleeve(data, known), eventOf));
  assert.ok(total > 3 * error, `${total} points, standard error ${error}`);
});

Deno.test("what every method loses in a fair universe beside its gains is its costs", () => {
  const { data, jobs } = RUNS[0]!;
  for (const job of jobs) {
    const paid = replayMethod(data, { ...job, isSleeveAlone: true }).at(-1)!.ledger;
    const free = freeSleeve(data, job);
    assert.deepEqual(paid.navGross, free.navGross, job.method);
    assert.deepEqual(free.nav, free.navGross, job.method);
    let gains = 0, costs = 0;
    for (const { drift, resolution, spread, fees, roll } of paid.contributions) {
      gains += drift + resolution;
      costs += spread + fees + roll;
    }
    assert.ok(costs < 0, job.method);
    assert.ok(Math.abs(paid.nav.at(-1)! - 100 - gains - costs) < 1e-10, job.method);
    assert.ok(paid.nav.every((value, t) => value < paid.navGross[t]!), job.method);
  }
});

Deno.test("a share of every target of every method pays what it costs in a fair universe", () => {
  METHODS.forEach(({ key }, m) => {
    const bets = RUNS.flatMap(({ data, jobs, eventOf, truth }) => {
      const paths = pricePaths(data);
      const payout = new Map(truth.map((one) => [one.id, one.payout]));
      return jobs[m]!.dates.flatMap(({ day, baskets }) =>
        baskets.flatMap(({ targets }) =>
          targets.flatMap(({ marketId, side }) => {
            const market = paths.indexOf.get(marketId)!, resolvedOn = paths.resolvedOn[market]!;
            if (resolvedOn !== MISSING_DAY && resolvedOn <= day + 1) return [];
            const price = paths.prices.close[lastRowAt(paths, market, day + 1)]!;
            const sign = sideSign(side);
            return [[eventOf.get(marketId)!, sign * (payout.get(marketId)! - price)] as const];
          })
        )
      );
    });
    const { total, error } = gainOf(bets);
    const said = `${key}: ${total / bets.length} a share, standard error ${error / bets.length}`;
    assert.ok(bets.length > 500, key);
    assert.ok(Math.abs(total) <= 2 * error, said);
  });
});

/** Payout less price of one share of each deadline contract, at every month end it is quoted on. */
function deadlineBets(counts: (lastDay: number, scheduledEnd: number) => boolean) {
  return RUNS.flatMap(({ data, truth, eventOf }) => {
    const kinds = new Map(truth.map((one) => [one.id, one]));
    return data.markets.flatMap(({ marketId, closesAtMs }, j) => {
      const { kind, payout } = kinds.get(marketId)!;
      const { from, to } = rowsOf(data.prices, j);
      if (kind !== "deadlines" || from === to) return [];
      if (!counts(data.prices.day[to - 1]!, dayOf(closesAtMs!))) return [];
      const bets: (readonly [string, number])[] = [];
      for (let row = from; row < to; ++row) {
        const day = data.prices.day[row]!, price = data.prices.close[row]!;
        const isMonthEnd = formatDay(day + 1).endsWith("-01");
        if (isMonthEnd && price > 0.05 && price < 0.95) {
          bets.push([eventOf.get(marketId)!, payout - price]);
        }
      }
      return bets;
    });
  });
}

Deno.test("fair deadline contracts do not decay where everything ever listed counts", () => {
  const bets = deadlineBets(() => true);
  const { total, error } = gainOf(bets);
  const said = `${total / bets.length} a share, standard error ${error / bets.length}`;
  assert.ok(bets.length > 1000, String(bets.length));
  assert.ok(Math.abs(total) <= 2 * error, said);
});

Deno.test("fair deadline contracts seem to decay where only those that reached their last week count", () => {
  const bets = deadlineBets((lastDay, scheduledEnd) => lastDay >= scheduledEnd - 7);
  const { total, error } = gainOf(bets);
  const said = `${total / bets.length} a share, standard error ${error / bets.length}`;
  assert.ok(bets.length > 500, String(bets.length));
  assert.ok(total < -4 * error, said);
});
