import assert from "node:assert/strict";
import fc from "fast-check";
import { type Eligibility, eligibility, type FilterKey, FILTERS } from "lib/baskets/eligibility.ts";
import type { DataSet } from "lib/core/data_set.ts";
import { dayEndMs, dayStartMs, parseDay } from "lib/core/day.ts";
import { randomIndex, randomStream } from "lib/core/random.ts";
import { parseSettings, type Settings } from "lib/core/settings.ts";
import { inProject } from "lib/store/project_root.ts";
import { readYaml } from "lib/store/yaml.ts";
import { asOf } from "lib/universe/as_of.ts";
import { dailyCloses, dataSetFixture, type MarketFixture } from "../fixtures/data_set.ts";
// golden: pandas, made by tests/golden/baskets/eligibility.py
import golden from "../golden/baskets/eligibility.json" with { type: "json" };

const settings = parseSettings(
  await readYaml(inProject("config/settings.yaml")),
);
const DAY = parseDay("2025-03-31");

function judged(data: DataSet, day = DAY, chosen: Settings = settings): Eligibility {
  return eligibility(asOf(data, dayEndMs(day)), { day, settings: chosen });
}

/** Answers of one market that is good in every way but those given. */
function answersOf(
  fixture: MarketFixture,
  daily: { liquidityUsd?: readonly number[]; openInterest?: readonly number[] } = {},
): Record<FilterKey | "eligible", number> {
  const data = dataSetFixture({ "poly:a": { ...good(), ...fixture } });
  const column = (values?: readonly number[]) => values ? Float64Array.from(values) : null;
  const activity = {
    ...data.activity,
    liquidityUsd: column(daily.liquidityUsd),
    openInterest: column(daily.openInterest),
  };
  const { answers, eligible } = judged({ ...data, activity });
  return {
    ...Object.fromEntries(FILTERS.map(({ key }) => [key, answers[key][0]!])) as Record<
      FilterKey,
      number
    >,
    eligible: eligible[0]!,
  };
}

function good(): MarketFixture {
  return {
    createdAtMs: dayStartMs(DAY - 60),
    closesAtMs: dayEndMs(DAY + 60),
    closes: dailyCloses("2025-03-02", Array.from({ length: 30 }, (_, i) => 0.4 + (i % 3) / 100)),
    volumes: dailyCloses("2025-03-25", [2000, 2000, 2000, 2000, 2000, 2000, 2000]),
  };
}

/** Thirty closes that end on `lastDate`, the last of them as given. */
function closesUntil(lastDate: string, tail: readonly number[]): Record<string, number> {
  const first = parseDay(lastDate) - 29;
  return Object.fromEntries(
    Array.from({ length: 30 }, (_, i) => [
      new Date((first + i) * 86_400_000).toISOString().slice(0, 10),
      i < 30 - tail.length ? 0.4 + (i % 3) / 100 : tail[i - 30 + tail.length]!,
    ]),
  );
}

function goldenUniverse(): DataSet {
  const start = parseDay(golden.start);
  type Row = readonly [string, readonly number[], ...(readonly (number | null)[])[]];
  const isoDay = (d: number) => new Date((start + d) * 86_400_000).toISOString().slice(0, 10);
  const rows = new Map((golden.prices as unknown as Row[]).map((row) => [row[0], row]));
  const actives = new Map((golden.activity as unknown as Row[]).map((row) => [row[0], row]));
  const paid = new Map(golden.resolutions as [string, number][]);
  const cells = (row: Row | undefined, k: number) =>
    Object.fromEntries(row?.[1].map((d, i) => [isoDay(d), row[k]![i] as number ?? NaN]) ?? []);
  const data = dataSetFixture(Object.fromEntries(
    (golden.markets as [string, number | null, number | null][]).map((
      [id, opensAtMs, closesAtMs],
    ) => [
      id,
      {
        opensAtMs,
        closesAtMs,
        closes: cells(rows.get(id), 2),
        volumes: cells(actives.get(id), 2),
        ...(paid.has(id) ? { paid: { payout: 1, atMs: paid.get(id)! } } : {}),
      },
    ]),
  ));
  const column = (k: number) =>
    Float64Array.from(
      data.markets.flatMap(({ marketId }) =>
        (actives.get(marketId)?.[k] ?? []) as readonly (number | null)[]
      ),
      (x) => x ?? NaN,
    );
  const activity = { ...data.activity, openInterest: column(3), liquidityUsd: column(4) };
  return { ...data, activity };
}

Deno.test("eligibility() matches pandas for every filter on a random universe", () => {
  const data = goldenUniverse();
  for (const [date, rows] of Object.entries(golden.expected)) {
    const view = asOf(data, dayEndMs(parseDay(date)));
    const found = eligibility(view, { day: parseDay(date), settings });
    assert.deepEqual(
      view.markets.map(({ marketId }) => marketId),
      rows.map((row) => row.market_id),
    );
    for (const { key } of FILTERS) {
      assert.deepEqual([...found.answers[key]], rows.map((row) => row[key]), `${date} ${key}`);
    }
    assert.deepEqual([...found.eligible], rows.map((row) => row.eligible));
    const amounts = [
      [found.volumeUsd, rows.map((row) => row.volume_usd)],
      [found.recentVolumeUsd, rows.map((row) => row.recent_volume_usd)],
      [found.liquidityUsd, rows.map((row) => row.liquidity_usd)],
    ] as const;
    for (const [values, expected] of amounts) {
      expected.forEach((x, j) => {
        if (x === null) assert.ok(Number.isNaN(values[j]!));
        else assert.ok(Math.abs(values[j]! - x) <= 1e-12 * Math.abs(x));
      });
    }
  }
});

Deno.test("eligibility() passes a contract that is good in every way", () => {
  assert.deepEqual(answersOf({}, { liquidityUsd: [0, 0, 0, 0, 0, 0, 1000.01] }), {
    active: 1,
    days_to_end: 1,
    total_volume: 1,
    recent_volume: 1,
    liquidity: 1,
    history: 1,
    price: 1,
    fresh: 1,
    eligible: 1,
  });
});

Deno.test("eligibility() calls a contract active that is open, priced and not settled", () => {
  const active = (fixture: MarketFixture) => answersOf(fixture).active;
  const now = dayEndMs(DAY);
  assert.equal(active({ opensAtMs: now }), 1);
  assert.equal(active({ opensAtMs: now + 1 }), 0);
  assert.equal(active({ closes: {} }), 0);
  assert.equal(active({ closesAtMs: now }), 0);
  assert.equal(active({ closesAtMs: now + 1 }), 1);
  assert.equal(active({ closesAtMs: null }), 1);
  assert.equal(active({ paid: { payout: 0.5, atMs: now } }), 0);
  assert.equal(active({ paid: { payout: 0.5, atMs: now + 1 } }), 1);
});

Deno.test("eligibility() asks for more than the threshold, and says unknown for what is not known", () => {
  const at = (days: number) => answersOf({ closesAtMs: dayEndMs(DAY) + days * 86_400_000 });
  assert.equal(at(14).days_to_end, 0);
  assert.equal(at(14.001).days_to_end, 1);
  assert.deepEqual([answersOf({ closesAtMs: null })].map((a) => [a.days_to_end, a.eligible]), [[
    -1,
    0,
  ]]);
  const volume = (volumes: Record<string, number>) => {
    const { total_volume, recent_volume, eligible } = answersOf({ volumes });
    return [total_volume, recent_volume, eligible];
  };
  assert.deepEqual(volume({ "2025-03-31": 10_000 }), [0, 1, 0]);
  assert.deepEqual(volume({ "2025-03-31": 10_000.01 }), [1, 1, 1]);
  assert.deepEqual(volume({ "2025-03-24": 20_000 }), [1, -1, 1]);
  assert.deepEqual(volume({ "2025-03-01": 20_000, "2025-03-25": 500 }), [1, 0, 0]);
  assert.deepEqual(volume({ "2025-03-01": 20_000, "2025-03-25": 501, "2025-03-26": NaN }), [
    1,
    1,
    1,
  ]);
  assert.deepEqual(volume({ "2025-03-01": 20_000, "2025-03-25": 501, "2025-03-26": 0 }), [1, 0, 0]);
  assert.deepEqual(volume({ "2025-03-31": NaN }), [-1, -1, 1]);
  assert.deepEqual(volume({}), [-1, -1, 1]);
});

Deno.test("eligibility() reads the book of the last week, then the open interest", () => {
  const nothing = [NaN, NaN, NaN, NaN, NaN, NaN, NaN];
  const book = [5000, NaN, NaN, NaN, NaN, NaN, NaN];
  const thin = [5000, 1000, NaN, NaN, NaN, NaN, NaN];
  const outstanding = [NaN, NaN, 9000, NaN, NaN, NaN, NaN];
  assert.equal(answersOf({}).liquidity, -1);
  assert.equal(answersOf({}, { liquidityUsd: nothing, openInterest: nothing }).liquidity, -1);
  assert.equal(answersOf({}, { liquidityUsd: book }).liquidity, 1);
  assert.equal(answersOf({}, { liquidityUsd: thin, openInterest: outstanding }).liquidity, 0);
  assert.equal(answersOf({}, { liquidityUsd: nothing, openInterest: outstanding }).liquidity, 1);
  const volumes = dailyCloses("2025-03-24", [1, 1, 1, 1, 1, 1, 1]);
  assert.equal(answersOf({ volumes }, { liquidityUsd: book }).liquidity, -1);
});

Deno.test("eligibility() wants 14 prices, both sides inside the limits, and a price that is alive", () => {
  const closes = (...values: number[]) => answersOf({ closes: closesUntil("2025-03-31", values) });
  const few = (n: number) =>
    answersOf({
      closes: Object.fromEntries(
        Object.entries(closesUntil("2025-03-31", [])).slice(30 - n),
      ),
    });
  assert.deepEqual([few(13).history, few(14).history], [0, 1]);
  const prices = [0, 0.05, 0.0500001, 0.9499999, 0.95, 1 - 0.95, 1];
  assert.deepEqual(prices.map((p) => closes(p).price), [0, 0, 1, 1, 0, 0, 0]);
  assert.equal(closes(0.3, 0.3, 0.3, 0.3, 0.3, 0.3).fresh, 1);
  assert.equal(closes(0.3, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3).fresh, 0);
  assert.equal(closes(0.3, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3, 0.31).fresh, 1);
  const age = (date: string) => answersOf({ closes: closesUntil(date, []) }).fresh;
  assert.deepEqual([age("2025-03-28"), age("2025-03-27")], [1, 0]);
  const holed = closesUntil("2025-03-31", [0.3, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3]);
  delete holed["2025-03-26"];
  assert.equal(answersOf({ closes: holed }).fresh, 1);
  assert.deepEqual([answersOf({ closes: {} })].map((a) => [a.price, a.fresh, a.history]), [[
    -1,
    -1,
    0,
  ]]);
});

Deno.test("eligibility() takes a row without a close for no price", () => {
  const ending = (...tail: number[]) =>
    dataSetFixture({ "poly:a": { ...good(), closes: closesUntil("2025-03-31", tail) } });
  const { answers, lastRow } = judged(ending(0.4, 0.3, NaN, NaN));
  assert.deepEqual([lastRow[0], answers.price[0], answers.fresh[0]], [27, 1, 1]);
  assert.equal(judged(ending(0.4, 0.3, NaN, NaN, NaN, NaN)).answers.fresh[0], 0);
  const none = judged(ending(...new Array(17).fill(NaN)));
  assert.deepEqual([none.answers.active[0], none.answers.history[0]], [1, 0]);
  assert.equal(judged(ending(...new Array(30).fill(NaN))).answers.active[0], 0);
});

Deno.test("eligibility() lets an unknown answer pass only where the settings name its filter", () => {
  const strict = {
    ...settings,
    eligibility: {
      ...settings.eligibility,
      unknown_passes: { ...settings.eligibility.unknown_passes, value: ["liquidity" as const] },
    },
  };
  const data = dataSetFixture({
    "poly:quiet": { ...good(), volumes: {} },
    "poly:traded": good(),
  });
  assert.deepEqual([...judged(data).eligible], [1, 1]);
  assert.deepEqual([...judged(data, DAY, strict).eligible], [0, 1]);
});

/** Forty contracts on a grid of ticks, so that the complement of a price is exact to rounding. */
function randomUniverse(seed: number): Record<string, MarketFixture> {
  const random = randomStream(seed, "eligibility");
  const between = (low: number, high: number) => low + randomIndex(random, high - low + 1);
  return Object.fromEntries(Array.from({ length: 40 }, (_, j) => {
    const first = DAY - between(5, 40), last = DAY + between(-5, 5);
    const still = between(0, 3) === 0;
    const closes: Record<string, number> = {}, volumes: Record<string, number> = {};
    let ticks = between(1, 99);
    for (let day = first; day <= last; ++day) {
      const date = new Date(day * 86_400_000).toISOString().slice(0, 10);
      if (!still) ticks = Math.min(Math.max(ticks + between(-2, 2), 0), 100);
      if (between(0, 9) > 0) closes[date] = ticks / 100;
      if (j % 3 > 0) volumes[date] = between(0, 2000);
    }
    const paid = between(0, 9) === 0
      ? { payout: 1, atMs: dayStartMs(DAY + between(-3, 3)) }
      : undefined;
    return [`poly:${String(j).padStart(2, "0")}`, {
      closesAtMs: between(0, 5) === 0 ? null : dayEndMs(DAY + between(-5, 40)),
      closes,
      volumes,
      ...(paid === undefined ? {} : { paid }),
    }];
  }));
}

const seeds = fc.integer({ min: 0, max: 1_000_000 });

Deno.test("eligibility() does not depend on which outcome is quoted", () => {
  const limits = (low: number, high: number) => ({
    ...settings,
    eligibility: {
      ...settings.eligibility,
      min_price: { ...settings.eligibility.min_price, value: low },
      max_price: { ...settings.eligibility.max_price, value: high },
    },
  });
  fc.assert(
    fc.property(
      seeds,
      fc.integer({ min: 0, max: 45 }),
      fc.integer({ min: 55, max: 100 }),
      (seed, low, high) => {
        const data = dataSetFixture(randomUniverse(seed));
        const close = data.prices.close.map((p) => 1 - p);
        const chosen = limits(low / 100, high / 100);
        const straight = judged(data, DAY, chosen);
        const swapped = judged({ ...data, prices: { ...data.prices, close } }, DAY, chosen);
        assert.deepEqual(swapped, straight);
      },
    ),
    { seed: 7, numRuns: 60 },
  );
});

Deno.test("eligibility() judges each contract by itself, whatever others the universe holds", () => {
  fc.assert(
    fc.property(seeds, fc.integer({ min: 0, max: 39 }), (seed, left) => {
      const markets = randomUniverse(seed);
      const whole = judged(dataSetFixture(markets));
      const ids = asOf(dataSetFixture(markets), dayEndMs(DAY)).markets.map((m) => m.marketId);
      const out = Object.keys(markets)[left]!;
      const { [out]: _out, ...others } = markets;
      const fewer = judged(dataSetFixture(others));
      const keep = ids.flatMap((id, j) => id === out ? [] : [j]);
      for (const { key } of FILTERS) {
        assert.deepEqual([...fewer.answers[key]], keep.map((j) => whole.answers[key][j]));
      }
      assert.deepEqual([...fewer.eligible], keep.map((j) => whole.eligible[j]));
      assert.deepEqual([...fewer.volumeUsd], keep.map((j) => whole.volumeUsd[j]));
    }),
    { seed: 7, numRuns: 40 },
  );
});

Deno.test("eligibility() asks every filter: a contract is eligible only if none refuses it", () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const { answers, eligible, lastRow } = judged(dataSetFixture(randomUniverse(seed)));
      eligible.forEach((is, j) => {
        const refused = FILTERS.some(({ key }) =>
          answers[key][j] === 0 ||
          (answers[key][j] === -1 && !["total_volume", "recent_volume", "liquidity"].includes(key))
        );
        assert.equal(is, refused ? 0 : 1);
        assert.equal(answers.history[j] === 1 && lastRow[j]! < 0, false);
      });
    }),
    { seed: 7, numRuns: 60 },
  );
});

Deno.test("eligibility() sees nothing after the day: poison there changes no answer", () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const data = dataSetFixture(randomUniverse(seed));
      const { prices, activity } = data;
      const poisoned: DataSet = {
        ...data,
        prices: { ...prices, close: prices.close.map((p, i) => prices.day[i]! > DAY ? NaN : p) },
        activity: {
          ...activity,
          volumeUsd: activity.volumeUsd.map((v, i) => activity.day[i]! > DAY ? 1e15 : v),
        },
        resolutions: data.resolutions.filter((r) => r.resolvedAtMs <= dayEndMs(DAY)),
      };
      const later = data.markets.filter(({ marketId }) =>
        !data.resolutions.some((r) => r.marketId === marketId)
      ).map(({ marketId }) => ({
        marketId,
        resolvedAtMs: dayEndMs(DAY) + 1,
        payout: 0,
        source: null,
      }));
      const settled = {
        ...poisoned,
        resolutions: [...poisoned.resolutions, ...later].sort((a, b) =>
          a.marketId < b.marketId ? -1 : 1
        ),
      };
      assert.deepEqual(judged(settled), judged(data));
    }),
    { seed: 7, numRuns: 40 },
  );
});

Deno.test("eligibility() leaves the view as it was and answers for a universe without markets", () => {
  const view = asOf(dataSetFixture({ "poly:a": good() }), dayEndMs(DAY));
  const before = [view.prices.close.slice(), view.activity.volumeUsd.slice()];
  eligibility(view, { day: DAY, settings });
  assert.deepEqual([view.prices.close, view.activity.volumeUsd], before);
  assert.equal(judged(dataSetFixture({})).eligible.length, 0);
});

Deno.test("eligibility() refuses a view that knows more than the day", () => {
  const data = dataSetFixture({ "poly:a": { ...good(), volumes: { "2025-04-01": 1 } } });
  for (const [day, asOfMs] of [[DAY, dayEndMs(DAY) + 1], [DAY - 1, dayEndMs(DAY)]] as const) {
    assert.throws(() => eligibility(asOf(data, asOfMs), { day, settings }), {
      name: "RangeError",
      message:
        `Cannot judge contracts as the view must end with day ${day}: got one that knows ${asOfMs}, after ${
          dayEndMs(day)
        }`,
    });
  }
});
