import assert from "node:assert/strict";
import fc from "fast-check";
import { parseDay } from "lib/core/day.ts";
import type { TapeFact } from "lib/sources/live/fact.ts";
import { dailyVolumes } from "lib/sources/live/daily_volume.ts";

const FIRST = parseDay("2026-11-10");
const D = 86_400;

/** A page of trades given as [days since 2026-11-10, dollars, identity]. */
function page(
  trades: readonly [number, number, string][],
  { walk = "2026-11-15", isFirstEver = false } = {},
): TapeFact {
  const rows = trades.map(([days, dollars, id]) =>
    [Math.round((FIRST + days) * D), dollars, id] as const
  );
  const times = rows.map(([seconds]) => seconds * 1000);
  return {
    kind: "tape",
    subject: "poly:1",
    walk,
    fromMs: isFirstEver || times.length === 0 ? 0 : Math.min(...times),
    toMs: times.length === 0 ? 0 : Math.max(...times),
    trades: rows,
  };
}

Deno.test("dailyVolumes() begins with the first whole day and ends before the day of the walk", () => {
  const newest = page([[5.2, 64, "f"], [4.5, 16, "e"], [3.1, 8, "d"]]);
  const oldest = page([[3.1, 4, "c"], [1, 2, "b"], [0.5, 1, "a"]]);
  assert.deepEqual(dailyVolumes([newest, oldest]), [
    { fromDay: FIRST + 1, toDay: FIRST + 5, volumeUsd: [2, 0, 12, 16] },
  ]);
  assert.deepEqual(dailyVolumes([newest]), [
    { fromDay: FIRST + 4, toDay: FIRST + 5, volumeUsd: [16] },
  ]);
});

Deno.test("dailyVolumes() takes the first day along where the walk reached the first trade ever", () => {
  const oldest = page([[1, 2, "b"], [0.5, 1, "a"]], { isFirstEver: true });
  assert.deepEqual(dailyVolumes([oldest]), [
    { fromDay: FIRST, toDay: FIRST + 5, volumeUsd: [1, 2, 0, 0, 0] },
  ]);
});

Deno.test("dailyVolumes() leaves out the day of a trade at midnight, which may have others", () => {
  assert.deepEqual(dailyVolumes([page([[2.5, 2, "b"], [1, 1, "a"]])]), [
    { fromDay: FIRST + 2, toDay: FIRST + 5, volumeUsd: [2, 0, 0] },
  ]);
});

Deno.test("dailyVolumes() counts a page twice no trade, but equal fills of one page are real", () => {
  const upper = page([[4.5, 10, "twin"], [4.5, 10, "twin"], [3.5, 7, "edge"]]);
  const lower = page([[3.4, 3, "next"], [3.2, 5, "x"], [0.5, 1, "a"]]);
  const overlap = page([[4.5, 10, "twin"], [3.5, 7, "edge"], [3.4, 3, "next"], [3.2, 5, "x"]]);
  const expected = [{ fromDay: FIRST + 1, toDay: FIRST + 5, volumeUsd: [0, 0, 15, 20] }];
  assert.deepEqual(dailyVolumes([upper, lower]), expected);
  assert.deepEqual(dailyVolumes([upper, lower, upper, overlap, lower]), expected);
});

Deno.test("dailyVolumes() adds up equal fills on both sides of a cut, and a page that came twice once", () => {
  const upper = page([[4.5, 10, "twin"], [3.5, 7, "edge"]]);
  const middle = page([[3.5, 7, "edge"], [3.5, 7, "edge"]]);
  const lower = page([[3.5, 7, "edge"], [3.2, 5, "x"], [0.5, 1, "a"]]);
  const expected = [{ fromDay: FIRST + 1, toDay: FIRST + 5, volumeUsd: [0, 0, 33, 10] }];
  assert.deepEqual(dailyVolumes([upper, middle, lower]), expected);
  assert.deepEqual(dailyVolumes([lower, middle, middle, upper, lower]), expected);
});

Deno.test("dailyVolumes() takes the latest walk where walks overlap, and leaves a gap unknown", () => {
  const early = page([[1.5, 2, "b"], [0.5, 1, "a"]], { walk: "2026-11-13" });
  const late = page([[4.5, 9, "d"], [2.5, 8, "c"], [1.5, 3, "b"], [0.8, 1, "z"]]);
  assert.deepEqual(dailyVolumes([late, early]), [
    { fromDay: FIRST + 1, toDay: FIRST + 5, volumeUsd: [3, 8, 0, 9] },
  ]);
  const reachesIn = page([[4.5, 9, "d"], [1.8, 3, "b"]]);
  assert.deepEqual(dailyVolumes([reachesIn, early]), [
    { fromDay: FIRST + 1, toDay: FIRST + 5, volumeUsd: [2, 0, 0, 9] },
  ]);
  const far = page([[6.5, 4, "f"], [5.5, 2, "e"]], { walk: "2026-11-18" });
  assert.deepEqual(dailyVolumes([far, early]), [
    { fromDay: FIRST + 1, toDay: FIRST + 3, volumeUsd: [2, 0] },
    { fromDay: FIRST + 6, toDay: FIRST + 8, volumeUsd: [4, 0] },
  ]);
});

Deno.test("dailyVolumes() knows nothing of a tape without trades, or of a walk within its day", () => {
  assert.deepEqual(dailyVolumes([]), []);
  assert.deepEqual(dailyVolumes([page([], { isFirstEver: true })]), []);
  assert.deepEqual(dailyVolumes([page([[5.5, 1, "b"], [5.1, 1, "a"]])]), []);
});

Deno.test("dailyVolumes() adds the smallest trades first, whatever their order", () => {
  const trades = [[3.1, 0.3, "c"], [3.1, 0.2, "b"], [3.1, 0.1, "a"]] as [number, number, string][];
  const old: [number, number, string] = [1.5, 1, "z"];
  assert.notEqual(0.3 + 0.2 + 0.1, 0.1 + 0.2 + 0.3);
  for (const order of [trades, trades.toReversed()]) {
    assert.deepEqual(dailyVolumes([page([...order, old])])[0]!.volumeUsd, [0, 0.1 + 0.2 + 0.3, 0]);
  }
});

Deno.test("dailyVolumes() does not depend on the order of pages or trades by a single bit", () => {
  const trade = fc.tuple(
    fc.integer({ min: 0, max: 60 }).map((k) => k / 10),
    fc.double({ min: 0, max: 1e6, noNaN: true }),
    fc.constantFrom("a", "b", "c"),
  );
  const pages = fc.array(fc.tuple(fc.array(trade), fc.constantFrom("2026-11-15", "2026-11-16")))
    .chain((drawn) =>
      fc.tuple(
        fc.constant(drawn),
        fc.shuffledSubarray(drawn, { minLength: drawn.length }),
      )
    );
  const facts = (drawn: readonly [[number, number, string][], string][]) =>
    drawn.map(([trades, walk]) => page(trades, { walk }));
  fc.assert(
    fc.property(pages, ([drawn, shuffled]) => {
      const expected = dailyVolumes(facts(drawn));
      assert.deepEqual(dailyVolumes(facts(shuffled)), expected);
      const reversed = facts(drawn).map((fact) => ({ ...fact, trades: fact.trades.toReversed() }));
      assert.deepEqual(dailyVolumes(reversed), expected);
      assert.deepEqual(dailyVolumes([...facts(drawn), ...facts(shuffled)]), expected);
      for (const { fromDay, toDay, volumeUsd } of expected) {
        assert.equal(volumeUsd.length, toDay - fromDay);
      }
    }),
    { seed: 8 },
  );
});

Deno.test("dailyVolumes() throws for a walk that is no day", () => {
  assert.throws(() => dailyVolumes([page([[1, 1, "a"]], { walk: "now" })]), {
    name: "SyntaxError",
    message: 'Cannot read a day as it must be a date YYYY-MM-DD: got "now"',
  });
});
