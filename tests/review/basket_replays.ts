import type { BasketReplay } from "lib/backtest/basket_replay.ts";
import type { HeldRow, Ledger, Rebalance } from "lib/backtest/ledger.ts";
import {
  attributionTable,
  heldTable,
  navTable,
  rebalanceTable,
} from "lib/backtest/replay_tables.ts";
import { groupTable } from "lib/decide/group_table.ts";
import type { BasketTables } from "lib/review/basket_subjects.ts";

/** First trade date of the fixtures, a UTC day. */
export const DAY = 20_000;

/** A contract that is held half and half with cash, decided the day before. */
export function heldRow(facts: Partial<HeldRow> = {}): HeldRow {
  return {
    ...{ decidedOn: DAY - 1, date: DAY, marketId: "poly:a", side: "yes", weight: 0.5 },
    reason: "weighting=equal;raw=0.5000;limit=none",
    ...facts,
  };
}

/** A trade of what {@link heldRow} holds. */
export function trade(facts: Partial<Rebalance> = {}): Rebalance {
  return {
    ...{ kind: "scheduled", decidedOn: DAY - 1, date: DAY, status: "held", rules: [] },
    ...{ mergedFrom: [], changes: [], skipped: [], turnover: 0.5, traded: 0.5 },
    ...{ spreadCost: 0.01, feeCost: 0, rollCost: 0, cashWeight: 0.5, nHeld: 1 },
    ...facts,
  };
}

/** A basket from 99 to 104 in four days: +6 by its contract, −1 by its spread. */
export function replay(
  basket: string,
  facts: Partial<Ledger> = {},
  method = "hybrid_risk",
): BasketReplay {
  const nav = facts.nav ?? Float64Array.of(99, 101, 102, 104);
  const ledger: Ledger = {
    firstDay: DAY,
    ...{ nav, navGross: nav.map((value) => value + 1), cash: nav.map(() => 0.5) },
    ...{ nLive: Int32Array.from(nav, () => 1), staleShare: nav.map(() => 0) },
    oldestMark: Int32Array.from(nav, () => 0),
    ...{ held: [heldRow()], rebalances: [trade()], refusals: [], interest: 0 },
    contributions: [{
      ...{ marketId: "poly:a", side: "yes", drift: 6, resolution: -1, spread: -1, fees: 0 },
      roll: 0,
    }],
    ...facts,
  };
  return { method, policy: "cash", basket, name: basket, ledger };
}

/** The tables of replays as notebook 05 writes them. */
export function basketTables(
  replays: readonly BasketReplay[],
  facts: Partial<BasketTables> = {},
): BasketTables {
  return {
    ...{ baskets: heldTable(replays), rebalances: rebalanceTable(replays) },
    ...{ nav: navTable(replays), attribution: attributionTable(replays) },
    ...{ groups: groupTable([]), main: "hybrid_risk", titles: (id) => `Title of ${id}` },
    ...facts,
  };
}
