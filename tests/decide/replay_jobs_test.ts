import assert from "node:assert/strict";
import { cellAt, columnOf } from "lib/core/table.ts";
import { dayStartMs, parseDay } from "lib/core/day.ts";
import { METHODS } from "lib/decide/method_list.ts";
import { sleevesOf } from "lib/decide/method_study.ts";
import { randomNull } from "lib/decide/random_null.ts";
import { methodJobs, randomJobs, replayData } from "lib/decide/replay_jobs.ts";
import { replayMethod } from "lib/decide/replay_method.ts";
import { randomTable } from "lib/decide/backtest_tables.ts";
import { randomBand } from "lib/decide/backtest_views.ts";
import { pricePaths } from "lib/backtest/price_paths.ts";
import { FEW } from "./analysed.ts";
import { configWith, decisionDays, listedCosts, replayed, simulated } from "./replayed.ts";
import { MONTH_ENDS, twoThemes } from "./two_themes.ts";

const CONFIG = configWith(FEW);
const { data: DATA } = simulated("default", "full", 7);
const RUN = replayed(DATA, {
  ...{ days: decisionDays(DATA, 6), config: CONFIG },
  methods: ["words_equal", "clusters_risk", "hybrid_min_variance"],
});
const PATHS = pricePaths(DATA), COSTS = listedCosts(DATA);
const SLEEVES = sleevesOf(RUN.replays, "cash");
const JOBS = randomJobs(RUN.decisions, SLEEVES, { config: CONFIG, costs: COSTS, paths: PATHS });

Deno.test("methodJobs() gives each method its own decisions of all dates, with their pools", () => {
  const jobs = methodJobs(RUN.decisions, { config: CONFIG, costs: COSTS });
  assert.deepEqual(jobs.map(({ method }) => method), METHODS.map(({ key }) => key));
  for (const { method, dates, config, costs } of jobs) {
    assert.ok(config === CONFIG && costs === COSTS);
    assert.deepEqual(dates.map(({ day }) => day), RUN.decisions.map(({ day }) => day));
    dates.forEach(({ baskets, pool }, d) => {
      const { methods, pool: own } = RUN.decisions[d]!;
      assert.equal(baskets, methods.find((one) => one.method === method)!.baskets);
      assert.equal(pool, own);
    });
  }
});

Deno.test("replayData() leaves out what no replay reads: every replay is the same, emergencies too", () => {
  const lean = replayData(DATA);
  assert.ok(lean.markets.every(({ description }) => description === null));
  assert.ok(DATA.markets.some(({ description }) => description !== null));
  assert.ok(
    RUN.replays.some(({ ledger }) => ledger.rebalances.some(({ kind }) => kind === "emergency")),
  );
  assert.deepEqual(RUN.jobs.flatMap((job) => replayMethod(lean, job)), RUN.replays);
});

Deno.test("randomJobs() takes as many contracts and as much cash as the sleeve on its scheduled trade dates", () => {
  assert.equal(JOBS.length, 3);
  JOBS.forEach(({ dates, from, to }, k) => {
    const { ledger } = SLEEVES[k]!;
    const scheduled = ledger.rebalances.filter(({ kind }) => kind === "scheduled");
    assert.deepEqual([from, to], [0, 12]);
    assert.equal(dates.length, scheduled.length);
    dates.forEach(({ tradedOn, contracts, held }, d) => {
      const { date, decidedOn, nHeld, cashWeight } = scheduled[d]!;
      assert.equal(tradedOn, date);
      assert.equal(held.length, nHeld);
      const invested = held.reduce((sum, { weight }) => sum + weight, 0);
      assert.ok(Math.abs(invested - (1 - cashWeight)) < 1e-9, `${invested} ${cashWeight}`);
      assert.equal(contracts, RUN.decisions.find(({ day }) => day === decidedOn)!.offered);
    });
  });
});

Deno.test("randomJobs() leaves out the trade dates of emergencies", () => {
  const [sleeve] = SLEEVES, { ledger } = sleeve!, [first] = ledger.rebalances;
  const emergency = { ...first!, kind: "emergency" as const, decidedOn: first!.date + 20 };
  const rebalances = [
    first!,
    { ...emergency, date: first!.date + 21 },
    ...ledger.rebalances.slice(1),
  ];
  const [job] = randomJobs(RUN.decisions, [{ ...sleeve!, ledger: { ...ledger, rebalances } }], {
    ...{ config: CONFIG, costs: COSTS, paths: PATHS },
  });
  assert.deepEqual(job!.dates, JOBS[0]!.dates);
});

Deno.test("randomJobs() holds at the sleeve's side prices of the trade date, hand-worked", () => {
  const data = twoThemes((k) => k % 2 === 0 ? {} : { outcome: "No" });
  const { decisions, replays } = replayed(data, {
    ...{ days: MONTH_ENDS.slice(0, 1), config: CONFIG, methods: ["words_equal"] as const },
  });
  const [job] = randomJobs(decisions, sleevesOf(replays, "cash"), {
    ...{ config: CONFIG, costs: listedCosts(data), paths: pricePaths(data) },
  });
  const { held } = replays.at(-2)!.ledger;
  assert.deepEqual(new Set(held.map(({ side }) => side)), new Set(["yes", "no"]));
  const closes = columnAt(data, parseDay("2025-02-01"));
  assert.deepEqual(
    job!.dates[0]!.held.map(({ sidePrice }) => sidePrice),
    held.map(({ marketId, side }) =>
      side === "yes" ? closes.get(marketId) : 1 - closes.get(marketId)!
    ),
  );
});

function columnAt({ markets, prices }: typeof DATA, day: number): Map<string, number> {
  return new Map(markets.map(({ marketId }, j) => {
    const row = prices.day.indexOf(day, prices.offsets[j]!);
    return [marketId, prices.close[row]!];
  }));
}

Deno.test("randomNull() trades from the sleeve's first day to the last at the costs of the replay", () => {
  JOBS.forEach((job, k) => {
    const { ledger } = SLEEVES[k]!, { firstDay, nDays, nav, navGross } = randomNull(DATA, job);
    assert.deepEqual([firstDay, nDays], [ledger.firstDay, ledger.nav.length]);
    assert.equal(nav.length, 12 * nDays);
    assert.ok(nav.every((value, i) => value <= navGross[i]! + 1e-9 && value > 0));
    const bought = Array.from({ length: 12 }, (_, draw) => nav[draw * nDays]!);
    assert.ok(bought.every((value) => value < 100 && value > 90), bought.join());
    assert.ok(new Set(bought).size > 1);
  });
});

Deno.test("randomNull() of a few draws is a part of all draws, and depends on the seed", () => {
  const [job] = JOBS, whole = randomNull(DATA, job!);
  const part = randomNull(DATA, { ...job!, from: 3, to: 5 });
  assert.deepEqual(part.nav, whole.nav.slice(3 * whole.nDays, 5 * whole.nDays));
  const other = randomNull(DATA, { ...job!, seed: 8, from: 3, to: 5 });
  assert.notDeepEqual(other.nav, part.nav);
});

Deno.test("randomNull() of a sleeve that never held anything is cash", () => {
  const data = twoThemes(() => ({ paid: { payout: 0, atMs: dayStartMs(parseDay("2025-01-02")) } }));
  const { decisions, replays } = replayed(data, {
    ...{ days: MONTH_ENDS, config: CONFIG, methods: ["words_equal"] as const },
  });
  const jobs = randomJobs(decisions, sleevesOf(replays, "cash"), {
    ...{ config: CONFIG, costs: listedCosts(data), paths: pricePaths(data) },
  });
  assert.deepEqual(jobs.map(({ dates }) => dates), [[]]);
  const { nav, nDays } = randomNull(data, jobs[0]!);
  assert.equal(nDays, 1);
  assert.ok(nav.every((value) => value === 100));
});

Deno.test("randomBand() gives the percentiles of each day over the draws, hand-worked", () => {
  const nDraws = 21, nDays = 2, nav = new Float64Array(nDraws * nDays);
  for (let b = 0; b < nDraws; ++b) {
    nav[b * nDays] = 100;
    nav[b * nDays + 1] = 90 + (b * 8) % nDraws;
  }
  const { low, mid, high } = randomBand({ ...{ nav, navGross: nav, nDays, firstDay: 0 } });
  assert.deepEqual([[...low], [...mid], [...high]], [[100, 91], [100, 100], [100, 109]]);
});

Deno.test("randomTable() has a row a method and day", () => {
  const band = (first: number) => ({
    ...{ low: Float64Array.of(first, 1), mid: Float64Array.of(first, 2) },
    high: Float64Array.of(first, 3),
  });
  const { nRows, columns } = randomTable([
    { method: "a", firstDay: 20000, ...band(7) },
    { method: "b", firstDay: 20010, ...band(8) },
  ]);
  const rows = Array.from(
    { length: nRows },
    (_, row) => Object.values(columns).map((column) => cellAt(column, row)),
  );
  assert.deepEqual(rows.map(([method, , ...values]) => [method, ...values]), [
    ["a", 7, 7, 7],
    ["a", 1, 2, 3],
    ["b", 8, 8, 8],
    ["b", 1, 2, 3],
  ]);
  assert.deepEqual([
    ...columnOf(randomTable([{ method: "a", firstDay: 20000, ...band(7) }]), "date", "date").values,
  ], [20000, 20001]);
  assert.equal(randomTable([]).nRows, 0);
});
