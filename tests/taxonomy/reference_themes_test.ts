import assert from "node:assert/strict";
import { readYaml } from "lib/store/yaml.ts";
import { parseReferenceThemes } from "lib/taxonomy/reference_themes.ts";
import { parseTaxonomy } from "lib/taxonomy/parse_taxonomy.ts";

Deno.test("config/reference_themes.yaml maps 19 themes of the reference and one of the simulated universe", async () => {
  const { themes } = parseTaxonomy(await readYaml("config/taxonomy.yaml"));
  const ids = themes.map(({ id }) => id);
  const reference = parseReferenceThemes(await readYaml("config/reference_themes.yaml"), ids);
  assert.equal(Object.keys(reference).length, 20);
  assert.deepEqual(reference.culture, ["entertainment"]);
  assert.deepEqual(reference.global_politics, ["other", "europe_politics"]);
});

Deno.test("parseReferenceThemes() refuses a theme that is not ours and an empty set", () => {
  assert.throws(
    () => parseReferenceThemes({ war: ["peace"] }, ["other"]),
    /war: there is no theme "peace"/,
  );
  assert.throws(() => parseReferenceThemes({ war: [] }, ["other"]), /Cannot read the reference/);
});
