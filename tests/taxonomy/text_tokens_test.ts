import assert from "node:assert/strict";
import { textTokens } from "lib/taxonomy/text_tokens.ts";

function keys(text: string): string[] {
  return textTokens(text).map(({ key }) => key);
}

Deno.test("textTokens() folds case, accents, possessives and dotted abbreviations", () => {
  assert.deepEqual(keys("Atlético's U.S. tour: Núñez, Gençlerbirliği & Ødegård"), [
    "atletico",
    "us",
    "tour",
    "nunez",
    "genclerbirligi",
    "odegard",
  ]);
});

Deno.test("textTokens() parts words at hyphens and slashes but not at underscores", () => {
  assert.deepEqual(keys("O/U 24.5 GPT-5.3 crypto_digital S&P"), [
    ...["o", "u", "24.5", "gpt", "5.3", "crypto_digital", "s&p"],
  ]);
});

Deno.test("textTokens() reads degrees, money, numbers and names", () => {
  const tokens = textTokens("Miami 27ºC $BTC $112,000 76ers");
  assert.deepEqual(tokens.map(({ key }) => key), ["miami", "27", "°c", "btc", "112,000", "76ers"]);
  assert.deepEqual(tokens.map(({ isName }) => isName), [true, false, false, true, false, false]);
  assert.deepEqual(tokens.map(({ isNumber }) => isNumber), [
    ...[false, true, false, false, true, true],
  ]);
  assert.deepEqual(tokens.map(({ isDollar }) => isDollar), [
    ...[false, false, false, true, true, false],
  ]);
});

Deno.test("textTokens() knows the singular of a plural and leaves other words alone", () => {
  const singular = (word: string) => textTokens(word)[0]!.singular;
  for (
    const [plural, one] of [
      ["tariffs", "tariff"],
      ["countries", "country"],
      ["taxes", "tax"],
      ["parties", "party"],
      ["crisis", "crisis"],
      ["virus", "virus"],
      ["loss", "loss"],
      ["gas", "gas"],
    ]
  ) assert.equal(singular(plural!), one);
});

Deno.test("textTokens() does not read past the 4,000th character", () => {
  assert.deepEqual(keys(`${" ".repeat(4000)}bitcoin`), []);
});
