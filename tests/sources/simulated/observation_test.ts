import assert from "node:assert/strict";
import { randomStream } from "lib/core/random.ts";
import { columnOf } from "lib/core/table.ts";
import { drawHabits, observe } from "lib/sources/simulated/observe.ts";
import { textOf, trueMarkets, tStatistic, universe } from "./universe.ts";

const full = universe("default", "full");
const truth = trueMarkets(full);
const { offsets, nOpen, p } = full.truth.paths;

Deno.test("a decided contract is worth what it will pay, void ones included", () => {
  let nVoid = 0;
  truth.forEach(({ id, payout, voided }, j) => {
    for (let row = offsets[j]! + nOpen[j]!; row < offsets[j + 1]!; ++row) {
      assert.equal(p[row], payout, id);
      if (voided) ++nVoid;
    }
  });
  assert.ok(nVoid > 0);
});

Deno.test("outcomes decided on one day are settled together", () => {
  const at = columnOf(full.tables.resolutions, "resolved_at", "timestamp").values;
  const resolvedAt = new Map(
    textOf(full.tables.resolutions, "market_id").map((id, i) => [id, at[i]!] as const),
  );
  const groups = Map.groupBy(
    truth.filter(({ settled, kind }) => settled && kind !== "deadlines"),
    ({ id, event }) => `${id.split(":")[0]} ${event}`,
  );
  let n = 0;
  for (const [event, group] of groups) {
    if (group.length < 2) continue;
    ++n;
    const times = group.map(({ id }) => resolvedAt.get(id)!);
    assert.ok(Math.max(...times) - Math.min(...times) < 10 * 60_000, event);
  }
  assert.ok(n > 300, `${n} events`);
});

Deno.test("an open question trades more than a lost cause, so final volume tells how it went", () => {
  const n = 60, rising = Float64Array.from({ length: n }, (_, i) => 0.05 + 0.45 * i / (n - 1));
  const ratios = Array.from({ length: 400 }, (_, k) => {
    const habits = drawHabits(randomStream(7, `habits/${k}`), { fineTicks: true, nDays: n });
    const total = (path: Float64Array) =>
      observe(path, habits, randomStream(7, `seen/${k}`)).volumeUsd.reduce((a, b) => a + b, 0);
    return Math.log(total(rising) / total(new Float64Array(n).fill(0.05)));
  });
  const mean = ratios.reduce((a, b) => a + b, 0) / ratios.length;
  assert.ok(mean > Math.log(1.5) && tStatistic(ratios) > 5, `${Math.exp(mean)} times`);
});

Deno.test("bid-ask bounce feigns a return when rebalanced daily, and none when held", () => {
  const nMarkets = 400, n = 120, quoted = 0.1;
  let simple = 0, held = 0, count = 0;
  for (let k = 0; k < nMarkets; ++k) {
    const random = randomStream(7, `bounce/${k}`);
    const habits = drawHabits(random, { fineTicks: true, nDays: n });
    const { close } = observe(new Float64Array(n).fill(quoted), habits, random);
    for (let i = 1; i < n; ++i) {
      simple += close[i]! / close[i - 1]! - 1;
      ++count;
    }
    held += (close[n - 1]! / close[0]! - 1) / nMarkets;
  }
  // the truth does not move at all
  assert.ok(365 * simple / count > 1, `${365 * simple / count} a year`);
  assert.ok(Math.abs(held) < 0.02, `${held}`);
});
