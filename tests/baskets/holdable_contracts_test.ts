import assert from "node:assert/strict";
import fc from "fast-check";
import { eligibility } from "lib/baskets/eligibility.ts";
import type { HoldableContract } from "lib/baskets/holdable.ts";
import { holdableContracts } from "lib/baskets/holdable_contracts.ts";
import type { DataSet } from "lib/core/data_set.ts";
import { dayEndMs, dayStartMs, formatDay, parseDay } from "lib/core/day.ts";
import { randomIndex, randomStream, shuffled } from "lib/core/random.ts";
import { parseSettings } from "lib/core/settings.ts";
import { inProject } from "lib/store/project_root.ts";
import { readYaml } from "lib/store/yaml.ts";
import { contractTaxonomy } from "lib/taxonomy/contract_tree.ts";
import { asOf, type PointInTime } from "lib/universe/as_of.ts";
import { dataSetFixture, type MarketFixture } from "../fixtures/data_set.ts";

const settings = parseSettings(await readYaml(inProject("config/settings.yaml")));
const DAY = parseDay("2025-03-31");

/** A contract that every filter lets through, with prices on the last `nDays` days. */
function contract(
  event: string,
  outcome: string,
  { endsIn = 100, nDays = 30, volume }: {
    endsIn?: number | null;
    nDays?: number;
    volume?: number;
  } = {},
): MarketFixture {
  const closes = Object.fromEntries(
    Array.from({ length: nDays }, (_, i) => [formatDay(DAY - i), 0.4 + (i % 3) / 100]),
  );
  return {
    question: `Will ${outcome} win the ${event}?`,
    eventTitle: `${event} winner`,
    eventSlug: `${event.toLowerCase()}-winner`,
    groupItemTitle: outcome,
    createdAtMs: dayStartMs(DAY - nDays),
    closesAtMs: endsIn === null ? null : dayEndMs(DAY + endsIn),
    closes,
    volumes: volume === undefined ? {} : { [formatDay(DAY)]: volume },
  };
}

function viewOf(markets: Record<string, MarketFixture>): PointInTime {
  return asOf(dataSetFixture(markets), dayEndMs(DAY));
}

function held(
  view: PointInTime,
  twinIds: readonly (readonly [string, string])[] = [],
): HoldableContract[] {
  const index = new Map(view.markets.map(({ marketId }, j) => [marketId, j]));
  return holdableContracts(view, eligibility(view, { day: DAY, settings: patient }), {
    tree: contractTaxonomy(view.markets),
    twins: twinIds.map(([a, b]) => [index.get(a)!, index.get(b)!]),
    settings,
  });
}

/** The committed settings, in which an unknown end passes. */
const patient = {
  ...settings,
  eligibility: {
    ...settings.eligibility,
    unknown_passes: {
      ...settings.eligibility.unknown_passes,
      value: [...settings.eligibility.unknown_passes.value, "days_to_end" as const],
    },
  },
};

const idsOf = (contracts: readonly HoldableContract[]) => contracts.map(({ marketId }) => marketId);

Deno.test("holdableContracts() gives one contract an event, with what is known of it", () => {
  const view = viewOf({
    "poly:2": contract("Cup", "Ann", { volume: 20_000 }),
    "poly:1": contract("Cup", "Bob", { volume: 30_000 }),
    "kalshi:9": contract("Bowl", "Cid"),
    "poly:0": { ...contract("Cup", "Dan", { volume: 90_000 }), closes: { "2025-03-31": 0.5 } },
  });
  const [bowl, cup, ...more] = held(view);
  assert.deepEqual(more, []);
  assert.equal(bowl!.marketId, "kalshi:9");
  assert.ok(Number.isNaN(bowl!.volumeUsd) && Number.isNaN(bowl!.liquidityUsd));
  const { eventId: _event, tickerId: _ticker, liquidityUsd: _liquidity, ...known } = cup!;
  assert.deepEqual(known, {
    market: view.markets.findIndex(({ marketId }) => marketId === "poly:1"),
    marketId: "poly:1",
    venue: "polymarket",
    price: 0.4,
    pricedOn: DAY,
    closesAtMs: dayEndMs(DAY + 100),
    volumeUsd: 30_000,
    nAlternatives: 2,
  });
});

Deno.test("holdableContracts() rolls to the earliest end beyond 45 days, else keeps the latest", () => {
  const ends = (...days: (number | null)[]) =>
    idsOf(held(viewOf(Object.fromEntries(
      days.map((endsIn, k) => [`poly:${k}`, contract("Cup", "Ann", { endsIn })]),
    ))));
  assert.deepEqual(ends(20, 46, 80), ["poly:1"]);
  assert.deepEqual(ends(20, 45, 80), ["poly:2"]);
  assert.deepEqual(ends(20, 40), ["poly:1"]);
  assert.deepEqual(ends(40, 20, 10), ["poly:0"]);
  assert.deepEqual(ends(null, 20), ["poly:0"]);
  assert.deepEqual(ends(null, 60), ["poly:1"]);
  assert.deepEqual(ends(60, 60), ["poly:0"]);
  assert.deepEqual(ends(30, 30), ["poly:0"]);
});

Deno.test("holdableContracts() prefers volume where all have it, then prices, then the longer record, then the id", () => {
  const chosen = (...options: Parameters<typeof contract>[2][]) =>
    idsOf(held(viewOf(Object.fromEntries(
      options.map((one, k) => [`poly:${k}`, contract("Cup", ["Ann", "Bob", "Cid"][k]!, one)]),
    ))))[0];
  assert.equal(chosen({ volume: 20_000, nDays: 80 }, { volume: 20_001 }), "poly:1");
  assert.equal(chosen({ volume: 20_000, nDays: 80 }, { volume: 90_000 }, {}), "poly:0");
  assert.equal(chosen({ nDays: 30 }, { nDays: 31 }, { nDays: 20 }), "poly:1");
  assert.equal(chosen({ nDays: 91 }, { nDays: 95 }), "poly:1");
  assert.equal(chosen({ nDays: 95 }, { nDays: 95 }), "poly:0");
  const without = (nDays: number, ...ages: number[]) => {
    const whole = contract("Cup", "Ann", { nDays });
    const dates = ages.map((age) => formatDay(DAY - age));
    const closes = Object.entries(whole.closes!).filter(([date]) => !dates.includes(date));
    return { ...whole, closes: Object.fromEntries(closes) };
  };
  const against = (one: MarketFixture) =>
    idsOf(held(viewOf({ "poly:0": one, "poly:1": contract("Cup", "Bob", { nDays: 90 }) })));
  assert.deepEqual(against(without(120, 9)), ["poly:1"]);
  assert.deepEqual(against(without(91, 9)), ["poly:1"]);
  assert.deepEqual(against(without(120, 90)), ["poly:0"]);
});

Deno.test("holdableContracts() joins events through twins that are both eligible, and only these", () => {
  const markets = {
    "kalshi:a": contract("Cup", "Ann", { nDays: 20 }),
    "poly:a": contract("Trophy", "Ann", { nDays: 40 }),
    "poly:b": contract("Vase", "Ann"),
    "poly:old": contract("Vase", "Ann", { endsIn: 3 }),
  };
  const alone = held(viewOf(markets));
  assert.deepEqual(idsOf(alone), ["kalshi:a", "poly:a", "poly:b"]);
  assert.equal(new Set(alone.map(({ eventId }) => eventId)).size, 3);
  const [joined, other] = held(viewOf(markets), [["poly:a", "kalshi:a"], ["poly:a", "poly:old"]]);
  assert.deepEqual([joined!.marketId, joined!.nAlternatives], ["poly:a", 2]);
  const first = [alone[0]!.eventId, alone[1]!.eventId].sort()[0]!;
  assert.equal(joined!.eventId, first);
  assert.equal(other!.marketId, "poly:b");
  const all = held(viewOf(markets), [["poly:b", "poly:a"], ["poly:a", "kalshi:a"]]);
  assert.deepEqual(all.map((c) => [c.marketId, c.nAlternatives]), [["poly:a", 3]]);
  assert.equal(all[0]!.eventId, alone.map(({ eventId }) => eventId).sort()[0]);
});

/** Events with tickers that roll, of two venues, some of them joined by twins. */
function randomMarkets(seed: number): {
  markets: Record<string, MarketFixture>;
  twins: (readonly [string, string])[];
} {
  const random = randomStream(seed, "holdable");
  const pick = <T>(items: readonly T[]) => items[randomIndex(random, items.length)]!;
  const markets: Record<string, MarketFixture> = {};
  for (let j = 0; j < 14; ++j) {
    const volume = pick([undefined, 5_000, 20_000, 30_000, 40_000]);
    markets[`${pick(["poly", "kalshi"])}:${String(j).padStart(2, "0")}`] = contract(
      pick(["Cup", "Bowl", "Vase", "Prize"]),
      pick(["Ann", "Bob", "Cid"]),
      {
        endsIn: pick([null, 5, 30, 44, 46, 90]),
        nDays: pick([10, 20, 40, 95]),
        ...(volume === undefined ? {} : { volume }),
      },
    );
  }
  const ids = Object.keys(markets).sort();
  return { markets, twins: [[pick(ids), pick(ids)], [pick(ids), pick(ids)]] };
}

const seeds = fc.integer({ min: 0, max: 1_000_000 });

Deno.test("holdableContracts() holds each event once, and only what is eligible", () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const { markets, twins } = randomMarkets(seed);
      const view = viewOf(markets);
      const { eligible } = eligibility(view, { day: DAY, settings: patient });
      const contracts = held(view, twins);
      assert.equal(new Set(contracts.map(({ eventId }) => eventId)).size, contracts.length);
      assert.deepEqual(idsOf(contracts), idsOf(contracts).toSorted());
      for (const { market, marketId } of contracts) {
        assert.equal(eligible[market], 1);
        assert.equal(view.markets[market]!.marketId, marketId);
      }
      const alternatives = contracts.reduce((sum, { nAlternatives }) => sum + nAlternatives, 0);
      assert.equal(alternatives, eligible.reduce((sum, is) => sum + is, 0));
    }),
    { seed: 7, numRuns: 60 },
  );
});

Deno.test("holdableContracts() does not depend on the outcome quoted, the order of twins or the unit of volume", () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const { markets, twins } = randomMarkets(seed);
      const plain = held(viewOf(markets), twins);
      const turned: DataSet = dataSetFixture(markets);
      const prices = { ...turned.prices, close: turned.prices.close.map((p) => 1 - p) };
      const view = asOf({ ...turned, prices }, dayEndMs(DAY));
      assert.deepEqual(
        idsOf(held(view, twins.map(([a, b]) => [b, a] as const).reverse())),
        idsOf(plain),
      );
      assert.deepEqual(
        held(view, twins).map((one) => ({ ...one, price: 0 })),
        plain.map((one) => ({ ...one, price: 0 })),
      );
      const traded = Object.fromEntries(
        Object.entries(markets).map(([id, one]) => [id, {
          ...one,
          volumes: { [formatDay(DAY)]: 12_000 + 7 * one.closes!["2025-03-31"]! * id.length },
        }]),
      );
      const scaled = Object.fromEntries(
        Object.entries(traded).map(([id, one]) => [id, {
          ...one,
          volumes: { [formatDay(DAY)]: 8 * one.volumes[formatDay(DAY)]! },
        }]),
      );
      assert.deepEqual(idsOf(held(viewOf(scaled), twins)), idsOf(held(viewOf(traded), twins)));
    }),
    { seed: 7, numRuns: 60 },
  );
});

/** The same universe with its markets in another order. */
function reordered(data: DataSet, order: readonly number[]): DataSet {
  const rows = <T extends { readonly offsets: Uint32Array; readonly day: Int32Array }>(daily: T) =>
    order.flatMap((j) => {
      const [from, to] = [daily.offsets[j]!, daily.offsets[j + 1]!];
      return Array.from({ length: to - from }, (_, k) => from + k);
    });
  const offsetsOf = (offsets: Uint32Array) => {
    let end = 0;
    return Uint32Array.from([0, ...order.map((j) => end += offsets[j + 1]! - offsets[j]!)]);
  };
  const [priced, traded] = [rows(data.prices), rows(data.activity)];
  return {
    ...data,
    markets: order.map((j) => data.markets[j]!),
    prices: {
      ...data.prices,
      offsets: offsetsOf(data.prices.offsets),
      day: Int32Array.from(priced, (row) => data.prices.day[row]!),
      close: Float64Array.from(priced, (row) => data.prices.close[row]!),
    },
    activity: {
      ...data.activity,
      offsets: offsetsOf(data.activity.offsets),
      day: Int32Array.from(traded, (row) => data.activity.day[row]!),
      volumeUsd: Float64Array.from(traded, (row) => data.activity.volumeUsd[row]!),
    },
  };
}

Deno.test("holdableContracts() does not depend on the order in which markets arrive", () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const { markets, twins } = randomMarkets(seed);
      const data = dataSetFixture(markets);
      const order = shuffled(data.markets.map((_, j) => j), randomStream(seed, "order"));
      const straight = held(asOf(data, dayEndMs(DAY)), twins);
      const other = held(asOf(reordered(data, order), dayEndMs(DAY)), twins);
      assert.deepEqual(
        other.map((one) => ({ ...one, market: order[one.market] })),
        straight,
      );
    }),
    { seed: 7, numRuns: 60 },
  );
});

Deno.test("holdableContracts() is not moved by a contract that may not be held, nor by the future", () => {
  fc.assert(
    fc.property(seeds, fc.constantFrom("Cup", "Bowl", "Globe"), (seed, event) => {
      const { markets, twins } = randomMarkets(seed);
      const ids = Object.keys(markets).sort();
      const dead = contract(event, "Ann", { endsIn: 9, nDays: 90, volume: 1e9 });
      const plain = held(viewOf(markets), twins);
      const withDead = held(viewOf({ ...markets, "poly:dead": dead }), [
        ...twins,
        ["poly:dead", ids[0]!],
        ["poly:dead", ids[1]!],
      ]);
      assert.deepEqual(
        withDead.map((one) => ({ ...one, market: 0 })),
        plain.map((one) => ({ ...one, market: 0 })),
      );
      const later = Object.fromEntries(
        Object.entries(markets).map(([id, one], k) => [id, {
          ...one,
          closes: { ...one.closes, [formatDay(DAY + 1 + k)]: k % 2 },
          volumes: { ...one.volumes, [formatDay(DAY + 1)]: 1e12 / (k + 1) },
          paid: { payout: k % 2, atMs: dayEndMs(DAY) + 1 },
        }]),
      );
      assert.deepEqual(held(viewOf(later), twins), plain);
    }),
    { seed: 7, numRuns: 60 },
  );
});

Deno.test("holdableContracts() holds nothing where nothing is eligible", () => {
  assert.deepEqual(held(viewOf({})), []);
  assert.deepEqual(held(viewOf({ "poly:a": contract("Cup", "Ann", { endsIn: 3 }) })), []);
});

Deno.test("holdableContracts() refuses what is of other markets than the view", () => {
  const view = viewOf({ "poly:a": contract("Cup", "Ann"), "poly:b": contract("Cup", "Bob") });
  const one = viewOf({ "poly:a": contract("Cup", "Ann") });
  const eligible = eligibility(view, { day: DAY, settings });
  const tree = contractTaxonomy(view.markets);
  assert.throws(() => holdableContracts(one, eligible, { tree, twins: [], settings }), {
    name: "RangeError",
    message:
      "Cannot choose contracts as eligibility and taxonomy must be of the 1 markets of the view: got 2 and 2",
  });
  for (const stranger of [2, -1, 0.5]) {
    assert.throws(
      () => holdableContracts(view, eligible, { tree, twins: [[0, stranger]], settings }),
      {
        name: "RangeError",
        message:
          `Cannot choose contracts as a twin must be one of the 2 markets of the view: got ${stranger}`,
      },
    );
  }
});
