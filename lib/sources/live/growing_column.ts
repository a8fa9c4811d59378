import { MISSING_DAY } from "../../core/day.ts";
import type { Column, ColumnType } from "../../core/table.ts";

/** A cell of each type of column; `null` is missing, and so is NaN among numbers. */
export interface CellOf {
  readonly string: string | null;
  readonly number: number | null;
  readonly integer: number;
  readonly date: number | null;
  readonly timestamp: number | null;
  readonly bool: boolean | null;
}

/** A column that cells are pushed to, in no more memory than they need. */
export interface GrowingColumn<T extends ColumnType = ColumnType> {
  push(cell: CellOf[T]): void;
  /** Hands over the cells so far and forgets them. */
  take(): Column & { readonly type: T };
}

/** An empty column; texts are kept once each, in order of first appearance. */
export function growingColumn<T extends ColumnType>(type: T): GrowingColumn<T>;
export function growingColumn(type: ColumnType): GrowingColumn {
  if (type === "string") return growingTexts() as GrowingColumn;
  const pieces = piecesFor(type), missing = type === "date" ? MISSING_DAY : NaN;
  const push = type === "bool"
    ? (cell: CellOf["bool"]) => pieces.push(cell === null ? -1 : Number(cell))
    : (cell: number | null) => pieces.push(cell ?? missing);
  return { push, take: () => ({ type, values: pieces.take() }) } as GrowingColumn;
}

function growingTexts(): GrowingColumn<"string"> {
  const codes = pieces((length) => new Int32Array(length));
  let labels: string[] = [], codeOf = new Map<string | null, number>([[null, -1]]);
  let last: string | null = null, code = -1;
  return {
    push(text) {
      // rows of one contract follow each other
      if (text !== last) {
        code = codeOf.get(text) ?? labels.push(text!) - 1;
        codeOf.set(text, code);
        last = text;
      }
      codes.push(code);
    },
    take() {
      const column = { type: "string" as const, codes: codes.take(), labels };
      labels = [];
      codeOf = new Map([[null, -1]]);
      last = null;
      code = -1;
      return column;
    },
  };
}

function piecesFor(type: ColumnType) {
  if (type === "bool") return pieces((length) => new Int8Array(length));
  if (type === "date" || type === "integer") return pieces((length) => new Int32Array(length));
  return pieces((length) => new Float64Array(length));
}

const PIECE_LENGTH = 8192;

/** Pieces of one length rather than an array that doubles, which is half empty and copied often. */
function pieces<A extends Float64Array | Int32Array | Int8Array>(make: (length: number) => A) {
  let all: A[] = [], n = 0;
  return {
    push(value: number) {
      if (n === all.length * PIECE_LENGTH) all.push(make(PIECE_LENGTH));
      all[all.length - 1]![n % PIECE_LENGTH] = value;
      ++n;
    },
    take(): A {
      const values = make(n);
      all.forEach((piece, k) => {
        const start = k * PIECE_LENGTH;
        values.set(piece.subarray(0, Math.min(PIECE_LENGTH, n - start)), start);
      });
      all = [];
      n = 0;
      return values;
    },
  };
}
