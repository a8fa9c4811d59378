import type { BasketDecision } from "../baskets/basket_decision.ts";
import { formatDay } from "../core/day.ts";
import { contributions, type Flow } from "./attribution.ts";
import { cashRateOn, dailyValues, writeDays } from "./daily_values.ts";
import type { Book } from "./holdings.ts";
import type { EmergencyRefusal, HeldRow, Ledger, LedgerOptions, Rebalance } from "./ledger.ts";
import type { PricePaths } from "./price_paths.ts";
import { redistributed, settleBook, type Settled } from "./settle.ts";
import { tradeBook } from "./trade.ts";

/** A decision and the day on which it is traded. */
interface Planned {
  readonly decision: BasketDecision;
  readonly kind: Rebalance["kind"];
  readonly decidedOn: number;
  readonly date: number;
}

/**
 * Replays one basket through time: what it held, what it was worth on two tracks, and why.
 *
 * `nav_gross` trades free of cost; `nav` pays. Weights drift between trade dates: nothing is traded
 * on other days, except that the policy `redistribute` buys the remaining contracts with payouts. On
 * a trade date payouts come first and are traded with the rest. A basket whose live contracts fall
 * below `minMarkets` by settlement is decided anew at the end of that day and traded
 * `tradeLagDays` later, unless a scheduled trade comes no later. Where that is refused, what is held
 * is kept: having fallen already, it is not asked about again before the next scheduled trade.
 *
 * Net shares are always gross shares times one factor, so one set of positions serves both tracks.
 * Cost: O(days × contracts held), and O(log days) a contract and event.
 *
 * @param decisions Scheduled decisions of one basket, by day. Between them what is held is kept.
 * @param options.reconsider Asked for emergencies; without it there are none.
 * @throws {RangeError} If the decisions are not by day or their targets cannot be read, if the lag,
 *   the price age or `minMarkets` is not a whole number ≥ 1, 0 and 0, or a cash rate is not finite.
 */
export function replayBasket(
  paths: PricePaths,
  decisions: readonly BasketDecision[],
  options: LedgerOptions,
): Ledger {
  const { lag, schedule } = checked(paths, decisions, options);
  const firstDay = schedule[0]?.date ?? paths.lastDay + 1;
  const out = dailyValues(firstDay, paths.lastDay);
  const held: HeldRow[] = [];
  const rebalances: Rebalance[] = [];
  const refusals: EmergencyRefusal[] = [];
  const flows: Flow[] = [];
  let book: Book = { positions: [], cash: 100, netFactor: 1 };
  let settledSinceTrade: Settled[] = [];
  let interest = 0, nextScheduled = 0;
  let emergency: Planned | null = null;
  for (let day = firstDay; day <= paths.lastDay;) {
    const nLiveBefore = book.positions.length;
    const { settled, proceeds, ...marked } = settleBook(paths, book, { day });
    book = marked.book;
    flows.push(...marked.flows);
    settledSinceTrade.push(...settled);
    const scheduled = schedule[nextScheduled];
    const due = scheduled?.date === day ? scheduled : emergency?.date === day ? emergency : null;
    if (due !== null) {
      const order = { ...due, day, settled: settledSinceTrade };
      const trade = tradeBook(paths, book, { order, options });
      book = trade.book;
      held.push(...trade.held);
      rebalances.push(trade.rebalance);
      flows.push(...trade.flows);
      settledSinceTrade = [];
      emergency = null;
      if (due.kind === "scheduled") ++nextScheduled;
    } else {
      if (options.policy === "redistribute") {
        const bought = redistributed(book, { proceeds, cost: options.cost, day });
        book = bought.book;
        flows.push(...bought.flows);
      }
      const nLive = book.positions.length;
      const fell = nLiveBefore >= options.minMarkets && nLive < options.minMarkets;
      const last = Math.min(paths.lastDay, (scheduled?.date ?? Infinity) - 1);
      if (fell && day + lag <= last) {
        const answer = askedAnew(options, { day, date: day + lag, nLive });
        emergency = answer.planned;
        refusals.push(...answer.refusals);
      }
    }
    const next = Math.min(
      nextSettlement(paths, book, day),
      schedule[nextScheduled]?.date ?? Infinity,
      emergency?.date ?? Infinity,
      paths.lastDay + 1,
    );
    const cashThen = writeDays(out, { paths, book, from: day, to: next, options });
    const paid = next > paths.lastDay ? 0 : cashThen * cashRateOn(options, next);
    interest += (cashThen + paid - book.cash) * book.netFactor;
    book = { ...book, cash: cashThen + paid };
    day = next;
  }
  flows.push(...settleBook(paths, book, { day: paths.lastDay }).flows);
  return {
    ...out,
    held,
    rebalances,
    refusals,
    contributions: contributions(flows, { ids: paths.ids }),
    interest,
  };
}

/** Asks for an emergency rebalance at the end of `day`; nothing comes of it without `reconsider`. */
function askedAnew(
  { reconsider }: LedgerOptions,
  { day, date, nLive }: { readonly day: number; readonly date: number; readonly nLive: number },
): { readonly planned: Planned | null; readonly refusals: readonly EmergencyRefusal[] } {
  if (reconsider === undefined) return { planned: null, refusals: [] };
  const decision = reconsider(day);
  if (decision !== null && decision.status === "held") {
    return { planned: { decision, kind: "emergency", decidedOn: day, date }, refusals: [] };
  }
  const reason = decision === null ? "no decision" : "infeasible";
  return { planned: null, refusals: [{ day, reason, rules: decision?.rules ?? [], nLive }] };
}

/** Day of the next payout of what is held; infinite where none is recorded. */
function nextSettlement({ resolvedOn }: PricePaths, book: Book, day: number): number {
  let next = Infinity;
  for (const { market } of book.positions) {
    if (resolvedOn[market]! > day) next = Math.min(next, resolvedOn[market]!);
  }
  return next;
}

function checked(
  { lastDay }: PricePaths,
  decisions: readonly BasketDecision[],
  { tradeLagDays: lag = 1, maxPriceAgeDays, minMarkets, cashRate }: LedgerOptions,
): { readonly lag: number; readonly schedule: readonly Planned[] } {
  const whole = [["lag", lag, 1], ["price age", maxPriceAgeDays, 0], ["minMarkets", minMarkets, 0]];
  for (const [name, value, least] of whole as [string, number, number][]) {
    if (!(Number.isInteger(value) && value >= least)) {
      throw new RangeError(
        `Cannot replay a basket as its ${name} must be a whole number >= ${least}: got ${value}`,
      );
    }
  }
  const unknown = cashRate?.rates.findIndex((rate) => !Number.isFinite(rate)) ?? -1;
  if (unknown >= 0) {
    throw new RangeError(
      `Cannot replay a basket as the rate on cash must be known: got ${
        cashRate!.rates[unknown]
      } on ${formatDay(cashRate!.firstDay + unknown)}`,
    );
  }
  decisions.forEach(({ basket, decidedOn }, k) => {
    const before = decisions[k - 1]?.decidedOn ?? -Infinity;
    if (decidedOn > before) return;
    throw new RangeError(
      `Cannot replay basket "${basket}" as its decisions must be by day: got ${
        formatDay(decidedOn)
      } after ${formatDay(before)}`,
    );
  });
  const schedule = decisions
    .map((decision): Planned => ({
      decision,
      kind: "scheduled",
      decidedOn: decision.decidedOn,
      date: decision.decidedOn + lag,
    }))
    .filter(({ date }) => date <= lastDay);
  return { lag, schedule };
}
