import { Buffer } from "node:buffer";
import { constants, sign } from "node:crypto";
import type { Credentials, KalshiKey } from "./credentials.ts";
import type { CredentialName } from "./hosts.ts";

/** A request as it is sent. */
export interface OutgoingRequest {
  readonly method: "GET" | "POST";
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * A request with what its host wants to see of the credentials; as it was where there are none.
 *
 * FRED reads its key from the query. Kalshi wants headers: the id, the time, and the base64 of
 * RSA-PSS (SHA-256, salt of 32 bytes) over time, method and path, of which the query is no part and
 * `/trade-api/v2` is.
 *
 * Source: the sheet of interfaces, 7.1 and 9.3.
 *
 * @param name Whose; `null` for a host that wants none.
 * @param options.nowMs UTC milliseconds.
 */
export function signRequest(
  request: OutgoingRequest,
  name: CredentialName | null,
  { credentials, nowMs }: { readonly credentials: Credentials; readonly nowMs: number },
): OutgoingRequest {
  const { readFredKey, readKalshiKey } = credentials;
  if (name === "fred" && readFredKey !== null) {
    const mark = request.url.includes("?") ? "&" : "?";
    const key = encodeURIComponent(readFredKey());
    return { ...request, url: `${request.url}${mark}api_key=${key}` };
  }
  if (name === "kalshi" && readKalshiKey !== null) {
    const headers = kalshiHeaders(request, readKalshiKey(), Math.floor(nowMs));
    return { ...request, headers: { ...request.headers, ...headers } };
  }
  return request;
}

function kalshiHeaders(
  { method, url }: OutgoingRequest,
  { id, privateKey }: KalshiKey,
  timeMs: number,
): Record<string, string> {
  const signature = sign("sha256", Buffer.from(`${timeMs}${method}${new URL(url).pathname}`), {
    key: privateKey,
    padding: constants.RSA_PKCS1_PSS_PADDING,
    saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
  });
  return {
    "kalshi-access-key": id,
    "kalshi-access-timestamp": String(timeMs),
    "kalshi-access-signature": signature.toString("base64"),
  };
}
