import assert from "node:assert/strict";
import type { Ask, Asker } from "lib/fetch/ask.ts";
import { PullStopped } from "lib/sources/live/run_jobs.ts";
import { type RequestCount, storedAsker } from "lib/sources/live/stored_asker.ts";
import type { ResponseStore } from "lib/store/response_store.ts";
import { answer, answered, asking, failed, NOON_MS, venue, withStore } from "./pull_fixture.ts";

function asker(store: ResponseStore, ask: Asker, { most = Infinity, clockShiftMs = 0 } = {}) {
  const count: RequestCount = { asked: 0, fromStore: 0, most };
  const asked = () => {};
  const options = { store, ask, count, giveUpAfter: 3, clockShiftMs, asked };
  return { count, ask: storedAsker(venue(), options) };
}

Deno.test("storedAsker() asks the network once, and then what is stored", () =>
  withStore(async (store) => {
    const fact = { kind: "crawl", subject: "list", edition: "2026-11-22", nPages: 1 };
    const { ask, count } = asker(
      store,
      (asked) => Promise.resolve(answered(asked, JSON.stringify([fact]))),
    );
    const first = await ask(asking("/a"));
    assert.deepEqual(await ask(asking("/a")), first);
    await ask(asking("/a", "2026-11-23"));
    assert.deepEqual(count, { asked: 2, fromStore: 1, most: Infinity });
    assert.deepEqual(Array.from(store.facts({}), ({ content }) => JSON.parse(content)), [
      fact,
      fact,
    ]);
  }));

Deno.test("storedAsker() stamps answers by the clock of the hosts", () =>
  withStore(async (store) => {
    const { ask } = asker(store, (asked) => Promise.resolve(answered(asked)), {
      clockShiftMs: -5000,
    });
    await ask(asking("/a"));
    assert.equal(store.find(asking("/a"))?.atMs, NOON_MS - 5000);
  }));

Deno.test("storedAsker() stores no answer that cannot be read, and tells the job", () =>
  withStore(async (store) => {
    const { ask, count } = asker(store, (asked) => Promise.resolve(answered(asked, "{}")));
    const reason = "Cannot read a page as it must be a list: got {}";
    for (let times = 1; times <= 2; ++times) {
      assert.deepEqual(await ask(asking("/a")), {
        isAnswer: false,
        failure: { ask: asking("/a"), atMs: NOON_MS, status: 200, reason, isPassing: false },
      });
    }
    assert.equal(count.asked, 2);
    assert.equal(store.count().answers, 0);
  }));

Deno.test("storedAsker() throws what a reader throws that is no fault of the answer", () =>
  withStore(async (store) => {
    const broken = {
      ...venue(),
      read: () => {
        throw new RangeError("Cannot divide");
      },
    };
    const ask = storedAsker(broken, {
      store,
      ask: (asked) => Promise.resolve(answered(asked)),
      count: { asked: 0, fromStore: 0, most: 9 },
      giveUpAfter: 3,
      clockShiftMs: 0,
      asked: () => {},
    });
    await assert.rejects(ask(asking("/a")), new RangeError("Cannot divide"));
    assert.equal(store.find(asking("/a")), undefined);
  }));

Deno.test("storedAsker() stops at the most requests, but still gives what is stored", () =>
  withStore(async (store) => {
    store.add(answer(asking("/stored")), { facts: [], oddities: [] });
    const { ask } = asker(store, (asked) => Promise.resolve(answered(asked)), { most: 1 });
    await ask(asking("/a"));
    await assert.rejects(ask(asking("/b")), (error) => {
      assert.ok(error instanceof PullStopped && !error.isFault);
      assert.equal(
        error.message,
        "Stopped after 1 requests, as --max-requests asks; the next pull goes on from here",
      );
      return true;
    });
    assert.equal((await ask(asking("/stored"))).isAnswer, true);
  }));

Deno.test("storedAsker() gives a host up after failures in a row that may pass; an answer or a refusal starts anew", () =>
  withStore(async (store) => {
    const network = (asked: Ask) => {
      if (asked.path.startsWith("/good")) return Promise.resolve(answered(asked));
      return Promise.resolve(failed(asked, "status 500", !asked.path.startsWith("/refused")));
    };
    const { ask } = asker(store, network);
    for (const path of ["/1", "/2", "/good", "/3", "/4", "/refused", "/5", "/6"]) {
      await ask(asking(path));
    }
    await ask(asking("/1", "", "clob"));
    await assert.rejects(ask(asking("/7")), (error) => {
      assert.ok(error instanceof PullStopped && error.isFault);
      assert.equal(
        error.message,
        'Cannot go on with polymarket as host "gamma" must answer: got 3 failures in a row, the ' +
          "last for GET gamma /7: status 500",
      );
      return true;
    });
  }));

Deno.test("storedAsker() asks a host that is down no more where its jobs have another", () =>
  withStore(async (store) => {
    const count: RequestCount = { asked: 0, fromStore: 0, most: Infinity };
    const ask = storedAsker(venue(), {
      store,
      ask: (asked) => Promise.resolve(asked.host === "gamma" ? failed(asked) : answered(asked)),
      count,
      giveUpAfter: 2,
      hasFallbacks: true,
      clockShiftMs: 0,
      asked: () => {},
    });
    const reasons: string[] = [];
    for (const path of ["/1", "/2", "/3"]) {
      const reply = await ask(asking(path));
      if (!reply.isAnswer) reasons.push(reply.failure.reason);
      assert.equal((await ask(asking(path, "", "clob"))).isAnswer, true);
    }
    assert.equal(count.asked, 5);
    assert.deepEqual(reasons, [
      "status 500",
      "status 500",
      'host "gamma" must answer: got 2 failures in a row, the last for GET gamma /2: status 500',
    ]);
  }));
