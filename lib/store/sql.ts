import {
  type DuckDBConnection,
  DuckDBInstance,
  type DuckDBPreparedStatement,
  type DuckDBResult,
  DuckDBTypeId,
  type DuckDBValue,
  StatementType,
} from "@duckdb/node-api";
import {
  boolColumn,
  type Cell,
  type Column,
  dateColumn,
  integerColumn,
  numberColumn,
  stringColumn,
  type Table,
  table,
  timestampColumn,
} from "../core/table.ts";
import { instantMs } from "./instant_ms.ts";
import { checkpointNames, type SqlView, sqlViews } from "./sql_views.ts";

/** What a query may read and use. */
export interface SqlOptions {
  /** Folder of checkpoints; each is a view under its name, as in `from "01_returns"`. */
  readonly checkpoints?: string;
  /** Folder (every Parquet file below it), file or glob by view name; columns join by name. */
  readonly folders?: Readonly<Record<string, string>>;
  /** Values of the query's `$name` parameters. */
  readonly params?: Readonly<Record<string, Cell>>;
  /** Memory DuckDB may use, as in `64MB`; beyond it, it spills to disk. */
  readonly memoryLimit?: string;
  /** Folder to spill into; the system's temporary folder by default. */
  readonly tempDir?: string;
  /** Threads; more than one adds doubles in an order, and so to a last bit, that varies. */
  readonly threads?: number;
}

/**
 * Answers one SQL query over checkpoints and folders of raw Parquet, which DuckDB streams, so
 * that they may be larger than memory; the answer itself must fit.
 *
 * The query reads only the named folders: no other file, no network, no extension. Time zone is
 * UTC. Rows come in the order the query asks for, and in no promised order without `order by`.
 * Whole numbers of up to 32 bits without null → integer, other numbers → number, instants →
 * whole UTC milliseconds. NaN: null → missing.
 *
 * @param query One statement that gives rows, in DuckDB's dialect.
 * @throws {Error} If DuckDB refuses the query, runs out of memory, or a file is broken.
 * @throws {TypeError} If a column's type has no counterpart in a table: cast it in the query.
 * @throws {RangeError} If a whole number is beyond 2⁵³, a date infinite, or an option malformed.
 */
export async function sql(query: string, options: SqlOptions = {}): Promise<Table> {
  const { memoryLimit = "1GB", threads = 1 } = options;
  if (!/^\d+(\.\d+)?\s*[KMGT]i?B$/i.test(memoryLimit)) {
    throw new RangeError(
      `Cannot answer a query as memoryLimit must be a size such as 64MB: got "${memoryLimit}"`,
    );
  }
  const spill = await Deno.makeTempDir({ dir: options.tempDir, prefix: "basketry-sql-" });
  try {
    const instance = await DuckDBInstance.create(":memory:", {
      autoinstall_known_extensions: "false",
      autoload_known_extensions: "false",
      memory_limit: memoryLimit,
      temp_directory: spill,
      threads: String(threads),
    }).catch((cause) => {
      throw refusal(cause, "");
    });
    try {
      const connection = await instance.connect();
      try {
        return await answer(connection, query, options);
      } finally {
        connection.closeSync();
      }
    } finally {
      instance.closeSync();
    }
  } finally {
    await Deno.remove(spill, { recursive: true });
  }
}

async function answer(
  connection: DuckDBConnection,
  query: string,
  { checkpoints, folders, params = {} }: SqlOptions,
): Promise<Table> {
  let names: readonly string[];
  try {
    names = connection.getTableNames(query, false);
  } catch (cause) {
    throw refusal(cause, "");
  }
  const known = [
    ...Object.keys(folders ?? {}),
    ...checkpoints === undefined ? [] : await checkpointNames(checkpoints),
  ];
  // DuckDB names no table of a query that joins with USING; then a name counts where it is written
  const text = query.toLowerCase();
  const read = names.length > 0 ? names : known.filter((name) => text.includes(name.toLowerCase()));
  const views = await sqlViews(read, { checkpoints, folders });
  try {
    await restrict(connection, views);
    for (const { name, pattern } of views) {
      // a folder named run=3 must not become a column, so hive partitioning is off
      await connection.run(
        `create view ${identifier(name)} as select * from read_parquet(${
          literal(pattern)
        }, union_by_name = true, hive_partitioning = false)`,
      );
    }
    await connection.run("set lock_configuration = true");
    const statement = await connection.prepare(query);
    try {
      refuseUnfit(statement, params);
      statement.bind({ ...params });
      return await tableFrom(await statement.stream());
    } finally {
      statement.destroySync();
    }
  } catch (cause) {
    if (cause instanceof TypeError || cause instanceof RangeError) throw cause;
    throw refusal(cause, known.length === 0 ? "" : ` (views: ${known.sort().join(", ")})`);
  }
}

function refuseUnfit(
  statement: DuckDBPreparedStatement,
  params: Readonly<Record<string, Cell>>,
): void {
  const type = statement.statementType;
  if (type !== StatementType.SELECT && type !== StatementType.EXPLAIN) {
    throw new TypeError(
      `Cannot answer a query as it must only read: got a statement of type ${StatementType[type]}`,
    );
  }
  const names = Array.from(
    { length: statement.parameterCount },
    (_, i) => statement.parameterName(i + 1),
  );
  const unused = Object.keys(params).find((name) => !names.includes(name));
  if (unused !== undefined) {
    throw new TypeError(
      `Cannot answer a query as it must use each of its params: got "${unused}" beside ${
        names.map((name) => `$${name}`).join(", ") || "no parameter"
      }`,
    );
  }
}

/** Leaves the connection with nothing but the views' folders, in universal time. */
async function restrict(connection: DuckDBConnection, views: readonly SqlView[]): Promise<void> {
  const folders = new Set(views.flatMap((view) => view.folders));
  const literals = Array.from(folders, (folder) => literal(`${folder.replace(/\/$/, "")}/`));
  await connection.run(`set allowed_directories = [${literals.join(", ")}]`);
  await connection.run("set enable_external_access = false");
  await connection.run("set TimeZone = 'UTC'");
}

function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function refusal(cause: unknown, where: string): Error {
  const got = cause instanceof Error ? cause.message.trim() : String(cause);
  return new Error(`Cannot answer a query as DuckDB must accept it: got ${got}${where}`, { cause });
}

async function tableFrom(result: DuckDBResult): Promise<Table> {
  const names = result.columnNames();
  const repeated = names.find((name, k) => names.indexOf(name) !== k);
  if (repeated !== undefined) {
    throw new TypeError(
      `Cannot hold the answer to a query as its columns must differ: got two "${repeated}"`,
    );
  }
  const kinds = names.map((name, k) => kindOf(name, result.columnTypeId(k)));
  const cells: Cell[][] = names.map(() => []);
  for await (const chunk of result) {
    for (let k = 0; k < names.length; ++k) {
      for (const value of chunk.getColumnValues(k)) cells[k]!.push(cellOf(value, names[k]!));
    }
  }
  return table(
    Object.fromEntries(names.map((name, k) => [name, columnFrom(kinds[k]!, cells[k]!)])),
  );
}

function kindOf(name: string, id: DuckDBTypeId): Column["type"] {
  switch (id) {
    case DuckDBTypeId.VARCHAR:
    case DuckDBTypeId.ENUM:
    case DuckDBTypeId.UUID:
      return "string";
    case DuckDBTypeId.BOOLEAN:
      return "bool";
    case DuckDBTypeId.DATE:
      return "date";
    case DuckDBTypeId.TIMESTAMP:
    case DuckDBTypeId.TIMESTAMP_TZ:
    case DuckDBTypeId.TIMESTAMP_S:
    case DuckDBTypeId.TIMESTAMP_MS:
    case DuckDBTypeId.TIMESTAMP_NS:
      return "timestamp";
    case DuckDBTypeId.TINYINT:
    case DuckDBTypeId.SMALLINT:
    case DuckDBTypeId.INTEGER:
    case DuckDBTypeId.UTINYINT:
    case DuckDBTypeId.USMALLINT:
      return "integer";
    case DuckDBTypeId.UINTEGER:
    case DuckDBTypeId.BIGINT:
    case DuckDBTypeId.UBIGINT:
    case DuckDBTypeId.HUGEINT:
    case DuckDBTypeId.UHUGEINT:
    case DuckDBTypeId.FLOAT:
    case DuckDBTypeId.DOUBLE:
    case DuckDBTypeId.DECIMAL:
      return "number";
    default:
      throw new TypeError(
        `Cannot hold column "${name}" of a query as it must be text, number, date, instant or truth: got ${
          DuckDBTypeId[id]
        }, cast it in the query`,
      );
  }
}

function cellOf(value: DuckDBValue, column: string): Cell {
  if (typeof value === "bigint") {
    if (BigInt(Number(value)) === value && Number.isSafeInteger(Number(value))) {
      return Number(value);
    }
    throw new RangeError(
      `Cannot hold column "${column}" of a query as whole numbers must be within 2^53: got ${value}`,
    );
  }
  if (value === null || typeof value !== "object") return value;
  if ("isFinite" in value && !value.isFinite) {
    throw new RangeError(
      `Cannot hold column "${column}" of a query as its dates must be finite: got ${value}`,
    );
  }
  if ("scale" in value) return Number(value.value) / 10 ** value.scale;
  if ("days" in value && !("months" in value)) return value.days;
  if ("seconds" in value) return Number(value.seconds) * 1000;
  if ("millis" in value) return Number(value.millis);
  if ("nanos" in value) return instantMs(value.nanos, 1_000_000n);
  if ("micros" in value) return instantMs(value.micros, 1000n);
  return value.toString();
}

function columnFrom(kind: Column["type"], cells: readonly Cell[]): Column {
  switch (kind) {
    case "string":
      return stringColumn(cells as (string | null)[]);
    case "bool":
      return boolColumn(cells as (boolean | null)[]);
    case "date":
      return dateColumn(cells as (number | null)[]);
    case "timestamp":
      return timestampColumn(cells as (number | null)[]);
    case "integer":
      return cells.includes(null)
        ? numberColumn(cells as (number | null)[])
        : integerColumn(cells as number[]);
    case "number":
      return numberColumn(cells as (number | null)[]);
  }
}
