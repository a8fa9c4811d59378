/** A sentence of a notebook's findings, and the checkpoints or files of the source its numbers stand in. */
export type Finding = readonly [text: string, ...from: string[]];

/**
 * Findings as a Markdown list, each with where its numbers can be read.
 *
 * Cost: O(findings).
 *
 * @param findings Texts in Markdown: what is untrusted in them was escaped before. A finding without a
 *   place stands for itself, such as one that says what is missing.
 *
 * @example One finding with its checkpoint
 * ```ts
 * import assert from "node:assert/strict";
 * import { findingList } from "lib/core/finding_list.ts";
 * assert.equal(findingList([["**Size.** 3 contracts.", "01_universe"]]), "- **Size.** 3 contracts. (`01_universe`)");
 * ```
 */
export function findingList(findings: readonly Finding[]): string {
  return findings.map(([text, ...from]) =>
    from.length === 0 ? `- ${text}` : `- ${text} (${from.map((name) => `\`${name}\``).join(", ")})`
  ).join("\n");
}
