import assert from "node:assert/strict";
import { pricePaths } from "lib/backtest/price_paths.ts";
import { decideDates } from "lib/decide/decide_dates.ts";
import { sleevesOf } from "lib/decide/method_study.ts";
import { randomNull } from "lib/decide/random_null.ts";
import { methodJobs, randomJobs } from "lib/decide/replay_jobs.ts";
import { replayMethod } from "lib/decide/replay_method.ts";
import { decideInParallel, randomInParallel, replayInParallel } from "lib/parallel/replay.ts";
import { startWorkers } from "lib/parallel/worker_pool.ts";
import { FEW } from "../decide/analysed.ts";
import { configWith, listedCosts } from "../decide/replayed.ts";
import { MONTH_ENDS, twoThemes } from "../decide/two_themes.ts";

const DATA = twoThemes(), CONFIG = configWith(FEW), COSTS = listedCosts(DATA);
const DECISIONS = decideDates(DATA, MONTH_ENDS, { config: CONFIG });
const JOBS = methodJobs(DECISIONS, { config: CONFIG, costs: COSTS }).slice(0, 3);
const REPLAYS = JOBS.flatMap((job) => replayMethod(DATA, job));
const RANDOM = randomJobs(DECISIONS, sleevesOf(REPLAYS, "cash"), {
  ...{ config: CONFIG, costs: COSTS, paths: pricePaths(DATA) },
});

Deno.test("decisions, replays and random portfolios of workers are those of one thread, to the last bit", async () => {
  const pool = startWorkers(2);
  try {
    assert.deepEqual(await decideInParallel(DATA, MONTH_ENDS, { config: CONFIG, pool }), DECISIONS);
    assert.deepEqual(await replayInParallel(DATA, JOBS, { pool }), REPLAYS);
    assert.deepEqual(
      await randomInParallel(DATA, RANDOM, { pool }),
      RANDOM.map((job) => randomNull(DATA, job)),
    );
  } finally {
    pool.stop();
  }
});

Deno.test("decideInParallel() gives days in their order for any number of workers, a planted look-ahead too", async () => {
  const config = CONFIG, days = [MONTH_ENDS[2]!, MONTH_ENDS[0]!, MONTH_ENDS[1]!];
  for (const workers of [0, 1]) {
    const found = await decideInParallel(DATA, days, { config, workers });
    assert.deepEqual(found, [DECISIONS[2], DECISIONS[0], DECISIONS[1]]);
  }
  assert.deepEqual(await decideInParallel(DATA, [], { config, workers: 2 }), []);
  const plant = "one-day shift" as const;
  const planted = await decideInParallel(DATA, days, { config, plant, workers: 0 });
  assert.deepEqual(planted, decideDates(DATA, days, { config, plant }));
  assert.notDeepEqual(planted, [DECISIONS[2], DECISIONS[0], DECISIONS[1]]);
});

Deno.test("replayInParallel() and randomInParallel() of no job give nothing", async () => {
  assert.deepEqual(await replayInParallel(DATA, [], { workers: 2 }), []);
  assert.deepEqual(await randomInParallel(DATA, [], { workers: 2 }), []);
});
