import type { TermPattern } from "./term_pattern.ts";
import type { Theme, ThemeFamily, ThemeList } from "./themes.ts";

/** How much a keyword says: classes of weight, strongest first. */
export const STRENGTHS = ["decisive", "strong", "fair", "weak"] as const;
export type Strength = (typeof STRENGTHS)[number];

/** A theme with the keywords of the lexical classifier, as the file writes them. */
export interface LexicalTheme extends Theme {
  readonly keywords: Readonly<Record<Strength, readonly string[]>>;
}

/** A keyword that several themes claim, and which of them has it in which company. */
export interface SharedTerms {
  readonly terms: readonly string[];
  readonly strength: Strength;
  /** Theme that has it alone. */
  readonly alone: string;
  /** In this order: the first theme with one of its words in the text has the keyword. */
  readonly company: readonly { readonly theme: string; readonly words: readonly string[] }[];
}

/** A fitted or chosen number of the lexical classifier and why it is what it is. */
export interface LexicalNumber {
  readonly value: number;
  readonly reason: string;
}

/** Numbers of the lexical classifier. */
export interface LexicalModel {
  /** Nats for a theme from one keyword of each strength. */
  readonly decisive: LexicalNumber;
  readonly strong: LexicalNumber;
  readonly fair: LexicalNumber;
  readonly weak: LexicalNumber;
  /** What each further keyword, and each further place, counts relative to the one before it. */
  readonly further: LexicalNumber;
  /** Nats that scores are divided by before they become probabilities. */
  readonly temperature: LexicalNumber;
  /** Weight of rule text where nothing else speaks; it falls with what the rest says. */
  readonly description: LexicalNumber;
  /** Nats of "other" before a word is read; all other themes have 0. */
  readonly other_prior: LexicalNumber;
  /** Probability below which an event has no theme. */
  readonly min_confidence: LexicalNumber;
  /** Probability from which another theme is named as the second. */
  readonly min_secondary: LexicalNumber;
}

/** One keyword with its gazetteers filled in and whose it is. */
export interface ListedTerm {
  readonly pattern: TermPattern;
  /** Id of the theme; `null` for a shared keyword and for a word that is only company. */
  readonly theme: string | null;
  /** `null` for a word that is only company. */
  readonly strength: Strength | null;
  /** Index of the entry of `shared` that says whose it is; `null` for a theme's own. */
  readonly shared: number | null;
}

/** `config/taxonomy.yaml`: themes, their keywords and the numbers that weigh them. */
export interface Taxonomy extends ThemeList {
  readonly themes: readonly LexicalTheme[];
  /** In the order of the file; every one has a theme. */
  readonly families: readonly ThemeFamily[];
  readonly shared: readonly SharedTerms[];
  readonly model: LexicalModel;
  /** Lists of names that keywords fill in by `{list}`. */
  readonly gazetteers: Readonly<Record<string, readonly string[]>>;
  /** Every keyword with gazetteers filled in, shared ones first, then by theme in the order of the file. */
  readonly terms: readonly ListedTerm[];
}
