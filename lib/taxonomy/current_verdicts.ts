import type { AuditVerdict } from "./audit_verdicts.ts";

/** Verdicts as they apply to the themes of today. */
export interface CurrentVerdicts {
  readonly verdicts: readonly AuditVerdict[];
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
 * @param themes Today's theme by market id.
 */
export function currentVerdicts(
  verdicts: readonly AuditVerdict[],
  themes: ReadonlyMap<string, string>,
): CurrentVerdicts {
  const found = verdicts.flatMap((one): AuditVerdict[] => {
    const theme = themes.get(one.marketId);
    if (theme === undefined) return [];
    if (theme === one.theme) return [one];
    const truth = one.verdict === "right" ? one.theme : one.rightTheme;
    if (truth === null) return [];
    return truth === theme
      ? [{ ...one, theme, verdict: "right", rightTheme: null }]
      : [{ ...one, theme, verdict: "wrong", rightTheme: truth }];
  });
  return { verdicts: found, nOutdated: verdicts.length - found.length };
}
