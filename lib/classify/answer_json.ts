import { z } from "zod";

/**
 * The JSON value in a model's answer: the whole text, or the whole text but for one Markdown fence
 * or a leading block of thoughts, which small local models write.
 *
 * Text around the value is refused rather than searched for JSON, since that would find what an
 * event's title planted there.
 *
 * @throws {SyntaxError} If there is no such value. The message holds nothing of the text.
 */
export function answerJson(text: string): unknown {
  const spoken = text.trim().replace(/^<think>(?:(?!<\/think>)[^])*<\/think>\s*/, "");
  const inner = /^```(?:json)?[^\S\n]*\n([^]*?)\n?```$/i.exec(spoken)?.[1] ?? spoken;
  try {
    return JSON.parse(inner);
  } catch {
    throw new SyntaxError("Cannot read an answer as it must be one JSON object: got other text");
  }
}

/**
 * A value that fits a schema.
 *
 * @param what What is read, for the message: "a theme answer".
 * @throws {SyntaxError} If it does not fit. The message names fields of the schema and the kind of
 *   fault and holds nothing of the value, which is untrusted.
 */
export function parseAnswer<S extends z.ZodType>(
  raw: unknown,
  schema: S,
  what: string,
): z.infer<S> {
  const parsed = schema.safeParse(raw);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.slice(0, 5).map((issue) => {
    const field = issue.path.map(String).join(".") || "the answer";
    return `${field}: ${issue.code.replaceAll("_", " ")}`;
  });
  throw new SyntaxError(
    `Cannot read ${what} as it must fit its schema: got ${faults.join("; ")}`,
  );
}
