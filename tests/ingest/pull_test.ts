import assert from "node:assert/strict";
import { join } from "node:path";
import { type DataSet, rowsOf } from "lib/core/data_set.ts";
import { dayOf, formatDay, MS_PER_DAY, parseDay } from "lib/core/day.ts";
import { readFolder } from "lib/sources/local/read_folder.ts";
import { readUniverse } from "lib/sources/universe_source.ts";
import { shownDays, statusOf } from "../stubs/world.ts";
import { simulatedDataSet } from "../stubs/world_simulated.ts";
import { compare } from "./differences.ts";
import {
  inTempDir,
  liveFolder,
  liveHashes,
  openStore,
  pullFromStubs,
  replay,
  startLine,
} from "./pull_from_stubs.ts";

/** On the day after it contracts of both venues are listed and one is settled. */
const NOW = "2025-11-25T02:00:00Z";
const TODAY = parseDay("2025-11-25");

/** A comparison of less would show little. */
const LEAST: Readonly<Record<string, number>> = {
  "polymarket contracts": 150,
  "polymarket closes": 10_000,
  "polymarket volumes": 6_000,
  "polymarket outcomes": 100,
  "kalshi contracts": 30,
  "kalshi closes": 2_500,
  "kalshi volumes": 2_000,
  "kalshi open interest": 2_000,
  "kalshi outcomes": 20,
  "benchmark days": 20_000,
};

/** What is asked for on every day: who is there, who is new, and what became of one that was open. */
const CATALOGUE_OF_THE_DAY = [
  "/gamma/events/keyset?limit=100&order=id&ascending=true&closed=false",
  "/gamma/events/keyset?limit=100&order=id&ascending=true&closed=true&start_date_min=2025-11-23",
  "/gamma/markets/keyset?limit=100&closed=true&condition_ids=0x07146e9b09aeeadb67a3a1014395a02addbfca3f5d61d5ede7f2ea15f0a7c0d1",
  "/gamma/markets/keyset?limit=100&order=id&ascending=true&closed=false",
  "/gamma/markets/keyset?limit=100&order=id&ascending=true&closed=true&start_date_min=2025-11-23",
  "/kalshi/events?limit=200&series_ticker=KXCABINETOUT&with_nested_markets=true",
  "/kalshi/events?limit=200&status=closed&with_nested_markets=true",
  "/kalshi/events?limit=200&status=open&with_nested_markets=true",
  "/kalshi/events?limit=200&status=settled&min_close_ts=1763942400&with_nested_markets=true",
  "/kalshi/events?limit=200&status=unopened&with_nested_markets=true",
  "/kalshi/historical/cutoff",
  "/kalshi/historical/cutoff",
  "/kalshi/historical/markets?limit=1000&series_ticker=KXCABINETOUT",
  "/kalshi/series",
  "/kalshi/series/fee_changes?show_historical=true",
];

Deno.test("a pull finds all that the venues know, and a replay makes the same bytes of it", () =>
  inTempDir(async (out) => {
    await using line = await startLine(await simulatedDataSet("small"), NOW);
    const { untilMs, stops, failed } = await pullFromStubs(line, out);
    assert.deepEqual([untilMs, stops, failed], [TODAY * MS_PER_DAY, [], 0]);

    const got = await readUniverse({ source: "live", out });
    assert.deepEqual([got.origin.kind, got.asOfMs], ["live", TODAY * MS_PER_DAY]);
    const { differences, counts } = compare(got, line.world, { untilDay: TODAY });
    assert.deepEqual(differences, []);
    for (const [kind, least] of Object.entries(LEAST)) {
      assert.ok((counts[kind] ?? 0) >= least, `${counts[kind]} ${kind}`);
    }
    const atTheDoor = got.rejected.filter(({ file }) => file.endsWith(".parquet"));
    assert.deepEqual(atTheDoor, []);

    const hashes = await liveHashes(out), nAsked = line.stubs.asked.length;
    await replay(out);
    assert.deepEqual(await liveHashes(out), hashes);
    await Deno.remove(liveFolder(out), { recursive: true });
    await replay(out);
    assert.deepEqual(await liveHashes(out), hashes);
    assert.equal(line.stubs.asked.length, nAsked);
  }));

Deno.test("a second pull asks for the new day alone, and leaves what one pull leaves", () =>
  inTempDir(async (folder) => {
    const out = join(folder, "twice"), once = join(folder, "once");
    await using line = await startLine(await simulatedDataSet("small"), NOW);
    const first = await pullFromStubs(line, out);
    const before = new Set(line.stubs.asked);
    const nBefore = line.stubs.asked.length;
    line.clock.nowMs += MS_PER_DAY;
    const second = await pullFromStubs(line, out);
    const asked = line.stubs.asked.slice(nBefore);

    assert.ok(second.asked < first.asked / 10, `${second.asked} of ${first.asked}`);
    const isCatalogue = (path: string) => /^\/(gamma|kalshi)\/(?!markets\/candlesticks)/.test(path);
    assert.deepEqual(asked.filter(isCatalogue).sort(), CATALOGUE_OF_THE_DAY);
    const spans = asked.flatMap(spanOf);
    assert.ok(spans.length > 60, `${spans.length} spans`);
    assert.deepEqual(spans.filter(({ path }) => before.has(path)), []);
    const isBars = (path: string) => path.startsWith("/yahoo/") || path.startsWith("/fred/");
    // a last day without a close is asked for once more, in the same request
    const mayBeFrom = (path: string) => isBars(path) ? [TODAY - 10] : [TODAY, TODAY - 1];
    assert.deepEqual(
      spans.filter(({ path, fromDay, toDay }) =>
        !mayBeFrom(path).includes(fromDay) || toDay !== TODAY + 1
      ),
      [],
    );
    const nAgain = spans.filter(({ path, fromDay }) => !isBars(path) && fromDay < TODAY).length;
    assert.ok(nAgain > 0 && nAgain < spans.length / 2, `${nAgain} of ${spans.length} once more`);

    const rest = asked.filter((path) => !isCatalogue(path) && spanOf(path).length === 0);
    assert.deepEqual(
      Object.fromEntries(
        [...Map.groupBy(rest, placeOf)].map(([place, { length }]) => [place, length]),
      ),
      {
        "/clob/books": 1,
        "/clob/time": 1,
        "/data/v2/resolutions": 1,
        "/data/v2/trades": 20, // the newest page of each that was ever traded
        "/yahoo/v8/finance/chart/SPY": 1, // for its clock
      },
    );

    await pullFromStubs(line, once);
    const twice = await liveHashes(out), fresh = await liveHashes(once);
    assert.deepEqual(Object.keys(twice).filter((file) => twice[file] !== fresh[file]), [
      "activity.parquet", // the books of the first day, which nobody can ask for later
      "fees.parquet", // when they were known
      "snapshots.parquet", // the records of the first day
    ]);
    const [both, one] = [await readFolder(liveFolder(out)), await readFolder(liveFolder(once))];
    assert.deepEqual(tradedDays(both), tradedDays(one));
    const withBook = both.activity.day.filter((_, row) => both.activity.liquidityUsd![row]! >= 0);
    assert.deepEqual([...new Set(withBook)].map(formatDay), [formatDay(TODAY)]);
    assert.ok(one.activity.liquidityUsd!.every(Number.isNaN));
    assert.deepEqual(compare(both, line.world, { untilDay: TODAY + 1 }).differences, []);
  }));

/** Market, day, volume and open interest of each day with one of the two. */
function tradedDays({ markets, activity }: DataSet): string[] {
  const { volumeUsd, openInterest, day } = activity;
  return markets.flatMap(({ marketId }, j) => {
    const { from, to } = rowsOf(activity, j);
    return Array.from({ length: to - from }, (_, k) => from + k)
      .filter((row) => volumeUsd[row]! >= 0 || openInterest![row]! >= 0)
      .map((row) => `${marketId} ${day[row]} ${volumeUsd[row]} ${openInterest![row]}`);
  });
}

function placeOf(path: string): string {
  const { pathname, searchParams } = new URL(path, "http://stub");
  return pathname + (searchParams.has("cursor") ? " on" : "");
}

/** The days that a path asks for; none where it names no span. */
function spanOf(path: string): { path: string; fromDay: number; toDay: number }[] {
  const query = new URL(path, "http://stub").searchParams;
  const seconds = (...names: string[]) =>
    names.map((name) => query.get(name)).filter((text) => text !== null).map(Number)[0];
  const from = seconds("start", "startTs", "start_ts", "period1");
  const to = seconds("end", "endTs", "end_ts", "period2");
  if (from !== undefined && to !== undefined) {
    return [{ path, fromDay: dayOf(from * 1000), toDay: dayOf(to * 1000 - 1) + 1 }];
  }
  const first = query.get("cosd"), last = query.get("coed");
  if (first === null || last === null) return [];
  return [{ path, fromDay: parseDay(first), toDay: parseDay(last) + 1 }];
}

Deno.test("a pull that is stopped again and again ends as one that is not", () =>
  inTempDir(async (folder) => {
    const out = join(folder, "stopped"), whole = join(folder, "whole"), share = 0.2;
    await using line = await startLine(await simulatedDataSet("small"), NOW);
    const { asked } = await pullFromStubs(line, whole, { share });
    let nPulls = 0, nAsked = 0;
    for (let isDone = false; !isDone; ++nPulls) {
      assert.ok(nPulls < 100, "it does not come to its end");
      const part = await pullFromStubs(line, out, { share, maxRequests: 50, isOnlyStored: true });
      nAsked += part.asked;
      isDone = part.stops.length === 0;
      assert.ok(part.asked === 50 || isDone, `${part.asked}`);
      assert.deepEqual(part.stops.filter(({ isFault }) => isFault), []);
    }
    assert.ok(nPulls > 5, `${nPulls} pulls`);
    assert.ok(nAsked <= asked + nPulls, `${nAsked} requests instead of ${asked}`);
    await replay(out);
    assert.deepEqual(await liveHashes(out), await liveHashes(whole));
  }));

Deno.test("a pull of Kalshi that is stopped early has the prices of what trades", () =>
  inTempDir(async (out) => {
    await using line = await startLine(await simulatedDataSet("small"), NOW);
    const venues = ["kalshi"];
    const planned = await pullFromStubs(line, out, {
      venues,
      isPlanOnly: true,
      isOnlyStored: true,
    });
    assert.ok(planned.asked < 10, `${planned.asked} requests for a plan`);
    assert.match(planned.said, /^ {2}kalshi settled +28 requests to kalshi/m);
    const maxRequests = 15;
    const { stops } = await pullFromStubs(line, out, { venues, maxRequests });
    assert.equal(stops.length, 1);
    const { markets, prices } = await readFolder(liveFolder(out));
    const nCloses = new Map(markets.map(({ marketId }, j) => {
      const { from, to } = rowsOf(prices, j);
      return [marketId, to - from] as const;
    }));
    const { nowMs } = line.clock;
    const trading = [...line.world.markets("kalshi")]
      .filter((one) => statusOf(one, nowMs) === "open" && one.days.day.length > 0);
    assert.ok(trading.length > 5, `${trading.length}`);
    assert.deepEqual(
      trading.map(({ market }) => nCloses.get(market.marketId)),
      trading.map(({ days }) => shownDays(days, nowMs)),
    );
  }));

Deno.test("a share that is widened later ends as one that was wide at once", () =>
  inTempDir(async (folder) => {
    const out = join(folder, "widened"), whole = join(folder, "whole");
    await using line = await startLine(await simulatedDataSet("small"), NOW);
    const part = await pullFromStubs(line, out, { share: 0.3 });
    const few = await readFolder(liveFolder(out));
    const rest = await pullFromStubs(line, out);
    const all = await pullFromStubs(line, whole);
    assert.ok(part.asked + rest.asked <= 1.02 * all.asked, `${part.asked} and ${rest.asked}`);
    assert.ok(few.markets.length > 30 && few.markets.length < 100, `${few.markets.length}`);
    assert.deepEqual(await liveHashes(out), await liveHashes(whole));
  }));

Deno.test("a machine whose clock is a day ahead pulls what the hosts' clock allows", () =>
  inTempDir(async (folder) => {
    const out = join(folder, "ahead"), right = join(folder, "right"), share = 0.2;
    await using line = await startLine(await simulatedDataSet("small"), NOW);
    const ahead = () => line.clock.nowMs + MS_PER_DAY;
    const { untilMs, said } = await pullFromStubs(line, out, { share, nowMs: ahead });
    assert.equal(untilMs, TODAY * MS_PER_DAY);
    const note = "This machine's clock is 24.0 hours ahead of that of the hosts, which is used";
    assert.equal(said.split(`${note}\n`).length, 2);
    const days = line.stubs.asked.flatMap(spanOf);
    assert.ok(days.length > 100, `${days.length}`);
    assert.deepEqual(days.filter(({ toDay }) => toDay > TODAY), []);
    const { rejected } = await readFolder(liveFolder(out));
    assert.deepEqual(rejected.filter(({ reason }) => reason === note).map(({ file }) => file), [
      "clock this machine",
    ]);

    await pullFromStubs(line, right, { share });
    const [a, b] = [await liveHashes(out), await liveHashes(right)];
    assert.deepEqual(Object.keys(a).filter((file) => a[file] !== b[file]), [
      "fees.parquet", // known half a second apart, as far as a Date tells a clock
      "rejected.parquet",
      "snapshots.parquet",
    ]);
    await pullFromStubs(line, out, { share });
    const { rejected: after } = await readFolder(liveFolder(out));
    assert.deepEqual(after.filter(({ reason }) => reason === note), []);
    const store = await openStore(out);
    assert.equal(store.failures().filter(({ ask }) => ask.host === "clock").length, 0);
    store.close();
  }));
