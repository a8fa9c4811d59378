import assert from "node:assert/strict";
import type { Ledger } from "lib/backtest/ledger.ts";
import { dayEndMs, dayStartMs, formatDay, parseDay } from "lib/core/day.ts";
import { METHODS, SLEEVE } from "lib/decide/method_list.ts";
import { selectMarkets } from "lib/universe/select_markets.ts";
import { dailyCloses, dataSetFixture, type MarketFixture } from "../fixtures/data_set.ts";
import { configWith, replayed, type SettingValues } from "./replayed.ts";

const FIRST = "2025-01-01", N_DAYS = 151;
const DAYS = ["2025-01-31", "2025-02-28", "2025-03-31", "2025-04-30"].map(parseDay);
const KEYS = ["words_equal", "hybrid_risk", "all_equal"] as const;
/** Of one theme, each an event of its own; words hold the quoted outcome of all of them. */
const QUESTIONS = [
  "Will Bitcoin reach $150k?",
  "Will Ethereum flip Bitcoin?",
  "Will a Solana ETF be approved?",
  "Will Dogecoin hit $1?",
  "Will XRP reach a new all-time high?",
  "Will Cardano rally?",
];

function price(k: number, t: number): number {
  return Math.round(1000 * (0.5 + 0.2 * Math.sin(t * (0.1 + 0.03 * k) + k))) / 1000;
}

/** Six contracts with a price on each day, changed market by market. */
function made(change: (k: number, market: MarketFixture) => Partial<MarketFixture> = () => ({})) {
  return dataSetFixture(Object.fromEntries(QUESTIONS.map((question, k) => {
    const market = {
      ...{ question, eventId: `event ${k}`, createdAtMs: 0 },
      closesAtMs: dayEndMs(parseDay("2025-12-31")),
      closes: dailyCloses(FIRST, Array.from({ length: N_DAYS }, (_, t) => price(k, t))),
    };
    return [`poly:${k}`, { ...market, ...change(k, market) }];
  })));
}

/** The closes of a market without those that a test on their ISO date refuses. */
function pricedWhere({ closes }: MarketFixture, keep: (date: string) => boolean) {
  return { closes: Object.fromEntries(Object.entries(closes!).filter(([date]) => keep(date))) };
}

/** Decisions, and the ledgers of the one basket of a theme under both policies. */
function held(data: ReturnType<typeof dataSetFixture>, values: SettingValues = {}) {
  const config = configWith(values);
  const { decisions, replays } = replayed(data, { days: DAYS, config, methods: KEYS });
  const [cash, redistribute] = replays
    .filter(({ method, basket }) => method === "words_equal" && basket !== SLEEVE)
    .map(({ ledger }) => ledger);
  for (const { ledger, method, basket } of replays) {
    const wrong = [...ledger.nav, ...ledger.navGross].find((x) => !(x >= 0 && x < Infinity));
    assert.equal(wrong, undefined, `${method} ${basket}`);
    const sum = ledger.contributions.reduce(
      (total, one) => total + one.drift + one.resolution + one.spread + one.fees + one.roll,
      ledger.interest,
    );
    const change = (ledger.nav.at(-1) ?? 100) - 100;
    assert.ok(Math.abs(change - sum) < 1e-10, `${method} ${basket}: ${change} and ${sum}`);
  }
  return { decisions, replays, cash: cash!, redistribute: redistribute! };
}

function at(
  ledger: Ledger,
  name: "navGross" | "nav" | "nLive" | "cash" | "oldestMark",
  date: string,
) {
  return ledger[name][parseDay(date) - ledger.firstDay]!;
}

function tradesOf({ rebalances }: Ledger): string[] {
  return rebalances.map(({ date, kind, status, nHeld, rules }) =>
    [formatDay(date), kind, status, nHeld, ...rules].join(" ")
  );
}

const ALWAYS = ["02", "03", "04", "05"].map((m) => `2025-${m}-01 scheduled held 6`);

function near(value: number, expected: number): void {
  assert.ok(Math.abs(value - expected) < 1e-9, `${value}, not ${expected}`);
}

Deno.test("six contracts that trade every day are held from the first decision on", () => {
  const { cash, redistribute, decisions } = held(made());
  assert.deepEqual([tradesOf(cash), tradesOf(redistribute)], [ALWAYS, ALWAYS]);
  assert.ok(cash.held.every(({ side }) => side === "yes"));
  // neither activity nor benchmarks are known: what is unknown is said and passes
  const unknown = decisions[0]!.funnel.filter(({ nUnknown }) => nUnknown === 6);
  assert.deepEqual(
    unknown.map(({ filter }) => filter),
    ["total_volume", "recent_volume", "liquidity"],
  );
  const volume = METHODS.findIndex(({ key }) => key === "hybrid_volume");
  const [basket] = decisions[0]!.methods[volume]!.baskets;
  assert.ok(basket!.targets.every(({ reason }) => reason.endsWith(";volume=unknown")));
});

Deno.test("without benchmarks there are no loadings to group by, and the factor clusters' sleeve stays cash", () => {
  const { decisions, replays } = replayed(made(), { days: DAYS, methods: ["factors_risk"] });
  for (const { methods, pool } of decisions) {
    const { baskets, flagged } = methods.find(({ method }) => method === "factors_risk")!;
    assert.deepEqual([baskets, flagged, pool.groups.factors.baskets], [[], [], []]);
  }
  assert.deepEqual(replays.map(({ basket }) => basket), [SLEEVE, SLEEVE]);
  assert.ok(replays.every(({ ledger }) => ledger.held.length === 0 && ledger.nav.length === 0));
});

Deno.test("a basket whose contracts all resolve NO loses everything, and held NO it gains the complement", () => {
  const paid = { payout: 0, atMs: dayStartMs(parseDay("2025-03-10")) };
  const yes = held(made(() => ({ paid }))), no = held(made(() => ({ paid, outcome: "No" })));
  for (const [k, one] of yes.replays.entries()) {
    const other = no.replays[k]!, { method, basket } = one;
    assert.deepEqual([other.method, other.basket], [method, basket]);
    if (one.ledger.held.length === 0) continue;
    near(at(one.ledger, "navGross", "2025-03-10"), 0);
    near(one.ledger.nav.at(-1)!, 0);
    assert.ok(other.ledger.held.every(({ side }) => side === "no"), `${method} ${basket}`);
    // from the last trade date on: a share of NO earns what a share of YES costs
    const before = at(other.ledger, "navGross", "2025-03-01");
    const bought = other.ledger.held.filter(({ date }) => date === parseDay("2025-03-01"));
    const gain = bought.reduce((sum, { marketId, weight }) => {
      const p = price(Number(marketId.slice(5)), 59);
      return sum + before * weight / (1 - p) * p;
    }, 0);
    near(at(other.ledger, "navGross", "2025-03-10"), before + gain);
  }
});

Deno.test("no contract is ever eligible: no basket, and the funnel says which filter left none", () => {
  const { decisions, replays } = held(
    made(() => ({
      closes: dailyCloses(FIRST, Array.from({ length: N_DAYS }, (_, t) => 0.96 + t % 3 / 100)),
    })),
  );
  assert.ok(replays.every(({ ledger }) => ledger.nav.length === 0 && ledger.held.length === 0));
  for (const { funnel, methods, offered } of decisions) {
    assert.deepEqual(funnel.map(({ nLeft }) => nLeft), [6, 6, 6, 6, 6, 6, 0, 0]);
    assert.ok(offered.length === 0 && methods.every(({ baskets }) => baskets.length === 0));
  }
});

Deno.test("no contract is eligible at one date: everything is sold, with the rule, and bought back later", () => {
  const { cash, decisions } = held(made((_, { closes }) => ({
    closes: { ...closes, "2025-03-31": 0.97 },
  })));
  assert.equal(decisions[2]!.funnel.at(-1)!.nLeft, 0);
  assert.deepEqual(tradesOf(cash).slice(2), [
    "2025-04-01 scheduled infeasible 0 min_markets",
    "2025-05-01 scheduled held 6",
  ]);
  const sold = cash.held.filter(({ date }) => date === parseDay("2025-04-01"));
  assert.deepEqual(
    sold.map(({ weight, reason }) => [weight, reason]),
    QUESTIONS.map(() => [0, "sold=infeasible"]),
  );
  assert.equal(at(cash, "cash", "2025-04-15"), 1);
  assert.equal(at(cash, "nav", "2025-04-01"), at(cash, "nav", "2025-04-30"));
});

Deno.test("a month without prices: marks stand with their age, holdings are carried at no cost", () => {
  const { cash, decisions } = held(
    made((_, market) => pricedWhere(market, (date) => date < "2025-03-02" || date > "2025-04-02")),
  );
  const fresh = decisions[2]!.funnel.at(-1)!;
  assert.deepEqual([fresh.filter, fresh.nFail, fresh.nLeft], ["fresh", 6, 0]);
  assert.deepEqual(tradesOf(cash).slice(2), [
    "2025-04-01 scheduled infeasible 6 min_markets",
    "2025-05-01 scheduled held 6",
  ]);
  const { traded, spreadCost, feeCost } = cash.rebalances[2]!;
  assert.deepEqual([traded, spreadCost, feeCost], [0, 0, 0]);
  const carried = cash.held.filter(({ date }) => date === parseDay("2025-04-01"));
  assert.ok(carried.every(({ reason, weight }) => reason === "carried=stale price" && weight > 0));
  near(at(cash, "nav", "2025-04-02"), at(cash, "nav", "2025-03-01"));
  assert.equal(at(cash, "oldestMark", "2025-04-02"), 32);
  near(cash.staleShare[parseDay("2025-04-02") - cash.firstDay]!, 1);
  assert.equal(at(cash, "oldestMark", "2025-04-03"), 0);
});

Deno.test("every contract resolves on one day: all is cash, and the emergency that finds nothing is logged", () => {
  const { cash, redistribute } = held(made((k) => ({
    paid: { payout: k % 2, atMs: dayStartMs(parseDay("2025-03-15")) + 1 },
  })));
  for (const ledger of [cash, redistribute]) {
    assert.deepEqual(ledger.refusals, [
      { day: parseDay("2025-03-15"), reason: "infeasible", rules: ["min_markets"], nLive: 0 },
    ]);
    assert.deepEqual([at(ledger, "nLive", "2025-03-14"), at(ledger, "nLive", "2025-03-15")], [
      6,
      0,
    ]);
    assert.equal(at(ledger, "cash", "2025-03-15"), 1);
    assert.equal(at(ledger, "nav", "2025-03-15"), ledger.nav.at(-1));
    assert.deepEqual(tradesOf(ledger).slice(2), [
      "2025-04-01 scheduled infeasible 0 min_markets",
      "2025-05-01 scheduled infeasible 0 min_markets",
    ]);
  }
  // each of the six had a sixth of the value on the last trade date
  const before = at(cash, "navGross", "2025-03-01");
  const paid = [1, 3, 5].reduce((sum, k) => sum + before / 6 / price(k, 59), 0);
  near(at(cash, "navGross", "2025-03-15"), paid);
});

Deno.test("a price of 0 or 1 on the trade date is not traded at: the weight stays in cash", () => {
  const { cash } = held(
    made((k, { closes }) => k > 1 ? {} : { closes: { ...closes, "2025-02-01": k } }),
  );
  const [first] = cash.rebalances;
  assert.deepEqual(first!.skipped, [
    { marketId: "poly:0", reason: "price at 0 or 1" },
    { marketId: "poly:1", reason: "price at 0 or 1" },
  ]);
  near(first!.cashWeight, 2 / 6);
  assert.equal(first!.nHeld, 4);
  const later =
    held(made((k, { closes }) => k > 1 ? {} : { closes: { ...closes, "2025-03-01": k } })).cash;
  assert.equal(later.rebalances[1]!.nHeld, 4);
  near(later.rebalances[1]!.cashWeight, 2 / 6);
});

Deno.test("a scalar payout and a void market's half are paid as they are", () => {
  const data = (payout: number) =>
    made((k) => k > 0 ? {} : { paid: { payout, atMs: dayStartMs(parseDay("2025-03-10")) } });
  for (const payout of [0.37, 0.5]) {
    const { cash, redistribute } = held(data(payout));
    const shares = at(cash, "navGross", "2025-03-01") / 6 / price(0, 59);
    const before = at(cash, "navGross", "2025-03-09"), after = at(cash, "navGross", "2025-03-10");
    const others = QUESTIONS.keys().drop(1).reduce(
      (sum, k) =>
        sum + at(cash, "navGross", "2025-03-01") / 6 / price(k, 59) * (price(k, 68) - price(k, 67)),
      0,
    );
    near(after - before, shares * (payout - price(0, 67)) + others);
    near(at(cash, "cash", "2025-03-10") * after, shares * payout);
    near(at(redistribute, "cash", "2025-03-10"), 0);
    near(at(redistribute, "navGross", "2025-03-10"), after);
    const change = cash.rebalances[2]!.changes.find(({ marketId }) => marketId === "poly:0")!;
    assert.deepEqual([change.reason, change.payout], ["resolved", payout]);
  }
});

Deno.test("fewer than five live contracts are decided anew where others may be bought", () => {
  // two of five contracts end; a sixth is young at the decision and may be held by then
  const { cash } = held(
    made((k, market) =>
      k < 2
        ? { paid: { payout: 1, atMs: dayStartMs(parseDay("2025-03-10")) } }
        : pricedWhere(market, (date) => k < 5 || date > "2025-02-20")
    ),
    { baskets: { min_markets: 4 } },
  );
  assert.deepEqual(tradesOf(cash).slice(0, 3), [
    "2025-02-01 scheduled held 5",
    "2025-03-01 scheduled held 5",
    "2025-03-11 emergency held 4 max_weight",
  ]);
});

Deno.test("one market is no basket", () => {
  const { decisions, replays } = held(selectMarkets(made(), [0]));
  assert.ok(replays.every(({ ledger }) => ledger.nav.length === 0));
  for (const { methods, offered } of decisions) {
    assert.equal(offered.length, 1);
    assert.ok(methods.every(({ baskets }) => baskets.length === 0));
    const all = methods.find(({ method }) => method === "all_equal")!;
    assert.deepEqual(all.flagged, [{ id: "all", name: "All markets", nMembers: 1 }]);
  }
});

Deno.test("markets without a scheduled end are unknown to its filter, and held only where that may pass", () => {
  const data = made(() => ({ closesAtMs: null }));
  const { decisions, replays } = held(data);
  const [, end] = decisions[0]!.funnel;
  assert.deepEqual([end!.filter, end!.nUnknown, end!.nLeft], ["days_to_end", 6, 0]);
  assert.ok(replays.every(({ ledger }) => ledger.nav.length === 0));
  const passing = held(data, {
    eligibility: { unknown_passes: ["days_to_end", "total_volume", "recent_volume", "liquidity"] },
  });
  assert.deepEqual(tradesOf(passing.cash), ALWAYS);
});

Deno.test("a contract whose prices stop for good is carried to the end at its last price", () => {
  const { cash } = held(
    made((k, market) => k > 0 ? {} : pricedWhere(market, (date) => date < "2025-03-10")),
  );
  assert.deepEqual(tradesOf(cash).slice(2), [
    "2025-04-01 scheduled held 6",
    "2025-05-01 scheduled held 6",
  ]);
  const rows = cash.held.filter(({ marketId }) => marketId === "poly:0").slice(2);
  assert.deepEqual(rows.map(({ reason }) => reason), [
    "carried=stale price",
    "carried=stale price",
  ]);
  const shares = at(cash, "navGross", "2025-03-01") / 6 / price(0, 59);
  for (const { date, weight } of rows) {
    near(weight * at(cash, "navGross", formatDay(date)), shares * price(0, 67));
  }
  assert.equal(cash.nLive.at(-1), 6);
  assert.equal(cash.oldestMark.at(-1), N_DAYS - 1 - 67);
});

Deno.test("interest on cash is refused by name where no bill series is known", () => {
  const config = configWith({ backtest: { cash_rate: "tbill" } });
  assert.throws(() => replayed(made(), { days: DAYS, config, methods: ["all_equal"] }), {
    name: "RangeError",
    message: "Cannot replay a basket as the rate on cash must be known: got NaN on 2025-02-01",
  });
});
