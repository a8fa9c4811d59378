import assert from "node:assert/strict";
import {
  attributionTable,
  heldTable,
  navTable,
  rebalanceTable,
} from "lib/backtest/replay_tables.ts";
import type { BasketReplay } from "lib/backtest/basket_replay.ts";
import type { BasketDecision } from "lib/baskets/basket_decision.ts";
import type { DataSet } from "lib/core/data_set.ts";
import { dayEndMs, formatDay } from "lib/core/day.ts";
import { randomStream } from "lib/core/random.ts";
import type { DatedDecisions } from "lib/decide/decide_at.ts";
import { decideDates } from "lib/decide/decide_dates.ts";
import type { DecideConfig } from "lib/decide/decide_tools.ts";
import { METHODS } from "lib/decide/method_list.ts";
import type { MethodJob } from "lib/decide/replay_method.ts";
import { reordered } from "lib/sources/local/reordered.ts";
import { parquetBytes } from "lib/store/parquet.ts";
import { dailyCloses, type MarketFixture } from "../fixtures/data_set.ts";
import {
  CONFIG,
  configWith,
  decisionDays,
  replayed,
  replayedFree,
  simulated,
  withMarkets,
} from "./replayed.ts";

const { data: DATA } = simulated("default", "full", 7);
const DAYS = decisionDays(DATA, 3);
const PLAIN = replayed(DATA, { days: DAYS });
/** Two far apart, for what has to be decided again. */
const FEW_DAYS = [DAYS[2]!, DAYS[7]!];

function tablesOf(replays: readonly BasketReplay[]) {
  return {
    held: heldTable(replays),
    nav: navTable(replays),
    rebalances: rebalanceTable(replays),
    attribution: attributionTable(replays),
  };
}

/** Decisions of some days and the tables of two of their replays. */
function fewDays(data: DataSet, config: DecideConfig = CONFIG) {
  const { decisions, replays } = replayed(data, {
    ...{ days: FEW_DAYS, config, methods: ["clusters_risk", "hybrid_volume"] as const },
  });
  return { methods: decisions.map(({ methods }) => methods), tables: tablesOf(replays) };
}

const FEW = fewDays(DATA);

Deno.test("decisions and replays do not depend on the order in which rows arrive", () => {
  const other = reordered(DATA, randomStream(5, "rows"));
  assert.deepEqual(fewDays(other), FEW);
});

Deno.test("decisions and replays do not change with contracts that may never be held", () => {
  const day = FEW_DAYS[0]!, closesAtMs = dayEndMs(day + 400);
  const since = formatDay(day - 100), listing = { createdAtMs: dayEndMs(day - 101), closesAtMs };
  const closes = (n: number, price: (i: number) => number) =>
    dailyCloses(since, Array.from({ length: n }, (_, i) => price(i)));
  const wave = (i: number) => 0.5 + 0.3 * Math.sin(i);
  const text = (k: number) => ({
    question: `Will Bitcoin and the Fed rise ${"again ".repeat(k)}?`,
  });
  const never: Record<string, MarketFixture> = {
    "poly:0000": { ...listing, ...text(1) },
    "poly:zz01": { ...listing, ...text(2), closes: closes(600, () => 0.97) },
    "kalshi:0000": { ...listing, ...text(3), closes: closes(13, wave) },
    "kalshi:zz": {
      ...{ ...listing, ...text(4), closes: closes(90, wave), closesAtMs: dayEndMs(day - 5) },
      paid: { payout: 1, atMs: dayEndMs(day - 10) },
    },
  };
  assert.deepEqual(fewDays(withMarkets(DATA, never)), FEW);
  const held = { ...listing, ...text(5), closes: closes(600, wave) };
  assert.notDeepEqual(fewDays(withMarkets(DATA, { "poly:0000": held })), FEW);
});

Deno.test("weights do not change where all dollars and their thresholds are ten times as many", () => {
  const { activity } = DATA;
  const tenfold = (values: Float64Array | null) => values && values.map((x) => 10 * x);
  const data = {
    ...DATA,
    activity: {
      ...activity,
      volumeUsd: tenfold(activity.volumeUsd)!,
      openInterest: tenfold(activity.openInterest),
      liquidityUsd: tenfold(activity.liquidityUsd),
    },
  };
  const { min_total_volume_usd: total, min_daily_volume_usd: daily, min_open_interest_usd: open } =
    CONFIG.settings.eligibility;
  const config = configWith({
    eligibility: {
      min_total_volume_usd: 10 * total.value,
      min_daily_volume_usd: 10 * daily.value,
      min_open_interest_usd: 10 * open.value,
    },
  });
  const other = decideDates(data, FEW_DAYS, { config });
  other.forEach(({ methods }, d) =>
    methods.forEach(({ baskets, method }, m) =>
      baskets.forEach((basket, b) =>
        assertSameWeights(basket, FEW.methods[d]![m]!.baskets[b]!, method)
      )
    )
  );
  assert.notDeepEqual(decideDates(data, FEW_DAYS, { config: CONFIG })[0]!.methods, FEW.methods[0]);
});

function assertSameWeights(one: BasketDecision, other: BasketDecision, said: string): void {
  const ids = ({ targets }: BasketDecision) => targets.map(({ marketId }) => marketId);
  assert.deepEqual(ids(one), ids(other), said);
  one.targets.forEach(({ weight, marketId }, k) =>
    assert.ok(Math.abs(weight - other.targets[k]!.weight) < 1e-12, `${said}: ${marketId}`)
  );
}

/** How many decisions of each kind kept every limit. */
function countKept(decisions: readonly DatedDecisions[], { settings }: DecideConfig) {
  const limits = settings.baskets, kept = { held: 0, infeasible: 0, atCap: 0 };
  for (const { methods, offered, day } of decisions) {
    const liquidity = new Map(offered.map((one) => [one.marketId, one.liquidityUsd]));
    methods.forEach(({ baskets }, m) => {
      const { key, grouping, capsLiquidity } = METHODS[m]!, events = new Set<string>();
      for (const { basket, targets, cash, status, rules } of baskets) {
        const said = `${key}, ${basket} on ${formatDay(day)}`;
        const sum = targets.reduce((total, { weight }) => total + weight, 0);
        assert.ok(Math.abs(sum + cash - 1) <= 1e-12 && cash >= 0, said);
        ++kept[status];
        if (status === "infeasible") {
          assert.ok(rules.includes("min_markets") && targets.length === 0 && cash === 1, said);
          continue;
        }
        const isAll = grouping === "everything";
        assert.ok(targets.length >= limits.min_markets.value, said);
        assert.ok(isAll || targets.length <= limits.max_markets.value, said);
        const known = (id: string) => liquidity.get(id)! || 0;
        const all = targets.reduce((total, { marketId }) => total + known(marketId), 0);
        for (const { marketId, eventId, weight } of targets) {
          assert.ok(!events.has(eventId), `${said}: ${eventId} twice`);
          events.add(eventId);
          assert.ok(weight > 0 && weight <= limits.max_weight.value + 1e-12, `${said}: ${weight}`);
          assert.ok(isAll || weight >= limits.min_weight.value - 1e-12, `${said}: ${weight}`);
          if (weight > limits.max_weight.value - 1e-9) ++kept.atCap;
          if (!capsLiquidity || Number.isNaN(liquidity.get(marketId)!)) continue;
          const most = limits.liquidity_multiple.value * known(marketId) / all;
          assert.ok(weight <= most + 1e-12, `${said}: ${marketId} ${weight} > ${most}`);
        }
        const venues = Map.groupBy(targets, ({ venue }) => venue);
        for (const own of venues.values()) {
          const share = own.reduce((total, { weight }) => total + weight, 0);
          assert.ok(share <= limits.max_venue_weight.value + 1e-12, `${said}: ${share}`);
        }
      }
    });
  }
  return kept;
}

Deno.test("every decision of every method keeps every limit after the last step, with cash as the slack", () => {
  const { held, atCap } = countKept(PLAIN.decisions, CONFIG);
  assert.ok(held > 500 && atCap > 100, `${held} ${atCap}`);
});

Deno.test("every decision under tight limits keeps them or is infeasible and names the rule", () => {
  const tight = configWith({
    baskets: {
      ...{ max_weight: 0.12, min_weight: 0.05, min_markets: 8, max_markets: 9 },
      liquidity_multiple: 1.2,
    },
  });
  const venue = configWith({ baskets: { max_venue_weight: 0.5, max_weight: 0.1 } });
  const counts = [tight, venue].map((config) =>
    countKept(decideDates(DATA, FEW_DAYS, { config }), config)
  );
  const said = JSON.stringify(counts);
  assert.ok(counts.every(({ held, atCap }) => held > 0 && atCap > 0), said);
  assert.ok(counts[0]!.infeasible > 0, said);
});

Deno.test("what is held after every trade date and its cash add up to the whole", () => {
  for (const { ledger, method, basket } of PLAIN.replays) {
    const byDate = Map.groupBy(ledger.held, ({ date }) => date);
    for (const { date, cashWeight, nHeld } of ledger.rebalances) {
      const rows = (byDate.get(date) ?? []).filter(({ weight }) => weight > 0);
      const sum = rows.reduce((total, { weight }) => total + weight, 0);
      assert.equal(rows.length, nHeld, `${method} ${basket}`);
      assert.ok(Math.abs(sum + cashWeight - 1) <= 1e-12, `${method} ${basket} ${sum}`);
    }
  }
});

Deno.test("the attribution of every basket adds up to the change of its NAV, and no cost is negative", () => {
  assert.ok(PLAIN.replays.length > 300);
  for (const { ledger, method, basket, policy } of PLAIN.replays) {
    const said = `${method} ${basket} ${policy}`;
    let sum = ledger.interest;
    for (const { drift, resolution, spread, fees, roll } of ledger.contributions) {
      sum += drift + resolution + spread + fees + roll;
      assert.ok(spread <= 0 && fees <= 0 && roll <= 0, said);
    }
    assert.ok(Math.abs(ledger.nav.at(-1)! - 100 - sum) < 1e-10, `${said}: ${sum}`);
    for (const { spreadCost, feeCost, rollCost } of ledger.rebalances) {
      assert.ok(spreadCost >= 0 && feeCost >= 0 && rollCost >= 0, said);
      assert.ok(rollCost <= spreadCost + feeCost + 1e-15, said);
    }
    assert.ok(ledger.nav.every((value, t) => value <= ledger.navGross[t]!), said);
  }
});

function freeSleeves(job: MethodJob, from: number, to: number): readonly BasketReplay[] {
  const dates = job.dates.slice(from, to);
  return replayedFree(DATA, { ...job, dates, isSleeveAlone: job.method !== "all_equal" });
}

Deno.test("NAVs without costs are continuous at every trade date, and half periods chain to the whole", () => {
  for (const key of ["hybrid_risk", "all_equal"] as const) {
    const job = PLAIN.jobs.find(({ method }) => method === key)!;
    const whole = freeSleeves(job, 0, DAYS.length);
    for (let k = 1; k < DAYS.length; ++k) {
      const date = DAYS[k]! + 1;
      const before = freeSleeves(job, 0, k), after = freeSleeves(job, k, DAYS.length);
      whole.forEach(({ ledger, policy }, i) => {
        const said = `${key} ${policy} on ${formatDay(date)}`;
        assert.deepEqual(ledger.nav, ledger.navGross, said);
        const at = date - ledger.firstDay, kept = before[i]!.ledger.navGross[at]!;
        assert.ok(Math.abs(ledger.navGross[at]! - kept) < 1e-10, said);
        const second = after[i]!.ledger;
        assert.equal(second.firstDay, date, said);
        second.navGross.forEach((level, t) => {
          const linked = kept * level / 100;
          assert.ok(Math.abs(linked - ledger.navGross[at + t]!) < 1e-9, `${said}, ${t} days later`);
        });
      });
    }
  }
});

Deno.test("the tables of a second run are the same to the last byte", () => {
  const again = tablesOf(replayed(DATA, { days: DAYS }).replays);
  const first = tablesOf(PLAIN.replays);
  for (const name of ["held", "nav", "rebalances", "attribution"] as const) {
    assert.ok(first[name].nRows > 0, name);
    assert.deepEqual(parquetBytes(again[name]), parquetBytes(first[name]), name);
  }
});
