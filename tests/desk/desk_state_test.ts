import assert from "node:assert/strict";
import { join } from "node:path";
import { deskReader } from "lib/desk/desk_reader.ts";
import { deskState } from "lib/desk/desk_state.ts";
import { readDecisions, storeDecision } from "lib/review/decision_files.ts";
import { type Subject, subjectTable } from "lib/review/subject.ts";
import { AS_OF, inRun, put, putChart, SOURCE, subject, SUBJECTS } from "./desk_fixture.ts";

const AT = "2026-03-01T12:00:00.000Z";
const [BASKET] = SUBJECTS["05_review"] as readonly [Subject, ...Subject[]];

function store(
  out: string,
  { kind, id, title, seen }: Subject,
  { source = SOURCE, after = 0 } = {},
) {
  return storeDecision(out, {
    ...{ kind, subject: id, title, seen, source, asOf: AS_OF, verdict: "approve", value: {} },
    ...{ comment: "", by: "Ada" },
  }, { after, at: AT });
}

Deno.test("deskState() tells every notebook's questions with how they stand", () =>
  inRun(async (out) => {
    await putChart(out, "nav", "<svg/>");
    const state = await deskState(out);
    assert.deepEqual(
      state.subjects.map(({ kind, id, standing }) => `${kind} ${id}: ${standing}`),
      Object.values(SUBJECTS).flat().map(({ kind, id, isRequired }) =>
        `${kind} ${id}: ${isRequired ? "waiting" : "idle"}`
      ),
    );
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
    assert.equal(standing.get("theme event-1"), "idle");
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
    const first = await revision();
    assert.equal(await revision(), first);
    assert.equal((await deskState(out)).revision, first);
    await store(out, BASKET);
    const second = await revision();
    assert.notEqual(second, first);
    await put(out, "05_review", subjectTable(SUBJECTS["05_review"].slice(0, 2)));
    const third = await revision();
    assert.notEqual(third, second);
    await store(out, BASKET, { after: 1 });
    assert.notEqual(await revision(), third);
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
