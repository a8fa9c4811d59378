import { basename, join } from "node:path";
import { hashFile, sha256Hex } from "../../store/hash.ts";
import { CONTRACT_FILES, REJECTED_FILE } from "./contract.ts";

/**
 * SHA-256 over the files of the data contract in a folder, which is all that a universe is read
 * from; whatever else lies there does not count. A file that is absent counts as absent.
 *
 * @throws {Error} If a file cannot be read.
 */
export async function hashContract(folder: string): Promise<string> {
  const lines: string[] = [];
  for (const file of [...CONTRACT_FILES, REJECTED_FILE]) {
    try {
      lines.push(`${file} ${await hashFile(join(folder, file))}`);
    } catch (cause) {
      if (cause instanceof Deno.errors.NotFound) continue;
      throw new Error(
        `Cannot read folder "${basename(folder)}" as "${file}" must be a readable file: got ${
          cause instanceof Error ? cause.message : cause
        }`,
        { cause },
      );
    }
  }
  return sha256Hex(lines.join("\n"));
}
