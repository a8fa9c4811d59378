import { createPrivateKey, type KeyObject } from "node:crypto";
import type { CredentialName } from "./hosts.ts";

/** What the environment holds. Nothing in it shows a secret, printed or as JSON. */
export interface Credentials {
  /** Which there are, sorted. */
  readonly names: readonly CredentialName[];
  readonly readFredKey: (() => string) | null;
  readonly readKalshiKey: (() => KalshiKey) | null;
  /** Every text that must not be seen, in each form that it may have, longest first. */
  readonly readSecrets: () => readonly string[];
}

/** A key of Kalshi. */
export interface KalshiKey {
  readonly id: string;
  readonly privateKey: KeyObject;
}

/**
 * Credentials of the environment: `FRED_API_KEY`; `KALSHI_API_KEY_ID` with `KALSHI_PRIVATE_KEY` (the
 * PEM, its lines also divided by `\n` in two characters) or `KALSHI_PRIVATE_KEY_FILE`.
 *
 * The only reader of them. None is needed: without them the hosts are asked as anybody may. Faults
 * are told without the value.
 *
 * @param environment Value of a variable: `(name) => Deno.env.get(name)`.
 * @param options.readFile Text of a file.
 * @throws {SyntaxError} If a key has characters or a length that none has, or one of a pair is missing.
 */
export function readCredentials(
  environment: (name: string) => string | undefined,
  { readFile = Deno.readTextFileSync }: { readonly readFile?: (path: string) => string } = {},
): Credentials {
  const read = (name: string) => environment(name)?.trim() || undefined;
  const fredKey = word("FRED_API_KEY", read("FRED_API_KEY"));
  const kalshiId = word("KALSHI_API_KEY_ID", read("KALSHI_API_KEY_ID"));
  const pem = readPem(read, readFile);
  if ((kalshiId === undefined) !== (pem === undefined)) {
    throw new SyntaxError(
      "Cannot use the key of Kalshi as KALSHI_API_KEY_ID and one of KALSHI_PRIVATE_KEY and " +
        "KALSHI_PRIVATE_KEY_FILE must be set together: got only " +
        (pem === undefined ? "the id" : "the private key"),
    );
  }
  const kalshiKey = pem === undefined ? null : { id: kalshiId!, privateKey: privateKeyOf(pem) };
  const secrets = forms([
    ...[fredKey, kalshiId, pem].filter((secret) => secret !== undefined),
    // a line of it alone is a part of the secret
    ...(pem?.split(/\s+/).filter((line) => /^[\w+/=]{16,}$/.test(line)) ?? []),
  ]);
  return {
    names: [
      ...(fredKey === undefined ? [] : ["fred" as const]),
      ...(kalshiKey === null ? [] : ["kalshi" as const]),
    ],
    readFredKey: fredKey === undefined ? null : () => fredKey,
    readKalshiKey: kalshiKey === null ? null : () => kalshiKey,
    readSecrets: () => secrets,
  };
}

/**
 * A text in which every secret, also in its form in an address, is `***`.
 *
 * Redact before a text is cut: half a key is no longer found.
 */
export function redacted(text: string, { readSecrets }: Credentials): string {
  const secrets = readSecrets();
  if (secrets.length === 0) return text;
  const escaped = secrets.map((secret) => secret.replace(/[^\w]/g, "\\$&"));
  return text.replace(new RegExp(escaped.join("|"), "g"), "***");
}

function word(name: string, value: string | undefined): string | undefined {
  if (value !== undefined && !/^[\x21-\x7e]{8,200}$/.test(value)) {
    throw new SyntaxError(
      `Cannot use ${name} as it must be one word of 8 to 200 plain characters: got another text`,
    );
  }
  return value;
}

function readPem(
  read: (name: string) => string | undefined,
  readFile: (path: string) => string,
): string | undefined {
  const text = read("KALSHI_PRIVATE_KEY");
  const path = read("KALSHI_PRIVATE_KEY_FILE");
  if (text !== undefined && path !== undefined) {
    throw new SyntaxError(
      "Cannot use the key of Kalshi as one of KALSHI_PRIVATE_KEY and KALSHI_PRIVATE_KEY_FILE must " +
        "be set: got both",
    );
  }
  if (path === undefined) return text?.replaceAll("\\n", "\n");
  try {
    return readFile(path).trim();
  } catch (error) {
    const kind = error instanceof Error ? error.name : "another error";
    throw new SyntaxError(
      `Cannot use KALSHI_PRIVATE_KEY_FILE as it must name a file that can be read: got ${kind}`,
    );
  }
}

function privateKeyOf(pem: string): KeyObject {
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType === "rsa") return key;
  } catch {
    // what it says may hold parts of the key
  }
  throw new SyntaxError(
    "Cannot use the private key of Kalshi as it must be an RSA key in PEM without a password: got " +
      "another text",
  );
}

function forms(secrets: readonly string[]): string[] {
  const all = secrets.flatMap((secret) => {
    const encoded = encodeURIComponent(secret);
    const lower = encoded.replace(/%../g, (code) => code.toLowerCase());
    const inQuery = new URLSearchParams({ s: secret }).toString().slice(2);
    return [secret, encoded, lower, inQuery, JSON.stringify(secret).slice(1, -1)];
  });
  return [...new Set(all)].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
}
