import { cellAt, type ColumnType } from "../core/table.ts";
import { readCheckpoint } from "../store/checkpoint.ts";

/** A cell as a plain value; `null` is missing. */
type CellOf<T extends ColumnType> = T extends "string" ? string | null
  : T extends "bool" ? boolean | null
  : T extends "integer" ? number
  : number | null;

/** A row with the columns that were asked for. */
export type CheckpointRow<S extends Readonly<Record<string, ColumnType>>> = {
  readonly [K in keyof S]: CellOf<S[K]>;
};

/**
 * The rows of a checkpoint as plain records, in its order.
 *
 * Missing: `null`; unknown numbers too, as JSON has no NaN.
 *
 * @param options.dir Folder of the checkpoints.
 * @param options.columns Columns that are read, with their types.
 * @throws {Error} If the checkpoint is missing, edited or lacks a column; the message says which
 *   notebook to run again.
 */
export async function checkpointRows<const S extends Readonly<Record<string, ColumnType>>>(
  name: string,
  { dir, columns }: { readonly dir: string; readonly columns: S },
): Promise<CheckpointRow<S>[]> {
  const { table } = await readCheckpoint(name, { dir, expect: columns });
  const read = Object.keys(columns).map((key) => [key, table.columns[key]!] as const);
  return Array.from(
    { length: table.nRows },
    (_, row) =>
      Object.fromEntries(read.map(([key, column]) => [key, cellAt(column, row)])) as CheckpointRow<
        S
      >,
  );
}

/** A text that the checkpoint always has. */
export function textOf(cell: string | null): string {
  return cell ?? "";
}
