import { join } from "node:path";
import { type FactorList, parseFactorList } from "../core/factor_list.ts";
import { type IngestSettings, parseIngestSettings } from "../core/ingest_settings.ts";
import { countOf, countText } from "../core/number_text.ts";
import { systemClock } from "../fetch/clock.ts";
import { type Credentials, readCredentials } from "../fetch/credentials.ts";
import { hostLimits, hostsWith } from "../fetch/host_limits.ts";
import { parseHosts } from "../fetch/hosts.ts";
import { httpAsker, type Retry } from "../fetch/http_asker.ts";
import { makeBuckets } from "../fetch/token_bucket.ts";
import { parseProviders } from "../sources/benchmarks/providers.ts";
import { makeStooq } from "../sources/benchmarks/stooq_venue.ts";
import { liveRowsText, writeLiveFolder } from "../sources/live/live_folder.ts";
import { pull, type PullResult } from "../sources/live/pull.ts";
import { readAgain } from "../sources/live/read_again.ts";
import type { Venue } from "../sources/live/venue.ts";
import { allVenues, readByVenue, readersHash } from "../sources/venues.ts";
import { removeTemporaryFiles } from "../store/atomic.ts";
import { inProject } from "../store/project_root.ts";
import { openResponseStore, type ResponseStore } from "../store/response_store.ts";
import { readYaml } from "../store/yaml.ts";
import { type IngestOptions, parseIngestOptions } from "./ingest_options.ts";
import { say } from "./say.ts";
import { storeStooqFiles } from "./stooq_files.ts";

/** Answers of the venues, each once, below the folder of the run. */
const STORE_FILE = "raw/responses.sqlite";

/**
 * Pulls what is new from the venues and writes `raw/live`:
 * `ingest [--venue …] [--since DAY] [--until DAY] [--share S] [--max-requests N] [--plan] [--replay] …`.
 */
export async function ingest(args: string[]): Promise<void> {
  const options = parseIngestOptions(args);
  const settings = parseIngestSettings(await readYaml(inProject("config/ingest.yaml")));
  const factorList = parseFactorList(await readYaml(inProject("config/factors.yaml")));
  const credentials = readCredentials((name) => Deno.env.get(name));
  const providers = parseProviders(await readYaml(inProject("config/providers.yaml")));
  const hasFredKey = credentials.names.includes("fred");
  const venues = allVenues({ settings, providers, factorList, hasFredKey });
  const stooq = makeStooq(providers, factorList);
  const store = openResponseStore(join(options.out, STORE_FILE));
  try {
    // only who holds the store: another pull may be writing its folder
    await removeTemporaryFiles(join(options.out, "raw"));
    await readStored(store, { options, venues, stooq });
    if (options.isReplay) requireAnswers(store, options);
    const asked = options.isReplay
      ? null
      : await askVenues(store, { options, settings, credentials, venues });
    if (asked?.isInterrupted) {
      say("Run the same command again: it goes on from here\n");
      Deno.exitCode = 130;
      return;
    }
    if (!options.isPlanOnly) await writeUniverse(store, { options, factorList });
    if (asked !== null) throwFaults(asked.result);
  } finally {
    store.close();
  }
}

/** Reads stored answers again where the readers have changed, and files that a person brought. */
async function readStored(
  store: ResponseStore,
  { options, venues, stooq }: { options: IngestOptions; venues: readonly Venue[]; stooq: Venue },
): Promise<void> {
  const nRead = readAgain(store, {
    read: readByVenue([...venues, stooq]),
    readers: await readersHash(),
    isAsked: options.isReplay,
  });
  if (nRead > 0) say(`Read ${countOf(nRead, "stored answer")} again\n`);
  if (options.stooq === null) return;
  const nNew = await storeStooqFiles(store, { folder: options.stooq, stooq, nowMs: Date.now() });
  say(`Stooq: ${countOf(nNew, "new file")}\n`);
}

function requireAnswers(store: ResponseStore, { out }: IngestOptions): void {
  if (store.count().answers > 0) return;
  throw new Error(
    `Cannot replay as a pull must have stored answers: got none in ${join(out, STORE_FILE)}`,
  );
}

async function askVenues(
  store: ResponseStore,
  { options, settings, credentials, venues }: {
    options: IngestOptions;
    settings: IngestSettings;
    credentials: Credentials;
    venues: readonly Venue[];
  },
): Promise<{ readonly result: PullResult; readonly isInterrupted: boolean }> {
  const hosts = hostsWith(
    parseHosts(await readYaml(options.hostsFile ?? inProject("config/hosts.yaml"))),
    credentials.names,
  );
  const clock = systemClock();
  const { signal, end } = interruptible();
  const result = await pull({
    ...options,
    venues: venues.filter(({ name }) => options.venues.includes(name)),
    store,
    hosts,
    http: httpAsker({
      hosts,
      buckets: makeBuckets(hostLimits(hosts, credentials.names)),
      credentials,
      clock,
      random: Math.random,
      signal,
      onRetry: firstRetryTeller(),
    }),
    settings,
    nowMs: clock.nowMs,
    say,
    isTerminal: Deno.stdout.isTerminal() && Deno.consoleSize().columns >= 80,
  }).finally(end);
  say(pulledText(result, store));
  return { result, isInterrupted: signal.aborted };
}

async function writeUniverse(
  store: ResponseStore,
  { options, factorList }: { options: IngestOptions; factorList: FactorList },
): Promise<void> {
  const folder = join(options.out, "raw", "live");
  const rows = await writeLiveFolder(folder, { store, factorList });
  say(`Universe: ${folder}\n  ${liveRowsText(rows)}\n`);
  say(
    rows["markets.parquet"] === 0
      ? "No contract has come yet, so that the notebooks have nothing to work on\n"
      : `Next:     deno task start --source live${outOption(options.out)}\n`,
  );
}

/** Fails for what a person must look at. */
function throwFaults({ stops }: PullResult): void {
  const faults = stops.filter(({ isFault }) => isFault);
  if (faults.length === 0) return;
  throw new Error(
    `${faults.map(({ message }) => message).join("\n")}\n` +
      "  What to do: what came is stored; run the same command again later, it goes on from here.",
  );
}

/**
 * A signal that the first Ctrl-C gives; a later one ends the program, as the store takes an end at any
 * moment. `deno task` hands on the interrupt that a terminal has sent already: two at once are one.
 */
function interruptible(): { readonly signal: AbortSignal; readonly end: () => void } {
  const controller = new AbortController();
  let firstMs = Infinity;
  const interrupt = () => {
    if (performance.now() > firstMs + 1000) Deno.exit(130);
    firstMs = Math.min(firstMs, performance.now());
    controller.abort();
  };
  Deno.addSignalListener("SIGINT", interrupt);
  const end = () => {
    if (!controller.signal.aborted) Deno.removeSignalListener("SIGINT", interrupt);
  };
  return { signal: controller.signal, end };
}

/** Tells of each host that does not answer at the start, so that nobody waits in silence. */
function firstRetryTeller(): (retry: Retry) => void {
  const told = new Set<string>();
  return ({ ask, reason }) => {
    if (ask.kind !== "clock" || told.has(ask.host)) return;
    told.add(ask.host);
    say(`${ask.host} is asked again: ${reason}\n`);
  };
}

function outOption(out: string): string {
  if (out === inProject("data")) return "";
  return ` --out ${/^[\w./-]+$/.test(out) ? out : `'${out.replaceAll("'", `'\\''`)}'`}`;
}

/** `Asked 5,310 times (2 jobs failed …); 41,207 answers in 88 MB`. */
function pulledText({ asked, fromStore, failed, stops }: PullResult, store: ResponseStore) {
  const { answers, storedBytes } = store.count();
  const parts = [
    `Asked ${countOf(asked, "time")}`,
    ...fromStore > 0 ? [`${countText(fromStore)} answers were here already`] : [],
    ...failed > 0
      ? [`${countOf(failed, "job")} failed, which the next pull tries again (rejected.parquet)`]
      : [],
    `${countText(answers)} answers stored in ${(storedBytes / 1e6).toFixed(1)} MB`,
  ];
  const notes = stops.filter(({ isFault }) => !isFault).map(({ message }) => `${message}\n`);
  return `${parts.join("; ")}\n${[...new Set(notes)].join("")}`;
}
