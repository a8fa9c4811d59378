import assert from "node:assert/strict";
import type { AnswerStore } from "lib/classify/answer_cache.ts";
import { answerFiles, parseAnswerFile } from "lib/store/answer_store.ts";
import { filesBelow } from "lib/store/hash.ts";

const KEY = "ab".repeat(32);
const ENTRY = { model: "m", answer: { content: "€ \u2028", use: null }, list: [1, 2.5] };

async function inFolder(work: (store: AnswerStore, folder: string) => Promise<void>) {
  const folder = await Deno.makeTempDir();
  try {
    await work(answerFiles(`${folder}/llm`), `${folder}/llm`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("answerFiles() gives back what was put, and undefined for what was not", () =>
  inFolder(async (store, folder) => {
    assert.equal(await store.get(KEY), undefined);
    await store.put(KEY, ENTRY);
    assert.deepEqual(await store.get(KEY), ENTRY);
    assert.deepEqual(await filesBelow(folder), [`ab/${KEY}.json`]);
    await store.put(KEY, { other: 1 });
    assert.deepEqual(await store.get(KEY), { other: 1 });
  }));

Deno.test("answerFiles() writes equal bytes for equal entries", () =>
  inFolder(async (store, folder) => {
    const path = `${folder}/ab/${KEY}.json`;
    await store.put(KEY, { a: 1, b: 2 });
    const first = await Deno.readTextFile(path);
    await store.put(KEY, { b: 2, a: 1 });
    assert.equal(await Deno.readTextFile(path), first);
  }));

Deno.test("answerFiles() tells a damaged file from a missing one", () =>
  inFolder(async (store, folder) => {
    await store.put(KEY, ENTRY);
    const path = `${folder}/ab/${KEY}.json`;
    const whole = await Deno.readTextFile(path);
    const damaged = [whole.slice(0, -9), whole.replace("2.5", "2.6"), "", "[]", "null", "{}"];
    for (const text of damaged) {
      await Deno.writeTextFile(path, text);
      await assert.rejects(() => store.get(KEY), { name: "SyntaxError" }, text);
    }
    await Deno.writeTextFile(path, whole);
    assert.deepEqual(await store.get(KEY), ENTRY);
  }));

Deno.test("answerFiles() takes only hashes as keys, so that none is a path", () =>
  inFolder(async (store) => {
    for (const key of ["../../etc/passwd", "AB".repeat(32), "ab", `${KEY}/x`]) {
      const refusal = {
        name: "TypeError",
        message: "Cannot keep an answer as its key must be a SHA-256: got another text",
      };
      await assert.rejects(() => store.get(key), refusal);
      await assert.rejects(() => store.put(key, ENTRY), refusal);
    }
  }));

Deno.test("parseAnswerFile() names what is wrong", () => {
  assert.throws(() => parseAnswerFile("x"), {
    name: "SyntaxError",
    message: "Cannot read a kept answer as its file must be JSON: got other text",
  });
  assert.throws(() => parseAnswerFile('{"sha256": "0", "entry": 1}'), {
    name: "SyntaxError",
    message: "Cannot read a kept answer as its content must match its hash: got another content",
  });
});
