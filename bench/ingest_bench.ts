/**
 * How fast answers are asked for, read and stored, against a stub in a process of its own.
 *
 * With a limit, the baseline is the time that the limit asks for, so that its ratio to ours is the
 * share of the configured rate that is reached; without one, it is the bare requests, as many at a
 * time, whose answers are thrown away.
 */
import type { Ask } from "lib/fetch/ask.ts";
import { systemClock } from "lib/fetch/clock.ts";
import { readCredentials } from "lib/fetch/credentials.ts";
import { hostLimits } from "lib/fetch/host_limits.ts";
import { type Host, type Hosts, parseHosts } from "lib/fetch/hosts.ts";
import { httpAsker } from "lib/fetch/http_asker.ts";
import { makeBuckets } from "lib/fetch/token_bucket.ts";
import { parseIngestSettings } from "lib/core/ingest_settings.ts";
import { dayStartMs, parseDay } from "lib/core/day.ts";
import { knownOf } from "lib/sources/live/known.ts";
import { runJobs } from "lib/sources/live/run_jobs.ts";
import { storedAsker } from "lib/sources/live/stored_asker.ts";
import type { Job } from "lib/sources/live/venue.ts";
import { makePolymarket } from "lib/sources/polymarket/polymarket.ts";
import { openResponseStore, type ResponseStore } from "lib/store/response_store.ts";
import { readYaml } from "lib/store/yaml.ts";

const N_CONTRACTS = 2400;
const DAY = "2026-03-01";
/** Long against what a pull may send at once after a rest. */
const SECONDS = 4;

const folder = await Deno.makeTempDir();
const settings = parseIngestSettings(await readYaml("config/ingest.yaml"));
const venue = makePolymarket(settings);
const atOnce = settings.pull.at_once.value;
const stub = startStub();
const hosts = await stub.hosts;
const jobs = await priceJobs();
globalThis.addEventListener("unload", () => {
  stub.stop();
  Deno.removeSync(folder, { recursive: true });
});

/** A stub of all venues, with limits far above what anybody reaches. */
function startStub(): { readonly hosts: Promise<Hosts>; readonly stop: () => void } {
  const file = `${folder}/hosts.yaml`;
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "tests/stubs/serve.ts", "--hosts", file]
      .concat("--markets", `${N_CONTRACTS}`, "--now", `${DAY}T02:00:00Z`, "--rates", "10000"),
    stdout: "piped",
  }).spawn();
  child.unref();
  const ready = async () => {
    const reader = child.stdout.getReader();
    await reader.read();
    await reader.cancel();
    return parseHosts(await readYaml(file));
  };
  return { hosts: ready(), stop: () => child.kill("SIGKILL") };
}

/** Runs jobs as a pull does: asks, reads what comes, and stores both. */
async function runStored(
  jobs: Iterable<Job>,
  { store, hosts }: { readonly store: ResponseStore; readonly hosts: Hosts },
): Promise<void> {
  const http = httpAsker({
    hosts,
    buckets: makeBuckets(hostLimits(hosts, [])),
    credentials: readCredentials(() => undefined),
    clock: systemClock(),
    random: Math.random,
  });
  const ask = storedAsker(venue, {
    store,
    ask: http.ask,
    count: { asked: 0, fromStore: 0, most: Infinity },
    giveUpAfter: 1,
    clockShiftMs: 0,
    asked: () => {},
  });
  const { failed } = await runJobs(jobs, { ask, atOnce, ended: () => {} });
  if (failed > 0) throw new Error(`Cannot bench as all must be answered: got ${failed} failures`);
}

/** A price job for each contract of the stub: one request each, as they live at most 12 days. */
async function priceJobs(): Promise<Job[]> {
  const store = openResponseStore(`${folder}/catalogue.sqlite`);
  const untilMs = dayStartMs(parseDay(DAY));
  const plan = { nowMs: untilMs + 7_200_000, edition: DAY, sinceMs: null, untilMs, settings };
  const planned = (name: string) =>
    venue.phases.find((phase) => phase.name === name)!.plan(knownOf(store, "polymarket"), plan);
  await runStored(planned("catalogue"), { store, hosts });
  const jobs = [...planned("prices")];
  store.close();
  return jobs;
}

/** The first asks of jobs as addresses. */
function addresses(jobs: readonly Job[]): string[] {
  return jobs.map((job) => {
    const { host, path } = job.run().next().value as Ask;
    return `${hosts[host]!.url}${path}`;
  });
}

async function throwAway(urls: readonly string[]): Promise<void> {
  const queue = urls.values();
  await Promise.all(Array.from({ length: atOnce }, async () => {
    for (const url of queue) await (await fetch(url)).arrayBuffer();
  }));
}

/**
 * The hosts with a limit of prices, twice that of the whole host and the room after a rest that the
 * configuration gives.
 */
function limitedTo(perSecond: number): Hosts {
  const paths = hosts.data!.paths.map((path) => ({ ...path, requests: perSecond, perSeconds: 1 }));
  const data: Host = { ...hosts.data!, requests: 2 * perSecond, perSeconds: 1, paths, burst: 10 };
  return { ...hosts, data };
}

function benchStored(
  bench: { name: string; group: string },
  jobs: readonly Job[],
  hosts: Hosts,
): void {
  Deno.bench({ ...bench, n: 3, warmup: 1 }, async (b) => {
    const store = openResponseStore(`${await Deno.makeTempDir({ dir: folder })}/bench.sqlite`);
    b.start();
    await runStored(jobs, { store, hosts });
    b.end();
    store.close();
  });
}

for (const perSecond of [100, 300, 600]) {
  const n = perSecond * SECONDS, group = `${n} prices at ${perSecond} a second`;
  Deno.bench(
    { name: `${group}, the limit`, group, baseline: true, n: 1, warmup: 0 },
    async () => await new Promise<void>((resolve) => setTimeout(resolve, 1000 * SECONDS)),
  );
  benchStored({ name: `${group}, runJobs()`, group }, jobs.slice(0, n), limitedTo(perSecond));
}

for (const n of [600, 1200, 2400]) {
  const group = `${n} prices without a limit`, some = jobs.slice(0, n), urls = addresses(some);
  Deno.bench(
    { name: `${group}, fetch()`, group, baseline: true, n: 3, warmup: 1 },
    async () => await throwAway(urls),
  );
  benchStored({ name: `${group}, runJobs()`, group }, some, hosts);
}
