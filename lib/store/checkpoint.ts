import { join } from "node:path";
import { type ColumnType, type Table } from "../core/table.ts";
import { writeFileAtomic } from "./atomic.ts";
import { canonicalJson } from "./canonical_json.ts";
import {
  type CheckpointMeta,
  parseCheckpointMeta,
  refuseCheckpointName,
} from "./checkpoint_meta.ts";
import { codeHash, sha256Hex } from "./hash.ts";
import { parquetBytes, parseParquet } from "./parquet.ts";
import { inProject } from "./project_root.ts";

/**
 * Writes a checkpoint: `NN_name.parquet` with the rows and `NN_name.meta.json` with what they are
 * and were made from. Equal arguments give equal bytes.
 *
 * Rows first, then meta, each whole or not at all: a run killed in between leaves rows that do
 * not match their meta, which {@link readCheckpoint} refuses.
 *
 * @param name `NN_name`, NN the notebook's number.
 * @param options.dir Folder of the checkpoints; a relative path is below the project's folder.
 * @param options.asOf Latest UTC day whose knowledge is in the rows, `YYYY-MM-DD`.
 * @param options.source Words for the universe it rests on.
 * @param options.inputs Metas of the checkpoints it was made from.
 * @param options.params Parameters of the notebook, plain JSON.
 * @param options.code State of the program; by default the hash of `lib/`, `config/` and the lock.
 * @returns The meta, which shows as a table when it is a cell's last expression.
 * @throws {RangeError} If the name is malformed. @throws {TypeError} If the params are not JSON.
 * @throws {Error} If an input stands twice with different rows, or the folder is not writable.
 */
export async function writeCheckpoint(
  name: string,
  table: Table,
  { dir, asOf, source, inputs, params, code }: {
    dir: string;
    asOf: string;
    source: string;
    inputs: readonly CheckpointMeta[];
    params: Readonly<Record<string, unknown>>;
    code?: string;
  },
): Promise<CheckpointMeta> {
  refuseCheckpointName(name);
  const rows = parquetBytes(table);
  const text = canonicalJson({
    name,
    rows: table.nRows,
    columns: columnsOf(table),
    sha256: sha256Hex(rows),
    asOf,
    source,
    inputs: hashesOf(inputs, name),
    params,
    code: code ?? await codeHash(),
  });
  const meta = parseCheckpointMeta(JSON.parse(text));
  const path = join(inProject(dir), name);
  await writeFileAtomic(`${path}.parquet`, rows);
  await writeFileAtomic(`${path}.meta.json`, text);
  return meta;
}

/**
 * Reads a checkpoint, refusing one whose rows are not those its meta describes.
 *
 * @param options.dir Folder of the checkpoints; a relative path is below the project's folder.
 * @param options.expect Columns that must be there, with their types.
 * @param options.source Words for the universe that it must rest on; any by default.
 * @throws {RangeError} If the name is malformed.
 * @throws {Error} If the checkpoint is missing, edited, cut short or lacks an expected column; the
 *   message says which notebook to run again.
 */
export async function readCheckpoint(
  name: string,
  { dir, expect = {}, source }: {
    dir: string;
    expect?: Readonly<Record<string, ColumnType>>;
    source?: string;
  },
): Promise<{ table: Table; meta: CheckpointMeta }> {
  const { bytes, meta } = await verifiedCheckpoint(name, dir);
  if (source !== undefined && meta.source !== source) {
    throw refusal(name, `it must rest on "${source}"`, `one of "${meta.source}"`);
  }
  let table: Table;
  try {
    table = parseParquet(bytes, `${name}.parquet`);
  } catch (cause) {
    throw refusal(name, "its rows must be readable", messageOf(cause), cause);
  }
  const stored = canonicalJson({ rows: table.nRows, columns: columnsOf(table) });
  const promised = canonicalJson({ rows: meta.rows, columns: meta.columns });
  if (stored !== promised) {
    const got = `${table.nRows} rows of ${Object.keys(table.columns).join(", ")}`;
    throw refusal(name, "its rows must be those of its meta", got);
  }
  for (const [column, type] of Object.entries(expect)) {
    const got = Object.hasOwn(table.columns, column)
      ? table.columns[column]!.type
      : "no such column";
    if (got !== type) throw refusal(name, `column "${column}" must be of type ${type}`, got);
  }
  return { table, meta };
}

/** The bytes of a checkpoint's rows and its meta, which agree; see {@link readCheckpoint}. */
export async function verifiedCheckpoint(
  name: string,
  dir: string,
): Promise<{ bytes: Uint8Array; meta: CheckpointMeta }> {
  refuseCheckpointName(name);
  const path = join(inProject(dir), name);
  const text = new TextDecoder().decode(await bytesOf(`${path}.meta.json`, name));
  let meta: CheckpointMeta;
  try {
    meta = parseCheckpointMeta(JSON.parse(text));
  } catch (cause) {
    throw refusal(name, "its meta must be readable", messageOf(cause), cause);
  }
  if (meta.name !== name) throw refusal(name, "its meta must bear its name", `"${meta.name}"`);
  const bytes = await bytesOf(`${path}.parquet`, name);
  const hash = sha256Hex(bytes);
  if (hash !== meta.sha256) {
    const got = `sha256 ${hash.slice(0, 12)} where the meta says ${meta.sha256.slice(0, 12)}`;
    throw refusal(name, "its rows must be those of its meta", got);
  }
  return { bytes, meta };
}

async function bytesOf(path: string, name: string): Promise<Uint8Array> {
  try {
    return await Deno.readFile(path);
  } catch (cause) {
    const missing = cause instanceof Deno.errors.NotFound;
    const file = path.endsWith(".parquet") ? `${name}.parquet` : `${name}.meta.json`;
    throw refusal(
      name,
      `file "${file}" must be readable`,
      missing ? "no such file" : messageOf(cause),
      cause,
    );
  }
}

function refusal(name: string, must: string, got: string, cause?: unknown): Error {
  return new Error(
    `Cannot read checkpoint "${name}" as ${must}: got ${got} (run notebook ${
      name.slice(0, 2)
    } again)`,
    { cause },
  );
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

function columnsOf(table: Table): { name: string; type: ColumnType }[] {
  return Object.entries(table.columns).map(([name, { type }]) => ({ name, type }));
}

function hashesOf(inputs: readonly CheckpointMeta[], name: string): Record<string, string> {
  const hashes = new Map<string, string>();
  for (const input of inputs) {
    if ((hashes.get(input.name) ?? input.sha256) !== input.sha256) {
      throw new Error(
        `Cannot write checkpoint "${name}" as each input must be read once: got two states of "${input.name}"`,
      );
    }
    hashes.set(input.name, input.sha256);
  }
  return Object.fromEntries(hashes);
}
