import assert from "node:assert/strict";
import { outcomeJobs } from "lib/sources/polymarket/outcome_plan.ts";
import type { KnownMarket } from "lib/sources/live/venue.ts";
import { contract, drive, knownOf, options, utc } from "./history_fixture.ts";

function condition(k: number): string {
  return `0x${k.toString(16).padStart(64, "0")}`;
}

function ended(k: number, state: Partial<KnownMarket["state"]> = {}): KnownMarket {
  return contract({
    marketId: `poly:${k}`,
    state: {
      status: "closed",
      closedAtMs: utc("2026-11-21T10:00:00Z"),
      native: { token: String(1000 + k), condition: condition(k) },
      ...state,
    },
  });
}

function jobsOf(markets: readonly KnownMarket[]) {
  return [...outcomeJobs(knownOf(markets), options)];
}

const NONE = { data: [] };

Deno.test("outcomeJobs() asks for 20 conditions at a time", () => {
  const jobs = jobsOf(Array.from({ length: 21 }, (_, k) => ended(k)));
  assert.deepEqual(jobs.map(({ name, nAsks }) => [name, nAsks]), [
    ["outcomes of poly:0 to poly:19", 1],
    ["outcomes of poly:20 to poly:20", 1],
  ]);
  const [first] = drive(jobs[0]!, () => NONE).asks;
  assert.equal(first!.path.split(",").length, 20);
  assert.deepEqual(drive(jobs[1]!, () => NONE), {
    error: null,
    asks: [{
      host: "data",
      path: `/v2/resolutions?condition=${condition(20)}`,
      body: null,
      format: "json",
      kind: "data_resolutions",
      subject: "poly:20",
      edition: "2026-11-22",
    }],
  });
});

Deno.test("outcomeJobs() wants closed and settled contracts without an outcome", () => {
  const outcome = {
    kind: "outcome",
    subject: "poly:1",
    resolvedAtMs: 0,
    payout: 1,
    source: "oracle",
  } as const;
  assert.deepEqual(
    jobsOf([
      contract(),
      ended(1, { status: "open" }),
      ended(2, { status: "listed" }),
      { ...ended(3), outcome },
      contract({ market: { conditionId: "" }, state: { status: "closed", native: {} } }),
    ]),
    [],
  );
  const [job] = jobsOf([ended(4), ended(5, { status: "settled" })]);
  assert.equal(drive(job!, () => NONE).asks[0]!.subject, "poly:4,poly:5");
});

Deno.test("outcomeJobs() looks up one by one what closed over a week ago and has no resolution", () => {
  const closedAtMs = utc("2026-11-15T11:59:59Z");
  const [job] = jobsOf([
    ended(1, { closedAtMs }),
    ended(2, { closedAtMs: utc("2026-11-15T12:00:00Z") }),
    ended(3, { closedAtMs: null }),
    ended(4, { closedAtMs }),
  ]);
  const resolved = {
    data: [{
      condition_id: condition(4),
      status: "resolved",
      payouts: [1_000_000, 0],
      resolved_at: "2026-11-16T00:00:00Z",
    }],
  };
  const { asks, error } = drive(job!, (_, i) => i === 0 ? resolved : {});
  assert.equal(error, null);
  assert.deepEqual(asks.slice(1), [{
    host: "clob",
    path: `/markets/${condition(1)}`,
    body: null,
    format: "json",
    kind: "clob_market",
    subject: `poly:1,1001,${closedAtMs}`,
    edition: "2026-11-22",
  }]);
});

Deno.test("outcomeJobs() asks for the halves of a batch that is refused, down to the one at fault", () => {
  const [job] = jobsOf([ended(1), ended(2), ended(3), ended(4)]);
  const { asks, error } = drive(
    job!,
    (ask) => ask.subject.split(",").includes("poly:3") ? 400 : NONE,
  );
  assert.deepEqual(asks.map(({ subject }) => subject), [
    "poly:1,poly:2,poly:3,poly:4",
    "poly:1,poly:2",
    "poly:3,poly:4",
    "poly:3",
    "poly:4",
  ]);
  assert.match(error!, /got status 400 \(GET data .*0003\)$/);
});

Deno.test("outcomeJobs() says which outcome did not come", () => {
  const [job] = jobsOf([ended(1, { closedAtMs: utc("2026-01-01") })]);
  assert.equal(
    drive(job!, () => 503).error,
    "Error: Cannot ask for the outcomes of poly:1 to poly:1 as an answer must come: got status 503 " +
      `(GET data /v2/resolutions?condition=${condition(1)})`,
  );
  assert.equal(
    drive(job!, (_, i) => i === 0 ? NONE : 500).error,
    "Error: Cannot ask for the outcome of poly:1 as an answer must come: got status 500 " +
      `(GET clob /markets/${condition(1)})`,
  );
});
