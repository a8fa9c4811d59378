import assert from "node:assert/strict";
import { join } from "node:path";
import { dataHashes, readLive } from "./fault_pull.ts";
import { ended, type RunLine, startIngest, startRunLine } from "./fault_run.ts";
import { faultWorld } from "./fault_world.ts";
import { inTempDir, liveFolder } from "./pull_from_stubs.ts";

const VENUES = ["--venue", "polymarket,kalshi"];
const N_KILLS = 30;
/** Requests that may be on their way when a process is killed: each is asked a second time. */
const MOST_UNDER_WAY = 28;

/**
 * A moment to kill at: after so many requests, or so many ms after the new folder was begun, or after
 * the old one was moved aside.
 */
type Moment =
  | { readonly requests: number }
  | { readonly after: "/live." | "/live.replaced"; readonly ms: number };

Deno.test("ingest killed at 30 moments leaves a whole folder or none, and ends with the same bytes", async () => {
  await inTempDir(async (folder) => {
    const world = await faultWorld({ every: 40 });
    await using line = await startRunLine(world, folder);
    const quiet = join(folder, "quiet");
    assert.equal((await ended(startIngest(line, quiet, { args: VENUES }))).code, 0);
    const hashes = await dataHashes(quiet), nQuiet = line.stubs.asked.length;
    const isOnce = new Set(line.stubs.asked.filter((path) => !isClock(path)));

    const random = drawsFrom(8);
    let nKills = 0;
    for (let round = 0; nKills < N_KILLS; ++round) {
      const out = join(folder, `round${round}`), from = line.stubs.asked.length;
      const moments = momentsOf(nQuiet, random).slice(0, N_KILLS - nKills);
      let nRoundKills = 0;
      for (const moment of moments) {
        const isSwap = "after" in moment && moment.after === "/live.replaced";
        if (isSwap && await namesIn(liveFolder(out)) === null) {
          assert.equal((await ended(startIngest(line, out, { args: VENUES }))).code, 0);
        }
        if (await killedAt(moment, { line, out })) ++nRoundKills;
        await checkLive(out, hashes);
      }
      const { code, err } = await ended(startIngest(line, out, { args: VENUES }));
      assert.deepEqual([code, err], [0, ""]);
      assert.deepEqual(await dataHashes(out), hashes);
      const asked = line.stubs.asked.slice(from).filter((path) => !isClock(path));
      assert.deepEqual(asked.filter((path) => !isOnce.has(path)), []);
      const twice = asked.length - isOnce.size;
      assert.ok(twice <= nRoundKills * MOST_UNDER_WAY, `${twice} asked twice`);
      assert.ok(asked.length < 3 * isOnce.size, `${twice} asked twice`);
      assert.deepEqual(await leftOvers(out), []);
      nKills += nRoundKills;
      assert.ok(round < 20, "no run was there to be killed");
    }
    assert.equal(nKills, N_KILLS);
  });
});

/** Some moments of the pull in order, then some of the fold and the swap. */
function momentsOf(nRequests: number, random: () => number): Moment[] {
  const gaps = Array.from({ length: 4 }, () => 1 + Math.floor(random() * nRequests / 3));
  const ms = (most: number) => Math.floor(random() * most);
  return [
    ...gaps.map((requests) => ({ requests })),
    ...[60, 120].map((most) => ({ after: "/live." as const, ms: ms(most) })),
    ...[0, 4].map((most) => ({ after: "/live.replaced" as const, ms: ms(most) })),
  ];
}

/** Kills a run at a moment; false where it had ended before. */
async function killedAt(
  moment: Moment,
  { line, out }: { readonly line: RunLine; readonly out: string },
): Promise<boolean> {
  await Deno.mkdir(join(out, "raw"), { recursive: true });
  const from = line.stubs.asked.length;
  using watcher = Deno.watchFs(join(out, "raw"), { recursive: false });
  const child = startIngest(line, out, { args: VENUES });
  let hasEnded = false;
  const whole = ended(child).finally(() => {
    hasEnded = true;
    watcher.close();
  });
  if ("after" in moment) {
    for await (const { paths } of watcher) {
      if (paths.some((path) => path.includes(moment.after))) break;
    }
    if (moment.ms > 0) await pause(moment.ms);
  } else {
    while (!hasEnded && line.stubs.asked.length < from + moment.requests) await pause(1);
  }
  try {
    child.kill("SIGKILL");
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
  return (await whole).code === 137;
}

/** What is there is whole: the bytes of the quiet pull, or those of a fold that had less. */
async function checkLive(out: string, hashes: Readonly<Record<string, unknown>>): Promise<void> {
  const names = await namesIn(liveFolder(out));
  if (names === null) return;
  assert.deepEqual(names, FILES);
  const { rejected } = await readLive(out);
  // this machine is months ahead of the world
  assert.deepEqual(rejected.filter(({ file }) => file !== "clock this machine"), []);
  assert.deepEqual(await dataHashes(out), hashes);
}

const FILES: readonly string[] = [
  "activity.parquet",
  "benchmarks.parquet",
  "fees.parquet",
  "markets.parquet",
  "prices.parquet",
  "pulled.parquet",
  "rejected.parquet",
  "resolutions.parquet",
  "snapshots.parquet",
];

/** What a killed run left beside the store and the folder. */
async function leftOvers(out: string): Promise<string[]> {
  const usual = ["live", "responses.sqlite", "responses.sqlite-wal", "responses.sqlite-shm"];
  return (await namesIn(join(out, "raw")))!.filter((name) => !usual.includes(name));
}

async function namesIn(folder: string): Promise<string[] | null> {
  try {
    return (await Array.fromAsync(Deno.readDir(folder), ({ name }) => name)).sort();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

/** Asked by each run for its clock, and not kept. */
function isClock(path: string): boolean {
  return path === "/clob/time" || path === "/kalshi/historical/cutoff";
}

function drawsFrom(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}

async function pause(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
}
