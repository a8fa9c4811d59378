import assert from "node:assert/strict";
import fc from "fast-check";
import type { Ask } from "lib/fetch/ask.ts";
import { readAnswer } from "lib/fetch/read_answer.ts";

const ask: Ask = {
  host: "stub",
  path: "/markets",
  body: null,
  format: "json",
  kind: "markets",
  subject: "",
  edition: "",
};
const csvAsk: Ask = { ...ask, format: "csv" };

const read = (status: number, text: string, asked = ask, retryAfterMs: number | null = null) =>
  readAnswer({ status, text, retryAfterMs }, asked);

/** The parts of a fault: reason, and what passes or is too often. */
function faultOf(status: number, text: string, asked = ask): [string, string] {
  const result = read(status, text, asked);
  if (result.isAnswer) return ["answer", ""];
  const kind = result.isTooOften ? "too often" : result.isPassing ? "passing" : "final";
  return [kind, result.reason];
}

Deno.test("readAnswer() takes sound JSON and CSV, and 404 as the answer that there is none", () => {
  assert.deepEqual(read(200, ' {"a": [1]} '), {
    isAnswer: true,
    status: 200,
    text: ' {"a": [1]} ',
    value: { a: [1] },
  });
  const csv = { isAnswer: true, status: 206, text: "date,A\n", value: undefined };
  assert.deepEqual(read(206, "date,A\n", csvAsk), csv);
  const missing = { isAnswer: true, status: 404, text: "<html>", value: undefined };
  assert.deepEqual(read(404, "<html>"), missing);
  for (const text of ["null", "[]", "0", '"text"', '{"error":null}', '{"chart":{"error":"x"}}']) {
    assert.deepEqual(faultOf(200, text), ["answer", ""], text);
  }
  assert.deepEqual(faultOf(200, '{"error":"partial","data":[]}'), ["answer", ""]);
});

Deno.test("readAnswer() asks again where data are no data", () => {
  const cases: [string, Ask, string][] = [
    ['{"a": [1', ask, 'the answer of 8 characters is no JSON: "{"a": [1"'],
    ["<html>Down</html>", ask, 'the answer of 17 characters is no JSON: "<html>Down</html>"'],
    [" \r\n", ask, "the answer is empty"],
    ["", csvAsk, "the answer is empty"],
    ["\n<!DOCTYPE html>", csvAsk, 'the answer is a page, not a CSV: "<!DOCTYPE html>"'],
  ];
  for (const [text, asked, reason] of cases) {
    assert.deepEqual(faultOf(200, text, asked), ["passing", reason]);
  }
});

Deno.test("readAnswer() knows too many requests whatever the status says", () => {
  const texts = [
    '{"error":"Too Many Requests"}',
    '{"error":"too many requests"}',
    '"Too Many Requests"',
    "Too Many Requests",
    "Edge: Too Many Requests\n",
    '{"error":"slow down","code":"rate_limited","retryable":true,"trace_id":"1"}',
  ];
  for (const text of texts) assert.equal(faultOf(200, text)[0], "too often", text);
  assert.equal(faultOf(200, "Too Many Requests", csvAsk)[0], "too often");
  assert.deepEqual(faultOf(429, ""), ["too often", "the host answered with status 429"]);
});

Deno.test("readAnswer() takes an answer of nothing but an error for a refusal", () => {
  const refusal =
    '{"error":"bad id","code":"invalid_request","retryable":false,"trace_id":"1","parameter":"id"}';
  assert.deepEqual(faultOf(200, refusal), [
    "final",
    `the host answered with status 200 and an error: "${refusal}"`,
  ]);
  assert.equal(faultOf(200, '{"error":{"code":"x","message":"y"}}')[0], "final");
  assert.equal(faultOf(200, '{"error":"down","code":"internal","retryable":true}')[0], "passing");
});

Deno.test("readAnswer() parts statuses that pass from refusals, and never follows", () => {
  assert.deepEqual(faultOf(503, "<b>busy</b>"), [
    "passing",
    'the host answered with status 503: "<b>busy</b>"',
  ]);
  assert.deepEqual(faultOf(400, '{"error":"invalid status filter"}'), [
    "final",
    'the host answered with status 400: "{"error":"invalid status filter"}"',
  ]);
  for (const status of [401, 403, 410, 422, 501]) assert.equal(faultOf(status, "")[0], "final");
  assert.deepEqual(faultOf(302, "Found"), [
    "final",
    "the host sent us to another address with status 302",
  ]);
});

Deno.test("readAnswer() hands on what the host wants to be waited", () => {
  const result = read(503, "", ask, 7000);
  assert.equal(!result.isAnswer && result.retryAfterMs, 7000);
});

Deno.test("readAnswer() cites one clean line of at most 200 characters, whatever came", () => {
  const [, reason] = faultOf(400, "a\u001b[2Jb\r\n\tc\u202ed" + "x".repeat(500));
  assert.match(reason, /^the host answered with status 400: "a \[2Jb c dx{190}…"$/);
  const [, halved] = faultOf(400, "x".repeat(199) + "🎲🎲");
  assert.ok(halved.isWellFormed());
  fc.assert(
    fc.property(fc.nat(700), fc.string({ unit: "binary", maxLength: 600 }), (status, text) => {
      for (const asked of [ask, csvAsk]) {
        const result = read(status, text, asked);
        if (result.isAnswer) continue;
        assert.ok(result.reason.length <= 270);
        assert.doesNotMatch(result.reason, /[\p{C}\n]/u);
      }
    }),
    { seed: 8, numRuns: 120 },
  );
});
