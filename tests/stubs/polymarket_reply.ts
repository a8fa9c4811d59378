/** A JSON answer. */
export function json(
  value: unknown,
  { status = 200, headers = {} }: {
    readonly status?: number;
    readonly headers?: Readonly<Record<string, string>>;
  } = {},
): Response {
  return new Response(JSON.stringify(value), {
    status,
    headers: { "content-type": "application/json", ...headers },
  });
}

/** A refusal of Gamma: `{"type": …, "error": …}`. */
export function gammaError(status: number, error: string): Response {
  const type = {
    404: "not found error",
    422: "validation error",
    429: "too many requests",
    503: "service unavailable",
  }[status] ?? "internal error";
  return json({ type, error }, { status });
}

/** A refusal of the CLOB: `{"error": …}`. */
export function clobError(status: number, error: string): Response {
  return json({ error }, { status });
}

const CODES: Readonly<Record<number, readonly [string, boolean]>> = {
  400: ["invalid_request", false],
  404: ["not_found", false],
  405: ["method_not_allowed", false],
  429: ["rate_limited", true],
  500: ["internal", true],
};

/** Something that version 2 of the Data API refuses; its routes throw it. */
export class DataRefusal extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly parameter: string | null = null,
  ) {
    super(message);
  }
}

/** The error body of version 2 of the Data API. */
export function dataError({ status, message, parameter }: DataRefusal, traceId: string): Response {
  const [code, retryable] = CODES[status] ?? CODES[500]!;
  return json(
    { error: message, code, retryable, trace_id: traceId, parameter },
    { status, headers: status === 429 ? { "retry-after": "1" } : {} },
  );
}

/** An opaque cursor that holds a value. */
export function cursorOf(value: unknown): string {
  return btoa(JSON.stringify(value)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** What a cursor of ours holds, `undefined` for any other text. */
export function readCursor(cursor: string): unknown {
  try {
    return JSON.parse(atob(cursor.replaceAll("-", "+").replaceAll("_", "/")));
  } catch {
    return undefined;
  }
}
