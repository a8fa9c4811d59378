import { EXPOSURE_FACTORS } from "./exposure_factors.ts";
import type { ContractTaxonomy } from "../taxonomy/contract_taxonomy.ts";
import type { NetExposures } from "./net_exposures.ts";

/** Net exposure of one event on one day. */
export interface EventExposure {
  readonly eventId: string;
  /** Untrusted. */
  readonly name: string;
  /** Eight values in the order of the factors, NaN where too little is covered. */
  readonly exposure: readonly number[];
  /** Summed probability of the outcomes with a vector; may exceed 1. */
  readonly coverage: number;
  /** The UTC day whose closes it rests on. */
  readonly day: number;
}

/**
 * Each event on its last quoted day: the last with values, or the last at all where none has any.
 *
 * @param options.since Events whose last quoted day is before this one are left out; none by default.
 */
export function latestExposures(
  { events, eventIds, days, values, coverage }: NetExposures,
  taxonomy: ContractTaxonomy,
  { since = -Infinity }: { readonly since?: number } = {},
): EventExposure[] {
  const nFactors = EXPOSURE_FACTORS.length;
  return Array.from(events).flatMap((event, e) => {
    const quoted = Array.from(days.keys(), (d) => e * days.length + d)
      .filter((at) => !Number.isNaN(coverage[at]!));
    const at = quoted.findLast((one) => !Number.isNaN(values[one * nFactors]!)) ?? quoted.at(-1);
    if (at === undefined || days[at % days.length]! < since) return [];
    return [{
      eventId: eventIds[e]!,
      name: taxonomy.events[event]!.name,
      exposure: Array.from(values.subarray(at * nFactors, (at + 1) * nFactors)),
      coverage: coverage[at]!,
      day: days[at % days.length]!,
    }];
  });
}
