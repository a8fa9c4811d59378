import { z } from "zod";

/** What the environment may hold for a host; lib/fetch/credentials.ts reads it. */
export type CredentialName = "kalshi" | "fred";

/** So many requests in so many seconds. */
export interface Rate {
  readonly requests: number;
  readonly perSeconds: number;
}

/** A place in the network, and how it may be asked. */
export interface Host {
  /** Its name in `config/hosts.yaml`: `gamma`. */
  readonly name: string;
  /** Address that paths are joined to, without a slash at its end. */
  readonly url: string;
  /** Requests in `perSeconds` seconds, of all parts of the program together. */
  readonly requests: number;
  readonly perSeconds: number;
  /** Requests that may go at once after a rest. */
  readonly burst: number;
  /** Requests under way at a time. */
  readonly atOnce: number;
  /** For a whole answer, seconds. */
  readonly timeoutSeconds: number;
  /** Narrower limits of paths that begin so, the longest beginning first. */
  readonly paths: readonly (Rate & { readonly prefix: string })[];
  readonly credentials: CredentialName | null;
  /** The limit where the environment holds its credentials; `null`: the same. */
  readonly withCredentials: Rate | null;
  /** How it wants to be asked; `null`: by our name. */
  readonly userAgent: string | null;
  /** Where the limits are from. */
  readonly source: string;
}

/** Every host, by its name, in the order of the file. */
export type Hosts = Readonly<Record<string, Host>>;

const rate = z.strictObject({
  requests: z.number().int().min(1),
  per_seconds: z.number().gt(0),
});

const hostSchema = rate.extend({
  url: z.string().refine(isPlainAddress, {
    error: "must be a plain https address without a slash at its end, or http of 127.0.0.1",
  }),
  burst: z.number().int().min(1),
  at_once: z.number().int().min(1),
  timeout_seconds: z.number().gt(0),
  paths: z.record(z.string().regex(/^\/[\w./-]+$/), rate).default({}),
  credentials: z.enum(["kalshi", "fred"]).nullable().default(null),
  with_credentials: rate.nullable().default(null),
  user_agent: z.string().regex(/^[\x20-\x7e]+$/).nullable().default(null),
  source: z.string().min(10),
}).superRefine((host, context) => {
  if (host.with_credentials !== null && host.credentials === null) {
    const message = "must not be there for a host without credentials";
    context.addIssue({ code: "custom", path: ["with_credentials"], message });
  }
  for (const [prefix, narrow] of Object.entries(host.paths)) {
    if (perSecond(narrow) <= perSecond(host)) continue;
    const message = "must not allow more than the host does";
    context.addIssue({ code: "custom", path: ["paths", prefix], message });
  }
});

const fileSchema = z.strictObject({
  hosts: z.record(z.string().regex(/^[a-z][a-z0-9_]*$/), hostSchema),
});

/**
 * Reads the content of `config/hosts.yaml`.
 *
 * Strict, since a limit with a misspelt name would be no limit: unknown names are refused, and the
 * limits have no defaults. Addresses are https; http is for stub servers of this machine only.
 *
 * @param raw The parsed YAML.
 * @throws {SyntaxError} If it is not a complete list of hosts; every fault is in the message.
 */
export function parseHosts(raw: unknown): Hosts {
  const parsed = fileSchema.safeParse(raw);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) =>
      `${issue.path.join(".") || "the file"}: ${issue.message}`
    );
    throw new SyntaxError(
      "Cannot read the hosts as each must have its address, limits and source: got " +
        faults.join("; "),
    );
  }
  return Object.fromEntries(
    Object.entries(parsed.data.hosts).map(([name, host]) => [name, hostOf(name, host)]),
  );
}

/** Names of the hosts, with their port where it is not the usual one, sorted: for `--allow-net`. */
export function allowedHosts(hosts: Hosts): string[] {
  return [...new Set(Object.values(hosts).map(({ url }) => new URL(url).host))].sort();
}

function hostOf(name: string, host: z.infer<typeof hostSchema>): Host {
  return {
    name,
    url: host.url,
    ...rateOf(host),
    burst: host.burst,
    atOnce: host.at_once,
    timeoutSeconds: host.timeout_seconds,
    paths: Object.entries(host.paths)
      .map(([prefix, narrow]) => ({ prefix, ...rateOf(narrow) }))
      .sort((a, b) => b.prefix.length - a.prefix.length || (a.prefix < b.prefix ? -1 : 1)),
    credentials: host.credentials,
    withCredentials: host.with_credentials && rateOf(host.with_credentials),
    userAgent: host.user_agent,
    source: host.source,
  };
}

function rateOf(raw: z.infer<typeof rate>): Rate {
  return { requests: raw.requests, perSeconds: raw.per_seconds };
}

function perSecond(raw: z.infer<typeof rate>): number {
  return raw.requests / raw.per_seconds;
}

function isPlainAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, origin, pathname } = new URL(text);
  const isHere = hostname === "127.0.0.1" || hostname === "localhost";
  // equal only without user, password, query, fragment and slash at the end
  const isPlain = text === origin + pathname.replace(/\/$/, "");
  return isPlain && (protocol === "https:" || (protocol === "http:" && isHere));
}
