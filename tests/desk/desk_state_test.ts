import assert from "node:assert/strict";
import { join } from "node:path";
import { deskReader } from "lib/desk/desk_reader.ts";
import { deskState } from "lib/desk/desk_state.ts";
import { readDecisions, storeDecision } from "lib/review/decision_files.ts";
import { type Subject, subjectTable } from "lib/review/subject.ts";
import { stringColumn, table } from "lib/core/table.ts";
import { quietSubjects } from "lib/desk/run_questions.ts";
import { clusterSeen } from "lib/review/cluster_subjects.ts";
import type { Verdict } from "lib/review/decision.ts";
import {
  AS_OF,
  inRun,
  LEAVES,
  LEFT,
  put,
  putChart,
  RIGHT,
  SEEN,
  SOURCE,
  subject,
  SUBJECTS,
} from "./desk_fixture.ts";

const AT = "2026-03-01T12:00:00.000Z";
const [BASKET] = SUBJECTS["05_review"] as readonly [Subject, ...Subject[]];

function store(
  out: string,
  { kind, id, title, seen }: Subject,
  { source = SOURCE, after = 0, verdict = "approve", value = {} }: {
    readonly source?: string;
    readonly after?: number;
    readonly verdict?: Verdict;
    readonly value?: Record<string, unknown>;
  } = {},
) {
  return storeDecision(out, {
    ...{ kind, subject: id, title, seen, source, asOf: AS_OF, verdict, value },
    ...{ comment: "", by: "Ada" },
  }, { after, at: AT });
}

Deno.test("deskState() tells every notebook's questions with how they stand", () =>
  inRun(async (out) => {
    await putChart(out, "nav", "<svg/>");
    const state = await deskState(out);
    assert.deepEqual(
      state.subjects.map(({ kind, id, standing }) => `${kind} ${id}: ${standing}`),
      Object.values(SUBJECTS).flat().filter(({ kind }) => kind !== "theme")
        .map(({ kind, id, isRequired }) => `${kind} ${id}: ${isRequired ? "waiting" : "idle"}`),
    );
    assert.equal(state.nQuiet, 1);
    assert.equal(state.source, SOURCE);
    assert.equal(state.asOf, AS_OF);
    assert.equal(state.isSimulated, true);
    assert.deepEqual(state.charts, ["nav"]);
    assert.deepEqual([state.orphans, state.rejected, state.outdated], [[], [], []]);
    assert.ok(state.themes.some(({ id, hue }) => id === "crypto_digital" && hue !== ""));
  }));

Deno.test("deskState() tells signed, stale, orphaned and unreadable decisions", () =>
  inRun(async (out) => {
    await store(out, BASKET);
    await store(out, { ...SUBJECTS["05_review"][1]!, seen: "f".repeat(64) });
    await store(out, subject("theme_change", "kalshi:gone | 2025-01-01"));
    await store(out, SUBJECTS["04_review"][3]!, { source: "another universe" });
    await Deno.writeTextFile(join(out, "reviews/decisions/basket/notes.txt"), "note");
    const { subjects, orphans, rejected } = await deskState(out);
    const standing = new Map(subjects.map((one) => [`${one.kind} ${one.id}`, one.standing]));
    assert.equal(standing.get(`basket ${BASKET.id}`), "signed");
    assert.equal(standing.get("returns hybrid_risk | crypto_digital"), "stale");
    // decided on in another universe alone
    assert.equal(standing.get("theme event-1"), undefined);
    assert.deepEqual(orphans.map(({ subject }) => subject), ["kalshi:gone | 2025-01-01"]);
    assert.deepEqual(rejected.map(({ file }) => file), ["decisions/basket/notes.txt"]);
  }));

Deno.test("deskState() tells nothing of questions whose notebook has not run", () =>
  inRun(async (out) => {
    await store(out, BASKET);
    const { subjects, orphans } = await deskState(out);
    assert.deepEqual([...new Set(subjects.map(({ kind }) => kind))], ["cut", "cluster"]);
    assert.deepEqual(orphans, []);
  }, ["03_review"]));

Deno.test("deskState() calls a notebook outdated that ran with other decisions", () =>
  inRun(async (out) => {
    const heeded = async () =>
      (await readDecisions(out, { kinds: ["basket", "returns", "theme_change"] })).sha256;
    const rows = subjectTable(SUBJECTS["05_review"]);
    await put(out, "05_review", rows, { params: { decisions: await heeded() } });
    assert.deepEqual((await deskState(out)).outdated, []);
    await store(out, BASKET);
    await store(out, SUBJECTS["04_review"][3]!);
    const { outdated, revision } = await deskState(out);
    // 04 does not say what it heeded, and there is a decision for it
    assert.deepEqual(outdated, ["04_classification_comparison", "05_backtest_results"]);
    await put(out, "05_review", rows, { params: { decisions: await heeded() } });
    const after = await deskState(out);
    assert.deepEqual(after.outdated, ["04_classification_comparison"]);
    assert.notEqual(after.revision, revision);
  }));

Deno.test("deskState() has another revision with each decision and run, and else the same", () =>
  inRun(async (out) => {
    const reader = deskReader(out);
    const revision = async () => (await deskState(out, { reader })).revision;
    const first = await revision(), { runRevision } = await deskState(out);
    assert.equal(reader.revision(), first);
    assert.equal(await revision(), first);
    assert.equal((await deskState(out)).revision, first);
    await store(out, BASKET);
    const second = await revision();
    assert.notEqual(second, first);
    assert.equal((await deskState(out, { reader })).runRevision, runRevision);
    await put(out, "05_review", subjectTable(SUBJECTS["05_review"].slice(0, 2)));
    const third = await revision();
    assert.notEqual(third, second);
    assert.notEqual((await deskState(out, { reader })).runRevision, runRevision);
    await store(out, BASKET, { after: 1 });
    assert.notEqual(await revision(), third);
  }));

Deno.test("deskState() tells a quiet subject as soon as somebody decided on it, and ever after", () =>
  inRun(async (out) => {
    const theme = SUBJECTS["04_review"][3]!;
    const reader = deskReader(out);
    const told = async () => {
      const { subjects, nQuiet } = await deskState(out, { reader });
      const own = subjects.filter(({ kind }) => kind === "theme");
      return [
        nQuiet,
        ...own.map(({ id, standing, nDecisions }) => `${id} ${standing} ${nDecisions}`),
      ];
    };
    const { quietRevision } = await deskState(out, { reader });
    assert.deepEqual(quietSubjects(await reader.questions()), {
      revision: quietRevision,
      subjects: [["theme", theme.id, theme.seen]],
    });
    assert.deepEqual(await told(), [1]);
    await store(out, theme);
    assert.deepEqual(await told(), [0, "event-1 signed 1"]);
    await store(out, theme, { after: 1, verdict: "withdraw" });
    assert.deepEqual(await told(), [0, "event-1 idle 2"]);
    // the page need not read the quiet ones again
    assert.equal((await deskState(out, { reader })).quietRevision, quietRevision);
    assert.equal(quietSubjects(await reader.questions()).subjects.length, 1);
    const rows = subjectTable(SUBJECTS["04_review"]);
    await put(out, "04_review", rows, { params: { decisions: "others" } });
    assert.notEqual((await deskState(out, { reader })).quietRevision, quietRevision);
  }));

Deno.test("deskState() holds a merge against all that it joins, and then against all of today's", () =>
  inRun(async (out) => {
    const cluster = SUBJECTS["03_review"][1]!;
    const all = { ...cluster, seen: clusterSeen(LEAVES, SEEN) };
    const value = { members: LEFT, with: [RIGHT] };
    await store(out, all, { verdict: "merge", value });
    const standing = async () =>
      (await deskState(out)).subjects.find(({ id }) => id === cluster.id)!.standing;
    assert.equal(await standing(), "signed");
    const seen = [...SEEN.values()].with(3, "f".repeat(64));
    await put(
      out,
      "03_leaves",
      table({ market_id: stringColumn(LEAVES), seen: stringColumn(seen) }),
    );
    assert.equal(await standing(), "stale");
  }));

Deno.test("deskState() sees at once what another process changed", () =>
  inRun(async (out) => {
    const reader = deskReader(out);
    for (let number = 0; number < 20; ++number) {
      await store(out, BASKET, { after: number });
      const { subjects } = await deskState(out, { reader });
      assert.equal(subjects.find(({ id }) => id === BASKET.id)!.nDecisions, number + 1);
    }
  }));

Deno.test("deskState() costs little where nothing changed", () =>
  inRun(async (out) => {
    const many = Array.from(
      { length: 10_000 },
      (_, k) => subject("twin", `kalshi:${k} | poly:${k}`),
    );
    await put(out, "04_review", subjectTable(many));
    const reader = deskReader(out);
    await deskState(out, { reader });
    const times: number[] = [];
    for (let k = 0; k < 5; ++k) {
      const before = performance.now();
      await deskState(out, { reader });
      times.push(performance.now() - before);
    }
    const best = Math.min(...times);
    assert.ok(best < 60, `${best.toFixed(1)} ms`);
  }));

Deno.test("deskState() refuses a folder without a run, and one of two universes", async () => {
  const empty = await Deno.makeTempDir();
  try {
    await assert.rejects(deskState(empty), {
      message:
        `Cannot open the review desk as a run must have left 03_review, 04_review, 05_review: got none in "${empty}"\n` +
        "  What to do: run deno task start first, with the same --out",
    });
  } finally {
    await Deno.remove(empty, { recursive: true });
  }
  await inRun(async (out) => {
    await put(out, "05_review", subjectTable(SUBJECTS["05_review"]), { source: "another" });
    await assert.rejects(deskState(out), {
      message:
        `Cannot open the review desk as 03_review, 04_review, 05_review must rest on one source: got "${SOURCE}" and "another"\n` +
        "  What to do: run deno task start first, with the same --out",
    });
  });
});
