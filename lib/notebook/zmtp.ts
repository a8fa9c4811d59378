/** A message of ZeroMQ: one or more frames that travel together. */
export type Frames = readonly Uint8Array[];

/** The asking end of a ZeroMQ connection. */
export interface ZmtpSocket {
  /** Sends one message. */
  send(frames: Frames): Promise<void>;
  /** Messages as they arrive; ends when the peer or {@link close} ends the connection. */
  receive(): AsyncGenerator<Frames>;
  close(): void;
}

/** Longest time for the peer to show that it speaks ZMTP at all. */
const HANDSHAKE_MS = 5000;
const MORE = 1, LONG = 2, COMMAND = 4;

/**
 * Connects to a ZeroMQ socket on 127.0.0.1 by ZMTP 3.0 with the NULL mechanism.
 *
 * Plain TCP instead of the `zeromq` package: under Deno 2.9.6 its native code delivers messages
 * late (only when the next one is sent) and was seen to end the process with a segmentation fault,
 * and this dialect is all that a Jupyter kernel on the same machine speaks.
 *
 * Source: ZeroMQ RFC 23/ZMTP 3.0. A subscriber asks for every topic.
 *
 * @param type The role we play: DEALER towards a ROUTER, SUB towards a PUB.
 * @throws {Deno.errors.ConnectionRefused} If nothing listens on `port` yet.
 * @throws {Deno.errors.ConnectionReset} If what listens there does not speak ZMTP.
 */
export async function connectZmtp(port: number, type: "DEALER" | "SUB"): Promise<ZmtpSocket> {
  const connection = await Deno.connect({ hostname: "127.0.0.1", port });
  connection.setNoDelay(true);
  const timer = setTimeout(() => connection.close(), HANDSHAKE_MS);
  try {
    await writeAll(connection, greeting());
    await writeAll(connection, frame(readyCommand(type), COMMAND));
    if (await readExactly(connection, 64) === null || await readFrame(connection) === null) {
      throw new Deno.errors.ConnectionReset("the peer left during the ZMTP handshake");
    }
    if (type === "SUB") await writeAll(connection, frame(Uint8Array.of(1), 0));
  } catch (error) {
    close(connection);
    throw error;
  } finally {
    clearTimeout(timer);
  }
  return {
    send: (frames) => writeAll(connection, joined(frames)),
    receive: () => messages(connection),
    close: () => close(connection),
  };
}

function close(connection: Deno.Conn): void {
  try {
    connection.close();
  } catch {
    // closed before
  }
}

async function* messages(connection: Deno.Conn): AsyncGenerator<Frames> {
  let frames: Uint8Array[] = [];
  for (let got = await readFrame(connection); got; got = await readFrame(connection)) {
    if (got.flags & COMMAND) continue;
    frames.push(got.body);
    if (got.flags & MORE) continue;
    yield frames;
    frames = [];
  }
}

/** Signature, version 3.0, mechanism NULL, not as server, filler: 64 octets. */
function greeting(): Uint8Array {
  const bytes = new Uint8Array(64);
  bytes[0] = 0xff;
  bytes[8] = 1;
  bytes[9] = 0x7f;
  bytes[10] = 3;
  bytes.set(new TextEncoder().encode("NULL"), 12);
  return bytes;
}

function readyCommand(type: string): Uint8Array {
  const property = "Socket-Type";
  return new TextEncoder().encode(
    `\x05READY${String.fromCharCode(property.length)}${property}\0\0\0${
      String.fromCharCode(type.length)
    }${type}`,
  );
}

function frame(body: Uint8Array, flags: number): Uint8Array {
  const isLong = body.length > 255;
  const head = new Uint8Array(isLong ? 9 : 2);
  head[0] = flags | (isLong ? LONG : 0);
  if (isLong) new DataView(head.buffer).setBigUint64(1, BigInt(body.length));
  else head[1] = body.length;
  const bytes = new Uint8Array(head.length + body.length);
  bytes.set(head);
  bytes.set(body, head.length);
  return bytes;
}

/** All frames of a message in one piece, so that TCP sends them at once. */
function joined(frames: Frames): Uint8Array {
  const pieces = frames.map((body, i) => frame(body, i < frames.length - 1 ? MORE : 0));
  const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let offset = 0;
  for (const piece of pieces) {
    bytes.set(piece, offset);
    offset += piece.length;
  }
  return bytes;
}

async function readFrame(
  connection: Deno.Conn,
): Promise<{ flags: number; body: Uint8Array } | null> {
  const flags = (await readExactly(connection, 1))?.[0];
  if (flags === undefined) return null;
  const length = await readExactly(connection, flags & LONG ? 8 : 1);
  if (length === null) return null;
  const size = flags & LONG ? Number(new DataView(length.buffer).getBigUint64(0)) : length[0]!;
  const body = await readExactly(connection, size);
  return body && { flags, body };
}

/** `null` when the connection ends first, on either side. */
async function readExactly(
  connection: Deno.Conn,
  size: number,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const bytes = new Uint8Array(size);
  try {
    for (let done = 0; done < size;) {
      const count = await connection.read(bytes.subarray(done));
      if (count === null) return null;
      done += count;
    }
  } catch (error) {
    if (isDisconnect(error)) return null;
    throw error;
  }
  return bytes;
}

function isDisconnect(error: unknown): boolean {
  return error instanceof Deno.errors.BadResource || error instanceof Deno.errors.Interrupted ||
    error instanceof Deno.errors.ConnectionReset || error instanceof Deno.errors.BrokenPipe;
}

async function writeAll(connection: Deno.Conn, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.length;) done += await connection.write(bytes.subarray(done));
}
