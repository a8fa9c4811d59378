import assert from "node:assert/strict";
import { readYaml } from "lib/store/yaml.ts";
import { parseSides } from "lib/taxonomy/parse_sides.ts";

const raw = await readYaml("config/sides.yaml");

Deno.test("parseSides() reads the project's file: 14 themes with a driver, three excluded", () => {
  const { themes, excluded } = parseSides(raw);
  assert.deepEqual([...themes.keys()].sort(), [
    "ai_technology",
    "china_us",
    "climate_environment",
    "crypto_digital",
    "energy_commodities",
    "europe_politics",
    "fed_monetary_policy",
    "legal_regulatory",
    "middle_east",
    "pandemic_health",
    "russia_ukraine",
    "space_frontier",
    "us_economic",
    "us_elections",
  ]);
  assert.deepEqual([...excluded], ["sports", "entertainment", "other"]);
});

Deno.test("parseSides() reads phrases as whole words, the longest first, a star as any ending", () => {
  const { themes } = parseSides(raw);
  const { terms } = themes.get("russia_ukraine")!;
  const lengths = terms.map(({ text }) => text.length);
  assert.deepEqual(lengths, lengths.toSorted((a, b) => b - a));
  const captures = terms.find(({ text }) => text === "captur*")!;
  assert.deepEqual("it captures, captured, recaptured".match(captures.pattern), [
    "captures",
    "captured",
  ]);
  assert.deepEqual([captures.kind, captures.sign], ["happening", 1]);
});

Deno.test("parseSides() refuses a phrase that points two ways, capitals, and a driver for sports", () => {
  const lists = { more: [], less: [], rises: [], falls: [], for: [], against: [], neither: [] };
  const file = (themes: Record<string, unknown>) => ({ ...(raw as object), themes });
  const lead = "Cannot read the sides as each phrase of a theme must point one way: got ";
  const driver = "higher prices";
  assert.throws(
    () => parseSides(file({ oil: { ...lists, driver, more: ["cut"], falls: ["cut"] } })),
    { name: "SyntaxError", message: `${lead}themes.oil: "cut" is listed under more and falls` },
  );
  assert.throws(() => parseSides(file({ sports: { ...lists, driver } })), {
    name: "SyntaxError",
    message: `${lead}themes.sports: is excluded and has a driver`,
  });
  assert.throws(() => parseSides(file({ oil: { ...lists, driver, more: ["OPEC"] } })), {
    name: "SyntaxError",
    message:
      `${lead}themes.oil.more.0: must be in lower case without accents, apostrophes and hyphens, a * only at the end of a word`,
  });
});
