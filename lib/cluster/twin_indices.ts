import type { Market } from "../core/data_set.ts";
import { columnOf, type Table } from "../core/table.ts";

/**
 * The pairs of checkpoint `01_twins` as indices into the list of markets.
 *
 * @throws {RangeError} If a twin is not among the markets.
 */
export function twinIndices(
  twins: Table,
  markets: readonly Market[],
): (readonly [number, number])[] {
  const index = new Map(markets.map(({ marketId }, j) => [marketId, j]));
  const [first, second] = ["market_a", "market_b"].map((name) => {
    const { codes, labels } = columnOf(twins, name, "string");
    return Array.from(codes, (code) => {
      const j = index.get(labels[code]!);
      if (j === undefined) {
        throw new RangeError(
          `Cannot use twins as each must be one of ${markets.length} markets: got ${labels[code]}`,
        );
      }
      return j;
    });
  });
  return first!.map((a, k) => [a, second![k]!] as const);
}
