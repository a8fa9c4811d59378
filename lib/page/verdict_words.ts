import type { Decision, SubjectKind, Verdict } from "../review/decision.ts";

const USUAL: Readonly<Record<Verdict, string>> = {
  approve: "approved",
  rename: "renamed",
  merge: "merged",
  split: "split",
  relabel: "corrected",
  exclude: "excluded",
  flag: "flagged",
  withdraw: "withdrawn",
};

/** Where a verdict means something of its own for a kind. */
const OWN: Partial<Record<`${SubjectKind} ${Verdict}`, string>> = {
  "audit approve": "judged right",
  "audit relabel": "judged wrong",
  "audit flag": "left unsure",
  "twin exclude": "rejected",
  "twin flag": "left unsure",
  "theme flag": "left unsure",
  "side flag": "left unsure",
  "contract flag": "left unsure",
};

/** What was decided, in a word or two: "approved", "judged wrong". */
export function verdictWords({ kind, verdict }: Pick<Decision, "kind" | "verdict">): string {
  return OWN[`${kind} ${verdict}`] ?? USUAL[verdict];
}
