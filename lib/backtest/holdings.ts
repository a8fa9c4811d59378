import { type Side, sidePrice } from "../baskets/side.ts";
import { lastRowAt, type PricePaths } from "./price_paths.ts";

/** A contract that a basket holds. */
export interface Position {
  /** Index in the price paths. */
  readonly market: number;
  readonly tickerId: string;
  readonly side: Side;
  /** Shares of the gross track. Those of the net track are these times {@link Book.netFactor}. */
  readonly shares: number;
  /** Mean purchase price of the side. */
  readonly boughtAt: number;
  /** Price of the side up to which its gains are booked. */
  readonly markedAt: number;
}

/** What a basket holds at an instant: both tracks at once. */
export interface Book {
  /** By {@link contractKey}. */
  readonly positions: readonly Position[];
  /** Cash of the gross track, points. */
  readonly cash: number;
  /** Net value, cash and shares over gross ones. It changes only where costs are paid. */
  readonly netFactor: number;
}

/** The last closes of positions. */
export interface Marks {
  /** Rows of the price paths. */
  readonly row: Int32Array;
  /** Price of each held side, in [0, 1]. */
  readonly price: Float64Array;
}

/** Orders the sides of all markets: by market, then `no` before `yes`. */
export function contractKey({ market, side }: Pick<Position, "market" | "side">): number {
  return 2 * market + (side === "yes" ? 1 : 0);
}

/**
 * The marks of positions at the end of a day: their last closes on or before it.
 *
 * Cost: O(positions · log days).
 */
export function marksAt(paths: PricePaths, positions: readonly Position[], day: number): Marks {
  const row = new Int32Array(positions.length);
  const price = new Float64Array(positions.length);
  positions.forEach(({ market, side }, i) => {
    row[i] = lastRowAt(paths, market, day);
    price[i] = sidePrice(paths.prices.close[row[i]!]!, side);
  });
  return { row, price };
}

/** Gross value of what is held besides cash, points. */
export function heldValue({ positions }: Book, { price }: Marks): number {
  let value = 0;
  for (let i = 0; i < positions.length; ++i) value += positions[i]!.shares * price[i]!;
  return value;
}
