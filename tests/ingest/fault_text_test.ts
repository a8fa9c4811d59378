import assert from "node:assert/strict";
import { join } from "node:path";
import type { DataSet, Market } from "lib/core/data_set.ts";
import type { StubOptions } from "../stubs/stub_server.ts";
import { faultPull, readLive } from "./fault_pull.ts";
import { faultWorld } from "./fault_world.ts";
import { inTempDir, liveFolder } from "./pull_from_stubs.ts";

/** Texts that a venue may send and that must stay texts. */
const TEXTS: readonly string[] = [
  `<script>alert(1)</script><img src=x onerror="fetch('//x')">`,
  `'; drop table fact; -- " or 1=1`,
  "../../../../etc/passwd",
  "a\u0000b",
  "\u202eright to left\u202c \u200f",
  "half a character \ud800 alone",
  "x".repeat(1_000_000),
];

/** Ids that lead elsewhere, or are no ids. */
const IDS: readonly string[] = [
  "../../x",
  "1/../../2",
  "1?closed=true&x=",
  "",
  "1\u00002",
  "\ud800",
];

Deno.test("pull() keeps texts of the venues as texts, whatever they hold", async () => {
  await inTempDir(async (out) => {
    const told = new Map<string, string>();
    const changed = ({ markets, ...rest }: DataSet): DataSet => ({
      ...rest,
      markets: markets.map((market, k): Market => {
        const text = TEXTS[k % TEXTS.length]!;
        told.set(market.marketId, text);
        return { ...market, question: text, description: text, slug: text, eventTitle: text };
      }),
    });
    const world = await faultWorld({ every: 40, change: changed });
    const { failed, stops } = await faultPull(world, out);
    assert.deepEqual([failed, stops], [0, []]);
    const { markets, rejected } = await readLive(out);
    assert.deepEqual(rejected, []);
    await faultPull(await faultWorld({ every: 40 }), join(out, "usual"));
    const usual = new Set((await readLive(join(out, "usual"))).markets.map((one) => one.marketId));
    assert.deepEqual(new Set(markets.map(({ marketId }) => marketId)), usual);
    const found = new Map(markets.map((market) => [market.marketId, market]));
    for (const [marketId, text] of told) {
      if (!usual.has(marketId)) continue;
      const { venue, question, description, eventTitle } = found.get(marketId)!;
      // half a character cannot be stored, and is told as one that is unknown
      assert.equal(description, text.toWellFormed());
      assert.ok(TEXTS.map((one) => one.toWellFormed()).includes(eventTitle!));
      // Kalshi's question is put together of its title and its outcome
      assert.ok(
        venue === "kalshi" ? question?.startsWith(text.toWellFormed()) : question === description,
      );
    }
    assert.deepEqual(await namesIn(out), ["raw", "usual"]);
    assert.equal((await namesIn(liveFolder(out))).length, 9);
  });
});

Deno.test("pull() lets no id of a venue lead a request or a file elsewhere", async () => {
  await inTempDir(async (out) => {
    const world = await faultWorld({ every: 40 });
    const quiet = join(out, "quiet"), spoiled = join(out, "spoiled");
    const paths = { quiet: new Set<string>(), spoiled: new Set<string>() };
    await faultPull(world, quiet, { faults: noting(paths.quiet, () => {}) });
    let nSpoiled = 0;
    const spoil = (record: Record<string, unknown>) => {
      for (const name of ["id", "conditionId", "ticker", "event_ticker", "clobTokenIds"]) {
        if (typeof record[name] !== "string") continue;
        record[name] = IDS[nSpoiled++ % IDS.length]!;
      }
    };
    await faultPull(world, spoiled, { faults: noting(paths.spoiled, spoil) });
    assert.ok(nSpoiled > 20);
    const known = new Set([...paths.quiet].map(shape));
    assert.deepEqual([...paths.spoiled].filter((path) => !known.has(shape(path))), []);
    const { markets, rejected } = await readLive(spoiled);
    const ids = new Set((await readLive(quiet)).markets.map(({ marketId }) => marketId));
    assert.deepEqual(markets.filter(({ marketId }) => !ids.has(marketId)), []);
    assert.ok(rejected.length > 0);
    for (const { file, reason } of rejected) assert.ok(file !== "" && reason !== "");
    assert.deepEqual(await namesIn(out), ["quiet", "spoiled"]);
    assert.deepEqual(await namesIn(spoiled), ["raw"]);
  });
});

/** Changes every contract and event of the lists, and notes what is asked. */
function noting(
  paths: Set<string>,
  spoil: (record: Record<string, unknown>) => void,
): NonNullable<StubOptions["faults"]> {
  return async (request, next) => {
    const { pathname, search } = new URL(request.url);
    paths.add(pathname + search);
    const response = await next();
    if (!/\/(keyset|events)$|\/historical\/markets$/.test(pathname)) return response;
    const page = await response.json();
    const rows = (page.markets ?? page.events ?? []) as Record<string, unknown>[];
    // every second one, so that the others are seen to be taken
    for (const row of rows.filter((_, k) => k % 2 === 0)) {
      spoil(row);
      for (const nested of (row.markets ?? []) as Record<string, unknown>[]) spoil(nested);
    }
    return Response.json(page, {
      headers: response.headers.has("date") ? { date: response.headers.get("date")! } : {},
    });
  };
}

/** A path and its parameters without what names a contract or a time. */
function shape(path: string): string {
  const [place, query] = path.split("?");
  const names = [...new Set(new URLSearchParams(query).keys())].sort();
  return `${place!.replace(/0x[0-9a-f]+|\d+|KX[A-Z0-9.-]+/g, "*")}?${names}`;
}

async function namesIn(folder: string): Promise<string[]> {
  return (await Array.fromAsync(Deno.readDir(folder), ({ name }) => name)).sort();
}
