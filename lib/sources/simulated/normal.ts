const SQRT_TWO_PI = 2.5066282746310002;

/**
 * Standard normal distribution function.
 *
 * Absolute error below 1e-15. NaN: propagates.
 * Source: Hart 1968, algorithm 5666, as given by West, "Better approximations to cumulative normal
 * functions", Wilmott 2005; in the far tail Laplace's continued fraction to forty terms.
 *
 * @example Half of the mass lies below the mean
 * ```ts
 * import assert from "node:assert/strict";
 * import { normalCdf } from "lib/sources/simulated/normal.ts";
 * assert.ok(Math.abs(normalCdf(0) - 0.5) < 1e-15);
 * ```
 */
export function normalCdf(x: number): number {
  const z = Math.abs(x);
  let tail = 0;
  if (z <= 38.6) {
    const density = Math.exp(-0.5 * z * z);
    if (z < 7.07106781186547) {
      let top = 3.52624965998911e-2 * z + 0.700383064443688;
      top = top * z + 6.37396220353165;
      top = top * z + 33.912866078383;
      top = top * z + 112.079291497871;
      top = top * z + 221.213596169931;
      top = top * z + 220.206867912376;
      let bottom = 8.83883476483184e-2 * z + 1.75566716318264;
      bottom = bottom * z + 16.064177579207;
      bottom = bottom * z + 86.7807322029461;
      bottom = bottom * z + 296.564248779674;
      bottom = bottom * z + 637.333633378831;
      bottom = bottom * z + 793.826512519948;
      bottom = bottom * z + 440.413735824752;
      tail = density * top / bottom;
    } else {
      let fraction = z;
      for (let k = 40; k > 0; --k) fraction = z + k / fraction;
      tail = density / (fraction * SQRT_TWO_PI);
    }
  }
  return Number.isNaN(x) ? NaN : x > 0 ? 1 - tail : tail;
}

/**
 * Standard normal quantile: the `x` with `normalCdf(x) = p`; ±Infinity at 0 and 1.
 *
 * Relative error below 1e-13. NaN: for `p` outside [0, 1].
 * Source: Acklam 2003, refined by one step of Halley's method.
 */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) return p === 0 ? -Infinity : p === 1 ? Infinity : NaN;
  // upper half by symmetry, so that the refinement never subtracts from one
  if (p > 0.5) return -normalQuantile(1 - p);
  const x = p < 0.02425 ? tailQuantile(Math.sqrt(-2 * Math.log(p))) : centralQuantile(p - 0.5);
  const u = (normalCdf(x) - p) * SQRT_TWO_PI * Math.exp(0.5 * x * x);
  return x - u / (1 + 0.5 * x * u);
}

function tailQuantile(q: number): number {
  let top = -7.784894002430293e-3 * q - 0.3223964580411365;
  top = top * q - 2.400758277161838;
  top = top * q - 2.549732539343734;
  top = top * q + 4.374664141464968;
  top = top * q + 2.938163982698783;
  let bottom = 7.784695709041462e-3 * q + 0.3224671290700398;
  bottom = bottom * q + 2.445134137142996;
  bottom = bottom * q + 3.754408661907416;
  return top / (bottom * q + 1);
}

function centralQuantile(q: number): number {
  const r = q * q;
  let top = -39.69683028665376 * r + 220.9460984245205;
  top = top * r - 275.9285104469687;
  top = top * r + 138.3577518672690;
  top = top * r - 30.66479806614716;
  top = top * r + 2.506628277459239;
  let bottom = -54.47609879822406 * r + 161.5858368580409;
  bottom = bottom * r - 155.6989798598866;
  bottom = bottom * r + 66.80131188771972;
  bottom = bottom * r - 13.28068155288572;
  return top * q / (bottom * r + 1);
}
