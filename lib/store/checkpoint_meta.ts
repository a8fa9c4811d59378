import { z } from "zod";
import { formatDay, parseDay } from "../core/day.ts";

/** What stands beside a checkpoint's rows: what they are and what they were made from. */
export interface CheckpointMeta {
  /** `NN_name`; NN is the notebook that makes it. */
  readonly name: string;
  readonly rows: number;
  /** In the order of the file. */
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  /** SHA-256 of the Parquet file, 64 hexadecimal digits. */
  readonly sha256: string;
  /** Latest UTC day whose knowledge is in the rows, `YYYY-MM-DD`. */
  readonly asOf: string;
  /** Words for the universe it rests on: `simulated universe, seed 7`, a folder's name. */
  readonly source: string;
  /** SHA-256 of each checkpoint it was made from, by name. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Parameters of the notebook, plain JSON. */
  readonly params: Readonly<Record<string, unknown>>;
  /** SHA-256 of the program that made it, see `codeHash`. */
  readonly code: string;
}

const CHECKPOINT_NAME = /^\d\d_[a-z0-9_]+$/;
const sha256 = z.string().regex(/^[0-9a-f]{64}$/, "must be 64 hexadecimal digits");
const name = z.string().regex(CHECKPOINT_NAME, "must be a checkpoint's name, NN_name");

const META = z.strictObject({
  name,
  rows: z.int().nonnegative(),
  columns: z.array(z.strictObject({
    name: z.string(),
    type: z.enum(["string", "number", "integer", "date", "timestamp", "bool"]),
  })),
  sha256,
  asOf: z.string().refine(isDay, "must be a date YYYY-MM-DD"),
  source: z.string().min(1),
  inputs: z.record(name, sha256),
  params: z.record(z.string(), z.unknown()),
  code: sha256,
});

/**
 * Refuses a name that is not of the form `NN_name`, so that no name can steer a path.
 *
 * @throws {RangeError} If it is not.
 */
export function refuseCheckpointName(name: string): void {
  if (!CHECKPOINT_NAME.test(name)) {
    throw new RangeError(
      `Cannot name a checkpoint as it must be two digits, "_" and [a-z0-9_]: got ${
        JSON.stringify(name)
      }`,
    );
  }
}

/**
 * Reads unknown JSON as a checkpoint's meta.
 *
 * The value shows as a small table when it is the last expression of a notebook cell.
 *
 * @throws {SyntaxError} If a field is missing, unknown or malformed; the message names it.
 */
export function parseCheckpointMeta(value: unknown): CheckpointMeta {
  const result = META.safeParse(value);
  if (!result.success) {
    const issue = result.error.issues[0]!;
    throw new SyntaxError(
      `Cannot read a checkpoint's meta as its fields must be well formed: got ${issue.message} (${
        issue.path.join(".") || "meta"
      })`,
    );
  }
  return shown(result.data);
}

function isDay(text: string): boolean {
  try {
    return formatDay(parseDay(text)) === text;
  } catch {
    return false;
  }
}

/** The meta with a display for Jupyter that no JSON, comparison or copy sees. */
function shown(meta: CheckpointMeta): CheckpointMeta {
  const display = () => ({ "text/plain": metaText(meta), "text/html": metaHtml(meta) });
  return Object.freeze(
    Object.defineProperty({ ...meta }, Symbol.for("Jupyter.display"), { value: display }),
  );
}

function metaText(meta: CheckpointMeta): string {
  const columns = meta.columns.map((c) => `${c.name} ${c.type}`).join(", ");
  return `checkpoint ${meta.name}: ${meta.rows} rows × ${meta.columns.length} columns (${columns}), as of ${meta.asOf}, ${meta.source}, sha256 ${
    shortHash(meta.sha256)
  }`;
}

function metaHtml(meta: CheckpointMeta): string {
  const columns = meta.columns.map((c) => `${escaped(c.name)} <small>${c.type}</small>`);
  const inputs = Object.entries(meta.inputs).sort(([a], [b]) => a < b ? -1 : 1)
    .map(([name, hash]) => `${escaped(name)} <code>${shortHash(hash)}</code>`);
  const lines: [string, string][] = [
    ["checkpoint", `<strong>${escaped(meta.name)}</strong>`],
    ["rows", meta.rows.toLocaleString("en-US")],
    ["columns", columns.join(", ")],
    ["as of", escaped(meta.asOf)],
    ["source", escaped(meta.source)],
    ["made from", inputs.join(", ") || "no other checkpoint"],
    ["sha256", `<code>${shortHash(meta.sha256)}</code>`],
  ];
  const rows = lines.map(([head, cell]) =>
    `<tr><th scope="row" style="text-align:left">${head}</th>` +
    `<td style="text-align:left">${cell}</td></tr>`
  );
  return `<table>${rows.join("")}</table>`;
}

function shortHash(hash: string): string {
  return escaped(hash.slice(0, 12));
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
}
