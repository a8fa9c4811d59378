import assert from "node:assert/strict";
import { asOf } from "lib/universe/as_of.ts";
import { selectMarkets } from "lib/universe/select_markets.ts";
import { dayEndMs, parseDay } from "lib/core/day.ts";
import { dataSetFixture } from "../fixtures/data_set.ts";

const universe = dataSetFixture({
  "poly:a": { closes: { "2025-01-01": 0.1, "2025-01-02": 0.2 }, volumes: { "2025-01-02": 5 } },
  "poly:b": {
    closes: { "2025-01-02": 0.5 },
    paid: { payout: 1, atMs: dayEndMs(parseDay("2025-01-02")) - 1 },
  },
  "poly:c": { closes: { "2025-01-01": 0.8, "2025-01-03": 0.7 } },
});

Deno.test("selectMarkets() keeps rows, settlements and the latest knowledge of what is chosen", () => {
  const some = selectMarkets(universe, [1, 2]);
  assert.deepEqual(some.markets.map(({ marketId }) => marketId), ["poly:b", "poly:c"]);
  assert.deepEqual([...some.prices.offsets], [0, 1, 3]);
  assert.deepEqual([...some.prices.close], [0.5, 0.8, 0.7]);
  assert.deepEqual(some.resolutions.map(({ marketId }) => marketId), ["poly:b"]);
  assert.equal(some.asOfMs, universe.asOfMs);
  assert.deepEqual([...selectMarkets(universe, [0]).activity.volumeUsd], [5]);
  assert.equal(selectMarkets(universe, []).markets.length, 0);
});

Deno.test("selectMarkets() and asOf() commute", () => {
  const timeMs = dayEndMs(parseDay("2025-01-02"));
  assert.deepEqual(
    selectMarkets(asOf(universe, timeMs), [0, 2]),
    asOf(selectMarkets(universe, [0, 2]), timeMs),
  );
});

Deno.test("selectMarkets() refuses indices that do not increase", () => {
  assert.throws(() => selectMarkets(universe, [1, 1]), {
    name: "RangeError",
    message: "Cannot select markets as their indices must increase: got 1 after 1",
  });
});
