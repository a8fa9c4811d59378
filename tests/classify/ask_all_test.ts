import assert from "node:assert/strict";
import { answerKey, askedQuestions } from "lib/classify/answer_cache.ts";
import { askAll, type AskOptions, type AskResult, type LiveAsking } from "lib/classify/ask_all.ts";
import type { CostEstimate } from "lib/classify/cost_estimate.ts";
import { realDelay } from "lib/classify/pace.ts";
import { type ThemeAnswer, themeTask } from "lib/classify/theme_task.ts";
import {
  askingOf,
  event,
  KEY,
  memoryStore,
  recordedPace,
  settingsFor,
  themeAnswer,
  THEMES,
} from "./asking.ts";
import {
  completion,
  failure,
  rawServer,
  silence,
  type StubRequest,
  stubServer,
} from "./stub_server.ts";

const TASK = themeTask(THEMES, { phrasing: "a", descriptionCharacters: 500 });
const GOOD = themeAnswer("fed_policy");

function ask(nEvents: number, asking: AskOptions): Promise<AskResult<ThemeAnswer>> {
  const events = Array.from({ length: nEvents }, (_, i) => event(`t${i}`));
  return askAll([TASK], events, asking);
}

/** Asks one event of a server that answers by `reply`. */
async function askOne(
  reply: (request: StubRequest, signal: AbortSignal) => Response | Promise<Response>,
  live: Partial<LiveAsking> & { readonly timeoutMs?: number } = {},
) {
  await using server = stubServer(reply);
  const pace = recordedPace();
  const found = await ask(1, askingOf(server.baseUrl, { pace, ...live }));
  assert.equal(found.answers.length + found.failed.length, 1);
  return { ...found, requests: server.requests, waits: pace.waits };
}

/** Replies in turn, the last one for all that follow. */
function inTurn(...replies: readonly (() => Response)[]): (request: StubRequest) => Response {
  return ({ index }) => replies[Math.min(index, replies.length - 1)]!();
}

for (
  const [name, content] of [
    ["in a Markdown fence", "```json\n" + JSON.stringify(GOOD) + "\n```"],
    [
      "after a block of thoughts",
      `<think>{"primary_theme": "sports"}</think>\n${JSON.stringify(GOOD)}`,
    ],
    ["with white space around", `\n  ${JSON.stringify(GOOD, null, 2)}\n`],
  ] as const
) {
  Deno.test(`askAll() reads an answer ${name}`, async () => {
    const { answers } = await askOne(() => completion(content));
    assert.equal(answers[0]!.answer.primaryTheme, "fed_policy");
  });
}

for (
  const [name, content, fault] of [
    [
      "malformed JSON",
      '{"primary_theme": "fed',
      "Cannot read an answer as it must be one JSON object: got other text",
    ],
    [
      "text around the JSON",
      `Sure! ${JSON.stringify(GOOD)}`,
      "Cannot read an answer as it must be one JSON object: got other text",
    ],
    ["an empty answer", "", "Cannot read an answer as it must be one JSON object: got other text"],
    ["no content", null, "Cannot read an answer as it must be one JSON object: got other text"],
    [
      "extra keys",
      { ...GOOD, sneaky: "text" },
      "Cannot read a theme answer as it must fit its schema: got the answer: unrecognized keys",
    ],
    [
      "an unknown theme",
      themeAnswer("crypto"),
      "Cannot read a theme answer as it must fit its schema: got primary_theme: invalid value",
    ],
    [
      "an unknown second theme",
      themeAnswer("sports", 0.9, "uncategorized"),
      "Cannot read a theme answer as it must fit its schema: got secondary_theme: invalid value",
    ],
    [
      "a confidence above 1",
      themeAnswer("sports", 85),
      "Cannot read a theme answer as it must fit its schema: got confidence: too big",
    ],
    [
      "a missing field",
      { primary_theme: "sports" },
      "Cannot read a theme answer as it must fit its schema: got secondary_theme: invalid value; confidence: invalid type; reasoning: invalid type",
    ],
    [
      "a list",
      [GOOD],
      "Cannot read a theme answer as it must fit its schema: got the answer: invalid type",
    ],
  ] as const
) {
  Deno.test(`askAll() asks again once with the fault after ${name}, then gives up`, async () => {
    const better = await askOne(inTurn(() => completion(content), () => completion(GOOD)));
    assert.equal(better.answers[0]!.answer.primaryTheme, "fed_policy");
    const [first, second] = better.requests.map(({ body }) => body.messages);
    assert.deepEqual(second!.slice(0, 2), first);
    assert.deepEqual(second!.slice(2).map(({ role }) => role), ["user"]);
    assert.ok(second![2]!.content.includes(fault));
    assert.doesNotMatch(second![2]!.content, /sneaky|Sure/);
    assert.deepEqual(better.spent.use, {
      inputTokens: 2000,
      cachedInputTokens: 0,
      outputTokens: 100,
    });
    const worse = await askOne(() => completion(content));
    assert.equal(worse.requests.length, 2);
    assert.deepEqual(worse.failed, [{
      id: "event:t0",
      phrasing: "a",
      reason: `the answer was malformed twice: ${fault}`,
    }]);
  });
}

for (
  const [name, reply, reason] of [
    [
      "a refusal",
      () => completion(null, { refusal: "I cannot\nhelp." }),
      "the model refused: I cannot help.",
    ],
    [
      "a filtered answer",
      () => completion("{", { finishReason: "content_filter" }),
      "the content filter stopped the answer",
    ],
    [
      "a truncated answer",
      () => completion("{", { finishReason: "length" }),
      "the answer was cut off, at most 400 tokens were allowed",
    ],
    [
      "no choices",
      () => Response.json({ id: "x", object: "chat.completion", model: "m", choices: [] }),
      "the server sent no answer, its list of choices was empty",
    ],
  ] as const
) {
  Deno.test(`askAll() does not ask again after ${name}`, async () => {
    const { failed, requests, stopped } = await askOne(reply);
    assert.deepEqual(failed, [{ id: "event:t0", phrasing: "a", reason }]);
    assert.deepEqual([requests.length, stopped], [1, null]);
  });
}

Deno.test("askAll() waits as long as Retry-After says, in seconds, as a date, in milliseconds", async () => {
  const { answers, waits } = await askOne(inTurn(
    () => failure(429, "slow", { headers: { "retry-after": "7" } }),
    // the clock of the test stands at midnight and has moved on by the first wait
    () => failure(429, "slow", { headers: { "retry-after": "Thu, 01 Jan 2026 00:00:20 GMT" } }),
    () => failure(503, "busy", { headers: { "retry-after": "99", "retry-after-ms": "250" } }),
    () => completion(GOOD),
  ));
  assert.deepEqual(waits, [7000, 13_000, 250]);
  assert.equal(answers.length, 1);
});

Deno.test("askAll() doubles its waits after server errors and takes chance off", async () => {
  const pace = recordedPace({ jitter: () => 0.5 });
  const { answers } = await askOne(
    inTurn(
      () => failure(500, "oops"),
      () => failure(502, "oops"),
      () => failure(429, "slow", { headers: { "retry-after": "soon" } }),
      () => completion(GOOD),
    ),
    { pace },
  );
  assert.deepEqual(pace.waits, [750, 1500, 3000]);
  assert.equal(answers.length, 1);
});

Deno.test("askAll() gives up after the last attempt and stops where nothing was ever answered", async () => {
  await using server = stubServer(() => failure(500, "oops"));
  const { failed, stopped } = await ask(
    9,
    askingOf(server.baseUrl, { pace: recordedPace({ concurrency: 1 }) }),
  );
  assert.equal(server.requests.length, 4);
  const { host } = settingsFor(server.baseUrl);
  const message =
    `Cannot ask model "stub-model" at ${host} as the server must be ready: got HTTP 500 (oops), 4 times`;
  assert.equal(stopped, message);
  assert.deepEqual(failed.map(({ reason }) => reason), [
    message,
    ...Array(8).fill(`not asked: ${message}`),
  ]);
});

Deno.test("askAll() goes on with the others where one question fails for good", async () => {
  await using server = stubServer(({ body }) =>
    body.messages[1]!.content.includes('"t1"')
      ? failure(400, "This model's maximum context length is 8 tokens")
      : completion(GOOD)
  );
  const { answers, failed, stopped } = await ask(4, askingOf(server.baseUrl));
  assert.deepEqual(answers.map(({ id }) => id), ["event:t0", "event:t2", "event:t3"]);
  assert.match(failed[0]!.reason, /HTTP 400 \(This model's maximum context length is 8 tokens\)$/);
  assert.deepEqual([failed.length, stopped], [1, null]);
});

Deno.test("askAll() stops where the server takes no request at all", async () => {
  await using server = stubServer(() => failure(400, "bad request"));
  const { failed, stopped } = await ask(
    30,
    askingOf(server.baseUrl, { pace: recordedPace({ concurrency: 1 }) }),
  );
  assert.equal(server.requests.length, 10);
  assert.equal(failed.length, 30);
  assert.match(stopped!, /the server must take the request: got HTTP 400 \(bad request\)$/);
});

for (
  const [status, words] of [
    [401, "the server must accept the key: got HTTP 401 (check OPENAI_API_KEY)"],
    [403, "the key must be allowed to use the model: got HTTP 403 (no [key] or [key] here)"],
    [
      404,
      "server and model must exist: got HTTP 404 (check OPENAI_BASE_URL and OPENAI_MODEL) (no [key] or [key] here)",
    ],
  ] as const
) {
  Deno.test(`askAll() stops at HTTP ${status} with one message and without the key`, async () => {
    await using server = stubServer(() => failure(status, `no ${KEY} or sk-other-1234**** here`));
    const { failed, stopped } = await ask(
      20,
      askingOf(server.baseUrl, { pace: recordedPace({ concurrency: 1 }) }),
    );
    assert.equal(server.requests.length, 1);
    const { host } = settingsFor(server.baseUrl);
    assert.equal(stopped, `Cannot ask model "stub-model" at ${host} as ${words}`);
    assert.equal(failed.length, 20);
    assert.equal(failed[0]!.reason, stopped);
    assert.ok(failed.slice(1).every(({ reason }) => reason === `not asked: ${stopped}`));
  });
}

Deno.test("askAll() stops when the account has no quota, although that is HTTP 429", async () => {
  const { requests, stopped } = await askOne(() =>
    failure(429, "You exceeded your quota", { code: "insufficient_quota" })
  );
  assert.equal(requests.length, 1);
  assert.match(stopped!, /the account must have quota left: got HTTP 429/);
});

Deno.test("askAll() stops where the server asks to wait for hours", async () => {
  const { requests, waits, stopped } = await askOne(() =>
    failure(429, "daily limit", { headers: { "retry-after": "7200" } })
  );
  assert.deepEqual([requests.length, waits], [1, []]);
  assert.match(stopped!, /HTTP 429 \(daily limit\), and it asks to wait 120 minutes$/);
});

Deno.test("askAll() asks again after a timeout and charges what may have been done", async () => {
  const { answers, spent } = await askOne(
    ({ index }, signal) => index === 0 ? silence(signal) : completion(GOOD),
    { timeoutMs: 600 },
  );
  assert.equal(answers.length, 1);
  assert.equal(spent.unreported.outputTokens, 400);
  assert.ok(spent.unreported.inputTokens > 1000);
  assert.equal(spent.use.outputTokens, 50);
});

Deno.test("askAll() names the time where a server never answers", async () => {
  const { failed } = await askOne((_, signal) => silence(signal), {
    timeoutMs: 20,
    pace: recordedPace({ maxAttempts: 2 }),
  });
  assert.match(failed[0]!.reason, /as it must answer within 0\.02 s: got no answer, 2 times$/);
});

Deno.test("askAll() asks again after a connection that broke off in the answer", async () => {
  const whole = await completion(GOOD).text();
  const head = (length: number) =>
    `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n\r\n`;
  await using server = rawServer([
    "",
    `${head(500)}{"id":"chatcmpl-stub","choi`,
    `${head(whole.length)}${whole}`,
  ]);
  const { answers, spent } = await ask(1, askingOf(server.baseUrl));
  assert.deepEqual([answers.length, server.nConnections()], [1, 3]);
  assert.equal(spent.unreported.outputTokens, 800);
  assert.equal(spent.use.outputTokens, 50);
});

Deno.test("askAll() asks again after an answer outside the protocol", async () => {
  const { answers, requests } = await askOne(inTurn(
    () => new Response("<html>proxy</html>", { headers: { "content-type": "text/html" } }),
    () => new Response("{not json", { headers: { "content-type": "application/json" } }),
    () => Response.json({ choices: "none" }),
    () => completion(GOOD),
  ));
  assert.deepEqual([answers.length, requests.length], [1, 4]);
});

Deno.test("askAll() says that nothing listens, and charges nothing", async () => {
  const baseUrl = await (async () => {
    await using server = stubServer(() => completion(GOOD));
    return server.baseUrl;
  })();
  const { failed, spent, stopped } = await ask(3, askingOf(baseUrl));
  assert.equal(failed.length, 3);
  assert.match(stopped!, /as the connection must hold: got .*4 times$/);
  assert.equal(spent.usd, 0);
});

Deno.test("askAll() never has more requests under way than the pace says", async () => {
  const three = Promise.withResolvers<void>();
  await using server = stubServer(async ({ index }) => {
    if (index === 2) three.resolve();
    await three.promise;
    await realDelay(5);
    return completion(GOOD);
  });
  const { answers } = await ask(
    12,
    askingOf(server.baseUrl, { pace: recordedPace({ concurrency: 3 }) }),
  );
  assert.deepEqual([answers.length, server.mostUnderWay()], [12, 3]);
});

Deno.test("askAll() keeps within requests and tokens a minute", async () => {
  await using server = stubServer(() => completion(GOOD));
  const pace = recordedPace({ requestsPerMinute: 2, concurrency: 1 });
  await ask(5, askingOf(server.baseUrl, { pace }));
  assert.deepEqual(pace.waits, [60_000, 60_000]);
});

Deno.test("askAll() never exceeds the budget, uses it up, and keeps what was answered", async () => {
  // the worst case of a request is about 5,300 tokens of a millionth of a dollar; it costs 1,050
  const usage = { prompt_tokens: 1000, completion_tokens: 50 };
  for (const concurrency of [1, 4]) {
    await using server = stubServer(async () => {
      await realDelay(2);
      return completion(GOOD, { usage });
    });
    const store = memoryStore();
    const limit = { usd: 0.012, tokens: null };
    const pace = recordedPace({ concurrency });
    const found = await ask(40, askingOf(server.baseUrl, { limit, pace }, store));
    assert.ok(found.spent.usd <= 0.012, `${found.spent.usd}`);
    assert.ok(found.spent.usd > 0.006, `${found.spent.usd}`);
    assert.equal(found.stopped, "the budget is reached");
    assert.equal(found.answers.length, Math.round(found.spent.usd / 0.00105));
    assert.equal(found.answers.length + found.failed.length, 40);
    assert.equal(server.requests.length, found.answers.length);
    assert.equal(store.entries.size, found.answers.length);
    assert.ok(found.failed.every(({ reason }) => reason === "not asked: the budget is reached"));
  }
});

Deno.test("askAll() charges the worst case where the server reports no usage", async () => {
  const { spent } = await askOne(() => completion(GOOD, { usage: null }));
  assert.equal(spent.use.inputTokens, 0);
  assert.equal(spent.unreported.outputTokens, 400);
  const lying = await askOne(() =>
    completion(GOOD, { usage: { prompt_tokens: -5, completion_tokens: 1 } })
  );
  assert.deepEqual(lying.spent, spent);
});

Deno.test("askAll() reads cached prompt tokens, which cost less", async () => {
  const { spent } = await askOne(() =>
    completion(GOOD, {
      usage: {
        prompt_tokens: 1000,
        completion_tokens: 50,
        prompt_tokens_details: { cached_tokens: 800 },
      },
    })
  );
  assert.equal(spent.usd, (200 + 400 + 50) / 1e6);
});

Deno.test("askAll() asks for confirmation once, before any request, and heeds it", async () => {
  await using server = stubServer(() => completion(GOOD));
  const estimates: CostEstimate[] = [];
  const confirm = (estimate: CostEstimate) => {
    estimates.push(estimate);
    return Promise.resolve(false);
  };
  const store = memoryStore();
  const { failed, stopped } = await ask(3, askingOf(server.baseUrl, { confirm }, store));
  assert.deepEqual([server.requests.length, estimates.length], [0, 1]);
  assert.equal(stopped, "the cost was not confirmed");
  assert.deepEqual(new Set(failed.map(({ reason }) => reason)), new Set([`not asked: ${stopped}`]));
  await ask(2, askingOf(server.baseUrl, {}, store));
  const { answers } = await ask(3, askingOf(server.baseUrl, { confirm }, store));
  assert.deepEqual([estimates[1]!.nQuestions, estimates[1]!.nCached, answers.length], [1, 2, 2]);
  await ask(2, askingOf(server.baseUrl, { confirm }, store));
  assert.equal(estimates.length, 2);
});

Deno.test("askAll() estimates near what a server that counts four characters a token reports", async () => {
  let characters = 0;
  await using server = stubServer(({ body }) => {
    characters += JSON.stringify(body.messages.map(({ content }) => content)).length;
    return completion(GOOD);
  });
  const { estimate } = await ask(5, askingOf(server.baseUrl));
  const { tokens, usd, highUsd, text } = estimate!;
  assert.ok(tokens.inputTokens > characters / 4 && tokens.inputTokens < characters / 4 * 1.4);
  assert.equal(tokens.outputTokens, 5 * 70);
  assert.equal(usd, (tokens.inputTokens + tokens.outputTokens) / 1e6);
  assert.equal(highUsd, usd * 1.5);
  assert.match(
    text,
    /^5 questions to stub-model at 127\.0\.0\.1:\d+, 0 more answered from the cache/,
  );
  assert.match(text, /\(prices of 2026-01-01\)\. The run stops at \$10\.$/);
});

Deno.test("askAll() demands a token budget where the price is not known, and says so", async () => {
  await using server = stubServer(() => completion(GOOD));
  const dollars = askingOf(server.baseUrl, { price: null, limit: { usd: 1, tokens: null } });
  await assert.rejects(() => ask(1, dollars), {
    name: "RangeError",
    message: "Cannot limit dollars as the price of the model must be known: set a budget in " +
      "tokens or add the price to config/models.yaml, got 1 dollars",
  });
  const none = askingOf(server.baseUrl, { price: null, limit: { usd: null, tokens: null } });
  await assert.rejects(() => ask(1, none), {
    name: "RangeError",
    message: "Cannot ask a model as a budget must be set: got none",
  });
  const tokens = askingOf(server.baseUrl, { price: null, limit: { usd: null, tokens: 20_000 } });
  const { answers, estimate, spent, stopped } = await ask(40, tokens);
  assert.match(estimate!.text, /its price is not known .*The run stops at 20,000 tokens\.$/);
  assert.ok(Number.isNaN(estimate!.usd) && Number.isNaN(spent.usd));
  assert.ok(spent.use.inputTokens + spent.use.outputTokens <= 20_000);
  assert.ok(answers.length >= 10);
  assert.equal(stopped, "the budget is reached");
});

Deno.test("askAll() ends at an abort and keeps what was answered", async () => {
  const stop = new AbortController();
  await using server = stubServer(({ index }, signal) => {
    if (index < 2) return completion(GOOD);
    setTimeout(() => stop.abort(), 5);
    return silence(signal);
  });
  const { answers, failed, stopped } = await ask(
    6,
    askingOf(server.baseUrl, { signal: stop.signal, pace: recordedPace({ concurrency: 1 }) }),
  );
  assert.deepEqual(answers.map(({ id }) => id), ["event:t0", "event:t1"]);
  assert.deepEqual(failed.map(({ reason }) => reason), [
    "not answered: the run was aborted",
    ...Array(3).fill("not asked: the run was aborted"),
  ]);
  assert.equal(stopped, "the run was aborted");
});

Deno.test("askAll() tells its progress", async () => {
  await using server = stubServer(() => completion(GOOD));
  const told: string[] = [];
  const progress = (nDone: number, nAsked: number) => told.push(`${nDone}/${nAsked}`);
  await ask(3, askingOf(server.baseUrl, { progress }));
  assert.deepEqual(told, ["1/3", "2/3", "3/3"]);
});

Deno.test("askAll() falls back from a strict schema to JSON to words, once for the whole run", async () => {
  const formats: (string | undefined)[] = [];
  await using server = stubServer(({ body }) => {
    const format = body.response_format?.type;
    formats.push(format);
    if (format === "json_schema") {
      return failure(400, "response_format type `json_schema` is unavailable", {
        param: "response_format",
      });
    }
    if (format === "json_object") return failure(400, "Unknown field: response_format");
    return completion("```json\n" + JSON.stringify(GOOD) + "\n```");
  });
  const store = memoryStore();
  const asking = askingOf(server.baseUrl, { pace: recordedPace({ concurrency: 1 }) }, store);
  const { answers } = await ask(3, asking);
  assert.equal(answers.length, 3);
  assert.deepEqual(formats, ["json_schema", "json_object", undefined, undefined, undefined]);
  const [strict, json, words] = server.requests.map(({ body }) => body.messages[0]!.content);
  assert.equal(json, words);
  assert.ok(json!.startsWith(`${strict}\n\nAnswer with exactly one JSON object`));
  assert.ok(json!.includes('"enum":["us_elections"'));
  assert.ok([...store.entries.values()].every((text) => JSON.parse(text).answer.format === "text"));
});

Deno.test("askAll() drops the temperature and renames the token limit where a server asks for it", async () => {
  const { answers, requests } = await askOne(({ body }) => {
    if (body.max_tokens !== undefined) {
      return failure(
        400,
        "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
      );
    }
    if (body.temperature !== undefined) {
      return failure(400, "Unsupported value: 'temperature' does not support 0 with this model.");
    }
    return completion(GOOD);
  });
  assert.deepEqual([answers.length, requests.length], [1, 3]);
  const { body } = requests[2]!;
  assert.deepEqual([body.max_completion_tokens, body.temperature], [400, undefined]);
  assert.equal(body.response_format!.type, "json_schema");
});

Deno.test("askAll() does not believe a damaged entry: it is reported and asked anew", async () => {
  await using server = stubServer(() => completion(GOOD));
  const store = memoryStore();
  const asking = askingOf(server.baseUrl, {}, store);
  await ask(5, asking);
  const questionOf = askedQuestions(TASK, asking.settings);
  const keys = Array.from({ length: 5 }, (_, i) => answerKey(questionOf(event(`t${i}`))));
  assert.deepEqual([...store.entries.keys()].sort(), keys.toSorted());
  const change = (
    i: number,
    by: (entry: { answer: { content: string }; host: string }) => void,
  ) => {
    const entry = JSON.parse(store.entries.get(keys[i]!)!);
    by(entry);
    store.entries.set(keys[i]!, JSON.stringify(entry));
  };
  store.entries.set(keys[0]!, store.entries.get(keys[1]!)!);
  change(2, (entry) => entry.answer.content = JSON.stringify(themeAnswer("invented")));
  change(3, (entry) => entry.host = "elsewhere");
  store.entries.set(keys[4]!, "[]");
  const { damaged, answers, nCached } = await ask(5, asking);
  assert.deepEqual(damaged.map(({ id, reason }) => [id, reason]), [
    [
      "event:t0",
      "Cannot read a kept answer as it must belong to its key: got one of another question",
    ],
    [
      "event:t2",
      "Cannot read a theme answer as it must fit its schema: got primary_theme: invalid value",
    ],
    [
      "event:t3",
      "Cannot read a kept answer as it must belong to its key: got one of another question",
    ],
    ["event:t4", "Cannot read a kept answer as it must be an entry: got another value"],
  ]);
  assert.deepEqual([server.requests.length, answers.length, nCached], [9, 5, 1]);
});

Deno.test("askAll() stops when an answer cannot be kept, and still gives it", async () => {
  await using server = stubServer(() => completion(GOOD));
  const store = {
    ...memoryStore(),
    put: () => Promise.reject(new Error("Cannot write: disk full")),
  };
  const { answers, failed, stopped } = await ask(
    3,
    askingOf(server.baseUrl, { pace: recordedPace({ concurrency: 1 }) }, store),
  );
  assert.deepEqual([answers.length, failed.length, stopped], [1, 2, "Cannot write: disk full"]);
});

Deno.test("askAll() lets the key out nowhere but in the header", async () => {
  const says = { ...GOOD, reasoning: `The key is ${KEY}.` };
  const replies = [
    () => completion(says),
    () => completion(null, { refusal: `No, ${KEY}` }),
    () => failure(400, `bad ${KEY}`),
    () => completion(`broken ${KEY}`),
    () => failure(500, `oops Bearer ${KEY}`),
    () => failure(401, `Incorrect API key provided: ${KEY}`),
  ];
  await using server = stubServer(({ headers, index }) => {
    assert.equal(headers.authorization, `Bearer ${KEY}`);
    return replies[Math.min(index, replies.length - 1)]!();
  });
  const store = memoryStore();
  const printed: string[] = [];
  const methods = ["log", "info", "warn", "error", "debug"] as const;
  const kept = methods.map((method) => console[method]);
  for (const method of methods) {
    console[method] = (...all: unknown[]) => printed.push(all.join(" "));
  }
  try {
    const asking = askingOf(server.baseUrl, { pace: recordedPace({ concurrency: 1 }) }, store);
    const found = await ask(8, asking);
    const everything = [
      JSON.stringify(found),
      Deno.inspect(found, { depth: 20 }),
      Deno.inspect(asking, { depth: 20, showHidden: true }),
      JSON.stringify(asking),
      ...store.entries.values(),
      ...store.entries.keys(),
      ...printed,
      ...server.requests.map(({ body }) => JSON.stringify(body)),
    ].join("\n");
    assert.ok(everything.includes("The key is [key]."));
    assert.ok(everything.includes("the model refused: No, [key]"));
    assert.ok(!everything.includes(KEY));
    assert.ok(!everything.includes(KEY.slice(3, 15)));
    assert.deepEqual(printed, []);
  } finally {
    methods.forEach((method, i) => console[method] = kept[i]!);
  }
});

Deno.test("askAll() sends no authorization to a server that needs no key", async () => {
  await using server = stubServer(() => completion(GOOD));
  const { answers } = await ask(1, askingOf(server.baseUrl, { key: null }));
  assert.equal(answers.length, 1);
  assert.equal(server.requests[0]!.headers.authorization, undefined);
});

Deno.test("askAll() asks equal inputs once and answers each", async () => {
  await using server = stubServer(() => completion(themeAnswer("sports")));
  const twins = [event("same", { eventId: "x" }), event("same", { eventId: "y" })];
  const { answers } = await askAll([TASK], twins, askingOf(server.baseUrl));
  assert.equal(server.requests.length, 1);
  assert.deepEqual(answers.map(({ id }) => id), ["x", "y"]);
});
