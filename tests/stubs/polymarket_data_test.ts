import assert from "node:assert/strict";
import { formatDay } from "lib/core/day.ts";
import { limiter } from "./polymarket_limits.ts";
import { polymarketStub } from "./polymarket_stub.ts";
import { makeWorld, type WorldMarket } from "./world.ts";
import { simulatedDataSet } from "./world_simulated.ts";

// deno-lint-ignore no-explicit-any
type Json = any;

const DAY = 86_400, WINDOW = 15 * DAY;
const dataSet = await simulatedDataSet("small");
const NOW_MS = Date.parse("2026-03-01T02:00:00Z");

function data(nowMs = NOW_MS) {
  const world = makeWorld(dataSet, { nowMs: () => nowMs });
  const stub = polymarketStub(world);
  const ask = (path: string) => Promise.resolve(stub(new Request(`http://127.0.0.1/data${path}`)));
  const get = async (path: string): Promise<Json> => await (await ask(path)).json();
  const refused = async (path: string, parameter: string | null, status = 400) => {
    const response = await ask(path), body = await response.json();
    assert.equal(response.status, status, path);
    assert.deepEqual(Object.keys(body), ["error", "code", "retryable", "trace_id", "parameter"]);
    assert.equal(body.parameter, parameter, path);
    assert.equal(body.trace_id, response.headers.get("x-trace-id"));
  };
  return { world, ask, get, refused };
}

/** The first contract that fits. */
function pick(nowMs: number, fits: (one: WorldMarket) => boolean): WorldMarket {
  const { world } = data(nowMs);
  return [...world.markets("polymarket")].find(fits)!;
}

const settled = pick(NOW_MS, (one) => one.resolvedAtMs < NOW_MS && one.days.day.length > 20);
const open = pick(NOW_MS, (one) => one.resolvedAtMs === Infinity && one.days.day.length > 20);

Deno.test("v2 prices: the row stamped 21:00 is the close of its day, of either outcome", async () => {
  const { world, get } = data();
  let nDays = 0;
  for (const one of world.markets("polymarket")) {
    const first = one.days.day[0], last = one.days.day.at(-1);
    if (first === undefined) continue;
    const closes = new Map<string, number>();
    for (let to = (last! + 1) * DAY; to > first * DAY; to -= WINDOW) {
      const window = `start=${to - WINDOW}&end=${to}&bucket_seconds=10800`;
      const { data } = await get(`/v2/prices-history?token_id=${one.tokenIds[0]}&${window}`);
      for (const row of data) {
        if (row.timestamp % DAY !== 75_600) continue;
        assert.equal(row.resolution_seconds, 10_800);
        closes.set(formatDay(Math.floor(row.timestamp / DAY)), row.price);
      }
    }
    nDays += closes.size;
    assert.deepEqual(
      [...closes].sort(),
      [...one.days.day].map((day, row) => [formatDay(day), one.days.close[row]]),
    );
  }
  assert.equal(
    nDays,
    [...world.markets("polymarket")].reduce((n, one) => n + one.days.day.length, 0),
  );
  const to = (settled.days.day.at(-1)! + 1) * DAY;
  const path = (k: 0 | 1) =>
    `/v2/prices-history?token_id=${settled.tokenIds[k]}&start=${to - DAY}&end=${to}`;
  const [yes, no] = [await get(path(0)), await get(path(1))];
  yes.data.forEach((row: Json, k: number) => {
    assert.ok(Math.abs(row.price + no.data[k].price - 1) < 1e-9);
  });
});

Deno.test("v2 prices: the settlement is one point, one edge after the last bucket", async () => {
  const { get } = data();
  const end = (settled.days.day.at(-1)! + 1) * DAY;
  const path = `/v2/prices-history?token_id=${settled.tokenIds[0]}&bucket_seconds=10800`;
  const { data: rows } = await get(`${path}&start=${end - 13 * DAY}&end=${end + 2 * DAY}`);
  assert.deepEqual(rows.at(-1), { timestamp: end, price: settled.payout, resolution_seconds: 0 });
  assert.deepEqual(rows.at(-2).timestamp, end - 10_800);
  const before = await get(`${path}&start=${end - 13 * DAY}&end=${end}`);
  assert.deepEqual(before.data, rows.slice(0, -1));
  const pages: Json[] = [];
  let cursor = "";
  do {
    const page = await get(
      `${path}&start=${end - 13 * DAY}&end=${end + 2 * DAY}&limit=30${
        cursor && `&cursor=${cursor}`
      }`,
    );
    pages.push(page);
    cursor = page.pagination.next_cursor ?? "";
  } while (cursor !== "");
  assert.deepEqual(pages.flatMap((page) => page.data), rows);
  assert.deepEqual(pages[0].pagination, {
    limit: 30,
    offset: 0,
    has_more: true,
    next_cursor: pages[0].pagination.next_cursor,
  });
  const isSettlement = (row: Json) => row.resolution_seconds === 0;
  assert.deepEqual(pages.map((page) => page.data.some(isSettlement)), [
    ...pages.slice(1).map(() => false),
    true,
  ]);
});

Deno.test("v2 prices: fine grains expire to an empty page, coarse ones stay", async () => {
  const { get } = data();
  const end = (settled.days.day.at(-1)! + 1) * DAY;
  const nRows = async (width: number, to: number) => {
    const window = `start=${to - 2 * DAY}&end=${to}&bucket_seconds=${width}`;
    const { data } = await get(`/v2/prices-history?token_id=${settled.tokenIds[0]}&${window}`);
    return data.length;
  };
  assert.ok(NOW_MS / 1000 - end > 90 * DAY);
  assert.equal(await nRows(60, end), 0);
  assert.equal(await nRows(300, end), 0);
  assert.equal(await nRows(1800, end), 0);
  assert.equal(await nRows(10_800, end), 16);
  assert.equal(await nRows(43_200, end), 4);
});

Deno.test("v2 prices: a window that reaches now ends with a tick, not with a bucket", async () => {
  const { get } = data();
  const nowS = NOW_MS / 1000, path = `/v2/prices-history?token_id=${open.tokenIds[0]}`;
  const today = pick(NOW_MS, (one) => one.days.day.at(-1) === Math.floor(nowS / DAY) - 1);
  assert.ok(today !== undefined);
  const { data: rows } = await get(`${path}&start=${nowS - DAY}&bucket_seconds=10800`);
  assert.deepEqual(rows.at(-1).resolution_seconds, 0);
  assert.ok(rows.at(-1).timestamp <= nowS);
  assert.ok(rows.slice(0, -1).every((row: Json) => row.timestamp + 10_800 <= nowS));
  // ten minutes after its end a bucket is there, not before
  const midnight = Date.parse("2026-02-20T00:00:00Z"), close = midnight / 1000 - 10_800;
  const window = `start=${midnight / 1000 - DAY}&end=${midnight / 1000}&bucket_seconds=10800`;
  const at = async (nowMs: number) => (await data(nowMs).get(`${path}&${window}`)).data.at(-1);
  assert.ok((await at(midnight + 300_000)).timestamp < close);
  assert.equal((await at(midnight + 600_000)).timestamp, close);
});

Deno.test("v2 prices: interval, as_of and the grain of its own choice", async () => {
  const { get } = data();
  const path = `/v2/prices-history?token_id=${open.tokenIds[0]}`;
  const whole = await get(`${path}&interval=max`);
  assert.ok(whole.data.length > 30);
  assert.ok(whole.data.slice(0, -1).every((row: Json) => row.resolution_seconds === 43_200));
  const asOf = (open.days.day[5]! + 1) * DAY;
  assert.deepEqual((await get(`${path}&as_of=${asOf}`)).data, [
    { timestamp: asOf - 10_800, price: open.days.close[5], resolution_seconds: 10_800 },
  ]);
  const old = (open.days.day[0]! + 3) * DAY;
  const grain = await get(`${path}&start=${old}&end=${old + DAY}`);
  assert.equal(grain.data[0].resolution_seconds, 10_800);
  const now = await get(`${path}&start=${NOW_MS / 1000 - 7200}`);
  assert.ok(now.data.every((row: Json) => row.resolution_seconds <= 60));
});

Deno.test("v2 prices: what is refused, by the parameter it names", async () => {
  const { get, refused } = data();
  const path = `/v2/prices-history?token_id=${open.tokenIds[0]}`;
  await refused("/v2/prices-history?start=1", "token_id");
  await refused(path, "start");
  await refused(`${path}&start=0&end=100`, "start");
  await refused(`${path}&start=100&end=0`, "end");
  await refused(`${path}&start=1000&end=${1000 + WINDOW + 1}`, "start");
  await refused(`${path}&start=1000&end=2000&interval=max`, "interval");
  await refused(`${path}&interval=1M`, "interval");
  await refused(`${path}&start=1000&end=2000&bucket_seconds=59`, "bucket_seconds");
  await refused(`${path}&start=1000&end=2000&offset=1`, "offset");
  await refused(`${path}&start=1000&end=2000&limit=10001`, "limit");
  await refused(`${path}&start=1000&end=2000&cursor=xyz`, "cursor");
  await refused("/v2/nothing", null, 404);
  await refused("/trades", null, 404);
  assert.deepEqual((await get(`/v2/prices-history?token_id=123&start=1000&end=2000`)).data, []);
  assert.equal((await get(`${path}&start=1000&end=${1000 + WINDOW}`)).data.length, 0);
  assert.deepEqual(await get("/"), { data: "OK" });
});

Deno.test("v2 trades: dollars of a day are its volume, over all pages", async () => {
  const { world, get } = data();
  const busy = [...world.markets("polymarket")].filter((one) =>
    one.days.volumeUsd.some((x) => x > 0)
  );
  assert.ok(busy.length > 10);
  let nDoubles = 0;
  for (const one of busy) {
    const rows: Json[] = [];
    let cursor = "";
    do {
      const page = await get(
        `/v2/trades?condition=${one.conditionId}&limit=97${cursor && `&cursor=${cursor}`}`,
      );
      assert.ok(page.data.length === 97 || !page.pagination.has_more);
      rows.push(...page.data);
      cursor = page.pagination.next_cursor ?? "";
    } while (cursor !== "");
    const times = rows.map((row) => row.timestamp);
    assert.deepEqual(times, times.toSorted((a, b) => b - a), "newest first");
    const dollars = new Map<number, number>();
    for (const { timestamp, size, price, token_id, outcome_index } of rows) {
      const day = Math.floor(timestamp / DAY);
      dollars.set(day, (dollars.get(day) ?? 0) + size * price);
      assert.equal(token_id, one.tokenIds[outcome_index as 0 | 1]);
    }
    one.days.day.forEach((day, row) => {
      const volume = one.days.volumeUsd[row]!;
      assert.ok(Math.abs((dollars.get(day) ?? 0) - (volume || 0)) < 1e-6);
    });
    const twice = Map.groupBy(rows, (row) => JSON.stringify(row));
    nDoubles += [...twice.values()].filter((same) => same.length > 1).length;
    if (rows.length > 50) {
      assert.deepEqual([...new Set(rows.map((row) => row.outcome_index))].sort(), [0, 1]);
    }
  }
  assert.ok(nDoubles > 0, "equal fills of one transaction");
});

Deno.test("v2 trades: all rows with their makers, none by date, none by offset", async () => {
  const { get, refused } = data();
  const one = pick(NOW_MS, ({ days }) => days.volumeUsd.some((x) => x > 1000));
  const path = `/v2/trades?condition=${one.conditionId}`;
  const takers = await get(`${path}&limit=100`),
    all = await get(`${path}&limit=200&taker_only=false`);
  assert.equal(all.data.length, 2 * takers.data.length);
  assert.deepEqual(await get(`${path}&limit=100&start=1&end=2`), takers, "dates are ignored");
  const row = takers.data[0];
  assert.deepEqual(Object.keys(row), [
    ...["proxy_wallet", "side", "token_id", "condition_id", "size", "price", "timestamp", "title"],
    ...["slug", "icon", "event_slug", "outcome", "outcome_index", "name", "pseudonym", "bio"],
    ...["profile_image", "profile_image_optimized", "transaction_hash"],
  ]);
  await refused(`${path}&offset=0`, "offset");
  await refused(`${path}&limit=1001`, "limit");
  await refused("/v2/trades?condition=0x12", "condition");
  const many = Array.from({ length: 21 }, (_, k) => `0x${`${k}`.padStart(64, "0")}`).join(",");
  await refused(`/v2/trades?condition=${many}`, "condition");
  assert.deepEqual((await get(`/v2/trades?condition=0x${"0".repeat(64)}`)).data, []);
});

Deno.test("v2 trades: a walk is not moved by trades made meanwhile", async () => {
  const one = pick(NOW_MS, ({ days }) => days.volumeUsd.filter((x) => x > 0).length > 20);
  const middle = (one.days.day[15]! + 0.5) * DAY * 1000;
  const path = `/v2/trades?condition=${one.conditionId}&limit=5`;
  const first = await data(middle).get(path);
  const at = `${path}&cursor=${first.pagination.next_cursor}`;
  assert.deepEqual(await data(middle + 5 * DAY * 1000).get(at), await data(middle).get(at));
  assert.ok(first.data.every((row: Json) => row.timestamp * 1000 <= middle));
});

Deno.test("v2 resolutions: payouts in millionths, of at most twenty conditions", async () => {
  const { world, get, refused } = data();
  const all = [...world.markets("polymarket")];
  for (let k = 0; k < all.length; k += 20) {
    const some = all.slice(k, k + 20);
    const { data: rows } = await get(
      `/v2/resolutions?condition=${some.map((one) => one.conditionId).join(",")}`,
    );
    assert.equal(rows.length, some.length);
    rows.forEach((row: Json, i: number) => {
      const one = some[i]!;
      assert.equal(row.condition_id, one.conditionId);
      assert.equal(row.status === "resolved", one.resolvedAtMs <= NOW_MS);
      if (row.status !== "resolved") return assert.equal(row.payouts, null);
      assert.equal(Date.parse(row.resolved_at), one.resolvedAtMs);
      assert.equal(row.payouts[0] / 1e6, one.payout);
      assert.equal(row.payouts[0] + row.payouts[1], 1_000_000);
    });
  }
  const names = all.slice(0, 21).map((one) => one.conditionId).join(",");
  await refused(`/v2/resolutions?condition=${names}`, "condition");
  await refused("/v2/resolutions", "condition");
  await refused(`/v2/resolutions?condition=${all[0]!.conditionId}&event_id=1`, "condition");
  const early = data(settled.resolvedAtMs - 1);
  const [row] = (await early.get(`/v2/resolutions?condition=${settled.conditionId}`)).data;
  assert.equal(row.status, settled.endedAtMs < settled.resolvedAtMs ? "proposed" : "active");
});

Deno.test("v2 open interest is that of the last day that is over", async () => {
  const { get } = data();
  const one = pick(NOW_MS, ({ days }) => days.openInterest.at(-1)! > 0);
  assert.deepEqual(await get(`/v2/oi?condition=${one.conditionId}`), {
    data: [{ condition_id: one.conditionId, value: one.days.openInterest.at(-1) }],
  });
});

Deno.test("limiter() refuses above the limit of a path, and fills evenly", () => {
  let clockMs = 0;
  const verdict = limiter({ scale: 0.1 }, () => clockMs);
  const nGone = (path: string, n: number) =>
    Array.from({ length: n }, () => verdict(path)).filter((one) => one === "go").length;
  assert.equal(nGone("/data/v2/prices-history", 50), 20);
  assert.equal(nGone("/data/v2/oi", 10), 10, "another path goes on");
  clockMs += 1000;
  assert.equal(nGone("/data/v2/prices-history", 50), 2);
  assert.equal(nGone("/gamma/markets/keyset", 50), 30);
});

Deno.test("a refusal for speed says when to come back; tapes are refused with status 200", async () => {
  const world = makeWorld(dataSet, { nowMs: () => NOW_MS });
  const ask = async (path: string, isQuiet: boolean) => {
    const stub = polymarketStub(world, { limits: { scale: 0.001, isQuiet } });
    return await stub(new Request(`http://127.0.0.1${path}`));
  };
  const refused = await ask("/data/v2/oi?condition=0x", false);
  assert.equal(refused.status, 400, "one request is free");
  const stub = polymarketStub(world, { limits: { scale: 0.001 } });
  const twice = async (path: string) => {
    await stub(new Request(`http://127.0.0.1${path}`));
    return await stub(new Request(`http://127.0.0.1${path}`));
  };
  const data = await twice("/data/v2/oi");
  assert.equal(data.status, 429);
  assert.equal(data.headers.get("retry-after"), "1");
  assert.equal((await data.json()).code, "rate_limited");
  const gamma = await twice("/gamma/markets/keyset");
  assert.equal(gamma.status, 429);
  assert.equal(gamma.headers.get("retry-after"), null);
  const tape = polymarketStub(world, { limits: { scale: 0.1, isQuiet: true } });
  const path = `http://127.0.0.1/data/v2/trades?condition=${settled.conditionId}`;
  const answers = [];
  for (let k = 0; k < 6; ++k) answers.push(await tape(new Request(path)));
  assert.equal(answers.at(-1)!.status, 200);
  assert.deepEqual(await answers.at(-1)!.json(), { error: "Too Many Requests" });
});
