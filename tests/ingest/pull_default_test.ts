import assert from "node:assert/strict";
import { parseDay } from "lib/core/day.ts";
import { readFolder } from "lib/sources/local/read_folder.ts";
import { simulatedDataSet } from "../stubs/world_simulated.ts";
import { compare } from "./differences.ts";
import { inTempDir, liveFolder, pullFromStubs, startLine } from "./pull_from_stubs.ts";

Deno.test("a pull of the whole simulated universe has not one close, volume or outcome wrong", () =>
  inTempDir(async (out) => {
    await using line = await startLine(await simulatedDataSet(), "2026-03-01T02:00:00Z");
    const { asked, stops, failed } = await pullFromStubs(line, out);
    assert.deepEqual([stops, failed], [[], 0]);
    assert.ok(asked > 40_000, `${asked}`);
    const got = await readFolder(liveFolder(out));
    const untilDay = parseDay("2026-03-01");
    const { differences, counts } = compare(got, line.world, { untilDay });
    assert.deepEqual(differences, []);
    assert.ok(got.markets.length > 5000, `${got.markets.length}`);
    assert.ok(counts["polymarket closes"]! > 250_000 && counts["kalshi closes"]! > 30_000);
  }));
