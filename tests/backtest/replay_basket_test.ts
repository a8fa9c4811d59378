import assert from "node:assert/strict";
import fc from "fast-check";
import type { BasketDecision } from "lib/baskets/basket_decision.ts";
import type { Side } from "lib/baskets/side.ts";
import type { DataSet } from "lib/core/data_set.ts";
import { dayEndMs, MISSING_DAY, parseDay } from "lib/core/day.ts";
import { venueOfMarketId } from "lib/core/market_id.ts";
import { randomStream, shuffled } from "lib/core/random.ts";
import { type Ledger, type LedgerOptions, POLICIES } from "lib/backtest/ledger.ts";
import { parseFees } from "lib/backtest/parse_fees.ts";
import { type PricePaths, pricePaths } from "lib/backtest/price_paths.ts";
import { replayBasket } from "lib/backtest/replay_basket.ts";
import type { TradeCost } from "lib/backtest/trade_cost.ts";
import { venueCosts } from "lib/backtest/venue_costs.ts";
import { readYaml } from "lib/store/yaml.ts";
import {
  decisionOf,
  FIRST_DAY,
  randomDecision,
  randomDecisions,
  randomUniverse,
  targetOf,
} from "./random_universe.ts";
// golden: a plain loop in Python, made by tests/golden/backtest/ledger.py
import golden from "../golden/backtest/ledger.json" with { type: "json" };

const fees = parseFees(await readYaml("config/fees.yaml"));
const FREE: TradeCost = () => ({ spread: 0, fee: 0 });
const PLAIN = { policy: "cash", cost: FREE, maxPriceAgeDays: 3, minMarkets: 5 } as const;

/** Costs of the venues, all markets in one theme unless told. */
function costsOf(paths: PricePaths, themeOf: (j: number) => string | null = () => "us_economic") {
  return venueCosts(paths, { fees, themeOf, capitalUsd: 1e4, halfSpread: 0.01, feeModel: "venue" });
}

function goldenPaths(): PricePaths {
  const first = parseDay(golden.firstDate);
  const { markets } = golden;
  const joined = (of: (market: typeof markets[number]) => readonly (number | null)[]) =>
    Float64Array.from(markets.flatMap((market) => of(market).map((x) => x ?? NaN)));
  const offsets = [0];
  for (const { day } of markets) offsets.push(offsets.at(-1)! + day.length);
  return {
    ids: markets.map(({ id }) => id),
    indexOf: new Map(markets.map(({ id }, j) => [id, j])),
    venues: markets.map(({ id }) => venueOfMarketId(id)!),
    prices: {
      offsets: Uint32Array.from(offsets),
      day: Int32Array.from(joined(({ day }) => day.map((d) => d + first))),
      close: joined(({ close }) => close),
      bid: joined(({ bid }) => bid),
      ask: joined(({ ask }) => ask),
    },
    resolvedOn: Int32Array.from(
      markets,
      ({ settledOn }) => settledOn === null ? MISSING_DAY : settledOn + first,
    ),
    payout: Float64Array.from(markets, ({ payout }) => payout ?? NaN),
    lastDay: first + golden.lastDay,
  };
}

type GoldenDecision = typeof golden.baskets[number]["decisions"][number];

function goldenDecision({ day, status, targets }: GoldenDecision): BasketDecision {
  return decisionOf(
    day + parseDay(golden.firstDate),
    (targets as [string, Side, number][]).map(([id, side, weight]) =>
      targetOf(id, { side, weight, reason: "target" })
    ),
    status as BasketDecision["status"],
  );
}

for (const one of golden.baskets) {
  Deno.test(`replayBasket() agrees with a plain loop in Python: ${one.name}, ${one.policy}`, () => {
    const first = parseDay(golden.firstDate), paths = goldenPaths();
    const themes = golden.markets.map(({ theme }) => theme);
    const anew = new Map(one.reconsider.map((decision) => [decision.day + first, decision]));
    const ledger = replayBasket(paths, one.decisions.map(goldenDecision), {
      policy: one.policy as LedgerOptions["policy"],
      cost: costsOf(paths, (j) => themes[j]!),
      maxPriceAgeDays: golden.maxPriceAgeDays,
      minMarkets: golden.minMarkets,
      reconsider: (day) => anew.has(day) ? goldenDecision(anew.get(day)!) : null,
    });
    near(ledger.navGross, one.gross, 1e-9);
    near(ledger.nav, one.net, 1e-9);
    assert.deepEqual(
      ledger.held.map(({ date, marketId, side, reason }) => [date - first, marketId, side, reason]),
      one.held.map(([date, id, side, , reason]) => [date, id, side, reason]),
    );
    near(ledger.held.map(({ weight }) => weight), one.held.map((row) => Number(row[3])), 1e-12);
    assert.deepEqual(
      ledger.refusals.map(({ day, reason, nLive }) => [day - first, reason, nLive]),
      one.refusals,
    );
  });
}

function near(got: ArrayLike<number>, want: ArrayLike<number>, tolerance: number) {
  assert.equal(got.length, want.length);
  for (let t = 0; t < got.length; ++t) {
    assert.ok(Math.abs(got[t]! - want[t]!) <= tolerance, `${t}: ${got[t]} is not ${want[t]}`);
  }
}

/** A random universe, its decisions, and options that reconsider at random. */
function randomCase(seed: number, isPlain = false) {
  const data = randomUniverse(seed, { nMarkets: 40, nDays: 200, isPlain });
  const paths = pricePaths(data);
  const decisions = randomDecisions(data, { seed, nTargets: 9, isFeasible: isPlain });
  const policy = POLICIES[seed % 2]!;
  const reconsider = (day: number) => {
    const random = randomStream(seed, `day ${day}`);
    return random() < 0.3
      ? null
      : randomDecision(data, { day, random, nTargets: 9, isFeasible: false });
  };
  const options = { ...PLAIN, policy, cost: costsOf(paths), reconsider };
  return { data, paths, decisions, options };
}

const seeds = fc.integer({ min: 0, max: 100_000 });
const holds = (check: (seed: number) => void) =>
  fc.assert(fc.property(seeds, check), { seed: 5, numRuns: 60 });
const total = (ledger: Ledger) =>
  ledger.contributions.reduce(
    (sum, { drift, resolution, spread, fees, roll }) =>
      sum + drift + resolution + spread + fees + roll,
    ledger.interest,
  );

Deno.test("replayBasket() has contributions that add up to the change of the net NAV", () => {
  holds((seed) => {
    const { paths, decisions, options } = randomCase(seed);
    const rates = Float64Array.from({ length: 150 }, (_, t) => 1e-4 * (1 + t % 3));
    const cashRate = { firstDay: FIRST_DAY + 20, rates };
    const ledger = replayBasket(paths, decisions, { ...options, cashRate });
    const change = ledger.nav.at(-1)! - 100;
    assert.ok(Math.abs(total(ledger) - change) <= 1e-10 * Math.max(1, Math.abs(change)));
    assert.ok(ledger.interest > 0);
  });
});

Deno.test("replayBasket() never has more net than gross, and the same where trading is free", () => {
  holds((seed) => {
    const { paths, decisions, options } = randomCase(seed);
    const paid = replayBasket(paths, decisions, options);
    paid.nav.forEach((net, t) => assert.ok(net <= paid.navGross[t]!));
    const free = replayBasket(paths, decisions, { ...options, cost: FREE });
    assert.deepEqual(free.nav, free.navGross);
    assert.deepEqual(free.navGross, paid.navGross);
  });
});

Deno.test("replayBasket() says completely what is held: weights and cash are the whole", () => {
  holds((seed) => {
    const { paths, decisions, options } = randomCase(seed);
    const { held, rebalances } = replayBasket(paths, decisions, options);
    for (const { date, cashWeight, nHeld, turnover, traded, changes } of rebalances) {
      const rows = held.filter((row) => row.date === date && !row.reason.startsWith("sold="));
      assert.equal(rows.length, nHeld);
      assert.ok(Math.abs(rows.reduce((sum, row) => sum + row.weight, cashWeight) - 1) < 1e-12);
      assert.ok(Math.abs(traded - 2 * turnover) < 1e-15);
      assert.deepEqual(
        changes.filter(({ newWeight }) => newWeight > 0).map(({ newWeight }) => newWeight),
        rows.filter(({ weight }) => weight > 0).map(({ weight }) => weight),
      );
      const isSold = changes.some(({ oldWeight }) => oldWeight > 0);
      if (isSold) assert.ok(held.some((row) => row.date === date), "a sale leaves a row");
    }
  });
});

Deno.test("replayBasket() is continuous at a rebalance without cost", () => {
  holds((seed) => {
    const { paths, decisions } = randomCase(seed, true);
    const one = replayBasket(paths, decisions, PLAIN);
    for (const { date } of one.rebalances.slice(1)) {
      const kept = replayBasket(
        paths,
        decisions.filter(({ decidedOn }) => decidedOn + 1 < date),
        PLAIN,
      );
      const t = date - one.firstDay;
      assert.ok(Math.abs(one.navGross[t]! - kept.navGross[t]!) < 1e-10 * one.navGross[t]!);
    }
  });
});

/** The same universe with every contract named by its complement. */
function complement(data: DataSet): DataSet {
  const { close, bid, ask } = data.prices;
  return {
    ...data,
    prices: {
      ...data.prices,
      close: close.map((p) => 1 - p),
      bid: ask && ask.map((p) => 1 - p),
      ask: bid && bid.map((p) => 1 - p),
    },
    resolutions: data.resolutions.map((one) => ({ ...one, payout: 1 - one.payout })),
  };
}

Deno.test("replayBasket() does not change where YES and NO change their names", () => {
  holds((seed) => {
    const { data, paths, decisions, options } = randomCase(seed);
    const turned = pricePaths(complement(data));
    const other = (decision: BasketDecision): BasketDecision => ({
      ...decision,
      targets: decision.targets.map((one) => ({
        ...one,
        side: one.side === "yes" ? "no" as const : "yes" as const,
      })),
    });
    const a = replayBasket(paths, decisions, options);
    const b = replayBasket(turned, decisions.map(other), {
      ...options,
      cost: costsOf(turned),
      reconsider: (day) => {
        const decision = options.reconsider(day);
        return decision && other(decision);
      },
    });
    a.nav.forEach((value, t) => {
      assert.ok(Math.abs(b.navGross[t]! / a.navGross[t]! - 1) < 1e-12 || a.navGross[t] === 0);
      assert.ok(Math.abs(b.nav[t]! - value) <= 1e-12 * Math.max(100, value));
    });
  });
});

Deno.test("replayBasket() chain-links: two halves are the whole", () => {
  holds((seed) => {
    const { paths, decisions } = randomCase(seed, true);
    const whole = replayBasket(paths, decisions, PLAIN).navGross;
    const half = Math.floor(decisions.length / 2);
    const seam = decisions[half]!.decidedOn + 1;
    const before =
      replayBasket({ ...paths, lastDay: seam }, decisions.slice(0, half), PLAIN).navGross;
    const after = replayBasket(paths, decisions.slice(half), PLAIN).navGross;
    if (!(before.at(-1)! > 0)) return;
    const linked = before.at(-1)! * after.at(-1)! / 100;
    assert.ok(Math.abs(linked - whole.at(-1)!) <= 1e-10 * Math.max(1, linked));
  });
});

Deno.test("replayBasket() does not depend on the order of targets", () => {
  holds((seed) => {
    const { paths, decisions, options } = randomCase(seed);
    const random = randomStream(seed, "order");
    const mixed = (one: BasketDecision) => ({ ...one, targets: shuffled(one.targets, random) });
    assert.deepEqual(
      replayBasket(paths, decisions.map(mixed), {
        ...options,
        reconsider: (day) => {
          const decision = options.reconsider(day);
          return decision && mixed(decision);
        },
      }),
      replayBasket(paths, decisions, options),
    );
  });
});

Deno.test("replayBasket() gives on the first days what it gave when later ones were unknown", () => {
  holds((seed) => {
    const { paths, decisions, options } = randomCase(seed);
    const whole = replayBasket(paths, decisions, options);
    const lastDay = FIRST_DAY + 90;
    const cut = replayBasket({ ...paths, lastDay }, decisions, { ...options });
    cut.nav.forEach((value, t) => {
      assert.equal(value, whole.nav[t]);
      assert.equal(cut.staleShare[t], whole.staleShare[t]);
    });
    assert.deepEqual(
      cut.refusals.filter(({ day }) => day < lastDay),
      whole.refusals.filter(({ day }) => day < lastDay),
    );
  });
});

Deno.test("replayBasket() with contracts that all resolve against it ends at its cash", () => {
  holds((seed) => {
    const plain = randomUniverse(seed, { nMarkets: 12, nDays: 80, isPlain: true });
    const data: DataSet = {
      ...plain,
      resolutions: plain.markets.map(({ marketId }) => ({
        ...{ marketId, payout: 0, source: "venue" },
        resolvedAtMs: dayEndMs(FIRST_DAY + 30 + seed % 20),
      })),
    };
    const paths = pricePaths(data);
    const [decision] = randomDecisions(data, { seed, nTargets: 6, isFeasible: true });
    const targets = decision!.targets.map((one) => ({ ...one, side: "yes" as const }));
    const ledger = replayBasket(paths, [{ ...decision!, targets }], {
      ...PLAIN,
      policy: "redistribute",
    });
    assert.ok(Math.abs(ledger.navGross.at(-1)! - 100 * ledger.rebalances[0]!.cashWeight) < 1e-9);
    assert.equal(ledger.nLive.at(-1), 0);
    assert.equal(ledger.cash.at(-1), 1);
  });
});

Deno.test("replayBasket() pays interest on the cash of the day before", () => {
  const { paths } = randomCase(1, true);
  const rates = Float64Array.of(0.01, 0.02, 0.04);
  const cashRate = { firstDay: FIRST_DAY + 11, rates };
  const { navGross, interest, firstDay } = replayBasket(paths, [decisionOf(FIRST_DAY + 10, [])], {
    ...PLAIN,
    cashRate,
  });
  assert.equal(firstDay, FIRST_DAY + 11);
  near(navGross.subarray(0, 4), [100, 102, 106.08, 106.08], 1e-12);
  assert.ok(Math.abs(interest - 6.08) < 1e-12);
});

Deno.test("replayBasket() without a decision in time has an empty ledger", () => {
  const { paths } = randomCase(2);
  const late = decisionOf(paths.lastDay, [targetOf(paths.ids[0]!, { weight: 1 })]);
  for (const decisions of [[], [late]]) {
    const ledger = replayBasket(paths, decisions, PLAIN);
    assert.equal(ledger.firstDay, paths.lastDay + 1);
    assert.equal(ledger.nav.length + ledger.held.length + ledger.contributions.length, 0);
  }
});

Deno.test("replayBasket() trades on the last day and ends there", () => {
  const { paths } = randomCase(3, true);
  const j = paths.ids.findIndex((_, k) =>
    paths.prices.day[paths.prices.offsets[k + 1]! - 1] === paths.lastDay
  );
  const last = decisionOf(paths.lastDay - 1, [targetOf(paths.ids[j]!, { weight: 1 })]);
  const ledger = replayBasket(paths, [last], {
    ...PLAIN,
    cost: () => ({ spread: 0.01, fee: 0.02 }),
  });
  assert.deepEqual([...ledger.navGross], [100]);
  near(ledger.nav, [97], 1e-12);
  assert.equal(ledger.rebalances[0]!.spreadCost, 0.01);
  assert.equal(ledger.rebalances[0]!.feeCost, 0.02);
});

Deno.test("replayBasket() refuses what it cannot replay", () => {
  const { paths } = randomCase(4);
  const first = decisionOf(FIRST_DAY + 40, [targetOf("poly:nowhere", { weight: 0.5 })]);
  const message = (run: () => unknown, text: string) =>
    assert.throws(run, { name: "RangeError", message: text });
  message(
    () => replayBasket(paths, [first], PLAIN),
    'Cannot trade basket "toy" as its targets must be markets of the data: got "poly:nowhere" (decided on 2026-01-10)',
  );
  message(
    () => replayBasket(paths, [first, decisionOf(FIRST_DAY, [])], PLAIN),
    'Cannot replay basket "toy" as its decisions must be by day: got 2025-12-01 after 2026-01-10',
  );
  const twice = [
    targetOf(paths.ids[0]!, { weight: 0.5 }),
    targetOf(paths.ids[0]!, { weight: 0.1 }),
  ];
  message(
    () => replayBasket(paths, [decisionOf(FIRST_DAY, twice)], PLAIN),
    `Cannot trade basket "toy" as a target may be there once: got "${
      paths.ids[0]
    }" yes twice (decided on 2025-12-01)`,
  );
  message(
    () =>
      replayBasket(paths, [decisionOf(FIRST_DAY, [targetOf(paths.ids[0]!, { weight: 0 })])], PLAIN),
    `Cannot trade basket "toy" as each weight must be in (0, 1]: got 0 for "${
      paths.ids[0]
    }" (decided on 2025-12-01)`,
  );
  message(
    () => replayBasket(paths, [], { ...PLAIN, tradeLagDays: 0 }),
    "Cannot replay a basket as its lag must be a whole number >= 1: got 0",
  );
  message(
    () =>
      replayBasket(paths, [], {
        ...PLAIN,
        cashRate: { firstDay: FIRST_DAY, rates: Float64Array.of(0, NaN) },
      }),
    "Cannot replay a basket as the rate on cash must be known: got NaN on 2025-12-02",
  );
});
