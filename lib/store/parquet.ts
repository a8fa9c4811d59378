import { basename } from "node:path";
import * as wasm from "parquet-wasm";
import type { Table } from "../core/table.ts";
import { arrowBytes, parseArrow } from "./arrow_table.ts";
import { writeFileAtomic } from "./atomic.ts";
import { inProject } from "./project_root.ts";

/** Rows per row group written; those of DuckDB, so that it can read groups side by side. */
const ROW_GROUP_ROWS = 122_880;

/** Rows per batch handed over by the decoder: larger ones make its memory grow in slow steps. */
const BATCH_ROWS = 65_536;

/**
 * Reads a Parquet file as a table; see {@link parseParquet}.
 *
 * @param path File; a relative path is below the project's folder.
 */
export async function readParquet(
  path: string,
  { columns }: { columns?: readonly string[] } = {},
): Promise<Table> {
  let bytes: Uint8Array;
  try {
    bytes = await Deno.readFile(inProject(path));
  } catch (cause) {
    const got = cause instanceof Deno.errors.NotFound ? "no such file" : messageOf(cause);
    throw new Error(
      `Cannot read Parquet file "${basename(path)}" as it must be a readable file: got ${got}`,
      { cause },
    );
  }
  return parseParquet(bytes, basename(path), { columns });
}

/**
 * Reads the bytes of a Parquet file, of any number of row groups, as a table.
 *
 * NaN: null → missing. Which types are read as what: see `parseArrow`.
 *
 * @param file Name for messages.
 * @param options.columns Keeps only these, where the file has them; all by default. The
 *   others may be of any type.
 * @throws {SyntaxError} If the bytes are empty, cut short or no Parquet.
 * @throws {TypeError} If a wanted column's type has no counterpart in a table.
 */
export function parseParquet(
  bytes: Uint8Array,
  file: string,
  { columns }: { columns?: readonly string[] } = {},
): Table {
  refuseIncomplete(bytes, file);
  let ipc: Uint8Array;
  try {
    ipc = wasm.readParquet(bytes, { batchSize: BATCH_ROWS }).intoIPCStream();
  } catch (cause) {
    throw broken(file, messageOf(cause), cause);
  }
  try {
    return parseArrow(ipc, { columns });
  } catch (cause) {
    if (!(cause instanceof Error)) throw cause;
    throw new TypeError(`${cause.message} (Parquet file "${file}")`, { cause });
  }
}

function refuseIncomplete(bytes: Uint8Array, file: string): void {
  if (bytes.length === 0) throw broken(file, "an empty file");
  if (!hasMark(bytes, 0)) throw broken(file, `no mark "PAR1" at its start`);
  if (bytes.length < 12 || !hasMark(bytes, bytes.length - 4)) {
    throw broken(file, `no mark "PAR1" at its end, so it was cut short`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const footerLength = view.getUint32(bytes.length - 8, true);
  if (footerLength > bytes.length - 12) {
    throw broken(file, `a footer of ${footerLength} bytes in a file of ${bytes.length}`);
  }
}

function hasMark(bytes: Uint8Array, at: number): boolean {
  return String.fromCharCode(...bytes.subarray(at, at + 4)) === "PAR1";
}

function broken(file: string, got: string, cause?: unknown): SyntaxError {
  return new SyntaxError(
    `Cannot read Parquet file "${file}" as it must be whole and valid: got ${got}`,
    { cause },
  );
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

/**
 * A table as the bytes of a Parquet file: equal tables give equal bytes on every machine.
 *
 * Dictionary-encoded where that is shorter, ZSTD, a fixed `created_by` and no clock.
 * NaN: missing → null. Cost: O(cells).
 *
 * @throws {RangeError} If the table has no column: Parquet cannot hold rows without one.
 */
export function parquetBytes(table: Table): Uint8Array {
  if (Object.keys(table.columns).length === 0) {
    throw new RangeError("Cannot write a table to Parquet as it must have a column: got none");
  }
  const properties = new wasm.WriterPropertiesBuilder()
    .setCompression(wasm.Compression.ZSTD)
    .setCreatedBy("basketry")
    .setMaxRowGroupSize(ROW_GROUP_ROWS)
    .build();
  return wasm.writeParquet(wasm.Table.fromIPCStream(arrowBytes(table)), properties);
}

/** Writes a table to a Parquet file, whole or not at all; a relative path is below the project. */
export async function writeParquet(path: string, table: Table): Promise<void> {
  await writeFileAtomic(inProject(path), parquetBytes(table));
}
