import { type Random, randomStream } from "../core/random.ts";
import { louvainCommunities } from "./communities.ts";
import type { Edges } from "./correlation_graph.ts";
import { marketWords } from "./market_words.ts";

/** Texts as unit vectors over their words; most entries are zero and not stored. */
export interface WordVectors {
  /** Words in alphabetical order of code units. */
  readonly terms: readonly string[];
  /** Entries of text i stand from `offsets[i]` to `offsets[i + 1]`. */
  readonly offsets: Uint32Array;
  /** Indices into `terms`, ascending within a text. */
  readonly term: Uint32Array;
  /** Weights; their squares sum to 1 within a text that has any word. */
  readonly weight: Float64Array;
}

/**
 * TF-IDF vectors of texts: a word counts by how often the text has it and by how few texts do.
 *
 * NaN: a null text, or one of stop words only, has no entries. Cost: O(length of the texts).
 * Source: Spärck Jones 1972; idf = ln((1 + N) / (1 + n)) + 1 over the N texts that are not null, as
 * scikit-learn's `TfidfVectorizer` smooths it.
 */
export function wordVectors(texts: readonly (string | null)[]): WordVectors {
  const counts = texts.map((text) => {
    const count = new Map<string, number>();
    for (const { key } of marketWords(text ?? "")) count.set(key, (count.get(key) ?? 0) + 1);
    return count;
  });
  const nWith = new Map<string, number>();
  for (const count of counts) {
    for (const key of count.keys()) nWith.set(key, (nWith.get(key) ?? 0) + 1);
  }
  const terms = [...nWith.keys()].sort();
  const indexOf = new Map(terms.map((key, t) => [key, t]));
  const nTexts = texts.filter((text) => text !== null).length;
  const idf = terms.map((key) => Math.log((1 + nTexts) / (1 + nWith.get(key)!)) + 1);
  const offsets = new Uint32Array(texts.length + 1);
  const term: number[] = [], weight: number[] = [];
  counts.forEach((count, i) => {
    const entries = Array.from(count, ([key, times]) => ({ t: indexOf.get(key)!, times }));
    entries.sort((x, y) => x.t - y.t);
    const raw = entries.map(({ t, times }) => times * idf[t]!);
    const length = Math.hypot(...raw);
    entries.forEach(({ t }, e) => {
      term.push(t);
      weight.push(raw[e]! / length);
    });
    offsets[i + 1] = term.length;
  });
  return { terms, offsets, term: Uint32Array.from(term), weight: Float64Array.from(weight) };
}

/**
 * Pairs of texts whose cosine similarity is at least `minSimilarity`, by way of shared words.
 *
 * Cost: O(Σ over words of the square of the texts that have it).
 */
export function similarTexts(vectors: WordVectors, minSimilarity: number): Edges {
  const { terms, offsets, term, weight } = vectors;
  const n = offsets.length - 1;
  const postings: { text: number; weight: number }[][] = terms.map(() => []);
  const similarity = new Float64Array(n);
  const a: number[] = [], b: number[] = [], edge: number[] = [];
  for (let i = n - 1; i >= 0; --i) {
    const touched = new Set<number>();
    for (let e = offsets[i]!; e < offsets[i + 1]!; ++e) {
      for (const other of postings[term[e]!]!) {
        similarity[other.text]! += weight[e]! * other.weight;
        touched.add(other.text);
      }
      postings[term[e]!]!.push({ text: i, weight: weight[e]! });
    }
    for (const j of [...touched].sort((x, y) => y - x)) {
      if (similarity[j]! >= minSimilarity) {
        a.push(i);
        b.push(j);
        edge.push(similarity[j]!);
      }
      similarity[j] = 0;
    }
  }
  return {
    a: Uint32Array.from(a.reverse()),
    b: Uint32Array.from(b.reverse()),
    weight: Float64Array.from(edge.reverse()),
  };
}

/**
 * Topics by wording alone: communities of texts with similar words.
 *
 * A stand-in for themes where no classifier has run. It knows words and not meanings, so it joins
 * what is phrased alike and parts what is not.
 *
 * NaN: a null text, and one that resembles no other, has no topic (−1).
 * Cost: that of the similarities and of Louvain.
 *
 * @param options.minSimilarity Least cosine that joins two texts, in (0, 1].
 * @param options.resolution As in `louvainCommunities()`; 1 by default.
 * @returns Topic of each text, numbered from 0 by falling size.
 * @throws {RangeError} If `minSimilarity` is not in (0, 1].
 */
export function wordingTopics(
  texts: readonly (string | null)[],
  { minSimilarity, random, resolution = 1 }: {
    minSimilarity: number;
    random: Random;
    resolution?: number;
  },
): Int32Array {
  if (!(minSimilarity > 0 && minSimilarity <= 1)) {
    throw new RangeError(
      `Cannot find topics as minSimilarity must be in (0, 1]: got ${minSimilarity}`,
    );
  }
  const edges = similarTexts(wordVectors(texts), minSimilarity);
  const ids = texts.map((_, i) => String(i));
  return louvainCommunities(ids, edges, { resolution, random }).partition.cluster;
}

/** Least cosine of two titles that makes them one topic's: one rare word in three or four. */
const TITLE_SIMILARITY = 0.25;

/**
 * Topics of contract titles by their words, the same in every notebook.
 *
 * A stand-in for themes until a classifier gives them.
 *
 * @param titles Title of each contract, `null` unknown. Untrusted.
 * @returns Topic of each, −1 where no other title is alike.
 */
export function titleTopics(
  titles: readonly (string | null)[],
  { seed }: { readonly seed: number },
): Int32Array {
  const random = randomStream(seed, "topics");
  return wordingTopics(titles, { minSimilarity: TITLE_SIMILARITY, random });
}
