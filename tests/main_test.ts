import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readNotebooks } from "lib/notebook/notebook_list.ts";
import { lockOutput } from "lib/notebook/run_lock.ts";
import { readUniverse } from "lib/sources/universe_source.ts";
import { writeFolder } from "lib/sources/local/write_folder.ts";
import { filesBelow, hashFile } from "lib/store/hash.ts";

const project = fileURLToPath(new URL("../", import.meta.url));
const SMALL = "simulated?size=small&seed=11";
const notebooks = await readNotebooks(join(project, "notebooks"));

/** Runs the command line as `deno task start` does. */
async function start(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const { tasks } = JSON.parse(await Deno.readTextFile(join(project, "deno.json")));
  const [, ...words] = tasks.start.command.split(" ");
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [...words, ...args],
    cwd: project,
    env: { NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1" },
  }).output();
  const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, out: decode(stdout), err: decode(stderr) };
}

async function inTempDir(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "basketry-main-" });
  try {
    await work(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function hashes(folder: string): Promise<Record<string, string>> {
  const paths = await filesBelow(folder);
  return Object.fromEntries(
    await Promise.all(paths.map(async (path) => [path, await hashFile(join(folder, path))])),
  );
}

/** Fails where docs/architecture.md does not name a column of a checkpoint of notebooks 05 to 07. */
async function assertColumnsPromised(checkpoints: string): Promise<void> {
  const text = await Deno.readTextFile(join(project, "docs/architecture.md"));
  const promises = text.replace(/\s+/g, " ").split(/(?=`\d\d_\w+`: )/);
  for (const name of notebooks.flatMap(({ declares: { writes } }) => writes)) {
    if (name < "05") continue;
    const promise = promises.find((one) => one.startsWith(`\`${name}\`: `)) ?? "";
    const meta = JSON.parse(await Deno.readTextFile(join(checkpoints, `${name}.meta.json`)));
    const columns = (meta.columns as { name: string }[]).map((column) => column.name);
    assert.ok(columns.length > 0, name);
    const silent = columns.filter((column) => !new RegExp(`\\b${column}\\b`).test(promise));
    assert.deepEqual(silent, [], `columns of ${name} that architecture.md does not name`);
  }
}

Deno.test("start leaves every declared file, the same bytes in two folders, and skips what is unchanged", async () => {
  await inTempDir(async (folder) => {
    const [a, b] = [join(folder, "a"), join(folder, "b")];
    const first = await start("--source", SMALL, "--out", a);
    assert.equal(first.code, 0, first.err);
    assert.match(first.out, /Source: simulated universe, seed 11/);
    const second = await start("--source", SMALL, "--out", b);
    assert.equal(second.code, 0, second.err);
    const left = await hashes(a);
    assert.deepEqual(await hashes(b), left);
    for (
      const path of [
        "checkpoints/01_universe.parquet",
        "checkpoints/01_returns.meta.json",
        "outputs/charts/coverage_funnel.svg",
        "outputs/charts/zero_move_share.png",
        "outputs/notebooks/01_data_exploration.ipynb",
        "outputs/notebooks/01_data_exploration.html",
        "outputs/RESEARCH.md",
      ]
    ) assert.ok(path in left, path);
    for (const { name, declares: { writes, exports } } of notebooks) {
      const files = [
        ...writes.flatMap((one) => [`checkpoints/${one}.parquet`, `checkpoints/${one}.meta.json`]),
        ...exports.filter((path) => !path.endsWith("/")).map((path) => `outputs/${path}`),
        ...["ipynb", "html"].map((kind) => `outputs/notebooks/${name}.${kind}`),
      ];
      for (const path of files) assert.ok(path in left, path);
    }
    await assertColumnsPromised(join(a, "checkpoints"));
    const svg = await Deno.readTextFile(join(a, "outputs/charts/coverage_funnel.svg"));
    assert.match(svg, /SIMULATED UNIVERSE, SEED 11/);
    const research = await Deno.readTextFile(join(a, "outputs/RESEARCH.md"));
    assert.match(research, /simulated universe, seed 11/);

    const again = await start("--source", SMALL, "--out", a);
    assert.match(again.out, /01_data_exploration .*unchanged, kept/);
    assert.deepEqual(await hashes(a), left);

    // edited by hand: noticed, made again, the same bytes
    await Deno.writeTextFile(join(a, "checkpoints/01_returns.parquet"), "edited");
    const repaired = await start("--source", SMALL, "--out", a);
    assert.equal(repaired.code, 0, repaired.err);
    assert.deepEqual(await hashes(a), left);
  });
});

Deno.test("start stops with one clear message on a folder that it cannot read", async () => {
  await inTempDir(async (folder) => {
    const source = join(folder, "universe");
    await writeFolder(await readUniverse({ source: SMALL, out: folder }), source);
    const out = join(folder, "out");

    const prices = join(source, "prices.parquet");
    const whole = await Deno.readFile(prices);
    await Deno.writeFile(prices, whole.subarray(0, whole.length - 1000));
    const truncated = await start("--source", source, "--out", out);
    assert.equal(truncated.code, 1);
    assert.match(truncated.err, /Cannot run notebook "01_data_exploration"/);
    assert.match(truncated.err, /Cannot read .*"prices\.parquet"/);
    assert.doesNotMatch(truncated.err, /\n\s+at /);
    assert.deepEqual(await filesBelow(join(out, "checkpoints")).catch(() => []), []);

    await Deno.remove(prices);
    const missing = await start("--source", source, "--out", out);
    assert.equal(missing.code, 1);
    assert.match(missing.err, /prices\.parquet/);

    const absent = await start("--source", join(folder, "nowhere"), "--out", out);
    assert.equal(absent.code, 1);
    assert.match(
      absent.err,
      /^\nCannot read the universe as it must be a folder in the data contract/,
    );

    const live = await start("--source", "live", "--out", out);
    assert.equal(live.code, 1);
    assert.match(live.err, /deno task ingest must have pulled a universe there first/);
  });
});

Deno.test("start refuses options it does not know and an output folder it cannot write", async () => {
  const unknown = await start("--sauce", "simulated");
  assert.equal(unknown.code, 1);
  assert.match(unknown.err, /--sauce.*\n.*usage:|Unknown option '--sauce'/s);

  const size = await start("--source", "simulated?size=huge");
  assert.equal(size.code, 1);
  assert.match(size.err, /its size must be small or default or large: got "huge"/);

  await inTempDir(async (folder) => {
    const file = join(folder, "file");
    await Deno.writeTextFile(file, "");
    const blocked = await start("--source", SMALL, "--out", join(file, "out"));
    assert.equal(blocked.code, 1);
    assert.match(blocked.err, /^\nCannot use ".*" as the output folder as it must be a folder/);
    assert.doesNotMatch(blocked.err, /\n\s+at /);

    const none = await start("--source", SMALL, "--out", folder, "--only", "09");
    assert.equal(none.code, 1);
    assert.match(none.err, /09/);
  });
  const refused = {
    "--only": "Cannot run notebooks as --only must name at least one",
    "--out": "Cannot run the notebooks as --out must name a folder",
    "--source": "Cannot find the universe as the source must be simulated, live or a folder",
  };
  await inTempDir(async (folder) => {
    for (const [option, message] of Object.entries(refused)) {
      const { code, err } = await start("--out", folder, option, "");
      assert.equal(code, 1);
      assert.ok(err.startsWith(`\n${message}`), err);
    }
    assert.deepEqual(await filesBelow(folder), ["run/lock"]);
  });
});

Deno.test("start goes on where a killed deno task left off, at once and to the same bytes", async () => {
  await inTempDir(async (folder) => {
    const [whole, cut] = [join(folder, "whole"), join(folder, "cut")];
    assert.equal((await start("--source", SMALL, "--out", whole)).code, 0);
    const task = new Deno.Command(Deno.execPath(), {
      args: ["task", "start", "--source", SMALL, "--out", cut],
      cwd: project,
      env: { NO_COLOR: "1" },
      stdout: "piped",
      stderr: "null",
    }).spawn();
    let said = "";
    for await (const piece of task.stdout.pipeThrough(new TextDecoderStream())) {
      said += piece;
      if (said.includes("cell  3 of")) break;
    }
    task.kill("SIGKILL");
    await task.status;
    const { code, err } = await start("--source", SMALL, "--out", cut);
    assert.equal(code, 0, err);
    assert.deepEqual(await hashes(cut), await hashes(whole));
  });
});

Deno.test("start refuses a folder in which another start is at work", async () => {
  await inTempDir(async (folder) => {
    const held = await lockOutput(folder);
    const { code, err } = await start("--source", SMALL, "--out", folder);
    assert.equal(code, 1);
    assert.match(
      err,
      new RegExp(`^\nCannot use .* got another run, process ${Deno.pid}; wait until`),
    );
    held[Symbol.dispose]();
  });
});
