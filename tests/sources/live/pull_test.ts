import assert from "node:assert/strict";
import { pull } from "lib/sources/live/pull.ts";
import type { Phase, PlanOptions } from "lib/sources/live/venue.ts";
import {
  answered,
  asking,
  failed,
  job,
  NOON_MS,
  phase,
  pullOptions,
  venue,
  withStore,
} from "./pull_fixture.ts";

const MINUTE = 60_000;
const MIDNIGHT_MS = Date.UTC(2026, 10, 22);

/** A phase without jobs that keeps the frame it is planned in. */
function watching(frames: PlanOptions[]): Phase {
  return { name: "watch", isCatalogue: true, plan: (_, options) => (frames.push(options), []) };
}

Deno.test("pull() wants the days that have ended, with a margin, and none after --until", () =>
  withStore(async (store) => {
    const frames: PlanOptions[] = [];
    const venues = [venue([watching(frames)])];
    const until = async (nowMs: number, untilMs: number | null = null, skewMs = 0) => {
      const options = { venues, untilMs, nowMs: () => nowMs, skews: { clob: skewMs } };
      return (await pull(pullOptions(store, options))).untilMs - MIDNIGHT_MS;
    };
    assert.equal(await until(MIDNIGHT_MS + 90 * MINUTE), 0);
    assert.equal(await until(MIDNIGHT_MS + 90 * MINUTE - 1), -1440 * MINUTE);
    assert.equal(await until(NOON_MS, MIDNIGHT_MS - 2880 * MINUTE), -2880 * MINUTE);
    assert.equal(await until(NOON_MS, MIDNIGHT_MS + 2880 * MINUTE), 0, "not before it has ended");
    assert.equal(await until(NOON_MS, null, -720 * MINUTE), -1440 * MINUTE, "our clock is ahead");
    assert.equal(frames[0]!.edition, "2026-11-22");
    assert.equal(frames.at(-1)!.nowMs, MIDNIGHT_MS);
  }));

Deno.test("pull() asks for histories after all catalogues and the estimate; a plan ends there", () =>
  withStore(async (store) => {
    const asked: string[] = [];
    const phases = (name: string) => [
      phase("list", [job(`list ${name}`, [asking(`/list/${name}`)])], true),
      phase("prices", [job(`prices ${name}`, [asking(`/prices/${name}`)])]),
    ];
    const options = pullOptions(store, {
      venues: [venue(phases("p")), venue(phases("k"), "kalshi")],
      ask: (ask) => {
        if (ask.kind !== "clock") asked.push(ask.path);
        return Promise.resolve(answered(ask));
      },
      say: (text) => void asked.push(text.split(",")[0]!),
    });
    const planned = await pull({ ...options, isPlanOnly: true });
    assert.equal(planned.asked, 2);
    assert.deepEqual(asked.filter((text) => text.startsWith("/prices")), []);
    const { asked: nAsked, fromStore, failed, stops } = await pull(options);
    assert.deepEqual({ nAsked, fromStore, failed, stops }, {
      nAsked: 2,
      fromStore: 2,
      failed: 0,
      stops: [],
    });
    assert.ok(asked.indexOf("To ask") < asked.indexOf("/prices/p"));
    assert.equal((await pull(options)).asked, 0);
  }));

Deno.test("pull() goes on with the other venues where one stops", () =>
  withStore(async (store) => {
    const many = Array.from({ length: 25 }, (_, n) => job(`job ${n}`, [asking(`/bad/${n}`)]));
    const result = await pull(pullOptions(store, {
      venues: [
        venue([phase("list", [], true), phase("prices", many)]),
        venue([phase("prices", [job("good", [asking("/good")])])], "kalshi"),
      ],
      ask: (ask) => Promise.resolve(ask.path.startsWith("/bad") ? failed(ask) : answered(ask)),
    }));
    assert.deepEqual(result.stops.map(({ isFault }) => isFault), [true]);
    assert.notEqual(store.find(asking("/good")), undefined);
  }));

Deno.test("pull() throws a fault of ours once no venue is at work", () =>
  withStore(async (store) => {
    let isDone = false;
    const broken: Phase = {
      name: "prices",
      isCatalogue: true,
      plan: () => {
        throw new RangeError("Cannot plan");
      },
    };
    const slow = phase("list", [job("slow", [asking("/slow")])], true);
    const pulled = pull(pullOptions(store, {
      venues: [venue([broken]), venue([slow], "kalshi")],
      ask: async (ask) => {
        await new Promise((resolve) => setTimeout(resolve, 20));
        isDone ||= ask.path === "/slow";
        return answered(ask);
      },
    }));
    await assert.rejects(pulled, new RangeError("Cannot plan"));
    assert.ok(isDone);
  }));

Deno.test("pull() refuses a first day that has not ended", () =>
  withStore(async (store) => {
    await assert.rejects(
      pull(pullOptions(store, { sinceMs: Date.UTC(2026, 11, 1) })),
      new RangeError(
        "Cannot pull as --since must be a day that has ended: got 2026-12-01, the last one that has is " +
          "2026-11-21",
      ),
    );
  }));
