import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { responseError } from "./response_error.ts";

/** Version of the tables below; a file with another one is refused. */
const RESPONSE_STORE_VERSION = 1;

/**
 * Pages of the log, 64 MB, after which they are copied to the file: those of indices change with each
 * answer and are copied once in many, which saves a quarter of the time of `add`.
 */
const LOG_PAGES = 16_384;

/** Times are UTC milliseconds. Texts that a venue may have made up are kept as JSON. */
const TABLES = `
  create table meta (name text primary key, value text not null) strict, without rowid;
  create table total (
    id integer primary key check (id = 1),
    answers integer not null, bytes integer not null, stored_bytes integer not null,
    facts integer not null
  ) strict;
  insert into total values (1, 0, 0, 0, 0);
  create table body (
    id integer primary key, sha256 blob not null unique, n_bytes integer not null,
    zstd blob not null
  ) strict;
  create table response (
    id integer primary key, key blob not null unique,
    body_id integer not null references body (id), at_ms real not null, status integer not null,
    host text not null, path text not null, body text, format text not null, kind text not null,
    subject text not null, edition text not null
  ) strict;
  create table failure (
    key blob primary key, at_ms real not null, ask text not null, status integer,
    reason text not null, is_passing integer not null
  ) strict, without rowid;
  create table fact (
    id integer primary key, response_id integer not null references response (id),
    position integer not null, kind text not null, subject text not null, from_ms real,
    to_ms real, is_version integer not null, known_at_ms real not null, outline text,
    content any not null
  ) strict;
  create unique index fact_order on fact (subject, kind, known_at_ms, response_id, position);
  create table oddity (
    content text primary key, response_id integer not null references response (id),
    position integer not null, row integer not null, known_at_ms real not null
  ) strict;
  create unique index oddity_order on oddity (known_at_ms, response_id, position);
  create table seen (subject text primary key, at_ms real not null) strict, without rowid;
  pragma user_version = ${RESPONSE_STORE_VERSION};
`;

/**
 * The database of a store of responses, its folder and tables made where they are missing, held by
 * this process alone until it is closed.
 *
 * The hold is a lock of the operating system on the file, so it ends with the process, however that
 * ends. What was committed outlives a killed process; a power cut may take the last transactions,
 * never a part of one. With the lock SQLite keeps the index of its log in memory instead of in a
 * mapped file, which a full disk would turn into a bus error.
 *
 * @param options.maxPages Pages of 4 KB that the file may have; for tests of a full disk.
 * @throws {Error} If the file cannot be made or is no such store, or another process holds it.
 */
export function openResponseDatabase(
  path: string,
  { maxPages }: { maxPages?: number } = {},
): DatabaseSync {
  const task = `open the store of responses "${path}"`;
  makeFolder(dirname(path), task);
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path, { enableForeignKeyConstraints: true });
    database.exec("pragma locking_mode = exclusive; pragma journal_mode = wal");
    database.exec("pragma synchronous = normal; pragma cache_size = -65536");
    database.exec(`pragma wal_autocheckpoint = ${LOG_PAGES}; pragma journal_size_limit = 67108864`);
    if (maxPages !== undefined) database.exec(`pragma max_page_count = ${Math.trunc(maxPages)}`);
    // the lock is taken by the first transaction that writes
    database.exec("begin immediate");
    fitTables(database, path);
    database.exec("commit");
    return database;
  } catch (cause) {
    database?.close();
    throw responseError(task, cause);
  }
}

function makeFolder(folder: string, task: string): void {
  try {
    Deno.mkdirSync(folder, { recursive: true });
  } catch (cause) {
    const got = cause instanceof Error ? cause.message : cause;
    throw new Error(`Cannot ${task} as its folder must be writable and have space: got ${got}`, {
      cause,
    });
  }
}

function fitTables(database: DatabaseSync, path: string): void {
  const version = Number(database.prepare("pragma user_version").get()!.user_version);
  if (version === RESPONSE_STORE_VERSION) return;
  const nTables = Number(database.prepare("select count(*) n from sqlite_schema").get()!.n);
  if (version !== 0 || nTables > 0) {
    throw new Error(
      `Cannot open the store of responses "${path}" as its version must be ${RESPONSE_STORE_VERSION}: got ${version}`,
    );
  }
  database.exec(TABLES);
}
