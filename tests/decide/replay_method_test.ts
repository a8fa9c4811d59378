import assert from "node:assert/strict";
import type { BasketReplay } from "lib/backtest/basket_replay.ts";
import type { Ledger } from "lib/backtest/ledger.ts";
import type { BenchmarkSeries, DataSet } from "lib/core/data_set.ts";
import { dayStartMs, formatDay, parseDay } from "lib/core/day.ts";
import { SLEEVE } from "lib/decide/method_list.ts";
import { methodJobs } from "lib/decide/replay_jobs.ts";
import { replayMethod } from "lib/decide/replay_method.ts";
import type { MarketFixture } from "../fixtures/data_set.ts";
import { FEW } from "./analysed.ts";
import { configWith, listedCosts, replayed, replayedFree, type SettingValues } from "./replayed.ts";
import { IDS, MONTH_ENDS, priceOf, twoThemes } from "./two_themes.ts";

const THEMES = ["crypto_digital", "russia_ukraine"] as const;

function run(data: DataSet, values: SettingValues = {}) {
  const config = configWith({
    ...FEW,
    ...values,
    backtest: { ...FEW.backtest, ...values.backtest },
  });
  const { decisions, jobs, replays } = replayed(data, {
    ...{ days: MONTH_ENDS, config, methods: ["words_equal"] as const },
  });
  return { decisions, job: jobs[0]!, replays, config };
}

function ledgerOf(
  replays: readonly BasketReplay[],
  basket: string,
  policy: BasketReplay["policy"] = "cash",
): Ledger {
  return replays.find((one) => one.basket === basket && one.policy === policy)!.ledger;
}

function tradesOf({ rebalances }: Ledger): string[] {
  return rebalances.map(({ date, kind, status, nHeld }) =>
    `${formatDay(date)} ${kind} ${status} ${nHeld}`
  );
}

function near(value: number, expected: number, message = ""): void {
  assert.ok(Math.abs(value - expected) < 1e-9, `${message} ${value}, not ${expected}`);
}

function paidOn(date: string, payout = 1): Pick<MarketFixture, "paid"> {
  return { paid: { payout, atMs: dayStartMs(parseDay(date)) } };
}

Deno.test("replayMethod() gives each basket and then the sleeve, each under both policies", () => {
  const { replays } = run(twoThemes());
  assert.deepEqual(
    replays.map(({ method, basket, policy, name }) => `${method} ${basket} ${policy}: ${name}`),
    [
      "words_equal crypto_digital cash: Crypto & Digital Assets",
      "words_equal crypto_digital redistribute: Crypto & Digital Assets",
      "words_equal russia_ukraine cash: Russia-Ukraine Conflict",
      "words_equal russia_ukraine redistribute: Russia-Ukraine Conflict",
      "words_equal all cash: Words, equal",
      "words_equal all redistribute: Words, equal",
    ],
  );
});

Deno.test("replayMethod() of the sleeve holds the mean of the held baskets", () => {
  const { replays } = run(twoThemes());
  const baskets = THEMES.map((theme) => ledgerOf(replays, theme)),
    sleeve = ledgerOf(replays, SLEEVE);
  for (const [date] of Map.groupBy(sleeve.held, (row) => row.date)) {
    const rowsOf = ({ held }: Ledger) => held.filter((row) => row.date === date);
    const weightOf = new Map(rowsOf(sleeve).map(({ marketId, weight }) => [marketId, weight]));
    const own = baskets.flatMap(rowsOf);
    assert.deepEqual([...weightOf.keys()].sort(), own.map(({ marketId }) => marketId).sort());
    for (const { marketId, weight } of own) near(weightOf.get(marketId)!, weight / 2, marketId);
  }
});

Deno.test("replayMethod() of the sleeve grows from trade to trade as the mean of its baskets, free of costs", () => {
  const { job } = run(twoThemes((k) => k === 7 || k === 3 ? paidOn("2025-03-12", 0.4) : {}), {
    baskets: { min_markets: 4 },
  });
  const replays = replayedFree(twoThemes(), job);
  for (const policy of ["cash", "redistribute"] as const) {
    const sleeve = ledgerOf(replays, SLEEVE, policy);
    const baskets = THEMES.map((theme) => ledgerOf(replays, theme, policy));
    const starts = sleeve.rebalances.map(({ date }) => date - sleeve.firstDay);
    const grownOf = ({ nav }: Ledger, t: number, from: number) => nav[t]! / nav[from]!;
    sleeve.nav.forEach((_, t) => {
      const from = starts.findLast((start) => start <= t)!;
      const mean = baskets.reduce((sum, one) => sum + grownOf(one, t, from) / 2, 0);
      near(grownOf(sleeve, t, from), mean, `${policy} ${t}`);
    });
  }
});

Deno.test("replayMethod() keeps a basket that vanishes as cash, and the sleeve goes on without it", () => {
  // three of five are paid: what is left has too few contracts at the next decision
  const { replays, decisions } = run(
    twoThemes((k) => k >= 6 && k !== 7 && k < 10 ? paidOn("2025-03-20") : {}),
  );
  const held = decisions.map(({ methods }) =>
    methods.find(({ method }) => method === "words_equal")!.baskets.map(({ basket }) => basket)
  );
  assert.deepEqual(held, [[...THEMES], [...THEMES], [THEMES[0]], [THEMES[0]]]);
  for (const policy of ["cash", "redistribute"] as const) {
    const gone = ledgerOf(replays, THEMES[1], policy);
    assert.deepEqual(tradesOf(gone), [
      "2025-02-01 scheduled held 5",
      "2025-03-01 scheduled held 5",
      "2025-04-01 scheduled infeasible 0",
      "2025-05-01 scheduled infeasible 0",
    ]);
    assert.deepEqual(gone.rebalances[2]!.rules, ["min_markets"]);
    const from = parseDay("2025-04-01") - gone.firstDay;
    for (let t = from; t < gone.nav.length; ++t) {
      assert.deepEqual([gone.nav[t], gone.cash[t], gone.nLive[t]], [gone.nav[from], 1, 0]);
    }
  }
  const sleeve = ledgerOf(replays, SLEEVE), other = ledgerOf(replays, THEMES[0]);
  const may = (ledger: Ledger) =>
    ledger.held.filter(({ date }) => date === parseDay("2025-05-01"))
      .map(({ marketId, weight }) => [marketId, weight]);
  assert.deepEqual(may(sleeve), may(other));
});

Deno.test("replayMethod() begins a basket when it is first held, not when it is first decided", () => {
  const late = (k: number, { closes }: MarketFixture) =>
    k < 6
      ? {}
      : { closes: Object.fromEntries(Object.entries(closes!).filter(([d]) => d > "2025-03-05")) };
  const { replays } = run(twoThemes(late));
  assert.deepEqual(tradesOf(ledgerOf(replays, THEMES[1])), [
    "2025-04-01 scheduled held 5",
    "2025-05-01 scheduled held 5",
  ]);
  assert.equal(formatDay(ledgerOf(replays, THEMES[1]).firstDay), "2025-04-01");
  assert.equal(formatDay(ledgerOf(replays, SLEEVE).firstDay), "2025-02-01");
});

/** Crypto contracts of which two are paid; one is young at the decision, one is listed after it. */
function withEmergency(): DataSet {
  const since = (first: string, { closes }: MarketFixture) =>
    Object.fromEntries(Object.entries(closes!).filter(([date]) => date >= first));
  return twoThemes((k, market) => {
    if (k < 2) return paidOn("2025-03-12");
    if (k === 6) {
      return { question: "Will Litecoin reach $500?", closes: since("2025-02-20", market) };
    }
    if (k !== 7) return {};
    return {
      ...{ question: "Will Monero reach $900?", closes: since("2025-02-20", market) },
      createdAtMs: dayStartMs(parseDay("2025-03-02")),
    };
  });
}

Deno.test("replayMethod() decides an emergency from the last decision's pool and trades it the next day", () => {
  const data = withEmergency(), { replays, decisions } = run(data);
  const { pool, offered } = decisions[1]!;
  assert.ok(pool.marketIds.includes(IDS[6]!) && !pool.marketIds.includes(IDS[7]!));
  assert.ok(!offered.some(({ marketId }) => marketId === IDS[6]));
  const may = decisions[2]!.offered.map(({ marketId }) => marketId);
  assert.ok(may.includes(IDS[6]!) && may.includes(IDS[7]!));
  for (const policy of ["cash", "redistribute"] as const) {
    const ledger = ledgerOf(replays, THEMES[0], policy);
    assert.deepEqual(tradesOf(ledger), [
      "2025-02-01 scheduled held 6",
      "2025-03-01 scheduled held 6",
      "2025-03-13 emergency held 5",
      "2025-04-01 scheduled held 6",
      "2025-05-01 scheduled held 6",
    ]);
    const emergency = ledger.rebalances[2]!;
    assert.equal(emergency.date - emergency.decidedOn, 1);
    const bought = ledger.held.filter(({ date }) => date === emergency.date);
    assert.deepEqual(bought.map(({ marketId }) => marketId), [2, 3, 4, 5, 6].map((k) => IDS[k]));
    assert.ok(bought.every(({ weight }) => Math.abs(weight - 0.2) < 1e-12));
    assert.deepEqual(ledger.refusals, []);
  }
});

Deno.test("replayMethod() trades an emergency at the closes of the next day, hand-worked", () => {
  const data = withEmergency(), { job } = run(data);
  const { navGross, firstDay } = ledgerOf(replayedFree(data, job), THEMES[0]);
  const at = (date: string) => navGross[parseDay(date) - firstDay]!;
  const growth = [2, 3, 4, 5, 6].reduce((sum, k) => {
    const days = (date: string) => parseDay(date) - parseDay("2025-01-01");
    return sum + priceOf(k, days("2025-03-20")) / priceOf(k, days("2025-03-13")) / 5;
  }, 0);
  near(at("2025-03-20"), at("2025-03-13") * growth);
});

Deno.test("replayMethod() of the sleeve alone is the sleeve under the default policy", () => {
  const data = withEmergency(), { job, replays } = run(data);
  assert.deepEqual(replayMethod(data, { ...job, isSleeveAlone: true }), [
    replays.find(({ basket, policy }) => basket === SLEEVE && policy === "cash"),
  ]);
});

Deno.test("replayMethod() of all markets has the sleeve only; of no date nothing lives", () => {
  const data = twoThemes(), { decisions, config } = run(data);
  const jobs = methodJobs(decisions, { config, costs: listedCosts(data) });
  const all = replayMethod(data, jobs.find(({ method }) => method === "all_equal")!);
  assert.deepEqual(all.map(({ basket, policy }) => `${basket} ${policy}`), [
    "all cash",
    "all redistribute",
  ]);
  const none = replayMethod(data, { ...jobs[0]!, dates: [] });
  assert.deepEqual(none.map(({ ledger }) => ledger.nav.length), [0, 0]);
});

Deno.test("replayMethod() pays interest on cash where the settings say so", () => {
  const bills: BenchmarkSeries = {
    ...{ symbol: "^IRX", kind: "yield" },
    day: Int32Array.of(parseDay("2024-12-01")),
    close: Float64Array.of(365.25),
  };
  const data = twoThemes((k) => k < 6 ? paidOn("2025-03-15") : {}, [bills]);
  const zero = ledgerOf(run(data).replays, THEMES[0]);
  const paid = ledgerOf(run(data, { backtest: { cash_rate: "tbill" } }).replays, THEMES[0]);
  const rate = ({ nav, firstDay }: Ledger) => {
    const t = parseDay("2025-03-20") - firstDay;
    return nav[t]! / nav[t - 1]! - 1;
  };
  assert.equal(zero.interest, 0);
  near(rate(zero), 0);
  near(rate(paid), 0.01);
  assert.ok(paid.interest > 0);
});

Deno.test("replayMethod() takes the venue's fee by the theme of each market", () => {
  const data = twoThemes(), { job } = run(data, { backtest: { fee_model: "venue" } });
  const { venues: { polymarket, kalshi }, flatShare } = job.costs.fees;
  // the first schedule knew no fees
  const latest = { ...polymarket.schedules.at(-1)!, fromDay: 0 };
  const fees = {
    flatShare,
    venues: { kalshi, polymarket: { ...polymarket, schedules: [latest] } },
  };
  const feesOf = (theme: string | null) => {
    const costs = { fees, themes: data.markets.map(() => theme) };
    return ledgerOf(replayMethod(data, { ...job, costs }), THEMES[0]).rebalances
      .reduce((sum, { feeCost }) => sum + feeCost, 0);
  };
  const paid = ["crypto_digital", "fed_monetary_policy", "russia_ukraine", null].map(feesOf);
  assert.equal(paid[2], 0);
  assert.ok(paid[0]! > paid[1]! && paid[1]! > 0, paid.join());
  assert.ok(paid[3]! > 0);
});

Deno.test("replayMethod() keeps hostile names as text", () => {
  const name = `a;b=c</td> "basket=x"`, data = twoThemes(), { job } = run(data);
  const dates = job.dates.map(({ baskets, ...date }) => ({
    ...date,
    baskets: baskets.map((one) => ({ ...one, name })),
  }));
  const [first] = replayMethod(data, { ...job, dates });
  assert.equal(first!.name, name);
});
