import { costUsd, type ModelPrice } from "./price_list.ts";
import { addTokens, NO_TOKENS, type TokenUse } from "./token_use.ts";

/** What a run may spend at most; `null` sets no such limit. */
export interface SpendingLimit {
  readonly usd: number | null;
  readonly tokens: number | null;
}

/** What a run spent. */
export interface Spent {
  /** Tokens that the server reported. */
  readonly use: TokenUse;
  /**
   * Tokens, at most, of requests whose use the server did not report: no usage in the answer, or no
   * answer after it may have done the work. They count against the limit.
   */
  readonly unreported: TokenUse;
  /** US dollars of both together; NaN where the price is not known. */
  readonly usd: number;
}

/** A limit that is checked before each request. */
export interface Budget {
  /**
   * Waits until a request of at most `most` tokens fits whatever those under way turn out to cost;
   * false where it cannot fit any more.
   */
  reserve(most: TokenUse): Promise<boolean>;
  /** Ends a request that was reserved with `most`; `null` where its use is not known. */
  settle(most: TokenUse, use: TokenUse | null): void;
  spent(): Spent;
}

/**
 * A hard limit on dollars, tokens or both.
 *
 * What is spent plus the worst case of all requests under way never exceeds it. A request that does
 * not fit only because others are still under way waits for them, so that the limit is used to
 * its end.
 *
 * @param price `null` where it is not known; then dollars cannot be limited.
 * @throws {RangeError} If no limit is set, one is not positive, or dollars are limited at an
 *   unknown price.
 */
export function limitedBudget(price: ModelPrice | null, limit: SpendingLimit): Budget {
  const { usd: mostUsd, tokens: mostOfTokens } = limit;
  for (const value of [mostUsd, mostOfTokens]) {
    if (value === null || value > 0 && Number.isFinite(value)) continue;
    throw new RangeError(`Cannot limit spending as the limit must be positive: got ${value}`);
  }
  if (mostUsd === null && mostOfTokens === null) {
    throw new RangeError("Cannot ask a model as a budget must be set: got none");
  }
  if (price === null && mostUsd !== null) {
    throw new RangeError(
      "Cannot limit dollars as the price of the model must be known: set a budget in tokens or " +
        `add the price to config/models.yaml, got ${mostUsd} dollars`,
    );
  }
  let use = NO_TOKENS, unreported = NO_TOKENS, underWay = NO_TOKENS;
  let nUnderWay = 0;
  let waiting: { most: TokenUse; answer: (fits: boolean) => void }[] = [];

  const fits = (most: TokenUse) => {
    const all = [use, unreported, underWay, most].reduce(addTokens);
    return (mostOfTokens === null || all.inputTokens + all.outputTokens <= mostOfTokens) &&
      (mostUsd === null || price === null || costUsd(price, all) <= mostUsd);
  };
  const take = (most: TokenUse) => {
    underWay = addTokens(underWay, most);
    ++nUnderWay;
  };
  return {
    reserve(most) {
      if (waiting.length === 0 && fits(most)) {
        take(most);
        return Promise.resolve(true);
      }
      if (nUnderWay === 0) return Promise.resolve(false);
      return new Promise((answer) => waiting.push({ most, answer }));
    },
    settle(most, reported) {
      underWay = subtract(underWay, most);
      --nUnderWay;
      if (reported === null) unreported = addTokens(unreported, most);
      else use = addTokens(use, reported);
      while (waiting.length > 0 && fits(waiting[0]!.most)) {
        const next = waiting.shift()!;
        take(next.most);
        next.answer(true);
      }
      if (nUnderWay > 0) return;
      for (const { answer } of waiting) answer(false);
      waiting = [];
    },
    spent: () => ({
      use,
      unreported,
      usd: price === null ? NaN : costUsd(price, addTokens(use, unreported)),
    }),
  };
}

function subtract(a: TokenUse, b: TokenUse): TokenUse {
  return {
    inputTokens: a.inputTokens - b.inputTokens,
    cachedInputTokens: a.cachedInputTokens - b.cachedInputTokens,
    outputTokens: a.outputTokens - b.outputTokens,
  };
}
