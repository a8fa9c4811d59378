/** Theme of an event that no theme fits with enough confidence. Never a theme of the taxonomy. */
export const UNCATEGORIZED = "uncategorized";

/** A text that does not belong to a theme although it looks like it. */
export interface AntiExample {
  readonly text: string;
  /** Where it belongs instead. */
  readonly theme: string;
}

/** Themes that stand near each other; those too small for a basket share one. */
export interface ThemeFamily {
  /** `politics`; never the id of a theme. */
  readonly id: string;
  /** For a reader: "Politics". */
  readonly name: string;
}

/** One theme of `config/taxonomy.yaml`. */
export interface Theme {
  /** `us_elections`; also the colour's and the checkpoint's name of it. */
  readonly id: string;
  /** For a reader: "US Elections & Partisan Politics". */
  readonly name: string;
  /** At most 14 characters, for axes: "US elections". */
  readonly short: string;
  /** Id of its family, `politics`; of a theme that baskets leave out its own. */
  readonly family: string;
  readonly description: string;
  /** Whether baskets leave it out: sports, entertainment, other. */
  readonly isExcluded: boolean;
  /** Name of one of the eight hues; related themes share one. */
  readonly hue: string;
  readonly examples: readonly string[];
  readonly antiExamples: readonly AntiExample[];
}

/** The themes in the order of the file, which is the order charts and ties follow. */
export interface ThemeList {
  /** Changes whenever the file changes meaning; part of every classifier's name. */
  readonly version: string;
  readonly themes: readonly Theme[];
}
