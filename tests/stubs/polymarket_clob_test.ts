import assert from "node:assert/strict";
import { polymarketStub } from "./polymarket_stub.ts";
import { makeWorld, statusOf } from "./world.ts";
import { simulatedDataSet } from "./world_simulated.ts";

// deno-lint-ignore no-explicit-any
type Json = any;

const DAY = 86_400;
const NOW_MS = Date.parse("2026-02-10T02:00:00Z");
const world = makeWorld(await simulatedDataSet("small"), { nowMs: () => NOW_MS });
const stub = polymarketStub(world);
const all = [...world.markets("polymarket")];
const open = all.filter((one) => statusOf(one, NOW_MS) === "open" && one.days.day.length > 20);
const settled = all.find((one) =>
  one.resolvedAtMs < NOW_MS - 40 * DAY * 1000 && one.days.day.length > 20
)!;

async function ask(path: string, body?: unknown): Promise<{ status: number; value: Json }> {
  const init = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
  const response = await stub(new Request(`http://127.0.0.1/clob${path}`, init));
  return { status: response.status, value: await response.json() };
}

Deno.test("clob prices: at most 15 days, and text of its own above", async () => {
  const path = `/prices-history?market=${settled.tokenIds[0]}&fidelity=180`;
  const end = (settled.days.day.at(-1)! + 1) * DAY;
  const { value } = await ask(`${path}&startTs=${end - 15 * DAY}&endTs=${end}`);
  const days = new Map<number, number>();
  for (const { t, p } of value.history) days.set(Math.floor(t / DAY), p);
  assert.equal(days.size, 15);
  for (const [day, close] of days) {
    assert.equal(close, settled.days.close[settled.days.day.indexOf(day)]);
  }
  assert.ok(value.history.every(({ t }: Json) => t % 60 !== 0), "not on whole minutes");
  assert.deepEqual(await ask(`${path}&startTs=${end - 15 * DAY - 1}&endTs=${end}`), {
    status: 400,
    value: { error: "invalid filters: 'startTs' and 'endTs' interval is too long" },
  });
});

Deno.test("clob prices: interval=max is the last 31 days, so empty for what ended before", async () => {
  const old = await ask(`/prices-history?market=${settled.tokenIds[0]}&interval=max`);
  assert.deepEqual(old, { status: 200, value: { history: [] } });
  const { value } = await ask(
    `/prices-history?market=${open[0]!.tokenIds[0]}&interval=max&fidelity=60`,
  );
  assert.ok(value.history[0].t >= NOW_MS / 1000 - 31 * DAY);
  assert.ok(value.history.length > 0);
});

Deno.test("clob prices: a wrong key is no error, a fidelity below the least is", async () => {
  const wrong = await ask(`/prices-history?token_id=${open[0]!.tokenIds[0]}&interval=max`);
  assert.deepEqual(wrong, { status: 200, value: { history: [] } });
  assert.deepEqual(await ask(`/prices-history?market=${open[0]!.tokenIds[0]}&interval=1w`), {
    status: 400,
    value: { error: "invalid filters: minimum 'fidelity' for '1w' range is 5" },
  });
});

Deno.test("clob book: the best prices are the last, and outcome 1 mirrors outcome 0", async () => {
  for (const one of open.slice(0, 10)) {
    const { value: yes } = await ask(`/book?token_id=${one.tokenIds[0]}`);
    const { value: no } = await ask(`/book?token_id=${one.tokenIds[1]}`);
    const prices = (levels: Json[]) => levels.map(({ price }) => Number(price));
    assert.deepEqual(prices(yes.bids), prices(yes.bids).toSorted((a, b) => a - b));
    assert.deepEqual(prices(yes.asks), prices(yes.asks).toSorted((a, b) => b - a));
    assert.ok(yes.asks.length === 0 || prices(yes.bids).at(-1)! < prices(yes.asks).at(-1)!);
    assert.deepEqual(
      no.bids.map((level: Json) => [(1 - Number(level.price)).toFixed(3), level.size]),
      yes.asks.map((level: Json) => [Number(level.price).toFixed(3), level.size]),
    );
    assert.equal(no.last_trade_price, yes.last_trade_price);
    assert.equal(yes.timestamp, `${NOW_MS}`);
    assert.equal(yes.market, one.conditionId);
    assert.match(yes.hash, /^[0-9a-f]{40}$/);
    const liquidity = one.days.liquidityUsd[one.days.day.findIndex((day) => day >= 20_494) - 1];
    if (!(liquidity! > 100)) continue;
    const resting = yes.bids.reduce((sum: number, l: Json) => sum + l.price * l.size, 0) +
      yes.asks.reduce((sum: number, l: Json) => sum + (1 - l.price) * l.size, 0);
    assert.ok(Math.abs(resting / liquidity! - 1) < 0.01, `${resting} of ${liquidity}`);
  }
  assert.deepEqual(await ask(`/book?token_id=${settled.tokenIds[0]}`), {
    status: 404,
    value: { error: "No orderbook exists for the requested token id" },
  });
});

Deno.test("clob books: another order, unknown ones left out, at most 500", async () => {
  const tokens = open.map((one) => one.tokenIds[0]);
  const asked = [...tokens, settled.tokenIds[0], "123"].map((token_id) => ({ token_id }));
  const { value } = await ask("/books", asked);
  const got = value.map((book: Json) => book.asset_id);
  assert.notDeepEqual(got, tokens);
  assert.deepEqual(got.toSorted(), tokens.toSorted());
  assert.deepEqual(await ask("/books", []), { status: 200, value: [] });
  assert.deepEqual(await ask("/books", Array(501).fill({ token_id: "1" })), {
    status: 400,
    value: { error: "Payload exceeds the limit" },
  });
  assert.deepEqual((await ask("/books?token_ids=1")).value, { error: "Invalid payload" });
});

Deno.test("clob markets name the winner once it is settled", async () => {
  const won = all.find((one) => one.payout === 1 && one.resolvedAtMs < NOW_MS)!;
  const { value } = await ask(`/markets/${won.conditionId}`);
  assert.deepEqual(
    value.tokens.map(({ token_id, price, winner }: Json) => [token_id, price, winner]),
    [[won.tokenIds[0], 1, true], [won.tokenIds[1], 0, false]],
  );
  assert.ok(value.closed && !value.accepting_orders);
  const { value: going } = await ask(`/markets/${open[0]!.conditionId}`);
  assert.ok(!going.closed && going.tokens.every((token: Json) => !token.winner));
  assert.equal((await ask(`/markets/0x${"0".repeat(64)}`)).status, 404);
});

Deno.test("clob tells its clock and version; its ledger wants a key", async () => {
  assert.equal((await ask("/time")).value, NOW_MS / 1000);
  assert.deepEqual((await ask("/version")).value, { version: 2 });
  assert.equal((await ask("/trades")).status, 401);
  assert.equal((await ask("/book")).status, 400);
});
