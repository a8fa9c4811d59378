import type { AuditVerdict } from "./audit_verdicts.ts";

/** What a contract is today. */
export interface CurrentTheme {
  readonly theme: string;
  /** Name and version of the classifier that gave it. */
  readonly classifier: string;
}

/** Verdicts as they apply to the themes of today. */
export interface CurrentVerdicts {
  /** Of the classifier that gives the theme today: a sample that it was not fitted to. */
  readonly verdicts: readonly AuditVerdict[];
  /**
   * Of another classifier or an earlier version. Whoever changed it may have read them, so that it is
   * right on these contracts says little about others.
   */
  readonly earlier: readonly AuditVerdict[];
  /** Verdicts that say nothing of today's theme, or of a contract that is no longer there. */
  readonly nOutdated: number;
}

/**
 * Applies verdicts to themes that may have changed since.
 *
 * A person who called a theme right, or named the right one, has judged every theme of the
 * contract: today's is right if it is that one and wrong otherwise. A theme that was only called
 * wrong is wrong still; of another one nothing is known, and the verdict is left out, as is one that
 * was unsure of another theme.
 *
 * @param today By market id.
 */
export function currentVerdicts(
  verdicts: readonly AuditVerdict[],
  today: ReadonlyMap<string, CurrentTheme>,
): CurrentVerdicts {
  const found = verdicts.flatMap((one) => {
    const now = today.get(one.marketId);
    const verdict = now === undefined ? null : verdictOn(one, now.theme);
    return verdict === null ? [] : [{ verdict, isEarlier: one.classifier !== now!.classifier }];
  });
  const of = (isEarlier: boolean) =>
    found.filter((one) => one.isEarlier === isEarlier).map(({ verdict }) => verdict);
  return { verdicts: of(false), earlier: of(true), nOutdated: verdicts.length - found.length };
}

/** What a verdict says of a theme; `null` where it says nothing. */
function verdictOn(one: AuditVerdict, theme: string): AuditVerdict | null {
  if (theme === one.theme) return one;
  const truth = one.verdict === "right" ? one.theme : one.rightTheme;
  if (truth === null) return null;
  return truth === theme
    ? { ...one, theme, verdict: "right", rightTheme: null }
    : { ...one, theme, verdict: "wrong", rightTheme: truth };
}
