import type { DailyActivity } from "../core/data_set.ts";
import type { Panel } from "../core/panel.ts";
import { earlierRows, requireStep } from "./returns.ts";

/**
 * Which days a market traded, by its reported volume: 1 traded, 0 did not.
 *
 * Shape: the panel's days × markets. NaN: the volume of that day is unknown.
 * Cost: O(cells + activity rows).
 *
 * @param activity Activity of all markets.
 * @param options.markets Ids of all markets, in the order of `activity`.
 * @param options.like The panel whose days and markets are wanted.
 */
export function tradedByVolume(
  activity: DailyActivity,
  { markets, like }: { markets: readonly string[]; like: Panel },
): Panel {
  const n = like.markets.length;
  const values = new Float64Array(like.values.length).fill(NaN);
  const rowOfDay = new Map(Array.from(like.days, (day, i) => [day, i]));
  const indexOf = new Map(markets.map((id, j) => [id, j]));
  like.markets.forEach((id, column) => {
    const j = indexOf.get(id);
    if (j === undefined) return;
    for (let row = activity.offsets[j]!; row < activity.offsets[j + 1]!; ++row) {
      const i = rowOfDay.get(activity.day[row]!);
      const volume = activity.volumeUsd[row]!;
      if (i !== undefined && !Number.isNaN(volume)) values[i * n + column] = volume > 0 ? 1 : 0;
    }
  });
  return { days: like.days, markets: like.markets, values };
}

/**
 * Which days a market's price moved: 1 moved, 0 stood still. The proxy for trading where a venue
 * reports no volume; a day that traded at an unchanged price counts as still.
 *
 * Shape: days × markets → the same. NaN: either price was not observed. Cost: O(cells).
 */
export function movedDays(prices: Panel): Panel {
  const { days, markets, values } = prices;
  const n = markets.length;
  const moved = new Float64Array(values.length).fill(NaN);
  const earlier = earlierRows(days, 1);
  for (let i = 0; i < days.length; ++i) {
    if (earlier[i]! < 0) continue;
    for (let j = 0; j < n; ++j) {
      const now = values[i * n + j]!, before = values[earlier[i]! * n + j]!;
      if (now === now && before === before) moved[i * n + j] = now === before ? 0 : 1;
    }
  }
  return { days, markets, values: moved };
}

/**
 * Keeps the moves between two days on which the market traded; the others become NaN.
 *
 * Days on which two markets both stand still look like agreement: independent drifts with shared
 * still days reach a rank correlation of 0.96. Only moves between two fresh prices are evidence.
 *
 * Shape: days × markets → the same. NaN: propagates; a day whose trading is unknown drops the move.
 * Cost: O(cells).
 *
 * @param moves Moves over `stepDays`.
 * @param traded 1, 0 or NaN for the same days and markets.
 * @throws {RangeError} If the two panels differ in days or markets, or `stepDays` is no whole
 * number of at least 1.
 */
export function bothTraded(
  moves: Panel,
  traded: Panel,
  { stepDays = 1 }: { readonly stepDays?: number } = {},
): Panel {
  requireStep(stepDays);
  if (!sameLabels(moves, traded)) {
    throw new RangeError(
      `Cannot mask moves as both panels must have the same days and markets: got ${
        shape(moves)
      } and ${shape(traded)}`,
    );
  }
  const n = moves.markets.length;
  const values = new Float64Array(moves.values.length).fill(NaN);
  const earlier = earlierRows(moves.days, stepDays);
  for (let i = 0; i < moves.days.length; ++i) {
    if (earlier[i]! < 0) continue;
    for (let j = 0; j < n; ++j) {
      const now = i * n + j, before = earlier[i]! * n + j;
      if (traded.values[now] === 1 && traded.values[before] === 1) values[now] = moves.values[now]!;
    }
  }
  return { days: moves.days, markets: moves.markets, values };
}

function sameLabels(a: Panel, b: Panel): boolean {
  return a.days.length === b.days.length && a.markets.length === b.markets.length &&
    a.days.every((day, i) => day === b.days[i]) && a.markets.every((id, j) => id === b.markets[j]);
}

function shape(panel: Panel): string {
  return `${panel.days.length} days × ${panel.markets.length} markets`;
}
