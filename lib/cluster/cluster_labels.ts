import { clusterKey } from "./cluster_key.ts";
import { type MarketWord, marketWords } from "./market_words.ts";
import { members, type Partition } from "./partition.ts";

/** What a cluster is called and why. */
export interface ClusterLabel {
  /** Stable key of the cluster's members, under which a person may name it. */
  readonly key: string;
  /** At most 60 characters, different for every cluster. Still untrusted: escape where it is shown. */
  readonly label: string;
  /** Words and pairs of words that set the cluster apart, best first. */
  readonly terms: readonly LabelTerm[];
}

/** A word or a pair of words of a label. */
export interface LabelTerm {
  readonly term: string;
  readonly score: number;
  /** Share of the members' texts that have it. */
  readonly share: number;
}

const LONGEST_LABEL = 60;
/** A term must be in one of so many of the members' texts, and in two of them. */
const ONE_TEXT_IN = 5;
/** A pair of words stands for one of them if it covers this share of that word's texts. */
const PAIR_COVERS = 0.5;

/**
 * A label for each cluster out of the words that set its texts apart from all others.
 *
 * A term counts once a text. Its score is the log-odds ratio of the term inside and outside of the
 * cluster over its standard deviation, shrunk by a prior of the term's share in all texts, as large
 * as a mean cluster: a rare word needs more evidence than a frequent one. A pair of words takes the
 * place of its words where these mostly come as that pair, and no word is shown twice. Equal scores
 * are decided by count, then pairs first, then by alphabet.
 *
 * A term must be in a fifth of the members' texts and in at least two of them, since one title does
 * not speak for a cluster. With one or two members one text is enough, though terms that both have go
 * first. A cluster without such a term is called "mixed".
 *
 * NaN: a null text has no words and is no text of its cluster.
 * Cost: O(length of the texts + clusters · terms of each).
 * Source: Monroe, Colaresi & Quinn, "Fightin' words", Political Analysis 2008.
 *
 * @param texts One text an item, or null.
 * @param options.words Terms of a label; 3 by default.
 * @throws {RangeError} If there is not one text an item or `words` is not a whole number >= 1.
 *
 * @example two clusters and what they are about
 * ```ts
 * import assert from "node:assert/strict";
 * import { clusterLabels } from "lib/cluster/cluster_labels.ts";
 * import { partition } from "lib/cluster/partition.ts";
 *
 * const found = partition(["a", "b", "c", "d"], [0, 0, 1, 1]);
 * const texts = ["Fed rate cut?", "Will the Fed hold?", "Bitcoin above 100k?", "Bitcoin dip?"];
 * const labels = clusterLabels(found, texts).map(({ label }) => label);
 * assert.deepEqual(labels, ["Fed", "Bitcoin"]);
 * ```
 */
export function clusterLabels(
  found: Partition,
  texts: readonly (string | null)[],
  { words = 3 }: { words?: number } = {},
): ClusterLabel[] {
  if (texts.length !== found.ids.length) {
    throw new RangeError(
      `Cannot label clusters as each of ${found.ids.length} items must have one text or null: got ${texts.length}`,
    );
  }
  if (!(Number.isInteger(words) && words >= 1)) {
    throw new RangeError(
      `Cannot label clusters as words must be a whole number >= 1: got ${words}`,
    );
  }
  const termsOf = texts.map((text) => textTerms(marketWords(text ?? "")));
  const all = counted(termsOf);
  const surface = usualSurfaces(termsOf);
  const taken = new Set<string>();
  return members(found).map((items) => {
    const inside = counted(items.map((i) => termsOf[i]!));
    const nTexts = items.filter((i) => texts[i] !== null).length;
    const least = items.length <= 2 ? 1 : Math.max(2, Math.ceil(nTexts / ONE_TEXT_IN));
    const scored = scoredTerms(inside, all, found.nClusters).filter(({ count }) => count >= least);
    const terms = distinctTerms(scored, inside, words).map(({ key, score, count }) => ({
      term: surface.get(key)!,
      score,
      share: count / nTexts,
    }));
    const name = terms.map(({ term }) => term).join(" · ");
    const label = untaken(cleanLabel(name) || "mixed", taken);
    return { key: clusterKey(items.map((i) => found.ids[i]!)), label, terms };
  });
}

/**
 * The labels with those that a person has given put in their place.
 *
 * Labels stay different: a person's keeps its words against a made one.
 *
 * @param persons Labels by the clusters' keys; an empty one is passed over.
 */
export function withPersonLabels(
  labels: readonly ClusterLabel[],
  persons: ReadonlyMap<string, string>,
): ClusterLabel[] {
  const taken = new Set<string>();
  const given = labels.map(({ key }) => cleanLabel(persons.get(key) ?? ""))
    .map((label) => label === "" ? null : untaken(label, taken));
  return labels.map((one, c) => ({ ...one, label: given[c] ?? untaken(one.label, taken) }));
}

/** Terms of one text with their written form: its words, and its words that follow each other. */
function textTerms(words: readonly MarketWord[]): Map<string, string> {
  const terms = new Map<string, string>();
  const add = (key: string, surface: string) => {
    if (!terms.has(key)) terms.set(key, surface);
  };
  words.forEach(({ key, surface, followsPrevious }, i) => {
    add(key, surface);
    const before = words[i - 1];
    if (followsPrevious && before !== undefined && before.key !== key) {
      add(`${before.key} ${key}`, `${before.surface} ${surface}`);
    }
  });
  return terms;
}

interface Counts {
  /** Texts that have each term. */
  readonly nWith: ReadonlyMap<string, number>;
  readonly total: number;
  readonly nTexts: number;
}

function counted(texts: readonly ReadonlyMap<string, string>[]): Counts {
  const nWith = new Map<string, number>();
  let total = 0, nTexts = 0;
  for (const terms of texts) {
    for (const key of terms.keys()) nWith.set(key, (nWith.get(key) ?? 0) + 1);
    total += terms.size;
    if (terms.size > 0) ++nTexts;
  }
  return { nWith, total, nTexts };
}

/** The written form that most texts have of each term; the first by alphabet at a tie. */
function usualSurfaces(texts: readonly ReadonlyMap<string, string>[]): Map<string, string> {
  const counts = new Map<string, Map<string, number>>();
  for (const terms of texts) {
    for (const [key, surface] of terms) {
      const forms = counts.get(key) ?? new Map<string, number>();
      counts.set(key, forms.set(surface, (forms.get(surface) ?? 0) + 1));
    }
  }
  return new Map(Array.from(counts, ([key, forms]) => {
    const ordered = [...forms].sort(([x, m], [y, n]) => n - m || (x < y ? -1 : 1));
    return [key, ordered[0]![0]];
  }));
}

interface Scored {
  readonly key: string;
  readonly count: number;
  readonly score: number;
}

/** The terms of a cluster that more than one of its texts has, or all if none is, best first. */
function scoredTerms(inside: Counts, all: Counts, nClusters: number): Scored[] {
  const prior = all.total / nClusters;
  const outside = all.total - inside.total;
  const scored = Array.from(inside.nWith, ([key, count]) => {
    const both = all.nWith.get(key)!;
    const alpha = prior * both / all.total;
    const here = count + alpha, there = both - count + alpha;
    const ratio = Math.log(here / (inside.total + prior - here)) -
      Math.log(there / (outside + prior - there));
    const score = ratio / Math.sqrt(1 / here + 1 / there);
    // cut, so that rounding does not decide between terms that are equal
    return { key, count, score: Number.isFinite(score) ? Math.round(score * 1e9) / 1e9 : 0 };
  });
  scored.sort((x, y) =>
    y.score - x.score || y.count - x.count ||
    Number(y.key.includes(" ")) - Number(x.key.includes(" ")) || (x.key < y.key ? -1 : 1)
  );
  const repeated = scored.filter(({ count }) => count > 1);
  return repeated.length > 0 ? repeated : scored;
}

/** Words of every kind of market that say what happens and not to whom; in a pair they may stand. */
const SUBJECTLESS = new Set(
  "win wins winner election race most next new hit hits reach reaches close closes high low out"
    .split(" "),
);

/** The best terms that share no word, pairs before the words that they cover. */
function distinctTerms(scored: readonly Scored[], inside: Counts, words: number): Scored[] {
  const used = new Set<string>();
  const isFree = (parts: readonly string[]) => parts.every((part) => !used.has(part));
  const isCovered = ({ key, count }: Scored) =>
    !key.includes(" ") &&
    scored.some((pair) => {
      const parts = pair.key.split(" ");
      return parts.length > 1 && parts.includes(key) && isFree(parts) &&
        pair.count >= PAIR_COVERS * count && (pair.count > 1 || inside.nTexts === 1);
    });
  const chosen: Scored[] = [];
  for (const term of scored) {
    if (chosen.length === words) break;
    const parts = term.key.split(" ");
    if (!isFree(parts) || isCovered(term) || SUBJECTLESS.has(term.key)) continue;
    parts.forEach((part) => used.add(part));
    chosen.push(term);
  }
  return chosen;
}

/** One line of printable characters, cut to the longest label. */
function cleanLabel(text: string): string {
  const line = text.replace(/\p{Cc}/gu, " ").replace(/[\p{Cf}\p{Cs}\p{Co}]/gu, "")
    .replace(/\s+/gu, " ").trim();
  return cut(line, LONGEST_LABEL);
}

function cut(line: string, longest: number): string {
  const characters = Array.from(line);
  return characters.length <= longest
    ? line
    : `${characters.slice(0, longest - 1).join("").trimEnd()}…`;
}

/** The label, with a number where an earlier cluster has it already. */
function untaken(label: string, taken: Set<string>): string {
  let free = label;
  for (let number = 2; taken.has(free); ++number) {
    const ending = ` (${number})`;
    free = cut(label, LONGEST_LABEL - ending.length) + ending;
  }
  taken.add(free);
  return free;
}
