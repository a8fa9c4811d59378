import type { ContractLives } from "./contract_lives.ts";
import { type ClusteredRatio, clusteredRatio } from "./clustered_ratio.ts";
import type { DriftSteps } from "./drift_steps.ts";

/** What becomes of first prices, by whether they stand at one half. */
export interface FirstMarks {
  /** Contracts with a step after their first price. */
  readonly nContracts: number;
  /** Share of them with a first price within a cent of 50¢; NaN without any. */
  readonly nearHalf: number;
  /** Change from the first price to the next, points a day, of those and of the others. */
  readonly near: ClusteredRatio;
  readonly apart: ClusteredRatio;
}

/** Distance from one half, with room for rounding. */
const CENT = 0.01 + 1e-9;

/**
 * How much of the first day's change is an opening quote: a venue that lists a contract at about one half shows
 * the way from there to a real price as a fall of most contracts.
 *
 * NaN: as in {@link clusteredRatio}. Cost: O(steps).
 */
export function firstMarks(steps: DriftSteps, { event, nEvents }: ContractLives): FirstMarks {
  const groups = [0, 1].map(() => ({
    ...{ change: new Float64Array(nEvents), days: new Float64Array(nEvents), n: 0 },
  }));
  steps.age.forEach((age, i) => {
    if (age !== 0) return;
    const own = groups[Math.abs(steps.price[i]! - 0.5) <= CENT ? 0 : 1]!;
    const e = event[steps.contract[i]!]!;
    own.change[e]! += 100 * steps.change[i]!;
    own.days[e]! += steps.days[i]!;
    ++own.n;
  });
  const [near, apart] = groups.map(({ change, days }) => clusteredRatio(change, days));
  const nContracts = groups[0]!.n + groups[1]!.n;
  return { nContracts, nearHalf: groups[0]!.n / nContracts, near: near!, apart: apart! };
}
