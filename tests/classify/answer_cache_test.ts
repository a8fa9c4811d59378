import assert from "node:assert/strict";
import fc from "fast-check";
import {
  answerKey,
  type AskedQuestion,
  askedQuestions,
  cacheEntry,
  parseCacheEntry,
  questionMessages,
} from "lib/classify/answer_cache.ts";
import { textHash } from "lib/classify/event_block.ts";
import { themeTask } from "lib/classify/theme_task.ts";
import { event, THEMES } from "./asking.ts";

const QUESTION: AskedQuestion = {
  task: "theme",
  model: "m",
  host: "h",
  phrasing: "a",
  promptVersion: "12345678",
  promptHash: textHash(["S"]),
  system: "S",
  input: "U",
};
const REPLY = {
  content: '{"x": 1}',
  refusal: null,
  finishReason: "stop",
  hasChoice: true,
  model: "m-2026",
  use: { inputTokens: 5, cachedInputTokens: 0, outputTokens: 2 },
  format: "json_schema",
} as const;

Deno.test("answerKey() changes with each part of the question and nothing else", () => {
  const { system: _, ...kept } = QUESTION;
  const keys = Object.keys(kept).map((field) => answerKey({ ...QUESTION, [field]: "other" }));
  assert.equal(new Set([answerKey(QUESTION), ...keys]).size, keys.length + 1);
  const turned = Object.fromEntries(Object.entries(QUESTION).toReversed());
  assert.equal(answerKey(turned as typeof QUESTION), answerKey(QUESTION));
  assert.match(answerKey(QUESTION), /^[0-9a-f]{64}$/);
});

Deno.test("askedQuestions() puts task, model and server to each input, with the prompt's hash", () => {
  const task = themeTask(THEMES, { phrasing: "a", descriptionCharacters: 500 });
  const questionOf = askedQuestions(task, { model: "m", host: "h" });
  assert.deepEqual(questionOf(event("Same?")), {
    task: "theme",
    model: "m",
    host: "h",
    phrasing: "a",
    promptVersion: task.promptVersion,
    promptHash: textHash([task.system]),
    system: task.system,
    input: task.user(event("Same?")),
  });
});

Deno.test("cacheEntry() keeps model, prompt hash, input, the answer as it came and its cost", () => {
  const entry = cacheEntry(QUESTION, REPLY);
  assert.deepEqual(entry, {
    version: 1,
    task: "theme",
    model: "m",
    host: "h",
    phrasing: "a",
    promptVersion: "12345678",
    promptHash: textHash(["S"]),
    input: "U",
    answer: { model: "m-2026", content: '{"x": 1}', format: "json_schema", use: REPLY.use },
  });
  assert.deepEqual(parseCacheEntry(JSON.parse(JSON.stringify(entry)), answerKey(QUESTION)), entry);
});

Deno.test("parseCacheEntry() gives an entry or throws SyntaxError on any JSON, nothing else", () => {
  const entry = cacheEntry(QUESTION, REPLY);
  const key = answerKey(QUESTION);
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(entry)), fc.jsonValue(), (field, value) => {
      assert.throws(() => parseCacheEntry(value, key), SyntaxError);
      const changed = { ...entry, [field]: value };
      try {
        assert.equal(answerKey({ ...parseCacheEntry(changed, key), system: "S" }), key);
      } catch (error) {
        assert.ok(error instanceof SyntaxError, String(error));
      }
    }),
    { seed: 7, numRuns: 500 },
  );
});

Deno.test("questionMessages() adds the fault as one message of ours", () => {
  const first = questionMessages(QUESTION, null);
  assert.deepEqual(first, [{ role: "system", content: "S" }, { role: "user", content: "U" }]);
  const again = questionMessages(QUESTION, "the fault");
  assert.deepEqual(again.slice(0, 2), first);
  assert.equal(again.length, 3);
  assert.match(again[2]!.content, /not accepted: the fault\./);
});
