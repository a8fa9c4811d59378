import assert from "node:assert/strict";
import { normalDraws, randomStream } from "lib/core/random.ts";
import { marketRegimes, type MarketSessions } from "lib/portfolio/regimes.ts";
// golden: pandas, made by tests/golden/portfolio/regimes.py
import golden from "../golden/portfolio/regimes.json" with { type: "json" };

const known = (values: readonly (number | null)[]) => Float64Array.from(values, (x) => x ?? NaN);
const options = {
  window: golden.window,
  warmUp: golden.warmUp,
  confirmations: golden.confirmations,
};
const market: MarketSessions = {
  day: Int32Array.from(golden.day),
  stocks: known(golden.stocks),
  level: known(golden.level),
};

Deno.test("marketRegimes() matches pandas, a hole in the level included", () => {
  const before = [market.day.slice(), market.stocks.slice(), market.level.slice()];
  const found = marketRegimes(market, options);
  assert.deepEqual(found.regime, golden.labels);
  for (const name of ["stockReturn", "volatility"] as const) {
    known(golden[name]).forEach((x, t) => {
      if (Number.isNaN(x)) assert.ok(Number.isNaN(found[name][t]!), `${name} ${t}`);
      else assert.ok(Math.abs(found[name][t]! - x) < 1e-12, `${name} ${t}`);
    });
  }
  assert.deepEqual([market.day, market.stocks, market.level], before);
});

/** The first `n` sessions. */
const upTo = (n: number): MarketSessions => ({
  day: market.day.slice(0, n),
  stocks: market.stocks.slice(0, n),
  level: market.level.slice(0, n),
});

Deno.test("marketRegimes() labels up to t stay when sessions from t on are dropped", () => {
  const whole = marketRegimes(market, options);
  for (let n = 0; n <= 320; n += 8) {
    const { regime, stockReturn, volatility, level } = marketRegimes(upTo(n), options);
    assert.deepEqual(regime, whole.regime.slice(0, n));
    assert.deepEqual(stockReturn, whole.stockReturn.slice(0, n));
    assert.deepEqual(volatility, whole.volatility.slice(0, n));
    assert.deepEqual(level, whole.level.slice(0, n));
  }
});

Deno.test("marketRegimes() label of t stays when the closes of t and all later ones are poisoned", () => {
  const whole = marketRegimes(market, options);
  let nChanged = 0;
  for (let t = 60; t < 310; t += 10) {
    for (const poison of [NaN, 1e6, 1e-6]) {
      const spoilt = (values: Float64Array) => values.map((x, s) => s >= t ? poison : x);
      const { regime } = marketRegimes(
        { ...market, stocks: spoilt(market.stocks), level: spoilt(market.level) },
        options,
      );
      // what is known at the end of t − 1 is the label of t
      assert.deepEqual(regime.slice(0, t + 1), whole.regime.slice(0, t + 1));
      if (regime.slice(t + 1).some((one, s) => one !== whole.regime[t + 1 + s])) ++nChanged;
    }
  }
  assert.equal(nChanged, 75);
});

/** Sessions one day apart, calm or wild by turns of 60. */
function spells(nSessions: number): MarketSessions {
  const draw = normalDraws(randomStream(7, "spells"));
  const stocks = new Float64Array(nSessions), level = new Float64Array(nSessions);
  for (let t = 0; t < nSessions; ++t) {
    const isWild = Math.floor(t / 60) % 2 === 1;
    const gain = (isWild ? -0.004 : 0.002) + (isWild ? 0.02 : 0.005) * draw();
    stocks[t] = t === 0 ? 100 : stocks[t - 1]! * (1 + gain);
    level[t] = (isWild ? 30 : 13) * (1 + 0.05 * draw());
  }
  return { day: Int32Array.from({ length: nSessions }, (_, t) => t), stocks, level };
}

Deno.test("marketRegimes() calls calm rising spells risk-on and wild falling ones risk-off", () => {
  const { regime } = marketRegimes(spells(600), { window: 20, warmUp: 120 });
  // the second half of each spell, when the window has left the one before
  const late = (isWild: boolean) =>
    regime.filter((one, t) =>
      one !== null && t % 60 >= 30 && (Math.floor(t / 60) % 2 === 1) === isWild
    );
  const share = (of: typeof regime, wanted: string) =>
    of.filter((one) => one === wanted).length / of.length;
  assert.ok(share(late(false), "risk-on") > 0.5, `${share(late(false), "risk-on")}`);
  assert.ok(share(late(true), "risk-off") > 0.5, `${share(late(true), "risk-off")}`);
  assert.equal(share(late(false), "risk-off"), 0);
  assert.equal(share(late(true), "risk-on"), 0);
});

Deno.test("marketRegimes() needs its warm-up, and as many confirmations as it is told", () => {
  const { regime } = marketRegimes(spells(300), { window: 20, warmUp: 50 });
  // 21 sessions without measures, then 50 whose terciles would rest on too few
  assert.deepEqual(regime.map((one) => one === null), regime.map((_, t) => t < 21 + 50));
  const changes = (confirmations: number) =>
    marketRegimes(spells(600), { window: 20, warmUp: 50, confirmations }).regime
      .filter((one, t, all) => t > 71 && one !== all[t - 1]).length;
  assert.ok(changes(1) > changes(5) && changes(5) >= 8, `${changes(1)} ${changes(5)}`);
});

Deno.test("marketRegimes() of a market that stands still is neutral", () => {
  const n = 40, flat = (value: number) => new Float64Array(n).fill(value);
  const { regime } = marketRegimes({ ...spells(n), stocks: flat(100), level: flat(15) }, {
    window: 5,
    warmUp: 3,
  });
  assert.deepEqual(new Set(regime), new Set([null, "neutral"]));
});

Deno.test("marketRegimes() refuses what is no series of sessions", () => {
  const given = spells(4);
  const refused = (change: Partial<MarketSessions>, message: string, window = 2) =>
    assert.throws(() => marketRegimes({ ...given, ...change }, { window }), {
      name: "RangeError",
      message: `Cannot tell regimes as ${message}`,
    });
  refused(
    { level: new Float64Array(3) },
    "each of 4 sessions must have a close and a level: got 4 and 3",
  );
  refused({ day: Int32Array.of(1, 2, 2, 3) }, "days must increase: got 2 after 2");
  refused(
    { stocks: Float64Array.of(1, 2, 0, 3) },
    "closes of stocks must be finite and above 0: got 0",
  );
  refused({}, "window must be a whole number >= 2: got 1", 1);
  assert.throws(() => marketRegimes(given, { window: 2, warmUp: -1 }), {
    message: "Cannot tell regimes as warmUp must be at least 0: got -1",
  });
  assert.throws(() => marketRegimes(given, { window: 2, confirmations: 0 }), {
    message: "Cannot tell regimes as confirmations must be at least 1: got 0",
  });
});
