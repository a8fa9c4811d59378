import assert from "node:assert/strict";
import { bookJobs } from "lib/sources/polymarket/book_plan.ts";
import { contract, drive, knownOf, options } from "./history_fixture.ts";

function tradeable(k: number) {
  const native = { token: String(1000 + k), isTradeable: "yes" };
  return contract({ marketId: `poly:${k}`, state: { native } });
}

Deno.test("bookJobs() asks for the books of all tradeable contracts, 500 at a time", () => {
  const jobs = [...bookJobs(
    knownOf(Array.from({ length: 501 }, (_, k) => tradeable(k))),
    options,
  )];
  assert.deepEqual(jobs.map(({ name, nAsks }) => [name, nAsks]), [
    ["books of poly:0 to poly:499", 1],
    ["books of poly:500 to poly:500", 1],
  ]);
  const [first] = drive(jobs[0]!, () => []).asks;
  assert.equal(JSON.parse(first!.body!).length, 500);
  assert.equal(first!.subject.split(",").length, 500);
  assert.deepEqual(drive(jobs[1]!, () => []), {
    error: null,
    asks: [{
      host: "clob",
      path: "/books",
      body: '[{"token_id":"1500"}]',
      format: "json",
      kind: "clob_books",
      subject: "poly:500",
      edition: "2026-11-22",
    }],
  });
});

Deno.test("bookJobs() leaves out what cannot be traded, is closed, or has no token", () => {
  const native = { token: "11", isTradeable: "yes" };
  const markets = [
    contract({ state: { native: { token: "11", isTradeable: "no" } } }),
    contract({ state: { native, status: "closed" } }),
    contract({ market: { tokenId: null }, state: { native: { isTradeable: "yes" } } }),
  ];
  assert.deepEqual([...bookJobs(knownOf(markets), options)], []);
});

Deno.test("bookJobs() says which books did not come", () => {
  const [job] = [...bookJobs(knownOf([tradeable(1)]), options)];
  assert.equal(
    drive(job!, () => 500).error,
    "Error: Cannot ask for the books of poly:1 to poly:1 as an answer must come: got status 500 (POST clob /books)",
  );
});
