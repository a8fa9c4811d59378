import assert from "node:assert/strict";
import { join } from "node:path";
import { readNotebooks } from "lib/notebook/notebook_list.ts";
import { parametersOf, pathOptions, runKey } from "lib/notebook/run_key.ts";
import { runNotebooks } from "lib/notebook/runner.ts";
import { notebookOf, temporaryProject } from "./temporary_project.ts";

const nothing = { reads: [], writes: [], exports: [], takes: [], consults: [], requires: [] };
const options = {
  labels: { value: "/some/where.parquet", sha256: "a1", isPath: true },
  mode: { value: "b" },
};

Deno.test("parametersOf() gives a notebook the options that it takes and no others", () => {
  const params = { out: "data" };
  assert.deepEqual(parametersOf(nothing, { params, options }), { out: "data" });
  const takes = ["mode", "unknown"];
  assert.deepEqual(parametersOf({ ...nothing, takes }, { params, options }), {
    ...{ out: "data", mode: "b" },
  });
  assert.deepEqual(parametersOf({ ...nothing, takes }, { params }), { out: "data" });
});

Deno.test("pathOptions() names the options that are paths", () => {
  assert.deepEqual(pathOptions({ options }), ["labels"]);
  assert.deepEqual(pathOptions({}), []);
});

Deno.test("runKey() changes with the content of a taken file and of the reviews, not with where the file lies", async () => {
  await using project = await temporaryProject();
  const cells = ['const params = { labels: "" };'];
  await project.write("01_a", notebookOf(cells, { takes: ["labels"], consults: ["audits"] }));
  await project.write("02_b", notebookOf(cells));
  const key = async (
    number: number,
    labels: { value: string; sha256: string; isPath: boolean },
  ) => {
    const plan = project.plan({ options: { labels } });
    const all = await readNotebooks(plan.notebooksDir);
    return await runKey(all[number]!, { plan, source: await plan.source(), code: "c", all });
  };
  const here = { value: "/here", sha256: "a", isPath: true };
  const first = await key(0, here), other = await key(1, here);
  assert.equal(await key(0, { ...here, value: "/there" }), first);
  assert.notEqual(await key(0, { ...here, sha256: "b" }), first);
  assert.notEqual(await key(0, { ...here, isPath: false }), first);
  assert.equal(await key(1, { ...here, sha256: "b" }), other);
  const audits = join(project.out, "reviews", "audits");
  await Deno.mkdir(audits, { recursive: true });
  assert.equal(await key(0, here), first);
  await Deno.writeTextFile(join(audits, "one.csv"), "verdict\n");
  const signed = await key(0, here);
  assert.notEqual(signed, first);
  await Deno.writeTextFile(join(audits, "one.csv"), "verdict\nright\n");
  assert.notEqual(await key(0, here), signed);
  assert.equal(await key(1, here), other);
});

Deno.test("runKey() heeds what a notebook requires only where a review is required", async () => {
  await using project = await temporaryProject();
  await project.write("01_a", notebookOf(["1;"], { requires: ["decisions/cut"] }));
  const key = async (isReviewRequired: boolean) => {
    const plan = project.plan({ isReviewRequired });
    const all = await readNotebooks(plan.notebooksDir);
    return await runKey(all[0]!, { plan, source: await plan.source(), code: "c", all });
  };
  const free = await key(false), bound = await key(true);
  const cuts = join(project.out, "reviews", "decisions", "cut");
  await Deno.mkdir(cuts, { recursive: true });
  await Deno.writeTextFile(join(cuts, "a.json"), "{}");
  assert.equal(await key(false), free);
  assert.notEqual(await key(true), bound);
});

Deno.test("runNotebooks() gives a notebook the file that it takes, and its copy does not name the folder", async () => {
  await using project = await temporaryProject();
  const cells = [
    ['const params = { labels: "" };', "parameters"] as const,
    'console.log(params.labels.endsWith("where.parquet"));',
  ];
  await project.write("01_a", notebookOf(cells, { takes: ["labels"] }));
  await runNotebooks(project.plan({ options }));
  const copy = await Deno.readTextFile(join(project.out, "outputs/notebooks/01_a.ipynb"));
  assert.match(copy, /"true\\n"/);
  assert.doesNotMatch(copy, /some\/where/);
});
