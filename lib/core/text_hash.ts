/**
 * Eight letters and digits that tell texts apart: 41 bits of two FNV-1a hashes over UTF-16 code units,
 * each mixed by the finaliser of MurmurHash3.
 *
 * For names that must be short, equal on every machine and the same tomorrow. Not for secrets: whoever
 * wants a collision finds one.
 *
 * Cost: O(length).
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { textHash } from "lib/core/text_hash.ts";
 * assert.notEqual(textHash("O/U 24.5"), textHash("O/U 26.5"));
 * ```
 */
export function textHash(text: string): string {
  const high = mixed(text, 0x811c9dc5) % 0x200, low = mixed(text, 0x9747b28c);
  return (high * 0x1_0000_0000 + low).toString(36).padStart(8, "0");
}

function mixed(text: string, basis: number): number {
  let h = basis;
  for (let i = 0; i < text.length; ++i) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
