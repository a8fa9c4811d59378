/**
 * Untrusted text on one line, without the characters that nobody sees: controls, marks of direction and
 * halves of surrogate pairs. It says where it was cut with "…".
 *
 * For a terminal as it is; for Markdown and HTML it is still to be escaped. Cost: O(length).
 *
 * @param options.most Longest answer in characters; 80 by default, about a line.
 */
export function shortText(
  text: string,
  { most = 80 }: { readonly most?: number } = {},
): string {
  const seen = text.replace(/[\p{Cf}\p{Cs}]/gu, "").replace(/[\s\p{Cc}]+/gu, " ").trim();
  const characters = [...seen];
  return characters.length <= most ? seen : `${characters.slice(0, most - 1).join("").trimEnd()}…`;
}
