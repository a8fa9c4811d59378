import { join } from "node:path";
import { parseFactorList } from "lib/core/factor_list.ts";
import { parseIngestSettings } from "lib/core/ingest_settings.ts";
import type { DataSet } from "lib/core/data_set.ts";
import type { Clock } from "lib/fetch/clock.ts";
import { readCredentials } from "lib/fetch/credentials.ts";
import { hostLimits } from "lib/fetch/host_limits.ts";
import { type Hosts, parseHosts } from "lib/fetch/hosts.ts";
import { httpAsker } from "lib/fetch/http_asker.ts";
import { makeBuckets } from "lib/fetch/token_bucket.ts";
import { parseProviders } from "lib/sources/benchmarks/providers.ts";
import { writeLiveFolder } from "lib/sources/live/live_folder.ts";
import { pull, type PullResult } from "lib/sources/live/pull.ts";
import { readFolder } from "lib/sources/local/read_folder.ts";
import { allVenues } from "lib/sources/venues.ts";
import { openResponseStore } from "lib/store/response_store.ts";
import { readYaml } from "lib/store/yaml.ts";
import { startStubs, type StubHandler, type StubOptions } from "../stubs/stub_server.ts";
import { type FaultWorld, SYMBOLS } from "./fault_world.ts";
import { liveFolder, liveHashes } from "./pull_from_stubs.ts";

/** Files that do not tell when something was known. */
export const DATA_FILES: readonly string[] = [
  "activity.parquet",
  "benchmarks.parquet",
  "markets.parquet",
  "prices.parquet",
  "resolutions.parquet",
];

/** How a pull among faults is made. */
export interface FaultPullOptions {
  readonly faults?: StubOptions["faults"];
  /** Instead of stubs, by host. */
  readonly handlers?: Readonly<Record<string, StubHandler>>;
  /** Seconds that a host has for a whole answer. */
  readonly timeoutSeconds?: number;
  readonly maxBytes?: number;
  /** Failures of a host in a row after which it is left. */
  readonly giveUpAfter?: number;
  /** Pages that the store may have. */
  readonly maxPages?: number;
  readonly venues?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

/** How it went. */
export interface FaultPull extends PullResult {
  readonly said: string;
  /** Requests that the stubs saw. */
  readonly requests: number;
}

/**
 * One pull and fold, as `ingest` makes them, from stubs that are there for it alone. Waits take no
 * time: a clock that starts with the venues' jumps over them.
 */
export async function faultPull(
  { world, clock, handlers }: FaultWorld,
  out: string,
  options: FaultPullOptions = {},
): Promise<FaultPull> {
  const dated: NonNullable<StubOptions["faults"]> = async (request, next) => {
    const response = await (options.faults?.(request, () => dateNow(next(), clock)) ?? next());
    return response.headers.has("date") ? response : dateNow(Promise.resolve(response), clock);
  };
  await using stubs = await startStubs({
    world,
    rates: 100_000,
    faults: dated,
    handlers: { ...handlers, ...options.handlers },
  });
  const hosts = withTimeout(parseHosts(stubs.hosts), options.timeoutSeconds);
  const settings = parseIngestSettings(await readYaml("config/ingest.yaml"));
  const wholeList = parseFactorList(await readYaml("config/factors.yaml"));
  const series = wholeList.series.filter(({ symbol }) => SYMBOLS.includes(symbol));
  const factorList = { ...wholeList, series };
  const providers = parseProviders(await readYaml("config/providers.yaml"));
  const credentials = readCredentials((name) => options.environment?.[name]);
  const hasFredKey = credentials.names.includes("fred");
  const jumping = jumpingClock(clock.nowMs);
  const store = openResponseStore(join(out, "raw", "responses.sqlite"), {
    ...(options.maxPages !== undefined && { maxPages: options.maxPages }),
  });
  let said = "";
  try {
    const result = await pull({
      sinceMs: null,
      untilMs: null,
      share: 1,
      maxRequests: Infinity,
      isPlanOnly: false,
      venues: allVenues({ settings, providers, factorList, hasFredKey })
        .filter(({ name }) => options.venues?.includes(name) ?? true),
      store,
      hosts,
      http: httpAsker({
        hosts,
        buckets: makeBuckets(hostLimits(hosts, credentials.names)),
        credentials,
        clock: jumping,
        random: () => 0.5,
        ...(options.maxBytes !== undefined && { maxBytes: options.maxBytes }),
      }),
      settings: options.giveUpAfter === undefined ? settings : {
        ...settings,
        pull: {
          ...settings.pull,
          give_up_after: { ...settings.pull.give_up_after, value: options.giveUpAfter },
        },
      },
      nowMs: jumping.nowMs,
      say: (text) => void (said += text),
      isTerminal: false,
    });
    await writeLiveFolder(liveFolder(out), { store, factorList });
    return { ...result, said, requests: stubs.count("/") };
  } finally {
    store.close();
  }
}

/** Pulls with the same options until no job fails; at most `most` times. */
export async function pullUntilWhole(
  world: FaultWorld,
  out: string,
  { most = 5, ...options }: FaultPullOptions & { readonly most?: number },
): Promise<FaultPull & { readonly nPulls: number }> {
  for (let nPulls = 1;; ++nPulls) {
    const result = await faultPull(world, out, options);
    if ((result.failed === 0 && result.stops.length === 0) || nPulls === most) {
      return { ...result, nPulls };
    }
  }
}

/** SHA-256 of the files of a pull that do not tell when something was known. */
export async function dataHashes(out: string): Promise<Record<string, string | undefined>> {
  const all = await liveHashes(out);
  return Object.fromEntries(DATA_FILES.map((file) => [file, all[file]]));
}

/** The folder of a pull as a notebook reads it. */
export async function readLive(out: string): Promise<DataSet> {
  return await readFolder(liveFolder(out));
}

async function dateNow(coming: Promise<Response>, clock: { nowMs: number }): Promise<Response> {
  const response = await coming;
  if (!response.headers.has("date")) {
    response.headers.set("date", new Date(clock.nowMs).toUTCString());
  }
  return response;
}

function withTimeout(hosts: Hosts, timeoutSeconds: number | undefined): Hosts {
  if (timeoutSeconds === undefined) return hosts;
  return Object.fromEntries(
    Object.entries(hosts).map(([name, host]) => [name, { ...host, timeoutSeconds }]),
  );
}

/** A clock that waiting moves at once. */
function jumpingClock(fromMs: number): Clock {
  let atMs = fromMs;
  return {
    nowMs: () => atMs,
    async sleep(ms, signal) {
      if (signal?.aborted || ms <= 0) return;
      const untilMs = atMs + ms;
      await new Promise((resolve) => setTimeout(resolve, 0));
      atMs = Math.max(atMs, untilMs);
    },
  };
}
