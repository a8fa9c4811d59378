import { createHash } from "node:crypto";
import { join } from "node:path";
import { projectRoot } from "./project_root.ts";

/** SHA-256 of bytes or of a text's UTF-8 form, as 64 hexadecimal digits. */
export function sha256Hex(content: Uint8Array | string): string {
  return createHash("sha256").update(content).digest("hex");
}

/** SHA-256 of a file, read in pieces so that its size does not matter. */
export async function hashFile(path: string): Promise<string> {
  const hash = createHash("sha256");
  const file = await Deno.open(path, { read: true });
  for await (const piece of file.readable) hash.update(piece);
  return hash.digest("hex");
}

/**
 * SHA-256 over every file below a folder: names and contents, in the order of their names.
 *
 * @param keep Whether a path relative to `folder` counts; all do by default.
 */
export async function hashFolder(
  folder: string,
  keep: (path: string) => boolean = () => true,
): Promise<string> {
  const hash = createHash("sha256");
  for (const path of await filesBelow(folder)) {
    if (keep(path)) hash.update(`${path}\n${await hashFile(join(folder, path))}\n`);
  }
  return hash.digest("hex");
}

/** Paths of all files below a folder, relative to it, sorted. */
export async function filesBelow(folder: string, prefix = ""): Promise<string[]> {
  const found: string[] = [];
  for await (const entry of Deno.readDir(join(folder, prefix))) {
    const path = prefix === "" ? entry.name : `${prefix}/${entry.name}`;
    if (entry.isDirectory) found.push(...await filesBelow(folder, path));
    else found.push(path);
  }
  return found.sort();
}

/**
 * The state of the program that makes results in this process: SHA-256 over `lib/`, `config/` and
 * the locked versions of its packages.
 *
 * Taken once: a file that is edited later is not the one that was loaded.
 */
export function codeHash(): Promise<string> {
  return hashOfCode ??= hashCode(projectRoot());
}

let hashOfCode: Promise<string> | undefined;

async function hashCode(root: string): Promise<string> {
  return sha256Hex([
    await hashFolder(join(root, "lib")),
    await hashFolder(join(root, "config")),
    await hashFile(join(root, "deno.lock")),
  ].join("\n"));
}
