/** What a failed request means for the rest of the run. */
export type ChatErrorKind =
  /** The same request may succeed later: overload, timeout, broken connection. */
  | "passing"
  /** The server will not take this request; others may be fine. */
  | "request"
  /** No request can succeed: key, address, model name, account. */
  | "run"
  /** The caller stopped it. */
  | "aborted";

/** A request to a model that gave no answer. Its message never holds the key. */
export class ChatError extends Error {
  override readonly name = "ChatError";
  readonly kind: ChatErrorKind;
  /** HTTP status; `null` where none came. */
  readonly status: number | null;
  /** Milliseconds the server asks to wait; `null` where it does not say. */
  readonly retryAfterMs: number | null;
  /** Whether the server may have done the work although no answer came. */
  readonly mayBeBilled: boolean;

  constructor(message: string, fields: {
    readonly kind: ChatErrorKind;
    readonly status?: number | null;
    readonly retryAfterMs?: number | null;
    readonly mayBeBilled?: boolean;
  }) {
    super(message);
    this.kind = fields.kind;
    this.status = fields.status ?? null;
    this.retryAfterMs = fields.retryAfterMs ?? null;
    this.mayBeBilled = fields.mayBeBilled ?? false;
  }
}

/** What to do about an HTTP status, for a reader; the server's own words for the rest. */
const ADVICE: Readonly<Record<number, string>> = {
  401: "the server must accept the key: got HTTP 401 (check OPENAI_API_KEY)",
  402: "the account must be in credit: got HTTP 402",
  403: "the key must be allowed to use the model: got HTTP 403",
  404: "server and model must exist: got HTTP 404 (check OPENAI_BASE_URL and OPENAI_MODEL)",
};

/**
 * The error for an answer with an HTTP status other than success.
 *
 * A status of overload passes. One that speaks of key, address or account ends the run, an exhausted
 * quota among them although it comes as 429. The others are about the one request.
 *
 * @param serverWords What the server said, already free of the key; not shown for 401, as servers
 *   repeat parts of the key there.
 */
export function statusError(
  { model, host }: { readonly model: string; readonly host: string },
  { status, code, serverWords, retryAfterMs }: {
    readonly status: number;
    readonly code: string | null;
    readonly serverWords: string;
    readonly retryAfterMs: number | null;
  },
): ChatError {
  const subject = `Cannot ask model "${model}" at ${host} as`;
  const said = serverWords === "" ? "" : ` (${serverWords})`;
  if (code === "insufficient_quota") {
    const message = `${subject} the account must have quota left: got HTTP ${status}${said}`;
    return new ChatError(message, { kind: "run", status });
  }
  const passes = status === 408 || status === 409 || status === 425 || status === 429 ||
    status >= 500;
  if (passes) {
    const message = `${subject} the server must be ready: got HTTP ${status}${said}`;
    return new ChatError(message, { kind: "passing", status, retryAfterMs });
  }
  if (status === 400 || status === 413 || status === 422) {
    const message = `${subject} the server must take the request: got HTTP ${status}${said}`;
    return new ChatError(message, { kind: "request", status });
  }
  const advice = ADVICE[status] ?? `the server must answer: got HTTP ${status}`;
  const message = `${subject} ${advice}${status === 401 ? "" : said}`;
  return new ChatError(message, { kind: "run", status });
}
