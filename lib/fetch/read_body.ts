import { countText } from "../core/number_text.ts";

/** A body, or why it is none. */
export type Body =
  | { readonly isWhole: true; readonly text: string; readonly nBytes: number }
  | {
    readonly isWhole: false;
    readonly reason: string;
    readonly nBytes: number;
    /** Whether the next try may bring it: not where it is too long. */
    readonly isPassing: boolean;
  };

/**
 * Reads a body piece by piece, and never more than asked for.
 *
 * Bytes count as they are after decompression, so that a small answer that unfolds to gigabytes is
 * cut too. Bytes that are no UTF-8 become U+FFFD: one broken title must not cost its whole page.
 * Never throws; frees the connection in any case.
 *
 * @param maxBytes The longest body taken.
 */
export async function readBody(response: Response, maxBytes: number): Promise<Body> {
  if (response.body === null) return { isWhole: true, text: "", nBytes: 0 };
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  const promised = promisedBytes(response.headers);
  const pieces: string[] = [];
  let nBytes = 0;
  try {
    while (true) {
      const { done, value } = await reader.read();
      if (done) break;
      nBytes += value.length;
      if (nBytes > maxBytes) {
        const reason = `the answer is longer than ${countText(maxBytes)} bytes`;
        return { isWhole: false, reason, nBytes, isPassing: false };
      }
      pieces.push(decoder.decode(value, { stream: true }));
    }
  } catch {
    return { isWhole: false, reason: endedAfter(nBytes, promised), nBytes, isPassing: true };
  } finally {
    await reader.cancel().catch(() => {});
  }
  if (promised !== null && promised !== nBytes) {
    return { isWhole: false, reason: endedAfter(nBytes, promised), nBytes, isPassing: true };
  }
  pieces.push(decoder.decode());
  return { isWhole: true, text: pieces.join(""), nBytes };
}

function promisedBytes(headers: Headers): number | null {
  const length = headers.get("content-length");
  const encoding = headers.get("content-encoding") ?? "identity";
  // the length of a compressed body is not that of what is read
  return encoding === "identity" && length !== null && /^\d+$/.test(length) ? Number(length) : null;
}

function endedAfter(nBytes: number, promised: number | null): string {
  const of = promised === null ? "" : ` of ${countText(promised)}`;
  return `the answer ended after ${countText(nBytes)}${of} bytes`;
}
