// @ts-types="@types/d3-dsv"
import { dsvFormat } from "d3-dsv";
import { inProject } from "./project_root.ts";
import { stringColumn, type Table, table } from "../core/table.ts";

/**
 * A CSV file as a person left it, every column as text: by RFC 4180, with comma, semicolon or tab
 * between the fields, whichever the header holds most of, with or without a byte order mark.
 *
 * An empty field is missing; blanks around a field fall away; the apostrophe that `tableCsv` puts
 * before a text that a spreadsheet would run is taken off again. A row without a filled field is no
 * row.
 *
 * @param file Name for messages.
 * @throws {SyntaxError} If there is no header, a column has no name or two have the same, or a row has
 * more fields than the header.
 */
export function parseCsv(text: string, file: string): Table {
  const plain = text.replace(/^\ufeff/, "");
  const header = plain.slice(0, plain.search(/[\r\n]|$/));
  const delimiter = [",", ";", "\t"].reduce((best, one) =>
    header.split(one).length > header.split(best).length ? one : best
  );
  const rows = dsvFormat(delimiter).parseRows(plain, (fields) => fields.map((one) => one.trim()));
  const names = rows.shift() ?? [];
  const faulty = names.find((name, i) => name === "" || names.indexOf(name) !== i);
  if (names.length === 0 || faulty !== undefined) {
    throw refusal(file, "its header must name each column once", `"${header.slice(0, 80)}"`);
  }
  const filled = rows.flatMap((fields, i) =>
    fields.some((one) => one !== "") ? [[i, fields]] : []
  ) as [number, string[]][];
  const long = filled.find(([, fields]) => fields.length > names.length);
  if (long !== undefined) {
    const [i, fields] = long;
    const got = `${fields.length} in row ${i + 1}`;
    throw refusal(file, `no row must have more than the header's ${names.length} fields`, got);
  }
  return table(Object.fromEntries(
    names.map((name, k) => [name, stringColumn(filled.map(([, fields]) => cell(fields[k])))]),
  ));
}

/** Reads a CSV file; see {@link parseCsv}. */
export async function readCsv(path: string): Promise<Table> {
  const file = path.slice(path.lastIndexOf("/") + 1);
  let bytes: Uint8Array;
  try {
    bytes = await Deno.readFile(path);
  } catch (cause) {
    throw new Error(
      `Cannot read CSV file "${file}" as it must be a readable file: got ${
        cause instanceof Error ? cause.message : cause
      }`,
      { cause },
    );
  }
  return parseCsv(textOf(bytes), file);
}

/** UTF-8, or UTF-16 where a byte order mark says so, as spreadsheets write "Unicode text". */
function textOf(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const encoding = first === 0xff && second === 0xfe
    ? "utf-16le"
    : first === 0xfe && second === 0xff
    ? "utf-16be"
    : "utf-8";
  return new TextDecoder(encoding).decode(bytes);
}

/** The CSV files of a folder by name, in that order; none where there is no such folder. */
export async function readCsvFolder(
  folder: string,
): Promise<{ readonly file: string; readonly table: Table }[]> {
  const path = inProject(folder);
  const files = await Array.fromAsync(Deno.readDir(path), ({ name }) => name).catch((error) => {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  });
  return await Promise.all(
    files.filter((name) => /\.csv$/i.test(name)).sort().map(async (file) => ({
      file,
      table: await readCsv(`${path}/${file}`),
    })),
  );
}

function cell(field: string | undefined): string | null {
  if (field === undefined || field === "") return null;
  return field.startsWith("'") ? field.slice(1) : field;
}

function refusal(file: string, must: string, got: string): SyntaxError {
  return new SyntaxError(`Cannot read CSV file "${file}" as ${must}: got ${got}`);
}
