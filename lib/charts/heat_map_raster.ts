import { pairAt, type PairMatrix } from "../core/pair_matrix.ts";
import { divergingColour } from "./palette.ts";
import { pngEncode } from "./png_encode.ts";

/** Correlations in the order of a tree's leaves, neighbours gathered where there are many. */
export interface HeatMapRaster {
  /** Cells on each side. */
  readonly side: number;
  /** Items that share one row and one column of cells; the last cell may hold fewer. */
  readonly perCell: number;
  /** side × side values, row by row; NaN where no pair of the cell is known. */
  readonly values: Float64Array;
}

/**
 * The cells of a heat map: each the mean correlation of its known pairs.
 *
 * An item with itself is no pair. A cell of one item alone is 1 by definition.
 *
 * NaN: unknown pairs are left out of a mean; a cell of none is NaN. Cost: O(n²).
 *
 * @param order Items from top to bottom and from left to right.
 * @param maxSide Most cells on a side.
 */
export function heatMapRaster(
  rho: PairMatrix,
  order: ArrayLike<number>,
  maxSide: number,
): HeatMapRaster {
  const n = order.length;
  const perCell = Math.max(1, Math.ceil(n / maxSide));
  const side = Math.ceil(n / perCell);
  const values = new Float64Array(side * side);
  const counts = new Uint32Array(side * side);
  for (let a = 0; a < n; ++a) {
    const row = Math.floor(a / perCell) * side;
    for (let b = a + 1; b < n; ++b) {
      const r = pairAt(rho, order[a]!, order[b]!);
      if (r !== r) continue;
      const cell = row + Math.floor(b / perCell);
      values[cell] = values[cell]! + r;
      counts[cell] = counts[cell]! + 1;
    }
  }
  for (let i = 0; i < side; ++i) {
    const isAlone = Math.min(n, (i + 1) * perCell) - i * perCell === 1;
    for (let j = i; j < side; ++j) {
      const mean = i === j && isAlone ? 1 : values[i * side + j]! / counts[i * side + j]!;
      values[i * side + j] = values[j * side + i] = mean;
    }
  }
  return { side, perCell, values };
}

/** Even steps of colour from −1 to 1. */
const STEPS = 40;

/**
 * A heat map as the address of a PNG that an image element shows.
 *
 * Colours go in steps of 0.05, finer than an eye can match to a legend; noise in finer steps would
 * not compress. Unknown cells are transparent, so that what lies below shows. Each cell is a square
 * of whole pixels: no viewer then needs to agree on how to enlarge it.
 *
 * @param pixels About how many pixels the picture is to have on a side.
 */
export function heatMapImage({ side, values }: HeatMapRaster, pixels: number): string {
  const palette = [
    "none",
    ...Array.from({ length: STEPS + 1 }, (_, step) => divergingColour(2 * step / STEPS - 1)),
  ];
  const zoom = Math.max(1, Math.round(pixels / side));
  const width = side * zoom;
  const image = new Uint8Array(width * width);
  for (let i = 0; i < side; ++i) {
    const row = i * zoom * width;
    for (let j = 0; j < side; ++j) {
      const r = values[i * side + j]!;
      const colour = r !== r ? 0 : 1 + Math.round((Math.max(-1, Math.min(1, r)) + 1) / 2 * STEPS);
      image.fill(colour, row + j * zoom, row + (j + 1) * zoom);
    }
    for (let copy = 1; copy < zoom; ++copy) {
      image.copyWithin(row + copy * width, row, row + width);
    }
  }
  return `data:image/png;base64,${
    pngEncode({ width, height: width, pixels: image, palette }).toBase64()
  }`;
}
