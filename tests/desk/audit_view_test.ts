import assert from "node:assert/strict";
import { join } from "node:path";
import { auditView } from "lib/desk/audit_view.ts";
import { readCheckpoint } from "lib/store/checkpoint.ts";
import { writeRun } from "./fixture_run.ts";

async function inRun(check: (out: string) => Promise<void>) {
  const out = await Deno.makeTempDir();
  try {
    await writeRun(out, { nLeaves: 300 });
    await check(out);
  } finally {
    await Deno.remove(out, { recursive: true });
  }
}

Deno.test("auditView() has each contract of the sheets with its texts, both witnesses and its side", () =>
  inRun(async (out) => {
    const view = await auditView(out);
    const { table } = await readCheckpoint("04_audit", { dir: join(out, "checkpoints") });
    assert.equal(view.entries.length, table.nRows);
    assert.equal(view.target, 0.9);
    const [events, texts, sides] = [
      new Map(view.events.map((one) => [one.eventId, one])),
      new Set(view.texts.map(({ marketId }) => marketId)),
      new Set(view.sides.map(({ marketId }) => marketId)),
    ];
    const clusters = new Set(view.clusters.map(({ clusterId }) => clusterId));
    for (const { marketId, eventId, theme } of view.entries) {
      const event = events.get(eventId)!;
      assert.equal(event.wordsTheme, theme);
      assert.ok(texts.has(marketId) && sides.has(marketId), marketId);
      assert.ok(event.clusterId < 0 || clusters.has(event.clusterId), eventId);
    }
    for (const { eventId } of view.disagreements) assert.ok(events.has(eventId), eventId);
  }));

Deno.test("auditView() lists accepted pairs first, then rejected ones by similarity", () =>
  inRun(async (out) => {
    const { twins } = await auditView(out);
    const nAccepted = twins.filter(({ accepted }) => accepted).length;
    assert.ok(nAccepted > 0 && nAccepted < twins.length);
    assert.ok(twins.slice(0, nAccepted).every(({ accepted }) => accepted));
    const rest = twins.slice(nAccepted).map(({ similarity }) => similarity);
    assert.deepEqual(rest, rest.toSorted((a, b) => b - a));
  }));

Deno.test("auditView() gives every judged theme a size, and counts each event once", () =>
  inRun(async (out) => {
    const view = await auditView(out);
    const sizes = new Map(view.themeSizes);
    for (const { theme } of view.entries) assert.ok(sizes.get(theme)! > 0, theme);
    const { table } = await readCheckpoint("04_classifications", { dir: join(out, "checkpoints") });
    const events = table.columns.event_id!;
    assert.equal(events.type, "string");
    const nEvents = events.type === "string" ? new Set(events.codes).size : 0;
    assert.equal([...sizes.values()].reduce((sum, size) => sum + size, 0), nEvents);
  }));

Deno.test("auditView() is the same JSON twice, and small", () =>
  inRun(async (out) => {
    const text = JSON.stringify(await auditView(out));
    assert.equal(JSON.stringify(await auditView(out)), text);
    assert.deepEqual(JSON.parse(text), await auditView(out));
    assert.ok(text.length < 1_500_000, `${text.length} characters`);
  }));

Deno.test("auditView() says which notebook to run where a checkpoint is missing", () =>
  inRun(async (out) => {
    await Deno.remove(join(out, "checkpoints", "04_texts.meta.json"));
    await assert.rejects(auditView(out), {
      name: "Error",
      message:
        'Cannot read checkpoint "04_texts" as file "04_texts.meta.json" must be readable: got no such file (run notebook 04 again)',
    });
  }));
