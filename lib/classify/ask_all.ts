import pLimit from "p-limit";
import {
  answerKey,
  type AnswerStore,
  askedQuestions,
  type CachedAnswer,
  parseCacheEntry,
} from "./answer_cache.ts";
import { answerJson } from "./answer_json.ts";
import { type AskingRun, askQuestion, type Outcome, type PendingQuestion } from "./ask_question.ts";
import { limitedBudget, type SpendingLimit, type Spent } from "./budget.ts";
import type { ChatClient } from "./chat_client.ts";
import { type CostEstimate, costEstimate } from "./cost_estimate.ts";
import type { LlmSettings } from "./llm_settings.ts";
import type { LlmTask } from "./llm_task.ts";
import { type Pace, turns } from "./pace.ts";
import type { ModelPrice } from "./price_list.ts";
import { schemaInstruction } from "./request_shape.ts";
import { NO_TOKENS } from "./token_use.ts";

/** What asking a server takes. */
export interface LiveAsking {
  readonly client: ChatClient;
  /** `null` where it is not known; then the limit must be in tokens. */
  readonly price: ModelPrice | null;
  readonly limit: SpendingLimit;
  /** Asked once before the first request; not at all where the cache answers everything. */
  readonly confirm: (estimate: CostEstimate) => Promise<boolean>;
  readonly pace: Pace;
  readonly signal?: AbortSignal;
  /** Told after each question that went to the server. */
  readonly progress?: (nDone: number, nAsked: number) => void;
}

/** Where answers come from. */
export interface AskOptions {
  readonly settings: Pick<LlmSettings, "model" | "host">;
  readonly store: AnswerStore;
  /** `null` replays: only the store is read, and no server is needed. */
  readonly live: LiveAsking | null;
}

/** An answer with the input and the wording it belongs to. */
export interface Answered<Answer> {
  readonly id: string;
  readonly phrasing: string;
  readonly answer: Answer;
}

/** An input without an answer. */
export interface Unanswered {
  readonly id: string;
  readonly phrasing: string;
  /** For a reader. May quote the model or the server, so it is untrusted. */
  readonly reason: string;
}

/** Answers and failures; together they are every task for every input, in that order. */
export interface AskResult<Answer> {
  readonly answers: readonly Answered<Answer>[];
  readonly failed: readonly Unanswered[];
  /** Kept answers that could not be trusted; they were asked anew where a server was at hand. */
  readonly damaged: readonly Unanswered[];
  /** Inputs answered from the store. */
  readonly nCached: number;
  /** `null` where nothing had to be asked. */
  readonly estimate: CostEstimate | null;
  readonly spent: Spent;
  /** Why the run ended before everything was asked; `null` where it did not. */
  readonly stopped: string | null;
}

/**
 * Asks a model every task for every input, from the store where it has the answer.
 *
 * Each input is a request of its own, so no text can steer the answer to another, and the answer to
 * one does not change with its company or its place. Equal inputs are asked once. A run that is not
 * confirmed, reaches its budget, is aborted or meets a server that cannot answer keeps what was
 * answered and names the rest in `failed`.
 *
 * @param tasks Wordings of one kind of question.
 * @throws {RangeError} If the limit or the pace is not possible; see {@link limitedBudget}.
 */
export async function askAll<Input, Answer>(
  tasks: readonly LlmTask<Input, Answer>[],
  inputs: readonly Input[],
  { settings, store, live }: AskOptions,
): Promise<AskResult<Answer>> {
  const rows = tasks.flatMap((task) => {
    const schemaText = schemaInstruction(task.schema);
    const questionOf = askedQuestions(task, settings);
    return inputs.map((input) => {
      const question = questionOf(input);
      const name = { id: task.idOf(input), phrasing: task.phrasing };
      return { task, question, schemaText, key: answerKey(question), ...name };
    });
  });
  const outcomes = new Map<string, Outcome>();
  const pending = new Map<string, PendingQuestion<Input, Answer>>();
  const damaged: Unanswered[] = [];
  for (const row of rows) {
    const { task, key, id, phrasing } = row;
    if (outcomes.has(key) || pending.has(key)) continue;
    try {
      const raw = await store.get(key);
      if (raw !== undefined) {
        const entry = parseCacheEntry(raw, key);
        task.parse(answerJson(entry.answer.content));
        outcomes.set(key, { entry });
        continue;
      }
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      damaged.push({ id, phrasing, reason: error.message });
    }
    pending.set(key, row);
  }
  const nCached = rows.filter(({ key }) => outcomes.has(key)).length;
  const asked = live === null || pending.size === 0
    ? NOTHING_ASKED
    : await askPending(pending, outcomes, { settings, store, live, nCached });

  const answers: Answered<Answer>[] = [], failed: Unanswered[] = [];
  for (const { task, key, id, phrasing } of rows) {
    const outcome = outcomes.get(key) ?? { reason: "not in the cache" };
    if ("reason" in outcome) failed.push({ id, phrasing, reason: outcome.reason });
    else {
      const answer = task.parse(answerJson(outcome.entry.answer.content));
      answers.push({ id, phrasing, answer });
    }
  }
  return { answers, failed, damaged, nCached, ...asked };
}

const NOTHING_ASKED: Pick<AskResult<never>, "estimate" | "spent" | "stopped"> = {
  estimate: null,
  spent: { use: NO_TOKENS, unreported: NO_TOKENS, usd: 0 },
  stopped: null,
};

/** Asks what the store did not have, after a person agreed, and adds the outcomes. */
async function askPending<Input, Answer>(
  pending: ReadonlyMap<string, PendingQuestion<Input, Answer>>,
  outcomes: Map<string, Outcome>,
  { settings, store, live, nCached }: Omit<AskOptions, "live"> & {
    readonly live: LiveAsking;
    readonly nCached: number;
  },
): Promise<typeof NOTHING_ASKED> {
  const { client, price, limit, confirm, pace, signal, progress } = live;
  const budget = limitedBudget(price, limit);
  const turn = turns(pace);
  const estimate = costEstimate(
    [...pending.values()].map(({ task, question, schemaText }) => ({
      question,
      schemaText,
      usualOutputTokens: task.usualOutputTokens,
    })),
    { ...settings, nCached, price, limit },
  );
  const run: AskingRun = {
    client,
    budget,
    turn,
    pace,
    ...signal === undefined ? {} : { signal },
    put: (key: string, entry: CachedAnswer) => store.put(key, entry),
    stopped: await confirm(estimate) ? null : "the cost was not confirmed",
    hasAnswer: false,
    nRefused: 0,
  };
  const limited = pLimit(pace.concurrency);
  let nDone = 0;
  const settled = await Promise.allSettled(
    Array.from(pending, ([key, question]) =>
      limited(async () => {
        outcomes.set(key, await askQuestion(question, run));
        progress?.(++nDone, pending.size);
      })),
  );
  const broken = settled.find((one) => one.status === "rejected");
  if (broken !== undefined) throw broken.reason;
  return { estimate, spent: budget.spent(), stopped: run.stopped };
}
