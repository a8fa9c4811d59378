import type { z } from "zod";
import type { LlmSettings } from "./llm_settings.ts";
import { textHash } from "./event_block.ts";

/** One kind of question to a model, in one wording. */
export interface LlmTask<Input, Answer> {
  /** `theme`, `side`, `exposure`; also the name of the schema. */
  readonly name: string;
  /** Which wording of the same question: `a`, `b`, `c`. */
  readonly phrasing: string;
  /** Eight hexadecimal digits over all that is asked beside the input; see {@link promptVersion}. */
  readonly promptVersion: string;
  /** The system message: instructions and what is known in advance. */
  readonly system: string;
  /** The user message: the input as data. Equal inputs give equal text. */
  readonly user: (input: Input) => string;
  /** Name of an input in answers and failures. */
  readonly idOf: (input: Input) => string;
  /** What the model is told its answer must be. */
  readonly schema: z.ZodType;
  /**
   * Reads the JSON of an answer.
   *
   * @throws {SyntaxError} If it is not what `schema` says; the message holds nothing of the answer,
   *   since the model is told it again.
   */
  readonly parse: (raw: unknown) => Answer;
  /** Tokens that an answer usually has, for the estimate. */
  readonly usualOutputTokens: number;
  /** Tokens after which an answer is cut off. */
  readonly maxOutputTokens: number;
}

/**
 * Version of a prompt: a hash over its texts and whatever else it rests on, so that a changed
 * word makes a new version and old answers are not taken for its own.
 *
 * @param texts System message, a user message made from a fixed sample, the schema as JSON, the
 *   taxonomy's version.
 */
export function promptVersion(texts: readonly string[]): string {
  return textHash(texts).slice(0, 8);
}

/** "llm gpt-4o-mini 1a2b3c4d a": who answered, for the column that names the classifier. */
export function answererName(
  { model }: Pick<LlmSettings, "model">,
  task: { readonly promptVersion: string; readonly phrasing: string },
): string {
  return `llm ${model} ${task.promptVersion} ${task.phrasing}`;
}
