import type { LoadingSet } from "lib/factors/shrunk_loadings.ts";
import { normalDraws, randomStream } from "lib/core/random.ts";

/** What a planted set of loadings is made of. */
export interface Planted {
  readonly nContracts: number;
  readonly symbols: readonly string[];
  /** Size of the true loadings of each group, in errors of a well measured contract; 0 is noise. */
  readonly strength: number;
  /** Groups, of which the first has no loadings at all. */
  readonly nGroups: number;
  readonly seed: number;
  /** Contracts an event; 1 by default. */
  readonly perEvent?: number;
}

/** Loadings with planted groups; errors vary threefold between contracts. */
export function plantedLoadings(
  planted: Planted,
): { set: LoadingSet; group: Int32Array; shifted: (number: number) => LoadingSet } {
  const { nContracts: n, symbols, strength, nGroups, seed, perEvent = 1 } = planted;
  const nFactors = symbols.length;
  const random = randomStream(seed, "planted loadings"), normal = normalDraws(random);
  const error = new Float64Array(n * nFactors);
  for (let i = 0; i < n; ++i) {
    error.fill(0.02 * (1 + 2 * random() ** 3), i * nFactors, (i + 1) * nFactors);
  }
  const group = Int32Array.from({ length: n }, (_, i) => Math.floor(i / perEvent) % nGroups);
  const truth = (i: number, f: number) => {
    const g = group[i]!;
    if (g === 0) return 0;
    return 0.02 * strength *
      (f === (g - 1) % nFactors ? 1 : f === g % nFactors ? (g % 2 ? -1 : 1) : 0);
  };
  const common = {
    marketIds: Array.from({ length: n }, (_, i) => `poly:${String(i).padStart(5, "0")}`),
    eventIds: Array.from({ length: n }, (_, i) => `e${Math.floor(i / perEvent)}`),
    symbols,
    error,
  };
  const beta = error.map((e, at) => truth(Math.floor(at / nFactors), at % nFactors) + e * normal());
  return {
    set: { ...common, beta },
    group,
    shifted: (number) => {
      const draw = normalDraws(randomStream(seed, `planted shift ${number}`));
      return { ...common, beta: error.map((e) => e * draw()) };
    },
  };
}

/** The nine US factors. */
export const US_SYMBOLS: readonly string[] = [
  "SPY",
  "TLT",
  "GLD",
  "^VIX",
  "^TNX",
  "^IRX",
  "DX-Y.NYB",
  "USO",
  "BTC-USD",
];
