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

/** One panel for both ways of laying moves beside contracts. */
const both = (panel: FactorPanel) => ({ label: panel, overlap: panel });

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
  const rows = themeCausality({ ...indices, index }, both({ ...panel, moves }), options);
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
    const rows = themeCausality(indicesOf(6, 120, `noise ${k}`), both(panelOf(120, `null ${k}`)), {
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

/**
 * A theme and an asset that share the news of each day and nothing of another: `early` of it before the
 * exchange's close at 20:00 UTC, the rest before the contracts' mark at 24:00.
 */
function movingTogether(draw: () => number, { n, r, early }: Record<"n" | "r" | "early", number>) {
  const before = Float64Array.from({ length: n + 1 }, () => Math.sqrt(early) * draw());
  const after = Float64Array.from({ length: n + 1 }, () => Math.sqrt(1 - early) * draw());
  const closes = before.map((x, s) => x + (after[s - 1] ?? 0)), share = 20 / 24;
  const panel = (moves: Float64Array): FactorPanel => ({
    factors: [{ symbol: "SPY", name: "SPY", group: "US equity", kind: "price" }],
    fromDay: Int32Array.from(moves, (_, s) => s),
    day: Int32Array.from(moves, (_, s) => s + 1),
    moves,
  });
  const overlap = panel(closes.slice(0, n).map((x, s) => share * x + (1 - share) * closes[s + 1]!));
  const index = Float64Array.from(
    { length: n },
    (_, s) => r * (before[s]! + after[s]!) + Math.sqrt(1 - r * r) * draw(),
  );
  const indices = { themes: ["theme"], nSessions: n, index, nEvents: new Int32Array(n).fill(9) };
  return { indices, label: panel(closes), overlap };
}

for (const early of [20 / 24, 1]) {
  Deno.test(`themeCausality() finds no lead in what moves together, ${Math.round(100 * early)}% of news before the close`, () => {
    const nDraws = 200, found = { ours: [0, 0], overlapAlone: [0, 0] };
    for (let k = 0; k < nDraws; ++k) {
      const draw = normalDraws(randomStream(k, "moving together"));
      const { indices, label, overlap } = movingTogether(draw, { n: 400, r: 0.5, early });
      for (
        const [key, panels] of [["ours", { label, overlap }], [
          "overlapAlone",
          both(overlap),
        ]] as const
      ) {
        themeCausality(indices, panels, { lags: 2, maxShifts: 0 }).forEach(
          ({ pValue }, direction) => {
            if (pValue < 0.05) ++found[key][direction]!;
          },
        );
      }
    }
    // 200 at 5%: 20 or more have a chance below 0.2%
    assert.ok(found.ours.every((n) => n < 20), `${found.ours}`);
    assert.ok(found.overlapAlone[1]! > 50, `${found.overlapAlone}`);
  });
}

Deno.test("themeCausality() takes moves from close to close on the overlap panel's sessions", () => {
  const wide = panelOf(101, "assets"), indices = indicesOf(2, 100, "themes");
  const overlap = {
    ...wide,
    fromDay: wide.fromDay.slice(1),
    day: wide.day.slice(1),
    moves: wide.moves.slice(SYMBOLS.length),
  };
  assert.deepEqual(
    themeCausality(indices, { label: wide, overlap }, options),
    themeCausality(indices, both(overlap), options),
  );
  const cut = { ...wide, fromDay: wide.fromDay.slice(0, 50), day: wide.day.slice(0, 50) };
  assert.throws(() => themeCausality(indices, { label: cut, overlap }, options), {
    name: "RangeError",
    message:
      "Cannot test themes against assets as both panels must have each session: got none from " +
      "1970-02-20 to 1970-02-21 in the moves from close to close",
  });
});

Deno.test("themeCausality() takes no lag across a hole between sessions", () => {
  const panel = panelOf(100, "hole"), indices = indicesOf(1, 100, "hole");
  const whole = themeCausality(indices, both(panel), options);
  const fromDay = panel.fromDay.slice(), day = panel.day.slice();
  for (let s = 40; s < 100; ++s) {
    fromDay[s]! += 30;
    day[s]! += 30;
  }
  const apart = themeCausality(indices, both({ ...panel, fromDay, day }), options);
  assert.deepEqual([whole[0]!.n, apart[0]!.n], [98, 96]);
});

Deno.test("themeCausality() counts a test that cannot be made as no test", () => {
  const indices = indicesOf(2, 100, "gap");
  const index = indices.index.map((x, cell) => cell < 100 ? NaN : x);
  const rows = themeCausality({ ...indices, index }, both(panelOf(100, "gap")), {
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
  const rows = themeCausality(indicesOf(1, 60, "table"), both(panelOf(60, "table")), options);
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
  assert.throws(() => themeCausality(indicesOf(1, 50, "a"), both(panelOf(60, "a")), options), {
    name: "RangeError",
    message: "Cannot test themes against assets as both must have the same sessions: got 50 and 60",
  });
  assert.throws(
    () =>
      themeCausality(indicesOf(1, 60, "a"), both(panelOf(60, "a")), {
        ...options,
        symbols: ["BTC"],
      }),
    {
      name: "RangeError",
      message: 'Cannot test themes against assets as each must be in the panel: got "BTC"',
    },
  );
});
