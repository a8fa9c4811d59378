import {
  Bool,
  type Data,
  DataType,
  DateDay,
  DateUnit,
  type Decimal,
  Field,
  Float64,
  Int32,
  makeData,
  Precision,
  RecordBatch,
  Schema,
  Struct,
  Table as ArrowTable,
  tableFromIPC,
  tableToIPC,
  TimestampMillisecond,
  TimeUnit,
  Utf8,
} from "apache-arrow";
import { MISSING_DAY, MS_PER_DAY } from "../core/day.ts";
import { type Column, type Table, table } from "../core/table.ts";
import { instantMs } from "./instant_ms.ts";
import { bitAt, nullBitmap } from "./null_bitmap.ts";
import { utf8Codes } from "./utf8_codes.ts";

/** Rows per record batch: large enough for speed, small enough for modest copies. */
const BATCH_ROWS = 65_536;

/**
 * Reads an Arrow IPC stream as a table.
 *
 * Texts, plain or dictionary → string; whole numbers of up to 32 bits without a null → integer;
 * every other number → number; a column of Arrow's null type → string, all missing. Instants of
 * any unit are floored to UTC milliseconds; those without a zone are read as UTC.
 *
 * NaN: null → missing, never 0; a NaN among doubles is missing too.
 *
 * @param options.columns Keeps only these, where they are there; all by default.
 * @throws {TypeError} If a column's type has no counterpart, or two columns share a name.
 */
export function parseArrow(
  ipc: Uint8Array,
  { columns: wanted }: { columns?: readonly string[] } = {},
): Table {
  const arrow = tableFromIPC(ipc);
  const columns = new Map<string, Column>();
  arrow.schema.fields.forEach((field, k) => {
    if (wanted && !wanted.includes(field.name)) return;
    if (columns.has(field.name)) {
      throw new TypeError(
        `Cannot read a table as its columns must differ: got two "${field.name}"`,
      );
    }
    const chunks = arrow.batches.map((batch) => batch.data.children[k]!);
    const column = columnFrom(field.type, chunks, arrow.numRows);
    if (column === undefined) {
      throw new TypeError(
        `Cannot read column "${field.name}" as it must hold texts, numbers, dates, instants or truths: got ${field.type}`,
      );
    }
    columns.set(field.name, column);
  });
  return table(Object.fromEntries(columns));
}

function columnFrom(type: DataType, chunks: readonly Data[], n: number): Column | undefined {
  if (DataType.isUtf8(type) || DataType.isLargeUtf8(type)) {
    return { type: "string", ...utf8Codes(chunks.map(utf8Run)) };
  }
  if (DataType.isDictionary(type)) {
    if (!DataType.isUtf8(type.dictionary) && !DataType.isLargeUtf8(type.dictionary)) return;
    return dictionaryColumn(chunks, n);
  }
  if (DataType.isNull(type)) {
    return { type: "string", codes: new Int32Array(n).fill(-1), labels: [] };
  }
  if (DataType.isBool(type)) {
    const values = new Int8Array(n).fill(-1);
    eachPresent(chunks, (chunk, i, row) => values[row] = bitAt(chunk.values, chunk.offset + i));
    return { type: "bool", values };
  }
  if (DataType.isDate(type)) {
    const values = new Int32Array(n).fill(MISSING_DAY);
    const perDay = type.unit === DateUnit.DAY ? 1 : MS_PER_DAY;
    eachPresent(chunks, (chunk, i, row) => {
      values[row] = Math.floor(Number(chunk.values[i]) / perDay);
    });
    return { type: "date", values };
  }
  if (DataType.isTimestamp(type)) {
    return { type: "timestamp", values: instants(chunks, n, type.unit) };
  }
  if (DataType.isInt(type) && isWithin32Bits(type) && chunks.every((c) => c.nullCount === 0)) {
    const values = new Int32Array(n);
    eachPresent(chunks, (chunk, i, row) => values[row] = chunk.values[i]);
    return { type: "integer", values };
  }
  if (DataType.isInt(type) || (DataType.isFloat(type) && type.precision !== Precision.HALF)) {
    const values = new Float64Array(n).fill(NaN);
    eachPresent(chunks, (chunk, i, row) => values[row] = Number(chunk.values[i]));
    return { type: "number", values };
  }
  return DataType.isDecimal(type) ? decimalColumn(type, chunks, n) : undefined;
}

function isWithin32Bits(type: { bitWidth: number; isSigned: boolean }): boolean {
  return type.bitWidth < 32 || (type.bitWidth === 32 && type.isSigned);
}

function eachPresent(
  chunks: readonly Data[],
  visit: (chunk: Data, i: number, row: number) => void,
): void {
  let row = 0;
  for (const chunk of chunks) {
    const isPresent = presence(chunk);
    for (let i = 0; i < chunk.length; ++i, ++row) {
      if (isPresent(i)) visit(chunk, i, row);
    }
  }
}

function presence(chunk: Data): (i: number) => boolean {
  const bitmap = chunk.nullBitmap;
  if (chunk.nullCount === 0 || !bitmap || bitmap.length === 0) return () => true;
  return (i) => bitAt(bitmap, chunk.offset + i) === 1;
}

function utf8Run(chunk: Data) {
  return {
    bytes: chunk.values as Uint8Array,
    offsets: chunk.valueOffsets as Int32Array | BigInt64Array,
    nRows: chunk.length,
    isPresent: presence(chunk),
  };
}

function dictionaryColumn(chunks: readonly Data[], n: number): Column {
  const codes = new Int32Array(n).fill(-1);
  const codeOf = new Map<string, number>();
  let row = 0;
  for (const chunk of chunks) {
    const entries = utf8Codes((chunk.dictionary?.data ?? []).map(utf8Run));
    const isPresent = presence(chunk);
    for (let i = 0; i < chunk.length; ++i, ++row) {
      const entry = isPresent(i) ? entries.codes[Number(chunk.values[i])]! : -1;
      if (entry < 0) continue;
      const label = entries.labels[entry]!;
      let code = codeOf.get(label);
      if (code === undefined) codeOf.set(label, code = codeOf.size);
      codes[row] = code;
    }
  }
  return { type: "string", codes, labels: [...codeOf.keys()] };
}

function instants(chunks: readonly Data[], n: number, unit: TimeUnit): Float64Array {
  const values = new Float64Array(n).fill(NaN);
  const perMs = unit === TimeUnit.NANOSECOND
    ? 1_000_000n
    : unit === TimeUnit.MICROSECOND
    ? 1000n
    : 1n;
  const msPer = unit === TimeUnit.SECOND ? 1000 : 1;
  eachPresent(chunks, (chunk, i, row) => {
    values[row] = instantMs(BigInt(chunk.values[i]), perMs) * msPer;
  });
  return values;
}

function decimalColumn(type: Decimal, chunks: readonly Data[], n: number): Column {
  const values = new Float64Array(n).fill(NaN);
  const words = type.bitWidth / 32;
  eachPresent(chunks, (chunk, i, row) => {
    let unscaled = 0n;
    for (let w = words - 1; w >= 0; --w) {
      unscaled = (unscaled << 32n) | BigInt(chunk.values[i * words + w] >>> 0);
    }
    values[row] = Number(BigInt.asIntN(type.bitWidth, unscaled)) / 10 ** type.scale;
  });
  return { type: "number", values };
}

/**
 * Writes a table as an Arrow IPC stream: utf8, double, int32, date32, timestamp in UTC
 * milliseconds and bool, every column nullable, missing as null.
 *
 * Texts go out plain, not as an Arrow dictionary, so that other programs read texts; Parquet
 * dictionary-encodes them on its own.
 */
export function arrowBytes(from: Table): Uint8Array {
  const names = Object.keys(from.columns);
  const columns = Object.values(from.columns);
  const schema = new Schema(
    columns.map((column, k) => new Field(names[k]!, arrowType(column), true)),
  );
  const utf8 = columns.map((column) =>
    column.type === "string" ? column.labels.map((label) => new TextEncoder().encode(label)) : []
  );
  const batches: RecordBatch[] = [];
  for (let start = 0; start < from.nRows || batches.length === 0; start += BATCH_ROWS) {
    const end = Math.min(start + BATCH_ROWS, from.nRows);
    const children = columns.map((column, k) => dataOf(column, utf8[k]!, start, end));
    const length = end - start;
    const data = makeData({ type: new Struct(schema.fields), length, nullCount: 0, children });
    batches.push(new RecordBatch(schema, data));
  }
  return tableToIPC(new ArrowTable(schema, batches), "stream");
}

function arrowType(column: Column): DataType {
  switch (column.type) {
    case "string":
      return new Utf8();
    case "number":
      return new Float64();
    case "integer":
      return new Int32();
    case "date":
      return new DateDay();
    case "timestamp":
      return new TimestampMillisecond("UTC");
    case "bool":
      return new Bool();
  }
}

function dataOf(column: Column, utf8: readonly Uint8Array[], start: number, end: number): Data {
  const length = end - start;
  const nulls = nullBitmap(column, start, end);
  switch (column.type) {
    case "string": {
      const valueOffsets = new Int32Array(length + 1);
      for (let i = 0; i < length; ++i) {
        valueOffsets[i + 1] = valueOffsets[i]! + (utf8[column.codes[start + i]!]?.length ?? 0);
      }
      const data = new Uint8Array(valueOffsets[length]!);
      for (let i = 0; i < length; ++i) {
        const code = column.codes[start + i]!;
        if (code >= 0) data.set(utf8[code]!, valueOffsets[i]!);
      }
      return makeData({ type: new Utf8(), length, ...nulls, valueOffsets, data });
    }
    case "number":
      return makeData({
        type: new Float64(),
        length,
        ...nulls,
        data: column.values.slice(start, end),
      });
    case "integer":
      return makeData({
        type: new Int32(),
        length,
        ...nulls,
        data: column.values.slice(start, end),
      });
    case "date":
      return makeData({
        type: new DateDay(),
        length,
        ...nulls,
        data: column.values.slice(start, end),
      });
    case "timestamp": {
      const data = BigInt64Array.from(
        { length },
        (_, i) => BigInt(Math.floor(column.values[start + i]!) || 0),
      );
      return makeData({ type: new TimestampMillisecond("UTC"), length, ...nulls, data });
    }
    case "bool": {
      const data = new Uint8Array((length + 7) >> 3);
      for (let i = 0; i < length; ++i) {
        if (column.values[start + i] === 1) data[i >> 3]! |= 1 << (i & 7);
      }
      return makeData({ type: new Bool(), length, ...nulls, data });
    }
  }
}
