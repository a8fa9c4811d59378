import assert from "node:assert/strict";
import type { KnownMarket } from "lib/sources/live/venue.ts";
import { followUpJobs } from "lib/sources/polymarket/catalogue_follow_up.ts";
import { knownMarket, knownOf, planOptions } from "./catalogue_fixture.ts";

const walked = { "polymarket open markets": ["2026-11-21", "2026-11-22"] };

function conditionsOf(markets: readonly KnownMarket[], sinceMs: number | null = null): string[][] {
  return [...followUpJobs(knownOf(markets, walked), planOptions(sinceMs))].map(({ run }) => {
    const first = run().next();
    assert.ok(!first.done);
    return new URLSearchParams(first.value.path.split("?")[1]).getAll("condition_ids");
  });
}

function condition(id: number): string {
  return `0x${id.toString(16).padStart(64, "0")}`;
}

Deno.test("followUpJobs() asks by repeated condition ids, closed ones included", () => {
  const jobs = [...followUpJobs(
    knownOf([knownMarket(1), knownMarket(2, { status: "listed" })], walked),
    planOptions(),
  )];
  assert.deepEqual(jobs.map(({ name, nAsks }) => [name, nAsks]), [
    ["what became of 2 polymarket markets", 1],
  ]);
  const walk = jobs[0]!.run();
  const ask = walk.next().value!;
  assert.deepEqual(ask, {
    host: "gamma",
    path: `/markets/keyset?limit=100&closed=true&condition_ids=${condition(1)}` +
      `&condition_ids=${condition(2)}`,
    body: null,
    format: "json",
    kind: "gamma_markets",
    subject: "",
    edition: "2026-11-22",
  });
  const answer = { ask, atMs: 0, status: 200, text: "", value: { markets: [] } };
  assert.equal(walk.next({ isAnswer: true, answer }).done, true);
});

Deno.test("followUpJobs() takes at most 100 at a time", () => {
  const markets = Array.from({ length: 201 }, (_, k) => knownMarket(k));
  assert.deepEqual(conditionsOf(markets).map(({ length }) => length), [100, 100, 1]);
  assert.deepEqual(conditionsOf(markets).flat(), markets.map((_, k) => condition(k)));
  assert.deepEqual(conditionsOf(markets.slice(0, 100)).map(({ length }) => length), [100]);
});

Deno.test("followUpJobs() asks only for contracts of which the end is unknown", () => {
  const outcome = {
    kind: "outcome" as const,
    subject: "poly:4",
    resolvedAtMs: 0,
    payout: 1,
    source: "oracle",
  };
  const markets = [
    knownMarket(1, { seenAtMs: Date.UTC(2026, 10, 22) }),
    knownMarket(2, { status: "settled" }),
    knownMarket(3, { status: "closed" }),
    knownMarket(4, { status: "closed", outcome }),
    knownMarket(5, { leftOut: "the Other leg" }),
    knownMarket(6, { seenAtMs: Date.UTC(2026, 10, 22) - 1 }),
  ];
  assert.deepEqual(conditionsOf(markets), [[condition(3), condition(6)]]);
});

Deno.test("followUpJobs() leaves out what closed before the wanted time", () => {
  const sinceMs = Date.UTC(2026, 6, 4);
  const markets = [
    knownMarket(1, { status: "closed", closedAtMs: sinceMs - 1 }),
    knownMarket(2, { status: "closed", closedAtMs: sinceMs }),
    knownMarket(3, { status: "closed" }),
    knownMarket(4),
  ];
  assert.deepEqual(conditionsOf(markets, sinceMs), [[2, 3, 4].map(condition)]);
});

Deno.test("followUpJobs() never lets an id of another form into a path", () => {
  const short = `0x${"a".repeat(62)}`;
  const markets = [
    knownMarket(1, { condition: null }),
    knownMarket(2, { condition: "0x12&limit=1" }),
    knownMarket(3, { condition: `0x${"A".repeat(64)}` }),
    knownMarket(4, { condition: `0x${"a".repeat(63)}` }),
    knownMarket(5, { condition: short }),
  ];
  assert.deepEqual(conditionsOf(markets), [[short]]);
});

Deno.test("followUpJobs() waits for the end of today's walk of the open ones", () => {
  const crawls = {
    "polymarket open markets": ["2026-11-21"],
    "polymarket open events": ["2026-11-22"],
  };
  assert.deepEqual([...followUpJobs(knownOf([knownMarket(1)], crawls), planOptions())], []);
});

Deno.test("followUpJobs() says which batch was not answered", () => {
  const [job] = followUpJobs(knownOf([knownMarket(1)], walked), planOptions());
  const walk = job!.run();
  const ask = walk.next().value!;
  const failure = { ask, atMs: 0, status: null, reason: "no answer in 30 s", isPassing: true };
  assert.throws(() => walk.next({ isAnswer: false, failure }), {
    name: "Error",
    message: "Cannot tell what became of 1 polymarket markets as the page must be answered: got " +
      `no answer in 30 s (from ${condition(1)} on)`,
  });
});
