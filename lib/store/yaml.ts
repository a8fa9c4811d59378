import { basename } from "node:path";
import { parseDocument } from "yaml";
import { inProject } from "./project_root.ts";

/**
 * Reads a YAML 1.2 file as plain values, for a schema to parse.
 *
 * @param path File; a relative path is below the project's folder.
 * @throws {Error} If the file cannot be read.
 * @throws {SyntaxError} If it is not one YAML document without repeated keys or unknown tags; the
 *   message gives line and column.
 */
export async function readYaml(path: string): Promise<unknown> {
  let text: string;
  try {
    text = await Deno.readTextFile(inProject(path));
  } catch (cause) {
    const missing = cause instanceof Deno.errors.NotFound;
    const got = missing ? "no such file" : cause instanceof Error ? cause.message : cause;
    throw new Error(
      `Cannot read YAML file "${basename(path)}" as it must be a readable file: got ${got}`,
      { cause },
    );
  }
  return parseYaml(text, basename(path));
}

/** Reads YAML text as plain values; see {@link readYaml}. `file` is its name for messages. */
export function parseYaml(text: string, file: string): unknown {
  const document = parseDocument(text, { prettyErrors: true });
  const problem = document.errors[0] ?? document.warnings[0];
  if (problem) {
    const at = problem.linePos?.[0];
    // the parser appends its own position and an excerpt to the first line
    const got = problem.message.split("\n")[0]!.replace(/ at line \d+, column \d+:?$/, "");
    throw new SyntaxError(
      `Cannot read YAML file "${file}" as it must be valid YAML: got ${got} (line ${
        at?.line ?? "unknown"
      }, column ${at?.col ?? "unknown"})`,
    );
  }
  try {
    return document.toJS();
  } catch (cause) {
    const got = cause instanceof Error ? cause.message : cause;
    throw new SyntaxError(
      `Cannot read YAML file "${file}" as its aliases must resolve: got ${got}`,
      { cause },
    );
  }
}
