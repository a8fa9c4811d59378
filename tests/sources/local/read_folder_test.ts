import assert from "node:assert/strict";
import { formatDay, MS_PER_DAY } from "lib/core/day.ts";
import { type DataSet, rowsOf } from "lib/core/data_set.ts";
import { numberColumn, stringColumn, table } from "lib/core/table.ts";
import { CONTRACT_FILES } from "lib/sources/local/contract.ts";
import { hashContract } from "lib/sources/local/hash_contract.ts";
import { parseDataSet } from "lib/sources/local/parse_data_set.ts";
import { readFolder } from "lib/sources/local/read_folder.ts";
import { rejectionTable } from "lib/sources/local/rejection_table.ts";
import { writeFolder } from "lib/sources/local/write_folder.ts";
import { hashFolder } from "lib/store/hash.ts";
import { readParquet, writeParquet } from "lib/store/parquet.ts";
import { contractTables } from "./contract_fixture.ts";

const real = new URL("../../../../shared/data/real/", import.meta.url).pathname;
const hasReal = await Deno.stat(real).then(() => true, () => false);

async function inTempDir(run: (dir: string) => Promise<void>): Promise<void> {
  const dir = await Deno.makeTempDir();
  try {
    await run(dir);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

const small = parseDataSet(
  contractTables({
    markets: [
      { market_id: "poly:1", venue: "polymarket", question: "A?", neg_risk: false },
      { market_id: "kalshi:A", venue: "kalshi", opens_at: 0.5 * MS_PER_DAY },
    ],
    prices: [{ market_id: "poly:1", date: "2024-01-02", close: 0.5, bid: 0.4, ask: null }],
    activity: [{ market_id: "kalshi:A", date: "2024-01-02", volume_usd: 5, open_interest: null }],
    resolutions: [{ market_id: "poly:1", resolved_at: "2024-02-02", payout: 1 }],
    benchmarks: [{ symbol: "SPY", date: "2024-01-02", close: 470, kind: "price" }],
  }),
  { kind: "simulated", label: "simulated universe, seed 7" },
);
const empty = parseDataSet(
  contractTables({ markets: [], prices: [], resolutions: [], benchmarks: [] }),
  { kind: "folder", label: "empty" },
);

/** What a folder must give back: all but rejections and counts. */
function content(dataSet: DataSet) {
  const { rejected: _rejected, files: _files, origin: _origin, ...rest } = dataSet;
  return rest;
}

// golden: tests/golden/store/real_folder.py, DuckDB
Deno.test({
  name: "readFolder() counts the real folder as DuckDB does",
  ignore: !hasReal,
  fn: async () => {
    const path = new URL("../../golden/store/real_folder.json", import.meta.url);
    const expected = JSON.parse(await Deno.readTextFile(path));
    const { markets, prices, activity, resolutions, benchmarks, ...rest } = await readFolder(real);
    const files = Object.fromEntries(rest.files.map(({ file, nRows, nAccepted }) => {
      const own = rest.rejected.filter((rejection) => rejection.file === file);
      const reasons: Record<string, number> = {};
      for (const { reason } of own) reasons[reason] = (reasons[reason] ?? 0) + 1;
      return [file, { rows: nRows, accepted: nAccepted, reasons }];
    }));
    assert.deepEqual(files, expected.files);
    const count = (keep: (market: typeof markets[number], j: number) => boolean) =>
      markets.filter(keep).length;
    assert.equal(markets.length, expected.markets);
    for (const [venue, n] of Object.entries(expected.markets_by_venue)) {
      assert.equal(count((market) => market.venue === venue), n);
    }
    const nPrices = (j: number) => rowsOf(prices, j).to - rowsOf(prices, j).from;
    assert.equal(count((_, j) => nPrices(j) >= 30), expected.markets_with_30_prices);
    assert.equal(count((market) => market.question === null), expected.missing_questions);
    assert.equal(count((market) => market.negRisk === true), expected.negative_risk);
    const sum = (values: Iterable<number>) => Iterator.from(values).reduce((a, b) => a + b, 0);
    const close = (got: number, wanted: number) =>
      assert.ok(Math.abs(got - wanted) <= 1e-10 * Math.abs(wanted), `${got} is not ${wanted}`);
    close(sum(prices.close), expected.sum_of_closes);
    close(sum(activity.volumeUsd), expected.sum_of_volume_usd);
    close(sum(benchmarks.flatMap((s) => Array.from(s.close))), expected.benchmark_sum_of_closes);
    assert.equal(sum(prices.day), expected.sum_of_days);
    assert.equal(sum(resolutions.map(({ payout }) => payout)), expected.sum_of_payouts);
    assert.equal(
      sum(resolutions.map(({ resolvedAtMs }) => resolvedAtMs)),
      expected.sum_of_resolved_at_ms,
    );
    assert.equal(benchmarks.length, expected.benchmark_symbols);
    assert.equal(formatDay(prices.day.reduce((a, b) => Math.min(a, b))), expected.first_day);
    assert.equal(formatDay(rest.asOfMs / MS_PER_DAY - 1), expected.last_day);
    assert.deepEqual(rest.origin, { kind: "folder", label: "real" });
  },
});

Deno.test({
  name: "readFolder() gives back the real universe that writeFolder() wrote",
  ignore: !hasReal,
  fn: () =>
    inTempDir(async (dir) => {
      const dataSet = await readFolder(real);
      await writeFolder(dataSet, `${dir}/copy`);
      const again = await readFolder(`${dir}/copy`);
      assert.deepEqual(content(again), content(dataSet));
      assert.deepEqual(again.rejected, []);
    }),
});

Deno.test("readFolder() gives back what writeFolder() wrote, without a row or with missing values", () =>
  inTempDir(async (dir) => {
    for (const [name, dataSet] of Object.entries({ small, empty })) {
      await writeFolder(dataSet, `${dir}/${name}`);
      const again = await readFolder(`${dir}/${name}`, dataSet.origin);
      assert.deepEqual(content(again), content(dataSet));
      assert.deepEqual(again.origin, dataSet.origin);
      assert.deepEqual(again.rejected, []);
    }
    assert.deepEqual((await readFolder(`${dir}/small/`)).origin, {
      kind: "folder",
      label: "small",
    });
  }));

Deno.test("writeFolder() writes equal bytes, into a new folder and over an old one, and nothing else", () =>
  inTempDir(async (dir) => {
    await writeFolder(small, `${dir}/new`);
    await writeFolder(empty, `${dir}/old`);
    await Deno.writeTextFile(`${dir}/old/note.txt`, "mine");
    await writeFolder(small, `${dir}/old`);
    assert.equal(await Deno.readTextFile(`${dir}/old/note.txt`), "mine");
    await Deno.remove(`${dir}/old/note.txt`);
    assert.equal(await hashFolder(`${dir}/old`), await hashFolder(`${dir}/new`));
    assert.deepEqual(
      Array.from(Deno.readDirSync(`${dir}/new`), (entry) => entry.name).sort(),
      CONTRACT_FILES.toSorted(),
    );
    assert.deepEqual(Array.from(Deno.readDirSync(dir), (e) => e.name).sort(), ["new", "old"]);
  }));

Deno.test("readFolder() reads a folder without activity, and past columns it does not know", () =>
  inTempDir(async (dir) => {
    await writeFolder(small, dir);
    await Deno.remove(`${dir}/activity.parquet`);
    const markets = await readParquet(`${dir}/markets.parquet`);
    const status = stringColumn(["resolved", "resolved"]);
    await writeParquet(`${dir}/markets.parquet`, table({ status, ...markets.columns }));
    const dataSet = await readFolder(dir);
    assert.equal(dataSet.activity.day.length, 0);
    assert.deepEqual(dataSet.markets, small.markets);
  }));

Deno.test("readFolder() tells rows that were refused before before those of the door", () =>
  inTempDir(async (dir) => {
    await writeFolder(small, dir);
    const bare = await readFolder(dir);
    const hash = await hashContract(dir);
    const before = {
      file: "gamma /markets",
      row: 3,
      column: "version",
      value: "v3",
      reason: "new",
    };
    await writeParquet(`${dir}/rejected.parquet`, rejectionTable([before]));
    const again = await readFolder(dir);
    assert.deepEqual(again, { ...bare, rejected: [before, ...bare.rejected] });
    assert.notEqual(await hashContract(dir), hash, "a run that shows them is another run");
  }));

Deno.test("readFolder() gives one clear error for what it cannot read", () =>
  inTempDir(async (dir) => {
    await writeFolder(small, `${dir}/real`);
    const refused = async (message: string, name = "Error") => {
      await assert.rejects(() => readFolder(`${dir}/real`), { name, message });
      await writeFolder(small, `${dir}/real`);
    };
    const folder = `Cannot read folder "real" as it must hold the files of the data contract`;

    await Deno.remove(`${dir}/real/prices.parquet`);
    await Deno.remove(`${dir}/real/benchmarks.parquet`);
    await refused(`${folder}: got no prices.parquet, benchmarks.parquet`);

    await Deno.remove(`${dir}/real`, { recursive: true });
    await refused(`${folder}: got no such folder`);

    const broken = `Cannot read Parquet file "prices.parquet" as it must be whole and valid`;
    await Deno.truncate(`${dir}/real/prices.parquet`, 300);
    await refused(`${broken}: got no mark "PAR1" at its end, so it was cut short`, "SyntaxError");

    await Deno.truncate(`${dir}/real/prices.parquet`, 0);
    await refused(`${broken}: got an empty file`, "SyntaxError");

    await writeParquet(`${dir}/real/prices.parquet`, table({ close: numberColumn([0.5]) }));
    await refused(
      `Cannot read "prices.parquet" as it must have the columns of the data contract: got no "market_id", "date"`,
      "TypeError",
    );
  }));

Deno.test("readFolder() says that a file is no folder", () =>
  inTempDir(async (dir) => {
    await Deno.writeTextFile(`${dir}/x.csv`, "a,b");
    await assert.rejects(
      () => readFolder(`${dir}/x.csv`),
      /^Error: Cannot read folder "x\.csv" as it must hold the files of the data contract: got /,
    );
  }));
