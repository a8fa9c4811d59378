import assert from "node:assert/strict";
import { normalDraws, randomIndex, randomStream } from "lib/core/random.ts";
import { cellAt } from "lib/core/table.ts";
import { regimeEvidence, regimeTable } from "lib/portfolio/regime_table.ts";
import { marketRegimes, type Regime, REGIMES } from "lib/portfolio/regimes.ts";
// golden: pandas, made by tests/golden/portfolio/regimes.py
import golden from "../golden/portfolio/regimes.json" with { type: "json" };

const day = Int32Array.from(golden.day), stocks = Float64Array.from(golden.stocks);
const nav = Float64Array.from(golden.nav), regime = golden.labels as (Regime | null)[];
const rates = new Float64Array(day.length).fill(golden.rate);
const random = (name: string) => randomStream(7, name);
const close = (found: number, wanted: number, where: string) =>
  assert.ok(Math.abs(found - wanted) < 1e-10, `${where}: ${found} for ${wanted}`);

Deno.test("regimeEvidence() matches pandas in measures and in every turn of the labels", () => {
  const before = [nav.slice(), stocks.slice(), rates.slice()];
  const { sessionsPerYear, rows, differences } = regimeEvidence(
    { day, regime },
    { series: [{ name: "sleeve", nav }], stocks, rates },
    { random: random("golden"), nDraws: 50 },
  );
  close(sessionsPerYear, golden.perYear, "sessions a year");
  assert.deepEqual(rows.map((row) => row.regime), REGIMES);
  for (const row of rows) {
    const wanted = golden.rows[row.regime];
    assert.equal(row.nSessions, wanted.n);
    for (const measure of ["mean", "volatility", "sharpe", "correlation"] as const) {
      close(row[measure].value, wanted[measure], `${row.regime} ${measure}`);
      assert.ok(row[measure].low <= row[measure].high);
    }
  }
  assert.deepEqual(differences.map(({ measure }) => measure), ["mean", "sharpe", "correlation"]);
  differences.forEach((found, k) => {
    close(found.value, golden.difference[k]!, found.measure);
    close(found.nullLow, golden.nullLow[k]!, found.measure);
    close(found.nullHigh, golden.nullHigh[k]!, found.measure);
    close(found.pValue, golden.pValue[k]!, found.measure);
    assert.equal(found.nShifts, 256);
  });
  assert.deepEqual([nav, stocks, rates], before);
});

/** Labels in spells of 10 sessions and a series whose mean is `apart` a session higher in risk-on. */
function made(apart: number, name: string) {
  const n = 500, draw = normalDraws(random(name));
  // no period, or a turn of the labels would meet them again
  const pick = random("labels"),
    spells = Array.from({ length: 50 }, () => REGIMES[randomIndex(pick, 3)]!);
  const labels = Array.from({ length: n }, (_, t) => spells[Math.floor(t / 10)]!);
  const walk = (drift: (t: number) => number) => {
    const values = new Float64Array(n).fill(100);
    for (let t = 1; t < n; ++t) values[t] = values[t - 1]! * (1 + drift(t) + 0.01 * draw());
    return values;
  };
  return {
    days: { day: Int32Array.from({ length: n }, (_, t) => 20_000 + t), regime: labels },
    navs: {
      series: [{ name: "sleeve", nav: walk((t) => labels[t] === "risk-on" ? apart : 0) }],
      stocks: walk(() => 0),
      rates: null,
    },
  };
}

Deno.test("regimeEvidence() finds a planted difference, one in twenty without one", () => {
  const pOf = (apart: number, name: string) => {
    const { days, navs } = made(apart, name);
    return regimeEvidence(days, navs, { random: random(name), nDraws: 1 }).differences[0]!.pValue;
  };
  assert.ok(pOf(0.006, "planted") < 0.01);
  const nLow = Array.from({ length: 20 }, (_, k) => pOf(0, `none ${k}`)).filter((p) => p <= 0.05);
  assert.ok(nLow.length <= 3, `${nLow.length}`);
});

Deno.test("regimeEvidence() intervals hold the true mean of a series about as often as they say", () => {
  let nHeld = 0, n = 0;
  for (let k = 0; k < 16; ++k) {
    const { days, navs } = made(0, `coverage ${k}`);
    const { rows } = regimeEvidence(days, navs, { random: random(`draws ${k}`), nDraws: 200 });
    for (const { mean } of rows) {
      ++n;
      if (mean.low <= 0 && mean.high >= 0) ++nHeld;
    }
  }
  assert.ok(nHeld / n >= 0.85, `${nHeld} of ${n}`);
});

Deno.test("regimeEvidence() counts no session without a label or a value, and measures nothing of two", () => {
  const values = Float64Array.of(100, 101, 102, NaN, 104, 103, 106, 107);
  const labels: (Regime | null)[] = [
    ...["risk-on", "risk-on", null, "risk-on", "risk-on"] as const,
    ...["risk-off", "risk-off", "risk-off"] as const,
  ];
  const { rows, differences } = regimeEvidence(
    { day: Int32Array.from({ length: 8 }, (_, t) => t), regime: labels },
    {
      series: [{ name: "a", nav: values }],
      stocks: Float64Array.of(1, 2, 3, 2, 3, 1, 2, 4),
      rates: null,
    },
    { random: random("few"), nDraws: 20 },
  );
  // returns exist at 1, 2, 5, 6 and 7; 2 has no label
  assert.deepEqual(rows.map(({ nSessions }) => nSessions), [1, 0, 3]);
  for (const { mean, volatility, sharpe, correlation } of rows.slice(0, 2)) {
    for (const { value, low, high } of [mean, volatility, sharpe, correlation]) {
      assert.ok([value, low, high].every(Number.isNaN));
    }
  }
  assert.ok(!Number.isNaN(rows[2]!.mean.value));
  assert.ok(differences.every(({ value, pValue }) => Number.isNaN(value) && Number.isNaN(pValue)));
});

Deno.test("regimeEvidence() of cash has a mean, no Sharpe ratio and no correlation", () => {
  const { days, navs } = made(0, "cash");
  const cash = new Float64Array(500).fill(100);
  const { rows } = regimeEvidence(days, { ...navs, series: [{ name: "cash", nav: cash }] }, {
    random: random("cash"),
    nDraws: 5,
  });
  for (const { mean, volatility, sharpe, correlation } of rows) {
    assert.deepEqual([mean.value, volatility.value], [0, 0]);
    assert.ok(Number.isNaN(sharpe.value) && Number.isNaN(correlation.value));
  }
});

Deno.test("regimeTable() has a row a session, missing where not known", () => {
  const found = marketRegimes({ day, stocks, level: stocks }, { window: 20, warmUp: 40 });
  const { nRows, columns } = regimeTable(found);
  assert.equal(nRows, 320);
  assert.deepEqual(Object.keys(columns), ["date", "regime", "stock_return", "volatility", "level"]);
  assert.deepEqual(Object.values(columns).map((column) => cellAt(column, 0)), [
    ...[golden.day[0], null, null, null, null],
  ]);
  assert.equal(cellAt(columns.regime!, 319), found.regime[319]);
});

Deno.test("regimeEvidence() refuses series of other sessions and values that are no value", () => {
  const series = (values: Float64Array) => ({
    series: [{ name: "a", nav: values }],
    stocks,
    rates: null,
  });
  assert.throws(
    () => regimeEvidence({ day, regime }, series(new Float64Array(3)), { random: random("r") }),
    {
      name: "RangeError",
      message:
        'Cannot measure "a" by regime as it must have a value for each of 320 sessions: got 3',
    },
  );
  assert.throws(
    () => regimeEvidence({ day, regime }, series(nav.map(() => 0)), { random: random("r") }),
    {
      name: "RangeError",
      message: 'Cannot measure "a" by regime as its values must be finite and above 0: got 0',
    },
  );
});
