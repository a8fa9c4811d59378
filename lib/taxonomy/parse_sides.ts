import { z } from "zod";

const phrase = z.string().regex(
  /^[a-z0-9][a-z0-9 &]*\*?(?: [a-z0-9&]+\*?)*$/,
  "must be in lower case without accents, apostrophes and hyphens, a * only at the end of a word",
);
const phrases = z.array(phrase);

const sidesSchema = z.strictObject({
  version: z.string().min(1),
  polarity: z.strictObject({
    negations: phrases.min(1),
    reversals: phrases.min(1),
    up: phrases.min(1),
    down: phrases.min(1),
    success: phrases.min(1),
    setbacks: phrases.min(1),
    contests: phrases.min(1),
  }),
  themes: z.record(
    z.string(),
    z.strictObject({
      driver: z.string().min(5),
      more: phrases,
      less: phrases,
      rises: phrases,
      falls: phrases,
      for: phrases,
      against: phrases,
      neither: phrases,
    }),
  ),
  excluded: z.array(z.string().min(1)),
}).superRefine(({ themes, excluded }, context) => {
  for (const [theme, { driver: _driver, ...lists }] of Object.entries(themes)) {
    const fault = (message: string) =>
      context.addIssue({ code: "custom", path: ["themes", theme], message, input: theme });
    if (excluded.includes(theme)) fault("is excluded and has a driver");
    const seen = new Map<string, string>();
    for (const [list, members] of Object.entries(lists)) {
      for (const member of members) {
        const first = seen.get(member);
        if (first !== undefined) fault(`"${member}" is listed under ${first} and ${list}`);
        seen.set(member, list);
      }
    }
  }
});

/** What a phrase is: a happening, a quantity, a party to a contest, or nothing about the driver. */
export type SideTermKind = "happening" | "quantity" | "party" | "neither";

/** A phrase of a theme, ready to be found in a title. */
export interface SideTerm {
  readonly text: string;
  readonly kind: SideTermKind;
  /** 1 where it means more of the driver, −1 where it means less, 0 for neither. */
  readonly sign: 1 | 0 | -1;
  readonly pattern: RegExp;
}

/** The driver of a theme and the phrases that say more or less of it. */
export interface ThemeSides {
  readonly driver: string;
  /** The longest first, then by text. */
  readonly terms: readonly SideTerm[];
}

/** Words that turn a phrase round, each list as one pattern. */
export interface Polarity {
  readonly negations: RegExp;
  readonly reversals: RegExp;
  readonly up: RegExp;
  readonly down: RegExp;
  readonly success: RegExp;
  readonly setbacks: RegExp;
  readonly contests: RegExp;
}

/** The rules of `config/sides.yaml`. */
export interface SideRules {
  readonly version: string;
  readonly polarity: Polarity;
  /** Theme id → its rules; excluded themes have none. */
  readonly themes: ReadonlyMap<string, ThemeSides>;
  readonly excluded: ReadonlySet<string>;
}

const KINDS = {
  more: ["happening", 1],
  less: ["happening", -1],
  rises: ["quantity", 1],
  falls: ["quantity", -1],
  for: ["party", 1],
  against: ["party", -1],
  neither: ["neither", 0],
} as const;

/**
 * Reads the content of `config/sides.yaml`.
 *
 * @param raw The parsed YAML.
 * @throws {SyntaxError} If a phrase is listed twice in a theme or not spelled as titles are compared,
 *   a list is missing, or an excluded theme has a driver; each fault has its own line.
 */
export function parseSides(raw: unknown): SideRules {
  const parsed = sidesSchema.safeParse(raw);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((one) =>
      `${one.path.join(".") || "the file"}: ${one.message}`
    );
    throw new SyntaxError(
      `Cannot read the sides as each phrase of a theme must point one way: got ${
        faults.join("; ")
      }`,
    );
  }
  const { version, polarity, themes, excluded } = parsed.data;
  return {
    version,
    polarity: {
      negations: anyOf(polarity.negations),
      reversals: anyOf(polarity.reversals),
      up: anyOf(polarity.up),
      down: anyOf(polarity.down),
      success: anyOf(polarity.success),
      setbacks: anyOf(polarity.setbacks),
      contests: anyOf(polarity.contests),
    },
    themes: new Map(
      Object.entries(themes).map(([theme, { driver, ...lists }]) => {
        const terms = Object.entries(KINDS).flatMap(([list, [kind, sign]]) =>
          lists[list as keyof typeof KINDS].map((text): SideTerm => ({
            text,
            kind,
            sign,
            pattern: anyOf([text]),
          }))
        );
        terms.sort((a, b) => b.text.length - a.text.length || (a.text < b.text ? -1 : 1));
        return [theme, { driver, terms }];
      }),
    ),
    excluded: new Set(excluded),
  };
}

/** A pattern of whole words for any of the phrases, the longest first. */
function anyOf(list: readonly string[]): RegExp {
  const ordered = [...list].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  const written = ordered.map((text) => text.replaceAll("*", "[a-z]*").replaceAll(" ", "\\s+"));
  return new RegExp(`(?<![a-z0-9])(?:${written.join("|")})(?![a-z0-9])`, "g");
}
