import assert from "node:assert/strict";
import { chatClient, type ChatRequest } from "lib/classify/chat_client.ts";
import { ChatError } from "lib/classify/chat_error.ts";
import { z } from "zod";
import { KEY, settingsFor } from "./asking.ts";
import { completion, failure, stubServer } from "./stub_server.ts";

const REQUEST: ChatRequest = {
  messages: [{ role: "system", content: "S" }, { role: "user", content: "U" }],
  schemaName: "test",
  schema: z.strictObject({ a: z.number() }),
  maxOutputTokens: 10,
};
const client = (baseUrl: string) =>
  chatClient(settingsFor(baseUrl), { timeoutMs: 30_000, nowMs: () => 0 });

Deno.test("chatClient() gives the reply as it came, with what it cost", async () => {
  await using server = stubServer(() => completion('{"a": 1}', { refusal: "" }));
  assert.deepEqual(await client(server.baseUrl).ask(REQUEST), {
    content: '{"a": 1}',
    refusal: "",
    finishReason: "stop",
    hasChoice: true,
    model: "stub-model-2026-01-01",
    use: { inputTokens: 1000, cachedInputTokens: 0, outputTokens: 50 },
    format: "json_schema",
  });
});

Deno.test("chatClient() takes nothing from the environment that it was not given", async () => {
  await using server = stubServer(() => completion("{}"));
  const code = `
    import { chatClient } from "lib/classify/chat_client.ts";
    import { readLlmSettings } from "lib/classify/llm_settings.ts";
    import { z } from "zod";
    const given = { OPENAI_BASE_URL: "${server.baseUrl}", OPENAI_API_KEY: "${KEY}" };
    const settings = readLlmSettings((name) => given[name]);
    await chatClient(settings, { timeoutMs: 20_000, nowMs: () => 0 }).ask({
      messages: [{ role: "user", content: "U" }],
      schemaName: "test",
      schema: z.strictObject({}),
      maxOutputTokens: 10,
    });`;
  // in a process of its own, as other tests share this one's environment
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", "--quiet", code],
    cwd: new URL("../../", import.meta.url),
    env: {
      OPENAI_API_KEY: "sk-of-the-environment",
      OPENAI_BASE_URL: "http://127.0.0.1:1/v1",
      OPENAI_ORG_ID: "org-of-the-environment",
      OPENAI_PROJECT_ID: "project-of-the-environment",
      OPENAI_CUSTOM_HEADERS: "x-sneaked-in: of-the-environment",
      OPENAI_LOG: "debug",
    },
  }).output();
  const printed = new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
  assert.deepEqual([success, printed], [true, ""]);
  const { headers } = server.requests[0]!;
  assert.equal(headers.authorization, `Bearer ${KEY}`);
  assert.ok(!JSON.stringify(headers).includes("environment"));
});

Deno.test("chatClient() does not follow a server elsewhere with the key", async () => {
  await using elsewhere = stubServer(() => completion("{}"));
  await using server = stubServer(() =>
    new Response(null, {
      status: 307,
      headers: { location: `${elsewhere.baseUrl}/chat/completions` },
    })
  );
  await assert.rejects(() => client(server.baseUrl).ask(REQUEST), ChatError);
  assert.equal(elsewhere.requests.length, 0);
});

Deno.test("chatClient() makes one request a call and says what its failure means", async () => {
  await using server = stubServer(({ index }) =>
    failure([500, 429, 404, 400][index]!, "words", { headers: { "retry-after": "3" } })
  );
  const found: unknown[] = [];
  for (let i = 0; i < 4; ++i) {
    await client(server.baseUrl).ask(REQUEST).catch((error) => {
      found.push([error.kind, error.status, error.retryAfterMs, error.mayBeBilled]);
    });
  }
  assert.deepEqual(found, [
    ["passing", 500, 3000, false],
    ["passing", 429, 3000, false],
    ["run", 404, null, false],
    ["request", 400, null, false],
  ]);
  assert.equal(server.requests.length, 4);
});
