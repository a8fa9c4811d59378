import type { Ledger, Policy } from "./ledger.ts";

/** The replay of one basket of one method. */
export interface BasketReplay {
  readonly method: string;
  readonly policy: Policy;
  /** Id of the basket; `all` is the method's whole sleeve. */
  readonly basket: string;
  /** Name for a reader. Untrusted where it comes from titles. */
  readonly name: string;
  readonly ledger: Ledger;
}
