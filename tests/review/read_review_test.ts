import assert from "node:assert/strict";
import { stringColumn, table } from "lib/core/table.ts";
import { readDecisions, storeDecision } from "lib/review/decision_files.ts";
import { readReview, reviewOf } from "lib/review/read_review.ts";
import { seenHash, type Subject, subjectTable } from "lib/review/subject.ts";
import { writeCheckpoint } from "lib/store/checkpoint.ts";
import { draftOf, SEEN, subjectOf } from "./decision_fixture.ts";

const { source } = draftOf();
const AT = "2026-05-03T10:00:00.000Z";

async function inTempDir(run: (out: string) => Promise<void>): Promise<void> {
  const out = await Deno.makeTempDir();
  try {
    await run(out);
  } finally {
    await Deno.remove(out, { recursive: true });
  }
}

async function ask(out: string, name: string, subjects: readonly Subject[]): Promise<void> {
  await writeCheckpoint(name, subjectTable(subjects), {
    ...{
      dir: `${out}/checkpoints`,
      asOf: "2026-02-28",
      source,
      inputs: [],
      params: {},
      code: SEEN,
    },
  });
}

/** A subject whose only evidence is prices. */
function priced(prices: readonly number[]): Subject {
  return subjectOf({ kind: "cut", id: "ward", seen: seenHash({ prices }) });
}

Deno.test("readReview() gives the subjects of its checkpoints with what people said about them", () =>
  inTempDir(async (out) => {
    const cut = priced([0.1, 0.2]), theme = subjectOf({ isRequired: false });
    await ask(out, "03_review", [cut]);
    await ask(out, "04_review", [theme]);
    const draft = draftOf({ kind: "cut", subject: "ward", value: { clusters: 5 }, seen: cut.seen });
    await storeDecision(out, draft, { after: 0, at: AT });
    await storeDecision(out, draftOf({ subject: "gone" }), { after: 0, at: AT });
    await storeDecision(out, draftOf({ source: "folder" }), { after: 0, at: AT });
    const both = await readReview(out, { checkpoints: ["03_review", "04_review"], source });
    assert.deepEqual(both.subjects.map(({ id, standing }) => [id, standing]), [
      ["ward", "signed"],
      ["fed-rates", "idle"],
    ]);
    assert.deepEqual(both.orphans.map(({ subject }) => subject), ["gone"]);
    assert.deepEqual(both.decisions.map(({ subject }) => subject).sort(), ["gone", "ward"]);
    assert.deepEqual(both.rejected, []);
    const read = await readDecisions(out);
    assert.deepEqual(both, reviewOf([cut, theme], read, { source }));
    const kinds = ["cut", "cluster"] as const;
    const own = await readReview(out, { checkpoints: ["03_review"], source, kinds });
    assert.deepEqual(own.orphans, []);
    assert.equal(own.sha256, (await readDecisions(out, { kinds })).sha256);
  }));

Deno.test("readReview() shows a decision as stale as soon as one price changes, and signed when it is back", () =>
  inTempDir(async (out) => {
    const { seen } = priced([0.1, 0.2]);
    const draft = draftOf({ kind: "cut", subject: "ward", value: { clusters: 5 }, seen });
    await storeDecision(out, draft, { after: 0, at: AT });
    const standingOn = async (prices: readonly number[]) => {
      await ask(out, "03_review", [priced(prices)]);
      const { subjects } = await readReview(out, { checkpoints: ["03_review"], source });
      return subjects[0]!.standing;
    };
    assert.equal(await standingOn([0.1, 0.2]), "signed");
    assert.equal(await standingOn([0.1, 0.2 + Number.EPSILON / 4]), "stale");
    assert.equal(await standingOn([0.1, 0.2]), "signed");
  }));

Deno.test("readReview() refuses a checkpoint that is missing, of another universe or of other columns", () =>
  inTempDir(async (out) => {
    const checkpoints = ["03_review"];
    await assert.rejects(() => readReview(out, { checkpoints, source }), {
      name: "Error",
      message:
        'Cannot read checkpoint "03_review" as file "03_review.meta.json" must be readable: got no such file (run notebook 03 again)',
    });
    await ask(out, "03_review", [subjectOf()]);
    await assert.rejects(() => readReview(out, { checkpoints, source: "folder" }), {
      message:
        'Cannot read checkpoint "03_review" as it must rest on "folder": got one of "simulated universe, seed 7" (run notebook 03 again)',
    });
    await writeCheckpoint("03_review", table({ kind: stringColumn(["cut"]) }), {
      ...{ dir: `${out}/checkpoints`, asOf: "2026-02-28", source, inputs: [], params: {} },
      code: SEEN,
    });
    await assert.rejects(() => readReview(out, { checkpoints, source }), {
      message:
        'Cannot read checkpoint "03_review" as column "subject_id" must be of type string: got no such column (run notebook 03 again)',
    });
  }));
