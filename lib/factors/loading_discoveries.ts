import { falseDiscovery } from "../stats/false_discovery.ts";
import type { ContractLoadings } from "./judged_loadings.ts";

/** Which loadings stand once all contracts and factors have been looked at. */
export interface LoadingDiscoveries {
  /** N × K by rows: smallest false discovery rate at which a loading stands; NaN not estimable. */
  readonly qValue: Float64Array;
  /** Loadings that were estimated. */
  readonly nTests: number;
  /** Of these, how many stand. */
  readonly nLoadings: number;
  /** Contracts with an estimate, and those of them with a loading that stands. */
  readonly nContractsTested: number;
  readonly nContracts: number;
  /** Events with an estimate, and those of them with a loading that stands. */
  readonly nEventsTested: number;
  readonly nEvents: number;
  /** Events that stand as a whole: one test an event, and these adjusted for all events. */
  readonly nEventsAsOne: number;
}

/**
 * False discovery rates over contracts and factors together, and how many contracts and events they are.
 *
 * Contracts of one event move together, so a single accident can make a discovery of each: the count of
 * events is the honest one. Besides, each event is tested as one, by Simes' p-value over its contracts
 * and factors, and the events are adjusted among themselves (hierarchical testing).
 *
 * NaN: an estimate without a p-value does not count. Cost: O(N K log N K).
 * Source: Benjamini & Hochberg 1995; Simes 1986; Yekutieli 2008 for testing families first.
 *
 * @param options.rate Share of false discoveries that is allowed.
 * @param options.eventOf Event of each of the N contracts.
 * @throws {RangeError} If not every contract has an event, or the rate is not in (0, 1).
 */
export function loadingDiscoveries(
  { pValue, marketIds, symbols }: Pick<ContractLoadings, "pValue" | "marketIds" | "symbols">,
  { rate, eventOf }: { readonly rate: number; readonly eventOf: readonly string[] },
): LoadingDiscoveries {
  if (eventOf.length !== marketIds.length) {
    throw new RangeError(
      `Cannot count discoveries as each of ${marketIds.length} contracts must have an event: got ${eventOf.length}`,
    );
  }
  if (!(rate > 0 && rate < 1)) {
    throw new RangeError(`Cannot count discoveries as the rate must be in (0, 1): got ${rate}`);
  }
  const k = symbols.length, qValue = falseDiscovery(pValue);
  const cells = Array.from(qValue.keys()).filter((at) => !Number.isNaN(qValue[at]!));
  const standing = cells.filter((at) => qValue[at]! <= rate);
  const contractOf = (at: number) => Math.floor(at / k);
  const eventAt = (at: number) => eventOf[contractOf(at)]!;
  const families = [...Map.groupBy(cells, eventAt).values()];
  const simes = families.map((own) => falseDiscovery(own.map((at) => pValue[at]!)).reduce(smaller));
  return {
    qValue,
    nTests: cells.length,
    nLoadings: standing.length,
    nContractsTested: new Set(cells.map(contractOf)).size,
    nContracts: new Set(standing.map(contractOf)).size,
    nEventsTested: families.length,
    nEvents: new Set(standing.map(eventAt)).size,
    nEventsAsOne: falseDiscovery(simes).reduce((count, q) => count + (q <= rate ? 1 : 0), 0),
  };
}

function smaller(a: number, b: number): number {
  return Math.min(a, b);
}
