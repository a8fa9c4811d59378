import type { Taxonomy } from "../taxonomy/lexical_theme.ts";
import { UNCATEGORIZED } from "../taxonomy/themes.ts";
import type { Classification, EventText } from "./event_text.ts";
import type { FoundTerms } from "./term_matcher.ts";
import { type Lexicon, lexicon, type TermEvidence } from "./lexicon.ts";
import { ruleSentences } from "./rule_sentences.ts";

/** A classification with the probability of each theme, in the order of the taxonomy. */
export interface LexicalClassification extends Classification {
  readonly probabilities: Float64Array;
}

/** Terms that a reason names. */
const NAMED_TERMS = 3;
/** Outcomes that must speak for themselves before an event may count as one of several themes. */
const SPEAKING_OUTCOMES = 3;
/** Most confidence in the theme of an event whose outcomes are of several. */
const MIXED_CONFIDENCE = 0.55;

/** What one place of an event says: its mean over texts, and its terms by what they add. */
interface PlaceEvidence {
  readonly scores: Float64Array;
  /** Mean weight of each term for each theme over the texts of the place. */
  readonly terms: ReadonlyMap<number, { readonly theme: number; readonly weight: number }[]>;
}

/**
 * The classifier that needs no key: keywords of `config/taxonomy.yaml`, weighed and explained.
 *
 * The title is one place; the tickers are another, of which the mean over tickers counts, so one
 * ticker of 118 that names a coin says a hundredth of a coin; slugs are a third, taken the same way.
 * They repeat each other's words, so for each theme the place that says most counts. The first
 * sentences of the rules are weighed by `model.description`, and less the more the rest says. Scores
 * over the temperature give probabilities of all themes by the softmax.
 *
 * "What will happen before GTA VI?" is of the themes of whichever outcomes were collected. Where three
 * tickers or more have themes of their own, each by a strong keyword, several of them and the event's in
 * less than half, the event's has a probability of 0.55 at most. What is above goes to the commonest
 * other theme of those tickers, which is named as the second.
 *
 * The answer depends on nothing but the event's texts as sets: not on their order, the event's id or
 * other events. Names of themes are no keywords, so a title that asks for one weighs by its words.
 *
 * Shape: `probabilities` has one entry a theme and sums to 1.
 * Missing: an event without a known word is "uncategorized", as is one whose themes tie.
 * Cost: O(words); 20,000 events in 2 s (one core, Deno 2.9.6, November 2026).
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { lexicalClassifier } from "lib/classify/lexical_classifier.ts";
 * import { parseTaxonomy } from "lib/taxonomy/parse_taxonomy.ts";
 * import { readYaml } from "lib/store/yaml.ts";
 *
 * const classify = lexicalClassifier(parseTaxonomy(await readYaml("config/taxonomy.yaml")));
 * const { primaryTheme } = classify({
 *   eventId: "e1",
 *   title: "Bitcoin above $90,000?",
 *   tickers: [],
 *   slugs: [],
 *   description: null,
 *   venues: ["polymarket"],
 *   endDate: null,
 * });
 * assert.equal(primaryTheme, "crypto_digital");
 * ```
 */
export function lexicalClassifier(
  taxonomy: Taxonomy,
): (event: EventText) => LexicalClassification {
  const { themes, model, version } = taxonomy;
  const words = lexicon(taxonomy);
  const other = themes.findIndex(({ id }) => id === "other");
  return (event) => {
    const head = words.find(event.title);
    const title = placeEvidence([words.weigh(head)], themes.length);
    const ofTickers = textsEvidence(words, event.tickers, { head });
    const tickers = placeEvidence(ofTickers, themes.length);
    const slugs = placeEvidence(
      textsEvidence(words, event.slugs, { head, isSlug: true }),
      themes.length,
    );
    const rules = placeEvidence(
      textsEvidence(words, ruleSentences(event.description), { head }),
      themes.length,
    );
    const places = [title, tickers, slugs];
    const scores = Float64Array.from(
      themes,
      (_, k) => Math.max(...places.map((place) => place.scores[k]!)),
    );
    const spoken = scores.reduce((best, score) => Math.max(best, score), 0);
    const ruleShare = model.description.value / (1 + spoken);
    rules.scores.forEach((score, k) => scores[k]! += score * ruleShare);
    scores[other]! += model.other_prior.value;
    const probabilities = softmax(scores, model.temperature.value);
    const order = themes.map((_, k) => k)
      .sort((a, b) => probabilities[b]! - probabilities[a]! || a - b);
    const best = order[0]!;
    const isKnown = probabilities[best]! >= model.min_confidence.value;
    const mixed = isKnown
      ? mixedTheme(ofTickers, { theme: best, minWeight: model.strong.value })
      : null;
    if (mixed !== null) {
      probabilities[mixed]! += Math.max(probabilities[best]! - MIXED_CONFIDENCE, 0);
      probabilities[best] = Math.min(probabilities[best]!, MIXED_CONFIDENCE);
    }
    const next = mixed ?? order[1]!;
    const confidence = probabilities[best]!;
    const isSecond = mixed !== null || probabilities[next]! >= model.min_secondary.value;
    const named = leadingTerms(places, { rules, ruleShare, theme: best })
      .map((term) => taxonomy.terms[term]!.pattern.text.replace(/[=^*]/g, ""));
    const verdict = `${themes[best]!.id} ${confidence.toFixed(2)}; next ${themes[next]!.id} ${
      probabilities[next]!.toFixed(2)
    }`;
    return {
      eventId: event.eventId,
      primaryTheme: isKnown ? themes[best]!.id : UNCATEGORIZED,
      secondaryTheme: isKnown && isSecond ? themes[next]!.id : null,
      confidence,
      reasoning: `${named.length > 0 ? named.join(", ") : "no keyword"}: ${verdict}${
        mixed === null ? "" : "; its outcomes are of several themes"
      }`,
      classifier: `lexical ${version}`,
      probabilities,
    };
  };
}

/** Evidence of each text of one place; repeated texts count once. */
function textsEvidence(
  words: Lexicon,
  texts: readonly string[],
  { head, isSlug = false }: { head: FoundTerms; isSlug?: boolean },
): TermEvidence[] {
  const distinct = [...new Set(texts)].sort();
  return distinct.map((text) => words.weigh(words.find(text, isSlug), head));
}

/**
 * The commonest theme but the event's among outcomes of several themes; `null` where half of them or
 * more are of the event's, all are of one, or too few speak.
 *
 * An outcome speaks where a keyword of `minWeight` stands behind the theme that it has by itself.
 */
function mixedTheme(
  outcomes: readonly TermEvidence[],
  { theme, minWeight }: { readonly theme: number; readonly minWeight: number },
): number | null {
  const counts = new Map<number, number>();
  let nSpeaking = 0;
  for (const { scores, votes } of outcomes) {
    const own = scores.reduce((best, score, k) => score > scores[best]! ? k : best, 0);
    if (!votes.some((vote) => vote.theme === own && vote.weight >= minWeight)) continue;
    counts.set(own, (counts.get(own) ?? 0) + 1);
    ++nSpeaking;
  }
  const nSame = counts.get(theme) ?? 0;
  if (nSpeaking < SPEAKING_OUTCOMES || 2 * nSame >= nSpeaking || counts.size < 2) return null;
  counts.delete(theme);
  return [...counts].sort(([a, n], [b, m]) => m - n || a - b)[0]![0];
}

function placeEvidence(found: readonly TermEvidence[], nThemes: number): PlaceEvidence {
  const scores = new Float64Array(nThemes);
  const terms = new Map<number, { theme: number; weight: number }[]>();
  for (const { scores: ofText, votes } of found) {
    ofText.forEach((score, k) => scores[k]! += score / found.length);
    for (const { term, theme, weight } of votes) {
      const known = terms.get(term) ?? [];
      const same = known.find((one) => one.theme === theme);
      if (same !== undefined) same.weight += weight / found.length;
      else known.push({ theme, weight: weight / found.length });
      terms.set(term, known);
    }
  }
  return { scores, terms };
}

/** The terms that add most to a theme, heaviest first, equal ones in the order of the file. */
function leadingTerms(
  places: readonly PlaceEvidence[],
  { rules, ruleShare, theme }: { rules: PlaceEvidence; ruleShare: number; theme: number },
): number[] {
  const added = new Map<number, number>();
  const add = (place: PlaceEvidence, share: number) => {
    for (const [term, votes] of place.terms) {
      const vote = votes.find((one) => one.theme === theme);
      if (vote !== undefined) added.set(term, (added.get(term) ?? 0) + vote.weight * share);
    }
  };
  for (const place of places) add(place, 1);
  add(rules, ruleShare);
  return [...added].sort(([a, x], [b, y]) => y - x || a - b)
    .slice(0, NAMED_TERMS).map(([term]) => term);
}

function softmax(scores: Float64Array, temperature: number): Float64Array {
  const top = scores.reduce((best, score) => Math.max(best, score), -Infinity);
  const weights = scores.map((score) => Math.exp((score - top) / temperature));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}
