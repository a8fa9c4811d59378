import { join } from "node:path";
import type { DataSet } from "lib/core/data_set.ts";
import { type FactorList, parseFactorList } from "lib/core/factor_list.ts";
import { parseIngestSettings } from "lib/core/ingest_settings.ts";
import { readCredentials } from "lib/fetch/credentials.ts";
import { systemClock } from "lib/fetch/clock.ts";
import { hostLimits } from "lib/fetch/host_limits.ts";
import { parseHosts } from "lib/fetch/hosts.ts";
import { httpAsker } from "lib/fetch/http_asker.ts";
import { makeBuckets } from "lib/fetch/token_bucket.ts";
import { parseProviders } from "lib/sources/benchmarks/providers.ts";
import { writeLiveFolder } from "lib/sources/live/live_folder.ts";
import { pull, type PullOptions, type PullResult } from "lib/sources/live/pull.ts";
import { readAgain } from "lib/sources/live/read_again.ts";
import type { Venue } from "lib/sources/live/venue.ts";
import { allVenues, readByVenue, readersHash } from "lib/sources/venues.ts";
import { hashFile } from "lib/store/hash.ts";
import { openResponseStore, type ResponseStore } from "lib/store/response_store.ts";
import { readYaml } from "lib/store/yaml.ts";
import { startStubs, type Stubs } from "../stubs/stub_server.ts";
import { makeWorld, type World } from "../stubs/world.ts";

/** A universe whose venues answer on 127.0.0.1, and the clock of them all. */
export interface StubLine extends AsyncDisposable {
  readonly truth: DataSet;
  readonly world: World;
  readonly stubs: Stubs;
  /** The venues' clock; a test moves it. */
  readonly clock: { nowMs: number };
}

/** Times the rates of the hosts: a clock that stands still fills no bucket. */
const RATES = 100_000;

/** Starts the venues of a universe at an instant; every answer carries their clock's date. */
export async function startLine(truth: DataSet, now: string): Promise<StubLine> {
  const clock = { nowMs: Date.parse(now) };
  const world = makeWorld(truth, { nowMs: () => clock.nowMs });
  const stubs = await startStubs({
    world,
    rates: RATES,
    keepsAsked: true,
    faults: async (_request, next) => {
      const response = await next();
      response.headers.set("date", new Date(clock.nowMs).toUTCString());
      return response;
    },
  });
  return { truth, world, stubs, clock, [Symbol.asyncDispose]: () => stubs[Symbol.asyncDispose]() };
}

/** How a pull went, and what a person was told. */
export interface StubPull extends PullResult {
  readonly said: string;
}

/** What a test may say about a pull; the rest is what `ingest` takes without options. */
export type StubPullOptions =
  & Partial<Pick<PullOptions, "share" | "maxRequests" | "isPlanOnly" | "sinceMs" | "nowMs">>
  & {
    readonly venues?: readonly string[];
    /** Whether to leave `raw/live` as it is. */
    readonly isOnlyStored?: boolean;
  };

/** Pulls from the stubs into a folder as `ingest` does, and writes its `raw/live`. */
export async function pullFromStubs(
  { stubs, clock, world }: StubLine,
  out: string,
  { venues: wanted, isOnlyStored = false, ...asked }: StubPullOptions = {},
): Promise<StubPull> {
  const { settings, factorList, venues } = await parts(world);
  const hosts = parseHosts(stubs.hosts);
  const nowMs = asked.nowMs ?? (() => clock.nowMs);
  const credentials = readCredentials(() => undefined);
  let said = "";
  const store = await openStore(out);
  try {
    const result = await pull({
      sinceMs: null,
      untilMs: null,
      share: 1,
      maxRequests: Infinity,
      isPlanOnly: false,
      ...asked,
      venues: venues.filter(({ name }) => wanted?.includes(name) ?? true),
      store,
      hosts,
      http: httpAsker({
        hosts,
        buckets: makeBuckets(hostLimits(hosts, credentials.names)),
        credentials,
        clock: { nowMs, sleep: systemClock().sleep },
        random: () => 0.5,
      }),
      settings,
      nowMs,
      say: (text) => {
        said += text;
      },
      isTerminal: false,
    });
    if (!isOnlyStored) await fold(store, { out, factorList });
    return { ...result, said };
  } finally {
    store.close();
  }
}

/** Reads every stored answer again and writes `raw/live` from that: there is nobody to ask. */
export async function replay(out: string): Promise<void> {
  const { factorList, venues } = await parts();
  const store = await openStore(out);
  try {
    readAgain(store, { read: readByVenue(venues), readers: await readersHash(), isAsked: true });
    await fold(store, { out, factorList });
  } finally {
    store.close();
  }
}

/** SHA-256 of each file that a pull has written. */
export async function liveHashes(out: string): Promise<Record<string, string>> {
  const folder = liveFolder(out);
  const files = (await Array.fromAsync(Deno.readDir(folder), ({ name }) => name)).sort();
  return Object.fromEntries(
    await Promise.all(files.map(async (file) => [file, await hashFile(join(folder, file))])),
  );
}

/** Where a pull writes what it made of the answers. */
export function liveFolder(out: string): string {
  return join(out, "raw", "live");
}

/** Does some work with a temporary folder, which is removed afterwards. */
export async function inTempDir(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "basketry-ingest-" });
  try {
    await work(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Opens the store of a pull, as a test that looks into it does. */
export async function openStore(out: string): Promise<ResponseStore> {
  await Deno.mkdir(join(out, "raw"), { recursive: true });
  return openResponseStore(join(out, "raw", "responses.sqlite"));
}

async function fold(
  store: ResponseStore,
  { out, factorList }: { readonly out: string; readonly factorList: FactorList },
): Promise<void> {
  await writeLiveFolder(liveFolder(out), { store, factorList });
}

/** What `config/` says; of the benchmarks only those of a world, where there is one. */
async function parts(world?: World) {
  const settings = parseIngestSettings(await readYaml("config/ingest.yaml"));
  const everySeries = parseFactorList(await readYaml("config/factors.yaml"));
  const served = new Set(world?.benchmarks.map(({ symbol }) => symbol));
  const series = everySeries.series.filter(({ symbol }) => !world || served.has(symbol));
  const factorList: FactorList = { ...everySeries, series };
  const providers = parseProviders(await readYaml("config/providers.yaml"));
  const venues: readonly Venue[] = allVenues({
    settings,
    providers,
    factorList,
    hasFredKey: false,
  });
  return { settings, factorList, venues };
}
