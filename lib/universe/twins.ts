import type { Market } from "../core/data_set.ts";
import { MS_PER_DAY } from "../core/day.ts";
import type { Settings } from "../core/settings.ts";

/** Two contracts of different venues that look like one question: a candidate for a verdict. */
export interface TwinCandidate {
  readonly marketA: string;
  readonly marketB: string;
  /** Cosine of the two titles' word weights, 0 to 1. */
  readonly similarity: number;
  /** Days between the scheduled ends. */
  readonly daysApart: number;
}

/** Words without a subject; a title is recognised by the rest. */
const STOP_WORDS = new Set(
  "a an and are at be before by for from has have if in is it of on or that the their this to was will with"
    .split(" "),
);

/**
 * Words and numbers of a title, in lower case and without accents.
 *
 * A number keeps its unit and its decimals ("0.2%" is no "2%"), thousands lose their commas, and
 * signs fall away elsewhere.
 */
export function titleWords(title: string): string[] {
  const plain = title.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()
    .replace(/(\d),(?=\d{3}\b)/g, "$1");
  const words = plain.match(/[$€£]?\d+(?:\.\d+)?(?:%|bps|[kmb]\b|\b)?|[a-z]+/g) ?? [];
  return words.filter((word) => !STOP_WORDS.has(word));
}

/**
 * Contracts listed on two venues that look like the same question.
 *
 * Similar text is not the same contract, so this only proposes: all numbers of the two titles must
 * be equal, the scheduled ends must be close, and the words, weighted by how rare they are, must
 * agree. A person compares the rule texts.
 *
 * Missing: a market without a title or a scheduled end has no candidate.
 * Cost: O(pairs of the two venues that share a word of middling rarity).
 * Source: cosine of TF-IDF vectors, Salton & Buckley 1988, with smoothed document frequencies.
 *
 * @returns Sorted by similarity, then by the two ids.
 */
export function twinCandidates(
  markets: readonly Market[],
  settings: Settings["universe"],
): TwinCandidate[] {
  const titles = markets.flatMap((market) => {
    if (market.question === null || market.closesAtMs === null) return [];
    const words = titleWords(market.question);
    const numbers = words.filter((word) => /\d/.test(word)).sort().join(" ");
    return [{ market, words, numbers, endsMs: market.closesAtMs }];
  });
  const weights = rarityWeights(titles.map((title) => title.words));
  const others = indexByWord(titles, weights, (title) => title.market.venue !== "polymarket");
  const found: TwinCandidate[] = [];
  titles.forEach((title, a) => {
    if (title.market.venue !== "polymarket") return;
    const products = new Map<number, number>();
    for (const [word, weight] of weights[a]!) {
      for (const [b, other] of others.get(word) ?? []) {
        products.set(b, (products.get(b) ?? 0) + weight * other);
      }
    }
    for (const [b, similarity] of products) {
      const other = titles[b]!;
      const daysApart = Math.abs(title.endsMs - other.endsMs) / MS_PER_DAY;
      if (
        similarity >= settings.twin_title_similarity.value && title.numbers === other.numbers &&
        daysApart <= settings.twin_max_days_apart.value
      ) {
        found.push({
          marketA: title.market.marketId,
          marketB: other.market.marketId,
          similarity: Math.min(similarity, 1),
          daysApart,
        });
      }
    }
  });
  return found.sort((x, y) =>
    y.similarity - x.similarity || compare(x.marketA, y.marketA) || compare(x.marketB, y.marketB)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** One unit vector per title: word → weight, rare words heavy. */
function rarityWeights(titles: readonly (readonly string[])[]): Map<string, number>[] {
  const nTitlesWith = new Map<string, number>();
  for (const words of titles) {
    for (const word of new Set(words)) nTitlesWith.set(word, (nTitlesWith.get(word) ?? 0) + 1);
  }
  return titles.map((words) => {
    const weight = new Map<string, number>();
    for (const word of words) {
      const rarity = 1 + Math.log((1 + titles.length) / (1 + nTitlesWith.get(word)!));
      weight.set(word, (weight.get(word) ?? 0) + rarity);
    }
    const length = Math.hypot(...weight.values());
    for (const [word, value] of weight) weight.set(word, value / length);
    return weight;
  });
}

/** Word → (title, weight) over the titles that `keep` holds for. */
function indexByWord<T>(
  titles: readonly T[],
  weights: readonly Map<string, number>[],
  keep: (title: T) => boolean,
): Map<string, [number, number][]> {
  const index = new Map<string, [number, number][]>();
  titles.forEach((title, b) => {
    if (!keep(title)) return;
    for (const [word, weight] of weights[b]!) {
      const entries = index.get(word);
      if (entries) entries.push([b, weight]);
      else index.set(word, [[b, weight]]);
    }
  });
  return index;
}
