import type { Ask, Reply } from "lib/fetch/ask.ts";
import { type Credentials, readCredentials } from "lib/fetch/credentials.ts";
import { hostLimits } from "lib/fetch/host_limits.ts";
import type { Host } from "lib/fetch/hosts.ts";
import { httpAsker, type HttpAskerOptions } from "lib/fetch/http_asker.ts";
import { makeBuckets } from "lib/fetch/token_bucket.ts";
import { type VirtualClock, virtualClock } from "./virtual_clock.ts";

export const START_MS = Date.UTC(2026, 10, 22, 12);

export const NO_CREDENTIALS: Credentials = readCredentials(() => undefined);

/** A host so fast that its limits are not felt. */
export function stubHost(url: string, host: Partial<Host> = {}): Host {
  return {
    name: "stub",
    url,
    requests: 10_000,
    perSeconds: 1,
    burst: 1000,
    atOnce: 4,
    timeoutSeconds: 10,
    paths: [],
    credentials: null,
    withCredentials: null,
    userAgent: null,
    source: "a server of the tests",
    ...host,
  };
}

export function stubAsk(path = "/markets", ask: Partial<Ask> = {}): Ask {
  return {
    host: "stub",
    path,
    body: null,
    format: "json",
    kind: "markets",
    subject: "",
    edition: "",
    ...ask,
  };
}

/** An asker of one host on a clock of its own; draws are one half. */
export function stubAsker(host: Host, options: Partial<HttpAskerOptions> = {}) {
  const clock: VirtualClock = virtualClock(START_MS);
  const hosts = { [host.name]: host };
  const credentials = options.credentials ?? NO_CREDENTIALS;
  const buckets = makeBuckets(hostLimits(hosts, credentials.names));
  const retries: string[] = [];
  const asker = httpAsker({
    hosts,
    buckets,
    credentials,
    clock,
    random: () => 0.5,
    onRetry: ({ reason }) => retries.push(reason),
    ...options,
  });
  return { ...asker, clock, buckets, retries };
}

/** Status and parsed value of an answer, or the parts of a failure. */
export function shortReply(reply: Reply): unknown[] {
  if (reply.isAnswer) return ["answer", reply.answer.status, reply.answer.value];
  const { status, reason, isPassing } = reply.failure;
  return [isPassing ? "passing" : "final", status, reason];
}
