import { basename, join } from "node:path";
import type { DataSet, Origin } from "../../core/data_set.ts";
import type { Table } from "../../core/table.ts";
import { readParquet } from "../../store/parquet.ts";
import { inProject } from "../../store/project_root.ts";
import {
  CONTRACT,
  CONTRACT_FILES,
  contractColumns,
  type ContractFile,
  REJECTED_FILE,
} from "./contract.ts";
import { type ContractTables, parseDataSet } from "./parse_data_set.ts";
import { parseRejected } from "./rejection_table.ts";

/**
 * Reads a folder in the data contract as one universe; see `parseDataSet` for what is refused.
 *
 * @param folder Folder of the Parquet files; a relative path is below the project's folder.
 * @param options.label Words for a reader; the folder's name by default.
 * @param options.kind What kind of universe it holds, "folder" by default.
 * Rows of `rejected.parquet`, where the folder has it, come before those refused here.
 *
 * @throws {Error} If the folder or a required file is missing, or a file is broken.
 * @throws {TypeError} If a column is missing or of another type.
 */
export async function readFolder(
  folder: string,
  { label, kind = "folder" }: { label?: string; kind?: Origin["kind"] } = {},
): Promise<DataSet> {
  const path = inProject(folder);
  const present = await filesIn(path);
  const missing = CONTRACT_FILES.filter((file) =>
    !present.includes(file) && !CONTRACT[file].mayBeAbsent
  );
  if (missing.length > 0) {
    throw new Error(
      `Cannot read folder "${
        basename(path)
      }" as it must hold the files of the data contract: got no ${missing.join(", ")}`,
    );
  }
  const tables: Partial<Record<ContractFile, Table>> = {};
  for (const file of CONTRACT_FILES) {
    if (!present.includes(file)) continue;
    tables[file] = await readParquet(join(path, file), { columns: contractColumns(file) });
  }
  const universe = parseDataSet(tables as ContractTables, { kind, label: label ?? basename(path) });
  if (!present.includes(REJECTED_FILE)) return universe;
  const before = parseRejected(await readParquet(join(path, REJECTED_FILE)));
  return { ...universe, rejected: [...before, ...universe.rejected] };
}

async function filesIn(path: string): Promise<string[]> {
  try {
    return await Array.fromAsync(Deno.readDir(path), (entry) => entry.name);
  } catch (cause) {
    const got = cause instanceof Deno.errors.NotFound
      ? "no such folder"
      : cause instanceof Error
      ? cause.message
      : cause;
    throw new Error(
      `Cannot read folder "${
        basename(path)
      }" as it must hold the files of the data contract: got ${got}`,
      { cause },
    );
  }
}
