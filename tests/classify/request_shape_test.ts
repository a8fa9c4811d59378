import assert from "node:assert/strict";
import { z } from "zod";
import { firstShape, nextShape, schemaInstruction } from "lib/classify/request_shape.ts";

/** What servers said of requests they refused; each with what to send instead. */
const SAID = [
  [
    "Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model.",
    "format",
  ],
  ["This response_format type is unavailable now", "format"],
  ["'response_format.type' must be 'json_schema' or 'text'", "format"],
  ["Invalid grammar: unknown rule", "format"],
  [
    "Unsupported value: 'temperature' does not support 0 with this model. Only the default (1) value is supported.",
    "hasTemperature",
  ],
  [
    "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
    "limitField",
  ],
  ["Unrecognized request argument supplied: max_completion_tokens", "limitField"],
] as const;

Deno.test("nextShape() changes what a server says it does not take", () => {
  const shape = firstShape(true);
  for (const [said, changed] of SAID) {
    const next = nextShape(shape, said)!;
    const fields = (["format", "hasTemperature", "limitField"] as const)
      .filter((field) => next[field] !== shape[field]);
    assert.deepEqual(fields, [changed], said);
  }
});

Deno.test("nextShape() leaves other refusals alone and ends", () => {
  const shape = firstShape(false);
  for (
    const said of [
      "This model's maximum context length is 8192 tokens",
      "max_tokens must be at least 1",
      "invalid request",
      "",
    ]
  ) assert.equal(nextShape(shape, said), null, said);
  const json = nextShape(shape, "response_format")!, text = nextShape(json, "response_format")!;
  assert.deepEqual([shape.format, json.format, text.format], [
    "json_schema",
    "json_object",
    "text",
  ]);
  assert.equal(nextShape(text, "response_format"), null);
  assert.equal(nextShape({ ...shape, hasTemperature: false }, "temperature"), null);
});

Deno.test("firstShape() names the limit as OpenAI does for OpenAI, as the others do for others", () => {
  assert.equal(firstShape(true).limitField, "max_completion_tokens");
  assert.equal(firstShape(false).limitField, "max_tokens");
});

Deno.test("schemaInstruction() tells the schema in words", () => {
  const text = schemaInstruction(z.strictObject({ side: z.literal([1, -1]) }));
  assert.match(text, /exactly one JSON object/);
  assert.deepEqual(JSON.parse(text.slice(text.indexOf("\n"))), {
    type: "object",
    properties: { side: { type: "number", enum: [1, -1] } },
    required: ["side"],
    additionalProperties: false,
  });
});
