import { nullQuantiles } from "../core/null_percentile.ts";
import { type LoadingPrior, loadingPrior, type LoadingSet } from "./shrunk_loadings.ts";

/** A prior and how many of its factors stand. */
export interface ProvenPrior extends LoadingPrior {
  /** 1 for a factor on which contracts move more than their shifts do. */
  readonly isProven: Uint8Array;
}

/** Level of the test over all factors together. */
const ALPHA = 0.05;

/**
 * The prior of {@link loadingPrior} with a variance of 0 on every factor that explains no more than noise.
 *
 * In pure noise the moments still leave some factors a small variance, by luck. Clusters made of just
 * those factors then beat shifted moves that go through the same map, four times as often as they
 * should. So a factor must first show itself: its mean squared t-score, an event one vote, has to exceed
 * 95 of 100 of the shifts' largest over all factors. Of noise nothing then passes in 95 of 100 cases and
 * all contracts shrink to one place.
 *
 * Cost: O(shifts · n · K). Source: the largest statistic as in Westfall & Young 1993.
 *
 * @param shifted Loadings of the same contracts on shifted moves, one set a shift; fewer than 19 prove
 * nothing.
 * @throws {RangeError} As in `loadingPrior`.
 */
export function provenPrior(set: LoadingSet, shifted: readonly LoadingSet[]): ProvenPrior {
  const prior = loadingPrior(set);
  const largest = shifted.map((one) =>
    meanSquares(one).reduce((most, x) => x > most ? x : most, -Infinity)
  );
  const isTold = (1 / (1 + shifted.length)) <= ALPHA;
  const limit = isTold ? nullQuantiles(largest, [1 - ALPHA])[0]! : Infinity;
  const isProven = Uint8Array.from(meanSquares(set), (x) => x > limit ? 1 : 0);
  return { ...prior, variance: prior.variance.map((v, f) => isProven[f] === 1 ? v : 0), isProven };
}

/** Mean squared t-score of each factor over its known loadings, an event one vote. */
function meanSquares({ eventIds, symbols, beta, error }: LoadingSet): Float64Array {
  const events = [...Map.groupBy(eventIds.keys(), (i) => eventIds[i]!).values()];
  return Float64Array.from(symbols, (_, f) => {
    let sum = 0, nEvents = 0;
    for (const contracts of events) {
      const squares = contracts
        .map((i) => (beta[i * symbols.length + f]! / error[i * symbols.length + f]!) ** 2)
        .filter((square) => !Number.isNaN(square));
      if (squares.length === 0) continue;
      sum += squares.reduce((own, square) => own + square, 0) / squares.length;
      ++nEvents;
    }
    return nEvents === 0 ? NaN : sum / nEvents;
  });
}
