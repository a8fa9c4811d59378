import assert from "node:assert/strict";
import { join } from "node:path";
import { readUniverse } from "lib/sources/universe_source.ts";
import { runTask } from "../command/run_main.ts";
import { simulatedDataSet } from "../stubs/world_simulated.ts";
import { inTempDir, liveHashes, startLine } from "./pull_from_stubs.ts";

Deno.test("ingest pulls, replays, plans and refuses with the permissions of its task", () =>
  inTempDir(async (folder) => {
    await using line = await startLine(await simulatedDataSet("small"), "2025-11-25T02:00:00Z");
    const hosts = join(folder, "hosts.yaml"), out = join(folder, "out");
    // JSON is YAML
    await Deno.writeTextFile(hosts, JSON.stringify(line.stubs.hosts));
    const ingest = (...args: string[]) => runTask("ingest", ["--out", out, ...args]);

    const wrong = await ingest("--venue", "dom");
    assert.equal(wrong.code, 1);
    assert.match(wrong.err, /--venue must be polymarket, kalshi, benchmarks or all: got "dom"/);
    assert.equal(line.stubs.asked.length, 0);

    const plan = await ingest("--hosts", hosts, "--share", "0.1", "--plan");
    assert.equal(plan.code, 0, plan.err);
    assert.match(plan.out, /^To ask, at the rates of config\/hosts\.yaml:$/m);
    assert.match(plan.out, /^ {2}polymarket prices +[\d,]+ requests to data /m);
    assert.match(plan.out, /^ {2}all +[\d,]+ requests /m);
    assert.doesNotMatch(plan.out, /Universe/);
    await assert.rejects(Deno.stat(join(out, "raw", "live")), Deno.errors.NotFound);

    const pulled = await ingest("--hosts", hosts, "--share", "0.1");
    assert.equal(pulled.code, 0, pulled.err);
    assert.match(pulled.out, /^This machine's clock is [\d.]+ days ahead of that of the hosts/m);
    assert.match(pulled.out, /^polymarket prices: \d+ requests/m);
    assert.match(pulled.out, /^Asked \d+ times; .* answers stored in [\d.]+ MB$/m);
    assert.ok(pulled.out.includes(`Universe: ${join(out, "raw", "live")}\n  markets `));
    assert.ok(pulled.out.endsWith(`Next:     deno task start --source live --out ${out}\n`));
    const universe = await readUniverse({ source: "live", out });
    assert.ok(universe.markets.length > 5 && universe.prices.day.length > 500);

    const hashes = await liveHashes(out), nAsked = line.stubs.asked.length;
    const replayed = await ingest("--replay");
    assert.equal(replayed.code, 0, replayed.err);
    assert.match(replayed.out, /^Read [\d,]+ stored answers again$/m);
    assert.deepEqual(await liveHashes(out), hashes);
    assert.equal(line.stubs.asked.length, nAsked);
  }));
