/** A word, number or sign of a title. */
export interface TitleToken {
  readonly text: string;
  /** The same in lower case. */
  readonly lower: string;
  /** Whether white space stands before it. */
  readonly isSpaced: boolean;
  /** Whether it begins with a letter or digit. */
  readonly isWord: boolean;
}

// The parts share no character, so matching never goes back and the cost is linear.
const TOKEN =
  /([\p{L}\p{N}\p{M}]+(?:(?:[.'’/]|:(?=\p{N})|,(?=\d{3}(?!\d)))[\p{L}\p{N}\p{M}]+)*)|_{2,}|\.{2,}|[^\s]/gu;

/**
 * Words, numbers and signs of a title in order. `2,700`, `24.5`, `5:40AM`, `O/U` and `Fed’s` are one
 * each; `2025-12-13` and `GPT-5` are several without white space between.
 *
 * Marks that a reader does not see, and the asterisks that Kalshi writes for bold, are dropped.
 * Cost: O(length).
 */
export function titleTokens(title: string): TitleToken[] {
  const plain = title.replace(/[\u200b-\u200d\u2060\ufeff]|\*\*/g, "");
  const tokens: TitleToken[] = [];
  let end = 0;
  for (const match of plain.matchAll(TOKEN)) {
    const text = match[0];
    const isSpaced = match.index > end;
    end = match.index + text.length;
    tokens.push({ text, lower: text.toLowerCase(), isSpaced, isWord: match[1] !== undefined });
  }
  return tokens;
}

/** Tokens as text again: one space where white space was. */
export function tokenText(tokens: readonly TitleToken[]): string {
  let text = "";
  for (const token of tokens) text += token.isSpaced && text !== "" ? ` ${token.text}` : token.text;
  return text;
}
