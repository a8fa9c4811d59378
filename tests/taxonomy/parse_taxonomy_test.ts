import assert from "node:assert/strict";
import { HUES } from "lib/charts/palette.ts";
import { readYaml } from "lib/store/yaml.ts";
import { HUE_NAMES } from "lib/taxonomy/hue_names.ts";
import { parseTaxonomy } from "lib/taxonomy/parse_taxonomy.ts";
import { rawTaxonomy, rawTheme } from "./made_taxonomy.ts";

Deno.test("parseTaxonomy() fills gazetteers in and keeps the order of the themes", () => {
  const { themes, terms, version } = parseTaxonomy(rawTaxonomy());
  assert.equal(version, "made");
  assert.deepEqual(themes.map(({ id }) => id), ["crypto", "sports", "other"]);
  const ofSports = terms.filter(({ theme }) => theme === "sports");
  assert.deepEqual(ofSports.map(({ pattern }) => pattern.text), [
    ...["^nba", "^kxnba*", "Bears", "Golden Bears", "Bulls", "o/u {number}", "win"],
  ]);
  assert.equal(
    terms.find(({ pattern }) => pattern.text === "price of solana")?.strength,
    "decisive",
  );
  assert.equal(terms.find(({ pattern }) => pattern.text === "hockey")?.theme, null);
});

Deno.test("parseTaxonomy() names every fault of the file", () => {
  const faulty: [string, (raw: ReturnType<typeof rawTaxonomy>) => void, RegExp][] = [
    ["a theme twice", (raw) => raw.themes.push(rawTheme("crypto", {})), /"crypto" is there twice/],
    ["no other", (raw) => raw.themes.pop(), /there must be a theme "other"/],
    ["few examples", (raw) => raw.themes[0]!.examples.pop(), /themes\.0\.examples/],
    ["a long short name", (raw) => raw.themes[0]!.short = "fifteen letters", /themes\.0\.short/],
    ["a hue of none", (raw) => raw.themes[0]!.hue = "pink", /themes\.0\.hue/],
    [
      "a family of none",
      (raw) => raw.themes[0]!.family = "games",
      /crypto\.family: there is no family "games"/,
    ],
    [
      "a family without a theme",
      (raw) => raw.families.push({ id: "games", name: "Games" }),
      /families\.1: no theme is of "games"/,
    ],
    [
      "a family twice",
      (raw) => raw.families.push(raw.families[0]!),
      /families\.1: "made_family" is there twice/,
    ],
    [
      "a family with the id of a theme",
      (raw) => raw.families[0]!.id = "crypto",
      /families\.0: "crypto" is the id of a theme/,
    ],
    [
      "a left-out theme in a family",
      (raw) => raw.themes[2]!.family = "made_family",
      /other\.family: must be "other" as baskets leave it out/,
    ],
    [
      "an anti-example of no theme",
      (raw) => raw.themes[0]!.anti_examples[0]!.theme = "weather",
      /there is no theme "weather"/,
    ],
    [
      "an anti-example of its own theme",
      (raw) => raw.themes[0]!.anti_examples[0]!.theme = "crypto",
      /belongs to the theme itself/,
    ],
    [
      "an example in two themes",
      (raw) => raw.themes[1]!.examples[3] = "crypto example 1",
      /"crypto example 1" is also in crypto/,
    ],
    [
      "a keyword of two themes",
      (raw) => raw.themes[2]!.keywords.weak = "Bitcoin",
      /"Bitcoin" is also in crypto, and no entry of shared/,
    ],
    [
      "a keyword that is shared",
      (raw) => raw.themes[2]!.keywords.weak = "avalanche",
      /"avalanche" is also in shared\.0/,
    ],
    [
      "a keyword twice",
      (raw) => raw.themes[2]!.keywords.weak = "snow, snow",
      /"snow" is there twice/,
    ],
    ["an unknown list", (raw) => raw.themes[2]!.keywords.weak = "{city} rain", /"\{city\}"/],
    ["an unused list", (raw) => raw.gazetteers.town = "Sumy", /gazetteers\.town: no keyword/],
    ["a shared theme of none", (raw) => raw.shared[0]!.alone = "snow", /there is no theme "snow"/],
    ["weights out of order", (raw) => raw.model.weak.value = 7, /model\.weak: must weigh less/],
    ["no temperature", (raw) => raw.model.temperature.value = 0, /temperature: must be above 0/],
    ["a share above 1", (raw) => raw.model.min_secondary.value = 2, /min_secondary/],
  ];
  for (const [name, spoil, message] of faulty) {
    const raw = rawTaxonomy();
    spoil(raw);
    assert.throws(() => parseTaxonomy(raw), { name: "SyntaxError", message }, name);
  }
  assert.throws(() => parseTaxonomy(null), /Cannot read the taxonomy/);
});

Deno.test("config/taxonomy.yaml has the seed's fourteen themes and three that baskets leave out", async () => {
  const { themes } = parseTaxonomy(await readYaml("config/taxonomy.yaml"));
  assert.deepEqual(themes.map(({ id }) => id), [
    "us_elections",
    "fed_monetary_policy",
    "us_economic",
    "ai_technology",
    "china_us",
    "russia_ukraine",
    "middle_east",
    "energy_commodities",
    "crypto_digital",
    "climate_environment",
    "europe_politics",
    "pandemic_health",
    "legal_regulatory",
    "space_frontier",
    "sports",
    "entertainment",
    "other",
  ]);
  assert.deepEqual(themes.filter(({ isExcluded }) => isExcluded).map(({ id }) => id), [
    ...["sports", "entertainment", "other"],
  ]);
});

Deno.test("config/taxonomy.yaml has each theme of a basket in one of five families", async () => {
  const { themes, families } = parseTaxonomy(await readYaml("config/taxonomy.yaml"));
  const members = families.map(({ id, name }) => [
    name,
    ...themes.filter(({ family }) => family === id).map((theme) => theme.id),
  ]);
  assert.deepEqual(members, [
    ["Politics", "us_elections", "europe_politics", "legal_regulatory"],
    ["Geopolitics", "china_us", "russia_ukraine", "middle_east"],
    ["Economy", "fed_monetary_policy", "us_economic", "energy_commodities"],
    ["Technology", "ai_technology", "crypto_digital", "space_frontier"],
    ["Planet & Health", "climate_environment", "pandemic_health"],
  ]);
  const leftOut = themes.filter(({ isExcluded }) => isExcluded);
  assert.deepEqual(leftOut.map(({ family }) => family), leftOut.map(({ id }) => id));
});

Deno.test("HUE_NAMES are the palette's", () => {
  assert.deepEqual([...HUE_NAMES], HUES.map(({ name }) => name));
});
