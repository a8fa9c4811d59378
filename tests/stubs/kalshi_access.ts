import { constants, verify } from "node:crypto";
import { KalshiRefusal } from "./kalshi_reply.ts";

/** Who may ask how fast. */
export interface KalshiAccess {
  /** Times the real limits, 5 requests a second without a key and 20 with one; left out: none. */
  readonly limits?: { readonly scale: number };
  /** Public key (PEM) that signatures must fit; left out: any well-formed signature is taken. */
  readonly publicKey?: string;
  /** Time for the limits, milliseconds: the venue's clock may stand still in a test. */
  readonly clock?: () => number;
}

const PER_SECOND = { open: 5, signed: 20 };

/**
 * Lets a request pass or refuses it: 429 above the limit, without a Retry-After; 401 for a signature
 * that does not fit.
 *
 * @returns A check that gives whether the request is signed.
 */
export function kalshiAccess(
  { limits, publicKey, clock = () => performance.now() }: KalshiAccess,
): (request: Request, below: string) => boolean {
  const buckets = {
    open: bucket(PER_SECOND.open * (limits?.scale ?? Infinity), clock),
    signed: bucket(PER_SECOND.signed * (limits?.scale ?? Infinity), clock),
  };
  return (request, below) => {
    const isSigned = checkSignature(request, below, publicKey);
    if (limits !== undefined && !buckets[isSigned ? "signed" : "open"]()) {
      throw new KalshiRefusal(429, "too_many_requests", "too many requests");
    }
    return isSigned;
  };
}

/** A bucket that holds one second's worth; gives whether there was one left. */
function bucket(perSecond: number, clock: () => number): () => boolean {
  let held = perSecond, atMs = clock();
  return () => {
    const nowMs = clock();
    held = Math.min(perSecond, held + perSecond * (nowMs - atMs) / 1_000);
    atMs = nowMs;
    if (held < 1) return false;
    held -= 1;
    return true;
  };
}

/** The path that was signed may be the one of this server or the one that it stands for. */
function checkSignature(request: Request, below: string, publicKey: string | undefined): boolean {
  const id = request.headers.get("KALSHI-ACCESS-KEY") ?? "";
  const timestamp = request.headers.get("KALSHI-ACCESS-TIMESTAMP") ?? "";
  const signature = request.headers.get("KALSHI-ACCESS-SIGNATURE") ?? "";
  if (id === "" && timestamp === "" && signature === "") return false;
  const paths = [new URL(request.url).pathname, `/trade-api/v2${below}`];
  const isGood = id !== "" && /^\d{13}$/.test(timestamp) && /^[A-Za-z0-9+/]+=*$/.test(signature) &&
    (publicKey === undefined ||
      paths.some((path) =>
        verify("sha256", new TextEncoder().encode(`${timestamp}${request.method}${path}`), {
          key: publicKey,
          padding: constants.RSA_PKCS1_PSS_PADDING,
          saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
        }, Uint8Array.from(atob(signature), (one) => one.charCodeAt(0)))
      ));
  if (!isGood) throw new KalshiRefusal(401, "unauthorized", "unauthorized");
  return true;
}
