import assert from "node:assert/strict";
import { writtenFiles } from "lib/notebook/run_record.ts";

const DECLARES = {
  ...{ reads: [], takes: [], consults: [], requires: [] },
  writes: ["05_nav"],
  exports: ["baskets/", "charts/nav.svg"],
};
const NAV = ["checkpoints/05_nav.meta.json", "checkpoints/05_nav.parquet"];

function states(paths: readonly string[], state = "new"): Map<string, string> {
  return new Map(paths.map((path) => [path, state]));
}

Deno.test("writtenFiles() lets a declared folder stay empty, but no declared file", () => {
  const after = states([...NAV, "outputs/charts/nav.svg"]);
  assert.deepEqual(writtenFiles(DECLARES, new Map(), after), {
    ...{ written: [...after.keys()], missing: [], undeclared: [] },
  });
  assert.deepEqual(writtenFiles(DECLARES, after, after), {
    written: [],
    missing: [...NAV].reverse().concat("outputs/charts/nav.svg"),
    undeclared: [],
  });
});

Deno.test("writtenFiles() takes every file of a declared folder for declared, and none beside it", () => {
  const inside = ["outputs/baskets/2025-02-01.json", "outputs/baskets/more/a.json"];
  const beside = ["outputs/baskets", "outputs/baskets.json", "outputs/baskets_old/a.json"];
  const after = states([...NAV, "outputs/charts/nav.svg", ...inside, ...beside]);
  const { written, missing, undeclared } = writtenFiles(DECLARES, new Map(), after);
  assert.deepEqual(written, [...NAV, ...inside, "outputs/charts/nav.svg"]);
  assert.deepEqual([missing, undeclared], [[], beside]);
});

Deno.test("writtenFiles() does not count a document of an earlier run as written", () => {
  const old = states(["outputs/baskets/2025-01-01.json"], "old");
  const after = new Map([...old, ...states([...NAV, "outputs/charts/nav.svg"])]);
  const { written, missing } = writtenFiles(DECLARES, old, after);
  assert.deepEqual(written, [...NAV, "outputs/charts/nav.svg"]);
  assert.deepEqual(missing, []);
});
