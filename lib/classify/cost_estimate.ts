import { countOf, countText, usdText } from "../core/number_text.ts";
import type { AskedQuestion } from "./answer_cache.ts";
import { questionMessages } from "./answer_cache.ts";
import type { SpendingLimit } from "./budget.ts";
import { costUsd, type ModelPrice } from "./price_list.ts";
import { addTokens, estimatedTokens, NO_TOKENS, type TokenUse } from "./token_use.ts";

/** Factor on the estimate for text that has fewer characters a token, and for repeats. */
export const SAFETY_FACTOR = 1.5;

/** What asking will cost, before it is asked. */
export interface CostEstimate {
  readonly model: string;
  readonly host: string;
  /** Questions that will be asked. */
  readonly nQuestions: number;
  /** Questions that are answered from the cache at no cost. */
  readonly nCached: number;
  /** Estimated tokens: characters by four, and the usual length of an answer. */
  readonly tokens: TokenUse;
  /** US dollars for these; NaN where the price is not known. */
  readonly usd: number;
  /** The same times {@link SAFETY_FACTOR}: likely the most. */
  readonly highUsd: number;
  /** The hard limit, which holds whatever the estimate says. */
  readonly limit: SpendingLimit;
  /** All of it in a sentence, for a person who is asked to confirm. */
  readonly text: string;
}

/**
 * Estimates what questions will cost.
 *
 * Prompt tokens that a server has in its own cache are not assumed, so the figure errs upwards there.
 */
export function costEstimate(
  questions: readonly {
    readonly question: AskedQuestion;
    readonly schemaText: string;
    readonly usualOutputTokens: number;
  }[],
  { model, host, nCached, price, limit }: {
    readonly model: string;
    readonly host: string;
    readonly nCached: number;
    readonly price: ModelPrice | null;
    readonly limit: SpendingLimit;
  },
): CostEstimate {
  const tokens = questions.map(({ question, schemaText, usualOutputTokens }) => ({
    inputTokens: questionMessages(question, null)
      .reduce((sum, { content }) => sum + estimatedTokens(content), estimatedTokens(schemaText)),
    cachedInputTokens: 0,
    outputTokens: usualOutputTokens,
  })).reduce(addTokens, NO_TOKENS);
  const nQuestions = questions.length;
  const usd = price === null ? NaN : costUsd(price, tokens);
  const highUsd = usd * SAFETY_FACTOR;
  const cost = price === null
    ? `its price is not known (config/models.yaml has none for ${host})`
    : `about ${usdText(usd)}, likely below ${usdText(highUsd)} (prices of ${price.asOf})`;
  const limits = [
    ...limit.usd === null ? [] : [usdText(limit.usd)],
    ...limit.tokens === null ? [] : [countOf(limit.tokens, "token")],
  ].join(" and ");
  const text = `${countOf(nQuestions, "question")} to ${model} at ${host}, ` +
    `${countText(nCached)} more answered from the cache: about ` +
    `${countText(tokens.inputTokens)} prompt and ${countText(tokens.outputTokens)} answer tokens ` +
    `(estimated from characters), ${cost}. The run stops at ${limits}.`;
  return { model, host, nQuestions, nCached, tokens, usd, highUsd, limit, text };
}
