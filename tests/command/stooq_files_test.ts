import assert from "node:assert/strict";
import { join } from "node:path";
import { storeStooqFiles } from "lib/command/stooq_files.ts";
import { makeStooq } from "lib/sources/benchmarks/stooq_venue.ts";
import { openResponseStore, type ResponseStore } from "lib/store/response_store.ts";

const HEADER = "Date,Open,High,Low,Close,Volume\n";
const NOON_MS = Date.UTC(2026, 10, 20, 12);
const stooq = makeStooq(new Map(), {
  series: [{ symbol: "SPY", kind: "price" }, { symbol: "^VIX", kind: "level" }] as never,
});

async function inFolder(
  files: Readonly<Record<string, string>>,
  work: (store: ResponseStore, folder: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  for (const [name, text] of Object.entries(files)) {
    await Deno.writeTextFile(join(folder, name), text);
  }
  const store = openResponseStore(join(folder, "responses.sqlite"));
  try {
    await work(store, folder);
  } finally {
    store.close();
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("storeStooqFiles() stores each file once, without the day that goes on", () =>
  inFolder({
    "SPY.csv": `${HEADER}2026-11-19,1,1,1,660.5,9\n2026-11-20,1,1,1,661,9\n`,
    "^VIX.csv": `${HEADER}2026-11-20,1,1,1,20,0\n`,
    "notes.txt": "mine",
  }, async (store, folder) => {
    assert.equal(await storeStooqFiles(store, { folder, stooq, nowMs: NOON_MS }), 2);
    assert.deepEqual(Array.from(store.facts({}), ({ content }) => JSON.parse(content)), [{
      kind: "bars",
      subject: "SPY",
      fromMs: Date.UTC(2026, 10, 19),
      toMs: Date.UTC(2026, 10, 20),
      provider: 0,
      bars: [{ day: 20776, close: 660.5, adjusted: null }],
    }]);
    assert.equal(await storeStooqFiles(store, { folder, stooq, nowMs: NOON_MS + 1 }), 0);
    await Deno.writeTextFile(join(folder, "SPY.csv"), `${HEADER}2026-11-18,1,1,1,659,9\n`);
    assert.equal(await storeStooqFiles(store, { folder, stooq, nowMs: NOON_MS + 2 }), 1);
  }));

Deno.test("storeStooqFiles() refuses a file of another symbol, a page, and no folder", () =>
  inFolder({ "GOLD.csv": `${HEADER}2026-11-19,1,1,1,2,9\n` }, async (store, folder) => {
    await assert.rejects(
      storeStooqFiles(store, { folder, stooq, nowMs: NOON_MS }),
      new TypeError(
        'Cannot read a Stooq file as its name must be a symbol of config/factors.yaml: got "GOLD"',
      ),
    );
    await Deno.rename(join(folder, "GOLD.csv"), join(folder, "SPY.csv"));
    await Deno.writeTextFile(join(folder, "SPY.csv"), "<html>");
    await assert.rejects(
      storeStooqFiles(store, { folder, stooq, nowMs: NOON_MS }),
      new SyntaxError(
        'Cannot read the Stooq file of SPY as its first line must be "Date,Open,High,Low,Close,Volume": ' +
          'got "<html>"',
      ),
    );
    assert.equal(store.count().answers, 0);
    await assert.rejects(storeStooqFiles(store, { folder: "/none", stooq, nowMs: NOON_MS }), {
      message: 'Cannot read files of Stooq as --stooq must name a folder: got "/none"',
    });
  }));
