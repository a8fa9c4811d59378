import { z } from "zod";

const wording = z.string().regex(
  /^[a-z0-9][a-z0-9 :-]*$/,
  "must be in lower case without accents, apostrophes and full stops",
);

const aliasesSchema = z.strictObject({
  version: z.string().min(1),
  phrases: z.record(wording, z.array(wording).min(1)),
  contests: z.record(wording, z.record(wording, wording)),
  predicates: z.record(
    wording,
    z.strictObject({ words: z.array(wording).min(1), opposite: wording.optional() }),
  ),
  light: z.array(wording),
}).superRefine(({ phrases, predicates }, context) => {
  const fault = (path: string[], message: string) =>
    context.addIssue({ code: "custom", path, message, input: path.at(-1) });
  const seen = new Map<string, string>();
  for (const [canonical, others] of Object.entries(phrases)) {
    for (const other of others) {
      const first = seen.get(other);
      if (first !== undefined && first !== canonical) {
        fault(["phrases", canonical], `"${other}" stands for "${first}" too`);
      }
      seen.set(other, canonical);
    }
  }
  const verbs = new Map<string, string>();
  for (const [name, { words, opposite }] of Object.entries(predicates)) {
    if (opposite !== undefined && predicates[opposite] === undefined) {
      fault(["predicates", name], `its opposite "${opposite}" is no predicate`);
    }
    for (const word of words) {
      const first = verbs.get(word);
      if (first !== undefined) fault(["predicates", name], `"${word}" belongs to "${first}" too`);
      verbs.set(word, name);
    }
  }
});

/** What venues call differently and mean the same, ready to be applied to titles. */
export interface Aliases {
  readonly version: string;
  /** Any wording of a phrase, longest first; `null` where the list has none. */
  readonly wordings: RegExp | null;
  /** Wording → canonical phrase. */
  readonly canonical: ReadonlyMap<string, string>;
  /** Contest → the names of its members: a pattern and short or full name → full name. */
  readonly contests: ReadonlyMap<
    string,
    { readonly names: RegExp; readonly full: ReadonlyMap<string, string> }
  >;
  /** Word → name of its predicate. */
  readonly predicateOf: ReadonlyMap<string, string>;
  /** Name of a predicate → that of the contrary. */
  readonly opposite: ReadonlyMap<string, string>;
  /** Words that a title may have or lack without being about something else. */
  readonly light: ReadonlySet<string>;
}

/**
 * Reads the content of `config/aliases.yaml`.
 *
 * @param raw The parsed YAML.
 * @throws {SyntaxError} If a wording stands for two phrases, a word for two predicates, an opposite
 *   is no predicate, or a wording is not spelled as titles are compared; each fault has its own line.
 */
export function parseAliases(raw: unknown): Aliases {
  const parsed = aliasesSchema.safeParse(raw);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((one) =>
      `${one.path.join(".") || "the file"}: ${one.message}`
    );
    throw new SyntaxError(
      `Cannot read the aliases as each wording must have one meaning: got ${faults.join("; ")}`,
    );
  }
  const { version, phrases, contests, predicates, light } = parsed.data;
  const canonical = new Map(
    Object.entries(phrases).flatMap(([name, others]) =>
      others.map((other) => [other, name] as const)
    ),
  );
  return {
    version,
    wordings: anyOf([...canonical.keys()]),
    canonical,
    contests: new Map(
      Object.entries(contests).flatMap(([contest, members]) => {
        const full = new Map(
          Object.entries(members).flatMap(([short, name]) =>
            [[short, name], [name, name]] as const
          ),
        );
        const names = anyOf([...full.keys()]);
        return names === null ? [] : [[contest, { names, full }] as const];
      }),
    ),
    predicateOf: new Map(
      Object.entries(predicates).flatMap(([name, { words }]) =>
        words.map((word) => [word, name] as const)
      ),
    ),
    opposite: new Map(
      Object.entries(predicates).flatMap(([name, { opposite }]) =>
        opposite === undefined ? [] : [[name, opposite] as const]
      ),
    ),
    light: new Set(light),
  };
}

/** A pattern of whole words for any of the wordings, the longest first. */
function anyOf(wordings: readonly string[]): RegExp | null {
  if (wordings.length === 0) return null;
  const ordered = [...wordings].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  return new RegExp(`(?<![a-z0-9])(?:${ordered.join("|")})(?![a-z0-9])`, "g");
}

/**
 * A title in canonical wording.
 *
 * Phrases are replaced twice, so that one may lead to another; a contest's short names only where the
 * title names the contest.
 *
 * @param text In the spelling of `plainTitle()`.
 */
export function canonicalWording(text: string, aliases: Aliases): string {
  let written = text;
  for (let pass = 0; pass < 2 && aliases.wordings !== null; ++pass) {
    written = written.replace(aliases.wordings, (found) => aliases.canonical.get(found)!);
  }
  for (const [contest, { names, full }] of aliases.contests) {
    if (written.includes(contest)) written = written.replace(names, (found) => full.get(found)!);
  }
  return written;
}
