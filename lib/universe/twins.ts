import type { Market } from "../core/data_set.ts";
import { dayOf, formatDay, MS_PER_DAY } from "../core/day.ts";
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
 * Similar text is not the same contract, so this only proposes, and misses rather than errs: the
 * numbers of the two titles must be equal (the year in which the contract ends goes without
 * saying), the scheduled ends must be close, the words, weighted by how rare they are, must agree,
 * and a game must quote the same side. A person compares the rule texts.
 *
 * Missing: a market without a title or a scheduled end has no candidate.
 * Cost: O(pairs of the two venues that share their numbers and a word).
 * Source: cosine of TF-IDF vectors, Salton & Buckley 1988, with smoothed document frequencies.
 *
 * @returns Sorted by similarity, then by the two ids.
 */
export function twinCandidates(
  markets: readonly Market[],
  settings: Settings["universe"],
): TwinCandidate[] {
  const titles = markets.flatMap(readTitle);
  const weights = rarityWeights(titles.map((title) => title.words));
  const others = indexByWord(titles, weights);
  const product = new Float64Array(titles.length);
  const found: TwinCandidate[] = [];
  titles.forEach((title, a) => {
    const sameNumbers = others.get(title.numbers);
    if (title.market.venue !== "polymarket" || sameNumbers === undefined) return;
    const touched: number[] = [];
    for (const [word, weight] of weights[a]!) {
      for (const [b, other] of sameNumbers.get(word) ?? []) {
        if (product[b] === 0) touched.push(b);
        product[b]! += weight * other;
      }
    }
    for (const b of touched) {
      const other = titles[b]!, similarity = product[b]!;
      product[b] = 0;
      const daysApart = Math.abs(title.endsMs - other.endsMs) / MS_PER_DAY;
      if (
        similarity >= settings.twin_title_similarity.value &&
        daysApart <= settings.twin_max_days_apart.value &&
        (title.side === null || other.side === null || title.side === other.side)
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

/** What is compared of a market. */
interface Title {
  readonly market: Market;
  /** Words and numbers, but for the year in which the contract ends and the verb of a game. */
  readonly words: readonly string[];
  /** The numbers among them, sorted. */
  readonly numbers: string;
  /** Side of a game that is quoted, `null` where the title names no two sides. */
  readonly side: string | null;
  readonly endsMs: number;
}

const CONTEST = new Set(["vs", "beat", "beats", "defeat", "defeats"]);

/** The title of a market in a list, or none where it cannot be compared. */
function readTitle(market: Market): Title[] {
  const { question, outcome, closesAtMs } = market;
  if (question === null || closesAtMs === null) return [];
  // an end at midnight in New York falls on the next day in UTC, and so into the next year
  const endYear = formatDay(dayOf(closesAtMs - MS_PER_DAY)).slice(0, 4);
  const all = titleWords(question).filter((word) => word !== endYear);
  const contest = all.findIndex((word) => CONTEST.has(word));
  const named = outcome === null || /^(yes|no)$/i.test(outcome) ? null : titleWords(outcome);
  const side = contest < 0 ? null : (named ?? all.slice(0, contest)).join(" ");
  const words = all.filter((word) => !CONTEST.has(word));
  const numbers = words.filter((word) => /\d/.test(word)).sort().join(" ");
  return [{ market, words, numbers, side, endsMs: closesAtMs }];
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

/** Numbers → word → (title, weight), over the titles of the other venues. */
function indexByWord(
  titles: readonly Title[],
  weights: readonly Map<string, number>[],
): Map<string, Map<string, [number, number][]>> {
  const index = new Map<string, Map<string, [number, number][]>>();
  titles.forEach(({ market, numbers }, b) => {
    if (market.venue === "polymarket") return;
    let words = index.get(numbers);
    if (words === undefined) index.set(numbers, words = new Map());
    for (const [word, weight] of weights[b]!) {
      const entries = words.get(word);
      if (entries) entries.push([b, weight]);
      else words.set(word, [[b, weight]]);
    }
  });
  return index;
}
