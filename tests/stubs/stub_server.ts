import { readYaml } from "lib/store/yaml.ts";
import { benchmarksStub } from "./benchmarks_stub.ts";
import { kalshiStub } from "./kalshi_stub.ts";
import type { StubLimits } from "./polymarket_limits.ts";
import { polymarketStub } from "./polymarket_stub.ts";
import type { World } from "./world.ts";

/** Answers a request whose path begins with the host's name: `/gamma/markets/keyset`. */
export type StubHandler = (request: Request) => Response | Promise<Response>;

/** All venues on 127.0.0.1. */
export interface Stubs extends AsyncDisposable {
  /** `http://127.0.0.1:39017`, without a slash at its end. */
  readonly url: string;
  /** Content of a `hosts.yaml` that leads here, before it is parsed. */
  readonly hosts: unknown;
  /**
   * Requests so far by path, names in it written `*`: `/clob/markets/*`. A request counts also where
   * a fault ate its answer.
   */
  readonly counts: ReadonlyMap<string, number>;
  /** Requests so far of paths that begin so. */
  count(prefix: string): number;
  /** Paths and queries so far in order, where they are kept. */
  readonly asked: readonly string[];
}

/** What to serve and how. */
export interface StubOptions {
  readonly world: World;
  /** Stands between a request and its answer. */
  readonly faults?: (request: Request, next: () => Promise<Response>) => Promise<Response>;
  /** Without them the stubs answer as fast as they can. */
  readonly limits?: StubLimits;
  /** Instead of, or beside, the stubs of this folder, by host: `kalshi`. */
  readonly handlers?: Readonly<Record<string, StubHandler>>;
  /** Times the rates of `config/hosts.yaml`, 1,000 unless told, so that tests need not wait. */
  readonly rates?: number;
  /** Whether `asked` is kept. */
  readonly keepsAsked?: boolean;
  /** 0 takes a free one. */
  readonly port?: number;
}

const ADDRESSES: Readonly<Record<string, string>> = {
  gamma: "/gamma",
  clob: "/clob",
  data: "/data",
  kalshi: "/kalshi",
  yahoo: "/yahoo",
  fred: "/fred",
  fred_api: "/fred_api",
};

/** Starts the stubs of all venues on one port of this machine. */
export async function startStubs(
  {
    world,
    faults,
    limits,
    handlers = {},
    rates = 1000,
    keepsAsked = false,
    port = 0,
  }: StubOptions,
): Promise<Stubs> {
  const polymarket = polymarketStub(world, limits === undefined ? {} : { limits });
  const benchmarks = benchmarksStub(world);
  const hosts: Readonly<Record<string, StubHandler>> = {
    gamma: polymarket,
    clob: polymarket,
    data: polymarket,
    kalshi: kalshiStub(world, limits === undefined ? {} : { limits }),
    yahoo: benchmarks,
    fred: benchmarks,
    fred_api: benchmarks,
    ...handlers,
  };
  const counts = new Map<string, number>(), asked: string[] = [];
  const config = await readYaml("config/hosts.yaml") as { readonly hosts: HostRecords };
  const stopping = new AbortController();
  const server = Deno.serve(
    { hostname: "127.0.0.1", port, signal: stopping.signal, onListen() {} },
    async (request) => {
      const path = request.url.slice(request.url.indexOf("/", 8));
      const name = countedPath(path);
      counts.set(name, (counts.get(name) ?? 0) + 1);
      if (keepsAsked) asked.push(path);
      const host = name.split("/")[1]!;
      const handler = Object.hasOwn(hosts, host) ? hosts[host] : undefined;
      const next = async () => await handler?.(request) ?? new Response(null, { status: 404 });
      const response = faults === undefined ? await next() : await faults(request, next);
      if (!response.headers.has("date")) {
        response.headers.set("date", new Date(world.nowMs()).toUTCString());
      }
      return response;
    },
  );
  const url = `http://127.0.0.1:${server.addr.port}`;
  return {
    url,
    hosts: { hosts: hostsHere(config.hosts, url, rates) },
    counts,
    count: (prefix) => {
      let sum = 0;
      for (const [path, n] of counts) if (path.startsWith(prefix)) sum += n;
      return sum;
    },
    asked,
    async [Symbol.asyncDispose]() {
      stopping.abort();
      await server.finished;
    },
  };
}

interface HostRecord {
  readonly requests: number;
  readonly burst: number;
  readonly paths?: Readonly<Record<string, { readonly requests: number }>>;
  readonly with_credentials?: { readonly requests: number };
}

type HostRecords = Readonly<Record<string, HostRecord>>;

/** The hosts of the configuration with addresses here and rates times a number. */
function hostsHere(hosts: HostRecords, url: string, times: number): HostRecords {
  const more = (requests: number) => Math.max(Math.round(requests * times), 1);
  return Object.fromEntries(
    Object.entries(hosts).map(([name, host]) => [name, {
      ...host,
      url: `${url}${ADDRESSES[name] ?? `/${name}`}`,
      requests: more(host.requests),
      burst: more(host.burst),
      ...(host.paths && {
        paths: Object.fromEntries(
          Object.entries(host.paths).map((
            [prefix, rate],
          ) => [prefix, { ...rate, requests: more(rate.requests) }]),
        ),
      }),
      ...(host.with_credentials && {
        with_credentials: {
          ...host.with_credentials,
          requests: more(host.with_credentials.requests),
        },
      }),
    }]),
  );
}

/** A path without its query, names of contracts and events in it as `*`. */
function countedPath(path: string): string {
  const mark = path.indexOf("?");
  return (mark < 0 ? path : path.slice(0, mark))
    .replace(/\/(0x[0-9a-fA-F]+|\d+|(?=[^/]*[A-Z])[^/]+)(?=\/|$)/g, "/*")
    .replace(/\/slug\/[^/]+/, "/slug/*");
}
