/** A request that the stub server received. */
export interface StubRequest {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: {
    readonly model: string;
    readonly messages: readonly { readonly role: string; readonly content: string }[];
    readonly response_format?: {
      readonly type: string;
      readonly json_schema?: { readonly strict: boolean; readonly schema: object };
    };
    readonly temperature?: number;
    readonly max_tokens?: number;
    readonly max_completion_tokens?: number;
  };
  /** Its place among all requests, from 0. */
  readonly index: number;
}

/** A server on 127.0.0.1 that speaks the OpenAI protocol for chat completions. */
export interface StubServer extends AsyncDisposable {
  /** As OPENAI_BASE_URL has it. */
  readonly baseUrl: string;
  readonly requests: readonly StubRequest[];
  /** Largest number of requests that were answered at the same time. */
  readonly mostUnderWay: () => number;
}

/** Starts a server on a free port that answers each request by `reply`. */
export function stubServer(
  reply: (request: StubRequest, signal: AbortSignal) => Response | Promise<Response>,
): StubServer {
  const requests: StubRequest[] = [];
  const stopping = new AbortController();
  let underWay = 0, most = 0;
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, signal: stopping.signal, onListen() {} },
    async (request) => {
      const received = {
        path: new URL(request.url).pathname,
        headers: Object.fromEntries(request.headers),
        body: await request.json(),
        index: requests.length,
      };
      requests.push(received);
      most = Math.max(most, ++underWay);
      try {
        if (request.method !== "POST" || received.path !== "/v1/chat/completions") {
          return failure(404, "Not found");
        }
        return await reply(received, stopping.signal);
      } finally {
        --underWay;
      }
    },
  );
  return {
    baseUrl: `http://127.0.0.1:${server.addr.port}/v1`,
    requests,
    mostUnderWay: () => most,
    async [Symbol.asyncDispose]() {
      stopping.abort();
      await server.finished;
    },
  };
}

/** A chat completion as OpenAI sends it. */
export function completion(content: string | object | null, {
  finishReason = "stop",
  refusal = null,
  usage = { prompt_tokens: 1000, completion_tokens: 50, total_tokens: 1050 },
}: {
  readonly finishReason?: string;
  readonly refusal?: string | null;
  readonly usage?: object | null;
} = {}): Response {
  return Response.json({
    id: "chatcmpl-stub",
    object: "chat.completion",
    created: 1_700_000_000,
    model: "stub-model-2026-01-01",
    choices: [{
      index: 0,
      finish_reason: finishReason,
      logprobs: null,
      message: {
        role: "assistant",
        content: typeof content === "object" && content !== null
          ? JSON.stringify(content)
          : content,
        refusal,
      },
    }],
    ...usage === null ? {} : { usage },
  });
}

/** An error as OpenAI sends it. */
export function failure(
  status: number,
  message: string,
  { headers = {}, code = null, param = null }: {
    readonly headers?: Record<string, string>;
    readonly code?: string | null;
    readonly param?: string | null;
  } = {},
): Response {
  const error = { message, type: "stub_error", param, code };
  return Response.json({ error }, { status, headers });
}

/** Never answers until the server stops. */
export function silence(signal: AbortSignal): Promise<Response> {
  return new Promise((resolve) => {
    const end = () => resolve(new Response(null, { status: 503 }));
    if (signal.aborted) end();
    else signal.addEventListener("abort", end, { once: true });
  });
}

/** A server that answers each connection with given bytes, whatever they are, and closes it. */
export function rawServer(
  replies: readonly string[],
): AsyncDisposable & { readonly baseUrl: string; readonly nConnections: () => number } {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  let nConnections = 0;
  const serving = (async () => {
    for await (const connection of listener) {
      const reply = replies[Math.min(nConnections++, replies.length - 1)]!;
      await readRequest(connection);
      await connection.write(new TextEncoder().encode(reply));
      connection.close();
    }
  })();
  return {
    baseUrl: `http://127.0.0.1:${listener.addr.port}/v1`,
    nConnections: () => nConnections,
    async [Symbol.asyncDispose]() {
      listener.close();
      await serving;
    },
  };
}

async function readRequest(connection: Deno.Conn): Promise<void> {
  const bytes = new Uint8Array(65_536);
  let text = "";
  for (;;) {
    const n = await connection.read(bytes);
    if (n === null) return;
    text += new TextDecoder().decode(bytes.subarray(0, n));
    const [head, body] = text.split("\r\n\r\n", 2);
    const length = Number(/content-length: (\d+)/i.exec(head!)?.[1]);
    if (body !== undefined && new TextEncoder().encode(body).length >= length) return;
  }
}
