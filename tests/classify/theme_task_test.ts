import assert from "node:assert/strict";
import fc from "fast-check";
import { answerJson } from "lib/classify/answer_json.ts";
import { PHRASINGS } from "lib/classify/phrasings.ts";
import { themeTask } from "lib/classify/theme_task.ts";
import { event, themeAnswer, THEMES } from "./asking.ts";

Deno.test("themeTask() says the same in three wordings and orders, each with a version of its own", () => {
  const tasks = PHRASINGS.map((phrasing) =>
    themeTask(THEMES, { phrasing, descriptionCharacters: 500 })
  );
  assert.equal(new Set(tasks.map(({ system }) => system)).size, 3);
  assert.equal(new Set(tasks.map(({ promptVersion }) => promptVersion)).size, 3);
  assert.equal(new Set(tasks.map(({ user }) => user(event("Same?")))).size, 1);
  const orders = tasks.map(({ system }) =>
    THEMES.themes.map(({ id }) => system.indexOf(`\n${id}: `))
      .map((at, i) => ({ at, i })).sort((x, y) => x.at - y.at).map(({ i }) => i).join("")
  );
  assert.deepEqual(orders, ["0123", "3210", "1302"]);
  for (const { system, promptVersion } of tasks) {
    assert.match(promptVersion, /^[0-9a-f]{8}$/);
    assert.match(system, /0\.5/);
    assert.match(system, /"uncategorized"/);
    for (const { examples, antiExamples } of THEMES.themes) {
      for (const text of [...examples, ...antiExamples.map((one) => one.text)]) {
        assert.equal(system.split(text).length, 2, text);
      }
    }
  }
});

Deno.test("themeTask() has another prompt version when the taxonomy or the prompt changes", () => {
  const version = (themes = THEMES, descriptionCharacters = 500) =>
    themeTask(themes, { phrasing: "a", descriptionCharacters }).promptVersion;
  const reworded = THEMES.themes.map((theme, i) =>
    i === 0 ? { ...theme, description: "Elections in the US." } : theme
  );
  const versions = [
    version(),
    version({ ...THEMES, version: "test 2" }),
    version({ ...THEMES, themes: reworded }),
    version(THEMES, 400),
  ];
  assert.equal(new Set(versions).size, 4);
  assert.equal(version(), version({ ...THEMES }));
});

Deno.test("themeTask() refuses a list without themes", () => {
  assert.throws(
    () => themeTask({ version: "0", themes: [] }, { phrasing: "a", descriptionCharacters: 500 }),
    { name: "RangeError", message: "Cannot ask for themes as the list must have one: got none" },
  );
});

const TASK = themeTask(THEMES, { phrasing: "a", descriptionCharacters: 500 });

Deno.test("themeTask() reads valid answers and clears second themes that say nothing", () => {
  const read = (primary: string, secondary: string | null) =>
    TASK.parse(themeAnswer(primary, 0.7, secondary)).secondaryTheme;
  assert.equal(read("sports", "us_elections"), "us_elections");
  assert.equal(read("sports", "sports"), null);
  assert.equal(read("uncategorized", "sports"), null);
  assert.equal(read("sports", null), null);
  const { reasoning } = TASK.parse({
    ...themeAnswer("sports"),
    reasoning: `a\n\u202eb ${"x".repeat(900)}`,
  });
  assert.equal(reasoning, `a b ${"x".repeat(296)}`);
});

Deno.test("themeTask() gives a typed answer or throws SyntaxError on any JSON, nothing else", () => {
  const near = fc.record({
    primary_theme: fc.oneof(fc.constantFrom("sports", "uncategorized", "nope"), fc.jsonValue()),
    secondary_theme: fc.oneof(fc.constantFrom("sports", null), fc.jsonValue()),
    confidence: fc.oneof(fc.double({ min: -1, max: 2, noNaN: true }), fc.jsonValue()),
    reasoning: fc.oneof(fc.string(), fc.jsonValue()),
  }, { requiredKeys: ["primary_theme", "confidence"] });
  let nRead = 0;
  fc.assert(
    fc.property(fc.oneof(near, fc.jsonValue()), (value) => {
      try {
        const found = TASK.parse(answerJson(JSON.stringify(value)));
        ++nRead;
        const ids = [...THEMES.themes.map(({ id }) => id), "uncategorized"];
        assert.ok(ids.includes(found.primaryTheme));
        assert.ok(found.secondaryTheme === null || ids.includes(found.secondaryTheme));
        assert.ok(found.confidence >= 0 && found.confidence <= 1);
        assert.ok(found.reasoning.length <= 300);
        assert.deepEqual(Object.keys(found).length, 4);
      } catch (error) {
        assert.ok(error instanceof SyntaxError, String(error));
      }
    }),
    { seed: 7, numRuns: 3000 },
  );
  assert.ok(nRead > 20, `${nRead}`);
});
