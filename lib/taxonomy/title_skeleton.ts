import { QUESTION_WORDS } from "./time_words.ts";
import { titleTokens } from "./title_tokens.ts";

/** What stands for a name, or several in a row. */
const SLOT = "X";

/**
 * The wording of a title without what fills it: lower-case words in order, and an X for each run of
 * words with a capital. Titles of one template have one skeleton.
 *
 * "Will the SEC sue Ripple Labs?" and "Will the FTC sue Meta?" are both "will the X sue X". Numbers,
 * dates and signs are left out, tickers and months are words with a capital. The word that opens a
 * question is no name; another first word is taken for one, since its capital does not tell.
 *
 * A title without any lower-case word has no wording to share, so its skeleton is its own words in
 * lower case. Cost: O(length).
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { titleSkeleton } from "lib/taxonomy/title_skeleton.ts";
 * assert.equal(titleSkeleton("Will the SEC sue Ripple Labs by June 30?"), "will the X sue X by X");
 * assert.equal(titleSkeleton("Celtics vs. Knicks"), "X vs X");
 * assert.equal(titleSkeleton("Super Bowl LX"), "super bowl lx");
 * ```
 */
export function titleSkeleton(title: string): string {
  const words = titleTokens(title).filter(({ text, isWord }) => isWord && !/^\p{N}/u.test(text));
  const skeleton: string[] = [];
  for (const { text, lower } of words) {
    const isName = text !== lower && !QUESTION_WORDS.has(lower);
    if (!isName) skeleton.push(lower);
    else if (skeleton.at(-1) !== SLOT) skeleton.push(SLOT);
  }
  return skeleton.some((word) => word !== SLOT)
    ? skeleton.join(" ")
    : words.map(({ lower }) => lower).join(" ");
}
