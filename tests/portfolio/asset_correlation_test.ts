import assert from "node:assert/strict";
import { nullQuantiles } from "lib/core/null_percentile.ts";
import { normalDraws, randomStream } from "lib/core/random.ts";
import { assetCorrelations, pairedDays } from "lib/portfolio/asset_correlation.ts";
import { assetOf } from "lib/portfolio/asset_navs.ts";
import { assetSeries } from "lib/portfolio/session_series.ts";
import { tailDependence } from "lib/portfolio/tail_dependence.ts";
import { goldenAssets, isNear } from "./made_assets.ts";
// golden: scipy, made by tests/golden/portfolio/portfolios.py
import golden from "../golden/portfolio/portfolios.json" with { type: "json" };

const assets = goldenAssets();
const returns = (key: string) => assetSeries(assetOf(assets, key)!.nav, assets).returns;
const OPTIONS = { nDraws: 200, meanBlockSessions: 10, seed: 7 };
const expected: Readonly<Record<string, number>> = golden.correlations;
const bands: Readonly<Record<string, number[]>> = golden.bands;

/** Two normal series with a correlation, the second one shifted later by `later` sessions. */
function pair(n: number, { rho, seed, later = 0 }: { rho: number; seed: number; later?: number }) {
  const draw = normalDraws(randomStream(seed, "pair"));
  const asset = Float64Array.from({ length: n }, () => 0.01 * draw());
  const sleeve = asset.map((_, t) =>
    rho * asset[(t - later + n) % n]! + Math.sqrt(1 - rho * rho) * 0.01 * draw()
  );
  return [asset, sleeve] as const;
}

Deno.test("assetCorrelations() and tailDependence() match scipy, with every shift as the null", () => {
  const seen = [
    ...assetCorrelations(returns("stocks"), returns("baskets"), OPTIONS),
    ...tailDependence(returns("stocks"), returns("baskets"), OPTIONS),
  ];
  assert.deepEqual(seen.map(({ measure }) => measure), Object.keys(expected));
  for (const { measure, value, low, high, nullLow, nullHigh } of seen) {
    assert.ok(isNear(value, expected[measure]!, 1e-12), measure);
    assert.ok(low < high && nullLow < nullHigh, measure);
    const band = bands[measure];
    if (band === undefined) continue;
    assert.ok(isNear(nullLow, band[0]!, 1e-12) && isNear(nullHigh, band[1]!, 1e-12), measure);
  }
  assert.deepEqual(seen.map(({ n }) => n), [280, 280, 56, 56, 279, 279, 280, 280, 280, 280]);
});

Deno.test("assetCorrelations() cover a planted correlation, by value and by rank", () => {
  const covered = [0, 0, 0];
  for (let seed = 0; seed < 60; ++seed) {
    const seen = assetCorrelations(...pair(150, { rho: 0.5, seed }), { ...OPTIONS, nDraws: 99 });
    // Spearman's of a normal pair is 6/π asin(ρ/2)
    const truths = [0.5, 6 / Math.PI * Math.asin(0.25), 0.5];
    truths.forEach((truth, m) => {
      if (seen[m]!.low < truth && truth < seen[m]!.high) ++covered[m]!;
    });
  }
  assert.ok(covered[0]! >= 48 && covered[1]! >= 48 && covered[2]! >= 44, covered.join(" "));
});

Deno.test("assetCorrelations() rank each draw anew, ties and all", () => {
  const coarse = (x: number) => Math.round(100 * x) / 100;
  const [asset, sleeve] = pair(80, { rho: 0.4, seed: 2 }).map((one) => one.map(coarse));
  const rank = (values: Float64Array) =>
    values.map((x) => {
      const below = values.filter((other) => other < x).length;
      return below + (values.filter((other) => other === x).length + 1) / 2;
    });
  const { rows, nDraws, nDays } = pairedDays(80, OPTIONS);
  const draws = Array.from({ length: nDraws }, (_, b) => {
    const drawn = rows.slice(b * nDays, (b + 1) * nDays);
    const [x, y] = [asset!, sleeve!].map((one) => rank(Float64Array.from(drawn, (i) => one[i]!)));
    const mean = (nDays + 1) / 2,
      dot = (a: Float64Array, c: Float64Array) =>
        a.reduce((sum, v, i) => sum + (v - mean) * (c[i]! - mean), 0);
    return dot(x!, y!) / Math.sqrt(dot(x!, x!) * dot(y!, y!));
  });
  const [low, high] = nullQuantiles(draws, [0.025, 0.975]);
  const seen = assetCorrelations(asset!, sleeve!, OPTIONS)[1]!;
  assert.ok(isNear(seen.low, low!, 1e-12) && isNear(seen.high, high!, 1e-12));
});

Deno.test("assetCorrelations() see a sleeve that follows a session later", () => {
  const seen = assetCorrelations(...pair(400, { rho: 0.8, seed: 3, later: 1 }), OPTIONS);
  const of = (measure: string) => seen.find((one) => one.measure === measure)!;
  assert.ok(Math.abs(of("pearson").value) < 0.15);
  assert.ok(of("pearson_sleeve_later").value > 0.7);
  assert.ok(of("pearson_sleeve_later").value > of("pearson_sleeve_later").nullHigh);
  assert.ok(Math.abs(of("pearson_sleeve_earlier").value) < 0.15);
  assert.ok(of("pearson_5_sessions").value > 0.4);
});

Deno.test("assetCorrelations() by rank do not feel a monotone change", () => {
  const [asset, sleeve] = pair(120, { rho: 0.4, seed: 5 });
  const spearman = (y: Float64Array) => assetCorrelations(asset, y, OPTIONS)[1];
  assert.deepEqual(spearman(sleeve.map((x) => x ** 3 + x)), spearman(sleeve));
});

Deno.test("tailDependence() of a series with itself is whole, of its mirror none", () => {
  const [asset] = pair(200, { rho: 0, seed: 1 });
  const same = tailDependence(asset, asset.slice(), OPTIONS);
  assert.deepEqual(same.slice(0, 2).map(({ value, low }) => [value, low]), [[1, 1], [1, 1]]);
  const mirrored = tailDependence(asset, asset.map((x) => -x), OPTIONS);
  assert.deepEqual(mirrored.slice(0, 2).map(({ value }) => value), [0, 0]);
  const worst = asset.slice().sort().slice(0, 20);
  const mean = worst.reduce((sum, x) => sum + x, 0) / 20;
  assert.ok(isNear(same[3]!.value, mean, 1e-14) && isNear(mirrored[3]!.value, -mean, 1e-14));
});

Deno.test("tailDependence() of unrelated series lies in its null about nineteen times in twenty", () => {
  let inside = 0;
  for (let seed = 0; seed < 100; ++seed) {
    const seen = tailDependence(...pair(200, { rho: 0, seed }), { ...OPTIONS, nDraws: 2 });
    const { value, nullLow, nullHigh } = seen[1]!;
    if (value >= nullLow && value <= nullHigh) ++inside;
  }
  assert.ok(inside >= 88, String(inside));
});

Deno.test("a sleeve that stands still has no correlation, and too few sessions nothing", () => {
  const [asset, sleeve] = pair(100, { rho: 0, seed: 1 });
  const still = assetCorrelations(asset, new Float64Array(100), OPTIONS);
  assert.ok(still.every(({ value, low, nullLow }) => [value, low, nullLow].every(Number.isNaN)));
  const few = [asset.slice(0, 59), sleeve.slice(0, 59)] as const;
  for (
    const { value, high, nullHigh } of [
      ...assetCorrelations(...few, OPTIONS),
      ...tailDependence(...few, OPTIONS),
    ]
  ) {
    assert.deepEqual([value, high, nullHigh], [NaN, NaN, NaN]);
  }
  const none = new Float64Array(0);
  assert.equal(assetCorrelations(none, none, OPTIONS).length, 6);
});

Deno.test("assetCorrelations() and tailDependence() refuse series of different sessions", () => {
  for (const  of of[assetCorrelations, tailDependence]) {
    assert.throws(() => of(new Float64Array(3), new Float64Array(4), OPTIONS), {
      name: "RangeError",
      message:
        "Cannot relate a sleeve to an asset as both must have the same sessions: got 4 and 3 returns",
    });
  }
});
