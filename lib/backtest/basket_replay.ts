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

/** Replays in the order of checkpoints: by method as given, then policy, then basket. */
export function sortedReplays(
  replays: readonly BasketReplay[],
  methods: readonly string[],
): BasketReplay[] {
  const place = new Map(methods.map((key, i) => [key, i]));
  const text = (a: string, b: string) => a < b ? -1 : a > b ? 1 : 0;
  return [...replays].sort((a, b) =>
    (place.get(a.method) ?? methods.length) - (place.get(b.method) ?? methods.length) ||
    text(a.policy, b.policy) || text(a.basket, b.basket)
  );
}
