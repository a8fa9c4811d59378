import { formatDay } from "../core/day.ts";
import { cellAt, columnOf, type Table } from "../core/table.ts";
import type { SleeveNav } from "./asset_navs.ts";

/** A sleeve of the replay, by its place in `05_nav`, and what it is called here. */
export interface SleeveChoice {
  /** Key of the asset. */
  readonly key: string;
  /** Name for a reader, in the middle of a sentence. */
  readonly name: string;
  /** Method of `05_nav`. */
  readonly method: string;
}

/**
 * Net values of sleeves out of `05_nav`: all baskets of a method together, proceeds left in cash.
 *
 * A method that never held anything has no rows and gives an empty sleeve. Cost: O(rows · sleeves).
 *
 * @param navs The checkpoint: method, policy, basket, date, nav.
 * @throws {TypeError} If the table lacks a column.
 * @throws {RangeError} If the days of a sleeve are not one after the other.
 */
export function sleeveNavs(navs: Table, choices: readonly SleeveChoice[]): SleeveNav[] {
  const method = columnOf(navs, "method", "string"), policy = columnOf(navs, "policy", "string");
  const basket = columnOf(navs, "basket", "string");
  const date = columnOf(navs, "date", "date"), nav = columnOf(navs, "nav", "number");
  const isSleeve = (row: number) => cellAt(policy, row) === "cash" && cellAt(basket, row) === "all";
  const rows = Array.from({ length: navs.nRows }, (_, row) => row).filter(isSleeve);
  return choices.map(({ key, name, method: chosen }) => {
    const own = rows.filter((row) => cellAt(method, row) === chosen);
    const firstDay = own.length === 0 ? 0 : date.values[own[0]!]!;
    own.forEach((row, i) => {
      if (date.values[row] === firstDay + i) return;
      throw new RangeError(
        `Cannot read the sleeve "${chosen}" as its days must follow each other: got ${
          formatDay(date.values[row]!) || "no date"
        } as day ${i + 1} from ${formatDay(firstDay) || "no date"}`,
      );
    });
    return { ...{ key, name, firstDay }, nav: Float64Array.from(own, (row) => nav.values[row]!) };
  });
}
