import assert from "node:assert/strict";
import fc from "fast-check";
import { dayRange, panel } from "lib/core/panel.ts";
import { normalDraws, randomStream } from "lib/core/random.ts";
import { columnOf } from "lib/core/table.ts";
import { completeWindow, componentTable, moveComponents } from "lib/factors/move_components.ts";

const names = (n: number) => Array.from({ length: n }, (_, j) => `m${j}`);
const themeOf = new Map(
  names(60).map((id, j) => [id, j < 15 ? "crypto" : j < 45 ? "politics" : "war"]),
);

/** 60 contracts on 80 days; the first 15 share one factor. */
function made(loading: number, name = "made") {
  const draw = normalDraws(randomStream(7, name)), values = new Float64Array(80 * 60);
  for (let t = 0; t < 80; ++t) {
    const common = draw();
    for (let j = 0; j < 60; ++j) values[t * 60 + j] = (j < 15 ? loading * common : 0) + draw();
  }
  return panel(dayRange(100, 180), names(60), values);
}

const analysed = (moves = made(1.2), nShifts = 49) =>
  moveComponents(moves, { themeOf, nShifts, random: randomStream(7, "components") });

Deno.test("moveComponents() finds one common factor and whose it is", () => {
  const found = analysed();
  assert.equal(found.nAbove, 1);
  assert.equal(found.pValue, 1 / 50);
  assert.deepEqual(found.marketShares.map(({ theme }) => theme), ["crypto", "politics", "war"]);
  assert.ok(Math.abs(found.marketShares[0]!.share - 0.25) < 1e-12);
  assert.ok(found.components[0]!.themeShares[0]!.share > 0.9);
  assert.ok(found.effectiveBets < Math.min(...found.nullEffectiveBets));
  assert.deepEqual(found.components.map(({ isAbove }) => isAbove).slice(0, 3), [
    true,
    false,
    false,
  ]);
  assert.deepEqual([found.firstDay, found.lastDay, found.nDays, found.nMarkets], [
    100,
    179,
    80,
    60,
  ]);
});

Deno.test("moveComponents() finds no component in pure noise", () => {
  const found = analysed(made(0, "noise"));
  assert.equal(found.nAbove, 0);
  assert.ok(found.pValue > 0.05);
});

Deno.test("moveComponents() does not take a shared calendar of busy days for a factor", () => {
  const noise = made(0, "calendar");
  const values = noise.values.map((x, cell) => Math.floor(cell / 60) % 5 === 0 ? 5 * x : x);
  const found = analysed({ ...noise, values });
  assert.equal(found.nAbove, 0);
  assert.ok(found.nAboveTurned > 0);
  const factor = made(2),
    scaled = factor.values.map((x, c) => Math.floor(c / 60) % 5 === 0 ? 5 * x : x);
  assert.equal(analysed({ ...factor, values: scaled }).nAbove, 1);
});

Deno.test("moveComponents() shares add up, over themes and over components", () => {
  const { components, marketShares } = analysed(made(0.5), 3);
  const sum = (values: readonly number[]) => values.reduce((total, x) => total + x, 0);
  assert.equal(components.length, 60);
  assert.ok(Math.abs(sum(marketShares.map(({ share }) => share)) - 1) < 1e-12);
  assert.ok(Math.abs(sum(components.map(({ varianceShare }) => varianceShare)) - 1) < 1e-9);
  for (const { themeShares } of components) {
    assert.ok(Math.abs(sum(themeShares.map(({ share }) => share)) - 1) < 1e-9);
  }
});

Deno.test("moveComponents() of too little has none", () => {
  const random = randomStream(7, "little");
  for (const [nDays, n] of [[0, 0], [2, 5], [9, 1], [0, 4]] as const) {
    const given = panel(
      dayRange(0, nDays),
      names(n),
      Float64Array.from({ length: nDays * n }, random),
    );
    const { components, nAbove, pValue } = analysed(given);
    assert.deepEqual([components.length, nAbove], [0, 0]);
    assert.ok(Number.isNaN(pValue));
  }
});

Deno.test("completeWindow() gives up a market that lacks most, then a day, then one without moves", () => {
  const given = panel(
    dayRange(10, 14),
    ["full", "young", "still", "gone a day", "also full"],
    // deno-fmt-ignore
    Float64Array.of(
      1, NaN, 5, 1, 2,
      2, NaN, 5, 2, 1,
      3, NaN, 5, NaN, NaN,
      4, 1, 5, 4, 7,
    ),
  );
  const window = completeWindow(given);
  assert.deepEqual([...window.days], [10, 11, 13]);
  assert.deepEqual(window.markets, ["full", "gone a day", "also full"]);
  assert.deepEqual([...window.values], [1, 1, 2, 2, 2, 1, 4, 4, 7]);
});

Deno.test("completeWindow() has no gap, and leaves a panel without one as it is", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 999 }),
      fc.integer({ min: 0, max: 9 }),
      fc.integer({ min: 0, max: 9 }),
      fc.double({ min: 0, max: 0.9, noNaN: true }),
      (seed, nDays, n, gaps) => {
        const random = randomStream(seed, "window");
        const values = Float64Array.from(
          { length: nDays * n },
          () => random() < gaps ? NaN : random(),
        );
        const before = values.slice();
        const window = completeWindow(panel(dayRange(0, nDays), names(n), values));
        assert.ok(!window.values.some(Number.isNaN));
        assert.equal(window.values.length, window.days.length * window.markets.length);
        if (gaps === 0 && nDays > 1) assert.deepEqual(window.values, values);
        assert.deepEqual(values, before);
      },
    ),
    { seed: 2, numRuns: 200 },
  );
});

Deno.test("componentTable() has a row a component", () => {
  const found = analysed(made(1.2), 9), table = componentTable(found);
  assert.equal(table.nRows, 60);
  assert.deepEqual(Object.keys(table.columns), [
    ...["component", "eigenvalue", "null_low", "null_median", "null_high", "is_above"],
    ...["variance_share", "leading_theme", "leading_share", "expected_share"],
  ]);
  const leading = columnOf(table, "leading_theme", "string");
  assert.equal(leading.labels[leading.codes[0]!], "crypto");
  assert.ok(Math.abs(columnOf(table, "expected_share", "number").values[0]! - 0.25) < 1e-12);
  const unnamed = moveComponents(made(1), {
    themeOf: new Map(),
    nShifts: 2,
    random: randomStream(1, "u"),
  });
  assert.equal(columnOf(componentTable(unnamed), "leading_theme", "string").codes[0], -1);
  const none = moveComponents(panel(dayRange(0, 0), [], new Float64Array(0)), {
    ...{ themeOf, nShifts: 2, random: randomStream(1, "n") },
  });
  assert.equal(componentTable(none).nRows, 0);
});
