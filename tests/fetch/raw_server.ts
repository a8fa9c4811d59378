/** A server that speaks bytes, so that it can break the rules of HTTP. */
export interface RawServer extends AsyncDisposable {
  readonly url: string;
  /** Heads of the requests that came, in order. */
  readonly heads: readonly string[];
}

/** Sends one reply on a connection; the connection is closed when it returns. */
export type RawReply = (
  send: (text: string | Uint8Array) => Promise<void>,
  gone: Promise<void>,
) => Promise<void>;

/** Answers the first request with the first reply and so on, later ones with the last. */
export function rawServer(...replies: readonly RawReply[]): RawServer {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const heads: string[] = [];
  const open = new Set<Promise<void>>();

  async function serve(connection: Deno.Conn): Promise<void> {
    const buffer = new Uint8Array(65536);
    const n = await connection.read(buffer).catch(() => null);
    const reply = replies[Math.min(heads.length, replies.length - 1)]!;
    heads.push(new TextDecoder().decode(buffer.subarray(0, n ?? 0)));
    const gone = connection.read(buffer).then(() => {}, () => {});
    const send = async (text: string | Uint8Array) => {
      let left = typeof text === "string" ? new TextEncoder().encode(text) : text;
      while (left.length > 0) left = left.subarray(await connection.write(left));
    };
    await reply(send, gone).catch(() => {});
    connection.close();
    await gone;
  }

  const accepting = (async () => {
    for await (const connection of listener) {
      const serving = serve(connection);
      open.add(serving);
      serving.finally(() => open.delete(serving));
    }
  })();
  return {
    url: `http://127.0.0.1:${(listener.addr as Deno.NetAddr).port}`,
    heads,
    [Symbol.asyncDispose]: async () => {
      listener.close();
      await accepting;
      await Promise.all(open);
    },
  };
}

/** A whole reply with its right length. */
export function whole(status: number, body: string, headers: readonly string[] = []): RawReply {
  const nBytes = new TextEncoder().encode(body).length;
  const head = [
    `HTTP/1.1 ${status} X`,
    `content-length: ${nBytes}`,
    "connection: close",
    ...headers,
  ];
  return (send) => send(`${head.join("\r\n")}\r\n\r\n${body}`);
}
