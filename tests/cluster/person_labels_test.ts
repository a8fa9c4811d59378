import assert from "node:assert/strict";
import { parsePersonLabels } from "lib/cluster/person_labels.ts";

Deno.test("parsePersonLabels() reads names by key, and nothing from an empty file", () => {
  const found = parsePersonLabels({ "0a1b2c3d": " Rates ", "ffffffff00": "x".repeat(60) });
  assert.deepEqual([...found], [["0a1b2c3d", "Rates"], ["ffffffff00", "x".repeat(60)]]);
  for (const empty of [null, undefined, {}]) assert.equal(parsePersonLabels(empty).size, 0);
});

Deno.test("parsePersonLabels() refuses what is no key or no name", () => {
  const lead = "Cannot read cluster labels as each line must be a cluster's key and its name: got ";
  for (
    const [raw, start] of [
      [{ rates: "Rates" }, "rates: "],
      [{ "0a1b2c3d": "  " }, "0a1b2c3d: "],
      [{ "0a1b2c3d": "x".repeat(61) }, "0a1b2c3d: "],
      [{ "0a1b2c3d": 7 }, "0a1b2c3d: "],
      [["Rates"], ": "],
    ] as const
  ) {
    assert.throws(() => parsePersonLabels(raw), (error) => {
      assert.ok(error instanceof SyntaxError && error.message.startsWith(lead + start));
      return true;
    });
  }
});
