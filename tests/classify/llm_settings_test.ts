import assert from "node:assert/strict";
import { missingKeyNotice, readLlmSettings } from "lib/classify/llm_settings.ts";

function read(variables: Record<string, string>, options: { readonly model?: string } = {}) {
  const asked: string[] = [];
  const settings = readLlmSettings((name) => {
    asked.push(name);
    return variables[name];
  }, options);
  return { settings, asked };
}

Deno.test("readLlmSettings() asks OpenAI for the seed's model where nothing is set", () => {
  const { settings, asked } = read({});
  assert.deepEqual(settings, {
    model: "gpt-4o-mini",
    baseUrl: "https://api.openai.com/v1",
    host: "api.openai.com",
    readKey: null,
  });
  assert.deepEqual(asked.sort(), ["OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_MODEL"]);
});

Deno.test("readLlmSettings() reads server, model and key, the argument before the environment", () => {
  const variables = {
    OPENAI_BASE_URL: " http://127.0.0.1:11434/v1/ ",
    OPENAI_MODEL: "qwen3:8b",
    OPENAI_API_KEY: "secret-word-123",
  };
  const { settings } = read(variables);
  assert.equal(settings.baseUrl, "http://127.0.0.1:11434/v1");
  assert.equal(settings.host, "127.0.0.1:11434");
  assert.equal(settings.model, "qwen3:8b");
  assert.equal(settings.readKey!(), "secret-word-123");
  assert.equal(read(variables, { model: "other" }).settings.model, "other");
});

Deno.test("readLlmSettings() does not show the key, printed or as JSON", () => {
  const { settings } = read({ OPENAI_API_KEY: "secret-word-123" });
  for (const text of [JSON.stringify(settings), Deno.inspect(settings, { showHidden: true })]) {
    assert.ok(!text.includes("secret-word"));
  }
});

Deno.test("readLlmSettings() refuses an address with more in it, without repeating it", () => {
  const message =
    "Cannot use OPENAI_BASE_URL as it must be an http or https address without user, " +
    "query or fragment, like http://127.0.0.1:11434/v1: got another text";
  const addresses = [
    "http://me@host/v1",
    "http://:secret@host/v1",
    "https://host/v1?key=secret",
    "https://host/v1#secret",
    "ftp://host/secret",
    "localhost",
    "not an address",
  ];
  for (const text of addresses) {
    assert.throws(() => read({ OPENAI_BASE_URL: text }), { name: "SyntaxError", message });
  }
});

Deno.test("readLlmSettings() refuses names and keys that no server allows, without repeating them", () => {
  assert.throws(() => read({ OPENAI_MODEL: "a model\nwith more" }), {
    name: "SyntaxError",
    message: "Cannot ask a model as its name must be 1 to 200 letters, digits or any of " +
      ". : / @ + - _: got 17 characters",
  });
  assert.throws(() => read({ OPENAI_API_KEY: "sk-two\nlines" }), {
    name: "SyntaxError",
    message: "Cannot use OPENAI_API_KEY as it must be one word of plain characters: got others",
  });
});

Deno.test("missingKeyNotice() speaks only where OpenAI would be asked without a key", () => {
  const notice = missingKeyNotice(read({}).settings)!;
  for (const word of ["lexical", "OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_MODEL"]) {
    assert.ok(notice.includes(word), word);
  }
  assert.equal(missingKeyNotice(read({ OPENAI_API_KEY: "x" }).settings), null);
  assert.equal(
    missingKeyNotice(read({ OPENAI_BASE_URL: "http://127.0.0.1:8080/v1" }).settings),
    null,
  );
});
