import { cleanText } from "../../charts/text_lines.ts";
import { type MarketWord, marketWords } from "../../cluster/market_words.ts";
import { type DeskTree, leavesOf } from "./dendrogram_tree.ts";

/** A word must be in one of so many titles of a cluster, and in two of them. */
const ONE_TITLE_IN = 5;
const WORDS = 3;
/** Side that a title is held at. */
const SIDE = /^(?:NO|YES) · /;

/**
 * Names for any branches out of their titles: two or three words that many of them have and others have
 * not; or the first title after the one word of at least half of them, or after "mixed"; of a leaf its
 * title. Untrusted, without control characters.
 *
 * Cost: O(length of all titles) at once, then O(titles of a branch) the first time it is asked for.
 */
export function branchNames(
  desk: DeskTree,
  titles: readonly string[],
): (nodes: readonly number[]) => string {
  const wordsOf = titles.map((title) => distinct(marketWords(title)));
  const everywhere = countsOf(wordsOf);
  const known = new Map<string, string>();
  return (nodes) => {
    const id = nodes.join("+");
    const before = known.get(id);
    if (before !== undefined) return before;
    const leaves = leavesOf(desk, nodes);
    const counts = countsOf(leaves.map((leaf) => wordsOf[leaf]!));
    const least = Math.max(2, Math.ceil(leaves.length / ONE_TITLE_IN));
    const lead = (key: string, count: number) =>
      count / leaves.length - everywhere.get(key)!.count / Math.max(titles.length, 1);
    const best = [...counts].filter(([, { count }]) => count >= least)
      .sort(([a, { count: m }], [b, { count: k }]) => lead(b, k) - lead(a, m) || (a < b ? -1 : 1));
    const words = best.slice(0, WORDS).map(([, { surface }]) => cleanText(surface)).join(" · ");
    const title = cleanText(titles[leaves[0]!] ?? "");
    const name = leaves.length === 1 ? title : best.length > 1 ? words : `${
      // one word alone would name many clusters
      best.length === 1 && best[0]![1].count * 2 >= leaves.length ? words : "mixed"}: ${
      title.replace(SIDE, "")
    }`;
    known.set(id, name);
    return name;
  };
}

function distinct(words: readonly MarketWord[]): readonly MarketWord[] {
  return [...new Map(words.map((word) => [word.key, word])).values()];
}

function countsOf(
  texts: readonly (readonly MarketWord[])[],
): Map<string, { readonly count: number; readonly surface: string }> {
  const counts = new Map<string, { count: number; surface: string }>();
  for (const words of texts) {
    for (const { key, surface } of words) {
      const found = counts.get(key);
      if (found === undefined) counts.set(key, { count: 1, surface });
      else ++found.count;
    }
  }
  return counts;
}
