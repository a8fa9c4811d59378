/**
 * Standard normal distribution function, P(Z ≤ z).
 *
 * NaN: propagates. Accuracy: absolute error below 1e-15; relative error in the tail below 1e-8.
 * Source: Hart 1968, algorithm 5666, as given by West 2005, "Better approximations to cumulative
 * normal functions", Wilmott Magazine.
 *
 * @example The median and a familiar quantile
 * ```ts
 * import assert from "node:assert/strict";
 * import { normalCdf } from "lib/core/normal.ts";
 * assert.equal(normalCdf(0), 0.5);
 * assert.ok(Math.abs(normalCdf(1.959963984540054) - 0.975) < 1e-15);
 * ```
 */
export function normalCdf(z: number): number {
  const x = Math.abs(z);
  let tail: number;
  if (x > 37) {
    tail = 0;
  } else if (x < 7.07106781186547) {
    const above = (((((3.52624965998911e-2 * x + 0.700383064443688) * x + 6.37396220353165) * x +
                  33.912866078383) * x + 112.079291497871) * x + 221.213596169931) * x +
      220.206867912376;
    const below = ((((((8.83883476483184e-2 * x + 1.75566716318264) * x + 16.064177579207) * x +
                      86.7807322029461) * x + 296.564248779674) * x + 637.333633378831) * x +
          793.826512519948) * x + 440.413735824752;
    tail = Math.exp(-x * x / 2) * above / below;
  } else {
    tail = Math.exp(-x * x / 2) / 2.506628274631 /
      (x + 1 / (x + 2 / (x + 3 / (x + 4 / (x + 0.65)))));
  }
  return z > 0 ? 1 - tail : tail;
}

/**
 * Standard normal quantile: the z with P(Z ≤ z) = p.
 *
 * NaN: for `p` outside [0, 1]; 0 and 1 give the infinities. Accuracy: relative error about 1e-16.
 * Source: Wichura 1988, algorithm AS 241 (PPND16), Applied Statistics 37.
 */
export function normalQuantile(p: number): number {
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    return q * polynomial(r, CENTRE) / polynomial(r, CENTRE_BELOW);
  }
  const tail = q < 0 ? p : 1 - p;
  if (!(tail >= 0)) return NaN;
  if (tail === 0) return q < 0 ? -Infinity : Infinity;
  const r = Math.sqrt(-Math.log(tail));
  const z = r <= 5
    ? polynomial(r - 1.6, MIDDLE) / polynomial(r - 1.6, MIDDLE_BELOW)
    : polynomial(r - 5, FAR) / polynomial(r - 5, FAR_BELOW);
  return q < 0 ? -z : z;
}

function polynomial(x: number, coefficients: readonly number[]): number {
  let sum = 0;
  for (let k = coefficients.length - 1; k >= 0; --k) sum = sum * x + coefficients[k]!;
  return sum;
}

// deno-fmt-ignore
const CENTRE = [3.387132872796366608, 133.14166789178437745, 1971.5909503065514427, 13731.693765509461125, 45921.953931549871457, 67265.770927008700853, 33430.575583588128105, 2509.0809287301226727];
// deno-fmt-ignore
const CENTRE_BELOW = [1, 42.313330701600911252, 687.1870074920579083, 5394.1960214247511077, 21213.794301586595867, 39307.89580009271061, 28729.085735721942674, 5226.495278852545925];
// deno-fmt-ignore
const MIDDLE = [1.42343711074968357734, 4.6303378461565452959, 5.7694972214606914055, 3.64784832476320460504, 1.27045825245236838258, 0.24178072517745061177, 0.0227238449892691845833, 7.7454501427834140764e-4];
// deno-fmt-ignore
const MIDDLE_BELOW = [1, 2.05319162663775882187, 1.6763848301838038494, 0.68976733498510000455, 0.14810397642748007459, 0.0151986665636164571966, 5.475938084995344946e-4, 1.05075007164441684324e-9];
// deno-fmt-ignore
const FAR = [6.6579046435011037772, 5.4637849111641143699, 1.7848265399172913358, 0.29656057182850489123, 0.026532189526576123093, 0.0012426609473880784386, 2.71155556874348757815e-5, 2.01033439929228813265e-7];
// deno-fmt-ignore
const FAR_BELOW = [1, 0.59983220655588793769, 0.13692988092273580531, 0.0148753612908506148525, 7.868691311456132591e-4, 1.8463183175100546818e-5, 1.4215117583164458887e-7, 2.04426310338993978564e-15];
