import type { GammaMarket } from "./gamma_record.ts";

const NEAR_END = 0.001;
const NEAR_EQUAL = 1e-6;

/**
 * The payout of the quoted outcome that a closed record claims by its last `outcomePrices`, to check
 * the outcome against; `null` where it claims none.
 *
 * The prices are a snapshot and not the outcome. Within 0.001 of 0 and 1 they are taken for it, since
 * last middles such as 0.9999 stay in some records. A half must be exact, as a middle near 0.5 says
 * nothing. Two prices that do not add up to 1 (`["0","0"]` of voided markets, `["1","1"]`) claim
 * nothing. Other values are a claim only of a settled market of the type `scalar`.
 */
export function claimedPayout(
  { outcomePrices, marketType }: Pick<GammaMarket, "outcomePrices" | "marketType">,
  status: "listed" | "open" | "closed" | "settled",
): number | null {
  const [first, second] = outcomePrices ?? [];
  if (status !== "closed" && status !== "settled") return null;
  if (first === undefined || second === undefined || outcomePrices?.length !== 2) return null;
  if (first < 0 || first > 1 || Math.abs(first + second - 1) > NEAR_END) return null;
  if (first <= NEAR_END) return 0;
  if (first >= 1 - NEAR_END) return 1;
  if (Math.abs(first - 0.5) <= NEAR_EQUAL) return 0.5;
  return marketType === "scalar" && status === "settled" ? first : null;
}
