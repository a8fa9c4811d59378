import assert from "node:assert/strict";
import { join } from "node:path";
import { filesBelow } from "lib/store/hash.ts";
import { parseNotebook } from "lib/notebook/ipynb.ts";
import { NotebookError } from "lib/notebook/notebook_error.ts";
import type { RunEvent } from "lib/notebook/progress_lines.ts";
import { runNotebook } from "lib/notebook/run_notebook.ts";
import { runNotebooks } from "lib/notebook/runner.ts";
import { notebookOf, type Sketch, temporaryProject } from "./temporary_project.ts";
import { contentOf, DEFAULTS, first, second } from "./two_notebooks.ts";

/** Names of the notebooks that were run, not kept. */
function ran(events: readonly RunEvent[]): string[] {
  return events.filter(({ type }) => type === "notebook-done").map(({ name }) => name);
}

Deno.test("runNotebooks() runs what changed, keeps the rest, and sees files edited by hand", async () => {
  await using project = await temporaryProject();
  await project.write("01_first", first);
  await project.write("02_second", second);
  const { out } = project;
  const run = async (changes = {}) => {
    const events: RunEvent[] = [];
    const params = { seed: 8, out };
    await runNotebooks(project.plan({ params, report: (event) => events.push(event), ...changes }));
    return { events, ran: ran(events) };
  };
  const { events } = await run();
  assert.deepEqual(ran(events), ["01_first", "02_second"]);
  assert.equal(events.filter(({ type }) => type === "cell-done").length, 12);
  const content = await contentOf(out);
  assert.deepEqual(content.map((line) => line.split(" ")[0]), [
    "checkpoints/01_a.meta.json",
    "checkpoints/01_a.parquet",
    "outputs/charts/b.svg",
    "outputs/notebooks/01_first.html",
    "outputs/notebooks/01_first.ipynb",
    "outputs/notebooks/02_second.html",
    "outputs/notebooks/02_second.ipynb",
    "run/01_first.json",
    "run/02_second.json",
    "run/lock",
  ]);
  const stored = await Deno.readTextFile(join(out, "outputs/notebooks/01_first.ipynb"));
  assert.ok(!stored.includes(out), "the executed copy names a folder of this machine");
  const last = parseNotebook(stored, "01_first").cells.at(-1)!;
  assert.ok(last.cell_type === "code");
  assert.deepEqual(last.outputs, [{ output_type: "stream", name: "stdout", text: "wrote 8\n" }]);
  assert.equal(last.execution_count, 6);

  assert.deepEqual((await run()).ran, []);
  await Deno.writeTextFile(join(out, "outputs/charts/b.svg"), "<svg>");
  assert.deepEqual((await run()).ran, ["02_second"]);
  await Deno.truncate(join(out, "checkpoints/01_a.parquet"), 3);
  await Deno.remove(join(out, "outputs/notebooks/02_second.html"));
  assert.deepEqual((await run()).ran, ["01_first", "02_second"]);
  assert.deepEqual(await contentOf(out), content);
  // nothing but the key changes here, so the second notebook still reads the same checkpoint
  const other = () => Promise.resolve({ label: "simulated universe, seed 7", sha256: "other" });
  assert.deepEqual((await run({ only: ["01"], source: other })).ran, ["01_first"]);
});

const failures: [string, Sketch[], RegExp][] = [
  [
    "a cell that throws",
    ["1", "# Text", 'throw new Error("boom");'],
    /^Cannot run notebook "01_bad": cell 3 \(code cell 2, "throw new Error\("boom"\);"\): threw Error: boom\n[^]*What to do: /,
  ],
  [
    "a rejection nobody awaits",
    ['(async () => { throw new Error("lost"); })(); 1'],
    /cell 1 .*: left a promise rejected or a timer failing that nobody waited for, with Error: lost\n/,
  ],
  [
    "a kernel that is killed",
    ['Deno.kill(Deno.pid, "SIGKILL");'],
    /cell 1 .*: the kernel ended by itself with signal SIGKILL\n[^]*memory/,
  ],
  [
    "a cell that does not end",
    ["await new Promise(() => {});"],
    /cell 1 .*: the cell did not end within 1 s, so its kernel was killed\n/,
  ],
  [
    "a full disk",
    ['await Deno.writeTextFile("/dev/full", "x");'],
    /cell 1 .*: threw Error: No space left on device.*\n[^]*Free space on the disk/,
  ],
];
for (const [title, cells, message] of failures) {
  Deno.test(`runNotebook() rejects with one clear error for ${title}, and leaves nothing`, async () => {
    await using project = await temporaryProject();
    const { root: folder } = project;
    const run = { name: "01_bad", folder, runFolder: folder, cellTimeoutMs: 1000 };
    await assert.rejects(
      runNotebook(notebookOf(cells), run),
      (error) =>
        error instanceof NotebookError && message.test(error.message) || assert.fail(`${error}`),
    );
    assert.deepEqual(await filesBelow(folder), ["deno.json"]);
  });
}

Deno.test("runNotebooks() reports a type error with its cell before any cell is run", async () => {
  await using project = await temporaryProject();
  await project.write("01_a", notebookOf(['await Deno.writeTextFile("ran", "");']));
  await project.write("02_b", notebookOf(["# Text", '\nconst n: number = "no";']));
  await assert.rejects(runNotebooks(project.plan()), {
    name: "NotebookError",
    message:
      /^Cannot run notebook "02_b": cell 2 \(code cell 1, "const n: number = "no";"\), line 2: TS2322: Type 'string' is not assignable/,
  });
  assert.deepEqual(await filesBelow(project.out), ["run/lock"]);
  assert.deepEqual(await filesBelow(join(project.root, "notebooks")), ["01_a.ipynb", "02_b.ipynb"]);
});

Deno.test("runNotebooks() leaves nothing of a notebook that fails, and forgets its last success", async () => {
  await using project = await temporaryProject();
  await project.write("01_a", notebookOf(["1"]));
  await runNotebooks(project.plan());
  await project.write("01_a", notebookOf(['throw new Error("boom");']));
  await assert.rejects(runNotebooks(project.plan()), { name: "NotebookError" });
  assert.deepEqual(await filesBelow(join(project.out, "run")), ["lock"]);
});

Deno.test("runNotebooks() refuses an output folder that cannot be written", async () => {
  await using project = await temporaryProject();
  await project.write("01_a", notebookOf(["1"]));
  const out = join(project.root, "deno.json", "out");
  await assert.rejects(runNotebooks(project.plan({ out })), {
    message:
      /^Cannot use ".*deno\.json\/out" as the output folder as it must be a folder that can be written: got Not a directory/,
  });
  // the folder for the executed copies is a file: found only when the notebook has run
  await Deno.mkdir(join(project.out, "outputs"), { recursive: true });
  await Deno.writeTextFile(join(project.out, "outputs", "notebooks"), "");
  await assert.rejects(runNotebooks(project.plan()), {
    name: "NotebookError",
    message:
      /^Cannot run notebook "01_a": Cannot write ".*01_a\.ipynb" as its folder must be writable/,
  });
});

Deno.test("runNotebooks() refuses declarations that do not hold", async () => {
  await using project = await temporaryProject();
  await project.write("01_a", notebookOf(["1"], { exports: ["a.csv"] }));
  await assert.rejects(runNotebooks(project.plan()), {
    message: /it declares files that it did not write: outputs\/a\.csv/,
  });
  const stray =
    'await Deno.mkdir(params.out + "/outputs"); await Deno.writeTextFile(params.out + "/outputs/x", "");';
  await project.write("01_a", notebookOf([DEFAULTS, stray]));
  await assert.rejects(runNotebooks(project.plan({ params: { out: project.out } })), {
    message: /it wrote files that it does not declare: outputs\/x/,
  });
  await project.write("01_a", notebookOf(["1"], { reads: ["02_b"] }));
  await assert.rejects(runNotebooks(project.plan()), {
    name: "RangeError",
    message:
      'Cannot order notebook "01_a" as a notebook before it must write what it reads: got "02_b"',
  });
});

Deno.test("runNotebooks() says which notebook to run first when --only leaves out a checkpoint it can trust", async () => {
  await using project = await temporaryProject();
  await project.write("01_first", first);
  await project.write("02_second", second);
  const plan = (changes = {}) =>
    project.plan({ params: { out: project.out }, only: ["02"], ...changes });
  const refused = (got: string) => ({
    name: "NotebookError",
    message: `Cannot run notebook "02_second": the checkpoint "01_a" that it reads must be of ` +
      `simulated universe, seed 7, whole and as its notebook left it: got ${got}\n` +
      "  What to do: Run 01_first first, or leave out --only.",
  });
  await assert.rejects(runNotebooks(plan()), refused("no checkpoints/01_a.parquet"));
  await runNotebooks(plan({ only: ["01"] }));

  const other = () => Promise.resolve({ label: "simulated universe, seed 7", sha256: "other" });
  await assert.rejects(runNotebooks(plan({ source: other })), refused("one of another source"));
  const meta = join(project.out, "checkpoints/01_a.meta.json");
  await Deno.writeTextFile(meta, "{ }");
  await assert.rejects(runNotebooks(plan()), refused("an edited checkpoints/01_a.meta.json"));
  await Deno.remove(join(project.out, "run/01_first.json"));
  await assert.rejects(runNotebooks(plan()), refused("one of a run that did not finish"));
  await runNotebooks(plan({ only: ["01"] }));
  assert.deepEqual((await runNotebooks(plan())).map(({ name, isNew }) => [name, isNew]), [
    ["01_first", false],
    ["02_second", true],
  ]);
  await assert.rejects(runNotebooks(project.plan({ only: ["3"] })), {
    name: "RangeError",
    message:
      'Cannot run notebook "3" as it must be one of 01_first, 02_second: got no such number or name',
  });
  await assert.rejects(runNotebooks(project.plan({ only: [] })), {
    name: "RangeError",
    message: "Cannot run notebooks as --only must name at least one, such as 01: got none",
  });
});

Deno.test("runNotebooks() checks types while the source is made, and says what to do if that fails", async () => {
  await using project = await temporaryProject();
  await project.write("01_a", notebookOf(['const n: number = "no";']));
  let cells: string[] = [];
  const source = async () => {
    for (let i = 0; i < 200 && cells.length === 0; ++i) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      const names = await Array.fromAsync(Deno.readDir(join(project.root, ".cache")), (e) => e.name)
        .catch(() => []);
      cells = names.filter((name) => name.startsWith("cells-"));
    }
    return await Promise.reject(new Error('Cannot write "x" as its folder must be writable'));
  };
  await assert.rejects(runNotebooks(project.plan({ source })), {
    message:
      'Cannot write "x" as its folder must be writable\n  What to do: Free space on the disk ' +
      "or make the folder writable, or choose another one with --out; then start again.",
  });
  assert.equal(cells.length, 1);
  const broken = () => Promise.reject(new Error("Cannot find it"));
  await assert.rejects(runNotebooks(project.plan({ source: broken })), {
    message:
      "Cannot find it\n  What to do: Correct --source, or what is named above, and start again.",
  });
});

Deno.test("runNotebooks() removes what killed writers left, of the source too", async () => {
  await using project = await temporaryProject();
  await project.write("01_a", notebookOf(["1"]));
  const left = join(project.out, "raw", "a", "x.parquet.1.basketry-tmp");
  await Deno.mkdir(join(project.out, "raw", "a"), { recursive: true });
  await Deno.writeTextFile(left, "half");
  await runNotebooks(project.plan());
  assert.deepEqual(await filesBelow(join(project.out, "raw")), []);
});
