import assert from "node:assert/strict";
import {
  boolColumn,
  cellAt,
  type Column,
  dateColumn,
  integerColumn,
  numberColumn,
  stringColumn,
  type Table,
  table,
  timestampColumn,
} from "lib/core/table.ts";
import { writeCheckpoint } from "lib/store/checkpoint.ts";
import { sha256Hex } from "lib/store/hash.ts";
import { parquetBytes, writeParquet } from "lib/store/parquet.ts";
import { sql } from "lib/store/sql.ts";

const about = {
  asOf: "2024-02-29",
  source: "test",
  inputs: [],
  params: {},
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

function records(from: Table): Record<string, unknown>[] {
  return Array.from({ length: from.nRows }, (_, row) =>
    Object.fromEntries(
      Object.entries(from.columns).map(([name, column]) => [name, cellAt(column as Column, row)]),
    ));
}

Deno.test("sql() reads checkpoints under their names, DuckDB agreeing with what we wrote", () =>
  inTempDir(async (dir) => {
    const rows = table({
      id: stringColumn(["a", null, "ü"]),
      x: numberColumn([0.1, null, -1e300]),
      n: integerColumn([1, -2, 3]),
      day: dateColumn([19_782, null, -1]),
      at: timestampColumn([1_709_209_815_250, null, -1]),
      truth: boolColumn([true, null, false]),
    });
    await writeCheckpoint("01_returns", rows, { dir, ...about });
    assert.deepEqual(await sql(`from "01_returns"`, { checkpoints: dir }), rows);
    const seen = await sql(
      `select day::varchar as day, "at"::varchar as instant, x is null as missing from "01_RETURNS"`,
      { checkpoints: dir },
    );
    assert.deepEqual(records(seen), [
      { day: "2024-02-29", instant: "2024-02-29 12:30:15.25+00", missing: false },
      { day: null, instant: null, missing: true },
      { day: "1969-12-31", instant: "1969-12-31 23:59:59.999+00", missing: false },
    ]);
  }));

Deno.test("sql() joins the columns of a folder's files by name, however deep and oddly named", () =>
  inTempDir(async (dir) => {
    const folder = `${dir}/it's [odd]*/run=3`;
    await writeParquet(`${folder}/2024/a.parquet`, table({ x: numberColumn([1]) }));
    await writeParquet(
      `${folder}/b.parquet`,
      table({ y: stringColumn(["b"]), x: numberColumn([2]) }),
    );
    await Deno.writeTextFile(`${folder}/note.txt`, "no rows");
    const query = `select * from "my ""raw""" order by x`;
    const expected = [{ x: 1, y: null }, { x: 2, y: "b" }];
    assert.deepEqual(records(await sql(query, { folders: { 'my "raw"': folder } })), expected);
    const glob = `${dir}/*/run=3/b*.parquet`;
    assert.deepEqual(records(await sql(query, { folders: { 'my "raw"': glob } })), [expected[1]]);
  }));

Deno.test("sql() joins checkpoints with USING, of which DuckDB names no table", () =>
  inTempDir(async (dir) => {
    await writeCheckpoint("01_a", table({ id: stringColumn(["x"]), n: integerColumn([1]) }), {
      ...{ dir, ...about },
    });
    await writeCheckpoint("02_b", table({ id: stringColumn(["x"]), m: integerColumn([2]) }), {
      ...{ dir, ...about },
    });
    const joined = await sql(`select id, n + m as s from "01_a" join "02_B" using (id)`, {
      checkpoints: dir,
    });
    assert.deepEqual(records(joined), [{ id: "x", s: 3 }]);
  }));

Deno.test("sql() gives each DuckDB type its column", async () => {
  const answer = await sql(`select 1::tinyint as i, 3000000000 as big, sum(2) as huge, 1.25 as dec,
    'a' as s, true as b, date '2024-02-29' as d, timestamp_ns '1969-12-31 23:59:59.9999999' as ns,
    timestamptz '2024-01-01 00:30:00+00' as tz, (timestamptz '2024-01-01 00:30:00+00')::date as dz,
    timestamp_s '2024-01-01 00:00:01' as ts, null as none`);
  assert.deepEqual(answer, {
    nRows: 1,
    columns: {
      i: integerColumn([1]),
      big: numberColumn([3e9]),
      huge: numberColumn([2]),
      dec: numberColumn([1.25]),
      s: stringColumn(["a"]),
      b: boolColumn([true]),
      d: dateColumn([19_782]),
      ns: timestampColumn([-1]),
      tz: timestampColumn([1_704_069_000_000]),
      dz: dateColumn([19_723]),
      ts: timestampColumn([1_704_067_201_000]),
      none: numberColumn([null]),
    },
  });
});

Deno.test("sql() takes values as parameters, never as text of the query", async () => {
  const params = { text: "x'; drop table y; --", x: 0.5, n: null, yes: true };
  const query = "select $text as t, $x::double as x, $n::varchar as n, $yes as y";
  assert.deepEqual(records(await sql(query, { params })), [
    { t: "x'; drop table y; --", x: 0.5, n: null, y: true },
  ]);
});

Deno.test("sql() keeps columns of an answer without rows", async () => {
  assert.deepEqual(await sql("select 1 as a, 'x' as b where false"), {
    nRows: 0,
    columns: { a: integerColumn([]), b: stringColumn([]) },
  });
});

Deno.test("sql() sorts data larger than its memory by spilling, and leaves no spilled file", () =>
  inTempDir(async (dir) => {
    const nFiles = 4, n = 300_000, total = nFiles * n;
    for (let f = 0; f < nFiles; ++f) {
      const key = Float64Array.from({ length: n }, (_, i) => ((f * n + i) * 7_919) % total);
      const half = key.map((x) => x / 2), third = key.map((x) => x / 3);
      const bytes = parquetBytes(
        table({ key: numberColumn(key), half: numberColumn(half), third: numberColumn(third) }),
      );
      await Deno.writeFile(`${dir}/${f}.parquet`, bytes);
    }
    const spill = `${dir}/spill`;
    await Deno.mkdir(spill);
    const spills = Deno.watchFs(spill, { recursive: true });
    const names = new Set<string>();
    const watching = (async () => {
      for await (const { paths } of spills) paths.forEach((path) => names.add(path));
    })();
    // 28.8 MB of doubles; the sort holds all three columns of every row
    const answer = await sql(
      `select key, half, third from (
         select *, row_number() over (order by key) - 1 as place from raw
       ) where place <> key or place % 300000 = 0 order by key`,
      { folders: { raw: `${dir}/*.parquet` }, memoryLimit: "24MB", tempDir: spill },
    );
    spills.close();
    await watching;
    assert.deepEqual(
      records(answer).map(({ key }) => key),
      [0, 300_000, 600_000, 900_000],
    );
    assert.ok([...names].some((name) => name.includes("duckdb_temp")), "nothing was spilled");
    assert.deepEqual(Array.from(Deno.readDirSync(spill)), []);
  }));

Deno.test("sql() says so when even spilling does not help", () =>
  inTempDir(async (tempDir) => {
    await assert.rejects(
      () =>
        sql("select list(range) is null as x from range(10000000)", {
          memoryLimit: "16MB",
          tempDir,
        }),
      /^Error: Cannot answer a query as DuckDB must accept it: got Out of Memory Error/,
    );
    assert.deepEqual(Array.from(Deno.readDirSync(tempDir)), []);
  }));

Deno.test("sql() refuses an edited checkpoint when the query reads it, and only then", () =>
  inTempDir(async (dir) => {
    await writeCheckpoint("01_a", table({ x: numberColumn([1]) }), { dir, ...about });
    await writeCheckpoint("01_b", table({ x: numberColumn([1]) }), { dir, ...about });
    await writeParquet(`${dir}/01_b.parquet`, table({ x: numberColumn([2]) }));
    assert.deepEqual(records(await sql(`from "01_a"`, { checkpoints: dir })), [{ x: 1 }]);
    await assert.rejects(
      () => sql(`select a.x from "01_a" a, (select * from "01_b") b`, { checkpoints: dir }),
      /^Error: Cannot read checkpoint "01_b" as its rows must be those of its meta/,
    );
  }));

Deno.test("sql() reads nothing but the named folders, writes nothing, loads no extension", () =>
  inTempDir(async (dir) => {
    await writeParquet(`${dir}/in/a.parquet`, table({ x: numberColumn([1]) }));
    await writeParquet(`${dir}/out/b.parquet`, table({ x: numberColumn([2]) }));
    const folders = { raw: `${dir}/in` };
    const outside = /Permission Error|disabled by configuration/;
    await assert.rejects(() => sql(`from raw, '${dir}/out/b.parquet'`, { folders }), outside);
    await assert.rejects(() => sql("from 'https://127.0.0.1:1/x.parquet'", { folders }), outside);
    const readOnly = /^TypeError: Cannot answer a query as it must only read: got a statement of/;
    for (
      const statement of [
        `copy (from raw) to '${dir}/in/c.parquet'`,
        "create table t as select 1 as x",
        "set threads = 2",
        "install httpfs",
      ]
    ) {
      await assert.rejects(() => sql(statement, { folders }), readOnly);
    }
    assert.deepEqual(Array.from(Deno.readDirSync(`${dir}/in`), (e) => e.name), ["a.parquet"]);
  }));

Deno.test("sql() turns what DuckDB or a table cannot do into one clear error", async () => {
  const cases: [string, Parameters<typeof sql>[1], string, RegExp][] = [
    ["selec", {}, "Error", /^Cannot answer a query as DuckDB must accept it: got Parser Error/],
    ["", {}, "Error", /No statement/],
    ["select 1 as a; select 2 as b", {}, "Error", /multiple statements/],
    [
      "from nothing",
      { folders: { raw: "/nowhere" } },
      "Error",
      /nothing does not exist[^]*\(views: raw\)$/,
    ],
    ["from raw", { folders: { raw: "/nowhere" } }, "Error", /No files found/],
    ["select $a as a", {}, "Error", /parameters: a/],
    [
      "select 1 as a",
      { params: { b: 1 } },
      "TypeError",
      /each of its params: got "b" beside no parameter/,
    ],
    ["select 1 as a, 2 as a", {}, "TypeError", /its columns must differ: got two "a"/],
    ["select [1] as a", {}, "TypeError", /column "a" .*got LIST, cast it in the query/],
    ["select 9007199254740993 as a", {}, "RangeError", /within 2\^53: got 9007199254740993/],
    ["select 'infinity'::date as a", {}, "RangeError", /its dates must be finite/],
    ["select 1 as a", { memoryLimit: "lots" }, "RangeError", /a size such as 64MB: got "lots"/],
  ];
  for (const [query, options, name, words] of cases) {
    await assert.rejects(() => sql(query, options), (error: unknown) => {
      assert.ok(error instanceof Error);
      assert.equal(error.name, name, error.message);
      assert.match(error.message, words);
      return true;
    });
  }
});

Deno.test("sql() reads every checkpoint of a folder that does not exist yet as none", async () => {
  await assert.rejects(
    () => sql(`from "01_a"`, { checkpoints: "/nowhere" }),
    /01_a does not exist/,
  );
});
