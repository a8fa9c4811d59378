/// <reference lib="dom" />
import type { SignAnswer, SignRequest } from "../desk/desk_api.ts";

/** The desk's server as the page sees it. */
export interface DeskServer {
  /** @throws {ServerGone} If it does not answer. @throws {Error} If it refuses, with its reason. */
  get<T>(path: string): Promise<T>;
  /** @throws {ServerGone} If it does not answer. @throws {Error} If its answer is none of a desk. */
  sign(request: SignRequest): Promise<SignAnswer>;
}

/** The server does not answer at all: it was stopped, or the machine slept. */
export class ServerGone extends Error {
  override readonly name = "ServerGone";
}

/** The words of {@link ServerGone}, and of the banner. */
export const GONE = "The desk's server does not answer; what you type is kept.";

/** Longest wait for an answer; a view of a whole tree takes seconds. */
const PATIENCE_MS = 60_000;

/**
 * A server asked by `fetch` on the page's own origin, the token as a bearer's.
 *
 * @param options.ask `fetch` by default.
 */
export function fetchClient(
  token: string,
  { ask = (path, init) => fetch(path, init) }: {
    ask?: (path: string, init: RequestInit) => Promise<Response>;
  } = {},
): DeskServer {
  const answerOf = async (path: string, init: RequestInit): Promise<Response> => {
    const headers = { ...init.headers, authorization: `Bearer ${token}` };
    try {
      return await ask(path, { ...init, headers, signal: AbortSignal.timeout(PATIENCE_MS) });
    } catch (cause) {
      throw new ServerGone(GONE, { cause });
    }
  };
  return {
    async get<T>(path: string) {
      const answer = await answerOf(path, {});
      if (!answer.ok) throw new Error(await reasonOf(answer));
      return await jsonOf(answer) as T;
    },
    async sign(request) {
      const answer = await answerOf("/api/decisions", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(request),
      });
      if (![200, 400, 409].includes(answer.status)) throw new Error(await reasonOf(answer));
      const said = await jsonOf(answer);
      if (!isSignAnswer(said)) throw new Error(await reasonOf(answer));
      return said;
    },
  };
}

/** A body that breaks off is a server that was killed while it spoke. */
async function jsonOf(answer: Response): Promise<unknown> {
  try {
    return await answer.clone().json();
  } catch (cause) {
    throw new ServerGone(GONE, { cause });
  }
}

async function reasonOf(answer: Response): Promise<string> {
  if (answer.status === 401 || answer.status === 403) {
    return "The desk does not know this page; open the address that its command printed.";
  }
  const text = (await answer.text().catch(() => "")).trim();
  try {
    const { reason } = JSON.parse(text);
    if (typeof reason === "string") return reason;
  } catch {
    // a plain text is its own reason
  }
  return text === "" ? `The desk's server answered ${answer.status}.` : text.slice(0, 500);
}

function isSignAnswer(said: unknown): said is SignAnswer {
  return typeof said === "object" && said !== null && ("stored" in said || "refused" in said);
}
