import assert from "node:assert/strict";
import fc from "fast-check";
import { type Cell, formatNotebook, parseNotebook, withoutOutputs } from "lib/notebook/ipynb.ts";
import { notebookOf } from "./temporary_project.ts";

const python = Deno.env.get("BASKETRY_PYTHON");

Deno.test({
  name: "formatNotebook() gives what Python's nbformat calls valid, and writes itself",
  ignore: python === undefined,
  fn: async () => {
    const folder = await Deno.makeTempDir();
    const path = `${folder}/a.ipynb`;
    const notebook = notebookOf([
      "# Title\n\ntext",
      ["const params = { a: 1 };", "parameters"],
      "",
    ]);
    const cell = notebook.cells[1]!;
    assert.ok(cell.cell_type === "code");
    cell.execution_count = 1;
    cell.outputs.push(
      { output_type: "stream", name: "stdout", text: "a\nb\n" },
      {
        output_type: "execute_result",
        execution_count: 1,
        data: { "text/html": "<b>\nx</b>", "application/json": { z: [1], a: null } },
        metadata: {},
      },
      { output_type: "display_data", data: { "image/png": "iVBORw0KGgo=" }, metadata: {} },
      { output_type: "error", ename: "E", evalue: "é", traceback: ["E: é", "at x"] },
    );
    await Deno.writeTextFile(path, formatNotebook(notebook));
    // the same file, read and written by nbformat, byte for byte
    const code = `
import nbformat, sys
text = open(sys.argv[1], encoding="utf-8").read()
nb = nbformat.reads(text, as_version=4)
nbformat.validate(nb)
assert nbformat.writes(nb) == text.rstrip("\\n"), nbformat.writes(nb)
`;
    const { success, stderr } = await new Deno.Command(python!, { args: ["-c", code, path] })
      .output();
    await Deno.remove(folder, { recursive: true });
    assert.ok(success, new TextDecoder().decode(stderr));
  },
});

Deno.test("parseNotebook() takes back what formatNotebook() gives", () => {
  const text = fc.string({ unit: "binary" });
  const cell = fc.record({ isCode: fc.boolean(), source: text, printed: text });
  fc.assert(
    fc.property(fc.array(cell, { maxLength: 5 }), (sketches) => {
      const cells = sketches.map(({ isCode, source, printed }, i): Cell =>
        isCode
          ? {
            cell_type: "code",
            id: `c${i}`,
            metadata: {},
            source,
            execution_count: i,
            outputs: [{ output_type: "stream", name: "stdout", text: printed }],
          }
          : { cell_type: "markdown", id: `c${i}`, metadata: { tags: [source] }, source }
      );
      const notebook = { cells, metadata: {}, nbformat: 4 as const, nbformat_minor: 5 };
      const stored = formatNotebook(notebook);
      assert.deepEqual(parseNotebook(stored, "n"), notebook);
      assert.equal(formatNotebook(parseNotebook(stored, "n")), stored);
    }),
    { seed: 7, numRuns: 30 },
  );
});

Deno.test("withoutOutputs() leaves sources and clears counts and outputs", () => {
  const notebook = notebookOf(["1"]);
  const ran = structuredClone(notebook);
  const cell = ran.cells[0]!;
  assert.ok(cell.cell_type === "code");
  cell.execution_count = 3;
  cell.outputs.push({ output_type: "stream", name: "stderr", text: "x" });
  assert.deepEqual(withoutOutputs(ran), notebook);
});

Deno.test("parseNotebook() refuses what is not nbformat 4.5", () => {
  const refusals: [string, string][] = [
    [
      "{",
      `Cannot read notebook "n" as it must be JSON: got Expected property name or '}' in JSON at position 1 (line 1 column 2)`,
    ],
    [
      "[]",
      'Cannot read notebook "n" as it must be nbformat 4.5: got Invalid input: expected object, received array (top level)',
    ],
    [
      '{"cells":[],"metadata":{},"nbformat":4,"nbformat_minor":4}',
      'Cannot read notebook "n" as it must be nbformat 4.5: got Too small: expected number to be >=5 (nbformat_minor)',
    ],
    [
      '{"cells":[{"cell_type":"markdown","metadata":{},"source":"","id":"a b"}],"metadata":{},"nbformat":4,"nbformat_minor":5}',
      'Cannot read notebook "n" as it must be nbformat 4.5: got must be 1 to 64 letters, digits, - or _ (cells.0.id)',
    ],
  ];
  for (const [json, message] of refusals) {
    assert.throws(() => parseNotebook(json, "n"), { name: "SyntaxError", message });
  }
  const twice = notebookOf(["1", "2"]);
  twice.cells[1]!.id = "cell-0";
  assert.throws(() => parseNotebook(formatNotebook(twice), "n"), {
    name: "SyntaxError",
    message: 'Cannot read notebook "n" as its cell ids must be unique: got "cell-0" twice',
  });
});
