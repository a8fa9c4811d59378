import { join } from "node:path";
import { TEMPORARY_SUFFIX } from "../store/atomic.ts";
import { filesBelow, hashFile, hashFolder, sha256Hex } from "../store/hash.ts";
import { projectRoot } from "../store/project_root.ts";

/** What the page of the desk is made of. */
export interface PageBundle {
  /** One module without imports. */
  readonly script: string;
  readonly style: string;
}

/** Inter, which the charts are drawn with, as the desk serves it. */
const FONT_FACES = [[400, "regular"], [600, "semibold"]].map(([weight, file]) =>
  `@font-face{font-family:Inter;font-weight:${weight};font-display:swap;src:url("/font/${file}.ttf")}\n`
).join("");

/**
 * Bundles the page of the desk for the browser, or takes the bundle of an earlier call where neither the
 * program nor its packages are others.
 *
 * The file is made beside its place and renamed, so that a killed call leaves no half of a script.
 *
 * @param options.root Folder of the project, with `deno.json`, `deno.lock`, `lib/` and `.cache/`.
 * @param options.deno The program that bundles.
 * @throws {Error} If it cannot be bundled; the message ends with what the program said.
 */
export async function pageBundle(
  { root = projectRoot(), deno = Deno.execPath() }: {
    readonly root?: string;
    readonly deno?: string;
  } = {},
): Promise<PageBundle> {
  const style = await joinedStyles(join(root, "lib", "page"));
  const hash = sha256Hex([
    await hashFolder(join(root, "lib")),
    await hashFile(join(root, "deno.json")),
    await hashFile(join(root, "deno.lock")),
  ].join("\n"));
  const path = join(root, ".cache", `desk-${hash.slice(0, 16)}.js`);
  try {
    return { script: await Deno.readTextFile(path), style };
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  await removeOldBundles(join(root, ".cache"));
  const temporary = `${path}.${Deno.pid}${TEMPORARY_SUFFIX}`;
  try {
    await bundle(deno, root, temporary);
    const script = await Deno.readTextFile(temporary);
    await Deno.rename(temporary, path);
    return { script, style };
  } finally {
    await Deno.remove(temporary).catch(() => {});
  }
}

async function bundle(deno: string, root: string, to: string): Promise<void> {
  const entry = join("lib", "page", "main.tsx");
  const { success, stderr } = await new Deno.Command(deno, {
    args: ["bundle", "--quiet", "--platform", "browser", "--minify", "--output", to, entry],
    cwd: root,
    env: { NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1" },
    stdin: "null",
  }).output();
  const isThere = success && await Deno.stat(to).then(({ size }) => size > 0, () => false);
  if (isThere) return;
  const said = new TextDecoder().decode(stderr).split("\nStack backtrace")[0]!.trim();
  throw new Error(
    `Cannot bundle the page of the review desk as deno bundle must succeed: got ${
      said === "" ? "no file" : said
    }\n  What to do: be online where it could not load something, as it does the first time`,
  );
}

/** What all desks share, then the desks' own. */
async function joinedStyles(folder: string): Promise<string> {
  const names = (await filesBelow(folder)).filter((name) => name.endsWith(".css"));
  const rank = (name: string) => name === "desk.css" ? "" : name;
  names.sort((a, b) => rank(a) < rank(b) ? -1 : 1);
  const styles = await Promise.all(names.map((name) => Deno.readTextFile(join(folder, name))));
  return FONT_FACES + styles.join("\n");
}

async function removeOldBundles(folder: string): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
  for await (const { name } of Deno.readDir(folder)) {
    if (/^desk-[0-9a-f]{16}\.js$/.test(name)) await Deno.remove(join(folder, name)).catch(() => {});
  }
}
