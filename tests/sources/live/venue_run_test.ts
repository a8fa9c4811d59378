import assert from "node:assert/strict";
import type { Asker } from "lib/fetch/ask.ts";
import type { PullOptions } from "lib/sources/live/pull.ts";
import {
  type PhaseProgress,
  type ProgressTeller,
  progressTeller,
} from "lib/sources/live/pull_progress.ts";
import type { Phase } from "lib/sources/live/venue.ts";
import { type VenueRun, venueRun } from "lib/sources/live/venue_run.ts";
import type { ResponseStore } from "lib/store/response_store.ts";
import {
  answered,
  asking,
  failed,
  hosts,
  job,
  NOON_MS,
  phase,
  pullOptions,
  settings,
  venue,
  withStore,
} from "./pull_fixture.ts";

function runOf(
  store: ResponseStore,
  phases: readonly Phase[],
  over: Partial<PullOptions> & { readonly ask?: Asker; readonly teller?: ProgressTeller } = {},
): VenueRun {
  const options = pullOptions(store, over);
  return venueRun(venue(phases), {
    options,
    plan: { nowMs: NOON_MS, edition: "2026-11-22", sinceMs: null, untilMs: NOON_MS, settings },
    count: { asked: 0, fromStore: 0, most: options.maxRequests },
    clockShiftMs: 1000,
    teller: over.teller ?? progressTeller(options),
  });
}

function failingOn(bad: string): Asker {
  return (ask) => Promise.resolve(ask.path === bad ? failed(ask) : answered(ask));
}

Deno.test("venueRun() runs the wanted phases in order, each planned when the one before it is done", () =>
  withStore(async (store) => {
    const seen: (readonly [string, number])[] = [];
    const noting = (name: string, isCatalogue: boolean): Phase => ({
      name,
      isCatalogue,
      *plan() {
        seen.push([name, store.count().answers]);
        yield job(name, [asking(`/${name}`)]);
      },
    });
    const run = runOf(store, [noting("list", true), noting("prices", false), noting("more", true)]);
    await run.through(({ isCatalogue }) => isCatalogue);
    assert.deepEqual(seen, [["list", 0], ["more", 1]]);
    assert.deepEqual(run.tally, { failed: 0, isStopped: false, stops: [] });
  }));

Deno.test("venueRun() keeps a failed job among the failures until it ends well", () =>
  withStore(async (store) => {
    const phases = [phase("prices", [job("a", [asking("/a")]), job("b", [asking("/b")])])];
    const first = runOf(store, phases, { ask: failingOn("/b") });
    await first.through(() => true);
    assert.equal(first.tally.failed, 1);
    assert.deepEqual(store.failures().map(({ ask, atMs, reason }) => [ask.path, atMs, reason]), [
      ["b", NOON_MS + 1000, "Cannot go on: got status 500"],
    ]);
    await runOf(store, phases).through(() => true);
    assert.deepEqual(store.failures(), []);
  }));

Deno.test("venueRun() asks nothing more once it has stopped", () =>
  withStore(async (store) => {
    const phases = [
      phase("prices", [job("a", [asking("/a"), asking("/b")])]),
      phase("trades", [job("c", [asking("/a"), asking("/c")])]),
    ];
    const run = runOf(store, phases, { maxRequests: 1 });
    await run.through(() => true);
    assert.deepEqual(run.tally.stops, [{
      message: "Stopped after 1 requests, as --max-requests asks; the next pull goes on from here",
      isFault: false,
    }]);
    assert.equal(store.count().answers, 1);
    assert.deepEqual(store.failures(), []);
  }));

Deno.test("venueRun() calls a catalogue of which nothing came a fault", () =>
  withStore(async (store) => {
    const run = runOf(store, [phase("list", [job("a", [asking("/a")])], true)], {
      ask: failingOn("/a"),
    });
    await run.through(() => true);
    assert.deepEqual(run.tally.stops.map(({ isFault }) => isFault), [true]);
  }));

Deno.test("venueRun() throws what is no stop: a fault of ours", () =>
  withStore(async (store) => {
    const broken: Phase = {
      name: "prices",
      isCatalogue: false,
      plan: () => {
        throw new RangeError("Cannot plan");
      },
    };
    await assert.rejects(runOf(store, [broken]).through(() => true), new RangeError("Cannot plan"));
  }));

Deno.test("venueRun() estimates what comes after the catalogue", () =>
  withStore((store) => {
    const phases = [
      phase("list", [job("a", [asking("/a")])], true),
      phase("prices", [job("b", [asking("/b"), asking("/c")]), job("d", [asking("/d")])]),
      phase("trades", []),
    ];
    assert.deepEqual(runOf(store, phases).estimates(hosts), [{
      venue: "polymarket",
      phase: "prices",
      host: "gamma",
      nJobs: 2,
      nAsks: 3,
      seconds: 0.3,
    }]);
  }));

Deno.test("venueRun() counts a phase anew once the one before it has found more", () =>
  withStore(async (store) => {
    let nPlans = 0;
    const growing: Phase = {
      name: "prices",
      isCatalogue: false,
      *plan() {
        ++nPlans;
        yield job("a", [asking("/a")]);
        if (store.count().answers > 0) yield job("b", [asking("/b"), asking("/c")]);
      },
    };
    const told: (readonly [string, number, number])[] = [];
    const tell = ({ phase, asked, planned }: PhaseProgress) =>
      void told.push([phase, asked, planned]);
    const run = runOf(store, [phase("find", [job("f", [asking("/f")])]), growing], {
      teller: { tell: () => {}, end: tell },
    });
    assert.deepEqual(run.estimates(hosts).map(({ nAsks }) => nAsks), [1, 1]);
    await run.through(() => true);
    assert.deepEqual(told, [["find", 1, 1], ["prices", 3, 3]]);
    assert.equal(nPlans, 3);
  }));

Deno.test("venueRun() plans a phase again that had nothing to do before the one before it", () =>
  withStore(async (store) => {
    const ended: Phase = {
      name: "prices",
      isCatalogue: false,
      *plan() {
        if (store.count().answers > 0) yield job("a", [asking("/a")]);
      },
    };
    const find = phase("find", [job("f", [asking("/f")])]);
    const run = runOf(store, [find, ended]);
    assert.deepEqual(run.estimates(hosts).map(({ phase }) => phase), ["find"]);
    await run.through(() => true);
    assert.equal(store.count().answers, 2);
  }));
