import { join } from "node:path";
import type { DataSet } from "../../core/data_set.ts";
import { TEMPORARY_SUFFIX, writeFileAtomic } from "../../store/atomic.ts";
import { parquetBytes } from "../../store/parquet.ts";
import { inProject } from "../../store/project_root.ts";
import { CONTRACT_FILES } from "./contract.ts";
import { dataSetTables } from "./data_set_tables.ts";

/**
 * Writes a universe as a folder in the data contract; `readFolder` gives the same universe back,
 * without its rejections. Equal universes give equal bytes.
 *
 * A folder that does not exist appears whole or not at all. In one that exists, each file is
 * replaced whole, one after another, and other files are left alone.
 *
 * @param folder Folder to make or fill; a relative path is below the project's folder.
 * @throws {Error} If the folder cannot be written.
 */
export async function writeFolder(dataSet: DataSet, folder: string): Promise<void> {
  const path = inProject(folder);
  const tables = dataSetTables(dataSet);
  const files = CONTRACT_FILES.map((file) => ({ file, bytes: parquetBytes(tables[file]) }));
  const exists = await Deno.stat(path).then(() => true, () => false);
  if (exists) {
    for (const { file, bytes } of files) await writeFileAtomic(join(path, file), bytes);
    return;
  }
  const temporary = `${path}.${Deno.pid}${TEMPORARY_SUFFIX}`;
  try {
    for (const { file, bytes } of files) await writeFileAtomic(join(temporary, file), bytes);
    await Deno.rename(temporary, path);
  } catch (cause) {
    await Deno.remove(temporary, { recursive: true }).catch(() => {});
    if (cause instanceof Error && cause.message.startsWith("Cannot write")) throw cause;
    throw new Error(
      `Cannot write folder "${path}" as it must be writable and new: got ${
        cause instanceof Error ? cause.message : cause
      }`,
      { cause },
    );
  }
}
