import { integerColumn, numberColumn, stringColumn, type Table, table } from "../../core/table.ts";
import type { DailyTables, TruePaths } from "./daily_tables.ts";
import type { PlantedDefect } from "./defects.ts";
import type { Listing } from "./listing.ts";

/** What really drives the simulated universe. Only tests may read it. */
export interface Truth {
  /**
   * One row per market, sorted by `market_id`: theme, cluster, kind, event (shared by twins), ticker
   * (the contract's concept without its date), contract (number within the event), side (sign with
   * respect to the event's loadings, 0 for a middle bracket), theme_loading, cluster_loading and one
   * `driver_…` column per latent driver (of the event's score, signed for the score, not for the
   * contract), series (macro series that decides it), payout (also of markets that are still open),
   * voided, twin_id, n_prices, flaws.
   */
  readonly markets: Table;
  readonly paths: TruePaths;
  readonly defects: readonly PlantedDefect[];
}

/** Writes the truth table of all listings. */
export function truthTable(
  listings: readonly Listing[],
  { nPrices, flaws }: Pick<DailyTables, "nPrices" | "flaws">,
  driverNames: readonly string[],
): Table {
  const idOf = new Map(listings.map((one) => [one.key, one.marketId]));
  const drivers = driverNames.map((name) =>
    [
      `driver_${name}`,
      numberColumn(listings.map(({ event }) => event.loadings.drivers[name] ?? 0)),
    ] as const
  );
  return table({
    market_id: stringColumn(listings.map((one) => one.marketId)),
    theme: stringColumn(listings.map(({ plan }) => plan.theme)),
    cluster: stringColumn(listings.map(({ plan }) => `${plan.theme}/${plan.cluster}`)),
    kind: stringColumn(listings.map(({ plan }) => plan.template.kind)),
    event: stringColumn(listings.map(({ plan }) => plan.name)),
    ticker: stringColumn(listings.map(tickerOf)),
    contract: integerColumn(listings.map((one) => one.contract)),
    side: integerColumn(listings.map(({ path }) => path.direction)),
    theme_loading: numberColumn(listings.map(({ event }) => event.loadings.theme)),
    cluster_loading: numberColumn(listings.map(({ event }) => event.loadings.cluster)),
    ...Object.fromEntries(drivers),
    series: stringColumn(listings.map(({ event }) => event.loadings.series)),
    payout: numberColumn(listings.map((one) => one.payout)),
    voided: integerColumn(listings.map((one) => one.voided ? 1 : 0)),
    twin_id: stringColumn(
      listings.map(({ twinKey }) => twinKey === null ? null : idOf.get(twinKey)!),
    ),
    n_prices: integerColumn(nPrices),
    flaws: stringColumn(flaws),
  });
}

/** The concept a contract is one instance of: its wording without dates. */
function tickerOf({ plan, event, contract }: Listing): string {
  const slots = Object.keys(plan.slots).sort().map((slot) => plan.slots[slot]!);
  return [plan.template.key, ...slots, event.labels[contract]!].filter((part) => part !== "")
    .join("|");
}
