/** Which outcome of a contract is held: the quoted one, or its complement. */
export type Side = "yes" | "no";

/** Price of a side, given that of the quoted outcome: `p` or `1 − p`. NaN propagates. */
export function sidePrice(price: number, side: Side): number {
  return side === "yes" ? price : 1 - price;
}

/** +1 for the quoted outcome, −1 for its complement. */
export function sideSign(side: Side): 1 | -1 {
  return side === "yes" ? 1 : -1;
}

/** The other side of the same contract. */
export function otherSide(side: Side): Side {
  return side === "yes" ? "no" : "yes";
}
