import assert from "node:assert/strict";
import { answererName, promptVersion } from "lib/classify/llm_task.ts";

Deno.test("promptVersion() changes with any text and with where one ends", () => {
  const versions = [["a", "b"], ["a", "c"], ["ab"], ["a", "b", ""], ["b", "a"]].map(promptVersion);
  assert.equal(new Set(versions).size, versions.length);
  assert.ok(versions.every((version) => /^[0-9a-f]{8}$/.test(version)));
});

Deno.test("answererName() names model, prompt version and phrasing", () => {
  const task = { promptVersion: "1a2b3c4d", phrasing: "b" };
  assert.equal(answererName({ model: "gpt-4o-mini" }, task), "llm gpt-4o-mini 1a2b3c4d b");
});
