import type { SharedTerms, Taxonomy } from "../taxonomy/lexical_theme.ts";
import { filledIn, patternKey } from "../taxonomy/listed_terms.ts";
import { termPattern } from "../taxonomy/term_pattern.ts";
import { textTokens } from "../taxonomy/text_tokens.ts";
import { type FoundTerms, termMatcher } from "./term_matcher.ts";

/** The terms of one text and the themes they speak for. */
export interface TermEvidence {
  /** Nats for each theme, in the order of the taxonomy. */
  readonly scores: Float64Array;
  /** Terms of a theme as indices in `taxonomy.terms`, with theme and weight, heaviest first. */
  readonly votes: readonly Vote[];
}

/** One term and what it says. */
export interface Vote {
  readonly term: number;
  readonly theme: number;
  readonly weight: number;
}

/** A taxonomy's keywords, compiled. */
export interface Lexicon {
  /** Terms of a text; `isSlug` admits terms of the start of a slug. */
  readonly find: (text: string, isSlug?: boolean) => FoundTerms;
  /** What the outer terms say; inner ones and those of the text around decide on shared ones. */
  readonly weigh: (found: FoundTerms, around?: FoundTerms) => TermEvidence;
}

/**
 * Compiles the keywords of a taxonomy.
 *
 * The terms of a text count for a theme from the heaviest down, each further one `model.further`
 * times the one before: many weak words do not outweigh a decisive one. A shared keyword counts for
 * the first theme of its entry with a word of company in the text or around it, else for the theme
 * that has it alone.
 *
 * Cost: O(length of all keywords) once, then O(words of the text).
 */
export function lexicon(taxonomy: Taxonomy): Lexicon {
  const { terms, themes, shared, model } = taxonomy;
  const index = new Map(themes.map(({ id }, k) => [id, k]));
  const find = termMatcher(terms.map(({ pattern }) => pattern));
  const themeOf = terms.map(({ theme }) => theme === null ? -1 : index.get(theme)!);
  const weightOf = terms.map(({ strength }) => strength === null ? 0 : model[strength].value);
  const company = shared.map((entry) => companyOf(entry, taxonomy));
  const further = model.further.value;

  function ownerOf(term: number, present: readonly number[]): number {
    const entry = terms[term]!.shared;
    if (entry === null) return themeOf[term]!;
    const accompanied = company[entry]!.find(({ words }) => present.some((one) => words.has(one)));
    return index.get(accompanied?.theme ?? shared[entry]!.alone)!;
  }

  return {
    find: (text, isSlug) => find(textTokens(text), isSlug),
    weigh: ({ outer, inner }, around = { outer: [], inner: [] }) => {
      const present = [...outer, ...inner, ...around.outer, ...around.inner];
      const votes = outer.map((term) => ({
        term,
        theme: ownerOf(term, present),
        weight: weightOf[term]!,
      })).filter(({ theme, weight }) => theme >= 0 && weight > 0)
        .sort((a, b) => b.weight - a.weight || a.term - b.term);
      const scores = new Float64Array(themes.length);
      const share = new Float64Array(themes.length).fill(1);
      for (const { theme, weight } of votes) {
        scores[theme]! += weight * share[theme]!;
        share[theme]! *= further;
      }
      return { scores, votes };
    },
  };
}

/** Words of company of a shared entry as indices of terms. */
function companyOf(
  { company }: SharedTerms,
  { terms, gazetteers }: Taxonomy,
): { theme: string; words: ReadonlySet<number> }[] {
  const known = new Map(terms.map(({ pattern }, k) => [patternKey(pattern), k]));
  return company.map(({ theme, words }) => ({
    theme,
    words: new Set(
      words.flatMap((word) => filledIn(word, gazetteers))
        .map((word) => known.get(patternKey(termPattern(word)))!),
    ),
  }));
}
