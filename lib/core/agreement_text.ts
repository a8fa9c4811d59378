/** From here an adjusted index means that two groupings agree in part, and in most. */
const PARTLY = 0.1, LARGELY = 0.5;

/**
 * How far two groupings agree, by an index that is 0 on average for unrelated ones and 1 for the same:
 * "hardly" below 0.1, "partly" below 0.5, then "largely".
 *
 * Of many items an index of 0.04 lies beyond chance and still explains next to nothing, so the size
 * is said before the p-value. The limits are ours: half-way to the same grouping is "largely".
 *
 * @throws {RangeError} If the index is NaN.
 */
export function agreementExtent(index: number): "hardly" | "partly" | "largely" {
  if (Number.isNaN(index)) {
    throw new RangeError("Cannot say how far groupings agree as it must be measured: got NaN");
  }
  return index < PARTLY ? "hardly" : index < LARGELY ? "partly" : "largely";
}

/**
 * A p-value from random orders with its sign: "p 0.012"; "p ≤ 0.001" where no order reached the
 * value, since more orders might have given less.
 *
 * NaN gives "p not measured".
 *
 * @param percentile Share of the orders below the value, 0 to 1.
 */
export function permutedPText(pValue: number, percentile: number): string {
  if (Number.isNaN(pValue)) return "p not measured";
  if (pValue < 0.0005) return "p < 0.001";
  return `p ${percentile === 1 ? "≤ " : ""}${pValue.toFixed(3).replace(/\.000$/, "")}`;
}
