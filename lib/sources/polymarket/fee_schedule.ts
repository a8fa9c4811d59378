import type { FeeFact } from "../live/fact.ts";
import type { GammaMarket } from "./gamma_record.ts";

/**
 * What a taker pays by the market's own `feeSchedule`, known from the answer on: the record shows
 * today's schedule, also of an old market.
 *
 * Free of fees are a market with `feesEnabled: false` and no schedule, and the type `zero_fees`. Where
 * fees are taken but no rate is told, and where a schedule with a rate stands beside
 * `feesEnabled: false`, the rate is `null`: unknown, and never 0.
 *
 * @returns `null` where the record says nothing about fees.
 */
export function feeFact(
  subject: string,
  { feeSchedule, feesEnabled, feeType }: Pick<
    GammaMarket,
    "feeSchedule" | "feesEnabled" | "feeType"
  >,
): FeeFact | null {
  if (feeSchedule === null && feesEnabled === null && feeType === null) return null;
  const isFree = feeType === "zero_fees" || (feesEnabled === false && feeType === null);
  const rate = feeSchedule?.rate ?? (isFree ? 0 : null);
  return {
    kind: "fee",
    subject,
    feeType,
    rate: feesEnabled === false && rate !== 0 ? null : rate,
    exponent: feeSchedule?.exponent ?? null,
    isTakerOnly: feeSchedule?.takerOnly ?? null,
    rebateShare: feeSchedule?.rebateRate ?? null,
    fromMs: null,
  };
}
