import assert from "node:assert/strict";
import fc from "fast-check";
import type { DataSet } from "lib/core/data_set.ts";
import { dayEndMs, dayStartMs, parseDay } from "lib/core/day.ts";
import { asOf } from "lib/universe/as_of.ts";
import { dailyCloses, dataSetFixture } from "../fixtures/data_set.ts";

const START = parseDay("2025-03-01");

/** Three markets, a listing without history, a benchmark; settled, listed late and listed unknown. */
function universe(): DataSet {
  return dataSetFixture({
    "poly:early": {
      createdAtMs: dayStartMs(START) + 3_600_000,
      closes: dailyCloses("2025-03-01", [0.1, 0.2, 0.3, 0.4, 0.5, 0.6]),
      volumes: dailyCloses("2025-03-01", [10, 20, 30, 40, 50, 60]),
      paid: { payout: 1, atMs: dayStartMs(START + 4) + 5 },
    },
    "poly:late": {
      createdAtMs: dayStartMs(START + 3) + 7,
      closes: dailyCloses("2025-03-04", [0.7, 0.8, 0.9]),
    },
    "poly:silent": { createdAtMs: dayStartMs(START + 2) },
    "kalshi:unknown": { closes: dailyCloses("2025-03-03", [0.5, 0.5]) },
    "kalshi:never": {},
  }, [{
    symbol: "SPY",
    kind: "price",
    day: Int32Array.of(START, START + 2, START + 5),
    close: Float64Array.of(500, 501, 502),
  }]);
}

const ids = (data: DataSet) => data.markets.map((market) => market.marketId);

Deno.test("asOf() knows a daily price from the end of its day and not a millisecond sooner", () => {
  const at = dayEndMs(START + 1);
  assert.deepEqual([...asOf(universe(), at).prices.close], [0.1, 0.2]);
  assert.deepEqual([...asOf(universe(), at - 1).prices.close], [0.1]);
});

Deno.test("asOf() lists a market from its creation, or from its first price where that is unknown", () => {
  assert.deepEqual(ids(asOf(universe(), dayStartMs(START))), []);
  assert.deepEqual(ids(asOf(universe(), dayEndMs(START + 2))), [
    "kalshi:unknown",
    "poly:early",
    "poly:silent",
  ]);
  assert.ok(!ids(asOf(universe(), dayStartMs(START + 3) + 6)).includes("poly:late"));
  assert.ok(ids(asOf(universe(), dayStartMs(START + 3) + 7)).includes("poly:late"));
  assert.ok(!ids(asOf(universe(), Number.MAX_SAFE_INTEGER)).includes("kalshi:never"));
});

Deno.test("asOf() knows a resolution from its settlement", () => {
  const settled = dayStartMs(START + 4) + 5;
  assert.equal(asOf(universe(), settled - 1).resolutions.length, 0);
  assert.equal(asOf(universe(), settled).resolutions.length, 1);
});

Deno.test("asOf() cuts activity and benchmarks at the same instant", () => {
  const view = asOf(universe(), dayEndMs(START + 2));
  assert.deepEqual([...view.activity.volumeUsd], [10, 20, 30]);
  assert.deepEqual([...view.benchmarks[0]!.close], [500, 501]);
});

const instant = fc.integer({ min: dayStartMs(START - 1), max: dayEndMs(START + 7) });

Deno.test("asOf() does not change when everything after the instant is poisoned", () => {
  fc.assert(
    fc.property(instant, fc.double({ min: 0, max: 1, noNaN: true }), (timeMs, garbage) => {
      const data = universe();
      const view = asOf(data, timeMs);
      const poisoned = universe();
      const late = (day: number) => dayEndMs(day) > timeMs;
      poisoned.prices.day.forEach((day, row) => {
        if (late(day)) poisoned.prices.close[row] = garbage;
      });
      poisoned.activity.day.forEach((day, row) => {
        if (late(day)) poisoned.activity.volumeUsd[row] = NaN;
      });
      for (const series of poisoned.benchmarks) {
        series.day.forEach((day, i) => late(day) && (series.close[i] = garbage));
      }
      const changed: DataSet = {
        ...poisoned,
        resolutions: poisoned.resolutions.map((r) =>
          r.resolvedAtMs > timeMs ? { ...r, payout: 0, source: "poison" } : r
        ),
      };
      assert.deepEqual(asOf(changed, timeMs), view);
    }),
    { seed: 7 },
  );
});

Deno.test("asOf() holds no byte of the future: not in buffers, not in rejected rows, not in counts", () => {
  fc.assert(
    fc.property(instant, (timeMs) => {
      const data: DataSet = {
        ...universe(),
        rejected: [{ file: "prices.parquet", row: 9, column: "close", value: "7", reason: "r" }],
        files: [{ file: "prices.parquet", nRows: 12, nAccepted: 11, nRejected: 1 }],
      };
      const view = asOf(data, timeMs);
      const arrays = [
        ...Object.values(view.prices),
        ...Object.values(view.activity),
        ...view.benchmarks.flatMap((series) => [series.day, series.close]),
      ].filter((value) => ArrayBuffer.isView(value));
      for (const array of arrays) assert.equal(array.buffer.byteLength, array.byteLength);
      const days = [...view.prices.day, ...view.activity.day];
      for (const day of days) assert.ok(dayEndMs(day) <= timeMs);
      assert.deepEqual([view.rejected, view.files], [[], []]);
      assert.ok(view.asOfMs <= timeMs);
      assert.equal(view.prices.offsets.length, view.markets.length + 1);
      const known = new Set(ids(view));
      for (const { marketId, resolvedAtMs } of view.resolutions) {
        assert.ok(known.has(marketId) && resolvedAtMs <= timeMs);
      }
    }),
    { seed: 7 },
  );
});

Deno.test("asOf() of a later view equals asOf() of the whole, and a view cannot see past itself", () => {
  fc.assert(
    fc.property(instant, instant, (a, b) => {
      const [early, late] = a < b ? [a, b] : [b, a];
      const whole = universe();
      assert.deepEqual(asOf(asOf(whole, late), early), asOf(whole, early));
      assert.deepEqual(asOf(asOf(whole, early), late), asOf(whole, early));
    }),
    { seed: 7 },
  );
});

Deno.test("asOf() cannot be widened: its lists are frozen and writing to it leaves the source alone", () => {
  const data = universe();
  const view = asOf(data, dayEndMs(START + 2));
  assert.throws(() => (view as { asOfMs: number }).asOfMs = Infinity, TypeError);
  assert.throws(() => (view.markets as unknown[]).push(data.markets[0]), TypeError);
  assert.throws(() => (view.resolutions as unknown[]).push(data.resolutions[0]), TypeError);
  view.prices.close.fill(0.99);
  assert.equal(data.prices.close[0], universe().prices.close[0]);
});

Deno.test("asOf() notices a planted look-ahead: a view cut one day late differs", () => {
  const data = universe();
  for (let day = START; day < START + 5; ++day) {
    assert.notDeepEqual(asOf(data, dayEndMs(day)), asOf(data, dayEndMs(day + 1)));
  }
});

Deno.test("asOf() refuses an instant that is not finite", () => {
  for (const timeMs of [NaN, Infinity]) {
    assert.throws(() => asOf(universe(), timeMs), {
      name: "RangeError",
      message: `Cannot look back as the instant must be finite: got ${timeMs}`,
    });
  }
});
