import { dateColumn, integerColumn, stringColumn, type Table, table } from "../core/table.ts";
import { type Eligibility, type FilterKey, FILTERS, survives } from "./eligibility.ts";

/** What one filter said at one decision. */
export interface FunnelStep {
  /** UTC day at whose end it was decided. */
  readonly decidedOn: number;
  /** `person`: people's exclusions, which come after every filter; only where there are any. */
  readonly filter: FilterKey | "person";
  readonly nPass: number;
  readonly nFail: number;
  readonly nUnknown: number;
  /** Contracts that this filter and all before it let through, the policy for unknown applied. */
  readonly nLeft: number;
}

/**
 * The filters of one decision, in their order, with what each leaves.
 *
 * The first filter counts every contract of the view, the others only active ones, each by itself:
 * contracts that were settled years ago would drown what the filters say of those that trade.
 *
 * Cost: O(filters × markets).
 */
export function eligibilityFunnel(
  { day, answers, unknownPasses }: Pick<Eligibility, "day" | "answers" | "unknownPasses">,
): FunnelStep[] {
  const { active } = answers;
  const isLeft = new Uint8Array(active.length).fill(1);
  return FILTERS.map(({ key: filter }): FunnelStep => {
    const passes = unknownPasses.includes(filter);
    let nPass = 0, nFail = 0, nUnknown = 0, nLeft = 0;
    for (let j = 0; j < active.length; ++j) {
      if (filter !== "active" && active[j] !== 1) continue;
      const answer = answers[filter][j]!;
      if (answer === 1) ++nPass;
      else if (answer === 0) ++nFail;
      else ++nUnknown;
      if (!survives(answer, passes)) isLeft[j] = 0;
      nLeft += isLeft[j]!;
    }
    return { decidedOn: day, filter, nPass, nFail, nUnknown, nLeft };
  });
}

/** The steps as a table: decided_on, filter, n_pass, n_fail, n_unknown, n_left. */
export function funnelTable(steps: readonly FunnelStep[]): Table {
  return table({
    decided_on: dateColumn(steps.map(({ decidedOn }) => decidedOn)),
    filter: stringColumn(steps.map(({ filter }) => filter)),
    n_pass: integerColumn(steps.map(({ nPass }) => nPass)),
    n_fail: integerColumn(steps.map(({ nFail }) => nFail)),
    n_unknown: integerColumn(steps.map(({ nUnknown }) => nUnknown)),
    n_left: integerColumn(steps.map(({ nLeft }) => nLeft)),
  });
}
