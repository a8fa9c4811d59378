import assert from "node:assert/strict";
import { join } from "node:path";
import { cellAt } from "lib/core/table.ts";
import { liveRowsText, writeLiveFolder } from "lib/sources/live/live_folder.ts";
import { parseParquet } from "lib/store/parquet.ts";
import { answer, asking, NOON_MS, withStore } from "./pull_fixture.ts";

const factorList = { series: [] } as unknown as Parameters<typeof writeLiveFolder>[1]["factorList"];

Deno.test("writeLiveFolder() writes the same bytes again, and what failed into the rejected rows", () =>
  withStore(async (store, folder) => {
    const odd = { place: "gamma /markets", row: 3, column: "id", value: "x", reason: "no number" };
    store.add(answer(asking("/a")), { facts: [], oddities: [odd] });
    const failure = { atMs: NOON_MS, status: 503, reason: "busy", isPassing: true };
    store.addFailure({ ask: asking("/b"), ...failure });
    const live = join(folder, "live");
    const rows = await writeLiveFolder(live, { store, factorList });
    assert.deepEqual(rows, {
      "markets.parquet": 0,
      "prices.parquet": 0,
      "activity.parquet": 0,
      "resolutions.parquet": 0,
      "benchmarks.parquet": 0,
      "snapshots.parquet": 0,
      "fees.parquet": 0,
      "rejected.parquet": 2,
      "pulled.parquet": 0,
    });
    const bytes = await Deno.readFile(join(live, "rejected.parquet"));
    const { columns } = parseParquet(bytes, "rejected.parquet");
    assert.deepEqual(
      [0, 1].map((row) => Object.values(columns).map((column) => cellAt(column, row))),
      [["gamma /b", 0, "", "503", "busy"], ["gamma /markets", 3, "id", "x", "no number"]],
    );
    await writeLiveFolder(live, { store, factorList });
    assert.deepEqual(await Deno.readFile(join(live, "rejected.parquet")), bytes);
  }));

Deno.test("liveRowsText() names each file with its rows", () =>
  assert.equal(
    liveRowsText({ "markets.parquet": 5285, "prices.parquet": 1 }),
    "markets 5,285, prices 1",
  ));
