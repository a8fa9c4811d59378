import {
  type Column,
  dateColumn,
  integerColumn,
  numberColumn,
  stringColumn,
  type Table,
  table,
} from "../core/table.ts";
import { MISSING_DAY } from "../core/day.ts";
import type { BasketReplay } from "./basket_replay.ts";
import type { EmergencyRefusal, Rebalance } from "./ledger.ts";

/** The checkpoint `05_baskets`: what was held after every trade date. */
export function heldTable(replays: readonly BasketReplay[]): Table {
  const rows = replays.flatMap((one) => one.ledger.held.map((row) => ({ one, row })));
  return table({
    ...keys(rows.map(({ one }) => one)),
    decided_on: dateColumn(rows.map(({ row }) => row.decidedOn)),
    date: dateColumn(rows.map(({ row }) => row.date)),
    market_id: stringColumn(rows.map(({ row }) => row.marketId)),
    side: stringColumn(rows.map(({ row }) => row.side)),
    weight: numberColumn(rows.map(({ row }) => row.weight)),
    reason: stringColumn(rows.map(({ row }) => row.reason)),
  });
}

/** The checkpoint `05_nav`: both tracks of every basket, with what they rest on. */
export function navTable(replays: readonly BasketReplay[]): Table {
  const nRows = replays.reduce((sum, { ledger }) => sum + ledger.nav.length, 0);
  const method = new Int32Array(nRows), policy = new Int32Array(nRows);
  const basket = new Int32Array(nRows), date = new Int32Array(nRows);
  const gross = new Float64Array(nRows), net = new Float64Array(nRows);
  const cash = new Float64Array(nRows), stale = new Float64Array(nRows);
  const live = new Int32Array(nRows), oldest = new Int32Array(nRows);
  const labels = { method: distinct(), policy: distinct(), basket: distinct() };
  let at = 0;
  for (const one of replays) {
    const { ledger } = one, end = at + ledger.nav.length;
    method.fill(labels.method.code(one.method), at, end);
    policy.fill(labels.policy.code(one.policy), at, end);
    basket.fill(labels.basket.code(one.basket), at, end);
    for (let t = 0; t < ledger.nav.length; ++t) date[at + t] = ledger.firstDay + t;
    gross.set(ledger.navGross, at);
    net.set(ledger.nav, at);
    cash.set(ledger.cash, at);
    stale.set(ledger.staleShare, at);
    live.set(ledger.nLive, at);
    oldest.set(ledger.oldestMark, at);
    at = end;
  }
  return table({
    method: { type: "string", codes: method, labels: labels.method.list },
    policy: { type: "string", codes: policy, labels: labels.policy.list },
    basket: { type: "string", codes: basket, labels: labels.basket.list },
    date: { type: "date", values: date },
    nav_gross: { type: "number", values: gross },
    nav: { type: "number", values: net },
    cash: { type: "number", values: cash },
    stale_share: { type: "number", values: stale },
    n_live: { type: "integer", values: live },
    oldest_mark_days: { type: "integer", values: oldest },
  });
}

/**
 * The checkpoint `05_rebalances`: one row a trade date, scheduled or in an emergency, and one for each
 * emergency that was refused, status `refused`: nothing was traded then.
 */
export function rebalanceTable(replays: readonly BasketReplay[]): Table {
  const rows = replays.flatMap((one) =>
    [...one.ledger.rebalances.map(tradeRow), ...one.ledger.refusals.map(refusalRow)]
      .sort((a, b) => a.decidedOn - b.decidedOn)
      .map((row) => ({ one, row }))
  );
  const number = (of: (row: RebalanceRow) => number) =>
    numberColumn(rows.map(({ row }) => of(row)));
  const text = (of: (row: RebalanceRow) => string) => stringColumn(rows.map(({ row }) => of(row)));
  return table({
    ...keys(rows.map(({ one }) => one)),
    kind: text((row) => row.kind),
    decided_on: dateColumn(rows.map(({ row }) => row.decidedOn)),
    date: dateColumn(rows.map(({ row }) => row.date)),
    status: text((row) => row.status),
    rules: text((row) => row.rules.join(" ")),
    merged_from: text((row) => row.mergedFrom.join(" ")),
    n_held: integerColumn(rows.map(({ row }) => row.nHeld)),
    n_skipped: integerColumn(rows.map(({ row }) => row.nSkipped)),
    turnover: number((row) => row.turnover),
    traded: number((row) => row.traded),
    spread_cost: number((row) => row.spreadCost),
    fee_cost: number((row) => row.feeCost),
    roll_cost: number((row) => row.rollCost),
    cash_weight: number((row) => row.cashWeight),
  });
}

type RebalanceRow = ReturnType<typeof tradeRow>;

function tradeRow(row: Rebalance) {
  return { ...row, status: row.status as string, nSkipped: row.skipped.length };
}

/** What is held and its weights are those of the last trade: unknown here, not zero. */
function refusalRow({ day, reason, rules, nLive }: EmergencyRefusal): RebalanceRow {
  return {
    ...{ kind: "emergency", decidedOn: day, date: MISSING_DAY, status: "refused", mergedFrom: [] },
    ...{ rules: rules.length > 0 ? rules : [reason], nHeld: nLive, skipped: [], nSkipped: 0 },
    ...{ changes: [], turnover: 0, traded: 0, spreadCost: 0, feeCost: 0, rollCost: 0 },
    cashWeight: NaN,
  };
}

/**
 * The checkpoint `05_attribution`: what each contract added to the net NAV, in points of 100, and
 * the interest on cash as a row without a contract. The rows of a basket add up to its change.
 */
export function attributionTable(replays: readonly BasketReplay[]): Table {
  const rows = replays.flatMap((one) => [
    ...one.ledger.contributions.map((row) => ({ one, row, interest: 0 })),
    { one, row: null, interest: one.ledger.interest },
  ]);
  const number = (name: "drift" | "resolution" | "spread" | "fees" | "roll") =>
    numberColumn(rows.map(({ row }) => row?.[name] ?? 0));
  return table({
    ...keys(rows.map(({ one }) => one)),
    market_id: stringColumn(rows.map(({ row }) => row?.marketId ?? null)),
    side: stringColumn(rows.map(({ row }) => row?.side ?? null)),
    drift: number("drift"),
    resolution: number("resolution"),
    spread: number("spread"),
    fees: number("fees"),
    roll: number("roll"),
    interest: numberColumn(rows.map(({ interest }) => interest)),
  });
}

function keys(list: readonly BasketReplay[]): Record<"method" | "policy" | "basket", Column> {
  return {
    method: stringColumn(list.map((one) => one.method)),
    policy: stringColumn(list.map((one) => one.policy)),
    basket: stringColumn(list.map((one) => one.basket)),
  };
}

function distinct(): { list: string[]; code(text: string): number } {
  const list: string[] = [];
  return {
    list,
    code(text) {
      const found = list.indexOf(text);
      return found >= 0 ? found : list.push(text) - 1;
    },
  };
}
