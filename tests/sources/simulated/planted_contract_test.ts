import assert from "node:assert/strict";
import { dayEndMs, isWeekend, parseDay } from "lib/core/day.ts";
import { drawMacro } from "lib/sources/simulated/benchmarks.ts";
import { plantedContract } from "lib/sources/simulated/planted_contract.ts";
import { readTemplates } from "lib/sources/simulated/read_templates.ts";

const { factors } = await readTemplates();
const FIRST = parseDay("2024-01-01");
const macro = drawMacro(factors, { seed: 7, firstDay: FIRST, nDays: 400 });

Deno.test("plantedContract() is the series' latent path at its closes and at the day's end", () => {
  for (const { series, row, sessions, atClose, atDayEnd } of macro.series) {
    const { observations, dayEnds } = plantedContract(macro, { symbol: series.symbol });
    atDayEnd.forEach((x, i) => assert.ok(Math.abs(dayEnds.value[i]! - x) < 1e-12));
    const at = new Map(
      Array.from(observations.atMs, (ms, cell) => [ms, observations.value[cell]!]),
    );
    row.forEach((i, s) => {
      const value = at.get((FIRST + i) * 86_400_000 + sessions.minute[s]! * 60_000)!;
      assert.ok(Math.abs(value - atClose[s]!) < 1e-12, `${series.symbol} session ${s}`);
    });
  }
});

Deno.test("plantedContract() trades round the clock, weekends too", () => {
  const { observations, dayEnds } = plantedContract(macro, { symbol: "SPY" });
  assert.ok(observations.atMs.every((ms, cell) => cell === 0 || ms > observations.atMs[cell - 1]!));
  assert.equal(observations.atMs.at(-1), dayEndMs(FIRST + 399));
  const weekend = dayEnds.day.findIndex(isWeekend);
  assert.notEqual(dayEnds.value[weekend], dayEnds.value[weekend - 1]);
});

Deno.test("plantedContract() moves beta for one", () => {
  const [one, twice] = [1, -2].map((beta) => plantedContract(macro, { symbol: "^N225", beta }));
  twice!.dayEnds.value.forEach((x, i) => assert.equal(x, -2 * one!.dayEnds.value[i]!));
});

Deno.test("plantedContract() refuses a series that is not simulated", () => {
  assert.throws(() => plantedContract(macro, { symbol: "GHOST" }), {
    name: "RangeError",
    message: 'Cannot plant a contract as the series it follows must be simulated: got "GHOST"',
  });
});
