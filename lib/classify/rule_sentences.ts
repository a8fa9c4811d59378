/** Sentences of rule text that are read. */
const READ_SENTENCES = 2;
/** Sentences that say how a contract settles, not what it is about. */
const BOILERPLATE =
  /resolution source|resolves? (?:to )?["“]?(?:50|no\b|according)|primary source|credible report|otherwise|for the purposes? of|will be considered|please note|data stream|https?:|www\.|official (?:website|information)/i;
/** Openings that every rule text shares. */
const OPENING =
  /^\s*(?:this|the) (?:market|contract)s? (?:will|shall|immediately )?\s*resolves? (?:to|as|in favor of)?\s*["“”']?\w*["“”']?,? (?:if|when|based on|according to)?/i;

/**
 * The first sentences of a rule text that say what a contract is about.
 *
 * Sentences on sources of the resolution and on how it is settled are left out, as are the words
 * with which all rules open; addresses never count. `null` gives none.
 *
 * Cost: O(length of the first sentences).
 */
export function ruleSentences(description: string | null): string[] {
  if (description === null) return [];
  const sentences = description.slice(0, 1200).split(/(?<=[.!?:]["”']?)\s+|\n+/);
  const telling = sentences.filter((one) => /\p{L}/u.test(one) && !BOILERPLATE.test(one))
    .slice(0, READ_SENTENCES)
    .map((one) => one.replace(OPENING, "").trim());
  return telling.length > 0 ? [telling.join(" ")] : [];
}
