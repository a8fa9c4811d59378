import type { Decision, DecisionDraft } from "lib/review/decision.ts";
import type { Subject } from "lib/review/subject.ts";

/** Two hashes of what a person saw. */
export const SEEN = "a".repeat(64), OTHER_SEEN = "b".repeat(64);

export function draftOf(part: Partial<DecisionDraft> = {}): DecisionDraft {
  return {
    ...{ kind: "theme", subject: "fed-rates", title: "How often will the Fed cut?" },
    ...{ verdict: "approve", value: {}, comment: "", by: "Anna", seen: SEEN },
    ...{ source: "simulated universe, seed 7", asOf: "2026-02-28" },
    ...part,
  };
}

export function decisionOf(part: Partial<Decision> = {}): Decision {
  return { ...draftOf(), at: "2026-05-03T10:00:00.000Z", number: 1, ...part };
}

export function subjectOf(part: Partial<Subject> = {}): Subject {
  return {
    ...{ kind: "theme", id: "fed-rates", seen: SEEN, title: "How often will the Fed cut?" },
    ...{ isRequired: true, ...part },
  };
}
