import type { Answer, Ask, Failure } from "../fetch/ask.ts";
import { type FactFilter, factTable, type OddityRow, type StoredFact } from "./fact_table.ts";
import type { StoredReading } from "./fact_table.ts";
import { openResponseDatabase } from "./response_database.ts";
import { responseError, withResponseErrors } from "./response_error.ts";
import { failureTable } from "./response_failures.ts";
import { packedAnswer, responseTable } from "./response_table.ts";

export type { FactFilter, FactRow, OddityRow, StoredFact, StoredReading } from "./fact_table.ts";

/**
 * Every answer of every venue once, and what was read from it.
 *
 * All methods throw an Error that says why where the file cannot be written or read; what was to be
 * written is then not there, and the store goes on. Iterators read a page at a time, so answers may
 * be added while they run.
 */
export interface ResponseStore {
  /** The answer to an ask with the same key, as it was stored. Cost: one decompression. */
  find(ask: Ask): Answer | undefined;
  /**
   * Stores an answer with all that was read from it, or nothing.
   *
   * A version is stored only where its content differs from the latest of its kind and subject. A
   * failure of the same ask is forgotten.
   *
   * @returns Whether it was new: where the key is there already nothing is written.
   * @throws {TypeError} If a name has a character that would not come back as it went in.
   */
  add(answer: Answer, reading: StoredReading): boolean;
  /** Keeps the latest failure of an ask, unless it has been answered. */
  addFailure(failure: Failure): void;
  /** Forgets the failure of an ask, if there is one. */
  clearFailure(ask: Ask): void;
  /** Asks that have not been answered since they failed, ordered by key. */
  failures(): readonly Failure[];
  /** The answers that are there now, one at a time, in the order in which they were stored. */
  answers(): Iterable<Answer>;
  /**
   * How much there is: bytes of the texts of all answers, of the compressed bodies, each counted
   * once, and facts. Cost: O(1).
   */
  count(): { answers: number; bytes: number; storedBytes: number; facts: number };
  /**
   * Reads every answer again and puts what `read` says in the place of all facts, oddities and times
   * at which subjects were seen.
   *
   * One transaction: if it is interrupted, or `read` throws, all is as it was before; hence
   * {@link setReader} comes after it.
   */
  reread(read: (answer: Answer) => StoredReading): void;
  /** What {@link setReader} was told last; empty in a new store. */
  readerOf(): string;
  /** Keeps a text that names the code that the facts were read with. */
  setReader(hash: string): void;
  /** Facts ordered by subject, kind, time known, answer and position in it. */
  facts(filter: FactFilter): Iterable<StoredFact>;
  /**
   * As {@link facts}, but with the outline in the place of the content of facts that have one, so that
   * long contents are not read at all.
   */
  outlines(filter: FactFilter): Iterable<StoredFact>;
  /**
   * Oddities that differ in place, column, value or reason, each as it was first known; ordered by
   * time known, answer and position in it.
   */
  oddities(): Iterable<OddityRow & { knownAtMs: number; responseId: number }>;
  /** When a version of the subject last came, changed or not, UTC milliseconds. */
  seenAtMs(subject: string): number | undefined;
  /** Ends the hold on the file; a second time does nothing. */
  close(): void;
}

/**
 * A store of responses in one file of SQLite, which this process alone holds until it closes it or
 * ends.
 *
 * One transaction an answer: a killed process loses none whose `add` returned, and leaves none half.
 * Bodies are compressed with zstd, each once however many answers have it, and are checked against
 * their hash when they are read.
 *
 * A lock of the operating system is lost if this process opens the file by other means and closes
 * it again: do not read or hash the file of an open store.
 *
 * @param path File; it and its folder are made where they are missing.
 * @param options.maxPages Pages of 4 KB that the file may have; for tests of a full disk.
 * @throws {Error} If the file cannot be made, is no store of this version, or is held by another.
 */
export function openResponseStore(
  path: string,
  options: { maxPages?: number } = {},
): ResponseStore {
  const database = openResponseDatabase(path, options);
  const responses = responseTable(database);
  const failures = failureTable(database);
  const facts = factTable(database);
  const begin = database.prepare("begin immediate");
  const commit = database.prepare("commit");
  const rollback = database.prepare("rollback");
  const total = database.prepare("select answers, bytes, stored_bytes, facts from total");
  const addToTotal = database.prepare(
    `update total set answers = answers + 1, bytes = bytes + ?, stored_bytes = stored_bytes + ?,
      facts = facts + ?`,
  );
  const setTotalFacts = database.prepare("update total set facts = ?");
  const reader = database.prepare("select value from meta where name = 'reader'");
  const keepReader = database.prepare("insert or replace into meta values ('reader', ?)");

  function transaction<T>(task: string, work: () => T): T {
    if (withResponseErrors(task, () => database.isTransaction)) {
      throw new Error(`Cannot ${task} as another change must have ended: got one under way`);
    }
    try {
      begin.run();
      const result = work();
      commit.run();
      return result;
    } catch (cause) {
      if (database.isTransaction) rollback.run();
      throw responseError(task, cause);
    }
  }

  return {
    find: (ask) => withResponseErrors("find a stored answer", () => responses.find(ask)),
    add(answer, reading) {
      const packed = packedAnswer(answer);
      return transaction("store an answer", () => {
        if (responses.has(answer.ask)) return false;
        const { id, nStoredBytes } = responses.add(packed);
        const origin = { responseId: id, knownAtMs: answer.atMs };
        addToTotal.run(packed.nBytes, nStoredBytes, facts.add(reading, origin));
        failures.remove(answer.ask);
        return true;
      });
    },
    addFailure(failure) {
      transaction("store a failure", () => {
        if (!responses.has(failure.ask)) failures.add(failure);
      });
    },
    clearFailure(ask) {
      const task = "forget a failure";
      if (!withResponseErrors(task, () => failures.has(ask))) return;
      transaction(task, () => failures.remove(ask));
    },
    failures: () => withResponseErrors("read the stored failures", () => failures.all()),
    *answers() {
      const task = "read the stored answers";
      for (const { answer } of withErrorsOf(task, responses.all())) yield answer;
    },
    count() {
      const row = withResponseErrors("count the stored answers", () => total.get()!);
      return {
        answers: Number(row.answers),
        bytes: Number(row.bytes),
        storedBytes: Number(row.stored_bytes),
        facts: Number(row.facts),
      };
    },
    reread(read) {
      transaction("read the stored answers again", () => {
        facts.clear();
        let nFacts = 0;
        for (const { id, answer } of responses.all()) {
          nFacts += facts.add(read(answer), { responseId: id, knownAtMs: answer.atMs });
        }
        setTotalFacts.run(nFacts);
      });
    },
    readerOf: () => withResponseErrors("read the store", () => String(reader.get()?.value ?? "")),
    setReader(hash) {
      transaction("store the reader", () => keepReader.run(hash));
    },
    facts: (filter) => withErrorsOf("read the stored facts", facts.facts(filter)),
    outlines: (filter) => withErrorsOf("read the stored facts", facts.outlines(filter)),
    oddities: () => withErrorsOf("read the stored oddities", facts.oddities()),
    seenAtMs: (subject) =>
      withResponseErrors("read the stored facts", () => facts.seenAtMs(subject)),
    close() {
      if (database.isOpen) database.close();
    },
  };
}

function* withErrorsOf<T>(task: string, items: Generator<T>): Generator<T> {
  for (;;) {
    const { done, value } = withResponseErrors(task, () => items.next());
    if (done) return;
    yield value;
  }
}
