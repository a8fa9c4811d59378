import { MISSING_DAY } from "../core/day.ts";
import type { Column } from "../core/table.ts";

/**
 * Which rows [start, end) of a column hold a value, as Arrow and Parquet say it: bit `i`, lowest
 * first, is 1 where row `start + i` is present.
 */
export function nullBitmap(
  column: Column,
  start: number,
  end: number,
): { nullBitmap: Uint8Array<ArrayBuffer>; nullCount: number } {
  const bitmap = new Uint8Array((end - start + 7) >> 3);
  let nullCount = 0;
  for (let row = start; row < end; ++row) {
    if (isMissing(column, row)) ++nullCount;
    else bitmap[(row - start) >> 3]! |= 1 << ((row - start) & 7);
  }
  return { nullBitmap: bitmap, nullCount };
}

/** Bit `i` of a bitmap, lowest first. */
export function bitAt(bitmap: Uint8Array, i: number): number {
  return bitmap[i >> 3]! >> (i & 7) & 1;
}

function isMissing(column: Column, row: number): boolean {
  switch (column.type) {
    case "string":
      return column.codes[row]! < 0;
    case "integer":
      return false;
    case "date":
      return column.values[row] === MISSING_DAY;
    case "bool":
      return column.values[row]! < 0;
    default:
      return Number.isNaN(column.values[row]);
  }
}
