import assert from "node:assert/strict";
import { join } from "node:path";
import { runNotebooks } from "lib/notebook/runner.ts";
import { contentOf, first, SAVE, second } from "./two_notebooks.ts";
import { isAlive, temporaryProject } from "./temporary_project.ts";

Deno.test("runNotebooks() gives the same bytes after its process was killed at any moment", async () => {
  await using project = await temporaryProject();
  const { out, root } = project;
  const pidFile = join(root, "pid");
  for (const [name, notebook] of [["01_first", first], ["02_second", second]] as const) {
    const noted = `${SAVE}\nDeno.writeTextFileSync("../pid", String(Deno.pid));`;
    const cells = notebook.cells.map((cell) =>
      cell.source === SAVE ? { ...cell, source: noted } : cell
    );
    await project.write(name, { ...notebook, cells });
  }
  const plan = project.plan({ params: { out } });
  await runNotebooks(plan);
  const content = await contentOf(out);
  const script = join(root, "start.ts");
  const { report: _, source, ...plain } = plan;
  const runner = JSON.stringify(import.meta.resolve("../../lib/notebook/runner.ts"));
  await Deno.writeTextFile(
    script,
    `import { runNotebooks } from ${runner};
const report = (event) => console.log(event.type, event.name, event.nth);
const source = () => Promise.resolve(${JSON.stringify(await source())});
await runNotebooks({ ...${JSON.stringify(plain)}, fresh: true, report, source });\n`,
  );
  const config = new URL("../../deno.json", import.meta.url).pathname;
  const moments = [
    ["notebook-start 01_first 1", "SIGKILL"],
    ["cell-start 01_first 4", "SIGKILL"],
    ["cell-start 02_second 5", "SIGTERM"],
  ] as const;
  for (const [moment, signal] of moments) {
    await Deno.remove(pidFile).catch(() => {});
    const process = new Deno.Command(Deno.execPath(), {
      args: ["run", "--quiet", "-A", "--no-check", "--config", config, script],
      stdout: "piped",
      stderr: "null",
    }).spawn();
    let said = "";
    const decoder = new TextDecoder();
    for await (const piece of process.stdout) {
      said += decoder.decode(piece);
      if (!said.includes(`${moment}\n`)) continue;
      process.kill(signal);
      break;
    }
    assert.ok(said.includes(moment), said);
    const { success } = await process.status;
    assert.ok(!success, `a run that was ended at "${moment}" gave exit code 0`);
    const pid = Number(await Deno.readTextFile(pidFile).catch(() => "0"));
    // the worker of the prelude looks ten times a second
    for (let i = 0; pid > 0 && i < 40 && isAlive(pid); ++i) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    assert.ok(pid === 0 || !isAlive(pid), `a kernel outlived its runner, ended at "${moment}"`);
    await runNotebooks(plan);
    assert.deepEqual(await contentOf(out), content, moment);
  }
});
