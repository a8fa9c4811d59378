import assert from "node:assert/strict";
import { dateColumn, numberColumn, stringColumn, table } from "lib/core/table.ts";
import { readCheckpoint, writeCheckpoint } from "lib/store/checkpoint.ts";
import { type CheckpointMeta, parseCheckpointMeta } from "lib/store/checkpoint_meta.ts";
import { sha256Hex } from "lib/store/hash.ts";
import { parquetBytes } from "lib/store/parquet.ts";

const rows = table({
  market_id: stringColumn(["poly:1", "poly:2"]),
  date: dateColumn([19_782, null]),
  close: numberColumn([0.5, null]),
});
const about = {
  asOf: "2024-02-29",
  source: "simulated universe, seed 7",
  inputs: [],
  params: { b: [1, "x"], a: { d: null, c: true } },
  code: sha256Hex("code"),
};

async function inTempDir(run: (dir: string) => Promise<void>): Promise<void> {
  const dir = await Deno.makeTempDir();
  try {
    await run(dir);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

/** The display a value brings for a notebook. */
function shown(value: object): Record<string, string> {
  return (value as Record<symbol, () => Record<string, string>>)[Symbol.for("Jupyter.display")]!();
}

Deno.test("readCheckpoint() gives back what writeCheckpoint() wrote", () =>
  inTempDir(async (dir) => {
    const input = await writeCheckpoint("01_universe", rows, { dir, ...about });
    const meta = await writeCheckpoint("02_returns", rows, { dir, ...about, inputs: [input] });
    assert.deepEqual({ ...meta }, {
      name: "02_returns",
      rows: 2,
      columns: [
        { name: "market_id", type: "string" },
        { name: "date", type: "date" },
        { name: "close", type: "number" },
      ],
      sha256: sha256Hex(await Deno.readFile(`${dir}/02_returns.parquet`)),
      asOf: "2024-02-29",
      source: "simulated universe, seed 7",
      inputs: { "01_universe": input.sha256 },
      params: { a: { c: true, d: null }, b: [1, "x"] },
      code: sha256Hex("code"),
    });
    const read = await readCheckpoint("02_returns", { dir, expect: { close: "number" } });
    assert.deepEqual(read.table, rows);
    assert.deepEqual({ ...read.meta }, { ...meta });
    assert.deepEqual(Array.from(Deno.readDirSync(dir), (entry) => entry.name).sort(), [
      "01_universe.meta.json",
      "01_universe.parquet",
      "02_returns.meta.json",
      "02_returns.parquet",
    ]);
  }));

Deno.test("writeCheckpoint() writes equal bytes for equal arguments in any order of their keys", () =>
  inTempDir(async (dir) => {
    const params = { a: { c: true, d: null }, b: [1, "x"] };
    const one = await writeCheckpoint("01_a", rows, { dir: `${dir}/one`, ...about });
    const two = await writeCheckpoint("01_b", rows, { dir: `${dir}/one`, ...about });
    await writeCheckpoint("02_x", rows, { dir: `${dir}/one`, ...about, inputs: [one, two] });
    await writeCheckpoint("02_x", rows, {
      dir: `${dir}/two`,
      ...about,
      params,
      inputs: [two, one],
    });
    for (const file of ["02_x.parquet", "02_x.meta.json"]) {
      assert.deepEqual(
        await Deno.readFile(`${dir}/one/${file}`),
        await Deno.readFile(`${dir}/two/${file}`),
      );
    }
  }));

Deno.test("writeCheckpoint() takes the hash of the program where none is given", () =>
  inTempDir(async (dir) => {
    const { code: _code, ...rest } = about;
    const meta = await writeCheckpoint("01_a", rows, { dir, ...rest });
    assert.match(meta.code, /^[0-9a-f]{64}$/);
  }));

Deno.test("a checkpoint's meta shows as escaped text and HTML, which no JSON sees", () =>
  inTempDir(async (dir) => {
    const hostile = table({ "<script>alert(1)</script>": numberColumn([1]) });
    const meta = await writeCheckpoint("01_a", hostile, { dir, ...about, source: `<b>"x"</b>` });
    const display = shown(meta);
    assert.deepEqual(Object.keys(display), ["text/plain", "text/html"]);
    assert.doesNotMatch(display["text/html"]!, /<script|<b>/);
    assert.match(display["text/html"]!, /&#60;script&#62;alert\(1\)&#60;\/script&#62;/);
    assert.match(display["text/plain"]!, /^checkpoint 01_a: 1 rows × 1 columns/);
    assert.match(display["text/plain"]!, new RegExp(`sha256 ${meta.sha256.slice(0, 12)}$`));
    assert.ok(!Object.keys(meta).includes("Jupyter.display"));
    assert.ok(shown((await readCheckpoint("01_a", { dir })).meta)["text/html"]);
  }));

type Edit = (dir: string) => void | Promise<void>;

/** Rewrites the meta the way a hand would. */
function edited(change: (meta: Record<string, unknown>) => void): Edit {
  return (dir) => {
    const meta = JSON.parse(Deno.readTextFileSync(`${dir}/03_clusters.meta.json`));
    change(meta);
    Deno.writeTextFileSync(`${dir}/03_clusters.meta.json`, JSON.stringify(meta));
  };
}

const other = table({ market_id: stringColumn(["poly:1"]) });
const damages: Record<string, [Edit, RegExp]> = {
  "its rows are missing": [
    (dir) => Deno.remove(`${dir}/03_clusters.parquet`),
    /file "03_clusters\.parquet" must be readable: got no such file/,
  ],
  "its meta is missing": [
    (dir) => Deno.remove(`${dir}/03_clusters.meta.json`),
    /file "03_clusters\.meta\.json" must be readable: got no such file/,
  ],
  "its rows were cut short": [
    (dir) => Deno.truncate(`${dir}/03_clusters.parquet`, 100),
    /its rows must be those of its meta: got sha256 [0-9a-f]{12} where the meta says/,
  ],
  "its rows were replaced": [
    (dir) => Deno.writeFile(`${dir}/03_clusters.parquet`, parquetBytes(other)),
    /its rows must be those of its meta: got sha256 [0-9a-f]{12} where the meta says/,
  ],
  "its meta is half a file": [
    (dir) => Deno.truncate(`${dir}/03_clusters.meta.json`, 50),
    /its meta must be readable: got .*JSON/,
  ],
  "its meta lacks a field": [
    edited((meta) => delete meta["asOf"]),
    /its meta must be readable: got .*\(asOf\)/,
  ],
  "its meta has a field too many": [
    edited((meta) => meta["note"] = "mine"),
    /its meta must be readable: got .*note/,
  ],
  "its meta names another checkpoint": [
    edited((meta) => meta["name"] = "03_linkage"),
    /its meta must bear its name: got "03_linkage"/,
  ],
  "its meta counts other rows": [
    edited((meta) => meta["rows"] = 3),
    /its rows must be those of its meta: got 2 rows of market_id, date, close/,
  ],
  "its meta names other columns": [
    edited((meta) => meta["columns"] = [{ name: "market_id", type: "number" }]),
    /its rows must be those of its meta: got 2 rows of market_id, date, close/,
  ],
  "hash and meta are those of no Parquet": [
    async (dir) => {
      await Deno.writeTextFile(`${dir}/03_clusters.parquet`, "rows");
      await edited((meta) => meta["sha256"] = sha256Hex("rows"))(dir);
    },
    /its rows must be readable: got Cannot read Parquet file "03_clusters\.parquet"/,
  ],
};

for (const [what, [damage, words]] of Object.entries(damages)) {
  Deno.test(`readCheckpoint() refuses a checkpoint when ${what}, and says what to run`, () =>
    inTempDir(async (dir) => {
      await writeCheckpoint("03_clusters", rows, { dir, ...about });
      await damage(dir);
      await assert.rejects(() => readCheckpoint("03_clusters", { dir }), (error: unknown) => {
        assert.ok(error instanceof Error);
        assert.match(error.message, /^Cannot read checkpoint "03_clusters" as /);
        assert.match(error.message, words);
        assert.match(error.message, /\(run notebook 03 again\)$/);
        return true;
      });
    }));
}

Deno.test("readCheckpoint() refuses a checkpoint without an expected column or type", () =>
  inTempDir(async (dir) => {
    await writeCheckpoint("03_clusters", rows, { dir, ...about });
    await assert.rejects(
      () => readCheckpoint("03_clusters", { dir, expect: { constructor: "string" as const } }),
      {
        message: `Cannot read checkpoint "03_clusters" as column "constructor" must be of type ` +
          `string: got no such column (run notebook 03 again)`,
      },
    );
    await assert.rejects(
      () => readCheckpoint("03_clusters", { dir, expect: { date: "timestamp" } }),
      {
        message:
          `Cannot read checkpoint "03_clusters" as column "date" must be of type timestamp: ` +
          `got date (run notebook 03 again)`,
      },
    );
  }));

Deno.test("a checkpoint's name cannot steer a path", async () => {
  for (const name of ["../01_a", "01_a/b", "1_a", "01_A", "01_", "01_a\n", "01_a.parquet", ""]) {
    const message = `Cannot name a checkpoint as it must be two digits, "_" and [a-z0-9_]: got ${
      JSON.stringify(name)
    }`;
    const refusal = { name: "RangeError", message };
    await assert.rejects(() => readCheckpoint(name, { dir: "/nowhere" }), refusal);
    await assert.rejects(() => writeCheckpoint(name, rows, { dir: "/nowhere", ...about }), refusal);
  }
});

Deno.test("writeCheckpoint() refuses a malformed date, params that are not JSON, two states of an input", () =>
  inTempDir(async (dir) => {
    const write = (change: object) => writeCheckpoint("01_a", rows, { dir, ...about, ...change });
    await assert.rejects(() => write({ asOf: "2024-02-30" }), /must be a date YYYY-MM-DD \(asOf\)/);
    await assert.rejects(
      () => write({ params: { seed: NaN } }),
      /\$\.params\.seed must be a plain/,
    );
    const one = await writeCheckpoint("01_a", rows, { dir, ...about });
    const two: CheckpointMeta = parseCheckpointMeta({ ...one, sha256: sha256Hex("other") });
    await assert.rejects(() => write({ inputs: [one, two] }), {
      message:
        `Cannot write checkpoint "01_a" as each input must be read once: got two states of "01_a"`,
    });
  }));
