import assert from "node:assert/strict";
import { dateColumn, numberColumn, stringColumn, table } from "lib/core/table.ts";
import { pricesView } from "lib/desk/prices_view.ts";
import { writeCheckpoint } from "lib/store/checkpoint.ts";

const ABOUT = {
  asOf: "2025-03-01",
  source: "a test",
  inputs: [],
  params: {},
  code: "0".repeat(64),
};

function returns(rows: readonly (readonly [string, number, number | null])[]) {
  return table({
    market_id: stringColumn(rows.map(([id]) => id)),
    date: dateColumn(rows.map(([, day]) => day)),
    close: numberColumn(rows.map(([, , close]) => close)),
  });
}

const ROWS = [
  ["m:a", 10, 0.5],
  ["m:a", 11, null],
  ["m:a", 13, 0.123456],
  ["m:b", 11, 1],
] as const;

async function inRun(body: (out: string, dir: string) => Promise<void>): Promise<void> {
  const out = await Deno.makeTempDir();
  const dir = `${out}/checkpoints`;
  try {
    await writeCheckpoint("01_returns", returns(ROWS), { dir, ...ABOUT });
    await body(out, dir);
  } finally {
    await Deno.remove(out, { recursive: true });
  }
}

Deno.test("pricesView() gives known closes in the order asked for, unknown contracts left out", () =>
  inRun(async (out) => {
    const { prices } = await pricesView(out, ["m:b", "m:none", "m:a", "m:b"]);
    assert.deepEqual(prices, [
      { marketId: "m:b", days: [11], closes: [1] },
      { marketId: "m:a", days: [10, 13], closes: [0.5, 0.1235] },
    ]);
    assert.deepEqual(await pricesView(out, []), { prices: [] });
  }));

Deno.test("pricesView() reads the rows once, and again when the run is another", () =>
  inRun(async (out, dir) => {
    await pricesView(out, ["m:a"]);
    const path = `${dir}/01_returns.parquet`;
    const rows = await Deno.readFile(path);
    await Deno.remove(path);
    // its meta has the same hash, so that nothing is read
    assert.equal((await pricesView(out, ["m:a"])).prices[0]!.closes.length, 2);
    await Deno.writeFile(path, rows);
    await writeCheckpoint("01_returns", returns([["m:a", 10, 0.75]]), { dir, ...ABOUT });
    assert.deepEqual((await pricesView(out, ["m:a"])).prices[0]!.closes, [0.75]);
  }));

Deno.test("pricesView() forgets a reading that failed", () =>
  inRun(async (out, dir) => {
    const path = `${dir}/01_returns.parquet`;
    const rows = await Deno.readFile(path);
    await Deno.remove(path);
    await assert.rejects(() => pricesView(out, ["m:a"]), /Cannot read checkpoint "01_returns"/);
    await Deno.writeFile(path, rows);
    assert.equal((await pricesView(out, ["m:a"])).prices.length, 1);
  }));

Deno.test("pricesView() refuses more than 100 contracts, scattered rows and a run without prices", () =>
  inRun(async (out, dir) => {
    const many = Array.from({ length: 101 }, (_, i) => `m:${i}`);
    await assert.rejects(() => pricesView(out, many), {
      name: "RangeError",
      message: "Cannot give prices as at most 100 contracts may be asked for: got 101",
    });
    const scattered = returns([["m:a", 1, 0.5], ["m:b", 1, 0.5], ["m:a", 2, 0.5]]);
    await writeCheckpoint("01_returns", scattered, { dir, ...ABOUT });
    await assert.rejects(() => pricesView(out, ["m:a"]), {
      message:
        'Cannot read prices as each contract\'s rows must stand together: got "m:a" twice (run notebook 01 again)',
    });
    await assert.rejects(() => pricesView(`${out}/none`, ["m:a"]), /run notebook 01 again/);
  }));
