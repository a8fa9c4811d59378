import assert from "node:assert/strict";
import fc from "fast-check";
import { answerJson, parseAnswer } from "lib/classify/answer_json.ts";
import { z } from "zod";

Deno.test("answerJson() reads whole JSON, one fence, JSON after thoughts", () => {
  assert.deepEqual(answerJson(' {"a": 1}\n'), { a: 1 });
  assert.deepEqual(answerJson('```json\n{"a": 1}\n```'), { a: 1 });
  assert.deepEqual(answerJson('```\n{"a": 1}```'), { a: 1 });
  assert.deepEqual(answerJson('<think>\nno {"a": 2}\n</think>\n{"a": 1}'), { a: 1 });
});

Deno.test("answerJson() does not look for JSON within other text", () => {
  const texts = [
    'Answer: {"a": 1}',
    '{"a": 1} done',
    '{"a": 1}{"a": 2}',
    '```json\n{"a": 1}\n```\n```json\n{"a": 2}\n```',
    'Sure:\n```json\n{"a": 1}\n```',
    '<think>{"a": 1}',
    "",
    "undefined",
  ];
  for (const text of texts) {
    assert.throws(() => answerJson(text), {
      name: "SyntaxError",
      message: "Cannot read an answer as it must be one JSON object: got other text",
    });
  }
});

Deno.test("answerJson() gives back any JSON and throws only SyntaxError on any text", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = JSON.stringify(value);
      assert.deepEqual(answerJson(text), JSON.parse(text));
      assert.deepEqual(answerJson(`\`\`\`json\n${text}\n\`\`\``), JSON.parse(text));
    }),
    { seed: 7, numRuns: 300 },
  );
  const pieces = fc.constantFrom(
    "```",
    "json",
    "\n",
    "<think>",
    "</think>",
    "{",
    "}",
    '"a": 1',
    " ",
  );
  const text = fc.oneof(fc.string(), fc.array(pieces).map((all) => all.join("")));
  fc.assert(
    fc.property(text, (some) => {
      try {
        answerJson(some);
      } catch (error) {
        assert.ok(error instanceof SyntaxError);
      }
    }),
    { seed: 7, numRuns: 1000 },
  );
});

Deno.test("parseAnswer() names fields and kinds of fault, nothing of the value", () => {
  const schema = z.strictObject({ theme: z.enum(["x"]), share: z.number().max(1) });
  assert.deepEqual(parseAnswer({ theme: "x", share: 1 }, schema, "a test answer"), {
    theme: "x",
    share: 1,
  });
  assert.throws(() => parseAnswer({ theme: "EVIL", share: 2, EVIL: 1 }, schema, "a test answer"), {
    name: "SyntaxError",
    message: "Cannot read a test answer as it must fit its schema: got theme: invalid value; " +
      "share: too big; the answer: unrecognized keys",
  });
});
