import { z } from "zod";

/** How an answer of a given form is demanded, best first. */
const FORMATS = ["json_schema", "json_object", "text"] as const;

/** What a server is sent beside the messages; servers of the same protocol differ in it. */
export interface RequestShape {
  /** `json_schema` holds the model to the schema, `json_object` to JSON; `text` to nothing. */
  readonly format: typeof FORMATS[number];
  /** Whether temperature 0 is sent; reasoning models refuse it. */
  readonly hasTemperature: boolean;
  readonly limitField: "max_completion_tokens" | "max_tokens";
}

/** The shape that is tried first: OpenAI's own name of the limit for OpenAI, else the older one. */
export function firstShape(isOpenAi: boolean): RequestShape {
  return {
    format: "json_schema",
    hasTemperature: true,
    limitField: isOpenAi ? "max_completion_tokens" : "max_tokens",
  };
}

/**
 * A shape that a server may take after it refused one, from what it said; `null` where it did not
 * say that the shape was at fault. Each call gives something less or another name, so a caller
 * that stops at a shape it tried before ends after a few requests.
 */
export function nextShape(shape: RequestShape, refusal: string): RequestShape | null {
  if (
    /max_(completion_)?tokens/i.test(refusal) &&
    /unsupported|unknown|unrecogni|extra|not (supported|permitted|allowed)|instead/i.test(refusal)
  ) {
    const limitField = shape.limitField === "max_tokens" ? "max_completion_tokens" : "max_tokens";
    return { ...shape, limitField };
  }
  if (shape.hasTemperature && /temperature/i.test(refusal)) {
    return { ...shape, hasTemperature: false };
  }
  if (
    /response_format|json_schema|json_object|json schema|structured output|grammar/i.test(refusal)
  ) {
    const format = FORMATS[FORMATS.indexOf(shape.format) + 1];
    return format === undefined ? null : { ...shape, format };
  }
  return null;
}

/** The schema in words, for a server that cannot be held to it. */
export function schemaInstruction(schema: z.ZodType): string {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { target: "draft-7" });
  return "Answer with exactly one JSON object that fits this JSON schema, without any text around " +
    `it:\n${JSON.stringify(rest)}`;
}
