import { isAbsolute, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * Folder of the project (where `deno.json` is), without a slash at its end.
 *
 * A kernel's working folder is wherever Jupyter put it, so no path may depend on it.
 */
export function projectRoot(): string {
  return resolve(fileURLToPath(new URL("../../", import.meta.url)));
}

/** `path` itself where it is absolute, else below the project's folder. */
export function inProject(path: string): string {
  return isAbsolute(path) ? path : join(projectRoot(), path);
}
