import type { Decision } from "../../review/decision.ts";
import type { StandingSubject } from "../../review/standing_subject.ts";
import { wilsonInterval } from "../../stats/wilson.ts";
import { shareText } from "../../core/number_text.ts";
import type { AuditShare } from "../../taxonomy/audit_accuracy.ts";
import type { AuditVerdict } from "../../taxonomy/audit_verdicts.ts";

/** What a person said about a contract of a sheet. */
export interface Judgement extends AuditVerdict {
  readonly classifier: string;
  /** UTC instant, ISO. */
  readonly at: string;
}

/** A contract whose theme is judged. */
export interface JudgedContract {
  readonly sheet: string;
  readonly marketId: string;
  readonly theme: string;
  readonly classifier: string;
}

/** The accuracy after a number of judged contracts. */
export interface AccuracyStep {
  readonly nJudged: number;
  readonly nRight: number;
  readonly accuracy: number;
  readonly low: number;
  readonly high: number;
}

/** Id of the subject of a contract on a sheet. */
export function auditSubjectId(
  { sheet, marketId }: Pick<JudgedContract, "sheet" | "marketId">,
): string {
  return `${sheet} | ${marketId}`;
}

/** What stands about a contract; `null` where nothing is in force, or what was judged has changed. */
export function judgementOf(
  contract: JudgedContract,
  subject: StandingSubject | undefined,
): Judgement | null {
  if (subject?.standing !== "signed" && subject?.standing !== "flagged") return null;
  return subject.decision === null ? null : judgementBy(contract, subject.decision);
}

/** What a decision says about a contract. */
export function judgementBy(
  { sheet, marketId, theme, classifier }: JudgedContract,
  { verdict, value, by, at, comment }: Pick<
    Decision,
    "verdict" | "value" | "by" | "at" | "comment"
  >,
): Judgement {
  const rightTheme = verdict === "relabel" && typeof value.rightTheme === "string"
    ? value.rightTheme
    : null;
  return {
    ...{ sheet, marketId, theme, classifier, rightTheme, reviewer: by, note: comment, at },
    verdict: verdict === "approve" ? "right" : verdict === "relabel" ? "wrong" : "unsure",
  };
}

/**
 * The accuracy with its Wilson interval after each judged contract, by the time of the judgement, ties
 * by the contract's id. Contracts that a person was unsure of are no step.
 */
export function runningAccuracy(judgements: readonly Judgement[]): AccuracyStep[] {
  let nRight = 0;
  return judgements
    .filter(({ verdict }) => verdict !== "unsure")
    .toSorted((a, b) =>
      a.at < b.at ? -1 : a.at > b.at ? 1 : a.marketId < b.marketId ? -1 : Number(a !== b)
    )
    .map(({ verdict }, i) => {
      nRight += Number(verdict === "right");
      const nJudged = i + 1;
      return { nJudged, nRight, accuracy: nRight / nJudged, ...wilsonInterval(nRight, nJudged) };
    });
}

/**
 * Contracts that must be right, one after the other, for the lower end of the interval to reach the
 * target: 0 where it does already.
 *
 * @param target Share below 1.
 * @throws {RangeError} If the target is not in [0, 1).
 */
export function moreRightNeeded(
  { nRight, nJudged }: Pick<AccuracyStep, "nRight" | "nJudged">,
  target: number,
): number {
  if (!(target >= 0 && target < 1)) {
    throw new RangeError(
      `Cannot count contracts as the target must be in [0, 1): got ${target}`,
    );
  }
  const reaches = (more: number) => wilsonInterval(nRight + more, nJudged + more).low >= target;
  // the lower end rises with every right one, so the first that reaches it is found by halving
  let low = -1, high = 1;
  while (!reaches(high)) high *= 2;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (nJudged + middle > 0 && reaches(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** "41 of 44 right: 93% (82% to 98%)". */
export function accuracyText({ nRight, nJudged, accuracy, low, high }: AuditShare): string {
  if (nJudged === 0) return "None judged yet";
  return `${nRight} of ${nJudged} right: ${shareText(accuracy)} (${shareText(low)} to ${
    shareText(high)
  })`;
}

/**
 * What is still needed for the lower end of the interval to reach the target, and whether the sheet
 * can give it.
 *
 * @param options.nOpen Contracts of the sheet without a verdict.
 */
export function neededText(
  share: Pick<AccuracyStep, "nRight" | "nJudged">,
  { target, nOpen }: { readonly target: number; readonly nOpen: number },
): string {
  const needed = moreRightNeeded(share, target), goal = shareText(target);
  if (needed === 0) return `The lower end has reached ${goal}.`;
  const run = `The next ${needed} must all be right for the lower end to reach ${goal}`;
  if (needed <= nOpen) return `${run}; ${nOpen} are open.`;
  return nOpen === 0
    ? `This sheet cannot show ${goal}: ${needed} more would all have to be right. A larger sheet can.`
    : `${run}; only ${nOpen} are open, so this sheet alone cannot show it.`;
}
