import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import type { Frames } from "./zmtp.ts";

/** One message of the Jupyter protocol, as far as a client reads it. */
export interface WireMessage {
  readonly type: string;
  /** Id of the request that it answers, `undefined` for none. */
  readonly parentId: string | undefined;
  readonly content: Readonly<Record<string, unknown>>;
}

const DELIMITER = "<IDS|MSG>";
const HEADER = z.looseObject({ msg_type: z.string() });
const PARENT = z.looseObject({ msg_id: z.string().optional() });
const CONTENT = z.record(z.string(), z.unknown());

/**
 * The frames of a request, signed.
 *
 * Source: "Messaging in Jupyter", protocol 5.3, section "The wire protocol".
 */
export function encodeMessage(
  type: string,
  content: Readonly<Record<string, unknown>>,
  { key, session, id }: { key: string; session: string; id: string },
): Frames {
  const header = {
    msg_id: id,
    session,
    username: "basketry",
    date: new Date().toISOString(),
    msg_type: type,
    version: "5.3",
  };
  const parts = [header, {}, {}, content].map((part) => JSON.stringify(part));
  const encoder = new TextEncoder();
  return [DELIMITER, signature(key, parts), ...parts].map((text) => encoder.encode(text));
}

/**
 * Reads the frames of a message.
 *
 * @throws {SyntaxError} If it is not a Jupyter message or not signed with `key`.
 */
export function decodeMessage(frames: Frames, key: string): WireMessage {
  const decoder = new TextDecoder();
  const start = frames.findIndex((frame) =>
    frame.length === 9 && decoder.decode(frame) === DELIMITER
  );
  const [signed, ...parts] = frames.slice(start + 1, start + 6).map((frame) =>
    decoder.decode(frame)
  );
  if (start < 0 || signed === undefined || parts.length < 4) {
    throw new SyntaxError(
      `Cannot read a kernel message as it must have a delimiter and five parts: got ${frames.length} frames`,
    );
  }
  const expected = new TextEncoder().encode(signature(key, parts));
  const given = new TextEncoder().encode(signed);
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) {
    throw new SyntaxError(
      `Cannot read a kernel message as it must be signed with the connection's key: got "${signed}"`,
    );
  }
  const [header, parent, , content] = parts.map((part) => JSON.parse(part) as unknown);
  return {
    type: HEADER.parse(header).msg_type,
    parentId: PARENT.parse(parent).msg_id,
    content: CONTENT.parse(content),
  };
}

/** HMAC-SHA256 over the four parts in their order, as hexadecimal digits. */
function signature(key: string, parts: readonly string[]): string {
  const hmac = createHmac("sha256", key);
  for (const part of parts) hmac.update(part);
  return hmac.digest("hex");
}
