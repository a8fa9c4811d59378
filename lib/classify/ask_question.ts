import {
  answerKey,
  type AskedQuestion,
  type CachedAnswer,
  cacheEntry,
  questionMessages,
} from "./answer_cache.ts";
import { answerJson } from "./answer_json.ts";
import type { Budget } from "./budget.ts";
import type { ChatClient, ChatMessage, ChatReply, ChatRequest } from "./chat_client.ts";
import { ChatError } from "./chat_error.ts";
import { plainLine } from "./event_block.ts";
import type { LlmTask } from "./llm_task.ts";
import type { Pace, Turn } from "./pace.ts";
import { waitMs } from "./retry_after.ts";
import { estimatedTokens, mostTokens, NO_TOKENS, type TokenUse } from "./token_use.ts";

/** A question that the cache did not answer. */
export interface PendingQuestion<Input, Answer> {
  readonly task: LlmTask<Input, Answer>;
  readonly question: AskedQuestion;
  /** The schema as text, which the server is sent in some form. */
  readonly schemaText: string;
}

/** What the questions of one run share. */
export interface AskingRun {
  readonly client: ChatClient;
  readonly budget: Budget;
  readonly turn: Turn;
  readonly pace: Pace;
  readonly signal?: AbortSignal;
  readonly put: (key: string, entry: CachedAnswer) => Promise<void>;
  /** Why no further question is asked; `null` while the run goes on. */
  stopped: string | null;
  /** Whether the server answered anything yet. */
  hasAnswer: boolean;
  /** Requests that the server would not take. */
  nRefused: number;
}

/** The answer as it is kept, or why there is none. */
export type Outcome = { readonly entry: CachedAnswer } | { readonly reason: string };

/** A server that refuses this many requests and answers none will refuse them all. */
const MOST_REFUSED = 10;

/** A server that asks for a longer wait is not waited for. */
const LONGEST_ASKED_WAIT_MS = 10 * 60_000;

/**
 * Asks one question until it has an answer of the right form or a reason why not.
 *
 * A malformed answer is asked again once, with the fault. A refusal, a filtered, truncated or
 * missing answer is not, as the same question would give the same again.
 */
export async function askQuestion<Input, Answer>(
  pending: PendingQuestion<Input, Answer>,
  run: AskingRun,
): Promise<Outcome> {
  const { task, question, schemaText } = pending;
  let fault: string | null = null;
  for (let round = 0; round < 2; ++round) {
    const messages = questionMessages(question, fault);
    const reply = await replyWithRetries(task, messages, schemaText, run);
    if ("reason" in reply) return reply;
    const reason = missingAnswer(reply, task.maxOutputTokens);
    if (reason !== null) return { reason };
    try {
      task.parse(answerJson(reply.content ?? ""));
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      fault = error.message;
      continue;
    }
    const entry = cacheEntry(question, reply);
    try {
      await run.put(answerKey(question), entry);
    } catch (error) {
      run.stopped ??= error instanceof Error ? error.message : String(error);
    }
    return { entry };
  }
  return { reason: `the answer was malformed twice: ${fault}` };
}

/** Why a reply cannot be an answer; `null` where it may be one. */
function missingAnswer(reply: ChatReply, maxOutputTokens: number): string | null {
  if (!reply.hasChoice) return "the server sent no answer, its list of choices was empty";
  if (reply.finishReason === "content_filter") return "the content filter stopped the answer";
  if (reply.finishReason === "length") {
    return `the answer was cut off, at most ${maxOutputTokens} tokens were allowed`;
  }
  if (reply.refusal !== null && reply.refusal !== "") {
    return `the model refused: ${plainLine(reply.refusal, 200)}`;
  }
  return null;
}

/** A reply, after as many attempts as the pace allows, or why there is none. */
async function replyWithRetries<Input, Answer>(
  task: LlmTask<Input, Answer>,
  messages: readonly ChatMessage[],
  schemaText: string,
  run: AskingRun,
): Promise<ChatReply | { readonly reason: string }> {
  const { pace, signal } = run;
  const texts = [...messages.map(({ content }) => content), schemaText];
  const most: TokenUse = {
    inputTokens: mostTokens(texts),
    cachedInputTokens: 0,
    outputTokens: task.maxOutputTokens,
  };
  const likely = texts.reduce((sum, text) => sum + estimatedTokens(text), task.maxOutputTokens);
  const request = {
    messages,
    schemaName: task.name,
    schema: task.schema,
    maxOutputTokens: task.maxOutputTokens,
  };
  for (let attempt = 1;; ++attempt) {
    if (!isStopped(run)) await run.turn(likely, signal);
    if (isStopped(run)) return { reason: `not asked: ${run.stopped}` };
    if (!await run.budget.reserve(most)) {
      run.stopped ??= "the budget is reached";
      return { reason: `not asked: ${run.stopped}` };
    }
    if (isStopped(run)) {
      run.budget.settle(most, NO_TOKENS);
      return { reason: `not asked: ${run.stopped}` };
    }
    const outcome = await attemptOnce(request, most, run);
    if ("reply" in outcome) return outcome.reply;
    const reason = finalReason(outcome.error, attempt, run);
    if (reason !== null) return { reason };
    await pace.delay(waitMs(attempt, outcome.error.retryAfterMs, pace.jitter()), signal);
  }
}

/** Whether nothing more is to be asked, after a look at the signal. */
function isStopped(run: AskingRun): boolean {
  if (run.signal?.aborted) run.stopped ??= "the run was aborted";
  return run.stopped !== null;
}

/** One request, whose reservation ends with it whatever happens. */
async function attemptOnce(
  request: ChatRequest,
  most: TokenUse,
  run: AskingRun,
): Promise<{ readonly reply: ChatReply } | { readonly error: ChatError }> {
  let use: TokenUse | null = null;
  try {
    const reply = await run.client.ask(request, run.signal);
    use = reply.use;
    run.hasAnswer = true;
    return { reply };
  } catch (error) {
    if (!(error instanceof ChatError)) throw error;
    if (!error.mayBeBilled) use = NO_TOKENS;
    return { error };
  } finally {
    run.budget.settle(most, use);
  }
}

/** Why a request is given up, which may stop the run; `null` where it is worth another attempt. */
function finalReason(error: ChatError, attempt: number, run: AskingRun): string | null {
  if (error.kind === "aborted") {
    run.stopped ??= "the run was aborted";
    return `not answered: ${run.stopped}`;
  }
  if (error.kind === "run") {
    run.stopped ??= error.message;
    return error.message;
  }
  if (error.kind === "request") {
    if (++run.nRefused >= MOST_REFUSED && !run.hasAnswer) run.stopped ??= error.message;
    return error.message;
  }
  if ((error.retryAfterMs ?? 0) > LONGEST_ASKED_WAIT_MS) {
    const minutes = Math.round(error.retryAfterMs! / 60_000);
    run.stopped ??= `${error.message}, and it asks to wait ${minutes} minutes`;
    return run.stopped;
  }
  if (attempt < run.pace.maxAttempts) return null;
  const reason = `${error.message}, ${attempt} times`;
  if (!run.hasAnswer) run.stopped ??= reason;
  return reason;
}
