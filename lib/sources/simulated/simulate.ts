import { dayEndMs, parseDay } from "../../core/day.ts";
import {
  numberColumn,
  stringColumn,
  type Table,
  table,
  timestampColumn,
} from "../../core/table.ts";
import { benchmarksTable, drawMacro } from "./benchmarks.ts";
import { dailyTables } from "./daily_tables.ts";
import { type ContractTables, plantDefects } from "./defects.ts";
import { drawEvent, type Structure, type World } from "./event_paths.ts";
import type { FactorList } from "../../core/factor_list.ts";
import { listContracts, type Listing } from "./listing.ts";
import { marketsTable } from "./market_table.ts";
import { schedule } from "./schedule.ts";
import { type CommonFactor, drawCommonFactor } from "./score.ts";
import type { Templates } from "./templates.ts";
import { type Truth, truthTable } from "./truth.ts";

/** How large a universe is: for tests, for work, and as large as the one of the seed plan. */
export type Size = "small" | "default" | "large";

/** First day of the simulated window. */
export const WINDOW_FIRST_DAY = parseDay("2024-01-01");
/** Day after the last of the simulated window: nothing is known beyond its start. */
export const WINDOW_END_DAY = parseDay("2026-03-01");

/** Days beyond the window in which open events would end. */
const HORIZON_DAYS = 460;

const SIZES: Readonly<
  Record<Size, { nContracts: number; missingHistory: number; nDefects: number }>
> = {
  small: { nContracts: 220, missingHistory: 0.25, nDefects: 2 },
  default: { nContracts: 6000, missingHistory: 0.3, nDefects: 4 },
  large: { nContracts: 20_180, missingHistory: 0.444, nDefects: 6 },
};

const TWIN_SHARE = 0.03;

/** What to simulate. */
export interface SimulateOptions {
  readonly size: Size;
  /** Whole number in [0, 2³²). */
  readonly seed: number;
  readonly structure: Structure;
  readonly templates: Templates;
  readonly factors: FactorList;
}

/** A universe as a data vendor would deliver it, and the truth that only tests may read. */
export interface Simulation {
  readonly tables: ContractTables;
  readonly truth: Truth;
}

/**
 * A universe of prediction markets whose truth is known.
 *
 * Every price is the exact conditional probability of the outcome that is finally drawn, given
 * latent Gaussian scores with public variance (see `score.ts` and `shapes.ts`), then seen through
 * ticks, spreads and days without a trade. In a `fair` universe every event is on its own: no
 * theme, cluster or macro factor, no links to the macro series and no twins. Outcomes of one event
 * still sum to one, so a null test takes one contract per event.
 *
 * Pure: equal arguments give equal tables, to the last bit.
 * Cost: 1.0 s for `default`, 2.5 s for `large` (one core, Deno 2.9.6, November 2026).
 */
export function simulate(options: SimulateOptions): Simulation {
  const { size, seed, structure, templates, factors } = options;
  const { nContracts, missingHistory, nDefects } = SIZES[size];
  const firstDay = WINDOW_FIRST_DAY, nDays = WINDOW_END_DAY - WINDOW_FIRST_DAY;
  const nTwins = Math.round(TWIN_SHARE * nContracts);
  const world = drawWorld({ seed, structure, templates, factors });
  const events = schedule({
    templates,
    seed,
    firstDay,
    nDays,
    nContracts: nContracts - nTwins,
  }).map((plan) => drawEvent(plan, world));
  const listings = listContracts(events, {
    seed,
    firstDay,
    nDays,
    nTwins: structure === "full" ? nTwins : 0,
  });
  const daily = dailyTables(listings, { seed, firstDay, nDays, missingHistory });
  const good: ContractTables = {
    markets: marketsTable(listings, { seed, firstDay, templates }),
    prices: daily.prices,
    resolutions: resolutionsTable(listings),
    activity: daily.activity,
    benchmarks: benchmarksTable(world.macro, nDays),
  };
  const { tables, defects } = plantDefects(good, { seed, count: nDefects });
  return {
    tables,
    truth: {
      markets: truthTable(listings, daily, world.macro.drivers.names),
      paths: daily.paths,
      defects,
    },
  };
}

/** The drivers, macro series and factors that events of one seed share. */
export function drawWorld(options: Omit<SimulateOptions, "size">): World {
  const { seed, structure, templates, factors } = options;
  const firstDay = WINDOW_FIRST_DAY;
  const nDays = WINDOW_END_DAY - WINDOW_FIRST_DAY + HORIZON_DAYS;
  const known = new Map<string, CommonFactor>();
  return {
    seed,
    structure,
    templates,
    firstDay,
    macro: drawMacro(factors, { seed, firstDay, nDays }),
    factorOf: (name) => {
      const factor = known.get(name) ?? drawCommonFactor(seed, name, nDays);
      known.set(name, factor);
      return factor;
    },
  };
}

/** `resolutions.parquet` of the data contract: settlements before the window's end. */
function resolutionsTable(listings: readonly Listing[]): Table {
  const endMs = dayEndMs(WINDOW_END_DAY - 1);
  const settled = listings.filter(({ resolvedAtMs }) => resolvedAtMs < endMs);
  return table({
    market_id: stringColumn(settled.map((one) => one.marketId)),
    resolved_at: timestampColumn(settled.map((one) => one.resolvedAtMs)),
    payout: numberColumn(settled.map((one) => one.payout)),
    source: stringColumn(settled.map((one) => one.venue === "kalshi" ? "exchange" : "oracle")),
  });
}
