import assert from "node:assert/strict";
import { simulatedFolder } from "lib/sources/simulated/simulated_folder.ts";
import { filesBelow, hashFolder } from "lib/store/hash.ts";

Deno.test("simulatedFolder() writes the data contract once, and finds it again", async () => {
  const cacheDir = await Deno.makeTempDir();
  try {
    const made = await simulatedFolder({ size: "small", seed: 7, cacheDir });
    assert.equal(made.label, "simulated universe, seed 7");
    assert.deepEqual(await filesBelow(made.path), [
      "COMPLETE",
      "activity.parquet",
      "benchmarks.parquet",
      "markets.parquet",
      "prices.parquet",
      "resolutions.parquet",
      "theme_labels.parquet",
    ]);
    const bytes = await hashFolder(made.path);
    const { mtime } = await Deno.stat(`${made.path}/prices.parquet`);
    assert.deepEqual(await simulatedFolder({ size: "small", seed: 7, cacheDir }), made);
    assert.deepEqual((await Deno.stat(`${made.path}/prices.parquet`)).mtime, mtime);
    // a folder whose writer was killed is made anew, with the same bytes
    await Deno.remove(`${made.path}/COMPLETE`);
    await Deno.writeTextFile(`${made.path}/prices.parquet`, "half");
    await simulatedFolder({ size: "small", seed: 7, cacheDir });
    assert.equal(await hashFolder(made.path), bytes);
  } finally {
    await Deno.remove(cacheDir, { recursive: true });
  }
});

Deno.test("simulatedFolder() keeps universes apart and says when there is no structure", async () => {
  const cacheDir = await Deno.makeTempDir();
  try {
    const full = await simulatedFolder({ size: "small", seed: 7, cacheDir });
    const other = await simulatedFolder({ size: "small", seed: 8, cacheDir });
    const fair = await simulatedFolder({ size: "small", seed: 7, structure: "fair", cacheDir });
    assert.equal(fair.label, "simulated universe without structure, seed 7");
    assert.equal(new Set([full.path, other.path, fair.path]).size, 3);
  } finally {
    await Deno.remove(cacheDir, { recursive: true });
  }
});

Deno.test("simulatedFolder() removes what an older generator made of it, and nothing else", async () => {
  const cacheDir = await Deno.makeTempDir();
  const older = `${cacheDir}/simulated-small-full-7-${"0".repeat(16)}`;
  const others = [
    `simulated-small-full-70-${"0".repeat(16)}`,
    `simulated-small-fair-7-${"0".repeat(16)}`,
    "simulated-small-full-7-mine",
    "live",
  ];
  try {
    for (const path of [older, ...others.map((name) => `${cacheDir}/${name}`)]) {
      await Deno.mkdir(path);
      await Deno.writeTextFile(`${path}/COMPLETE`, "");
    }
    const { path } = await simulatedFolder({ size: "small", seed: 7, cacheDir });
    const left = Array.from(Deno.readDirSync(cacheDir), ({ name }) => name).sort();
    assert.deepEqual(left, [...others, path.slice(cacheDir.length + 1)].sort());
  } finally {
    await Deno.remove(cacheDir, { recursive: true });
  }
});
