import { dayRange, type Panel, panel } from "lib/core/panel.ts";
import { normalDraws, randomStream } from "lib/core/random.ts";

/** How prices of markets with common factors are made. */
export interface MadePrices {
  readonly nDays: number;
  /** Loadings of each market on each factor; none at all makes a market on its own. */
  readonly loadings: readonly (readonly number[])[];
  readonly seed: number;
  /** Size of a day's move in nats. */
  readonly size?: number;
}

/** Random walks in log-odds out of common factors and a part of their own, as probabilities. */
export function madePrices({ nDays, loadings, seed, size = 0.2 }: MadePrices): Panel {
  const n = loadings.length, nFactors = Math.max(0, ...loadings.map((one) => one.length));
  const factors = normalDraws(randomStream(seed, "factors"));
  const own = normalDraws(randomStream(seed, "own"));
  const level = new Float64Array(n), values = new Float64Array(nDays * n);
  for (let i = 0; i < nDays; ++i) {
    const common = Array.from({ length: nFactors }, () => factors());
    for (let j = 0; j < n; ++j) {
      const shared = loadings[j]!.reduce((sum, weight, f) => sum + weight * common[f]!, 0);
      level[j] = level[j]! + size * (shared + own());
      values[i * n + j] = 1 / (1 + Math.exp(-level[j]!));
    }
  }
  return panel(dayRange(0, nDays), loadings.map((_, j) => `poly:${j}`), values);
}

/** Loadings on `nFactors` factors, drawn anew for each market. */
export function madeLoadings(nMarkets: number, nFactors: number, seed: number): number[][] {
  const normal = normalDraws(randomStream(seed, "loadings"));
  return Array.from({ length: nMarkets }, () => Array.from({ length: nFactors }, () => normal()));
}
