import assert from "node:assert/strict";
import { join, relative } from "node:path";
import fc from "fast-check";
import { LEXICAL_NOTE } from "lib/classify/classifier_choice.ts";
import { classify } from "lib/command/classify.ts";
import { classifyOptions } from "lib/command/classify_options.ts";
import {
  boolColumn,
  cellAt,
  type Column,
  numberColumn,
  stringColumn,
  type Table,
  table,
  timestampColumn,
} from "lib/core/table.ts";
import { dataSetTables } from "lib/sources/local/data_set_tables.ts";
import { readUniverse } from "lib/sources/universe_source.ts";
import { filesBelow, hashFile } from "lib/store/hash.ts";
import { readParquet, writeParquet } from "lib/store/parquet.ts";
import { inProject } from "lib/store/project_root.ts";
import { heard, inTempDir, runTask } from "./run_main.ts";

const HOSTILE = "tests/golden/command/hostile_markets.parquet";

/** The simulated markets as a table of the contract. */
async function simulatedMarkets(): Promise<Table> {
  const out = await Deno.makeTempDir();
  try {
    const universe = await readUniverse({ source: "simulated?size=small&seed=3", out });
    return dataSetTables(universe)["markets.parquet"];
  } finally {
    await Deno.remove(out, { recursive: true });
  }
}

/** Some rows of a table, in the order given. */
function rowsAt(from: Table, rows: readonly number[]): Table {
  return table(Object.fromEntries(
    Object.entries(from.columns).map(([name, column]) => [name, cellsAt(column, rows)]),
  ));
}

function cellsAt(column: Column, rows: readonly number[]): Column {
  const cells = rows.map((row) => cellAt(column, row));
  switch (column.type) {
    case "string":
      return stringColumn(cells as (string | null)[]);
    case "bool":
      return boolColumn(cells as (boolean | null)[]);
    default:
      return timestampColumn(cells as (number | null)[]);
  }
}

/** The rows of a file of the results by the market that they are of. */
async function byMarket(path: string): Promise<Map<unknown, unknown[]>> {
  const { nRows, columns } = await readParquet(path);
  return new Map(
    Array.from({ length: nRows }, (_, row) => [
      cellAt(columns.market_id!, row),
      Object.values(columns).map((column) => cellAt(column, row)),
    ]),
  );
}

async function hashes(folder: string): Promise<Record<string, string>> {
  const paths = (await filesBelow(folder)).sort();
  return Object.fromEntries(
    await Promise.all(paths.map(async (path) => [path, await hashFile(join(folder, path))])),
  );
}

/** Classifies a table and gives the hashes of what was written to `name`. */
async function classified(
  folder: string,
  name: string,
  markets: Table,
): Promise<Record<string, string>> {
  const file = join(folder, `${name}.parquet`), out = join(folder, name);
  await writeParquet(file, markets);
  await heard(() => classify(["--markets", file, "--out", out, "--also", "sides,exposures"]));
  return await hashes(out);
}

const MARKETS = await simulatedMarkets();
const ROWS = Array.from({ length: MARKETS.nRows }, (_, row) => row);
const WRITTEN = [
  ...["classifications", "contracts", "events", "exposures", "rejected", "sides", "tickers"],
].map((name) => `${name}.parquet`);

Deno.test("classify() writes the same bytes whatever order the markets come in", () =>
  inTempDir(async (folder) => {
    const expected = await classified(folder, "sorted", MARKETS);
    assert.deepEqual(Object.keys(expected), WRITTEN);
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(ROWS, { minLength: ROWS.length }), async (order) => {
        assert.deepEqual(await classified(folder, "mixed", rowsAt(MARKETS, order)), expected);
      }),
      { seed: 7, numRuns: 5 },
    );
  }));

/** What is known only after trading; none of it may pass the door. */
const LATER: Readonly<Record<string, fc.Arbitrary<Column>>> = {
  outcome_prices: cells(fc.constantFrom('["1", "0"]', '["0", "1"]', null), stringColumn),
  closed: cells(fc.option(fc.boolean()), boolColumn),
  volume: cells(fc.option(fc.double({ min: 0, max: 1e9, noNaN: true })), numberColumn),
  uma_status: cells(fc.constantFrom("resolved", "disputed", null), stringColumn),
  resolution: cells(fc.constantFrom("Yes", "Bitcoin", "sports", null), stringColumn),
  resolved_at: cells(fc.integer({ min: 0, max: 2e12 }), timestampColumn),
};

function cells<T>(
  cell: fc.Arbitrary<T>,
  columnOf: (values: T[]) => Column,
): fc.Arbitrary<Column> {
  const { length } = ROWS;
  return fc.array(cell, { minLength: length, maxLength: length }).map(columnOf);
}

Deno.test("classify() writes the same bytes with resolution fields present or absent", () =>
  inTempDir(async (folder) => {
    const expected = await classified(folder, "without", MARKETS);
    await fc.assert(
      fc.asyncProperty(
        fc.record(LATER, { requiredKeys: ["outcome_prices"] }),
        async (later) => {
          const columns = { ...later, ...MARKETS.columns } as Record<string, Column>;
          assert.deepEqual(await classified(folder, "with", table(columns)), expected);
        },
      ),
      { seed: 7, numRuns: 5 },
    );
  }));

Deno.test("classify() says the same of a market whatever other events the file holds", () =>
  inTempDir(async (folder) => {
    const names = ["classifications", "contracts", "sides"];
    const rowsIn = (run: string) =>
      Promise.all(names.map((name) => byMarket(join(folder, run, `${name}.parquet`))));
    await classified(folder, "all", MARKETS);
    const [classifications, ...others] = await rowsIn("all");
    const eventOf = (row: number) =>
      classifications!.get(cellAt(MARKETS.columns.market_id!, row))![1];
    const events = [...new Set(ROWS.map(eventOf))];
    assert.ok(events.length > 50);
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(events, { minLength: 1 }), async (some) => {
        const kept = new Set(some);
        const rows = ROWS.filter((row) => kept.has(eventOf(row)));
        await classified(folder, "some", rowsAt(MARKETS, rows));
        const found = await rowsIn("some");
        [classifications!, ...others].forEach((whole, k) => {
          assert.equal(found[k]!.size, rows.length);
          for (const [market, row] of found[k]!) assert.deepEqual(row, whole.get(market));
        });
      }),
      { seed: 7, numRuns: 8 },
    );
  }));

Deno.test("classify() without a key says once whose themes these are and how to use a model", () =>
  inTempDir(async (folder) => {
    const out = join(folder, "out");
    const said = await heard(() => classify(["--markets", HOSTILE, "--out", out]));
    assert.equal(said.split(LEXICAL_NOTE).length, 2);
    assert.equal(said.split("lexical").length, LEXICAL_NOTE.split("lexical").length);
    assert.match(LEXICAL_NOTE, /OPENAI_API_KEY/);
    assert.match(LEXICAL_NOTE, /OPENAI_BASE_URL/);
    assert.match(LEXICAL_NOTE, /deno task classify --classifier llm/);
    assert.match(LEXICAL_NOTE, /deno task start --classifier llm/);
  }));

Deno.test("classify takes a hostile file of pandas: a row in classifications or in rejected", () =>
  inTempDir(async (folder) => {
    const out = join(folder, "not", "there", "yet");
    const { code, out: said, err } = await runTask("classify", [
      "--markets",
      HOSTILE,
      "--out",
      out,
    ]);
    assert.equal(code, 0, err);
    assert.equal(err, "");
    assert.equal(said.split(LEXICAL_NOTE).length, 2);
    assert.match(said, /^Absent: {3}outcome, condition_id, token_id; taken as unknown$/m);
    assert.match(said, /^Rejected: 9 rows, with reasons in rejected\.parquet$/m);
    assert.match(said, /^Written: {2}16 tickers, 16 events, 16 contracts below /m);
    assert.deepEqual(await filesBelow(folder), [
      ...["classifications", "contracts", "events", "rejected", "tickers"]
        .map((name) => `not/there/yet/${name}.parquet`),
    ]);

    const rows = await byMarket(join(out, "classifications.parquet"));
    assert.deepEqual([...rows].map(([market, row]) => [market, row[2]]), [
      ["kalshi:KXFED-26MAR-T4.00", "fed_monetary_policy"],
      ["poly:01-html", "uncategorized"],
      ["poly:02-formula", "uncategorized"],
      ["poly:03-long", "fed_monetary_policy"],
      ["poly:04-emoji", "uncategorized"],
      ["poly:05-bidi", "crypto_digital"],
      ["poly:06-nul", "crypto_digital"],
      ["poly:07-lines", "fed_monetary_policy"],
      ["poly:08-empty", "uncategorized"],
      ["poly:09-blank", "uncategorized"],
      ["poly:10-slug", "crypto_digital"],
      ["poly:11-nothing", "uncategorized"],
      ["poly:12-orders", "sports"],
      ["poly:13-twice", "crypto_digital"],
      ["poly:15-../../etc/passwd", "uncategorized"],
      ["poly:16-__proto__", "uncategorized"],
    ]);
    const rejected = await readParquet(join(out, "rejected.parquet"));
    assert.deepEqual(
      Array.from(
        { length: rejected.nRows },
        (_, row) => ["row", "value", "reason"].map((name) => cellAt(rejected.columns[name]!, row)),
      ),
      [
        [13, "poly:13-twice", "market id stands twice, with equal values"],
        [14, "poly:14-differs", "market id stands twice, with other values"],
        [15, "poly:14-differs", "market id stands twice, with other values"],
        [18, "betfair", "venue is unknown"],
        [19, "kalshi", "venue does not fit the market id"],
        [20, "manifold:19", "market id is not a known prefix, a colon and a name"],
        [21, "poly:", "market id is not a known prefix, a colon and a name"],
        [22, "", "market id is missing"],
        [23, "", "market id is missing"],
      ],
    );
  }));

Deno.test("classify() reads instants in micro- and nanoseconds, and takes columns of nulls as unknown", async () => {
  const { columns, nRows } = await readParquet(HOSTILE, {
    columns: ["opens_at", "closes_at", "neg_risk", "event_title", "created_at"],
  });
  const closes = Date.UTC(2026, 2, 18, 18);
  for (let row = 0; row < nRows; ++row) {
    assert.equal(cellAt(columns.opens_at!, row), closes - 30 * 86_400_000);
    assert.equal(cellAt(columns.closes_at!, row), closes);
    for (const name of ["neg_risk", "event_title", "created_at"]) {
      assert.equal(cellAt(columns[name]!, row), null);
    }
  }
});

const one = (facts: Readonly<Record<string, Column>>) =>
  table({ market_id: stringColumn(["poly:1"]), question: stringColumn(["Rain?"]), ...facts });

/** Files that cannot be classified, and what is said of them. */
const FAULTY: Readonly<Record<string, readonly [Table | string, RegExp]>> = {
  "no rows": [
    rowsAt(MARKETS, []),
    /^Cannot classify as a market must pass the door: got none of 0 rows$/,
  ],
  "unknown venue": [
    one({ venue: stringColumn(["betfair"]) }),
    /^Cannot classify as a market must pass the door: got none of 1 row; the first: venue is unknown$/,
  ],
  "no id": [
    one({ market_id: stringColumn([null]) }),
    /got none of 1 row; the first: market id is missing$/,
  ],
  "ids as numbers": [
    one({ market_id: numberColumn([1]) }),
    /^Cannot read column "market_id" as it must be of type string: got number$/,
  ],
  "questions as numbers": [
    one({ question: numberColumn([1]) }),
    /column "question" must be of type string: got number$/,
  ],
  "instants as text": [
    one({ closes_at: stringColumn(["2026-01-01"]) }),
    /column "closes_at" must be of type timestamp: got string$/,
  ],
  "no words": [
    table({ market_id: stringColumn(["poly:1"]) }),
    /^Cannot read markets as the file must have the columns "market_id" and one of "question", "event_title", "slug": got "market_id"$/,
  ],
  "text": ["market_id,question\npoly:1,Rain?\n", /^Cannot read Parquet file .* no mark "PAR1"/],
  "nothing": ["", /^Cannot read Parquet file .*: got an empty file$/],
};

Deno.test("classify() refuses a file that it cannot read with one message and leaves no folder", () =>
  inTempDir(async (folder) => {
    const out = join(folder, "out");
    for (const [name, [content, message]] of Object.entries(FAULTY)) {
      const file = join(folder, `${name}.parquet`);
      if (typeof content === "string") await Deno.writeTextFile(file, content);
      else await writeParquet(file, content);
      await assert.rejects(heard(() => classify(["--markets", file, "--out", out])), { message });
    }
    await assert.rejects(classify(["--markets", join(folder, "absent.parquet"), "--out", out]), {
      message:
        'Cannot read Parquet file "absent.parquet" as it must be a readable file: got no such file',
    });
    await assert.rejects(classify(["--markets", folder, "--out", out]), {
      message: /^Cannot read Parquet file ".*" as it must be a readable file: got Is a directory/,
    });
    await assert.rejects(Deno.stat(out), Deno.errors.NotFound);
  }));

Deno.test("classify ends with code 1, one message and no stack trace on what it cannot do", () =>
  inTempDir(async (folder) => {
    const file = join(folder, "file"), broken = join(folder, "broken.parquet");
    await Deno.writeTextFile(file, "kept");
    await Deno.writeTextFile(broken, "PAR1, cut short");
    const good = ["--markets", HOSTILE, "--out", join(folder, "out")];
    const cases: [string[], RegExp][] = [
      [
        ["--markets", HOSTILE, "--out", file],
        /^\nCannot classify as --out must be a folder: got a file in its place or above it, ".*file"\n$/,
      ],
      [
        ["--markets", HOSTILE, "--out", join(file, "below")],
        /^\nCannot classify as --out must be a folder: got a file in its place or above it, ".*below"\n$/,
      ],
      [
        ["--markets", broken, "--out", folder],
        /^\nCannot read Parquet file "broken\.parquet" .*\n$/,
      ],
      [
        ["--out", folder],
        /^\nCannot classify as --markets must name a Parquet file of markets: got none\n$/,
      ],
      [[...good, "--budgets", "1"], /^\nUnknown option '--budgets'.*\nusage:/s],
      [[...good, "more"], /^\nUnexpected argument 'more'.*\nusage:/s],
    ];
    for (const [args, message] of cases) {
      const { code, out, err } = await runTask("classify", args);
      assert.equal(code, 1);
      assert.match(err, message);
      assert.doesNotMatch(err, /\n\s+at /);
      assert.doesNotMatch(out, /Written/);
    }
    assert.equal(await Deno.readTextFile(file), "kept");
    assert.deepEqual((await filesBelow(folder)).sort(), ["broken.parquet", "file"]);
  }));

Deno.test("classify() asks no model where its results cannot be kept", () =>
  inTempDir(async (folder) => {
    const file = join(folder, "file");
    await Deno.writeTextFile(file, "");
    const { code, err } = await runTask(
      "classify",
      ["--markets", HOSTILE, "--out", file, "--classifier", "llm", "--yes"],
      { OPENAI_BASE_URL: "http://127.0.0.1:9/v1", OPENAI_MODEL: "none" },
    );
    assert.equal(code, 1);
    assert.match(err, /^\nCannot classify as --out must be a folder/);
  }));

Deno.test("classify() takes a path below the project or an absolute one, and writes the same", () =>
  inTempDir(async (folder) => {
    const [absolute, below] = [join(folder, "absolute"), join(folder, "below", "deeper")];
    const fromProject = relative(inProject("."), below);
    await heard(() => classify(["--markets", inProject(HOSTILE), "--out", absolute]));
    await heard(() => classify(["--markets", HOSTILE, "--out", fromProject]));
    assert.deepEqual(await hashes(below), await hashes(absolute));
    // a second run in the same folder replaces each file
    await heard(() => classify(["--markets", HOSTILE, "--out", below]));
    assert.deepEqual(await hashes(below), await hashes(absolute));
  }));

Deno.test("classify() needs no more than an id and words, and reads the venue off the id", () =>
  inTempDir(async (folder) => {
    const markets = join(folder, "markets.parquet"), out = join(folder, "out");
    await writeParquet(markets, one({ closed: boolColumn([true]) }));
    const said = await heard(() => classify(["--markets", markets, "--out", out]));
    assert.match(said, /^Absent: {3}description, slug, .*, token_id; taken as unknown$/m);
    assert.doesNotMatch(said, /venue|closed/);
    assert.equal((await byMarket(join(out, "contracts.parquet"))).size, 1);
  }));

Deno.test("classify() does not replace the file that it reads", () =>
  inTempDir(async (folder) => {
    const markets = join(folder, "events.parquet");
    await writeParquet(markets, one({}));
    const before = await hashes(folder);
    for (const out of [folder, join(folder, "below", "..")]) {
      await assert.rejects(classify(["--markets", markets, "--out", out]), {
        name: "RangeError",
        message:
          'Cannot classify as --markets must not be a file that the results replace: got "events.parquet" in the folder of --out',
      });
    }
    assert.deepEqual(await hashes(folder), before);
    await heard(() => classify(["--markets", markets, "--out", join(folder, "out")]));
    assert.equal((await hashes(folder))["events.parquet"], before["events.parquet"]);
  }));

Deno.test("classifyOptions() reads what was asked for", () => {
  assert.deepEqual(classifyOptions(["--markets", "m", "--out", "o"]), {
    ...{ markets: "m", out: "o", classifier: "lexical", model: undefined, answers: undefined },
    ...{ limit: { usd: null, tokens: null }, isConfirmed: false, isReplay: false },
    ...{ nAgreement: null, also: [] },
  });
  const args = [
    ...["--markets", "m", "--out", "o", "--classifier", "llm", "--model", "x", "--yes", "--replay"],
    ...["--budget", "0.5", "--budget-tokens", "1000", "--agreement", "20", "--answers", "a"],
    ...["--also", "exposures, sides,"],
  ];
  assert.deepEqual(classifyOptions(args), {
    ...{ markets: "m", out: "o", classifier: "llm", model: "x", answers: "a" },
    ...{ limit: { usd: 0.5, tokens: 1000 }, isConfirmed: true, isReplay: true },
    ...{ nAgreement: 20, also: ["sides", "exposures"] },
  });
});

Deno.test("classifyOptions() says what is missing or cannot be", () => {
  const both = ["--markets", "m", "--out", "o"];
  const cases: [string[], string][] = [
    [[], "Cannot classify as --markets must name a Parquet file of markets: got none"],
    [
      ["--markets", " ", "--out", "o"],
      "Cannot classify as --markets must name a Parquet file of markets: got none",
    ],
    [["--markets", "m"], "Cannot classify as --out must name the folder for the results: got none"],
    [[...both, "--answers", ""], "Cannot classify as --answers must name a folder: got none"],
    [
      [...both, "--classifier", "gpt"],
      'Cannot classify as --classifier must be lexical or llm: got "gpt"',
    ],
    ...["0", "-1", "", "much", "Infinity", "NaN"].map((text): [string[], string] => [
      [...both, `--budget=${text}`],
      `Cannot classify as --budget must be US dollars above 0: got "${text}"`,
    ]),
    [
      [...both, "--budget-tokens", "1e400"],
      'Cannot classify as --budget-tokens must be tokens above 0: got "1e400"',
    ],
    [
      [...both, "--agreement", "0"],
      'Cannot classify as --agreement must be events above 0: got "0"',
    ],
    [
      [...both, "--replay"],
      "Cannot classify as --replay is for a language model: got it without --classifier llm",
    ],
    [
      [...both, "--also", "sides,prices"],
      'Cannot classify as --also must name sides or exposures, with a comma between: got "prices"',
    ],
  ];
  for (const [args, message] of cases) {
    assert.throws(() => classifyOptions(args), { name: "RangeError", message });
  }
  assert.throws(() => classifyOptions([...both, "--sauce"]), { name: "TypeError" });
});
