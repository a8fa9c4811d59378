import assert from "node:assert/strict";
import { makeWorld } from "./world.ts";
import { simulatedDataSet } from "./world_simulated.ts";
import { recordFees } from "./polymarket_fees.ts";
import { polymarketStub } from "./polymarket_stub.ts";

// deno-lint-ignore no-explicit-any
type Json = any;

const dataSet = await simulatedDataSet("small");
const NOW_MS = Date.parse("2026-03-01T02:00:00Z");

function gamma(nowMs = NOW_MS) {
  const world = makeWorld(dataSet, { nowMs: () => nowMs });
  const stub = polymarketStub(world);
  const ask = (path: string, headers: Record<string, string> = {}) =>
    Promise.resolve(stub(new Request(`http://127.0.0.1/gamma${path}`, { headers })));
  const get = async (path: string): Promise<Json> => await (await ask(path)).json();
  const walk = async (kind: string, query: string) => {
    const rows: Json[] = [];
    let cursor = "";
    do {
      const after = cursor === "" ? "" : `&after_cursor=${cursor}`;
      const page = await get(`/${kind}/keyset?limit=100&${query}${after}`);
      rows.push(...page[kind]);
      cursor = page.next_cursor ?? "";
    } while (cursor !== "");
    return rows;
  };
  return { world, ask, get, walk };
}

/** A path that must be refused with 422 and these words. */
async function refused(path: string, error: string): Promise<void> {
  const response = await gamma().ask(path);
  assert.equal(response.status, 422);
  assert.deepEqual(await response.json(), { type: "validation error", error });
}

Deno.test("gamma lists every contract once: the open ones and, when asked, the closed ones", async () => {
  const { world, walk } = gamma();
  const open = await walk("markets", ""), closed = await walk("markets", "closed=true");
  assert.ok(open.every((row) => row.closed === false && row.active === true));
  assert.ok(closed.every((row) => row.closed === true && row.active === true));
  const ids = [...open, ...closed].filter((row) => !row.negRiskOther).map((row) => row.id);
  assert.deepEqual(
    ids.map(Number).sort((a, b) => a - b),
    Array.from(world.markets("polymarket"), ({ name }) => Number(name)),
  );
  const others = [...open, ...closed].filter((row) => row.negRiskOther);
  assert.ok(others.length > 0 && others.every((row) => row.negRisk));
});

Deno.test("gamma serves 20 rows unless told, and never more than 100", async () => {
  const { get } = gamma();
  assert.equal((await get("/markets/keyset?closed=true")).markets.length, 20);
  assert.equal((await get("/markets/keyset?closed=true&limit=5000")).markets.length, 100);
  assert.equal((await get("/events/keyset?closed=true")).events.length, 20);
});

Deno.test("gamma gives a cursor with a full page only, even if nothing follows", async () => {
  const { get, walk } = gamma();
  const open = await walk("markets", "");
  const exact = await get(`/markets/keyset?limit=${open.length}`);
  assert.equal(exact.markets.length, open.length);
  const after = await get(`/markets/keyset?limit=100&after_cursor=${exact.next_cursor}`);
  assert.deepEqual(Object.keys(after), ["$schema", "markets"]);
  assert.deepEqual(after.markets, []);
});

Deno.test("gamma ignores a cursor under another name", async () => {
  const { get } = gamma();
  const first = await get("/markets/keyset?limit=3");
  for (const name of ["cursor", "next_cursor", "after"]) {
    assert.deepEqual(await get(`/markets/keyset?limit=3&${name}=${first.next_cursor}`), first);
  }
});

Deno.test("gamma's walk by cursor is not moved by a contract that is listed meanwhile", async () => {
  const early = gamma(Date.parse("2025-01-10T02:00:00Z"));
  const late = gamma(Date.parse("2025-01-12T02:00:00Z"));
  const first = await early.get("/markets/keyset?limit=10");
  const second = await late.get(`/markets/keyset?limit=10&after_cursor=${first.next_cursor}`);
  assert.ok(Number(second.markets[0].id) > Number(first.markets.at(-1).id));
});

Deno.test("gamma refuses offsets, unknown orders and faulty cursors", async () => {
  await refused("/markets/keyset?offset=100", "offset is not allowed on keyset endpoints");
  await refused("/events/keyset?offset=0", "offset is not allowed on keyset endpoints");
  await refused("/markets/keyset?order=volume_num", "order fields are not valid");
  await refused("/markets/keyset?order=end_date", "order fields are not valid");
  await refused("/markets/keyset?after_cursor=xyz", "after_cursor is invalid");
  await refused("/markets/0xabc", "id is invalid");
});

Deno.test("gamma orders by camelCase names, over pages", async () => {
  const { walk } = gamma();
  const rows = await walk("markets", "closed=true&order=volumeNum&ascending=false");
  const volumes = rows.map((row) => row.volumeNum ?? 0);
  assert.deepEqual(volumes, volumes.toSorted((a, b) => b - a));
  assert.equal(new Set(rows.map((row) => row.id)).size, rows.length);
  const dated = await walk("markets", "closed=true&order=endDate");
  const ends = dated.map((row) => Date.parse(row.endDate));
  assert.deepEqual(ends, ends.toSorted((a, b) => a - b));
});

Deno.test("gamma takes ids as repeated parameters and ignores brackets", async () => {
  const { get, walk } = gamma();
  const [a, b] = await walk("markets", "closed=true");
  const both = `condition_ids=${b.conditionId}&condition_ids=${a.conditionId}`;
  const found = await get(`/markets/keyset?closed=true&${both}`);
  assert.deepEqual(found.markets.map((row: Json) => row.id), [a.id, b.id]);
  assert.deepEqual(
    (await get(`/markets/keyset?${both}`)).markets,
    [],
    "closed is false by default",
  );
  const bracket = await get(`/markets/keyset?closed=true&condition_ids[]=${b.conditionId}`);
  assert.equal(bracket.markets.length, 20);
  const upper = a.conditionId.replace(/[a-f]/g, (digit: string) => digit.toUpperCase());
  assert.deepEqual((await get(`/markets/keyset?closed=true&condition_ids=${upper}`)).markets, []);
});

Deno.test("gamma filters by dates, and active=false is ignored", async () => {
  const { get, walk } = gamma();
  const all = await walk("markets", "closed=true");
  const from = "2025-06-01";
  assert.deepEqual(
    (await walk("markets", `closed=true&end_date_min=${from}`)).map((row) => row.id),
    all.filter((row) => row.endDate >= from).map((row) => row.id),
  );
  assert.deepEqual(
    (await walk("markets", `closed=true&start_date_min=${from}T00:00:00Z`)).map((row) => row.id),
    all.filter((row) => row.startDate >= from).map((row) => row.id),
  );
  assert.deepEqual(
    await get("/markets/keyset?active=false&archived=true"),
    await get("/markets/keyset"),
  );
});

Deno.test("gamma's records keep lists as text, closing times as Postgres writes them", async () => {
  const { world, walk } = gamma();
  for (const row of await walk("markets", "closed=true")) {
    assert.equal(typeof row.outcomes, "string");
    assert.equal(JSON.parse(row.outcomes).length, 2);
    assert.match(row.closedTime, /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}\+00$/);
    const one = world.marketOf("polymarket", row.id);
    if (one === undefined) continue;
    assert.equal(Date.parse(row.createdAt), one.createdAtMs);
    assert.equal(Date.parse(row.startDate), one.opensAtMs);
    assert.equal(Date.parse(row.endDate), one.closesAtMs);
    const closedMs = Date.parse(`${row.closedTime.replace(" ", "T")}:00`);
    assert.equal(closedMs, Math.floor(one.resolvedAtMs / 1000) * 1000);
    const truth = one.days.volumeUsd.reduce((sum, x) => sum + (x || 0), 0);
    if (row.volumeNum !== undefined) assert.ok(Math.abs(row.volumeNum - truth) < 1e-6);
  }
});

Deno.test("gamma's second protocol has position ids as a list and no token ids", async () => {
  const { world, walk } = gamma();
  const rows = await walk("markets", "closed=true");
  const second = rows.filter((row) => row.version === "v2");
  assert.ok(second.length > 0 && second.length < rows.length / 5);
  for (const row of rows) {
    const ids = row.version === "v2" ? row.positionIds : JSON.parse(row.clobTokenIds);
    const one = world.marketOf("polymarket", row.id);
    if (one !== undefined) assert.deepEqual(ids, one.tokenIds);
    if (row.version === "v2") {
      assert.equal(row.clobTokenIds, null);
      assert.equal(row.resolutionStatus, "resolved");
    } else assert.equal(row.umaResolutionStatus, "resolved");
  }
});

Deno.test("gamma leaves out the best bid of a third of the open contracts", async () => {
  const { walk } = gamma();
  const rows = (await walk("markets", "")).filter((row) => row.bestAsk !== undefined && row.spread);
  const nBids = rows.filter((row) => "bestBid" in row).length;
  assert.ok(nBids > rows.length / 3 && nBids < rows.length, `${nBids} of ${rows.length}`);
});

Deno.test("gamma's events nest all their contracts, placeholders too", async () => {
  const { world, walk } = gamma();
  const events = [...await walk("events", ""), ...await walk("events", "closed=true")];
  assert.deepEqual(
    events.map((event) => Number(event.id)).sort((a, b) => a - b),
    Array.from(world.events("polymarket"), ({ name }) => Number(name)),
  );
  for (const event of events) {
    assert.equal(typeof event.volume, "number");
    if (event.negRisk) {
      const ids = new Set(event.markets.map((row: Json) => row.negRiskMarketID));
      assert.deepEqual([...ids], [event.negRiskMarketID]);
    }
  }
  const augmented = events.filter((event) => event.negRiskAugmented);
  assert.ok(augmented.length > 0);
  for (const { markets } of augmented) {
    const waiting = markets.filter((row: Json) => !row.active);
    assert.equal(waiting.length, 2);
    assert.equal(markets.filter((row: Json) => row.negRiskOther).length, 1);
    assert.ok(waiting.every((row: Json) => row.enableOrderBook && row.acceptingOrders));
  }
});

Deno.test("gamma's single records come by number and slug, closed or not", async () => {
  const { ask, get, walk } = gamma();
  const [closed] = await walk("markets", "closed=true");
  assert.deepEqual(await get(`/markets/${closed.id}`), await get(`/markets/slug/${closed.slug}`));
  assert.equal((await get(`/markets/${closed.id}`)).conditionId, closed.conditionId);
  assert.equal((await ask("/markets/1")).status, 404);
  assert.equal((await get(`/events/slug/${closed.events[0].slug}`)).id, closed.events[0].id);
});

Deno.test("gamma's old lists are bare arrays that say so, and end at row 2,000", async () => {
  const { ask } = gamma();
  const response = await ask("/markets?limit=2&closed=true&offset=1");
  assert.equal(response.headers.get("deprecation"), "true");
  assert.equal(response.headers.get("warning"), '299 - "use /markets/keyset"');
  assert.equal((await response.json()).length, 2);
  assert.equal((await ask("/markets?offset=2000")).status, 200);
  const error = "offset too large, use /markets/keyset for deeper pagination";
  await refused("/markets?offset=3000", error);
});

Deno.test("gamma's fees follow the date of the clock", async () => {
  const before = await gamma(Date.parse("2026-03-29T00:00:00Z")).walk("markets", "");
  assert.ok(before.every((row) => row.feesEnabled === false && row.feeSchedule === null));
  const after = await gamma(Date.parse("2026-03-31T00:00:00Z")).walk("markets", "");
  const kinds = new Map(after.map((row) => [row.feeType, row.feeSchedule]));
  assert.deepEqual(kinds.get("politics_fees"), {
    exponent: 1,
    rate: 0.04,
    takerOnly: true,
    rebateRate: 0.25,
  });
  const createdAtMs = Date.parse("2026-06-01T00:00:00Z"),
    nowMs = Date.parse("2026-08-01T00:00:00Z");
  assert.deepEqual(recordFees("Geopolitics", { createdAtMs, nowMs }), {
    feesEnabled: false,
    feeType: null,
    feeSchedule: null,
  });
  assert.equal(recordFees("Sports", { createdAtMs, nowMs }).feeType, "sports_fees_v2");
  const later = recordFees("Sports", { createdAtMs: nowMs, nowMs });
  assert.equal(later.feeType, "sports_fees_v3");
});

Deno.test("gamma shows nothing that happened after its clock", async () => {
  const nowMs = Date.parse("2025-01-10T12:00:00Z");
  const { world, walk } = gamma(nowMs);
  const rows = [...await walk("markets", ""), ...await walk("markets", "closed=true")];
  assert.ok(rows.length < world.markets("polymarket").length);
  for (const row of rows) {
    assert.ok(Date.parse(row.createdAt) <= nowMs);
    const one = world.marketOf("polymarket", row.id);
    if (one !== undefined) assert.equal(row.closed, one.resolvedAtMs <= nowMs);
  }
});

Deno.test("gamma refuses Python's default name, and every answer has the clock's date", async () => {
  const response = await gamma().ask("/tags", { "user-agent": "Python-urllib/3.12" });
  assert.equal(response.status, 403);
  assert.equal(response.headers.get("date"), "Sun, 01 Mar 2026 02:00:00 GMT");
});
