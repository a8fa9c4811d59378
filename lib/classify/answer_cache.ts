import { z } from "zod";
import type { ChatMessage, ChatReply } from "./chat_client.ts";
import { textHash } from "./event_block.ts";
import type { LlmTask } from "./llm_task.ts";

/** Where answers are kept between runs; `lib/store/answer_store.ts` has it as files. */
export interface AnswerStore {
  /**
   * What was put under a key, `undefined` where nothing was.
   *
   * @throws {SyntaxError} If what is there is damaged.
   */
  get(key: string): Promise<unknown>;
  put(key: string, entry: unknown): Promise<void>;
}

const count = z.number().int().min(0);
const entrySchema = z.strictObject({
  version: z.literal(1),
  task: z.string(),
  model: z.string(),
  host: z.string(),
  phrasing: z.string(),
  promptVersion: z.string(),
  /** SHA-256 of the system message. */
  promptHash: z.string(),
  /** The user message. */
  input: z.string(),
  answer: z.strictObject({
    /** Model that the server said answered. */
    model: z.string().nullable(),
    /** The answer as it came. */
    content: z.string(),
    format: z.enum(["json_schema", "json_object", "text"]),
    use: z.strictObject({
      inputTokens: count,
      cachedInputTokens: count,
      outputTokens: count,
    }).nullable(),
  }),
});

/** A kept answer with all that it depends on. */
export type CachedAnswer = z.infer<typeof entrySchema>;

/** A question as it is asked and kept: all that a key is made of, and the system message. */
export type AskedQuestion = Omit<CachedAnswer, "version" | "answer"> & { readonly system: string };

/** The questions that a task puts to a model, by input. */
export function askedQuestions<Input>(
  task: LlmTask<Input, unknown>,
  { model, host }: { readonly model: string; readonly host: string },
): (input: Input) => AskedQuestion {
  const { name, phrasing, promptVersion, system } = task;
  const promptHash = textHash([system]);
  return (input) => ({
    task: name,
    model,
    host,
    phrasing,
    promptVersion,
    promptHash,
    system,
    input: task.user(input),
  });
}

/**
 * SHA-256 over a question: task, model, server, prompt version, phrasing, hash of the system message
 * and input. Nothing of other questions enters, so order and company do not change it.
 */
export function answerKey(question: AskedQuestion): string {
  return keyOf(question);
}

function keyOf(parts: Omit<CachedAnswer, "version" | "answer">): string {
  const { task, model, host, promptVersion, phrasing, promptHash, input } = parts;
  return textHash([task, model, host, promptVersion, phrasing, promptHash, input]);
}

/** The entry to keep for an answer. */
export function cacheEntry(question: AskedQuestion, reply: ChatReply): CachedAnswer {
  const { system: _, ...asked } = question;
  return {
    version: 1,
    ...asked,
    answer: {
      model: reply.model,
      content: reply.content ?? "",
      format: reply.format,
      use: reply.use,
    },
  };
}

/**
 * Reads what a store has under a key.
 *
 * @throws {SyntaxError} If it is no entry, or one for another question.
 */
export function parseCacheEntry(raw: unknown, key: string): CachedAnswer {
  const parsed = entrySchema.safeParse(raw);
  if (!parsed.success) {
    throw new SyntaxError("Cannot read a kept answer as it must be an entry: got another value");
  }
  if (keyOf(parsed.data) !== key) {
    throw new SyntaxError(
      "Cannot read a kept answer as it must belong to its key: got one of another question",
    );
  }
  return parsed.data;
}

/** The messages of a question; with a fault, those of asking it again. */
export function questionMessages(question: AskedQuestion, fault: string | null): ChatMessage[] {
  const messages: ChatMessage[] = [
    { role: "system", content: question.system },
    { role: "user", content: question.input },
  ];
  if (fault === null) return messages;
  return [...messages, {
    role: "user",
    content: `Your former answer to this was not accepted: ${fault}. Answer again with only the ` +
      "JSON object that the instructions describe.",
  }];
}
