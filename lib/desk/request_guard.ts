import { timingSafeEqual } from "node:crypto";
import { Buffer } from "node:buffer";
import { sha256Hex } from "../store/hash.ts";

/** Most bytes that a request may carry; a decision about a cluster holds thousands of ids. */
export const MOST_BODY_BYTES = 1_000_000;

/** Why a request is not answered. */
export interface Refusal {
  readonly status: 401 | 403 | 405 | 413 | 415;
  /** One sentence that repeats nothing of the request. */
  readonly reason: string;
}

/**
 * Why a request must not be answered, or `null`.
 *
 * A port on loopback is open to every program and every web page on the machine. So the token stands on
 * every request, Host must be the desk's own (a name that resolves to 127.0.0.1 is not it), no other page
 * may ask, and what changes something must be JSON, which no form can send.
 *
 * @param options.port Port of the desk.
 * @param options.token Its secret, compared in a time that does not depend on the guess.
 */
export function refusalOf(
  request: Request,
  { port, token }: { readonly port: number; readonly token: string },
): Refusal | null {
  const { headers, method } = request;
  const url = URL.parse(request.url);
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  const host = headers.get("host");
  if (host === null || !hosts.includes(host) || url === null || !hosts.includes(url.host)) {
    return { status: 403, reason: "The desk answers on its own address only." };
  }
  if (!["GET", "HEAD", "POST"].includes(method)) {
    return { status: 405, reason: "The desk takes GET, HEAD and POST." };
  }
  const origin = headers.get("origin");
  const site = headers.get("sec-fetch-site");
  const isOwnSite = site === null || site === "same-origin" ||
    (site === "none" && method === "GET");
  if ((origin !== null && origin !== `http://${host}`) || !isOwnSite) {
    return { status: 403, reason: "The desk answers its own page only." };
  }
  const bearer = headers.get("authorization");
  const given = bearer === null
    ? url.searchParams.get("token")
    : bearer.match(/^Bearer ([\w-]+)$/)?.[1] ?? null;
  if (given === null || !isSame(given, token)) {
    return {
      status: 401,
      reason: "The desk needs its token: open the address that deno task review printed.",
    };
  }
  return method === "POST" ? postRefusal(headers) : null;
}

/**
 * The text of a request's body, or why there is none to be had.
 *
 * Reading stops at the limit, whatever the request says of its length.
 */
export async function bodyText(request: Request): Promise<string | Refusal> {
  const pieces: Uint8Array[] = [];
  let nBytes = 0;
  for await (const piece of request.body ?? []) {
    nBytes += piece.length;
    if (nBytes > MOST_BODY_BYTES) return TOO_LONG;
    pieces.push(piece);
  }
  return new TextDecoder().decode(Buffer.concat(pieces));
}

const TOO_LONG: Refusal = { status: 413, reason: "A decision must be at most 1 MB." };

function postRefusal(headers: Headers): Refusal | null {
  if (!headers.has("origin") && !headers.has("authorization")) {
    return { status: 403, reason: "The desk takes decisions from its own page only." };
  }
  if (!/^application\/json\s*(;|$)/i.test(headers.get("content-type")?.trim() ?? "")) {
    return { status: 415, reason: "A decision must be sent as application/json." };
  }
  return Number(headers.get("content-length") ?? 0) > MOST_BODY_BYTES ? TOO_LONG : null;
}

/** Compares hashes, which are of one length. */
function isSame(a: string, b: string): boolean {
  return timingSafeEqual(Buffer.from(sha256Hex(a)), Buffer.from(sha256Hex(b)));
}
