import assert from "node:assert/strict";
import { join } from "node:path";
import { pageBundle } from "lib/desk/page_bundle.ts";

const SCRIPT = 'import { greeting } from "./greeting.ts";\nconsole.log(greeting("desk"));\n';

/** Does some work in a project with a small page, which is removed afterwards. */
async function inProject(work: (root: string) => Promise<void>): Promise<void> {
  const root = await Deno.makeTempDir({ prefix: "basketry-bundle-" });
  try {
    const page = join(root, "lib", "page");
    await Deno.mkdir(page, { recursive: true });
    await Deno.writeTextFile(join(root, "deno.json"), '{ "nodeModulesDir": "none" }');
    await Deno.writeTextFile(join(root, "deno.lock"), '{ "version": "5" }');
    await Deno.writeTextFile(join(page, "main.tsx"), SCRIPT);
    await Deno.writeTextFile(
      join(page, "greeting.ts"),
      "export function greeting(name: string): string { return `Hello, ${name}`; }\n",
    );
    for (const name of ["audit", "desk", "baskets"]) {
      await Deno.writeTextFile(join(page, `${name}.css`), `.${name}{margin:0}`);
    }
    await work(root);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

/** A program that bundles by copying, says what it was asked, and may fail. */
async function program(root: string, lines: string): Promise<string> {
  const path = join(root, "bundler.sh");
  await Deno.writeTextFile(path, `#!/bin/sh\n${lines}\n`);
  await Deno.chmod(path, 0o700);
  return path;
}

const COPIES = 'echo "$@" >> asked.txt; cp lib/page/main.tsx "$7"';

function bundlesOf(root: string): string[] {
  return [...Deno.readDirSync(join(root, ".cache"))].map(({ name }) => name).sort();
}

Deno.test("pageBundle() makes one module for the browser with deno bundle", () =>
  inProject(async (root) => {
    const { script } = await pageBundle({ root });
    assert.doesNotMatch(script, /\bimport\b|string/);
    const { stdout } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--no-config", join(root, ".cache", bundlesOf(root)[0]!)],
      env: { NO_COLOR: "1" },
    }).output();
    assert.equal(new TextDecoder().decode(stdout), "Hello, desk\n");
  }));

Deno.test("pageBundle() bundles again only where the program changed, and drops the old bundle", () =>
  inProject(async (root) => {
    const deno = await program(root, COPIES);
    const asked = () => Deno.readTextFileSync(join(root, "asked.txt")).trim().split("\n");
    const first = await pageBundle({ root, deno });
    assert.equal(first.script, SCRIPT);
    assert.deepEqual(await pageBundle({ root, deno }), first);
    assert.equal(asked().length, 1);
    assert.match(
      asked()[0]!,
      /^bundle --quiet --platform browser --minify --output \S+desk-[0-9a-f]{16}\.js\S+ lib\/page\/main\.tsx$/,
    );
    const [name] = bundlesOf(root);
    assert.match(name!, /^desk-[0-9a-f]{16}\.js$/);
    await Deno.writeTextFile(join(root, "lib", "page", "main.tsx"), "1;\n");
    assert.equal((await pageBundle({ root, deno })).script, "1;\n");
    assert.equal(asked().length, 2);
    await Deno.writeTextFile(join(root, "deno.lock"), '{ "version": "4" }');
    await pageBundle({ root, deno });
    assert.equal(asked().length, 3);
    assert.equal(bundlesOf(root).length, 1);
    assert.notEqual(bundlesOf(root)[0], name);
  }));

Deno.test("pageBundle() joins the styles, the shared one first, with the desk's own fonts", () =>
  inProject(async (root) => {
    const { style } = await pageBundle({ root, deno: await program(root, COPIES) });
    assert.match(
      style,
      /^@font-face\{font-family:Inter;font-weight:400;font-display:swap;src:url\("\/font\/regular\.ttf"\)\}\n@font-face\{[^}]*600[^}]*semibold\.ttf"\)\}\n\.desk\{margin:0\}\n\.audit\{margin:0\}\n\.baskets\{margin:0\}$/,
    );
  }));

Deno.test("pageBundle() says what went wrong and leaves nothing behind", () =>
  inProject(async (root) => {
    const message = (got: string) =>
      `Cannot bundle the page of the review desk as deno bundle must succeed: got ${got}\n` +
      "  What to do: be online where it could not load something, as it does the first time";
    const failing = await program(root, 'echo half > "$7"; echo "error: no network" >&2; exit 1');
    await assert.rejects(pageBundle({ root, deno: failing }), {
      message: message("error: no network"),
    });
    const silent = await program(root, "exit 0");
    await assert.rejects(pageBundle({ root, deno: silent }), { message: message("no file") });
    assert.deepEqual(bundlesOf(root), []);
  }));
