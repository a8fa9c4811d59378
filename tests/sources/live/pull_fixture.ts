import { parseIngestSettings } from "lib/core/ingest_settings.ts";
import type { Answer, Ask, Asker, Reply } from "lib/fetch/ask.ts";
import type { Hosts } from "lib/fetch/hosts.ts";
import type { Fact, Reading } from "lib/sources/live/fact.ts";
import type { PullOptions } from "lib/sources/live/pull.ts";
import type { Job, Phase, Venue } from "lib/sources/live/venue.ts";
import { openResponseStore, type ResponseStore } from "lib/store/response_store.ts";
import { readYaml } from "lib/store/yaml.ts";

export const settings = parseIngestSettings(await readYaml("config/ingest.yaml"));

/** Noon of 2026-11-22: the 21st is the last day that has ended. */
export const NOON_MS = Date.UTC(2026, 10, 22, 12);

/** A new store in a folder of its own, for the time of `work`. */
export async function withStore(
  work: (store: ResponseStore, folder: string) => void | Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  const store = openResponseStore(`${folder}/responses.sqlite`);
  try {
    await work(store, folder);
  } finally {
    store.close();
    await Deno.remove(folder, { recursive: true });
  }
}

export function asking(path: string, edition = "", host = "gamma"): Ask {
  return { host, path, body: null, format: "json", kind: "k", subject: "poly:1", edition };
}

export function answer(ask: Ask, text = "[]", atMs = NOON_MS): Answer {
  return { ask, atMs, status: 200, text, value: JSON.parse(text) };
}

export function answered(ask: Ask, text = "[]"): Reply {
  return { isAnswer: true, answer: answer(ask, text) };
}

export function failed(ask: Ask, reason = "status 500", isPassing = true): Reply {
  return { isAnswer: false, failure: { ask, atMs: NOON_MS, status: 500, reason, isPassing } };
}

/** A job of asks in a row, which fails at the first without an answer. */
export function job(name: string, asks: readonly Ask[]): Job {
  return {
    name,
    nAsks: asks.length,
    *run() {
      for (const ask of asks) {
        const reply = yield ask;
        if (!reply.isAnswer) throw new Error(`Cannot go on: got ${reply.failure.reason}`);
      }
    },
  };
}

/** A venue whose answers are lists of facts. */
export function venue(phases: readonly Phase[] = [], name: Venue["name"] = "polymarket"): Venue {
  return { name, hosts: ["gamma"], phases, read };
}

export function read({ value }: Answer): Reading {
  if (!Array.isArray(value)) throw new TypeError("Cannot read a page as it must be a list: got {}");
  return { facts: value as Fact[], oddities: [] };
}

export function phase(name: string, jobs: readonly Job[], isCatalogue = false): Phase {
  return { name, isCatalogue, plan: () => jobs };
}

const host = {
  url: "http://127.0.0.1",
  requests: 10,
  perSeconds: 1,
  burst: 1,
  atOnce: 1,
  timeoutSeconds: 1,
  paths: [],
  credentials: null,
  withCredentials: null,
  userAgent: null,
  source: "made up",
};

export const hosts: Hosts = { gamma: { name: "gamma", ...host }, clob: { name: "clob", ...host } };

/** Options of a pull that asks `ask`; the clocks of hosts are told by `skews`. */
export function pullOptions(
  store: ResponseStore,
  over: Partial<PullOptions> & {
    readonly ask?: Asker;
    readonly skews?: Readonly<Record<string, number>>;
  } = {},
): PullOptions {
  const { ask = (asked) => Promise.resolve(answered(asked)), skews = {}, ...rest } = over;
  const seen = Object.entries(skews).map(([name, skewMs]) =>
    [name, { requests: 1, retries: 0, bytes: 0, skewMs }] as const
  );
  return {
    venues: [],
    store,
    hosts,
    http: { ask, stats: () => Object.fromEntries(seen) },
    settings,
    sinceMs: null,
    untilMs: null,
    share: 1,
    maxRequests: Infinity,
    isPlanOnly: false,
    nowMs: () => NOON_MS,
    say: () => {},
    isTerminal: false,
    ...rest,
  };
}
