import assert from "node:assert/strict";
import { join } from "node:path";
import { parseIngestSettings } from "lib/core/ingest_settings.ts";
import type { Ask, Reply } from "lib/fetch/ask.ts";
import { parseHosts } from "lib/fetch/hosts.ts";
import { pull, type PullOptions } from "lib/sources/live/pull.ts";
import type { Job, Phase, Venue } from "lib/sources/live/venue.ts";
import { inProject } from "lib/store/project_root.ts";
import { openResponseStore } from "lib/store/response_store.ts";
import { readYaml } from "lib/store/yaml.ts";

const NOW_MS = Date.parse("2026-03-01T02:00:00Z");

Deno.test("pull() that reaches no host says so before it asks for anything", async () => {
  const asked: string[] = [];
  await assert.rejects(
    tryPull((ask) => {
      asked.push(ask.path);
      return failure(ask, null, "the connection failed: no such host (6 tries)");
    }),
    {
      message: "Cannot pull as a host must be reachable: got none\n" +
        "  kalshi: the connection failed: no such host (6 tries)\n" +
        "  What to do: look after the network, or the addresses of --hosts; what was pulled before stays.",
    },
  );
  assert.deepEqual(asked, ["/historical/cutoff"]);
});

Deno.test("pull() refuses to begin on a day that has not ended", async () => {
  await assert.rejects(tryPull(answer, { sinceMs: Date.parse("2026-03-02T00:00:00Z") }), {
    name: "RangeError",
    message: "Cannot pull as --since must be a day that has ended: got 2026-03-02, " +
      "the last one that has is 2026-02-28",
  });
  const { stops } = await tryPull(answer, { sinceMs: Date.parse("2026-03-01T00:00:00Z") });
  assert.deepEqual(stops, []);
});

Deno.test("pull() leaves a host that no connection reaches after three asks", async () => {
  const asked: string[] = [];
  const { stops, said } = await tryPull((ask) => {
    if (ask.kind === "clock") return failure(ask, 503, "the host is down");
    asked.push(ask.path);
    return failure(ask, null, "the connection failed");
  });
  // those that were under way beside them
  assert.deepEqual(asked, ["/list/0", "/list/1", "/list/2", "/list/3"]);
  assert.deepEqual(stops, [{
    message: 'Cannot go on with kalshi as host "kalshi" must answer: got 3 failures in a row, ' +
      "the last for GET kalshi /list/2: the connection failed",
    isFault: true,
  }]);
  assert.match(said, /^What kalshi will take is not known, as the catalogue is not whole$/m);
});

Deno.test("pull() goes on past a catalogue that cannot be read, and names it a fault", async () => {
  const asked: string[] = [];
  const { stops } = await tryPull((ask) => {
    asked.push(ask.path);
    return ask.path.startsWith("/list") ? failure(ask, 503, "the host is down") : answer(ask);
  });
  assert.deepEqual(asked.slice(-1), ["/history/0"]);
  assert.deepEqual(stops, [{
    message: "Cannot tell what kalshi has as its catalogue must be readable: " +
      "got 4 failed jobs of 4, the last: the host is down",
    isFault: true,
  }]);
});

Deno.test("pull() that a person interrupts ends without a fault and without failed jobs", async () => {
  const { stops, failed, said } = await tryPull((ask) =>
    ask.path === "/list/1" ? failure(ask, null, "stopped") : answer(ask)
  );
  assert.deepEqual(stops, [{ message: "Stopped as it was interrupted", isFault: false }]);
  assert.equal(failed, 0);
  assert.match(said, /^kalshi catalogue: 4 requests in \d+ s\n$/);
});

async function tryPull(reply: (ask: Ask) => Reply, options: Partial<PullOptions> = {}) {
  const folder = await Deno.makeTempDir();
  const store = openResponseStore(join(folder, "responses.sqlite"));
  let said = "";
  try {
    const result = await pull({
      venues: [VENUE],
      store,
      hosts: parseHosts(await readYaml(inProject("config/hosts.yaml"))),
      http: { ask: (ask) => Promise.resolve(reply(ask)), stats: () => ({}) },
      settings: parseIngestSettings(await readYaml(inProject("config/ingest.yaml"))),
      sinceMs: null,
      untilMs: null,
      share: 1,
      maxRequests: Infinity,
      isPlanOnly: false,
      nowMs: () => NOW_MS,
      say: (text) => {
        said += text;
      },
      isTerminal: false,
      ...options,
    });
    return { ...result, said };
  } finally {
    store.close();
    await Deno.remove(folder, { recursive: true });
  }
}

const VENUE: Venue = {
  name: "kalshi",
  hosts: ["kalshi"],
  phases: [phase("catalogue", 4), phase("prices", 1)],
  read: () => ({ facts: [], oddities: [] }),
};

function phase(name: "catalogue" | "prices", nJobs: number): Phase {
  const path = name === "catalogue" ? "/list" : "/history";
  return {
    name,
    isCatalogue: name === "catalogue",
    plan: () => Array.from({ length: nJobs }, (_, job) => jobOf(`${path}/${job}`)),
  };
}

function jobOf(path: string): Job {
  return {
    name: path,
    nAsks: 1,
    *run() {
      const reply = yield {
        host: "kalshi",
        path,
        body: null,
        format: "json",
        kind: "test",
        subject: "",
        edition: "",
      };
      if (!reply.isAnswer) throw new Error(reply.failure.reason);
    },
  };
}

function answer(ask: Ask): Reply {
  return { isAnswer: true, answer: { ask, atMs: NOW_MS, status: 200, text: "{}", value: {} } };
}

function failure(ask: Ask, status: number | null, reason: string): Reply {
  return { isAnswer: false, failure: { ask, atMs: NOW_MS, status, reason, isPassing: true } };
}
