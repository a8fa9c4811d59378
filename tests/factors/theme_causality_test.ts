import assert from "node:assert/strict";
import { normalDraws, randomStream } from "lib/core/random.ts";
import { columnOf } from "lib/core/table.ts";
import type { FactorPanel } from "lib/factors/factor_panel.ts";
import { causalityTable, themeCausality } from "lib/factors/theme_causality.ts";
import type { ThemeIndices } from "lib/factors/theme_indices.ts";

const SYMBOLS = ["SPY", "TLT", "GLD", "^VIX"];

/** A panel of noise on sessions a day apart. */
function panelOf(nSessions: number, name: string): FactorPanel {
  const draw = normalDraws(randomStream(7, name));
  return {
    factors: SYMBOLS.map((symbol) => ({ symbol, name: symbol, group: "US equity", kind: "price" })),
    fromDay: Int32Array.from({ length: nSessions }, (_, s) => s),
    day: Int32Array.from({ length: nSessions }, (_, s) => s + 1),
    moves: Float64Array.from({ length: nSessions * SYMBOLS.length }, draw),
  };
}

/** Indices of noise. */
function indicesOf(nThemes: number, nSessions: number, name: string): ThemeIndices {
  const draw = normalDraws(randomStream(7, name));
  return {
    themes: Array.from({ length: nThemes }, (_, k) => `theme ${k}`),
    nSessions,
    index: Float64Array.from({ length: nThemes * nSessions }, draw),
    nEvents: new Int32Array(nThemes * nSessions).fill(9),
  };
}

const options = { lags: 2, maxShifts: 49 };

Deno.test("themeCausality() finds a planted lead of a theme and one of an asset, and nothing else", () => {
  const n = 300, panel = panelOf(n, "assets"), indices = indicesOf(3, n, "themes");
  const moves = panel.moves.slice(), index = indices.index.slice();
  for (let s = 1; s < n; ++s) {
    // theme 1 leads GLD, SPY leads theme 2
    moves[s * 4 + 2]! += 0.6 * index[n + s - 1]!;
    index[2 * n + s]! += 0.6 * moves[(s - 1) * 4]!;
  }
  const rows = themeCausality({ ...indices, index }, { ...panel, moves }, options);
  assert.equal(rows.length, 3 * 4 * 2);
  const found = rows.filter(({ qValue }) => qValue < 0.05)
    .map(({ theme, symbol, direction }) => `${theme} ${symbol} ${direction}`);
  assert.deepEqual(found, ["theme 1 GLD theme leads", "theme 2 SPY asset leads"]);
  const lead = rows.find(({ theme, symbol }) => theme === "theme 1" && symbol === "GLD")!;
  assert.deepEqual([lead.n, lead.lags, lead.shiftPValue], [298, 2, 1 / 50]);
});

Deno.test("themeCausality() of noise: one test in twenty at p, none in most universes at q", () => {
  let nTests = 0, nLow = 0, nUniverses = 0;
  for (let k = 0; k < 12; ++k) {
    const rows = themeCausality(indicesOf(6, 120, `noise ${k}`), panelOf(120, `null ${k}`), {
      ...options,
      maxShifts: 0,
    });
    nTests += rows.length;
    nLow += rows.filter(({ pValue }) => pValue < 0.05).length;
    if (rows.some(({ qValue }) => qValue < 0.05)) ++nUniverses;
  }
  assert.equal(nTests, 576);
  assert.ok(nLow / nTests < 0.05 + 3 * Math.sqrt(0.05 * 0.95 / nTests), `${nLow}`);
  assert.ok(nUniverses <= 2, `${nUniverses}`);
});

Deno.test("themeCausality() takes no lag across a hole between sessions", () => {
  const panel = panelOf(100, "hole"), indices = indicesOf(1, 100, "hole");
  const whole = themeCausality(indices, panel, options);
  const fromDay = panel.fromDay.slice(), day = panel.day.slice();
  for (let s = 40; s < 100; ++s) {
    fromDay[s]! += 30;
    day[s]! += 30;
  }
  const apart = themeCausality(indices, { ...panel, fromDay, day }, options);
  assert.deepEqual([whole[0]!.n, apart[0]!.n], [98, 96]);
});

Deno.test("themeCausality() counts a test that cannot be made as no test", () => {
  const indices = indicesOf(2, 100, "gap");
  const index = indices.index.map((x, cell) => cell < 100 ? NaN : x);
  const rows = themeCausality({ ...indices, index }, panelOf(100, "gap"), {
    ...options,
    symbols: ["GLD", "SPY"],
  });
  assert.deepEqual(rows.map(({ symbol }) => symbol), [
    ...["GLD", "GLD", "SPY", "SPY", "GLD", "GLD", "SPY", "SPY"],
  ]);
  assert.ok(rows.slice(0, 4).every(({ pValue, qValue }) => Number.isNaN(pValue + qValue)));
  const lowest = rows.slice(4).toSorted((a, b) => a.pValue - b.pValue)[0]!;
  assert.ok(lowest.qValue <= 4 * lowest.pValue + 1e-15);
});

Deno.test("causalityTable() has a row a test", () => {
  const rows = themeCausality(indicesOf(1, 60, "table"), panelOf(60, "table"), options);
  const table = causalityTable(rows);
  assert.equal(table.nRows, 8);
  assert.deepEqual(Object.keys(table.columns), [
    ...["theme", "symbol", "direction", "n", "lags", "f", "p_value", "shift_p_value", "q_value"],
  ]);
  assert.deepEqual(
    [...columnOf(table, "q_value", "number").values],
    rows.map(({ qValue }) => qValue),
  );
  assert.deepEqual(columnOf(table, "direction", "string").labels, ["theme leads", "asset leads"]);
});

Deno.test("themeCausality() refuses other sessions and an unknown symbol", () => {
  assert.throws(() => themeCausality(indicesOf(1, 50, "a"), panelOf(60, "a"), options), {
    name: "RangeError",
    message: "Cannot test themes against assets as both must have the same sessions: got 50 and 60",
  });
  assert.throws(
    () => themeCausality(indicesOf(1, 60, "a"), panelOf(60, "a"), { ...options, symbols: ["BTC"] }),
    {
      name: "RangeError",
      message: 'Cannot test themes against assets as each must be in the panel: got "BTC"',
    },
  );
});
