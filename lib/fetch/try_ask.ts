import { countText } from "../core/number_text.ts";
import type { Ask } from "./ask.ts";
import { skewSampleMs } from "./clock_skew.ts";
import { type Credentials, redacted } from "./credentials.ts";
import type { Host } from "./hosts.ts";
import { readAnswer, type TryResult } from "./read_answer.ts";
import { readBody } from "./read_body.ts";
import { readHttpDate, readRetryAfter } from "./retry_delay.ts";
import { type OutgoingRequest, signRequest } from "./sign_request.ts";

/** What a try needs beside its ask. */
export interface TryOptions {
  readonly host: Host;
  readonly credentials: Credentials;
  readonly nowMs: () => number;
  readonly fetch: typeof fetch;
  /** Longest body taken. */
  readonly maxBytes: number;
  readonly signal?: AbortSignal;
}

/** What became of a try, and what was seen on the way. */
export interface Tried {
  readonly result: TryResult;
  /** Bytes of the body, decompressed. */
  readonly nBytes: number;
  /** How far the host's clock is before ours, milliseconds; NaN where it did not say. */
  readonly skewMs: number;
}

/** Why a stopped ask has no answer. */
export const STOPPED = "stopped";

/**
 * Sends one request and reads all of its response; never throws for what the host or the line does.
 *
 * The host's timeout counts to the last byte, so that one that sends a byte a minute is left too. It
 * runs on the machine's timer, not on the clock of the options.
 *
 * @throws {RangeError} If the path of the ask leads out of its host.
 */
export async function tryAsk(ask: Ask, options: TryOptions): Promise<Tried> {
  const { host, nowMs, maxBytes, signal } = options;
  const request = outgoing(ask, options);
  const line = new AbortController();
  const stop = () => line.abort();
  const timer = setTimeout(stop, host.timeoutSeconds * 1000);
  signal?.addEventListener("abort", stop, { once: true });
  if (signal?.aborted) stop();
  const sentMs = nowMs();
  let skewMs = NaN;
  let nBytes = 0;
  const lost = (status: number | null, reason: string, isPassing = true): Tried => {
    const late = `no whole answer within ${host.timeoutSeconds} seconds, ` +
      `${countText(nBytes)} bytes came`;
    const why = signal?.aborted ? STOPPED : line.signal.aborted ? late : reason;
    const result: TryResult = {
      isAnswer: false,
      status,
      reason: why,
      isPassing: isPassing || why !== reason,
      isTooOften: false,
      retryAfterMs: null,
    };
    return { result, nBytes, skewMs };
  };
  try {
    const response = await options.fetch(request.url, {
      method: request.method,
      headers: request.headers,
      body: ask.body,
      redirect: "manual",
      signal: line.signal,
    });
    const { status, headers } = response;
    skewMs = skewSampleMs(headers, { sentMs, receivedMs: nowMs() });
    const body = await readBody(response, maxBytes);
    nBytes = body.nBytes;
    const isGood = status >= 200 && status < 300 || status === 404;
    if (!body.isWhole && (isGood || line.signal.aborted)) {
      return lost(status, body.reason, body.isPassing);
    }
    const dateMs = readHttpDate(headers.get("date") ?? "");
    const retryAfterMs = readRetryAfter(
      headers.get("retry-after"),
      Number.isNaN(dateMs) ? nowMs() : dateMs,
    );
    // an answer that repeats a key must not carry it into what is stored
    const text = host.credentials === null || !body.isWhole
      ? (body.isWhole ? body.text : "")
      : redacted(body.text, options.credentials);
    return { result: readAnswer({ status, text, retryAfterMs }, ask), nBytes, skewMs };
  } catch (error) {
    const isForbidden = error instanceof Deno.errors.NotCapable;
    return lost(null, redacted(lineFault(error), options.credentials), !isForbidden);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", stop);
  }
}

function outgoing(ask: Ask, { host, credentials, nowMs }: TryOptions): OutgoingRequest {
  const address = host.url + ask.path;
  const base = new URL(host.url);
  const url = URL.canParse(address) ? new URL(address) : null;
  const root = base.pathname.replace(/\/$/, "") + "/";
  if (url?.origin !== base.origin || !url.pathname.startsWith(root) || url.hash !== "") {
    throw new RangeError(
      `Cannot ask ${host.name} as a path must lead to a place below its address: got "${ask.path}"`,
    );
  }
  const request: OutgoingRequest = {
    method: ask.body === null ? "GET" : "POST",
    url: url.href,
    headers: {
      "accept": ask.format === "csv" ? "text/csv, */*;q=0.5" : "application/json",
      // Kalshi translates its texts for other languages
      "accept-language": "en",
      "user-agent": host.userAgent ?? "basketry/0.1",
      ...(ask.body === null ? {} : { "content-type": "application/json" }),
    },
  };
  return signRequest(request, host.credentials, { credentials, nowMs: nowMs() });
}

function lineFault(error: unknown): string {
  if (error instanceof Deno.errors.NotCapable) {
    return "this run may not reach the host: --allow-net does not list it";
  }
  const { cause } = error as { cause?: unknown };
  const told = cause instanceof Error ? cause : error;
  const message = told instanceof Error ? told.message : String(told);
  // before "client error" it names our address and the whole URL
  const short = message.replace(/^error sending request .*?(?=client error|$)/, "")
    .replace(/https?:\/\/\S+/g, "the address");
  return `the connection failed${short === "" ? "" : `: ${short}`}`;
}
