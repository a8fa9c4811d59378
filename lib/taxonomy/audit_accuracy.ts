import { type ShareInterval, wilsonInterval } from "../stats/wilson.ts";
import type { AuditVerdict } from "./audit_verdicts.ts";

/** A share of right themes among judged contracts, with its Wilson interval. */
export interface AuditShare extends ShareInterval {
  readonly nRight: number;
  readonly nJudged: number;
  /** NaN where none was judged. */
  readonly accuracy: number;
}

/** How well the classification stood up to people. */
export interface AuditAccuracy {
  /** Every judged contract counted once. */
  readonly overall: AuditShare;
  /** By theme. */
  readonly themes: readonly (AuditShare & { readonly theme: string })[];
  /**
   * The accuracy over all events: each theme's by its share of them. Its interval is Wilson's at
   * the effective size, an approximation.
   */
  readonly weighted: ShareInterval & {
    readonly accuracy: number;
    /** Contracts that an unweighted sample of the same precision would have. */
    readonly nEffective: number;
    /** Share of all events whose theme has a judged contract. */
    readonly coveredShare: number;
  };
  /** Contracts on which every reviewer was unsure; in none of the counts. */
  readonly nUnsure: number;
  /** Contracts that one reviewer called right and another wrong; counted as wrong. */
  readonly nSplit: number;
}

/**
 * Accuracy of the classification from verdicts on a random sample.
 *
 * A contract counts once however many people and sheets judged it, and as right only where nobody
 * who decided says wrong. Only sheets that were drawn at random say something about all contracts,
 * so those of edge cases must be left out.
 *
 * NaN: all shares without a verdict. Cost: O(n log n).
 * Source: Wilson 1927; effective size as n / (1 + the squared variation of the weights), Kish 1965.
 *
 * @param verdicts Of random sheets (`isRandomSheet`), on the themes of today by their own
 *   classifier (`currentVerdicts`).
 * @param themeSizes Events of each theme in all, for the weights.
 * @param options.level Coverage of the intervals.
 * @throws {RangeError} If a judged theme has no size or the size is not above 0.
 */
export function auditAccuracy(
  verdicts: readonly AuditVerdict[],
  themeSizes: ReadonlyMap<string, number>,
  { level = 0.95 }: { readonly level?: number } = {},
): AuditAccuracy {
  const judged = new Map<string, { theme: string; nRight: number; nWrong: number }>();
  for (const { marketId, theme, verdict } of verdicts) {
    const key = JSON.stringify([marketId, theme]);
    const one = judged.get(key) ?? { theme, nRight: 0, nWrong: 0 };
    one.nRight += Number(verdict === "right");
    one.nWrong += Number(verdict === "wrong");
    judged.set(key, one);
  }
  const contracts = [...judged.values()];
  const decided = contracts.filter(({ nRight, nWrong }) => nRight + nWrong > 0);
  const shareOf = (list: typeof decided): AuditShare => {
    const nRight = list.filter(({ nWrong }) => nWrong === 0).length;
    return {
      ...{ nRight, nJudged: list.length, accuracy: nRight / list.length },
      ...wilsonInterval(nRight, list.length, { level }),
    };
  };
  const themes = [...new Set(decided.map(({ theme }) => theme))].sort().map((theme) => ({
    theme,
    ...shareOf(decided.filter((one) => one.theme === theme)),
  }));
  return {
    ...{ overall: shareOf(decided), themes, weighted: weighted(themes, themeSizes, level) },
    nUnsure: contracts.length - decided.length,
    nSplit: contracts.filter(({ nRight, nWrong }) => nRight > 0 && nWrong > 0).length,
  };
}

function weighted(
  themes: AuditAccuracy["themes"],
  sizes: ReadonlyMap<string, number>,
  level: number,
): AuditAccuracy["weighted"] {
  const covered = themes.reduce((sum, { theme }) => sum + sizeOf(theme, sizes), 0);
  const all = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  let accuracy = 0, squares = 0;
  for (const { theme, accuracy: own, nJudged } of themes) {
    const share = sizeOf(theme, sizes) / covered;
    accuracy += share * own;
    // each of the theme's contracts weighs share / nJudged
    squares += share * share / nJudged;
  }
  if (themes.length === 0) {
    return { accuracy: NaN, nEffective: 0, coveredShare: 0, low: NaN, high: NaN };
  }
  const nEffective = 1 / squares;
  const nRight = Math.min(accuracy, 1) * nEffective;
  return {
    ...{ accuracy: Math.min(accuracy, 1), nEffective, coveredShare: covered / all },
    ...wilsonInterval(nRight, nEffective, { level }),
  };
}

function sizeOf(theme: string, sizes: ReadonlyMap<string, number>): number {
  const size = sizes.get(theme) ?? NaN;
  if (size > 0) return size;
  throw new RangeError(
    `Cannot weigh an audit as each judged theme must have a size above 0: got ${size} for "${theme}"`,
  );
}
