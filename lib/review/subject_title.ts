/** UTF-16 units of a title that a decision can hold. */
const MOST = 2000;

/** The title of a subject, cut with an ellipsis where a decision could not hold it. Untrusted. */
export function subjectTitle(text: string): string {
  if (text.length <= MOST) return text;
  const head = text.slice(0, MOST - 1);
  // half of a character is no character
  return `${/[\uD800-\uDBFF]$/.test(head) ? head.slice(0, -1) : head}…`;
}
