import assert from "node:assert/strict";
import { interruption } from "lib/notebook/interruption.ts";

const config = new URL("../../deno.json", import.meta.url).pathname;

/** A process that starts another, says its id, and waits; the other says why it was stopped. */
const CHILD = `
import { interruption } from "${import.meta.resolve("../../lib/notebook/interruption.ts")}";
using run = interruption({ isTask: Deno.args[0] === "task" });
await Deno.stdout.write(new TextEncoder().encode("ready\\n"));
console.log(
  await new Promise((resolve) => {
    setTimeout(resolve, 1500, "left alone");
    run.signal.addEventListener("abort", () => resolve(run.signal.reason.message));
  }),
);
Deno.exit();`;
const PARENT = `
const child = new Deno.Command(Deno.execPath(), {
  args: ["run", "-A", "--no-check", "--quiet", "--config", "${config}", Deno.args[0], Deno.args[1]],
}).spawn();
await child.status;`;

for (
  const [kind, said] of [
    ["task", "the run was stopped by the end of the task that started it"],
    ["shell", "left alone"],
  ] as const
) {
  Deno.test(
    `interruption() ${kind === "task" ? "follows a killed deno task" : "outlives a killed shell"}`,
    async () => {
      const folder = await Deno.makeTempDir({ prefix: "basketry-interruption-" });
      try {
        await Deno.writeTextFile(`${folder}/child.ts`, CHILD);
        await Deno.writeTextFile(`${folder}/parent.ts`, PARENT);
        const parent = new Deno.Command(Deno.execPath(), {
          args: [
            "run",
            "-A",
            "--no-check",
            "--quiet",
            `${folder}/parent.ts`,
            `${folder}/child.ts`,
            kind,
          ],
          stdout: "piped",
        }).spawn();
        let text = "";
        for await (const piece of parent.stdout.pipeThrough(new TextDecoderStream())) {
          if (text === "") parent.kill("SIGKILL");
          text += piece;
        }
        await parent.status;
        assert.equal(text, `ready\n${said}\n`);
      } finally {
        await Deno.remove(folder, { recursive: true });
      }
    },
  );
}

Deno.test("interruption() aborts when it is given back, so that nothing outlives the run", () => {
  const run = interruption({ isTask: false });
  assert.equal(run.signal.aborted, false);
  run[Symbol.dispose]();
  assert.equal(run.signal.reason.message, "the run is over");
});
