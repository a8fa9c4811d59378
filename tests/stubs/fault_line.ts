import type { FaultRule } from "./fault_plan.ts";

/** An answer with a fault, and what was done to it. */
export interface Faulty {
  readonly response: Response;
  readonly detail: string;
}

/**
 * What the client gets instead of a whole answer.
 *
 * A body that fails makes Deno close the connection at once, so that the client sees an error and
 * no proper end.
 *
 * @param whole The answer as the venue gave it; not used by faults that need none.
 * @param draw In [0, 1): which of several forms, and where a body breaks.
 */
export async function lineFault(
  rule: FaultRule,
  whole: () => Promise<Response>,
  draw: number,
): Promise<Faulty> {
  switch (rule.kind) {
    case "storm429":
      return refused(429, `{"error":"too many requests"}`, rule.retryAfter);
    case "status500":
      return refused(500, `{"type":"internal error","error":"cannot get the information"}`);
    case "status502":
      return refused(502, "<html><body>502 Bad Gateway</body></html>", undefined, "text/html");
    case "status503":
      return refused(503, `{"error":"service unavailable"}`, rule.retryAfter);
    case "html":
      return refused(200, `<!DOCTYPE html><title>Just a moment...</title>`, undefined, "text/html");
    case "rateLimit200":
      return refused(200, `{"error":"Too Many Requests"}`);
    case "huge":
      return hugeBody(rule.bytes ?? 80_000_000, draw < 0.5);
  }
  const response = await whole();
  const bytes = new Uint8Array(await response.arrayBuffer());
  const part = bytes.slice(0, Math.floor(bytes.length * (0.1 + 0.8 * draw)));
  const headers = new Headers(response.headers);
  headers.delete("content-length");
  const init = { status: response.status, headers };
  switch (rule.kind) {
    case "drip": {
      const overMs = rule.overMs ?? 3_000;
      return { response: new Response(dripping(bytes, overMs), init), detail: `${overMs} ms` };
    }
    case "reset": {
      const where = rule.where ?? (draw < 0.5 ? "before" : "within");
      return {
        response: new Response(broken(where === "before" ? [] : [part]), init),
        detail: where,
      };
    }
    case "truncate": {
      const how = rule.how ?? (["length", "cut", "ended"] as const)[Math.floor(draw * 3)]!;
      if (how === "length") headers.set("content-length", `${bytes.length}`);
      const body = how === "cut" ? broken([part]) : chunks([part]);
      const detail = `${how}, ${part.length} of ${bytes.length} bytes`;
      return { response: new Response(body, init), detail };
    }
    default:
      return { response: new Response(garbled(bytes, draw), init), detail: "garbage within" };
  }
}

function refused(
  status: number,
  text: string,
  retryAfter?: string,
  type = "application/json",
): Faulty {
  const headers = new Headers({ "content-type": type });
  if (retryAfter !== undefined) headers.set("retry-after", retryAfter);
  return { response: new Response(text, { status, headers }), detail: `${status}` };
}

/** The text with a character that no JSON and no column of numbers may hold. */
function garbled(bytes: Uint8Array, draw: number): string {
  const text = new TextDecoder().decode(bytes);
  const at = Math.floor(text.length * draw);
  return `${text.slice(0, at)}\u0000}{<<${text.slice(at)}`;
}

function chunks(parts: readonly Uint8Array[]): ReadableStream<Uint8Array> {
  const left = [...parts];
  return new ReadableStream({
    pull(controller) {
      const part = left.shift();
      if (part === undefined) controller.close();
      else controller.enqueue(part);
    },
  });
}

/** Parts and then a failure. The error says that it is meant: a server need not tell it. */
function broken(parts: readonly Uint8Array[]): ReadableStream<Uint8Array> {
  const left = [...parts];
  return new ReadableStream({
    pull(controller) {
      const part = left.shift();
      if (part === undefined) controller.error(new Error("an injected reset"));
      else controller.enqueue(part);
    },
  });
}

/** Twenty parts with rests between them. */
function dripping(bytes: Uint8Array, overMs: number): ReadableStream<Uint8Array> {
  const nParts = 20, size = Math.ceil(bytes.length / nParts);
  let sent = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wake = () => {};
  return new ReadableStream({
    async pull(controller) {
      await new Promise<void>((resolve) => {
        wake = resolve;
        timer = setTimeout(resolve, overMs / nParts);
      });
      controller.enqueue(bytes.slice(sent, sent + size));
      sent += size;
      if (sent >= bytes.length) controller.close();
    },
    cancel() {
      clearTimeout(timer);
      wake();
    },
  }, { highWaterMark: 0 });
}

/** A JSON text of spaces in a list, made as it is read; with or without its length. */
function hugeBody(nBytes: number, withLength: boolean): Faulty {
  const piece = new Uint8Array(65_536).fill(0x20);
  let sent = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (sent >= nBytes) return controller.close();
      const part = piece.slice(0, Math.min(piece.length, nBytes - sent));
      if (sent === 0) part[0] = 0x5b;
      sent += part.length;
      if (sent >= nBytes) part[part.length - 1] = 0x5d;
      controller.enqueue(part);
    },
  }, { highWaterMark: 0 });
  const headers = new Headers({ "content-type": "application/json" });
  if (withLength) headers.set("content-length", `${nBytes}`);
  return { response: new Response(body, { headers }), detail: `${nBytes} bytes` };
}
