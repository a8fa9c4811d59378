import assert from "node:assert/strict";
import { parseDay, weekday } from "lib/core/day.ts";
import { drawMacro, type SeriesPath } from "lib/sources/simulated/benchmarks.ts";
import { simulatedSeries } from "lib/core/factor_list.ts";
import { readTemplates } from "lib/sources/simulated/read_templates.ts";

const { factors } = await readTemplates();
const FIRST = parseDay("2024-01-01");
// many years, so that the sampling error of a correlation is small
const macro = drawMacro(factors, { seed: 7, firstDay: FIRST, nDays: 9000 });
const bySymbol = new Map(macro.series.map((one) => [one.series.symbol, one]));

/** Moves of the latent log level between closes, keyed by day. */
function moves(path: SeriesPath): Map<number, number> {
  const result = new Map<number, number>();
  for (let s = 1; s < path.row.length; ++s) {
    result.set(path.row[s]!, path.atClose[s]! - path.atClose[s - 1]!);
  }
  return result;
}

function correlation(a: SeriesPath, b: SeriesPath): number {
  const [x, y] = [moves(a), moves(b)];
  let sxy = 0, sxx = 0, syy = 0;
  for (const [day, u] of x) {
    const v = y.get(day);
    if (v === undefined) continue;
    sxy += u * v;
    sxx += u * u;
    syy += v * v;
  }
  return sxy / Math.sqrt(sxx * syy);
}

Deno.test("config/factors.yaml simulates the 41 series of the global set", () => {
  const simulated = simulatedSeries(factors).map(({ symbol }) => symbol);
  assert.equal(new Set(simulated).size, 41);
  assert.deepEqual(simulated, factors.sets.global!.symbols);
});

Deno.test("series that close together correlate as their loadings say", () => {
  const together = macro.series.filter(({ series }) => series.calendar === "us_equity");
  for (const a of together) {
    for (const b of together) {
      if (a.series.symbol >= b.series.symbol) continue;
      const [la, lb] = [a.series.simulation.loadings, b.series.simulation.loadings];
      const target = Object.keys(la).reduce((sum, d) => sum + la[d]! * (lb[d] ?? 0), 0);
      const got = correlation(a, b);
      // fat tails roughly double the variance of a correlation over n = 6,200 days
      assert.ok(
        Math.abs(got - target) < 0.07,
        `${a.series.symbol} ${b.series.symbol}: ${got} for ${target}`,
      );
    }
  }
});

Deno.test("the well-known pairs look as they do in the world", () => {
  const rho = (a: string, b: string) => correlation(bySymbol.get(a)!, bySymbol.get(b)!);
  const between = (x: number, low: number, high: number, name: string) =>
    assert.ok(x > low && x < high, `${name}: ${x}`);
  between(rho("SPY", "QQQ"), 0.87, 0.97, "SPY QQQ");
  between(rho("SPY", "^VIX"), -0.85, -0.65, "SPY VIX");
  between(rho("TLT", "^TNX"), -0.97, -0.8, "TLT TNX");
  between(rho("BTC-USD", "ETH-USD"), 0.75, 0.92, "BTC ETH");
  between(rho("SPY", "GLD"), -0.15, 0.15, "SPY GLD");
});

Deno.test("Tokyo's close of a day knows New York's day before better than its own", () => {
  const tokyo = bySymbol.get("^N225")!, newYork = moves(bySymbol.get("SPY")!);
  const shift = (lag: number) => {
    let sxy = 0, sxx = 0, syy = 0;
    for (const [day, u] of moves(tokyo)) {
      const v = newYork.get(day - lag);
      if (v === undefined || weekday(FIRST + day) === 1) continue;
      sxy += u * v;
      sxx += u * u;
      syy += v * v;
    }
    return sxy / Math.sqrt(sxx * syy);
  };
  assert.ok(shift(1) > 0.3, `lagged ${shift(1)}`);
  assert.ok(shift(1) > shift(0) + 0.15, `lagged ${shift(1)}, same day ${shift(0)}`);
});

Deno.test("moves have fat tails and volatility clusters", () => {
  const x = [...moves(bySymbol.get("SPY")!).values()];
  const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const square = mean(x.map((u) => u * u));
  assert.ok(mean(x.map((u) => u ** 4)) / square ** 2 > 4.5);
  const c = x.map((u) => Math.abs(u) - mean(x.map(Math.abs)));
  const lagged = mean(c.slice(5).map((u, i) => u * c[i]!)) / mean(c.map((u) => u * u));
  assert.ok(lagged > 0.05, `autocorrelation of size at five days: ${lagged}`);
});

Deno.test("prices are positive, exchanges rest at weekends and holidays, Bitcoin never does", () => {
  for (const { close } of macro.series) assert.ok(close.every((x) => x > 0 && Number.isFinite(x)));
  const spy = bySymbol.get("SPY")!.sessions.day, btc = bySymbol.get("BTC-USD")!.sessions.day;
  assert.ok(spy.every((day) => weekday(day) <= 5));
  assert.ok(!spy.includes(parseDay("2024-07-04")));
  assert.equal(btc.length, 9000);
});
