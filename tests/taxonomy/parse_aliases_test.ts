import assert from "node:assert/strict";
import { readYaml } from "lib/store/yaml.ts";
import { canonicalWording, parseAliases } from "lib/taxonomy/parse_aliases.ts";

const aliases = parseAliases(await readYaml("config/aliases.yaml"));
const raw = { version: "1", phrases: {}, contests: {}, predicates: {}, light: [] };

Deno.test("canonicalWording() replaces whole phrases, the longest first, and what they lead to", () => {
  const write = (text: string) => canonicalWording(text, aliases);
  assert.equal(write("will the federal reserve hike rates by 0bps"), "will fed unchanged rate");
  assert.equal(write("will donald j trump meet vladimir putin"), "will trump meet putin");
  assert.equal(write("trumpeter"), "trumpeter");
});

Deno.test("canonicalWording() knows a city as a team only where the contest is named", () => {
  const write = (text: string) => canonicalWording(text, aliases);
  assert.equal(
    write("will the chicago win the 2026 pro football championship"),
    "will the chicago bears win the 2026 super bowl",
  );
  assert.equal(write("will chicago bears win super bowl"), "will chicago bears win super bowl");
  assert.equal(write("rain in chicago"), "rain in chicago");
  assert.equal(
    write("los angeles d win the pro baseball championship — los angeles d"),
    "los angeles dodgers win the world series — los angeles dodgers",
  );
});

Deno.test("parseAliases() refuses a wording with two meanings, an unknown opposite and capitals", () => {
  const faulty = {
    ...raw,
    phrases: { fed: ["fomc"], board: ["fomc"], Us: ["u s"] },
    predicates: {
      rise: { words: ["up", "out"], opposite: "sink" },
      leave: { words: ["out"] },
    },
  };
  assert.throws(() => parseAliases(faulty), {
    name: "SyntaxError",
    message: /^Cannot read the aliases as each wording must have one meaning: got phrases\.Us: /,
  });
  const { Us: _us, ...phrases } = faulty.phrases;
  assert.throws(() => parseAliases({ ...faulty, phrases }), {
    name: "SyntaxError",
    message: "Cannot read the aliases as each wording must have one meaning: got phrases.board: " +
      '"fomc" stands for "fed" too; predicates.rise: its opposite "sink" is no predicate; ' +
      'predicates.leave: "out" belongs to "rise" too',
  });
});

Deno.test("parseAliases() of empty lists changes no title", () => {
  const none = parseAliases(raw);
  assert.equal(canonicalWording("the federal reserve", none), "the federal reserve");
});
