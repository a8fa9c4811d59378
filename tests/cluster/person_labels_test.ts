import assert from "node:assert/strict";
import { parsePersonLabels, personLabelLine } from "lib/cluster/person_labels.ts";

const KEY = "0a1b2c3d4e5f6a7b", OTHER = "ffffffffffffff00";

Deno.test("personLabelLine() names the labels that belong to no cluster any more", () => {
  const persons = new Map([[KEY, "Rates"], [OTHER, "Wars"]]);
  assert.match(personLabelLine(new Map(), [KEY]), /^No cluster has a person's name/);
  assert.match(personLabelLine(persons, [OTHER, KEY]), /^Every name/);
  assert.match(personLabelLine(persons, [KEY]), /name nothing: Wars \(ffffffffffffff00\)\.$/);
});

Deno.test("parsePersonLabels() reads names by key, and nothing from an empty file", () => {
  const found = parsePersonLabels({ [KEY]: " Rates ", [OTHER]: "x".repeat(60) });
  assert.deepEqual([...found], [[KEY, "Rates"], [OTHER, "x".repeat(60)]]);
  for (const empty of [null, undefined, {}]) assert.equal(parsePersonLabels(empty).size, 0);
});

Deno.test("parsePersonLabels() refuses what is no key or no name", () => {
  const lead = "Cannot read cluster labels as each line must be a cluster's key and its name: got ";
  for (
    const [raw, start] of [
      [{ rates: "Rates" }, `"rates" is no key of column cluster_key in 03_clusters`],
      [{ [KEY]: "  " }, `${KEY}: `],
      [{ [KEY]: "x".repeat(61) }, `${KEY}: `],
      [{ [KEY]: 7 }, `${KEY}: `],
      [["Rates"], "the file: "],
    ] as const
  ) {
    assert.throws(() => parsePersonLabels(raw), (error) => {
      assert.ok(error instanceof SyntaxError && error.message.startsWith(lead + start));
      return true;
    });
  }
});
