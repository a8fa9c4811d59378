import assert from "node:assert/strict";

/** What `docs/architecture.md` allows a room of lib. */
interface Room {
  readonly imports: ReadonlySet<string>;
  readonly types: ReadonlySet<string>;
  readonly pure: boolean;
}

const LIB = new URL("../lib/", import.meta.url);
const IMPURE = /\b(Deno\.|fetch\(|Date\.now|new Date\(\)|Math\.random|console\.|crypto\.)/;
const DRAWERS = /(^|\/)(mod|index|utils?|helpers?|common|types|misc)\.ts$/;
/** Languages rather than services, which several files speak: schemas, and the marks of charts. */
const SHARED_PACKAGES: Readonly<Record<string, RegExp>> = {
  "zod": /^/,
  "@observablehq/plot": /^(charts|page)\//,
  "preact": /^page\//,
};

function rooms(): Map<string, Room> {
  const text = Deno.readTextFileSync(new URL("../docs/architecture.md", import.meta.url));
  const found = new Map<string, Room>();
  for (const line of text.split("\n")) {
    const cells = line.split("|").map((cell) => cell.trim());
    const name = cells[1]?.match(/^`(\w+)`$/)?.[1];
    if (cells.length !== 7 || name === undefined) continue;
    const words = (cell: string) => new Set(cell.split(/\s+/).filter((word) => word !== ""));
    found.set(name, {
      imports: words(cells[3]!),
      types: words(cells[4]!),
      pure: cells[5] === "yes",
    });
  }
  return found;
}

interface Source {
  readonly room: string;
  /** Relative to lib. */
  readonly path: string;
  readonly text: string;
  /** The text without comments. */
  readonly code: string;
}

function sources(folder = LIB, prefix = ""): Source[] {
  const found: Source[] = [];
  for (const entry of Deno.readDirSync(folder)) {
    const path = prefix + entry.name;
    if (entry.isDirectory) {
      found.push(...sources(new URL(`${entry.name}/`, folder), `${path}/`));
    } else if (/\.tsx?$/.test(entry.name)) {
      const text = Deno.readTextFileSync(new URL(entry.name, folder));
      found.push({ room: path.split("/")[0]!, path, text, code: withoutComments(text) });
    }
  }
  return found.sort((a, b) => a.path < b.path ? -1 : 1);
}

/** Blanks comments, and only these: texts in quotes may hold `//` and slash-star. */
function withoutComments(text: string): string {
  const quotedOrComment =
    /("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)|\/\*[^]*?\*\/|\/\/[^\n]*/g;
  return text.replace(quotedOrComment, (_, quoted) => quoted ?? "");
}

/** Every import or re-export: what it names and whether it is erased at run time. */
function importsOf({ code }: Source): { target: string; typeOnly: boolean }[] {
  const statement = /\b(?:import|export)\s+(type\s+)?(?:([^"';]*?)\s+from\s+)?"([^"]+)"/g;
  const dynamic = /\bimport\(\s*"([^"]+)"\s*\)/g;
  return [
    ...Array.from(code.matchAll(statement), ([, type, names, target]) => ({
      target: target!,
      typeOnly: type !== undefined || onlyTypes(names ?? ""),
    })),
    ...Array.from(code.matchAll(dynamic), ([, target]) => ({ target: target!, typeOnly: false })),
  ];
}

function onlyTypes(names: string): boolean {
  const inner = names.match(/^\{([^}]*)\}$/)?.[1];
  const list = (inner ?? "").split(",").map((name) => name.trim()).filter((name) => name !== "");
  return list.length > 0 && list.every((name) => name.startsWith("type "));
}

function roomOf(source: Source, target: string): string | undefined {
  if (target.startsWith("lib/")) return target.split("/")[1];
  if (!target.startsWith(".")) return undefined;
  const url = new URL(target, new URL(source.path, LIB));
  return url.href.startsWith(LIB.href) ? url.href.slice(LIB.href.length).split("/")[0] : "..";
}

const table = rooms();
const all = sources();

Deno.test("docs/architecture.md lists every room of lib", () => {
  assert.ok(table.size >= 10, "the table of rooms was not found");
  for (const room of new Set(all.map((source) => source.room))) {
    assert.ok(table.has(room), `lib/${room} is not in the table of docs/architecture.md`);
  }
});

Deno.test("the table of rooms has no circle", () => {
  const floor = (room: string, path: readonly string[]): number => {
    assert.ok(!path.includes(room), `circle of rooms: ${[...path, room].join(" → ")}`);
    const below = [...table.get(room)!.imports];
    return 1 + Math.max(0, ...below.map((other) => floor(other, [...path, room])));
  };
  for (const room of table.keys()) floor(room, []);
});

for (const [room, allowed] of table) {
  const files = all.filter((source) => source.room === room);
  if (files.length === 0) continue;

  Deno.test(`lib/${room} imports only along the table`, () => {
    for (const source of files) {
      for (const { target, typeOnly } of importsOf(source)) {
        const other = roomOf(source, target);
        if (other === undefined || other === room) continue;
        const may = allowed.imports.has(other) || (typeOnly && allowed.types.has(other));
        assert.ok(may, `lib/${source.path} may not import ${target}`);
      }
    }
  });

  Deno.test(`lib/${room} keeps the house rules`, () => {
    for (const { path, text, code } of files) {
      assert.ok(text.split("\n").length <= 301, `lib/${path} is over 300 lines`);
      assert.match(path, /^[a-z0-9_/]+\.tsx?$/, `lib/${path} is not in snake_case`);
      assert.doesNotMatch(path, DRAWERS, `lib/${path} is a drawer`);
      assert.doesNotMatch(
        code,
        /\bexport\s+default\b|\bexport\s+\*/,
        `lib/${path}: named exports only`,
      );
      assert.doesNotMatch(code, /[:<]\s*any\b|\bas any\b/, `lib/${path} uses any`);
      assert.doesNotMatch(
        code,
        /^(export )?const \w+( =|:[^=]*=) (async )?\([^)]*\) =>/m,
        `lib/${path}: top-level arrow`,
      );
      if (allowed.pure) assert.doesNotMatch(code, IMPURE, `lib/${path} touches the world`);
    }
  });
}

Deno.test("what venues ask and what their answers mean is pure", () => {
  const ofVenues = all.filter(({ path }) =>
    /^sources\/(polymarket|kalshi|benchmarks|dome)\//.test(path)
  );
  assert.ok(ofVenues.length > 50, "the folders of the venues were not found");
  for (const source of ofVenues) {
    assert.doesNotMatch(source.code, IMPURE, `lib/${source.path} touches the world`);
    for (const { target } of importsOf(source)) {
      const isNetwork = roomOf(source, target) === "fetch" && !target.endsWith("fetch/ask.ts");
      assert.ok(!isNetwork, `lib/${source.path} may not import ${target}`);
    }
  }
});

Deno.test("an npm package is imported by one file of lib", () => {
  const importers = new Map<string, Set<string>>();
  for (const source of all) {
    for (const { target } of importsOf(source)) {
      if (/^(\.|lib\/|node:)/.test(target)) continue;
      const name = target.split("/").slice(0, target.startsWith("@") ? 2 : 1).join("/");
      if (!importers.has(name)) importers.set(name, new Set());
      importers.get(name)!.add(source.path);
    }
  }
  for (const [name, paths] of importers) {
    const speakers = SHARED_PACKAGES[name];
    const fine = speakers ? [...paths].every((path) => speakers.test(path)) : paths.size === 1;
    assert.ok(fine, `${name} is imported by ${[...paths].join(", ")}`);
  }
});

Deno.test("every npm package of deno.json has an exact version", () => {
  const config = JSON.parse(Deno.readTextFileSync(new URL("../deno.json", import.meta.url)));
  for (const [name, target] of Object.entries(config.imports)) {
    if (name === "lib/") continue;
    assert.match(String(target), /^npm:(@[^/]+\/)?[^@/]+@\d+\.\d+\.\d+(-[\w.]+)?$/, name);
  }
  assert.equal(config.lock.frozen, true);
});

Deno.test("the house rules notice what they forbid", () => {
  const code = withoutComments('const a = "// no comment"; // fetch(\n/* console. */ b');
  assert.equal(code, 'const a = "// no comment"; \n b');
  const source: Source = {
    room: "stats",
    path: "stats/x.ts",
    text: "",
    code: 'import { type A } from "../core/a.ts";\nimport type { B } from "lib/charts/b.ts";\n' +
      'import { c } from "zod";\nexport { d } from "../store/d.ts";\nawait import("./e.ts");',
  };
  assert.deepEqual(importsOf(source), [
    { target: "../core/a.ts", typeOnly: true },
    { target: "lib/charts/b.ts", typeOnly: true },
    { target: "zod", typeOnly: false },
    { target: "../store/d.ts", typeOnly: false },
    { target: "./e.ts", typeOnly: false },
  ]);
  assert.deepEqual(
    importsOf(source).map(({ target }) => roomOf(source, target)),
    ["core", "charts", undefined, "store", "stats"],
  );
});

Deno.test("pictures and pages that the documents name are there, and no place was left to fill", async () => {
  for (
    const path of ["README.md", "docs/architecture.md", "docs/methods.md", "docs/CONTRIBUTING.md"]
  ) {
    const text = await Deno.readTextFile(new URL(`../${path}`, import.meta.url));
    assert.doesNotMatch(text, /\b[A-Z]+_(?:TABLE|LINE)\b/, path);
    for (const [, target] of text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)) {
      const file = new URL(target!, new URL(`../${path}`, import.meta.url));
      assert.ok((await Deno.stat(file)).isFile, `${path} names ${target}`);
    }
  }
});
