import assert from "node:assert/strict";
import { parseHosts } from "lib/fetch/hosts.ts";
import { estimatePhase, estimateText } from "lib/sources/live/estimate.ts";
import type { Job } from "lib/sources/live/venue.ts";

const hosts = parseHosts({
  hosts: {
    data: {
      url: "https://data.test",
      requests: 100,
      per_seconds: 10,
      burst: 1,
      at_once: 1,
      timeout_seconds: 30,
      paths: { "/slow": { requests: 10, per_seconds: 10 } },
      source: "made for this test",
    },
  },
});

Deno.test("estimatePhase() sums the jobs and reckons at the narrowest limit", () => {
  const phase = { venue: "polymarket", phase: "prices", hosts };
  assert.deepEqual(estimatePhase([job("/fast", 30), job("/fast", 20)], phase), {
    venue: "polymarket",
    phase: "prices",
    host: "data",
    nJobs: 2,
    nAsks: 50,
    seconds: 5,
  });
  assert.equal(estimatePhase([job("/slow/x", 50)], phase)!.seconds, 50);
  assert.equal(estimatePhase([], phase), undefined);
  assert.throws(() => estimatePhase([job("/fast", 1)], { ...phase, hosts: {} }), {
    name: "RangeError",
    message:
      'Cannot estimate polymarket prices as its host must be in config/hosts.yaml: got "data"',
  });
});

Deno.test("estimateText() adds phases of a venue and takes the slowest venue", () => {
  const of = (venue: string, phase: string, nAsks: number, seconds: number) => ({
    venue,
    phase,
    host: "data",
    nJobs: 1,
    nAsks,
    seconds,
  });
  assert.equal(
    estimateText([
      of("polymarket", "prices", 1200, 60),
      of("polymarket", "trades", 300, 75),
      of("kalshi", "prices", 500, 100),
    ]),
    "To ask, at the rates of config/hosts.yaml:\n" +
      "  polymarket prices            1,200 requests to data          60 s\n" +
      "  polymarket trades              300 requests to data          75 s\n" +
      "  kalshi prices                  500 requests to data         2 min\n" +
      "  all                          2,000 requests                 2 min\n",
  );
  assert.match(
    estimateText([of("polymarket", "books", 1, 1)]),
    /^ {2}polymarket books {17}1 request {2}to data {11}1 s$/m,
  );
  assert.match(estimateText([]), /^Nothing to ask/);
});

Deno.test("estimateText() of a catalogue that is not whole promises nothing", () => {
  const note = "What kalshi will take is not known, as the catalogue is not whole\n";
  assert.equal(estimateText([], { unread: ["kalshi"] }), note);
  const books = {
    venue: "polymarket",
    phase: "books",
    host: "clob",
    nJobs: 1,
    nAsks: 1,
    seconds: 1,
  };
  assert.ok(estimateText([books], { unread: ["kalshi"] }).endsWith(note));
});

function job(path: string, nAsks: number): Job {
  return {
    name: path,
    nAsks,
    *run() {
      yield {
        host: "data",
        path,
        body: null,
        format: "json",
        kind: "test",
        subject: "",
        edition: "",
      };
    },
  };
}
