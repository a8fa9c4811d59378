import { randomStream } from "../core/random.ts";
import { adjustedRandIndex } from "../stats/label_agreement.ts";
import { permutedAgreement } from "../stats/permuted_agreement.ts";
import {
  FACTOR_CLUSTER_METHODS,
  type FactorClusterMethod,
  type FactorClusterOptions,
  factorClusters,
} from "./factor_clusters.ts";
import { completeLoadings, type LoadingSet, selectLoadings } from "./shrunk_loadings.ts";

/** Loadings estimated from the moves of one period alone. */
export interface LoadingPeriod {
  /** For a reader: "2024 H1". */
  readonly name: string;
  readonly set: LoadingSet;
}

/** How far the clusters of one period are those of the next. */
export interface PeriodAgreement {
  readonly method: FactorClusterMethod;
  readonly from: string;
  readonly to: string;
  /** Contracts divided in each period. */
  readonly nFrom: number;
  readonly nTo: number;
  /** Events with a contract in both, each with one. */
  readonly nBoth: number;
  /** Adjusted Rand index over these; NaN with none, or where a period has fewer than two clusters. */
  readonly adjustedRand: number;
  /** 5th, 50th and 95th percentile of random orders. */
  readonly nullLow: number;
  readonly nullMid: number;
  readonly nullHigh: number;
  readonly percentile: number;
  readonly pValue: number;
}

/**
 * Whether contracts that share a factor cluster in one period share one in the next.
 *
 * Each period is divided by itself, all of its contracts together; then one contract of each event that
 * both periods hold is compared, so that the random orders exchange independent things. On raw loadings
 * an agreement may show no more than that badly measured contracts stay badly measured; t-scores are
 * free of that.
 *
 * Cost: one fit of the methods a period. Source: Hubert & Arabie 1985; Phipson & Smyth 2010 for p.
 *
 * @param periods In order of time; contracts with an unknown loading are left out of a period.
 * @param options.permutations Random orders a pair.
 * @returns By method, then by time: one fewer than the periods.
 */
export function periodAgreements(
  periods: readonly LoadingPeriod[],
  { permutations, ...options }: FactorClusterOptions & { readonly permutations: number },
): PeriodAgreement[] {
  const { methods = FACTOR_CLUSTER_METHODS.map(({ key }) => key) } = options;
  const divided = periods.map(({ name, set }) => {
    const own = selectLoadings(set, completeLoadings(set));
    return { name, set: own, fits: factorClusters(own, { ...options, methods }) };
  });
  return methods.flatMap((method) =>
    divided.slice(1).map((to, p): PeriodAgreement => {
      const from = divided[p]!;
      const labels = ({ fits }: typeof to) =>
        fits.find((fit) => fit.method === method)!.partition.cluster;
      const before = labels(from), after = labels(to);
      const both = commonContracts(from.set, to.set)
        .filter(([i, j]) => before[i]! >= 0 && after[j]! >= 0);
      const a = both.map(([i]) => before[i]!), b = both.map(([, j]) => after[j]!);
      const isDivided = new Set(a).size > 1 && new Set(b).size > 1;
      const [evidence] = permutedAgreement(
        isDivided ? [a, b] : [[], []],
        [adjustedRandIndex],
        { permutations, random: randomStream(options.seed, `periods ${method} ${from.name}`) },
      );
      return {
        ...{ method, from: from.name, to: to.name },
        ...{ nFrom: from.set.marketIds.length, nTo: to.set.marketIds.length, nBoth: both.length },
        adjustedRand: evidence!.value,
        nullLow: evidence!.nullP05,
        nullMid: evidence!.nullMedian,
        nullHigh: evidence!.nullP95,
        percentile: evidence!.percentile,
        pValue: evidence!.pValue,
      };
    })
  );
}

/** Places of one contract an event in both sets: the one with the least squared errors, ties by id. */
function commonContracts(from: LoadingSet, to: LoadingSet): [number, number][] {
  const placeIn = new Map(to.marketIds.map((id, j) => [id, j]));
  const doubt = ({ symbols, error }: LoadingSet, i: number) =>
    error.subarray(i * symbols.length, (i + 1) * symbols.length).reduce((sum, e) => sum + e * e, 0);
  const best = new Map<string, { readonly pair: [number, number]; readonly doubt: number }>();
  const order = [...from.marketIds.keys()]
    .sort((a, b) => from.marketIds[a]! < from.marketIds[b]! ? -1 : 1);
  for (const i of order) {
    const j = placeIn.get(from.marketIds[i]!);
    if (j === undefined) continue;
    const own = doubt(from, i) + doubt(to, j), held = best.get(from.eventIds[i]!);
    if (held === undefined || own < held.doubt) {
      best.set(from.eventIds[i]!, { pair: [i, j], doubt: own });
    }
  }
  return [...best.values()].map(({ pair }) => pair);
}
