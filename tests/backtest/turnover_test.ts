import assert from "node:assert/strict";
import { monthlyTurnover } from "lib/backtest/turnover.ts";
import { formatDay, parseDay } from "lib/core/day.ts";

const trades = (rows: readonly (readonly [string, number])[]) =>
  rows.map(([date, turnover]) => ({ date: parseDay(date), turnover }));
const unstableTurnover = 0.5;

Deno.test("monthlyTurnover() leaves out the first purchase and counts a quiet month as 0", () => {
  const found = monthlyTurnover(
    trades([["2024-01-01", 1], ["2024-01-20", 0.9], ["2024-02-01", 0.2], ["2024-04-01", 0.4], [
      "2024-04-11",
      0.3,
    ]]),
    { unstableTurnover },
  );
  assert.deepEqual([...found.months].map(formatDay), ["2024-02-01", "2024-03-01", "2024-04-01"]);
  assert.deepEqual([...found.values], [0.2, 0, 0.7]);
  assert.ok(Math.abs(found.mean - 0.3) < 1e-15);
  assert.deepEqual([found.median, found.unstableShare], [0.2, 1 / 3]);
});

Deno.test("monthlyTurnover() at the limit is not above it", () => {
  const { unstableShare } = monthlyTurnover(trades([["2024-01-01", 1], ["2024-02-01", 0.5]]), {
    unstableTurnover,
  });
  assert.equal(unstableShare, 0);
});

Deno.test("monthlyTurnover() of a basket that was only bought, or never, is unknown", () => {
  for (const rows of [trades([["2024-01-01", 1]]), []]) {
    const found = monthlyTurnover(rows, { unstableTurnover });
    assert.deepEqual([found.mean, found.median, found.unstableShare], [NaN, NaN, NaN]);
    assert.equal(found.months.length, 0);
  }
});
