import assert from "node:assert/strict";
import fc from "fast-check";
import { injectParameters } from "lib/notebook/parameters.ts";
import { notebookOf } from "./temporary_project.ts";

const defaults = ['const params = { seed: 7, name: "a" };', "parameters"] as const;

/** Runs the cells as one script and gives `params`, as the kernel would have it. */
function paramsOf(parameters: Record<string, unknown>): unknown {
  const { cells } = injectParameters(notebookOf([defaults]), parameters, "n");
  const script = cells.map(({ source }) => source).join("\n")
    .replace(" satisfies Partial<typeof params>", "");
  return new Function(`${script}\nreturn params;`)();
}

Deno.test("injectParameters() puts one tagged cell after the defaults", () => {
  const given = injectParameters(notebookOf(["1", defaults, "2"]), { seed: 8 }, "n");
  assert.deepEqual(given.cells.map(({ source }) => source), [
    "1",
    defaults[0],
    'void Object.assign(params, {"seed":8} satisfies Partial<typeof params>);',
    "2",
  ]);
  assert.deepEqual(given.cells[2]!.metadata, { tags: ["injected-parameters"] });
});

Deno.test("injectParameters() replaces the cell of an earlier run", () => {
  const once = injectParameters(notebookOf([defaults]), { seed: 8 }, "n");
  assert.deepEqual(
    injectParameters(once, { seed: 9 }, "n"),
    injectParameters(notebookOf([defaults]), { seed: 9 }, "n"),
  );
});

Deno.test("injectParameters() leaves the defaults of what is not given", () => {
  assert.deepEqual(paramsOf({ name: "b" }), { seed: 7, name: "b" });
});

Deno.test("injectParameters() carries any JSON value unchanged", () => {
  const text = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom("\u2028\u2029", "</script>", '\\"', "`${1}`", "__proto__", '"__proto__":'),
  );
  fc.assert(
    fc.property(fc.dictionary(text, fc.oneof(text, fc.jsonValue())), (parameters) => {
      const value = JSON.parse(JSON.stringify(parameters));
      assert.deepEqual(paramsOf({ value: parameters }), { seed: 7, name: "a", value });
    }),
    { seed: 7, numRuns: 30 },
  );
});

Deno.test("injectParameters() refuses a notebook without a place for them", () => {
  assert.throws(() => injectParameters(notebookOf(["1"]), { seed: 8 }, "n"), {
    name: "TypeError",
    message:
      'Cannot give parameters to notebook "n" as one code cell must be tagged "parameters": got 0',
  });
  assert.deepEqual(injectParameters(notebookOf(["1"]), {}, "n"), notebookOf(["1"]));
});

Deno.test("injectParameters() refuses a value that JSON would change", () => {
  for (const value of [NaN, undefined, 1n, () => 1]) {
    assert.throws(() => injectParameters(notebookOf([defaults]), { seed: value }, "n"), {
      name: "TypeError",
      message:
        `Cannot give parameter "seed" to a notebook as JSON must be able to hold it: got ${value}`,
    });
  }
});
