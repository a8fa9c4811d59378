import { equalRiskWeights } from "lib/baskets/equal_risk.ts";
import { hierarchicalRiskParityWeights } from "lib/baskets/hierarchical_risk_parity.ts";
import { maximumDiversificationWeights } from "lib/baskets/maximum_diversification.ts";
import { minimumVarianceWeights } from "lib/baskets/minimum_variance.ts";
import { normalDraws, randomStream } from "lib/core/random.ts";

/** A seeded covariance of three common drivers and volatilities of 5 % to 30 %. */
function madeCovariance(n: number): Float64Array {
  const random = randomStream(1, `covariance ${n}`), normal = normalDraws(random);
  const load = Float64Array.from({ length: 3 * n }, normal);
  const sd = Float64Array.from({ length: n }, () => 0.05 * 6 ** random());
  const common = (i: number, j: number) =>
    [0, 1, 2].reduce((sum, f) => sum + load[3 * i + f]! * load[3 * j + f]!, 0);
  return Float64Array.from({ length: n * n }, (_, at) => {
    const i = Math.floor(at / n), j = at % n;
    const rho = i === j ? 1 : 0.5 * common(i, j) / Math.sqrt(common(i, i) * common(j, j));
    return rho * sd[i]! * sd[j]!;
  });
}

/** The nearest point with weights in [0, upper] and a sum of 1, by bisection. */
function projected(point: Float64Array, upper: number): Float64Array {
  let low = -1e3, high = 1e3;
  const at = (shift: number) => point.map((x) => Math.min(upper, Math.max(0, x - shift)));
  for (let round = 0; round < 60; ++round) {
    const middle = (low + high) / 2;
    if (at(middle).reduce((sum, x) => sum + x, 0) > 1) low = middle;
    else high = middle;
  }
  return at(high);
}

/** The plain way to least variance: down the slope and back into the limits until it stands. */
function projectedGradient(covariance: Float64Array, upper: number): Float64Array {
  const n = Math.sqrt(covariance.length);
  const sums = Array.from(
    { length: n },
    (_, i) => covariance.subarray(i * n, (i + 1) * n).reduce((sum, c) => sum + Math.abs(c), 0),
  );
  const step = 1 / Math.max(...sums);
  let weights: Float64Array = new Float64Array(n).fill(1 / n), moved = Infinity;
  for (let round = 0; round < 2000 && moved > 1e-7; ++round) {
    const next = projected(
      weights.map((w, i) =>
        w - step * weights.reduce((sum, x, j) => sum + covariance[i * n + j]! * x, 0)
      ),
      upper,
    );
    moved = next.reduce((top, w, i) => Math.max(top, Math.abs(w - weights[i]!)), 0);
    weights = next;
  }
  return weights;
}

/** Equal risk by coordinate descent: Griveau-Billion, Richard & Roncalli 2013. */
function coordinateDescent(covariance: Float64Array): Float64Array {
  const n = Math.sqrt(covariance.length);
  const sd = Float64Array.from({ length: n }, (_, i) => Math.sqrt(covariance[i * n + i]!));
  const x = sd.map((v) => 1 / (v * Math.sqrt(n)));
  let worst = Infinity;
  for (let round = 0; round < 20_000 && worst > 1e-11; ++round) {
    worst = 0;
    for (let i = 0; i < n; ++i) {
      let others = 0;
      for (let j = 0; j < n; ++j) if (j !== i) others += covariance[i * n + j]! * x[j]!;
      const own = covariance[i * n + i]!;
      worst = Math.max(worst, Math.abs(n * x[i]! * (own * x[i]! + others) - 1));
      x[i] = (Math.sqrt(others * others + 4 * own / n) - others) / (2 * own);
    }
  }
  const sum = x.reduce((total, value) => total + value, 0);
  return x.map((value) => value / sum);
}

for (const n of [10, 30, 100]) {
  const covariance = madeCovariance(n), upper = Math.max(0.2, 2 / n);
  const caps = { upper: new Float64Array(n).fill(upper), groups: [] };
  const ids = Array.from({ length: n }, (_, i) => `poly:${String(i).padStart(3, "0")}`);
  const least = `Minimum variance ${n}`;
  Deno.bench({
    name: `${least}, projected gradient`,
    group: least,
    baseline: true,
    n: 3,
    warmup: 1,
  }, () => {
    projectedGradient(covariance, upper);
  });
  Deno.bench({ name: `${least}, minimumVarianceWeights()`, group: least }, () => {
    minimumVarianceWeights(covariance, caps);
  });
  Deno.bench({ name: `${least}, maximumDiversificationWeights()`, group: least }, () => {
    maximumDiversificationWeights(covariance, caps);
  });
  const even = `Equal risk ${n}`;
  Deno.bench({ name: `${even}, coordinate descent`, group: even, baseline: true }, () => {
    coordinateDescent(covariance);
  });
  Deno.bench({ name: `${even}, equalRiskWeights()`, group: even }, () => {
    equalRiskWeights(covariance);
  });
  Deno.bench({ name: `${even}, hierarchicalRiskParityWeights()`, group: even }, () => {
    hierarchicalRiskParityWeights(covariance, ids);
  });
}
