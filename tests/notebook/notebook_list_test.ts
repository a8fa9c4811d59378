import assert from "node:assert/strict";
import { join } from "node:path";
import { readNotebooks, selectNotebooks } from "lib/notebook/notebook_list.ts";
import { notebookOf, temporaryProject } from "./temporary_project.ts";

Deno.test("readNotebooks() takes numbered notebooks in the order of their numbers", async () => {
  await using project = await temporaryProject();
  for (const name of ["10_c", "02_b", "01_a", "draft"]) {
    await project.write(name, notebookOf(["1"], name === "01_a" ? { writes: ["01_x"] } : {}));
  }
  const found = await readNotebooks(join(project.root, "notebooks"));
  assert.deepEqual(found.map(({ name }) => name), ["01_a", "02_b", "10_c"]);
  assert.deepEqual(found[0]!.declares, {
    ...{ reads: [], writes: ["01_x"], exports: [], takes: [], consults: [], requires: [] },
  });
});

Deno.test("readNotebooks() refuses two writers of one checkpoint", async () => {
  await using project = await temporaryProject();
  await project.write("01_a", notebookOf(["1"], { writes: ["01_x"] }));
  await project.write("02_b", notebookOf(["1"], { writes: ["01_x"] }));
  await assert.rejects(readNotebooks(join(project.root, "notebooks")), {
    name: "RangeError",
    message: 'Cannot order notebook "02_b" as one notebook alone must write "01_x": got "01_a" too',
  });
});

Deno.test("readNotebooks() refuses a declaration with a word it does not know", async () => {
  await using project = await temporaryProject();
  const notebook = notebookOf(["1"]);
  notebook.metadata["basketry"] = { write: ["01_x"] };
  await project.write("01_a", notebook);
  await assert.rejects(readNotebooks(join(project.root, "notebooks")), {
    name: "SyntaxError",
    message:
      /^Cannot read notebook "01_a" as its metadata\.basketry must be \{reads, writes, exports\}: got Unrecognized key: "write"/,
  });
});

Deno.test("selectNotebooks() takes numbers with and without their zero, and whole names", async () => {
  await using project = await temporaryProject();
  for (const name of ["01_a", "02_b", "11_c"]) await project.write(name, notebookOf(["1"]));
  const all = await readNotebooks(join(project.root, "notebooks"));
  const chosen = (...only: string[]) => selectNotebooks(all, only).map(({ name }) => name);
  assert.deepEqual(chosen("2", "01"), ["01_a", "02_b"]);
  assert.deepEqual(chosen("11_c", "11"), ["11_c"]);
  assert.deepEqual(selectNotebooks(all, undefined), all);
  for (const wanted of ["", "0", "001", "01_", "a", "*"]) {
    assert.throws(() => chosen(wanted), { name: "RangeError" }, wanted);
  }
});
