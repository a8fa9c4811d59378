import assert from "node:assert/strict";
import type { Decision } from "lib/review/decision.ts";
import { requireSigned } from "lib/review/require_signed.ts";
import { standings } from "lib/review/standings.ts";
import { decisionOf, draftOf, OTHER_SEEN, subjectOf } from "./decision_fixture.ts";

const { source } = draftOf();
const NOTEBOOKS = { notebook: "04_classify_contracts", of: "03_cluster_contracts" };

/** A review of a cut, clusters 1 to 4 and an event's theme that nobody must sign. */
function review(...decisions: readonly Partial<Decision>[]) {
  const subjects = [
    subjectOf({ kind: "cut", id: "ward", title: "Tree cut into 4 clusters" }),
    ...["1", "2", "3", "4"].map((id) => subjectOf({ kind: "cluster", id, title: `Cluster ${id}` })),
    subjectOf({ isRequired: false }),
  ];
  return standings(subjects, decisions.map((part) => decisionOf(part)), { source });
}

const cluster = (subject: string, part: Partial<Decision> = {}): Partial<Decision> => ({
  ...{ kind: "cluster", subject, ...part },
});

Deno.test("requireSigned() lets a signed review pass, and any review where nothing is required", () => {
  const all = ["1", "2", "3", "4"].map((id) => cluster(id));
  requireSigned(review({ kind: "cut", subject: "ward" }, ...all), { required: true, ...NOTEBOOKS });
  requireSigned(review(), { required: false, ...NOTEBOOKS });
  requireSigned({ subjects: [] }, { required: true, ...NOTEBOOKS });
});

Deno.test("requireSigned() says how many are signed, names the first of the others and what to do", () => {
  const stopped = (of: ReturnType<typeof review>, words: string) =>
    assert.throws(() => requireSigned(of, { required: true, ...NOTEBOOKS }), {
      name: "Error",
      message:
        `Cannot run 04_classify_contracts as 03_cluster_contracts must be signed: got ${words}\n` +
        "  What to do: deno task review, sign, and start again",
    });
  stopped(
    review(),
    '0 of 5 signed, 5 waiting (cut "Tree cut into 4 clusters", cluster "Cluster 1", cluster "Cluster 2" and 2 more)',
  );
  stopped(
    review(
      ...[{ kind: "cut", subject: "ward" } as const, cluster("1"), cluster("2")],
      ...[cluster("3", { verdict: "flag" }), cluster("4", { seen: OTHER_SEEN })],
    ),
    '3 of 5 signed, 1 flagged, 1 stale (cluster "Cluster 3", cluster "Cluster 4")',
  );
});

Deno.test("requireSigned() shows a title on the terminal harmlessly", () => {
  const title = `\u001b[2J\u202e"x"\n  What to do: nothing ${"y".repeat(500)}`;
  const { subjects } = standings([subjectOf({ kind: "theme_change", title })], [], { source });
  assert.throws(() => requireSigned({ subjects }, { required: true, ...NOTEBOOKS }), {
    message:
      `Cannot run 04_classify_contracts as 03_cluster_contracts must be signed: got 0 of 1 signed, 1 waiting (theme change "[2J"x" What to do: nothing ${
        "y".repeat(32)
      }…")\n  What to do: deno task review, sign, and start again`,
  });
});
