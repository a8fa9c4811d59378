import type { MacroFit } from "./macro_fit.ts";
import type { FactorPanel } from "./factor_panel.ts";
import type { ContractLoadings } from "./judged_loadings.ts";
import type { LoadingDiscoveries } from "./loading_discoveries.ts";
import type { FactorClusterStudy } from "./factor_cluster_study.ts";
import { FACTOR_CLUSTER_METHODS, type FactorClusterMethod } from "./factor_clusters.ts";
import type { PeriodAgreement } from "./factor_cluster_time.ts";

/** One way of fitting contracts, with what a picture says of it. */
export interface FittedModel {
  /** Key in `06_fits`. */
  readonly model: string;
  /** Name for a reader. */
  readonly name: string;
  readonly fits: readonly MacroFit[];
}

/**
 * Draws of the null of some fits together, as many of each contract as of every other.
 *
 * A long-lived contract has more offsets, and a lower R², than a short one: with all of its draws the
 * null would be that of long lives. Draws come in random order, so the first are as good as any.
 */
export function pooledNull(
  fits: readonly MacroFit[],
  of: "nullR2Draws" | "nullR2Oos" | "signR2Draws" | "signR2Oos",
): Float64Array {
  const drawn = fits.filter((fit) => fit[of].length > 0);
  const each = drawn.reduce((least, fit) => Math.min(least, fit[of].length), Infinity);
  return Float64Array.from(drawn.flatMap((fit) => [...fit[of].subarray(0, each)]));
}

/** The first engine's fit within the sample, ours within the sample and ours on moves it had not seen. */
export function r2View(
  seed: FittedModel,
  ours: FittedModel,
  { set, shifts }: { readonly set: string; readonly shifts: number },
) {
  const unit = "share of variance";
  return {
    model: `Ridge on ${set}`,
    nullName: `each contract’s moves turned in time by up to ${shifts} offsets (filled), or with ` +
      "random signs, one a session for all contracts (outline)",
    panels: [
      {
        ...{ kind: "in sample" as const, title: seed.name, unit },
        values: Float64Array.from(seed.fits, ({ r2 }) => r2),
        nulls: pooledNull(seed.fits, "nullR2Draws"),
        second: { name: "random signs", values: pooledNull(seed.fits, "signR2Draws") },
        note: "the first engine’s penalty of 1, point changes",
      },
      {
        ...{ kind: "out of sample" as const, title: ours.name, unit },
        values: Float64Array.from(ours.fits, ({ r2Oos }) => r2Oos),
        nulls: pooledNull(ours.fits, "nullR2Oos"),
        second: { name: "random signs", values: pooledNull(ours.fits, "signR2Oos") },
        note: "penalty chosen in time order, log-odds",
      },
    ],
  };
}

/** Loadings by contract, for the heat map of those that stand. */
export function loadingsView(
  panel: FactorPanel,
  { loadings, found, nNull, rate, unit, coverage }: {
    readonly loadings: ContractLoadings;
    readonly found: LoadingDiscoveries;
    /** Mean number of loadings that stand in turned moves. */
    readonly nNull: number;
    readonly rate: number;
    readonly unit: string;
    readonly coverage: string;
  },
  { titleOf, hueOf }: {
    readonly titleOf: (marketId: string) => string;
    readonly hueOf: (marketId: string) => string | null;
  },
) {
  const k = loadings.symbols.length;
  return {
    factors: panel.factors.map(({ symbol, group }) => ({ symbol, group })),
    rows: loadings.marketIds.map((marketId, i) => {
      const q = found.qValue.subarray(i * k, (i + 1) * k);
      const known = q.filter((value) => !Number.isNaN(value));
      return {
        ...{ marketId, title: titleOf(marketId), hue: hueOf(marketId) },
        beta: loadings.beta.slice(i * k, (i + 1) * k),
        isDiscovery: Uint8Array.from(q, (value) => value <= rate ? 1 : 0),
        leastQ: known.reduce((least, value) => Math.min(least, value), known.length ? 1 : NaN),
      };
    }),
    ...{ nTests: found.nTests, nDiscoveries: found.nLoadings, nNull, rate, unit, coverage },
    pValues: loadings.pValue,
  };
}

/** One method's clusters of loadings, for the map of their means. */
export function clusterProfileView(
  study: FactorClusterStudy,
  panel: FactorPanel,
  { method, unit }: { readonly method: FactorClusterMethod; readonly unit: string },
) {
  const named = study.named.find(({ fit }) => fit.method === method)!;
  const evidence = study.evidence.find((one) => one.method === method)!;
  const sizes = new Int32Array(named.fit.partition.nClusters);
  for (const cluster of named.fit.partition.cluster) if (cluster >= 0) ++sizes[cluster]!;
  return {
    method: nameOfMethod(method),
    unit,
    factors: panel.factors.map(({ symbol, group }) => ({ symbol, group })),
    clusters: named.names.map((name, c) => {
      const own = named.profiles.filter(({ cluster }) => cluster === c);
      return {
        ...{ name, size: sizes[c]!, means: own.map(({ mean }) => mean) },
        isDistinguishable: own.map((one) => one.isDistinguishable),
      };
    }),
    ...{ nContracts: study.set.marketIds.length, silhouette: evidence.silhouette },
    ...{ percentile: evidence.nullPercentile, nShifts: evidence.nShifts },
    ...{ firstDay: panel.fromDay[0] ?? 0, lastDay: panel.day.at(-1) ?? 0 },
  };
}

/** Every method beside its null, and one method through time. */
export function clusterEvidenceView(
  study: FactorClusterStudy,
  periods: readonly PeriodAgreement[],
  { method }: { readonly method: FactorClusterMethod },
) {
  return {
    methods: study.evidence.map((one) => ({ ...one, name: nameOfMethod(one.method) })),
    periods: periods.filter((one) => one.method === method),
    periodMethod: nameOfMethod(method),
    nContracts: study.set.marketIds.length,
    nFactors: study.set.symbols.length,
  };
}

function nameOfMethod(method: FactorClusterMethod): string {
  return FACTOR_CLUSTER_METHODS.find(({ key }) => key === method)!.name;
}
