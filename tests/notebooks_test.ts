import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { type Cell, hasTag } from "lib/notebook/ipynb.ts";
import { readNotebooks } from "lib/notebook/notebook_list.ts";
import { typeCheck } from "lib/notebook/type_check.ts";

const folder = fileURLToPath(new URL("../notebooks/", import.meta.url));
const notebooks = await readNotebooks(folder);
const sourceOf = (cell: Cell) => Array.isArray(cell.source) ? cell.source.join("") : cell.source;

Deno.test("the cells of every notebook type-check", async () => {
  const problems = await typeCheck(
    Object.fromEntries(notebooks.map(({ name, notebook }) => [name, notebook])),
  );
  assert.deepEqual(problems, []);
});

// `deno fmt --check` of Deno 2.9.6 refuses every TypeScript notebook that it has not written itself,
// with an empty difference; through its standard input it gives the right answer
Deno.test("notebooks are formatted", async () => {
  for (const { name } of notebooks) {
    const text = await Deno.readTextFile(`${folder}${name}.ipynb`);
    const child = new Deno.Command(Deno.execPath(), {
      args: ["fmt", "--ext", "ipynb", "-"],
      cwd: fileURLToPath(new URL("../", import.meta.url)),
      stdin: "piped",
      stdout: "piped",
    }).spawn();
    const writer = child.stdin.getWriter();
    await writer.write(new TextEncoder().encode(text));
    await writer.close();
    const { stdout } = await child.output();
    assert.equal(new TextDecoder().decode(stdout), text, `format ${name}: deno fmt --ext ipynb -`);
  }
});

Deno.test("notebooks are numbered from 01 without a hole", () => {
  assert.deepEqual(
    notebooks.map(({ name }) => Number(name.slice(0, 2))),
    notebooks.map((_, i) => i + 1),
  );
});

for (const { name, notebook, declares } of notebooks) {
  const code = notebook.cells.filter((cell) => cell.cell_type === "code");

  Deno.test(`${name} is committed without outputs`, () => {
    for (const cell of code) {
      assert.deepEqual([cell.outputs, cell.execution_count], [[], null]);
    }
  });

  Deno.test(`${name} opens with its question, then its imports and parameters`, () => {
    const [first, second] = notebook.cells;
    assert.ok(sourceOf(first!).startsWith(`# ${name.slice(0, 2)} · `));
    for (const word of ["Question", "Reads", "Writes", "As of"]) {
      assert.match(sourceOf(first!), new RegExp(`\\*\\*${word}\\.\\*\\*`));
    }
    assert.ok(second!.cell_type === "code" && hasTag(second!, "parameters"));
    assert.match(sourceOf(second!), /^const params = \{/m);
    assert.equal(notebook.cells.at(-1)!.cell_type, "markdown");
  });

  Deno.test(`${name} has thin cells`, () => {
    for (const cell of code) {
      const source = sourceOf(cell);
      if (hasTag(cell, "parameters")) continue;
      assert.ok(source.split("\n").length <= 15, `cell ${cell.id} is longer than 15 lines`);
      assert.doesNotMatch(source, /\bimport\b|\bfunction\b|\bclass\b|\blet\b|\bvar\b|\bfor \(/);
      assert.doesNotMatch(source, /Deno\.env|Deno\.Command|https?:\/\/|["'`]\/(home|tmp|root)/);
    }
  });

  Deno.test(`${name} declares the checkpoints and charts that its cells leave`, () => {
    const all = code.map(sourceOf).join("\n");
    const written = Array.from(all.matchAll(/writeCheckpoint\(\s*"(\w+)"/g), ([, one]) => one);
    assert.deepEqual(written.sort(), [...declares.writes].sort());
    for (const checkpoint of written) assert.ok(checkpoint!.startsWith(name.slice(0, 2)));
    const nFigures = all.match(/exportFigure\(/g)?.length ?? 0;
    const svgs = declares.exports.filter((path) => path.endsWith(".svg"));
    assert.equal(svgs.length, nFigures);
  });
}
