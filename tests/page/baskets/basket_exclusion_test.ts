import assert from "node:assert/strict";
import type { StandingSubject } from "lib/review/standing_subject.ts";
import { exclusionOf } from "lib/page/baskets/basket_exclusion.ts";

/** A contract with a decision in force. */
function contract(
  verdict: "exclude" | "approve",
  { since = null, standing = "signed" }: {
    readonly since?: string | null;
    readonly standing?: StandingSubject["standing"];
  } = {},
): StandingSubject {
  return {
    ...{ kind: "contract", id: "poly:a", seen: "0".repeat(64), title: "T", isRequired: false },
    ...{ standing, nDecisions: 1 },
    decision: {
      ...{ kind: "contract", subject: "poly:a", title: "T", verdict, comment: "", by: "Ann" },
      ...{ value: verdict === "exclude" ? { since } : {}, seen: "0".repeat(64), number: 1 },
      ...{ source: "a test", asOf: "2025-02-01", at: "2025-02-02T10:00:00.000Z" },
    },
  };
}

Deno.test("exclusionOf() holds from its day on", () => {
  const subject = contract("exclude", { since: "2025-01-31" });
  assert.deepEqual(exclusionOf(subject, "2025-01-31"), {
    ...{ since: "2025-01-31", isOut: true },
    text: "excluded from 31 Jan 2025 on, with the next run",
  });
  assert.deepEqual(exclusionOf(subject, "2024-12-31"), {
    ...{ since: "2025-01-31", isOut: false, text: "excluded from 31 Jan 2025 on" },
  });
});

Deno.test("exclusionOf() holds at every date without a day", () => {
  assert.deepEqual(exclusionOf(contract("exclude"), "2024-12-31"), {
    ...{ since: null, isOut: true, text: "excluded at any date, with the next run" },
  });
});

Deno.test("exclusionOf() is none without a decision, of another verdict, or of a stale one", () => {
  assert.equal(exclusionOf(undefined, "2025-01-31"), null);
  assert.equal(exclusionOf({ ...contract("exclude"), decision: null }, "2025-01-31"), null);
  assert.equal(exclusionOf(contract("approve"), "2025-01-31"), null);
  assert.equal(exclusionOf(contract("exclude", { standing: "stale" }), "2025-01-31"), null);
});
