/** Texts as unit vectors over their terms; most entries are zero and not stored. */
export interface TermVectors {
  /** Terms in order of code units. */
  readonly terms: readonly string[];
  /** Entries of text i stand from `offsets[i]` to `offsets[i + 1]`. */
  readonly offsets: Uint32Array;
  /** Indices into `terms`, ascending within a text. */
  readonly term: Uint32Array;
  /** Weights; their squares sum to 1 within a text that has any term. */
  readonly weight: Float64Array;
}

/** Words and pairs of neighbouring words, in order: the 1- and 2-grams of a text. */
export function wordGrams(words: readonly string[]): string[] {
  return words.concat(words.slice(1).map((word, i) => `${words[i]!} ${word}`));
}

/**
 * TF-IDF vectors of texts: a term counts by how often the text has it, in logarithm, and by how few
 * texts have it.
 *
 * Missing: a text without terms has no entries and resembles nothing.
 * Cost: O(total terms · log of the terms in a text).
 * Source: Salton & Buckley 1988; weights (1 + ln count) · (1 + ln((1 + N) / (1 + n))), as
 * scikit-learn's `TfidfVectorizer(sublinear_tf=True, smooth_idf=True)` has them.
 *
 * @param texts Terms of each text, repeated as often as it has them.
 */
export function termVectors(texts: readonly (readonly string[])[]): TermVectors {
  const nWith = new Map<string, number>();
  const counts = texts.map((words) => {
    const count = new Map<string, number>();
    for (const word of words) count.set(word, (count.get(word) ?? 0) + 1);
    for (const word of count.keys()) nWith.set(word, (nWith.get(word) ?? 0) + 1);
    return count;
  });
  const terms = [...nWith.keys()].sort();
  const indexOf = new Map(terms.map((name, t) => [name, t]));
  const rarity = terms.map((name) => 1 + Math.log((1 + texts.length) / (1 + nWith.get(name)!)));
  const offsets = new Uint32Array(texts.length + 1);
  counts.forEach((count, i) => offsets[i + 1] = offsets[i]! + count.size);
  const term = new Uint32Array(offsets[texts.length]!);
  const weight = new Float64Array(term.length);
  counts.forEach((count, i) => {
    const from = offsets[i]!, to = offsets[i + 1]!;
    const own = term.subarray(from, to);
    own.set(Array.from(count.keys(), (name) => indexOf.get(name)!));
    own.sort();
    let squares = 0;
    own.forEach((t, e) => {
      const w = (1 + Math.log(count.get(terms[t]!)!)) * rarity[t]!;
      weight[from + e] = w;
      squares += w * w;
    });
    const length = Math.sqrt(squares);
    for (let e = from; e < to; ++e) weight[e] = weight[e]! / length;
  });
  return { terms, offsets, term, weight };
}
