import { type DataSet, rowsOf } from "../core/data_set.ts";
import { dayEndMs } from "../core/day.ts";
import { asOf, type PointInTime } from "../universe/as_of.ts";

/** A look-ahead that is planted to see whether the certificate finds it. */
export const PLANTS = [
  "one-day shift",
  "final volume",
  "full-sample weights",
  "full-sample loadings",
  "survivors",
] as const;

/** Name of a planted look-ahead. */
export type Plant = typeof PLANTS[number];

/** What a decision sees when a look-ahead is planted. */
export interface PlantedView {
  readonly view: PointInTime;
  /** Where volatilities and correlations are measured. */
  readonly riskView: PointInTime;
  /** Day that risk is measured at. */
  readonly riskDay: number;
  /** Where loadings on macro factors are measured, and at which day. */
  readonly loadingsView: PointInTime;
  readonly loadingsDay: number;
}

/**
 * A view that cheats, in one of the ways seen in published engines.
 *
 * - `one-day shift`: tomorrow's closes carry today's date, as when a day's label means its start.
 * - `final volume`: the volume to date is the contract's final one, as a venue's market record has it.
 * - `full-sample weights`: risk is measured on the last days of the whole sample.
 * - `full-sample loadings`: so are loadings on macro factors, as the first engine's were.
 * - `survivors`: contracts whose quoted outcome will lose are not in the data.
 *
 * Never used but by the certificate.
 */
export function plantedView(data: DataSet, day: number, plant: Plant): PlantedView {
  const view = asOf(data, dayEndMs(day));
  const honest = { view, riskView: view, riskDay: day, loadingsView: view, loadingsDay: day };
  switch (plant) {
    case "one-day shift": {
      const shifted = withShiftedDays(asOf(data, dayEndMs(day + 1)), day);
      return { ...honest, view: shifted, riskView: shifted, loadingsView: shifted };
    }
    case "final volume":
      return { ...honest, view: withFinalVolume(view, data) };
    case "full-sample weights": {
      const [riskView, riskDay] = lastView(data, day);
      return { ...honest, riskView, riskDay };
    }
    case "full-sample loadings": {
      const [loadingsView, loadingsDay] = lastView(data, day);
      return { ...honest, loadingsView, loadingsDay };
    }
    case "survivors":
      return { ...honest, view: withoutLosers(view, data) };
  }
}

/** All that will ever be known, and the last day of it. */
function lastView(data: DataSet, day: number): [PointInTime, number] {
  const lastDay = Math.max(day, Math.round(data.asOfMs / 86_400_000) - 1);
  return [asOf(data, dayEndMs(lastDay)), lastDay];
}

/** What is seen on the day, prices of the day after under its label among it. */
function withShiftedDays(tomorrow: PointInTime, day: number): PointInTime {
  return asOf({ ...tomorrow, prices: earlier(tomorrow.prices) }, dayEndMs(day));
}

function earlier(prices: PointInTime["prices"]): PointInTime["prices"] {
  return { ...prices, day: prices.day.map((one) => one - 1) };
}

/** All volume that a contract will ever see, booked on its last known day. */
function withFinalVolume(view: PointInTime, data: DataSet): PointInTime {
  const finalOf = new Map<string, number>();
  data.markets.forEach(({ marketId }, j) => {
    const { from, to } = rowsOf(data.activity, j);
    let sum = 0;
    for (let row = from; row < to; ++row) {
      const volume = data.activity.volumeUsd[row]!;
      if (!Number.isNaN(volume)) sum += volume;
    }
    finalOf.set(marketId, sum);
  });
  const volumeUsd = view.activity.volumeUsd.slice();
  view.markets.forEach(({ marketId }, j) => {
    const { from, to } = rowsOf(view.activity, j);
    if (from === to) return;
    let known = 0;
    for (let row = from; row < to; ++row) {
      if (!Number.isNaN(volumeUsd[row]!)) known += volumeUsd[row]!;
    }
    const last = Number.isNaN(volumeUsd[to - 1]!) ? 0 : volumeUsd[to - 1]!;
    volumeUsd[to - 1] = last + finalOf.get(marketId)! - known;
  });
  return { ...view, activity: { ...view.activity, volumeUsd } };
}

/** Without the contracts that later pay nothing: their prices are gone, as from a venue's archive. */
function withoutLosers(view: PointInTime, data: DataSet): PointInTime {
  const losers = new Set(data.resolutions.filter((r) => r.payout === 0).map((r) => r.marketId));
  const { prices } = view;
  const offsets = new Uint32Array(prices.offsets.length);
  const rows: number[] = [];
  view.markets.forEach(({ marketId }, j) => {
    const { from, to } = rowsOf(prices, j);
    if (!losers.has(marketId)) { for (let row = from; row < to; ++row) rows.push(row); }
    offsets[j + 1] = rows.length;
  });
  const taken = (values: Float64Array) => Float64Array.from(rows, (row) => values[row]!);
  return {
    ...view,
    prices: {
      offsets,
      day: Int32Array.from(rows, (row) => prices.day[row]!),
      close: taken(prices.close),
      bid: prices.bid && taken(prices.bid),
      ask: prices.ask && taken(prices.ask),
    },
  };
}
