import type { ExposureFactor } from "../exposures/exposure_factors.ts";
import type { ScoredLoading } from "./exposure_sign_table.ts";

/** Scores and loadings as contracts × factors. */
export interface ExposureCells {
  readonly factors: readonly { readonly factor: ExposureFactor; readonly symbol: string }[];
  /** Contracts of each event, as rows; events in order of first appearance. */
  readonly events: readonly (readonly number[])[];
  /** By rows: scores, loadings, and whether a loading survives the false discovery rate. */
  readonly score: Float64Array;
  readonly beta: Float64Array;
  readonly survives: Uint8Array;
  /** Row of the list that each cell came from. */
  readonly rowOf: Int32Array;
}

/**
 * Rows of contracts and factors as a rectangle.
 *
 * @throws {RangeError} If a contract has no row, or two, for a factor that another has.
 */
export function exposureCells(
  rows: readonly ScoredLoading[],
  falseDiscoveryRate: number,
): ExposureCells {
  const factors = [
    ...new Map(rows.map(({ factor, symbol }) => [factor, { factor, symbol }])).values(),
  ];
  const placeOf = new Map(factors.map(({ factor }, f) => [factor, f]));
  const contractOf = new Map<string, number>();
  const events = new Map<string, number[]>();
  for (const { marketId, eventId } of rows) {
    if (contractOf.has(marketId)) continue;
    const contract = contractOf.size;
    contractOf.set(marketId, contract);
    const own = events.get(eventId);
    if (own === undefined) events.set(eventId, [contract]);
    else own.push(contract);
  }
  const rowOf = new Int32Array(contractOf.size * factors.length).fill(-1);
  rows.forEach(({ marketId, factor }, row) => {
    rowOf[contractOf.get(marketId)! * factors.length + placeOf.get(factor)!] = row;
  });
  if (rowOf.includes(-1) || rowOf.length !== rows.length) {
    throw new RangeError(
      `Cannot compare signs as each of ${contractOf.size} contracts must have one row for each of ${factors.length} factors: got ${rows.length} rows`,
    );
  }
  return {
    factors,
    events: [...events.values()],
    score: Float64Array.from(rowOf, (row) => rows[row]!.score),
    beta: Float64Array.from(rowOf, (row) => rows[row]!.beta),
    survives: Uint8Array.from(rowOf, (row) => rows[row]!.qValue <= falseDiscoveryRate ? 1 : 0),
    rowOf,
  };
}

/**
 * Scores when each event has those of another: its contracts take the other's in order, from the
 * beginning again where it has more. A contract's scores on all factors stay together.
 *
 * @param source Event that each event takes its scores from.
 */
export function permutedScores(
  { factors, events, score }: ExposureCells,
  source: readonly number[],
): Float64Array {
  const nFactors = factors.length, out = new Float64Array(score.length);
  events.forEach((contracts, e) => {
    const from = events[source[e]!]!;
    contracts.forEach((contract, j) => {
      const other = from[j % from.length]! * nFactors;
      out.set(score.subarray(other, other + nFactors), contract * nFactors);
    });
  });
  return out;
}
