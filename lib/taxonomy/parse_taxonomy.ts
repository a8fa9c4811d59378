import { z } from "zod";
import { HUE_NAMES } from "./hue_names.ts";
import { type LexicalTheme, type SharedTerms, STRENGTHS, type Taxonomy } from "./lexical_theme.ts";
import { listedTerms, type TermFault } from "./listed_terms.ts";
import { type ThemeFamily, UNCATEGORIZED } from "./themes.ts";

/** Words of a list that the file writes as one text: parted by commas or line ends. */
const wordList = z.string().transform((text) =>
  text.split(/[,\n]/).map((word) => word.trim()).filter((word) => word !== "")
);
const line = z.string().trim().min(1);
const number = z.strictObject({ value: z.number().min(0), reason: z.string().min(10) }).readonly();

const id = z.string().regex(/^[a-z]+(_[a-z]+)*$/);

const themeSchema = z.strictObject({
  id,
  name: line,
  short: line.max(14),
  family: id,
  description: z.string().trim().min(40),
  excluded: z.boolean(),
  hue: z.enum(HUE_NAMES),
  examples: z.array(line).min(12).readonly(),
  anti_examples: z.array(z.strictObject({ text: line, theme: line }).readonly()).min(4).readonly(),
  keywords: z.strictObject({
    decisive: wordList.prefault(""),
    strong: wordList.prefault(""),
    fair: wordList.prefault(""),
    weak: wordList.prefault(""),
  }).readonly(),
});

const taxonomySchema = z.strictObject({
  version: z.string().regex(/^[\w.-]+$/),
  model: z.strictObject({
    decisive: number,
    strong: number,
    fair: number,
    weak: number,
    further: number,
    temperature: number,
    description: number,
    other_prior: number,
    min_confidence: number,
    min_secondary: number,
  }).readonly(),
  families: z.array(z.strictObject({ id, name: line }).readonly()).min(1).readonly(),
  gazetteers: z.record(z.string().regex(/^[a-z_]+$/), wordList),
  shared: z.array(
    z.strictObject({
      terms: wordList,
      strength: z.enum(STRENGTHS),
      alone: line,
      company: z.array(z.strictObject({ theme: line, words: wordList }).readonly()).min(1)
        .readonly(),
    }).readonly(),
  ).readonly(),
  themes: z.array(themeSchema).min(2).readonly(),
});

/**
 * Reads the content of `config/taxonomy.yaml`.
 *
 * Refused are: a missing or unknown part, a theme id twice, an anti-example of an unknown theme or
 * of the theme itself, an example twice, a family that is unknown, empty or there twice, an unknown
 * gazetteer or shape, and a keyword of two themes that no entry of `shared` settles. Whether the
 * examples classify as they should is asked by `checkTaxonomy` of the classifier, not here.
 *
 * @param raw The parsed YAML.
 * @throws {SyntaxError} If the file is not a taxonomy; each fault has its own line of the message.
 */
export function parseTaxonomy(raw: unknown): Taxonomy {
  const parsed = taxonomySchema.safeParse(raw);
  if (!parsed.success) {
    return refuse(
      parsed.error.issues.map((issue) => `${issue.path.join(".") || "the file"}: ${issue.message}`),
    );
  }
  const { version, families, model, gazetteers, shared, themes: written } = parsed.data;
  const themes = written.map(({ excluded, anti_examples, ...theme }): LexicalTheme => ({
    ...theme,
    isExcluded: excluded,
    antiExamples: anti_examples,
  }));
  const faults: TermFault[] = [
    ...themeFaults(themes, shared),
    ...familyFaults(themes, families),
  ];
  const terms = listedTerms({ themes, shared, gazetteers }, faults);
  if (!(model.temperature.value > 0)) faults.push("model.temperature: must be above 0");
  for (const [k, name] of STRENGTHS.slice(1).entries()) {
    if (model[name].value < model[STRENGTHS[k]!].value) continue;
    faults.push(`model.${name}: must weigh less than ${STRENGTHS[k]}`);
  }
  for (const name of ["further", "min_confidence", "min_secondary"] as const) {
    if (model[name].value > 1) faults.push(`model.${name}: must be at most 1`);
  }
  if (faults.length > 0) return refuse(faults);
  return { version, families, themes, shared, gazetteers, model, terms };
}

function themeFaults(themes: readonly LexicalTheme[], shared: readonly SharedTerms[]): string[] {
  const faults: string[] = [];
  const ids = new Set(themes.map(({ id }) => id));
  const unknown = (id: string, where: string) => {
    if (!ids.has(id)) faults.push(`${where}: there is no theme "${id}"`);
  };
  const seen = new Map<string, string>();
  themes.forEach(({ id, examples, antiExamples }, k) => {
    if (id === UNCATEGORIZED) {
      faults.push(`themes.${k}: "${id}" is what an event without a theme is called`);
    }
    if (themes.findIndex((other) => other.id === id) < k) {
      faults.push(`themes.${k}: "${id}" is there twice`);
    }
    for (const { text, theme } of antiExamples) {
      unknown(theme, `${id}.anti_examples "${text}"`);
      if (theme === id) faults.push(`${id}.anti_examples "${text}": belongs to the theme itself`);
    }
    for (const text of [...examples, ...antiExamples.map((one) => one.text)]) {
      const before = seen.get(text);
      if (before !== undefined) faults.push(`${id}: "${text}" is also in ${before}`);
      seen.set(text, id);
    }
  });
  shared.forEach(({ alone, company }, k) => {
    unknown(alone, `shared.${k}`);
    for (const { theme } of company) unknown(theme, `shared.${k}`);
  });
  if (!ids.has("other")) faults.push('themes: there must be a theme "other"');
  return faults;
}

function familyFaults(
  themes: readonly LexicalTheme[],
  families: readonly ThemeFamily[],
): string[] {
  const faults: string[] = [];
  families.forEach(({ id }, k) => {
    if (families.findIndex((other) => other.id === id) < k) {
      faults.push(`families.${k}: "${id}" is there twice`);
    }
    if (themes.some((theme) => theme.id === id)) {
      faults.push(`families.${k}: "${id}" is the id of a theme`);
    }
    if (!themes.some(({ family }) => family === id)) {
      faults.push(`families.${k}: no theme is of "${id}"`);
    }
  });
  for (const { id, family, isExcluded } of themes) {
    if (isExcluded) {
      if (family !== id) faults.push(`${id}.family: must be "${id}" as baskets leave it out`);
    } else if (!families.some((one) => one.id === family)) {
      faults.push(`${id}.family: there is no family "${family}"`);
    }
  }
  return faults;
}

function refuse(faults: readonly string[]): never {
  throw new SyntaxError(
    `Cannot read the taxonomy as its themes, keywords and numbers must be complete and agree: got ${
      faults.join("; ")
    }`,
  );
}
