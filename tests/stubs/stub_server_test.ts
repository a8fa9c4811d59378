import assert from "node:assert/strict";
import { parseHosts } from "lib/fetch/hosts.ts";
import { startStubs } from "./stub_server.ts";
import { makeWorld } from "./world.ts";
import { simulatedDataSet } from "./world_simulated.ts";

const NOW_MS = Date.parse("2026-03-01T02:00:00Z");
const world = makeWorld(await simulatedDataSet("small"), { nowMs: () => NOW_MS });

Deno.test("startStubs() serves the venues, counts, and tells its hosts", async () => {
  await using stubs = await startStubs({ world, keepsAsked: true });
  const hosts = parseHosts(stubs.hosts);
  assert.equal(hosts.gamma!.url, `${stubs.url}/gamma`);
  assert.equal(hosts.gamma!.requests, 300_000);
  const page = await fetch(`${hosts.gamma!.url}/markets/keyset?limit=2&closed=true`);
  assert.equal(page.headers.get("date"), "Sun, 01 Mar 2026 02:00:00 GMT");
  const { markets } = await page.json();
  await (await fetch(`${hosts.clob!.url}/markets/${markets[0].conditionId}`)).body!.cancel();
  await (await fetch(`${hosts.clob!.url}/markets/${markets[1].conditionId}`)).body!.cancel();
  assert.deepEqual([...stubs.counts], [["/gamma/markets/keyset", 1], ["/clob/markets/*", 2]]);
  assert.equal(stubs.count("/clob"), 2);
  assert.equal(stubs.asked[0], "/gamma/markets/keyset?limit=2&closed=true");
  const nothing = await fetch(`${stubs.url}/elsewhere/x`);
  assert.equal(nothing.status, 404);
});

Deno.test("startStubs() lets faults stand before the answers, and handlers replace stubs", async () => {
  await using stubs = await startStubs({
    world,
    handlers: { kalshi: () => new Response("kalshi") },
    faults: async (request, next) =>
      request.url.includes("/clob/") ? new Response("broken", { status: 502 }) : await next(),
  });
  const text = async (path: string) => await (await fetch(stubs.url + path)).text();
  assert.equal(await text("/kalshi/markets/KXFED-26MAR-H0"), "kalshi");
  assert.equal(await text("/clob/time"), "broken");
  assert.deepEqual([...stubs.counts], [["/kalshi/markets/*", 1], ["/clob/time", 1]]);
});
