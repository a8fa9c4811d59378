import { join } from "node:path";
import { clusterKey } from "lib/cluster/cluster_key.ts";
import { stringColumn, type Table, table } from "lib/core/table.ts";
import { clusterSeen } from "lib/review/cluster_subjects.ts";
import type { SubjectKind } from "lib/review/decision.ts";
import { type Subject, subjectTable } from "lib/review/subject.ts";
import { writeCheckpoint } from "lib/store/checkpoint.ts";
import { sha256Hex } from "lib/store/hash.ts";
import type { DeskViews } from "lib/desk/desk_routes.ts";

export const SOURCE = "simulated universe, seed 7";
export const AS_OF = "2026-02-28";
export const HOSTILE = `<script>alert(1)</script> "quoted" & 'so' \u202egnp.exe`;

/** Leaves of the tree; the cut makes two clusters of the first four. */
export const LEAVES = ["kalshi:a", "kalshi:b", "kalshi:c", "kalshi:d"] as const;
export const LEFT = LEAVES.slice(0, 2), RIGHT = LEAVES.slice(2);

/** What is seen of a leaf. */
export const SEEN: ReadonlyMap<string, string> = new Map(LEAVES.map((id) => [id, sha256Hex(id)]));

/** A question of the fixture. */
export function subject(
  kind: SubjectKind,
  id: string,
  { isRequired = true, title = `${kind} ${id}`, seen = sha256Hex(`${kind} ${id}`) } = {},
): Subject {
  return { kind, id, seen, title, isRequired };
}

/** Questions of the three notebooks. */
export const SUBJECTS = {
  "03_review": [
    subject("cut", "ward"),
    ...[LEFT, RIGHT].map((members) =>
      subject("cluster", clusterKey(members), { seen: clusterSeen(members, SEEN) })
    ),
  ],
  "04_review": [
    subject("audit", "audit_50 | kalshi:a", { title: HOSTILE }),
    subject("audit", "audit_50 | kalshi:b"),
    subject("audit", "edge_unsure | kalshi:c", { isRequired: false }),
    subject("theme", "event-1", { isRequired: false }),
    subject("twin", "kalshi:a | poly:a"),
  ],
  "05_review": [
    subject("basket", "hybrid_risk | crypto_digital | 2026-02-02"),
    subject("returns", "hybrid_risk | crypto_digital"),
    subject("theme_change", "kalshi:d | 2026-01-30", { isRequired: false }),
  ],
} as const;

export type ReviewName = keyof typeof SUBJECTS;

/** Writes a checkpoint of the fixture. */
export async function put(
  out: string,
  name: string,
  rows: Table,
  { source = SOURCE, params = {} }: {
    readonly source?: string;
    readonly params?: Readonly<Record<string, unknown>>;
  } = {},
): Promise<void> {
  await writeCheckpoint(name, rows, {
    ...{ dir: join(out, "checkpoints"), asOf: AS_OF, source, inputs: [], params },
    code: "0".repeat(64),
  });
}

/** Leaves some notebooks' questions, and what they rest on. */
export async function putReviews(
  out: string,
  names: readonly ReviewName[] = ["03_review", "04_review", "05_review"],
): Promise<void> {
  for (const name of names) await put(out, name, subjectTable(SUBJECTS[name]));
  await put(
    out,
    "03_leaves",
    table({ market_id: stringColumn(LEAVES), seen: stringColumn([...SEEN.values()]) }),
  );
  await put(
    out,
    "04_classifications",
    table({
      market_id: stringColumn(["kalshi:a", "kalshi:b", "kalshi:c"]),
      event_id: stringColumn(["event-1", "event-2", "event-3"]),
      primary_theme: stringColumn(["crypto_digital", "crypto_digital", "climate_environment"]),
      classifier: stringColumn(["lexical 1", "lexical 1", "lexical 1"]),
    }),
  );
}

/** Leaves a chart, both as SVG and PNG. */
export async function putChart(out: string, name: string, svg: string): Promise<void> {
  const folder = join(out, "outputs", "charts");
  await Deno.mkdir(folder, { recursive: true });
  await Deno.writeTextFile(join(folder, `${name}.svg`), svg);
  await Deno.writeFile(join(folder, `${name}.png`), new Uint8Array([137, 80, 78, 71]));
}

/** Does some work in a folder with the fixture, which is removed afterwards. */
export async function inRun(
  work: (out: string) => Promise<void>,
  names?: readonly ReviewName[],
): Promise<void> {
  const out = await Deno.makeTempDir({ prefix: "basketry-desk-" });
  try {
    await putReviews(out, names);
    await work(out);
  } finally {
    await Deno.remove(out, { recursive: true });
  }
}

/** Views without a run behind them. */
export const VIEWS: DeskViews = {
  dendrogram: () => Promise.resolve({ name: "dendrogram", unknown: NaN }),
  audit: () => Promise.reject(new Error(MISSING)),
  baskets: (_, { method }) =>
    method === "none"
      ? Promise.reject(new RangeError(`Cannot show baskets as their method must be one: got none`))
      : Promise.resolve({ method: method ?? "first" }),
  prices: (_, marketIds) =>
    marketIds.length > 0
      ? Promise.resolve({ marketIds })
      : Promise.reject(new TypeError("Cannot read properties of undefined, in a secret place")),
  report: () => Promise.resolve("<!doctype html><title>Report</title>"),
};

/** What a missing checkpoint says. */
export const MISSING =
  'Cannot read checkpoint "04_audit" as file "04_audit.meta.json" must be readable: got no such file (run notebook 04 again)';
