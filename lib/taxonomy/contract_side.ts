/**
 * Whether a contract's YES means more or less of what drives its theme.
 *
 * A basket that is long the driver holds YES where `side` is 1 and NO where it is −1; a contract with
 * side 0 says nothing about the driver and is not held for it.
 */
export interface ContractSide {
  readonly marketId: string;
  /** 1 where YES means more of the driver, −1 where it means less, 0 where neither can be said. */
  readonly side: 1 | 0 | -1;
  /** Probability that the side is right, in [0, 1]. */
  readonly confidence: number;
  /** One sentence for a reader. Untrusted where a model wrote it. */
  readonly reasoning: string;
  /** Who said it, with the version of what it rests on: `rule 1`, `llm gpt-4o-mini 1a2b3c4d a`. */
  readonly method: string;
}
