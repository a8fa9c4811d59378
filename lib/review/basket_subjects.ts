import { formatDay } from "../core/day.ts";
import { countOf, dayText } from "../core/number_text.ts";
import { type Cell, cellAt, columnOf, type Table } from "../core/table.ts";
import { basketNames } from "./basket_names.ts";
import { methodNames } from "./method_names.ts";
import { basketsOfMethod, methodRows } from "./method_rows.ts";
import { seenHash, type Subject } from "./subject.ts";
import { themeChangeId, themeChanges } from "./theme_changes.ts";

/** The checkpoints of notebook 05 that people judge baskets by. */
export interface BasketTables {
  /** `05_baskets`. */
  readonly baskets: Table;
  /** `05_rebalances`. */
  readonly rebalances: Table;
  /** `05_nav`. */
  readonly nav: Table;
  /** `05_attribution`. */
  readonly attribution: Table;
  /** `05_groups`. */
  readonly groups: Table;
  /** `05_trials`, which names the methods; their keys stand in titles without it. */
  readonly trials?: Table;
  /** The method whose baskets the review waits for. */
  readonly main: string;
  /** Title of a contract. Untrusted. */
  readonly titles: (marketId: string) => string;
  /** Name of a theme or basket; its id with blanks by default. */
  readonly nameOf?: (id: string) => string;
}

/**
 * What people are asked about baskets: what each holds, whether its returns match intuition, and the
 * contracts that changed theme.
 *
 * Baskets are those of the policy `cash`: of the main method after each trade date that held or sold
 * something, of the others after their last one. The review waits for what the main method's baskets
 * hold now and for their returns; a basket that is in cash now asks nothing.
 *
 * Order: baskets of the main method, its returns, baskets of other methods, changes of theme.
 * Cost: O(rows).
 *
 * @throws {TypeError} If a table lacks a column.
 */
export function basketReviewSubjects(tables: BasketTables): Subject[] {
  const { labels } = columnOf(tables.baskets, "method", "string");
  const others = labels.filter((method) => method !== tables.main).sort();
  return [
    ...basketSubjects(tables, tables.main),
    ...returnsSubjects(tables),
    ...others.flatMap((method) => basketSubjects(tables, method).filter(isLast)),
    ...themeChangeSubjects(tables),
  ].map(({ kind, id, seen, title, isRequired }) => ({ kind, id, seen, title, isRequired }));
}

/** Id of the subject `basket`. */
export function basketSubjectId(method: string, basket: string, date: string): string {
  return `${method} | ${basket} | ${date}`;
}

/** Id of the subject `returns`. */
export function returnsSubjectId(method: string, basket: string): string {
  return `${method} | ${basket}`;
}

interface DatedSubject extends Subject {
  readonly isLast: boolean;
}

function isLast(subject: DatedSubject): boolean {
  return subject.isLast;
}

function basketSubjects(
  { baskets, rebalances, trials, main, titles, nameOf = basketNames().nameOf }: BasketTables,
  method: string,
): DatedSubject[] {
  const methodName = nameOfMethod(method, trials);
  const rows = methodRows(baskets, { method });
  const basket = columnOf(baskets, "basket", "string"), date = columnOf(baskets, "date", "date");
  const trades = tradesOf(rebalances, method);
  return basketsOfMethod(baskets, rows).flatMap((id) => {
    const own = rows.filter((row) => cellAt(basket, row) === id);
    const dates = Map.groupBy(own, (row) => date.values[row]!);
    const latest = Math.max(...trades.get(id)?.keys() ?? [], ...dates.keys());
    return [...dates].sort(([a], [b]) => a - b).map(([day, held]) => {
      const shown = held.map((row) => ({
        ...rowOf(baskets, row, ["decided_on", "market_id", "side", "reason"]),
        weight: cellAt(baskets.columns.weight!, row),
        title: titles(String(cellAt(baskets.columns.market_id!, row))),
      }));
      const nHeld = shown.filter((one) => Number(one.weight) > 0).length;
      return {
        kind: "basket" as const,
        id: basketSubjectId(method, id, formatDay(day)),
        seen: seenHash({ held: shown, trades: trades.get(id)?.get(day) ?? [] }),
        title: `${nameOf(id)} (${methodName}) after the trade of ${dayText(day)}: ${
          nHeld === 0 ? "all in cash" : countOf(nHeld, "contract")
        }`,
        isRequired: method === main && day === latest && nHeld > 0,
        isLast: day === latest,
      };
    });
  });
}

/** What was traded, by basket and trade date; a refused emergency traded nothing. */
function tradesOf(
  rebalances: Table,
  method: string,
): ReadonlyMap<string, ReadonlyMap<number, object[]>> {
  const found = new Map<string, Map<number, object[]>>();
  for (const row of methodRows(rebalances, { method })) {
    const { basket, date, ...rest } = rowOf(rebalances, row);
    if (typeof date !== "number") continue;
    const dates = found.get(String(basket)) ?? new Map<number, object[]>();
    found.set(String(basket), dates.set(date, [...dates.get(date) ?? [], rest]));
  }
  return found;
}

function returnsSubjects(
  { baskets, nav, attribution, trials, main, nameOf = basketNames().nameOf }: BasketTables,
): Subject[] {
  const methodName = nameOfMethod(main, trials);
  const paths = rowsByBasket(nav, main), parts = rowsByBasket(attribution, main);
  return basketsOfMethod(baskets, methodRows(baskets, { method: main })).map((id) => ({
    kind: "returns",
    id: returnsSubjectId(main, id),
    seen: seenHash({
      nav: (paths.get(id) ?? []).map((row) => rowOf(nav, row, ["date", "nav", "nav_gross"])),
      attribution: (parts.get(id) ?? []).map((row) => rowOf(attribution, row)),
    }),
    title: `Do the returns of ${nameOf(id)} (${methodName}) match intuition?`,
    isRequired: true,
  }));
}

function themeChangeSubjects(
  { groups, titles, nameOf = basketNames().nameOf }: BasketTables,
): Subject[] {
  return themeChanges(groups, { nameOf }).map((change) => {
    const { marketId, decidedOn, decidedBefore, before, after } = change;
    return {
      kind: "theme_change",
      id: themeChangeId(marketId, formatDay(decidedOn)),
      seen: seenHash({ decidedOn, decidedBefore, before, after, title: titles(marketId) }),
      title: `${titles(marketId)}: from ${nameOf(before.theme)} to ${nameOf(after.theme)} on ${
        dayText(decidedOn)
      }`,
      isRequired: false,
    };
  });
}

function nameOfMethod(method: string, trials: Table | undefined): string {
  return (trials === undefined ? undefined : methodNames(trials).get(method)) ?? method;
}

function rowsByBasket(from: Table, method: string): ReadonlyMap<string, number[]> {
  const basket = columnOf(from, "basket", "string");
  return Map.groupBy(methodRows(from, { method }), (row) => String(cellAt(basket, row)));
}

function rowOf(
  from: Table,
  row: number,
  names = Object.keys(from.columns),
): Record<string, Cell> {
  return Object.fromEntries(names.map((name) => [name, cellAt(from.columns[name]!, row)]));
}
