import type { BasketDecision } from "../baskets/basket_decision.ts";
import { contractRisk } from "../baskets/contract_risk.ts";
import { eligibility } from "../baskets/eligibility.ts";
import { holdableContracts } from "../baskets/holdable_contracts.ts";
import type { DataSet, Market } from "../core/data_set.ts";
import { dayEndMs } from "../core/day.ts";
import type { ContractTaxonomy } from "../taxonomy/contract_taxonomy.ts";
import { asOf } from "../universe/as_of.ts";
import { selectMarkets } from "../universe/select_markets.ts";
import type { CandidatePool } from "./candidate_pool.ts";
import { eligibleTwins } from "./decide_at.ts";
import type { DecideConfig } from "./decide_tools.ts";
import { withoutExcluded } from "./excluded_contracts.ts";
import { basketPools, poolDecision } from "./group_baskets.ts";
import type { BasketMethod } from "./method_list.ts";

/** The contracts that one basket may choose from between two scheduled decisions. */
export interface BasketCandidates {
  readonly id: string;
  readonly name: string;
  readonly mergedFrom: readonly string[];
  /** The universe of these contracts alone; later days are in it, so it is only read by `asOf`. */
  readonly data: DataSet;
  readonly eventOf: ReadonlyMap<string, string>;
  readonly tickerOf: ReadonlyMap<string, string>;
  readonly sideOf: ReadonlyMap<string, 1 | -1>;
}

/**
 * The candidates of one basket of a pool; `null` where the pool has no such basket.
 *
 * @param data The whole universe, markets by id as always.
 */
export function basketCandidates(
  data: DataSet,
  pool: CandidatePool,
  { grouping, basket }: { readonly grouping: BasketMethod["grouping"]; readonly basket: string },
): BasketCandidates | null {
  const groups = pool.groups[grouping];
  const b = groups.baskets.indexOf(basket);
  if (b < 0) return null;
  const eventOf = new Map<string, string>(), tickerOf = new Map<string, string>();
  const sideOf = new Map<string, 1 | -1>();
  pool.marketIds.forEach((id, at) => {
    if (groups.basketOf[at] !== b) return;
    eventOf.set(id, pool.eventIds[pool.event[at]!]!);
    tickerOf.set(id, pool.tickerIds[pool.ticker[at]!]!);
    sideOf.set(id, groups.side[at]! > 0 ? 1 : -1);
  });
  const select = [...data.markets.keys()].filter((j) => sideOf.has(data.markets[j]!.marketId));
  return {
    ...{ id: basket, name: groups.names[b]!, mergedFrom: groups.mergedFrom[b]! },
    ...{ data: selectMarkets(data, select), eventOf, tickerOf, sideOf },
  };
}

/**
 * What a basket would hold if it were decided at the end of a day between two scheduled decisions.
 *
 * Its groups are those of the last scheduled decision; which of its contracts may be held, at what
 * risk and with what weight is found anew. Contracts that were listed since then have to wait.
 *
 * Cost: O(candidates' rows).
 */
export function reconsidered(
  { id, name, mergedFrom, data, eventOf, tickerOf, sideOf }: BasketCandidates,
  day: number,
  { method, tools }: {
    readonly method: Pick<BasketMethod, "grouping" | "weighting" | "capsLiquidity">;
    readonly tools: Pick<DecideConfig, "settings" | "taxonomy" | "aliases" | "corrections">;
  },
): BasketDecision {
  const { settings, taxonomy, corrections } = tools;
  const view = asOf(data, dayEndMs(day));
  const eligible = withoutExcluded(
    eligibility(view, { day, settings }),
    view.markets,
    corrections,
  );
  const tree = knownTree(view.markets, { eventOf, tickerOf });
  const twins = eligibleTwins(view.markets, eligible, tools);
  const holdables = holdableContracts(view, eligible, { tree, twins, settings });
  const risk = contractRisk(view, holdables.map(({ market }) => market), { day, settings });
  const members = holdables.map(({ marketId }, contract) => ({
    contract,
    side: sideOf.get(marketId)! > 0 ? "yes" as const : "no" as const,
  }));
  // one group as it is: large enough or not, it is not joined with others before the next decision
  const { pools } = basketPools("everything", [{ id, name, members }], {
    ...{ holdables, risk, taxonomy, settings },
  });
  const [pool] = pools;
  if (pool === undefined) {
    return {
      ...{ basket: id, name, decidedOn: day, status: "infeasible", targets: [], cash: 1 },
      ...{ rules: ["min_markets"], unheld: [], mergedFrom },
    };
  }
  return poolDecision({ ...pool, mergedFrom }, method, { decidedOn: day, settings });
}

/** The contract taxonomy of some markets whose events and tickers are known already. */
function knownTree(
  markets: readonly Market[],
  { eventOf, tickerOf }: Pick<BasketCandidates, "eventOf" | "tickerOf">,
): ContractTaxonomy {
  const events = [...new Set(markets.map(({ marketId }) => eventOf.get(marketId)!))].sort();
  const eventPlace = new Map(events.map((id, e) => [id, e]));
  const byTicker = Map.groupBy(markets.keys(), (j) => tickerOf.get(markets[j]!.marketId)!);
  const tickers = [...byTicker.keys()].sort();
  const tickerPlace = new Map(tickers.map((id, t) => [id, t]));
  const tickerList = tickers.map((tickerId) => {
    const own = byTicker.get(tickerId)!;
    const event = eventPlace.get(eventOf.get(markets[own[0]!]!.marketId)!)!;
    return { tickerId, text: "", event, markets: own };
  });
  return {
    links: markets.map(({ marketId }, market) => ({
      ...{ market, method: "venue" as const, confidence: 1, period: null },
      ticker: tickerPlace.get(tickerOf.get(marketId)!)!,
      event: eventPlace.get(eventOf.get(marketId)!)!,
    })),
    tickers: tickerList,
    events: events.map((eventId, e) => ({
      ...{ eventId, name: "", kind: "binary" as const, slugs: [], description: null },
      tickers: [...tickerList.keys()].filter((t) => tickerList[t]!.event === e),
    })),
  };
}
