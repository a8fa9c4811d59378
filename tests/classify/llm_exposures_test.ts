import assert from "node:assert/strict";
import fc from "fast-check";
import { EXPOSURE_FACTORS } from "lib/exposures/exposure_factors.ts";
import { answerJson } from "lib/classify/answer_json.ts";
import { exposuresByLlm, exposureTask } from "lib/classify/llm_exposures.ts";
import { askingOf } from "./asking.ts";
import { completion, stubServer } from "./stub_server.ts";

const CUT = {
  rates: -2,
  dollar: -1,
  equity: 1,
  gold: 1,
  oil: 0,
  crypto: 1,
  volatility: 0,
  growth: 1,
  reasoning: "A large cut.",
};

Deno.test("exposuresByLlm() gives eight scores an outcome, in the order of the factors", async () => {
  await using server = stubServer(() => completion(CUT));
  const { exposures, failed } = await exposuresByLlm([{
    tickerId: "fed:cut",
    event: "Fed decision",
    outcome: "50+ bps decrease",
    others: ["No change", "25 bps increase"],
  }], askingOf(server.baseUrl));
  assert.deepEqual(exposures, [{
    tickerId: "fed:cut",
    vector: [-2, -1, 1, 1, 0, 1, 0, 1],
    reason: "A large cut.",
    method: `llm stub-model ${exposureTask().promptVersion} a`,
  }]);
  assert.deepEqual(failed, []);
  const { messages, response_format: format } = server.requests[0]!.body;
  assert.equal(
    messages[1]!.content,
    'OUTCOME:\n<event_json>\n{\n  "event": "Fed decision",\n  "outcome": "50+ bps decrease",\n' +
      '  "other_outcomes": ["No change", "25 bps increase"]\n}\n</event_json>',
  );
  const { properties } = format!.json_schema!.schema as {
    properties: Record<string, { enum?: number[] }>;
  };
  assert.deepEqual(Object.keys(properties), [...EXPOSURE_FACTORS, "reasoning"]);
  for (const factor of EXPOSURE_FACTORS) {
    assert.deepEqual(properties[factor]!.enum, [-2, -1, 0, 1, 2]);
    assert.ok(messages[0]!.content.includes(`- ${factor}: `));
  }
});

Deno.test("exposuresByLlm() fails an outcome whose scores are out of range", async () => {
  await using server = stubServer(() => completion({ ...CUT, oil: 3 }));
  const { exposures, failed } = await exposuresByLlm(
    [{ tickerId: "x", event: "e", outcome: "o", others: [] }],
    askingOf(server.baseUrl),
  );
  assert.deepEqual(exposures, []);
  assert.equal(
    failed[0]!.reason,
    "the answer was malformed twice: Cannot read an exposure answer as it must fit its schema: " +
      "got oil: invalid value",
  );
});

Deno.test("exposureTask() gives a typed answer or throws SyntaxError on any JSON, nothing else", () => {
  const task = exposureTask();
  const score = fc.oneof(
    { weight: 60, arbitrary: fc.integer({ min: -2, max: 2 }) },
    { weight: 1, arbitrary: fc.jsonValue() },
  );
  const fields = Object.fromEntries(EXPOSURE_FACTORS.map((factor) => [factor, score]));
  const near = fc.record({ ...fields, reasoning: fc.oneof(fc.string(), fc.jsonValue()) });
  let nRead = 0;
  fc.assert(
    fc.property(fc.oneof(near, fc.jsonValue()), (value) => {
      try {
        const { vector } = task.parse(answerJson(JSON.stringify(value)));
        ++nRead;
        assert.equal(vector.length, 8);
        assert.ok(vector.every((one) => Number.isInteger(one) && Math.abs(one) <= 2));
      } catch (error) {
        assert.ok(error instanceof SyntaxError, String(error));
      }
    }),
    { seed: 7, numRuns: 2000 },
  );
  assert.ok(nRead > 20, `${nRead}`);
});
