import { EXPOSURE_FACTORS } from "./exposure_factors.ts";
import type { ContractTaxonomy } from "../taxonomy/contract_taxonomy.ts";
import type { NetExposures } from "./net_exposures.ts";
import { MISSING_REASONS, type MissingReason } from "./repetition_exposure.ts";

/** Net exposure of one event on one day. */
export interface EventExposure {
  readonly eventId: string;
  /** Untrusted. */
  readonly name: string;
  /** Expected push: eight values in the order of the factors, NaN where `missing` says why. */
  readonly exposure: readonly number[];
  /** How far news may still move each factor, in the unit of the scores; NaN where the values are. */
  readonly spreads: readonly number[];
  /** Share of the probability that has a vector, in [0, 1]. */
  readonly coverage: number;
  /** Sum of the quotes of outcomes that exclude each other, NaN where none do. */
  readonly quoted: number;
  readonly missing: MissingReason | null;
}

/**
 * The events that are quoted on a day, with or without a value.
 *
 * @param day The UTC day; an event without a quote on it is left out, however recent its last.
 * @throws {RangeError} If the day is not one of the exposures' days.
 */
export function latestExposures(
  { events, eventIds, days, values, spreads, coverage, quoted, missing }: NetExposures,
  taxonomy: ContractTaxonomy,
  day: number,
): EventExposure[] {
  const nFactors = EXPOSURE_FACTORS.length;
  const d = days.indexOf(day);
  if (d < 0) {
    throw new RangeError(
      `Cannot list the exposures of a day as it must be in ${days[0]} to ${
        days.at(-1)
      }: got ${day}`,
    );
  }
  return Array.from(events).flatMap((event, e) => {
    const at = e * days.length + d;
    if (Number.isNaN(coverage[at]!)) return [];
    return [{
      eventId: eventIds[e]!,
      name: taxonomy.events[event]!.name,
      exposure: Array.from(values.subarray(at * nFactors, (at + 1) * nFactors)),
      spreads: Array.from(spreads.subarray(at * nFactors, (at + 1) * nFactors)),
      coverage: coverage[at]!,
      quoted: quoted[at]!,
      missing: MISSING_REASONS[missing[at]! - 1] ?? null,
    }];
  });
}
