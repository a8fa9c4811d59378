import assert from "node:assert/strict";
import type { Known } from "lib/sources/live/venue.ts";
import { catalogueJobs } from "lib/sources/polymarket/catalogue_jobs.ts";
import { knownMarket, knownOf, planOptions } from "./catalogue_fixture.ts";

const common = "keyset?limit=100&order=id&ascending=true";

/** Name, estimate and first path of each job. */
function plan(known: Known, sinceMs: number | null = null) {
  return [...catalogueJobs(known, planOptions(sinceMs))].map(({ name, nAsks, run }) => {
    const first = run().next();
    assert.ok(!first.done);
    assert.equal(first.value.edition, "2026-11-22");
    return [name, nAsks, first.value.path];
  });
}

Deno.test("catalogueJobs() walks all four lists in full where nothing is known", () => {
  assert.deepEqual(plan(knownOf([])), [
    ["list of polymarket open events", 1, `/events/${common}&closed=false`],
    ["list of polymarket open markets", 1, `/markets/${common}&closed=false`],
    ["list of polymarket closed events", 1, `/events/${common}&closed=true`],
    ["list of polymarket closed markets", 1, `/markets/${common}&closed=true`],
  ]);
});

Deno.test("catalogueJobs() asks for closed ones by the scheduled end where there is a since", () => {
  // 2026-07-04 is 180 days after 2026-01-05
  assert.deepEqual(plan(knownOf([]), Date.UTC(2026, 6, 4)).slice(2), [
    [
      "list of polymarket closed events that end from 2026-01-05",
      1,
      `/events/${common}&closed=true&end_date_min=2026-01-05`,
    ],
    [
      "list of polymarket closed markets that end from 2026-01-05",
      1,
      `/markets/${common}&closed=true&end_date_min=2026-01-05`,
    ],
  ]);
});

Deno.test("catalogueJobs() later asks only for closed ones that opened since the last walk", () => {
  const crawls = {
    "polymarket closed markets": ["2026-10-01", "2026-11-20"],
    "polymarket open markets": ["2026-10-01", "2026-11-20", "2026-11-21"],
  };
  assert.equal(
    plan(knownOf([], crawls)).at(-1)?.[2],
    `/markets/${common}&closed=true&start_date_min=2026-11-18`,
  );
  assert.equal(
    plan(knownOf([], crawls), Date.UTC(2026, 6, 4)).at(-1)?.[2],
    `/markets/${common}&closed=true&end_date_min=2026-01-05&start_date_min=2026-11-18`,
  );
});

Deno.test("catalogueJobs() goes back to the last day on which the open ones were walked as well", () => {
  const closed = { "polymarket closed markets": ["2026-11-02", "2026-11-20"] };
  const pathAfter = (open: readonly string[]) =>
    plan(knownOf([], { ...closed, "polymarket open markets": open })).at(-1)?.[2];
  assert.equal(
    pathAfter(["2026-11-02", "2026-11-19"]),
    `/markets/${common}&closed=true&start_date_min=2026-10-31`,
  );
  assert.equal(pathAfter(["2026-11-19"]), `/markets/${common}&closed=true`);
});

Deno.test("catalogueJobs() takes a limited walk for its own limit only", () => {
  const crawls = {
    "polymarket closed markets that end from 2026-01-05": ["2026-11-21"],
    "polymarket open markets": ["2026-11-21"],
  };
  const known = knownOf([], crawls);
  assert.equal(plan(known).at(-1)?.[2], `/markets/${common}&closed=true`);
  assert.equal(
    plan(known, Date.UTC(2026, 6, 4)).at(-1)?.[2],
    `/markets/${common}&closed=true&end_date_min=2026-01-05&start_date_min=2026-11-19`,
  );
  assert.equal(
    plan(known, Date.UTC(2026, 6, 5)).at(-1)?.[2],
    `/markets/${common}&closed=true&end_date_min=2026-01-06`,
  );
});

Deno.test("catalogueJobs() does not walk a list twice on a day", () => {
  const crawls = {
    "polymarket open events": ["2026-11-22"],
    "polymarket open markets": ["2026-11-21"],
    "polymarket closed events": ["2026-11-22"],
    "polymarket closed markets": ["2026-11-22"],
  };
  const names = ["list of polymarket open markets"];
  assert.deepEqual(plan(knownOf([], crawls)).map(([name]) => name), names);
  assert.deepEqual(plan(knownOf([], crawls), Date.UTC(2026, 6, 4)).map(([name]) => name), names);
});

Deno.test("catalogueJobs() estimates pages from what is known, left-out contracts too", () => {
  const markets = [
    ...Array.from({ length: 150 }, (_, k) => knownMarket(k, { leftOut: "the Other leg" })),
    ...Array.from({ length: 100 }, (_, k) => knownMarket(200 + k, { eventId: String(k) })),
    ...Array.from(
      { length: 420 },
      (_, k) => knownMarket(500 + k, { status: "settled", eventId: `c${k}` }),
    ),
  ];
  assert.deepEqual(plan(knownOf(markets)).map(([, nAsks]) => nAsks), [2, 3, 5, 5]);
  const crawls = {
    "polymarket closed markets": ["2026-11-20"],
    "polymarket open markets": ["2026-11-20"],
  };
  assert.equal(plan(knownOf(markets, crawls)).at(-1)?.[1], 1);
});
