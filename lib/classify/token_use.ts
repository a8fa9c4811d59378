/** Tokens of a request and its answer. */
export interface TokenUse {
  /** Tokens of the prompt, those of `cachedInputTokens` among them. */
  readonly inputTokens: number;
  /** Prompt tokens that the server had in its own cache, which cost less. */
  readonly cachedInputTokens: number;
  readonly outputTokens: number;
}

/** Of nothing. */
export const NO_TOKENS: TokenUse = { inputTokens: 0, cachedInputTokens: 0, outputTokens: 0 };

/** Tokens of two uses together. */
export function addTokens(a: TokenUse, b: TokenUse): TokenUse {
  return {
    inputTokens: a.inputTokens + b.inputTokens,
    cachedInputTokens: a.cachedInputTokens + b.cachedInputTokens,
    outputTokens: a.outputTokens + b.outputTokens,
  };
}

/** Tokens that chat messages are wrapped in, a message; an upper bound over known templates. */
const TOKENS_AROUND_A_MESSAGE = 16;

/**
 * Estimated tokens of a text: its UTF-8 bytes by four, as English has about four characters a
 * token. An estimate, not a count: each model cuts text its own way.
 */
export function estimatedTokens(text: string): number {
  return Math.ceil(utf8Length(text) / 4);
}

/**
 * A number of tokens that messages cannot exceed where tokens are pieces of UTF-8 text: one a byte,
 * and the template around each message.
 */
export function mostTokens(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + utf8Length(text) + TOKENS_AROUND_A_MESSAGE, 0);
}

function utf8Length(text: string): number {
  return new TextEncoder().encode(text).length;
}
