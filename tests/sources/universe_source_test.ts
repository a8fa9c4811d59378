import assert from "node:assert/strict";
import { join } from "node:path";
import { dateColumn, numberColumn, stringColumn, table } from "lib/core/table.ts";
import { parseSource, readUniverse, universeFolder } from "lib/sources/universe_source.ts";
import { writeParquet } from "lib/store/parquet.ts";

async function inTempDir(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "basketry-source-" });
  try {
    await work(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("parseSource() tells the simulated universe, live data and folders apart", () => {
  assert.deepEqual(parseSource("simulated"), {
    kind: "simulated",
    size: "default",
    seed: 7,
    structure: "full",
  });
  assert.deepEqual(parseSource("simulated?size=large&seed=12&structure=fair"), {
    kind: "simulated",
    size: "large",
    seed: 12,
    structure: "fair",
  });
  assert.deepEqual(parseSource("live"), { kind: "live" });
  for (const folder of ["../shared/data", "simulated2", "./live", "a?size=small"]) {
    assert.deepEqual(parseSource(folder), { kind: "folder", folder });
  }
});

Deno.test("parseSource() refuses what it does not know of a simulated universe", () => {
  const refused: Record<string, string> = {
    "simulated?size=huge":
      'Cannot simulate a universe as its size must be small or default or large: got "huge"',
    "simulated?structure=none":
      'Cannot simulate a universe as its structure must be full or fair: got "none"',
    "simulated?seed=-1": 'Cannot simulate a universe as its seed must be a whole number: got "-1"',
    "simulated?sede=1":
      'Cannot simulate a universe as its options must be size, seed and structure: got "sede"',
  };
  for (const [text, message] of Object.entries(refused)) {
    assert.throws(() => parseSource(text), { name: "RangeError", message });
  }
});

Deno.test("readUniverse() says on every data set where it comes from", async () => {
  await inTempDir(async (out) => {
    const small = await readUniverse({ source: "simulated?size=small", out });
    assert.deepEqual(small.origin, { kind: "simulated", label: "simulated universe, seed 7" });
    const fair = await readUniverse({ source: "simulated?size=small&structure=fair&seed=3", out });
    assert.equal(fair.origin.label, "simulated universe without structure, seed 3");

    const { folder } = await universeFolder("simulated?size=small", out);
    const copy = join(out, "my folder");
    await Deno.mkdir(copy);
    for (const name of ["markets", "prices", "resolutions", "benchmarks", "activity"]) {
      await Deno.copyFile(join(folder, `${name}.parquet`), join(copy, `${name}.parquet`));
    }
    const read = await readUniverse({ source: copy, out });
    assert.deepEqual(read.origin, { kind: "folder", label: 'folder "my folder"' });
    assert.deepEqual(read.prices.close, small.prices.close);
  });
});

Deno.test("universeFolder() makes the simulated universe once and refuses folders that are not there", async () => {
  await inTempDir(async (out) => {
    const first = await universeFolder("simulated?size=small", out);
    const madeAt = (await Deno.stat(join(first.folder, "prices.parquet"))).mtime;
    const second = await universeFolder("simulated?size=small", out);
    assert.equal(second.folder, first.folder);
    assert.deepEqual((await Deno.stat(join(first.folder, "prices.parquet"))).mtime, madeAt);
    await assert.rejects(universeFolder("live", out), {
      message:
        `Cannot read the universe as deno task ingest must have pulled a universe there first: got no folder "${
          join(out, "raw", "live")
        }"`,
    });
    await assert.rejects(universeFolder(join(out, "none"), out), /must be a folder in the data/);
  });
});

Deno.test("readUniverse() refuses a universe in which no day is known, and says why", async () => {
  await inTempDir(async (out) => {
    const { folder } = await universeFolder("simulated?size=small", out);
    const copy = join(out, "copy");
    await Deno.mkdir(copy);
    for (const name of ["markets", "resolutions", "benchmarks"]) {
      await Deno.copyFile(join(folder, `${name}.parquet`), join(copy, `${name}.parquet`));
    }
    await writeParquet(
      join(copy, "prices.parquet"),
      table({
        market_id: stringColumn(["poly:none", "poly:none"]),
        date: dateColumn([20_000, 20_001]),
        close: numberColumn([0.5, 0.5]),
      }),
    );
    await assert.rejects(readUniverse({ source: copy, out }), {
      message:
        'Cannot work on folder "copy" as a day with a price or activity must pass the door: got none of 2 rows of prices.parquet (market is not in markets.parquet)',
    });
  });
});

Deno.test("parseSource() refuses an empty text", () => {
  assert.throws(() => parseSource(" "), {
    name: "RangeError",
    message:
      "Cannot find the universe as the source must be simulated, live or a folder: got an empty text",
  });
});
