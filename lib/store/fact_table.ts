import type { DatabaseSync, SQLOutputValue, StatementSync } from "node:sqlite";
import { zstdCompressSync, zstdDecompressSync } from "node:zlib";
import { requireWholeTexts } from "./response_text.ts";

/** Something that an answer says, as it is stored. */
export interface FactRow {
  readonly kind: string;
  readonly subject: string;
  /** The span that it is about, UTC milliseconds; `null` where it is about none. */
  readonly fromMs: number | null;
  readonly toMs: number | null;
  /** Whether it is a version of one thing, stored only where it differs from the one before. */
  readonly isVersion: boolean;
  /** The whole fact, JSON. */
  readonly content: string;
  /** The fact without what is long in it, JSON: read in its stead where spans are enough. */
  readonly outline?: string;
}

/** Something in an answer that could not be taken; its texts are untrusted. */
export interface OddityRow {
  readonly place: string;
  readonly row: number;
  readonly column: string;
  readonly value: string;
  readonly reason: string;
}

/** All that is to be stored of what an answer says. */
export interface StoredReading {
  readonly facts: readonly FactRow[];
  readonly oddities: readonly OddityRow[];
}

/** A fact with the answer that it is from and the time from which it was known. */
export interface StoredFact extends FactRow {
  readonly responseId: number;
  readonly knownAtMs: number;
}

/** Which facts: all of them where it is empty. */
export interface FactFilter {
  readonly kind?: string;
  readonly subject?: string;
  readonly subjectPrefix?: string;
}

/** The answer that facts are from. */
export interface FactOrigin {
  readonly responseId: number;
  readonly knownAtMs: number;
}

/** Facts, oddities and when subjects were seen; without transactions, which the store owns. */
export interface FactTable {
  /** Stores what an answer says; gives the number of facts that were new. */
  add(reading: StoredReading, origin: FactOrigin): number;
  clear(): void;
  facts(filter: FactFilter): Generator<StoredFact>;
  outlines(filter: FactFilter): Generator<StoredFact>;
  oddities(): Generator<OddityRow & FactOrigin>;
  seenAtMs(subject: string): number | undefined;
}

/** Characters from which content is compressed: below, the bytes saved are not worth the time. */
const LONG_CONTENT = 4096;
/** Rows read at a time; whole facts may have 100 KB before they are compressed, so fewer of them. */
const FACTS_A_PAGE = 256, OUTLINES_A_PAGE = 2000;
/** Sorts behind every text that begins alike. */
const LAST_CHARACTER = "\u{10ffff}";

const FIELDS = "subject, kind, known_at_ms, response_id, position, from_ms, to_ms, is_version";

/** The tables of facts in an open database. */
export function factTable(database: DatabaseSync): FactTable {
  const insertFact = database.prepare(
    `insert into fact (response_id, position, kind, subject, from_ms, to_ms, is_version,
      known_at_ms, outline, content) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const latestVersion = database.prepare(
    `select content from fact where subject = ? and kind = ? and is_version = 1
      order by known_at_ms desc, response_id desc, position desc limit 1`,
  );
  const insertSeen = database.prepare(
    `insert into seen values (?, ?) on conflict (subject) do
      update set at_ms = excluded.at_ms where excluded.at_ms > at_ms`,
  );
  const insertOddity = database.prepare(
    `insert into oddity (content, response_id, position, row, known_at_ms) values (?, ?, ?, ?, ?)
      on conflict (content) do update set response_id = excluded.response_id,
        position = excluded.position, row = excluded.row, known_at_ms = excluded.known_at_ms
      where excluded.known_at_ms < known_at_ms`,
  );
  const oddityPage = database.prepare(
    `select content, row, known_at_ms, response_id, position from oddity
      where (known_at_ms, response_id, position) > (?, ?, ?)
      order by known_at_ms, response_id, position limit ?`,
  );
  const seen = database.prepare("select at_ms from seen where subject = ?");
  const statements = new Map<string, StatementSync>();

  function addFact(row: FactRow, position: number, { responseId, knownAtMs }: FactOrigin): number {
    const { kind, subject, fromMs, toMs, isVersion, content, outline = null } = row;
    requireWholeTexts({ kind, subject, content, outline });
    if (isVersion) {
      insertSeen.run(subject, knownAtMs);
      const latest = latestVersion.get(subject, kind);
      if (latest !== undefined && unpacked(latest.content) === content) return 0;
    }
    insertFact.run(
      responseId,
      position,
      kind,
      subject,
      fromMs,
      toMs,
      Number(isVersion),
      knownAtMs,
      outline,
      packed(content),
    );
    return 1;
  }

  /** One statement for each text: plans ask for a few facts of each of many contracts. */
  function prepared(sql: string): StatementSync {
    const statement = statements.get(sql) ?? database.prepare(sql);
    statements.set(sql, statement);
    return statement;
  }

  /** Pages rather than a cursor, so that answers may be added while somebody reads. */
  function* pages(
    fields: string,
    { kind, subject, subjectPrefix = "" }: FactFilter,
    nRows: number,
  ): Generator<StoredFact> {
    const page = prepared(
      `select ${FIELDS}, ${fields} from fact
        where (subject, kind, known_at_ms, response_id, position) > (?, ?, ?, ?, ?)
          and subject <= ? ${kind === undefined ? "" : "and kind = ?"}
        order by subject, kind, known_at_ms, response_id, position limit ?`,
    );
    const last = subject ?? `${subjectPrefix}${LAST_CHARACTER}`;
    const rest = [last, ...kind === undefined ? [] : [kind], nRows];
    let after: SQLOutputValue[] = [subject ?? subjectPrefix, "", -Infinity, 0, 0];
    for (;;) {
      const rows = page.all(...after, ...rest);
      for (const row of rows) yield storedFact(row);
      if (rows.length < nRows) return;
      const end = rows.at(-1)!;
      after = [end.subject!, end.kind!, end.known_at_ms!, end.response_id!, end.position!];
    }
  }

  return {
    add({ facts, oddities }, origin) {
      let nNew = 0;
      facts.forEach((row, position) => {
        nNew += addFact(row, position, origin);
      });
      oddities.forEach(({ place, row, column, value, reason }, position) => {
        const content = JSON.stringify([place, column, value, reason]);
        insertOddity.run(content, origin.responseId, position, row, origin.knownAtMs);
      });
      return nNew;
    },
    clear() {
      database.exec("delete from fact; delete from oddity; delete from seen");
    },
    facts: (filter) => pages("outline, content", filter, FACTS_A_PAGE),
    outlines: (filter) =>
      pages("null outline, coalesce(outline, content) content", filter, OUTLINES_A_PAGE),
    *oddities() {
      let after = [-Infinity, 0, 0];
      for (;;) {
        const rows = oddityPage.all(...after, OUTLINES_A_PAGE);
        for (const { content, row, known_at_ms, response_id } of rows) {
          const [place, column, value, reason] = JSON.parse(String(content)) as string[];
          yield {
            place: place!,
            row: Number(row),
            column: column!,
            value: value!,
            reason: reason!,
            knownAtMs: Number(known_at_ms),
            responseId: Number(response_id),
          };
        }
        if (rows.length < OUTLINES_A_PAGE) return;
        const { known_at_ms, response_id, position } = rows.at(-1)!;
        after = [Number(known_at_ms), Number(response_id), Number(position)];
      }
    },
    seenAtMs(subject) {
      const row = seen.get(subject);
      return row === undefined ? undefined : Number(row.at_ms);
    },
  };
}

function storedFact(row: Record<string, SQLOutputValue>): StoredFact {
  return {
    kind: String(row.kind),
    subject: String(row.subject),
    fromMs: row.from_ms as number | null,
    toMs: row.to_ms as number | null,
    isVersion: row.is_version === 1,
    content: unpacked(row.content),
    ...(row.outline === null ? {} : { outline: String(row.outline) }),
    responseId: Number(row.response_id),
    knownAtMs: Number(row.known_at_ms),
  };
}

function packed(content: string): string | Uint8Array {
  return content.length < LONG_CONTENT ? content : zstdCompressSync(content);
}

function unpacked(content: unknown): string {
  return content instanceof Uint8Array ? zstdDecompressSync(content).toString() : String(content);
}
