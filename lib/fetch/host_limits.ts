import type { CredentialName, Host, Hosts } from "./hosts.ts";
import type { Limit } from "./token_bucket.ts";

/**
 * Limits of all hosts and of their paths, for `makeBuckets`: one of each host, named `gamma`, then
 * those of its paths, `gamma /markets`.
 *
 * The burst of a path is the host's, made smaller as its rate is, but at least 1: a path that allows
 * an eighth of the rate would else be asked eight times as often as it allows after each rest.
 *
 * @param names Credentials that the environment holds; their hosts may allow more.
 */
export function hostLimits(hosts: Hosts, names: readonly CredentialName[]): Limit[] {
  return Object.values(hostsWith(hosts, names)).flatMap((host) => {
    const { name, requests, perSeconds, burst } = host;
    const narrow = host.paths.map((path) => ({
      name: `${name} ${path.prefix}`,
      requests: path.requests,
      perSeconds: path.perSeconds,
      burst: Math.max(
        1,
        Math.floor((burst * path.requests * perSeconds) / (path.perSeconds * requests)),
      ),
    }));
    return [{ name, requests, perSeconds, burst }, ...narrow];
  });
}

/** The hosts with the limits that credentials of the environment give them. */
export function hostsWith(hosts: Hosts, names: readonly CredentialName[]): Hosts {
  return Object.fromEntries(
    Object.entries(hosts).map(([name, host]) => {
      const isKnown = host.credentials !== null && names.includes(host.credentials);
      return [name, isKnown ? { ...host, ...host.withCredentials } : host];
    }),
  );
}

/** Name of the limit of a path, that of its longest listed beginning; `null`: only the host's. */
export function pathLimitName({ name, paths }: Host, path: string): string | null {
  const narrow = paths.find(({ prefix }) => path.startsWith(prefix));
  return narrow === undefined ? null : `${name} ${narrow.prefix}`;
}
