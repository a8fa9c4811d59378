import assert from "node:assert/strict";
import { join } from "node:path";
import { dataHashes, faultPull, readLive } from "./fault_pull.ts";
import { ended, type Run, type RunLine, startIngest, startRunLine } from "./fault_run.ts";
import { faultWorld } from "./fault_world.ts";
import { inTempDir, liveHashes } from "./pull_from_stubs.ts";

const VENUES = ["--venue", "polymarket,kalshi"];
const DAY_MS = 86_400_000;

Deno.test("pull() into a store that is full keeps the old folder and completes when there is room", async () => {
  await inTempDir(async (folder) => {
    const world = await faultWorld({ every: 40 });
    const quiet = join(folder, "quiet"), full = join(folder, "full");
    await faultPull(world, quiet);
    await faultPull(world, full);
    world.clock.nowMs += DAY_MS;
    const old = await liveHashes(full);
    const sizeOf = (await Deno.stat(join(full, "raw", "responses.sqlite"))).size;
    await assert.rejects(
      faultPull(world, full, { maxPages: Math.ceil(sizeOf / 4096) + 2 }),
      {
        message: "Cannot store an answer as its folder must be writable and have space: " +
          "got database or disk is full",
      },
    );
    assert.deepEqual(await liveHashes(full), old);
    await faultPull(world, full);
    await faultPull(world, quiet);
    assert.deepEqual(await dataHashes(full), await dataHashes(quiet));
  });
});

Deno.test("ingest on a full disk ends with one message, keeps what it had, and completes with room", async (t) => {
  await inLine(async ({ line, folder, world }) => {
    const quiet = join(folder, "quiet");
    assert.equal((await run(line, quiet)).code, 0);
    const hashes = await dataHashes(quiet);

    for (const megabytes of [0.2, 1]) {
      const disk = join(folder, `disk${megabytes}`);
      await Deno.mkdir(disk);
      if (!await isMounted(disk, megabytes)) return;
      await t.step({
        name: `a disk of ${megabytes} MB`,
        fn: async () => {
          try {
            tellsOfDisk(await run(line, disk));
            await mount(["-o", "remount,size=64m", disk]);
            const { code, err } = await run(line, disk);
            assert.deepEqual([code, err], [0, ""]);
            assert.deepEqual(await dataHashes(disk), hashes);
            // the next fold has no room beside the old folder
            const old = await liveHashes(disk);
            world.clock.nowMs += DAY_MS;
            const used = await usedBytes(disk);
            await mount(["-o", `remount,size=${Math.ceil(used / 4096) * 4 + 4}k`, disk]);
            tellsOfDisk(await run(line, disk));
            assert.deepEqual(await liveHashes(disk), old);
          } finally {
            world.clock.nowMs -= DAY_MS;
            await new Deno.Command("umount", { args: [disk] }).output();
          }
        },
      });
    }
  });
});

Deno.test("ingest refuses a store that is damaged in its middle, and keeps the folder", async () => {
  await inLine(async ({ line, folder, world }) => {
    const out = join(folder, "out"), path = join(out, "raw", "responses.sqlite");
    assert.equal((await run(line, out)).code, 0);
    const old = await liveHashes(out);
    const bytes = await Deno.readFile(path);
    const damaged = bytes.map((byte, k) =>
      k > 0.2 * bytes.length && k < 0.8 * bytes.length ? byte ^ 0x5a : byte
    );
    await Deno.writeFile(path, damaged);
    world.clock.nowMs += DAY_MS;
    const { code, err } = await run(line, out);
    assert.equal(code, 1);
    isOneMessage(err, /must be a whole database|differs|hash/);
    assert.deepEqual(await liveHashes(out), old);
    // the copy that was whole still works
    await Deno.writeFile(path, bytes);
    assert.equal((await run(line, out)).code, 0);
  });
});

Deno.test("ingest into a folder that must not be written says so", async () => {
  await inLine(async ({ line, folder }) => {
    const out = join(folder, "out");
    await Deno.mkdir(out, { mode: 0o500 });
    const isRoot = Deno.uid() === 0;
    if (!isRoot) tellsOfDisk(await run(line, out));
    // root may write anywhere, but not without the permission, and not below a file
    const kept = ["--allow-read", "--allow-env", "--allow-net=127.0.0.1", "--allow-write=/nowhere"];
    tellsOfDisk(await ended(startIngest(line, out, { args: VENUES, permissions: kept })));
    await Deno.writeTextFile(join(folder, "file"), "");
    tellsOfDisk(await run(line, join(folder, "file", "out")));
    assert.equal(line.stubs.asked.length, 0);
  });
});

Deno.test("ingest refuses a folder that another pull holds, which goes on", async () => {
  await inLine(async ({ line, folder }) => {
    const out = join(folder, "out");
    const first = startIngest(line, out, { args: VENUES });
    while (line.stubs.asked.length < 3) await new Promise((resolve) => setTimeout(resolve, 2));
    const second = await run(line, out);
    const { code, err } = await ended(first);
    assert.deepEqual([code, err], [0, ""]);
    assert.equal(second.code, 1);
    isOneMessage(second.err, /no other process may write to it/);
    assert.ok((await readLive(out)).markets.length > 0);
  }, { delayMs: 60 });
});

/** Does some work with stubs and a folder. */
async function inLine(
  work: (parts: {
    readonly line: RunLine;
    readonly folder: string;
    readonly world: Awaited<ReturnType<typeof faultWorld>>;
  }) => Promise<void>,
  { delayMs = 0 } = {},
): Promise<void> {
  await inTempDir(async (folder) => {
    const world = await faultWorld({ every: 40 });
    await using line = await startRunLine(world, folder, {
      faults: async (_request, next) => {
        if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
        return await next();
      },
    });
    await work({ line, folder, world });
  });
}

function run(line: RunLine, out: string): Promise<Run> {
  return ended(startIngest(line, out, { args: VENUES }));
}

function tellsOfDisk({ code, err }: Run): void {
  assert.equal(code, 1);
  isOneMessage(err, /must be writable/);
  assert.match(err, /What to do: Free space on the disk or make the folder writable/);
}

/** One error without a trace. */
function isOneMessage(err: string, words: RegExp): void {
  assert.match(err, words);
  assert.match(err, /^ {2}What to do: /m);
  assert.equal(err.match(/Cannot /g)?.length, 1, err);
  assert.doesNotMatch(err, /^\s+at |Uncaught|panicked/m);
}

async function isMounted(disk: string, megabytes: number): Promise<boolean> {
  const size = `size=${Math.round(megabytes * 1024)}k`;
  return await mount(["-t", "tmpfs", "-o", size, "tmpfs", disk]);
}

async function mount(args: readonly string[]): Promise<boolean> {
  const { success } = await new Deno.Command("mount", { args: [...args], stderr: "null" }).output();
  return success;
}

/** What the files of a small disk take. */
async function usedBytes(disk: string): Promise<number> {
  const { stdout } = await new Deno.Command("df", {
    args: ["--block-size=1", "--output=used", disk],
  }).output();
  return Number(new TextDecoder().decode(stdout).split("\n")[1]);
}
