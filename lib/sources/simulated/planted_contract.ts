import { dayStartMs } from "../../core/day.ts";
import type { Sessions } from "../../core/sessions.ts";
import type { MacroPaths } from "./benchmarks.ts";

/** A made contract that trades round the clock and follows one macro series. */
export interface PlantedContract {
  /** Log-odds at each instant of the drivers' grid, weekends and holidays included. */
  readonly observations: { readonly atMs: Float64Array; readonly value: Float64Array };
  /** Log-odds at the end of each UTC day. */
  readonly dayEnds: { readonly day: Int32Array; readonly value: Float64Array };
  /** The series' own closes, whose instants are on the grid. */
  readonly sessions: Sessions;
  /** Logarithm of the series' latent price at each of them, without drift. */
  readonly atClose: Float64Array;
}

/**
 * A contract whose log-odds move `beta` for one with a series' latent path: the truth that an alignment
 * of days must give back.
 *
 * The path is known wherever the drivers are, so the contract sees news after the close at once and the
 * series with its next close. What is the series' own comes with its close, as it does in the series.
 *
 * Units: nats. NaN: impossible. Cost: O(days · minutes of the grid · drivers).
 *
 * @param macro Drivers and series, as `drawMacro` gives them.
 * @param options.symbol The series that is followed. @param options.beta Nats per unit of its log price.
 * @throws {RangeError} If the series is not among them.
 */
export function plantedContract(
  { drivers, series }: MacroPaths,
  { symbol, beta = 1 }: { readonly symbol: string; readonly beta?: number },
): PlantedContract {
  const followed = series.find((one) => one.series.symbol === symbol);
  if (followed === undefined) {
    throw new RangeError(
      `Cannot plant a contract as the series it follows must be simulated: got "${symbol}"`,
    );
  }
  const { weights, row, atClose, sessions } = followed;
  const { minutes, nDays, firstDay, path } = drivers;
  const width = minutes.length;
  const known = Float64Array.from({ length: nDays * width }, (_, cell) => {
    let level = 0;
    weights.forEach((weight, f) => level += weight * path[f]![cell]!);
    return level;
  });
  const atMs = new Float64Array(known.length), value = new Float64Array(known.length);
  let own = 0, s = 0;
  for (let cell = 0; cell < known.length; ++cell) {
    const i = Math.floor(cell / width), minute = minutes[cell % width]!;
    if (row[s] === i && sessions.minute[s] === minute) {
      own = atClose[s]! - known[cell]!;
      ++s;
    }
    atMs[cell] = dayStartMs(firstDay + i) + minute * 60_000;
    value[cell] = beta * (known[cell]! + own);
  }
  return {
    observations: { atMs, value },
    dayEnds: {
      day: Int32Array.from({ length: nDays }, (_, i) => firstDay + i),
      value: Float64Array.from({ length: nDays }, (_, i) => value[i * width + width - 1]!),
    },
    sessions,
    atClose,
  };
}
