import assert from "node:assert/strict";
import { parseExposureRules } from "lib/exposures/exposure_rules.ts";
import { ruleWords } from "lib/exposures/exposure_words.ts";
import { RULES } from "./rule_table.ts";

const RULE = {
  id: "recession",
  event: "us recession, {slump}",
  vector: { growth: -2, equity: -1 },
  reason: "Output falls, and stocks with it.",
};
const TABLE = {
  version: "1",
  negations: "not",
  groups: { slump: "slump, downturn" },
  rules: [RULE],
};

Deno.test("parseExposureRules() fills in what a rule leaves out", () => {
  const { version, negation, rules: [rule] } = parseExposureRules(TABLE);
  assert.equal(version, "1");
  assert.deepEqual(rule!.vector, [0, 0, -1, 0, 0, 0, 0, -2]);
  assert.equal(rule!.counts, "outcome");
  assert.equal(rule!.outcome, null);
  assert.deepEqual([...rule!.labels], ["yes", "no"]);
  assert.equal(rule!.not(ruleWords("anything")), false);
  assert.equal(rule!.event(ruleWords("A downturn?")), true);
  assert.equal(negation(ruleWords("Will it not?")), true);
});

Deno.test("parseExposureRules() lists every fault of a table", () => {
  const faulty = {
    ...TABLE,
    rules: [RULE, RULE, { ...RULE, id: "other", event: "{boom}", not: "a, , b" }],
  };
  assert.throws(() => parseExposureRules(faulty), {
    name: "SyntaxError",
    message: `Cannot read exposure rules as the table must be complete: got 3 faults
rules.recession: the id is taken
rules.other.event: Cannot read the words "{boom}" as a group must be listed under groups: got "boom"
rules.other.not: Cannot read the words "" as each part must be words, a group alone, or end in *: got ""`,
  });
});

Deno.test("parseExposureRules() refuses scores that are no whole numbers from −2 to 2", () => {
  for (
    const [vector, path] of [
      [{ growth: 3 }, "rules.0.vector.growth"],
      [{ growth: 0.5 }, "rules.0.vector.growth"],
      [{ weather: 1 }, "rules.0.vector"],
    ] as const
  ) {
    assert.throws(
      () => parseExposureRules({ ...TABLE, rules: [{ ...RULE, vector }] }),
      (error) => error instanceof SyntaxError && error.message.includes(`\n${path}: `),
    );
  }
  for (const raw of [null, [], "rules", { ...TABLE, groups: { a: "{slump}", slump: "x" } }]) {
    assert.throws(() => parseExposureRules(raw), SyntaxError);
  }
});

Deno.test("config/exposures.yaml is a complete table in which every rule has its own reason to be", () => {
  assert.ok(RULES.rules.length >= 100, `${RULES.rules.length} rules`);
  for (const { id, vector, counts } of RULES.rules) {
    assert.equal(vector.length, 8);
    // a ladder without a direction would say nothing
    if (counts !== "outcome") assert.ok(vector.some((score) => score !== 0), id);
  }
});
