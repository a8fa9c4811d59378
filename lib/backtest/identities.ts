import type { BasketReplay } from "./basket_replay.ts";
import { indexLevels } from "./index_divisor.ts";
import type { PricePaths } from "./price_paths.ts";

/** How far the ledger is from what it must equal, in points of a value that starts at 100. */
export interface Identities {
  readonly nBaskets: number;
  /** Largest distance of the divisor form of the index from the value free of costs. */
  readonly divisor: number;
  /** Largest distance of the contributions from the change of the net value. */
  readonly attribution: number;
}

/**
 * The identities of every replay: the index kept by a divisor, which uses neither shares nor the
 * ledger's book, and the parts of the change.
 *
 * Baskets that never held anything are left out. Cost: O(baskets × days × contracts · log days).
 *
 * @param options.cashRate As in the replays.
 */
export function identities(
  replays: readonly BasketReplay[],
  { paths, cashRate }: {
    readonly paths: PricePaths;
    readonly cashRate?: { readonly firstDay: number; readonly rates: Float64Array };
  },
): Identities {
  let nBaskets = 0, divisor = 0, attribution = 0;
  for (const { policy, ledger } of replays) {
    if (ledger.held.length === 0) continue;
    ++nBaskets;
    const { level } = indexLevels(paths, ledger.held, {
      ...{ policy, firstDay: ledger.firstDay, cashRate },
    });
    level.forEach((x, t) => divisor = Math.max(divisor, Math.abs(x - ledger.navGross[t]!)));
    const parts = ledger.contributions.reduce(
      (sum, { drift, resolution, spread, fees, roll }) =>
        sum + drift + resolution + spread + fees + roll,
      ledger.interest,
    );
    attribution = Math.max(attribution, Math.abs(100 + parts - ledger.nav.at(-1)!));
  }
  return { nBaskets, divisor, attribution };
}

/** The identities in a sentence. */
export function identityLine({ nBaskets, divisor, attribution }: Identities): string {
  return nBaskets === 0
    ? "No basket was held, so there is nothing to add up."
    : `The divisor form of ${nBaskets.toLocaleString("en-US")} baskets differs from their value ` +
      `by at most ${
        divisor.toExponential(0)
      } points, the parts of attribution from its change by ` +
      `at most ${attribution.toExponential(0)}.`;
}
