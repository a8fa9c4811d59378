import assert from "node:assert/strict";
import { numberColumn, table } from "lib/core/table.ts";
import { exportCsv, exportFigure } from "lib/store/exports.ts";

const figure = { name: "coverage_funnel", svg: "<svg/>", png: () => Uint8Array.of(1, 2, 3) };

Deno.test("exportFigure() writes SVG and PNG below charts/ and gives their paths", async () => {
  const out = await Deno.makeTempDir();
  try {
    const paths = await exportFigure(figure, { out });
    assert.deepEqual(paths, {
      svg: `${out}/charts/coverage_funnel.svg`,
      png: `${out}/charts/coverage_funnel.png`,
    });
    assert.equal(await Deno.readTextFile(paths.svg), "<svg/>");
    assert.deepEqual(await Deno.readFile(paths.png), Uint8Array.of(1, 2, 3));
  } finally {
    await Deno.remove(out, { recursive: true });
  }
});

Deno.test("exportFigure() writes nothing when the PNG cannot be drawn", async () => {
  const out = await Deno.makeTempDir();
  try {
    const broken = { ...figure, png: (): Uint8Array => assert.fail("no font") };
    await assert.rejects(() => exportFigure(broken, { out }), /no font/);
    assert.deepEqual(Array.from(Deno.readDirSync(out)), []);
  } finally {
    await Deno.remove(out, { recursive: true });
  }
});

Deno.test("exportCsv() writes the table's CSV", async () => {
  const out = await Deno.makeTempDir();
  try {
    const path = await exportCsv("cluster_assignments", table({ x: numberColumn([0.5]) }), { out });
    assert.equal(path, `${out}/cluster_assignments.csv`);
    assert.equal(await Deno.readTextFile(path), "x\r\n0.5\r\n");
  } finally {
    await Deno.remove(out, { recursive: true });
  }
});

Deno.test("exportFigure() and exportCsv() refuse a name that could steer the path", async () => {
  for (const name of ["", "../x", "a/b", "A", ".x", "x.svg", "a\n"]) {
    const message = "Cannot name an export as it must be made of [a-z0-9_-] and begin with a " +
      `letter or digit: got ${JSON.stringify(name)}`;
    await assert.rejects(() => exportFigure({ ...figure, name }, { out: "/nowhere" }), { message });
    await assert.rejects(() => exportCsv(name, table({}), { out: "/nowhere" }), { message });
  }
});
