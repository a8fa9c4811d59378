import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { randomStream } from "lib/core/random.ts";
import { decisionPath, readDecisions } from "lib/review/decision_files.ts";
import { projectRoot } from "lib/store/project_root.ts";
import { filesBelow } from "lib/store/hash.ts";

const WRITER = fileURLToPath(new URL("decision_writer.ts", import.meta.url));

/** A process that stores decisions about one subject; see the script. */
function writer(out: string, { by, most }: { by: string; most: number }): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--quiet", "--no-check", WRITER, out, by, String(most)],
    ...{ cwd: projectRoot(), stdout: "piped", stderr: "inherit" },
  }).spawn();
}

async function inTempDir(run: (out: string) => Promise<void>): Promise<void> {
  const out = await Deno.makeTempDir();
  try {
    await run(out);
  } finally {
    await Deno.remove(out, { recursive: true });
  }
}

/** Kills a writer `delayMs` after it has begun to store. */
async function killedWriter(out: string, { by, delayMs }: { by: string; delayMs: number }) {
  const child = writer(out, { by, most: Infinity });
  const lines = child.stdout.getReader();
  await lines.read();
  const drained = (async () => {
    while (!(await lines.read()).done);
  })();
  await new Promise((done) => setTimeout(done, delayMs));
  child.kill("SIGKILL");
  const { signal } = await child.status;
  await drained;
  assert.equal(signal, "SIGKILL");
}

Deno.test("storeDecision() leaves whole files with numbers in a row when writers are killed at any time", () =>
  inTempDir(async (out) => {
    const draw = randomStream(7, "kills");
    const delays = Array.from({ length: 30 }, () => draw() * 80);
    for (let i = 0; i < 30; i += 3) {
      await Promise.all(
        delays.slice(i, i + 3).map((delayMs, k) => killedWriter(out, { by: `P${i + k}`, delayMs })),
      );
    }
    const { decisions, rejected } = await readDecisions(out);
    assert.deepEqual(rejected, []);
    assert.ok(decisions.length >= 5, `${decisions.length} decisions were stored`);
    const numbers = decisions.map(({ number }) => number).sort((a, b) => a - b);
    assert.deepEqual(numbers, Array.from(numbers, (_, i) => i + 1));
    const paths = (await filesBelow(`${out}/reviews`)).filter((path) => path.endsWith(".json"));
    assert.deepEqual(paths, decisions.map(decisionPath).sort());
  }));

Deno.test("storeDecision() lets one of two processes have each number", () =>
  inTempDir(async (out) => {
    const most = 60;
    const won = await Promise.all(["Anna", "Ben"].map(async (by) => {
      const { stdout, success } = await writer(out, { by, most }).output();
      assert.ok(success);
      return new TextDecoder().decode(stdout).trim().split("\n").slice(1).map(Number);
    }));
    assert.deepEqual(won.map((numbers) => numbers.length), [most, most]);
    const { decisions, rejected } = await readDecisions(out);
    assert.deepEqual(rejected, []);
    const winners = won.flatMap((numbers, i) => numbers.map((n) => [n, ["Anna", "Ben"][i]]));
    const stored = decisions.map(({ number, by }) => [number, by]);
    const sorted = (rows: unknown[][]) => rows.sort((a, b) => Number(a[0]) - Number(b[0]));
    assert.deepEqual(sorted(winners), sorted(stored));
    assert.deepEqual(sorted(stored).map(([n]) => n), Array.from(stored, (_, i) => i + 1));
    // they did run side by side
    const turns = sorted(stored).filter(([, by], i, rows) => i > 0 && by !== rows[i - 1]![1]);
    assert.ok(turns.length >= 1);
  }));
