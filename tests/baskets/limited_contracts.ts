import fc from "fast-check";
import type { WeightSolver } from "lib/baskets/basket_limits.ts";
import type { BasketLimits, LimitedContract } from "lib/baskets/limit_caps.ts";
import { waterFilling } from "lib/baskets/water_filling.ts";

/** The limits of config/settings.yaml; liquidity limits nothing. */
export const LIMITS: BasketLimits = {
  minMarkets: 5,
  maxMarkets: 30,
  minWeight: 0.02,
  maxWeight: 0.2,
  maxVenueWeight: 1,
  liquidityMultiple: null,
};

/** A contract and what its weighting wants of it. */
export interface WantedContract extends LimitedContract {
  readonly wanted: number;
}

/** Contracts m00, m01, … that are wanted as much as the numbers say. */
export function wantedContracts(
  wanted: readonly number[],
  facts: (i: number) => Partial<LimitedContract> = () => ({}),
): WantedContract[] {
  return wanted.map((x, i) => ({
    ...{ marketId: `poly:m${String(i).padStart(2, "0")}`, venue: "polymarket" },
    ...{ volumeUsd: NaN, liquidityUsd: NaN, wanted: x },
    ...facts(i),
  }));
}

/** Fills weights in proportion to what is wanted. */
export function fillingSolver(contracts: readonly WantedContract[]): WeightSolver {
  return (kept, caps) => {
    const raw = Float64Array.from(kept, (i) => contracts[i]!.wanted);
    return { raw, weights: waterFilling(raw, caps) };
  };
}

const dollars = fc.oneof(
  fc.constantFrom(NaN, 0, 100),
  fc.double({ min: 1, max: 1e6, noNaN: true }),
);

/** Up to 40 contracts at two venues, with limits that may or may not be feasible. */
export const baskets = fc.record({
  contracts: fc.array(
    fc.record({
      ...{ volumeUsd: dollars, liquidityUsd: dollars },
      venue: fc.constantFrom("polymarket" as const, "kalshi" as const),
      wanted: fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0.01, max: 20, noNaN: true })),
    }),
    { minLength: 0, maxLength: 40 },
  ).map((all) =>
    all.map((one, i): WantedContract => ({
      ...one,
      marketId: `${one.venue === "kalshi" ? "kalshi" : "poly"}:m${
        String(i * 7 % 41).padStart(2, "0")
      }`,
    }))
  ),
  limits: fc.record({
    minMarkets: fc.constantFrom(1, 5),
    maxMarkets: fc.constantFrom(8, 30),
    minWeight: fc.constantFrom(0.02, 0.05, 0),
    maxWeight: fc.constantFrom(0.2, 0.1, 1),
    maxVenueWeight: fc.constantFrom(1, 0.5, 0.25),
    liquidityMultiple: fc.constantFrom(null, 1, 2),
  }),
});
