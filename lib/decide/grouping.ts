import type { Side } from "../baskets/side.ts";

/** What puts contracts into one basket. */
export type GroupingKey =
  /** A person's table of words, `config/hand_labels.csv`. */
  | "hand"
  /** The classifier's theme. */
  | "words"
  /** The cluster of prices. */
  | "clusters"
  /** The cluster of loadings on macro factors. */
  | "factors"
  /** The theme after words and prices are reconciled. */
  | "reconciled"
  /** One basket of all. */
  | "everything";

/** Contracts that belong together at one decision. */
export interface ContractGroup {
  /** Id of a theme, `cluster_03`, `factor_3`, or `all`. */
  readonly id: string;
  /** Name for a reader. Untrusted where it comes from titles. */
  readonly name: string;
  /** By contract. */
  readonly members: readonly GroupMember[];
}

/** A contract of a group and the side that would be held. */
export interface GroupMember {
  /** Index in the list of contracts that may be held. */
  readonly contract: number;
  readonly side: Side;
}
