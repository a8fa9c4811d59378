import assert from "node:assert/strict";
import { joinCells } from "lib/notebook/join_cells.ts";
import { injectParameters } from "lib/notebook/parameters.ts";
import { typeCheck } from "lib/notebook/type_check.ts";
import { notebookOf, temporaryProject } from "./temporary_project.ts";

Deno.test("joinCells() maps every line to its cell and ends each cell", () => {
  const { text, origins } = joinCells(notebookOf(["const a = 1", "# Text", "(2)\n// done", ""]));
  assert.deepEqual(text.split("\n"), [
    "// cell 1",
    "const a = 1;",
    "// cell 3",
    "(2)",
    "// done",
    "export {};",
    "",
  ]);
  assert.deepEqual(origins, [
    null,
    { cell: 0, line: 1 },
    null,
    { cell: 2, line: 1 },
    { cell: 2, line: 2 },
    null,
  ]);
});

Deno.test("typeCheck() names the notebook, the cell and the line", async () => {
  await using project = await temporaryProject();
  const defaults = ["const params = { seed: 7 };", "parameters"] as const;
  const problems = await typeCheck({
    "01_good": notebookOf(["const x = await Promise.resolve(1);", "x + 1"]),
    "02_bad": notebookOf(["# Text", 'const x = 1;\nconst y: number = "no";', "const x = 2;"]),
    "03_given": injectParameters(notebookOf([defaults]), { sed: 8 }, "03_given"),
  }, { project: project.root });
  const found = problems.map(({ source, cell, line, message }) =>
    [source, cell, line, message.split(":")[0]].join(" ")
  ).sort();
  assert.deepEqual(found, [
    "02_bad 1 1 TS2451",
    "02_bad 1 2 TS2322",
    "02_bad 2 1 TS2451",
    "03_given 1 1 TS2353",
  ]);
});

Deno.test("typeCheck() reports text that cannot be parsed and modules that do not exist", async () => {
  await using project = await temporaryProject();
  const options = { project: project.root };
  const broken = await typeCheck({ a: notebookOf(["1", "const a = ;"]) }, options);
  assert.deepEqual(broken, [
    { source: "a", cell: 1, line: 1, message: "SyntaxError: Expression expected" },
  ]);
  const [missing] = await typeCheck({ a: notebookOf(['import "./nope.ts";']) }, options);
  assert.equal(missing?.cell, 0);
});

Deno.test("typeCheck() keeps the cells of one day in one place each, so that Deno knows them again", async () => {
  await using project = await temporaryProject();
  const options = { project: project.root };
  const cache = `${project.root}/.cache`;
  const folders = () => Array.from(Deno.readDirSync(cache), ({ name }) => name).sort();
  const notebooks = { a: notebookOf(["const x = 1;"]) };
  await typeCheck(notebooks, options);
  const first = folders();
  assert.equal(first.length, 1);
  assert.deepEqual([...Deno.readDirSync(`${cache}/${first[0]}`)].map(({ name }) => name), ["a.ts"]);
  await Deno.writeTextFile(`${cache}/${first[0]}/a.ts`, "const x: string = 1;");
  assert.deepEqual(await typeCheck(notebooks, options), []);
  assert.deepEqual(folders(), first);

  const old = new Date(Date.now() - 2 * 24 * 3_600_000);
  await Deno.utime(`${cache}/${first[0]}`, old, old);
  await Deno.mkdir(`${cache}/kept`);
  const bad = { a: notebookOf(["const x: string = 1;"]) };
  assert.equal((await typeCheck(bad, options)).length, 1);
  assert.equal((await typeCheck(bad, options)).length, 1);
  assert.equal(folders().length, 2);
  assert.ok(!folders().includes(first[0]!));
});
