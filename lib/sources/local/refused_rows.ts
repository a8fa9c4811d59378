import type { FileCount, Rejection } from "../../core/data_set.ts";
import type { ContractFile } from "./contract.ts";

/** The refused rows of one file while it is being read: each row once, with its first reason. */
export interface RefusedRows {
  /** 1 where the row was refused. */
  readonly isRefused: Uint8Array;
  /** Refuses a row; a row that was refused before keeps its first reason. */
  refuse(row: number, column: string, value: string, reason: string): void;
  /** The rejections, sorted by row, and the counts that go with them. */
  result(): { rejected: Rejection[]; count: FileCount };
}

/** Starts the account of a file's `nRows` rows. */
export function refusedRows(file: ContractFile, nRows: number): RefusedRows {
  const isRefused = new Uint8Array(nRows);
  const rejected: Rejection[] = [];
  return {
    isRefused,
    refuse(row, column, value, reason) {
      if (isRefused[row]) return;
      isRefused[row] = 1;
      rejected.push({ file, row, column, value, reason });
    },
    result() {
      const nRejected = rejected.length;
      rejected.sort((a, b) => a.row - b.row);
      return { rejected, count: { file, nRows, nAccepted: nRows - nRejected, nRejected } };
    },
  };
}

/**
 * Refuses what stands more than once, whatever order the rows come in: of equal rows the first
 * stays; rows under one key that differ are all refused, because none is known to be right.
 *
 * @param options.order Rows sorted so that those of one key stand together, in stored order.
 * @param options.isSameKey @param options.isEqual Whether two rows share the key, or all values.
 * @param options.column @param options.valueOf Column and value to report for a refused row.
 * @param options.key Words for the key: "market and date".
 */
export function refuseDuplicates(
  refused: RefusedRows,
  { order, isSameKey, isEqual, column, valueOf, key }: {
    order: Int32Array;
    isSameKey: (a: number, b: number) => boolean;
    isEqual: (a: number, b: number) => boolean;
    column: string;
    valueOf: (row: number) => string;
    key: string;
  },
): void {
  for (let from = 0, to = 0; from < order.length; from = to) {
    const first = order[from]!;
    let areEqual = true;
    for (to = from + 1; to < order.length && isSameKey(first, order[to]!); ++to) {
      areEqual &&= isEqual(first, order[to]!);
    }
    const reason = areEqual
      ? `${key} stands twice, with equal values`
      : `${key} stands twice, with other values`;
    for (let i = areEqual ? from + 1 : from; i < to && to - from > 1; ++i) {
      refused.refuse(order[i]!, column, valueOf(order[i]!), reason);
    }
  }
}

/** Whether two numbers are equal or both missing. */
export function isSameNumber(a: number, b: number): boolean {
  return a === b || (Number.isNaN(a) && Number.isNaN(b));
}

/** A number as the text of a rejection; missing is empty. */
export function numberText(x: number): string {
  return Number.isNaN(x) ? "" : String(x);
}
