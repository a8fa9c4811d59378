import assert from "node:assert/strict";
import { lockOutput } from "lib/notebook/run_lock.ts";

async function inTempDir(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "basketry-lock-" });
  try {
    await work(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("lockOutput() refuses a folder that another run holds, naming its process", async () => {
  await inTempDir(async (out) => {
    using held = await lockOutput(out);
    assert.equal(await Deno.readTextFile(held.path), `${Deno.pid}\n`);
    await assert.rejects(lockOutput(out, { patienceMs: 100 }), {
      message:
        `Cannot use "${out}" as the output folder as one run at a time must write it: got another run, process ${Deno.pid}; wait until it ends, or give --out another folder`,
    });
  });
});

Deno.test("lockOutput() waits for a run that is about to end, and leaves an empty file", async () => {
  await inTempDir(async (out) => {
    const held = await lockOutput(out);
    const next = lockOutput(out, { patienceMs: 10_000 });
    setTimeout(() => held[Symbol.dispose](), 100);
    (await next)[Symbol.dispose]();
    assert.equal(await Deno.readTextFile(held.path), "");
  });
});

Deno.test("lockOutput() refuses a folder that cannot be written", async () => {
  await inTempDir(async (out) => {
    await Deno.writeTextFile(`${out}/run`, "");
    await assert.rejects(lockOutput(out), {
      message:
        /^Cannot use ".*" as the output folder as it must be a folder that can be written: got .*\/run'/,
    });
  });
});
