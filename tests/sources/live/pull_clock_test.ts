import assert from "node:assert/strict";
import { clockShift, recordClock } from "lib/sources/live/pull_clock.ts";
import type { Venue } from "lib/sources/live/venue.ts";
import { NOON_MS, pullOptions, venue, withStore } from "./pull_fixture.ts";

const HOUR = 3_600_000;

Deno.test("clockShift() is the middle difference of the venues' hosts, the lower of two, told once", () =>
  withStore(async (store) => {
    const shifted = async (skews: Record<string, number>, names: readonly Venue["name"][]) => {
      const said: string[] = [];
      const venues = names.map((name) => venue([], name));
      const say = (text: string) => void said.push(text);
      return [await clockShift(pullOptions(store, { venues, skews, say })), said.join("")];
    };
    const all = ["polymarket", "kalshi", "benchmarks"] as const;
    assert.deepEqual(await shifted({ clob: -HOUR * 3, kalshi: -HOUR * 3, yahoo: 0 }, all), [
      -HOUR * 3,
      "This machine's clock is 3.0 hours ahead of that of the hosts, which is used\n",
    ]);
    assert.deepEqual(await shifted({ clob: 0, kalshi: 50 * HOUR }, all), [0, ""]);
    assert.deepEqual(await shifted({ clob: 60 * HOUR, kalshi: 50 * HOUR }, all), [
      50 * HOUR,
      "This machine's clock is 2.1 days behind that of the hosts, which is used\n",
    ]);
    assert.deepEqual(await shifted({ clob: 119_000 }, ["polymarket"]), [0, ""]);
    assert.deepEqual(await shifted({ clob: 121_000 }, ["polymarket"]), [
      121_000,
      "This machine's clock is 2 minutes behind that of the hosts, which is used\n",
    ]);
    assert.deepEqual(await shifted({ kalshi: HOUR }, ["polymarket"]), [0, ""]);
    assert.deepEqual(await shifted({}, []), [0, ""]);
  }));

Deno.test("clockShift() fails where no connection reached a host, and not where one was refused", () =>
  withStore(async (store) => {
    const reply = (status: number | null) =>
      pullOptions(store, {
        venues: [venue()],
        ask: (ask) =>
          Promise.resolve({
            isAnswer: false,
            failure: { ask, atMs: NOON_MS, status, reason: "no way", isPassing: true },
          }),
      });
    await assert.rejects(clockShift(reply(null)), {
      message: "Cannot pull as a host must be reachable: got none\n  clob: no way\n" +
        "  What to do: look after the network, or the addresses of --hosts; what was pulled before stays.",
    });
    assert.equal(await clockShift(reply(503)), 0);
  }));

Deno.test("recordClock() keeps a wrong clock until it is right", () =>
  withStore((store) => {
    recordClock(store, { clockShiftMs: -2 * HOUR, atMs: NOON_MS });
    assert.deepEqual(store.failures().map(({ ask, atMs, reason }) => [ask.host, atMs, reason]), [
      [
        "clock",
        NOON_MS,
        "This machine's clock is 2.0 hours ahead of that of the hosts, which is used",
      ],
    ]);
    recordClock(store, { clockShiftMs: 0, atMs: NOON_MS + 1 });
    assert.deepEqual(store.failures(), []);
  }));
