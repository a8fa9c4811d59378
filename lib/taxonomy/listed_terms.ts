import {
  type LexicalTheme,
  type ListedTerm,
  type SharedTerms,
  STRENGTHS,
} from "./lexical_theme.ts";
import { type TermPattern, termPattern } from "./term_pattern.ts";

/** What is wrong with the file, in one line. */
export type TermFault = string;

interface Source {
  readonly themes: readonly LexicalTheme[];
  readonly shared: readonly SharedTerms[];
  readonly gazetteers: Readonly<Record<string, readonly string[]>>;
}

/**
 * Every keyword of the themes and of the shared entries, each once a theme with its strongest class.
 *
 * Faults are added to `faults`: a keyword that cannot be read, an unknown gazetteer, a keyword that
 * two themes have, and one that a theme has although it is shared.
 */
export function listedTerms(
  { themes, shared, gazetteers }: Source,
  faults: TermFault[],
): ListedTerm[] {
  const found = new Map<string, ListedTerm>();
  const used = new Set<string>();
  const patterns = (written: string, where: string): TermPattern[] => {
    try {
      return filledIn(written, gazetteers, used).map(termPattern);
    } catch (error) {
      faults.push(`${where}: ${(error as Error).message}`);
      return [];
    }
  };
  shared.forEach(({ terms, strength }, k) => {
    for (const pattern of terms.flatMap((term) => patterns(term, `shared.${k}`))) {
      const key = patternKey(pattern);
      if (found.has(key)) faults.push(`shared.${k}: "${pattern.text}" is shared twice`);
      found.set(key, { pattern, theme: null, strength, shared: k });
    }
  });
  for (const { id, keywords } of themes) {
    const written = new Set<string>();
    for (const strength of STRENGTHS) {
      for (const term of keywords[strength]) {
        if (written.has(term)) faults.push(`${id}.keywords: "${term}" is there twice`);
        written.add(term);
        for (const pattern of patterns(term, `${id}.keywords`)) {
          const key = patternKey(pattern);
          const before = found.get(key);
          if (before === undefined) {
            found.set(key, { pattern, theme: id, strength, shared: null });
          } else if (before.theme !== id) {
            const whose = before.theme ?? `shared.${before.shared}`;
            faults.push(
              `${id}.keywords: "${pattern.text}" is also in ${whose}, and no entry of shared says whose it is`,
            );
          }
        }
      }
    }
  }
  for (const [k, { company }] of shared.entries()) {
    for (const { words } of company) {
      for (const pattern of words.flatMap((word) => patterns(word, `shared.${k}`))) {
        const key = patternKey(pattern);
        if (!found.has(key)) found.set(key, { pattern, theme: null, strength: null, shared: null });
      }
    }
  }
  for (const name of Object.keys(gazetteers)) {
    if (!used.has(name)) faults.push(`gazetteers.${name}: no keyword uses it`);
  }
  return [...found.values()];
}

/** Equal for keywords that match the same words. */
export function patternKey({ symbols, isPrefix }: TermPattern): string {
  return symbols.join(" ") + (isPrefix ? "*" : "");
}

/** The keyword once for each entry of the gazetteer that it names; the keyword where it names none. */
export function filledIn(
  written: string,
  gazetteers: Readonly<Record<string, readonly string[]>>,
  used: Set<string> = new Set(),
): string[] {
  const name = Array.from(written.matchAll(/\{(\w+)\}/g), ([, inner]) => inner!)
    .find((inner) => gazetteers[inner] !== undefined);
  if (name === undefined) return [written];
  used.add(name);
  return gazetteers[name]!.flatMap((entry) =>
    filledIn(written.replace(`{${name}}`, entry), gazetteers, used)
  );
}
