import type { DatabaseSync } from "node:sqlite";
import type { Ask, Failure } from "../fetch/ask.ts";
import { responseKey } from "./response_table.ts";

/** Asks without an answer; without transactions, which the store owns. */
export interface FailureTable {
  /** Keeps the latest failure of an ask. */
  add(failure: Failure): void;
  has(ask: Ask): boolean;
  remove(ask: Ask): void;
  /** All of them, ordered by host, path, body and edition. */
  all(): Failure[];
}

/** The table of failures in an open database. */
export function failureTable(database: DatabaseSync): FailureTable {
  const insert = database.prepare(
    `insert into failure values (?, ?, ?, ?, ?, ?) on conflict (key) do update set
      at_ms = excluded.at_ms, ask = excluded.ask, status = excluded.status,
      reason = excluded.reason, is_passing = excluded.is_passing
      where excluded.at_ms >= at_ms`,
  );
  const has = database.prepare("select 1 from failure where key = ?");
  const remove = database.prepare("delete from failure where key = ?");
  const all = database.prepare(
    `select at_ms, ask, status, reason, is_passing from failure
      order by ask ->> 'host', ask ->> 'path', coalesce(ask ->> 'body', ''), ask ->> 'edition'`,
  );
  return {
    add({ ask, atMs, status, reason, isPassing }) {
      insert.run(
        responseKey(ask),
        atMs,
        JSON.stringify(ask),
        status,
        JSON.stringify(reason),
        Number(isPassing),
      );
    },
    has: (ask) => has.get(responseKey(ask)) !== undefined,
    remove(ask) {
      remove.run(responseKey(ask));
    },
    all: () =>
      all.all().map(({ at_ms, ask, status, reason, is_passing }) => ({
        ask: JSON.parse(String(ask)) as Ask,
        atMs: Number(at_ms),
        status: status === null ? null : Number(status),
        reason: JSON.parse(String(reason)) as string,
        isPassing: is_passing === 1,
      })),
  };
}
