import assert from "node:assert/strict";
import { changeCorrelation, type TrueMarket, trueMarkets, universe } from "./universe.ts";

const MINIMUM_DAYS = 50;

/** Contracts whose direction is clear, one per event, with enough days. */
function representatives(markets: readonly TrueMarket[]): TrueMarket[] {
  const seen = new Set<string>();
  return markets.filter(({ event, side, p, kind }) => {
    const plain = ["binary", "deadlines", "ladder"].includes(kind);
    if (!plain || side === 0 || p.length < MINIMUM_DAYS || seen.has(event)) return false;
    seen.add(event);
    return true;
  });
}

/** Correlation of two scores as their loadings say, at equal public variance. */
function expected(a: TrueMarket, b: TrueMarket): number {
  let rho = a.loadings.reduce((sum, loading, d) => sum + loading * b.loadings[d]!, 0);
  if (a.theme === b.theme) rho += a.themeLoading * b.themeLoading;
  if (a.cluster === b.cluster) rho += a.clusterLoading * b.clusterLoading;
  return a.side * b.side * rho;
}

interface Pairs {
  n: number;
  realised: number;
  signed: number;
  magnitude: number;
  expected: number;
}

function pairs(
  markets: readonly TrueMarket[],
  keep: (a: TrueMarket, b: TrueMarket) => boolean,
): Pairs {
  const all: Pairs = { n: 0, realised: 0, signed: 0, magnitude: 0, expected: 0 };
  for (let i = 0; i < markets.length; ++i) {
    for (let j = 0; j < i; ++j) {
      const [a, b] = [markets[i]!, markets[j]!];
      if (!keep(a, b)) continue;
      const rho = changeCorrelation(a, b, MINIMUM_DAYS);
      if (Number.isNaN(rho)) continue;
      const truth = expected(a, b);
      all.n += 1;
      all.realised += rho;
      all.signed += rho * (Math.sign(truth) || 1);
      all.magnitude += Math.abs(rho);
      all.expected += Math.abs(truth);
    }
  }
  const { n } = all;
  return {
    n,
    realised: all.realised / n,
    signed: all.signed / n,
    magnitude: all.magnitude / n,
    expected: all.expected / n,
  };
}

const structured = (a: TrueMarket, b: TrueMarket) =>
  a.cluster === b.cluster && a.clusterLoading !== 0 && b.clusterLoading !== 0;
const apart = (a: TrueMarket, b: TrueMarket) => a.theme !== b.theme;

const full = representatives(trueMarkets(universe("default", "full")));
const fair = representatives(trueMarkets(universe("default", "fair")));

Deno.test("markets of a structured cluster correlate as the truth table says, with its signs", () => {
  const inside = pairs(full, structured);
  assert.ok(inside.n > 1000, `${inside.n} pairs`);
  assert.ok(inside.expected > 0.3 && inside.expected < 0.7, `expected ${inside.expected}`);
  assert.ok(
    Math.abs(inside.signed - inside.expected) < 0.08,
    `realised ${inside.signed}, expected ${inside.expected}`,
  );
});

Deno.test("the two sides of a cluster move against each other", () => {
  const against = pairs(full, (a, b) => structured(a, b) && expected(a, b) < 0);
  assert.ok(against.n > 300, `${against.n} pairs`);
  assert.ok(against.realised < -0.25, `${against.realised}`);
});

Deno.test("markets of different themes hardly correlate", () => {
  const between = pairs(full.slice(0, 600), apart);
  assert.ok(Math.abs(between.realised) < 0.01, `mean ${between.realised}`);
  assert.ok(between.expected < 0.02, `expected ${between.expected}`);
});

Deno.test("a fair universe has no structure: clusters correlate no more than strangers", () => {
  const ids = new Map(full.map((market) => [market.event, market]));
  const sameCluster = (a: TrueMarket, b: TrueMarket) =>
    a.cluster === b.cluster && ids.get(a.event)?.clusterLoading !== 0;
  const inside = pairs(fair, sameCluster), outside = pairs(fair.slice(0, 600), apart);
  assert.ok(inside.n > 1000);
  // means of many correlations over 50 or more days each: sd of one is at most 1/√50
  assert.ok(Math.abs(inside.realised) < 0.02, `inside ${inside.realised}`);
  assert.ok(Math.abs(outside.realised) < 0.01, `outside ${outside.realised}`);
  assert.ok(Math.abs(inside.magnitude - outside.magnitude) < 0.02);
  assert.ok(
    fair.every(({ loadings, clusterLoading, themeLoading }) =>
      clusterLoading === 0 && themeLoading === 0 && loadings.every((b) => b === 0)
    ),
  );
});

Deno.test("macro loadings are nonzero for a known minority only", () => {
  const loaded = full.filter(({ loadings }) => loadings.some((b) => b !== 0)).length / full.length;
  assert.ok(loaded > 0.15 && loaded < 0.5, `${loaded}`);
});
