import assert from "node:assert/strict";
import { parseDay } from "lib/core/day.ts";
import { closeAt, makeWorld, shownDays, statusOf } from "./world.ts";
import { manyContracts } from "./world_many.ts";
import { priceAt } from "./world_price.ts";
import { simulatedDataSet } from "./world_simulated.ts";

const HOUR_MS = 3_600_000, DAY_MS = 86_400_000;
const dataSet = await simulatedDataSet("small");

function worldAt(time: string) {
  return makeWorld(dataSet, { nowMs: () => Date.parse(time) });
}

Deno.test("makeWorld() holds every contract of the data set with its days", () => {
  const world = worldAt("2026-03-01T02:00:00Z");
  const all = [...world.markets("polymarket"), ...world.markets("kalshi")];
  assert.deepEqual(
    all.map((one) => one.market.marketId).sort(),
    dataSet.markets.map((one) => one.marketId),
  );
  assert.equal(all.reduce((n, one) => n + one.days.day.length, 0), dataSet.prices.day.length);
  const j = dataSet.markets.findIndex((one) => one.venue === "polymarket");
  const one = world.marketOf("polymarket", dataSet.markets[j]!.marketId.slice(5))!;
  const from = dataSet.prices.offsets[j]!;
  assert.deepEqual(one.days.close, dataSet.prices.close.slice(from, dataSet.prices.offsets[j + 1]));
  const numbers = Array.from(world.markets("polymarket"), ({ name }) => Number(name));
  assert.deepEqual(numbers, numbers.toSorted((a, b) => a - b));
});

Deno.test("makeWorld() finds a contract by condition and by either token", () => {
  const world = worldAt("2026-03-01T02:00:00Z");
  for (const one of world.markets("polymarket")) {
    assert.match(one.conditionId, /^0x[0-9a-f]{64}$/);
    assert.equal(world.ofCondition(one.conditionId), one);
    for (const outcome of [0, 1] as const) {
      assert.match(one.tokenIds[outcome], /^[1-9]\d{76}$/);
      assert.deepEqual(world.ofToken(one.tokenIds[outcome]), { market: one, outcome });
    }
  }
});

Deno.test("statusOf() follows a contract through its life", () => {
  const world = worldAt("2026-03-01T02:00:00Z");
  const one = [...world.markets("polymarket")].find((one) =>
    one.days.day.length > 3 && one.endedAtMs < one.resolvedAtMs
  )!;
  const times = [one.createdAtMs, one.opensAtMs, one.endedAtMs, one.resolvedAtMs];
  assert.deepEqual(times.map((timeMs) => statusOf(one, timeMs - 1)), [
    "unborn",
    "listed",
    "open",
    "ended",
  ]);
  assert.equal(statusOf(one, one.resolvedAtMs), "settled");
});

Deno.test("closeAt() tells a close only when the clock has left its day", () => {
  let now = Date.parse("2025-01-10T23:59:59Z");
  const world = makeWorld(dataSet, { nowMs: () => now });
  const day = parseDay("2025-01-10");
  const one = [...world.markets("polymarket")].find(({ days }) => days.day.includes(day))!;
  const row = one.days.day.indexOf(day);
  assert.equal(shownDays(one.days, now), row);
  assert.ok(Number.isNaN(closeAt(world, one, day)));
  now += 1000;
  assert.equal(closeAt(world, one, day), one.days.close[row]);
});

Deno.test("priceAt() is the close from 21:00 to midnight, and wanders before", () => {
  const world = worldAt("2026-03-01T02:00:00Z");
  let nRows = 0, nAway = 0;
  for (const one of world.markets("polymarket")) {
    one.days.day.forEach((day, row) => {
      const close = one.days.close[row]!;
      for (const hours of [21.001, 22.5, 24]) {
        assert.equal(priceAt(one, day * DAY_MS + hours * HOUR_MS), close);
      }
      for (const hours of [0.001, 3, 11.2, 18]) {
        const price = priceAt(one, day * DAY_MS + hours * HOUR_MS);
        assert.ok(price > 0 && price < 1);
      }
      ++nRows;
      nAway += priceAt(one, day * DAY_MS + 18 * HOUR_MS) === close ? 0 : 1;
    });
  }
  assert.ok(nAway > nRows / 2, `${nAway} of ${nRows}`);
});

Deno.test("priceAt() is NaN on a day without a price", () => {
  const world = worldAt("2026-03-01T02:00:00Z");
  const one = world.markets("polymarket").get(0);
  assert.ok(Number.isNaN(priceAt(one, Date.parse("2020-01-01T12:00:00Z"))));
});

Deno.test("manyContracts() makes each contract from its number, the same each time", () => {
  const nowMs = () => Date.parse("2026-03-01T02:00:00Z");
  const world = manyContracts(100_000, { nowMs }), again = manyContracts(100_000, { nowMs });
  const list = world.markets("polymarket");
  assert.equal(list.length, 100_000);
  for (const k of [0, 1, 4711, 99_999]) {
    const one = list.get(k);
    assert.deepEqual({ ...again.markets("polymarket").get(k), days: one.days }, { ...one });
    assert.deepEqual(again.markets("polymarket").get(k).days, one.days);
    assert.equal(world.marketOf("polymarket", one.name), one);
    assert.equal(world.ofCondition(one.conditionId), one);
    assert.deepEqual(world.ofToken(one.tokenIds[1]), { market: one, outcome: 1 });
    assert.ok(one.createdAtMs <= nowMs());
    const event = world.eventOf("polymarket", one.eventName)!;
    assert.ok(event.markets.some(({ name }) => name === one.name));
  }
  assert.equal(world.ofToken("123"), undefined);
  assert.equal(world.ofCondition(`0x${"0".repeat(64)}`), undefined);
  assert.throws(() => manyContracts(10, { nowMs }), {
    name: "RangeError",
    message: "Cannot make a world as contracts must be a positive multiple of 4: got 10",
  });
});
