import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { type Random, randomIndex, randomStream } from "lib/core/random.ts";
import { openResponseStore, type ResponseStore } from "lib/store/response_store.ts";

const STORE = new URL("../../lib/store/response_store.ts", import.meta.url).href;
/** Stores numbered answers from where the store ends, and prints a number when it is stored. */
const WRITER = `
  import { openResponseStore } from "${STORE}";
  const store = openResponseStore(Deno.args[0]);
  const fact = { kind: "days", fromMs: 0, toMs: 1, isVersion: false };
  for (let n = store.count().answers;; ++n) {
    const ask = { host: "h", path: "/" + n, body: null, format: "csv", kind: "k", subject: "", edition: "" };
    const facts = Array.from({ length: 5 }, (_, k) => ({ ...fact, subject: "s" + k, content: String(n) }));
    facts.push({ ...fact, kind: "state", subject: "v", isVersion: true, content: String(n >> 1) });
    const oddities = [{ place: "p", row: 0, column: "c", value: String(n), reason: "r" }];
    store.add({ ask, atMs: n, status: 200, text: "n".repeat(n % 7000) + n, value: undefined }, { facts, oddities });
    console.log(n);
  }`;
/** Reads all answers again, for ever, with facts of another content each time. */
const REREADER = `
  import { openResponseStore } from "${STORE}";
  const store = openResponseStore(Deno.args[0]);
  for (let n = 0;; ++n) {
    store.reread(({ ask }) => ({ facts: [{ kind: "k", subject: ask.path, fromMs: null, toMs: null,
      isVersion: false, content: String(n) }], oddities: [] }));
    store.setReader(String(n));
    console.log(n);
  }`;

/**
 * Runs a program, kills it some time after it has printed a number of lines; gives the lines. After
 * no line: while it starts and opens the store.
 */
async function killed(
  program: string,
  path: string,
  { afterLines, waitMs }: { afterLines: number; waitMs: number },
): Promise<string[]> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["eval", "--quiet", program, path],
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  let text = "";
  if (afterLines === 0) setTimeout(() => child.kill("SIGKILL"), 60 + 10 * waitMs);
  for await (const piece of child.stdout.pipeThrough(new TextDecoderStream())) {
    const nBefore = text.split("\n").length - 1;
    text += piece;
    if (nBefore < afterLines && text.split("\n").length > afterLines) {
      setTimeout(() => child.kill("SIGKILL"), waitMs);
    }
  }
  assert.equal((await child.status).signal, "SIGKILL");
  return text.split("\n").slice(0, -1);
}

/** The whole store is there: numbers without a gap, each once, with all that was read from it. */
function assertWhole(store: ResponseStore): number {
  const texts = Array.from(store.answers(), ({ ask, text }) => [ask.path, text]);
  assert.deepEqual(texts, texts.map((_, n) => [`/${n}`, "n".repeat(n % 7000) + n]));
  const n = texts.length;
  for (const subject of ["s0", "s1", "s2", "s3", "s4"]) {
    const numbers = Array.from(store.facts({ subject }), ({ content }) => Number(content));
    assert.deepEqual(numbers, texts.map((_, k) => k));
  }
  const versions = Array.from(store.facts({ subject: "v" }), ({ content }) => Number(content));
  assert.deepEqual(versions, Array.from({ length: Math.ceil(n / 2) }, (_, k) => k));
  assert.equal(store.seenAtMs("v"), n === 0 ? undefined : n - 1);
  assert.deepEqual(
    Array.from(store.oddities(), ({ value }) => Number(value)),
    texts.map((_, k) => k),
  );
  assert.deepEqual({ ...store.count(), storedBytes: 0 }, {
    answers: n,
    bytes: texts.reduce((sum, [, text]) => sum + text!.length, 0),
    storedBytes: 0,
    facts: 5 * n + versions.length,
  });
  return n;
}

function assertSound(path: string): void {
  const database = new DatabaseSync(path);
  assert.equal(database.prepare("pragma integrity_check").get()!.integrity_check, "ok");
  assert.deepEqual(database.prepare("pragma foreign_key_check").all(), []);
  database.close();
}

async function killTenTimes(path: string, random: Random): Promise<void> {
  let nStored = 0;
  for (let k = 0; k < 10; ++k) {
    const moment = { afterLines: randomIndex(random, 5) * 10, waitMs: randomIndex(random, 8) };
    const printed = (await killed(WRITER, path, moment)).map(Number);
    assert.deepEqual(printed, printed.map((_, i) => nStored + i), "goes on where it was stopped");
    const store = openResponseStore(path);
    const n = assertWhole(store);
    store.close();
    // one answer may have been stored whose number was not printed any more
    assert.ok(n >= nStored + printed.length, `${n} answers, ${nStored + printed.length} printed`);
    assertSound(path);
    nStored = n;
  }
  assert.ok(nStored > 50, `${nStored} answers`);
}

Deno.test("ResponseStore loses and doubles nothing when its process is killed, at 30 moments", async () => {
  const folder = Deno.makeTempDirSync();
  await Promise.all(
    [1, 2, 3].map((chain) =>
      killTenTimes(`${folder}/${chain}.sqlite`, randomStream(chain, "moments"))
    ),
  );
  Deno.removeSync(folder, { recursive: true });
});

Deno.test("ResponseStore.reread() that is killed leaves the facts of the last whole reading", async () => {
  const folder = Deno.makeTempDirSync();
  const path = `${folder}/responses.sqlite`;
  await killed(WRITER, path, { afterLines: 300, waitMs: 0 });
  for (const waitMs of [1, 5, 9]) {
    await killed(REREADER, path, { afterLines: 3, waitMs });
    const store = openResponseStore(path);
    const contents = Array.from(store.facts({}), ({ content }) => Number(content));
    assert.equal(contents.length, store.count().answers);
    assert.equal(store.count().facts, contents.length);
    assert.deepEqual([...new Set(contents)], [contents[0]], "all of one reading");
    // between a reading and the word that it was done a kill leaves the word of the one before
    assert.ok([0, 1].includes(contents[0]! - Number(store.readerOf())));
    store.close();
    assertSound(path);
  }
  Deno.removeSync(folder, { recursive: true });
});

Deno.test("openResponseStore() refuses a file that another process writes to, until that is killed", async () => {
  const folder = Deno.makeTempDirSync();
  const path = `${folder}/responses.sqlite`;
  const child = new Deno.Command(Deno.execPath(), {
    args: ["eval", "--quiet", WRITER, path],
    stdout: "piped",
  }).spawn();
  const reader = child.stdout.getReader();
  await reader.read();
  assert.throws(() => openResponseStore(path), {
    name: "Error",
    message: `Cannot open the store of responses "${path}" as no other process may write to it: ` +
      "got database is locked",
  });
  child.kill("SIGKILL");
  await reader.cancel();
  await child.status;
  const store = openResponseStore(path);
  assert.ok(assertWhole(store) > 0);
  store.close();
  Deno.removeSync(folder, { recursive: true });
});
