/** What people signed that changes the answers of words, by contract. Plain data, fit for a worker. */
export interface Corrections {
  /** Theme of a contract's event; `UNCATEGORIZED` takes it out of every theme. */
  readonly themes: ReadonlyMap<string, string>;
  /** +1 where YES means more of the theme's driver, −1 less, 0 neither. */
  readonly sides: ReadonlyMap<string, -1 | 0 | 1>;
  /** UTC day of the first decision that may not hold the contract; `-Infinity` from its listing on. */
  readonly excluded: ReadonlyMap<string, number>;
  /** Pairs that are not one question, as {@link twinKey} writes them. */
  readonly rejectedTwins: ReadonlySet<string>;
}

/** Nobody said anything. */
export const NO_CORRECTIONS: Corrections = {
  themes: new Map(),
  sides: new Map(),
  excluded: new Map(),
  rejectedTwins: new Set(),
};

/** One text for a pair of contracts in either order. */
export function twinKey(marketA: string, marketB: string): string {
  return marketA < marketB ? `${marketA} | ${marketB}` : `${marketB} | ${marketA}`;
}
