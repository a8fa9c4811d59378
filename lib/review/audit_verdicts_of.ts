import type { AuditVerdict } from "../taxonomy/audit_verdicts.ts";
import { type Decision, type DecisionValues, valueOf } from "./decision.ts";

/**
 * The audit verdicts among the decisions in force, as filled-in sheets hold them: approve is right,
 * relabel wrong, flag unsure. By sheet, then contract.
 *
 * Stale ones are among them. A verdict carries the theme and the classifier that it judged, and
 * `currentVerdicts` holds these against today's: it counts in-sample what was said of an earlier
 * version and leaves out what says nothing of today's theme. To drop the stale ones here would drop just
 * those that a new version of the classifier was mended by, and a sheet in a file would count what the
 * same person's signature does not. As a correction of the theme a stale verdict is never applied.
 *
 * A relabel that names the judged theme as the right one contradicts itself and is left out.
 */
export function auditVerdictsOf(inForce: readonly Decision[]): AuditVerdict[] {
  return inForce.flatMap((decision): AuditVerdict[] => {
    const right = valueOf(decision, "audit approve");
    if (right !== null) return [verdictOf(decision, right, "right")];
    const unsure = valueOf(decision, "audit flag");
    if (unsure !== null) return [verdictOf(decision, unsure, "unsure")];
    const wrong = valueOf(decision, "audit relabel");
    return wrong === null || wrong.rightTheme === wrong.theme
      ? []
      : [{ ...verdictOf(decision, wrong, "wrong"), rightTheme: wrong.rightTheme }];
  }).sort((a, b) => byText(a.sheet, b.sheet) || byText(a.marketId, b.marketId));
}

function verdictOf(
  { by, comment }: Decision,
  { sheet, marketId, theme, classifier }: DecisionValues["audit approve"],
  verdict: AuditVerdict["verdict"],
): AuditVerdict {
  const note = comment.trim() === "" ? null : comment;
  return { sheet, marketId, theme, verdict, rightTheme: null, reviewer: by, note, classifier };
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
