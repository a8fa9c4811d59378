/** A value that a notebook shows as Markdown. */
export interface MarkdownText {
  readonly text: string;
}

const DISPLAY = Symbol.for("Jupyter.display");

/**
 * A text that a notebook shows as Markdown when it is the last expression of a cell: for a finding
 * whose numbers are computed.
 *
 * @param text Markdown. Text from a venue in it must pass {@link markdownLiteral} first.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { md } from "lib/notebook/markdown.ts";
 * assert.equal(md(`**${2 + 1}** markets`).text, "**3** markets");
 * ```
 */
export function md(text: string): MarkdownText {
  const shown = { "text/markdown": text, "text/plain": text };
  return Object.defineProperty({ text }, DISPLAY, { value: () => shown });
}
