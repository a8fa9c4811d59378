import { Buffer } from "node:buffer";
import { fontFiles } from "../charts/fonts.ts";
import { errorAnswer, refusalAnswer } from "./desk_answers.ts";
import { deskReader } from "./desk_reader.ts";
import { deskRoutes, type DeskViews } from "./desk_routes.ts";
import type { PageBundle } from "./page_bundle.ts";
import { refusalOf } from "./request_guard.ts";

/** A desk that people can be sent to. */
export interface RunningDesk {
  /** Address of its page, with the token. */
  readonly url: string;
  readonly port: number;
  /** Ends it when all that was asked is answered, at the latest after a second. */
  stop(): Promise<void>;
  readonly finished: Promise<void>;
}

/** Who asked for a slow view does not keep the desk open. */
const GRACE_MS = 1000;

/**
 * Serves the review desk on 127.0.0.1, and nowhere else.
 *
 * Every answer needs the token, see `refusalOf`.
 *
 * @param options.out Folder of the run; a relative path is below the project's folder.
 * @param options.port 0 takes one that is free.
 * @param options.now The clock; decisions bear its time.
 * @param options.token Secret of the desk, of `A-Z a-z 0-9 - _`; 32 random bytes by default.
 * @param options.page Script and style of the page.
 * @throws {RangeError} If the token could not stand in an address.
 * @throws {Error} If the port is taken; the cause is `Deno.errors.AddrInUse`.
 */
export async function startDesk(
  { out, port = 0, now = () => new Date(), token = randomToken(), page, views }: {
    readonly out: string;
    readonly port?: number;
    readonly now?: () => Date;
    readonly token?: string;
    readonly page: PageBundle;
    readonly views: DeskViews;
  },
): Promise<RunningDesk> {
  if (!/^[\w-]{16,}$/.test(token)) {
    throw new RangeError(
      `Cannot start the review desk as its token must be 16 or more of A-Z, a-z, 0-9, "-" and "_": got ${token.length} characters`,
    );
  }
  const fonts = await Promise.all(fontFiles().map((file) => Deno.readFile(file)));
  const answer = deskRoutes({ reader: deskReader(out), views, page, fonts, token, now });
  const closing = new AbortController();
  const underway = new Set<Promise<void>>();
  const server = listening(port, closing.signal, async (request, { completed }) => {
    const done = completed.catch(() => {}).finally(() => underway.delete(done));
    underway.add(done);
    const response = await guarded(request);
    if (request.method !== "HEAD") return response;
    await response.body?.cancel();
    return new Response(null, { status: response.status, headers: response.headers });
  });

  async function guarded(request: Request): Promise<Response> {
    try {
      const refusal = refusalOf(request, { port: server.addr.port, token });
      return refusal === null ? await answer(request) : refusalAnswer(refusal);
    } catch (error) {
      return errorAnswer(error);
    }
  }

  return {
    url: `http://127.0.0.1:${server.addr.port}/?token=${token}`,
    port: server.addr.port,
    // its own end rather than the server's, which waits for connections that a browser keeps open
    stop: async () => {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const patience = new Promise((resolve) => timer = setTimeout(resolve, GRACE_MS));
      await Promise.race([Promise.all(underway), patience]);
      clearTimeout(timer);
      closing.abort();
      await server.finished;
    },
    finished: server.finished,
  };
}

function listening(
  port: number,
  signal: AbortSignal,
  handler: (request: Request, info: Deno.ServeHandlerInfo<Deno.NetAddr>) => Promise<Response>,
): Deno.HttpServer<Deno.NetAddr> {
  try {
    return Deno.serve({ hostname: "127.0.0.1", port, signal, onListen: () => {} }, handler);
  } catch (cause) {
    if (!(cause instanceof Deno.errors.AddrInUse)) throw cause;
    throw new Error(
      `Cannot start the review desk as its port must be free: got ${port}, which another program has\n` +
        "  What to do: name another one with --port, or none",
      { cause },
    );
  }
}

function randomToken(): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString("base64url");
}
