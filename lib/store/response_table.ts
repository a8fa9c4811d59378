import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
import { zstdCompressSync, zstdDecompressSync } from "node:zlib";
import type { Answer, Ask } from "../fetch/ask.ts";
import { sha256Hex } from "./hash.ts";
import { requireWholeTexts } from "./response_text.ts";

/** An answer with the number that it was stored under, increasing. */
export interface NumberedAnswer {
  readonly id: number;
  readonly answer: Answer;
}

/** Answers with their bodies; without transactions, which the store owns. */
export interface ResponseTable {
  has(ask: Ask): boolean;
  find(ask: Ask): Answer | undefined;
  /** Stores an answer that is not there; gives its number and the bytes that its body adds. */
  add(packed: PackedAnswer): { id: number; nStoredBytes: number };
  /** The answers that are there when the first is asked for, in the order of their numbers. */
  all(): Generator<NumberedAnswer>;
}

/** An answer, its body compressed. */
export interface PackedAnswer {
  readonly answer: Answer;
  readonly sha256: Uint8Array;
  readonly nBytes: number;
  readonly zstd: Uint8Array;
}

const ANSWER = `
  select r.id, r.at_ms, r.status, r.host, r.path, r.body, r.format, r.kind, r.subject, r.edition,
    b.sha256, b.zstd
  from response r join body b on b.id = r.body_id`;

/** The tables of answers in an open database. */
export function responseTable(database: DatabaseSync): ResponseTable {
  const has = database.prepare("select 1 from response where key = ?");
  const byKey = database.prepare(`${ANSWER} where r.key = ?`);
  const next = database.prepare(`${ANSWER} where r.id > ? and r.id <= ? order by r.id limit 1`);
  const lastId = database.prepare("select max(id) id from response");
  const bodyId = database.prepare("select id from body where sha256 = ?");
  const insertBody = database.prepare("insert into body (sha256, n_bytes, zstd) values (?, ?, ?)");
  const insert = database.prepare(
    `insert into response (key, body_id, at_ms, status, host, path, body, format, kind, subject,
      edition) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  return {
    has: (ask) => has.get(responseKey(ask)) !== undefined,
    find(ask) {
      const row = byKey.get(responseKey(ask));
      return row === undefined ? undefined : answerOf(row);
    },
    add({ answer: { ask, atMs, status }, sha256, nBytes, zstd }) {
      const found = bodyId.get(sha256);
      const body = found?.id ?? insertBody.run(sha256, nBytes, zstd).lastInsertRowid;
      const { host, path, body: asked, format, kind, subject, edition } = ask;
      const { lastInsertRowid } = insert.run(
        responseKey(ask),
        body,
        atMs,
        status,
        host,
        path,
        asked,
        format,
        kind,
        subject,
        edition,
      );
      return {
        id: Number(lastInsertRowid),
        nStoredBytes: found === undefined ? zstd.length : 0,
      };
    },
    *all() {
      const last = lastId.get()!.id ?? 0;
      let row = next.get(0, last);
      while (row !== undefined) {
        const id = Number(row.id);
        yield { id, answer: answerOf(row) };
        row = next.get(id, last);
      }
    },
  };
}

/** SHA-256 of an ask's key: bodies of requests may have 40 KB. */
export function responseKey({ host, path, body, edition }: Ask): Uint8Array {
  return Uint8Array.fromHex(sha256Hex([host, path, body ?? "", edition].join("\n")));
}

/**
 * An answer made ready to be stored.
 *
 * @throws {TypeError} If a text of the ask would not come back as it went in.
 */
export function packedAnswer(answer: Answer): PackedAnswer {
  const { host, path, body, kind, subject, edition } = answer.ask;
  requireWholeTexts({ host, path, body, kind, subject, edition });
  const bytes = new TextEncoder().encode(answer.text);
  return {
    answer,
    sha256: Uint8Array.fromHex(sha256Hex(bytes)),
    nBytes: bytes.length,
    zstd: zstdCompressSync(bytes),
  };
}

function answerOf(row: Record<string, SQLOutputValue>): Answer {
  const ask: Ask = {
    host: String(row.host),
    path: String(row.path),
    body: row.body === null ? null : String(row.body),
    format: row.format === "csv" ? "csv" : "json",
    kind: String(row.kind),
    subject: String(row.subject),
    edition: String(row.edition),
  };
  const status = Number(row.status), text = bodyText(row, ask);
  const isParsed = ask.format === "json" && status >= 200 && status < 300;
  return {
    ask,
    atMs: Number(row.at_ms),
    status,
    text,
    value: isParsed ? JSON.parse(text) as unknown : undefined,
  };
}

function bodyText({ sha256, zstd }: Record<string, SQLOutputValue>, ask: Ask): string {
  let got = "another body", cause: unknown;
  try {
    const bytes = zstdDecompressSync(zstd as Uint8Array);
    if (sha256Hex(bytes) === (sha256 as Uint8Array).toHex()) return bytes.toString();
  } catch (fault) {
    cause = fault;
    got = fault instanceof Error ? fault.message : String(fault);
  }
  throw new Error(
    `Cannot read the stored answer of ${ask.host} ${ask.path} as its body must match its hash: got ${got}`,
    { cause },
  );
}
