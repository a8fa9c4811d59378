import assert from "node:assert/strict";
import fc from "fast-check";
import { affirmativeSide, heldSideReader, signedSide } from "lib/decide/held_side.ts";
import { otherSide } from "lib/baskets/side.ts";
import { market } from "../universe/daily_prices.ts";
import { RULES, TAXONOMY } from "./made_decision.ts";

const heldSide = heldSideReader(RULES);

function contract(question: string, outcome: string | null = "Yes") {
  return market({ marketId: "poly:1", question, outcome });
}

Deno.test("affirmativeSide() is the complement where No, Down or Under is quoted", () => {
  for (const outcome of ["No", "no", "Down", "UNDER"]) {
    assert.equal(affirmativeSide({ outcome }), "no");
  }
  for (const outcome of ["Yes", "Up", "Over", "Norway", "Lakers", null]) {
    assert.equal(affirmativeSide({ outcome }), "yes");
  }
});

Deno.test("heldSideReader() is long the driver of the theme", () => {
  assert.equal(heldSide(contract("Will Bitcoin hit $150k?"), "crypto_digital"), "yes");
  assert.equal(heldSide(contract("Will Bitcoin fall below $50k?"), "crypto_digital"), "no");
  assert.equal(heldSide(contract("Will Bitcoin fall below $50k?", "No"), "crypto_digital"), "yes");
});

Deno.test("heldSideReader() takes the affirmative side where the words do not say or nothing drives", () => {
  for (const theme of ["crypto_digital", "sports", "uncategorized", null]) {
    assert.equal(heldSide(contract("Will Qwzx frobnicate?"), theme), "yes");
    assert.equal(heldSide(contract("Will Qwzx frobnicate?", "No"), theme), "no");
  }
});

Deno.test("heldSideReader() remembers by market and theme", () => {
  const own = contract("Will Bitcoin fall below $50k?");
  for (let again = 0; again < 2; ++again) {
    assert.equal(heldSide(own, "crypto_digital"), "no");
    assert.equal(heldSide(own, "sports"), "yes");
    assert.equal(
      heldSide({ ...own, question: "Will Bitcoin hit $150k?" }, "crypto_digital"),
      "yes",
    );
  }
});

Deno.test("heldSideReader() turns with the quoted outcome", () => {
  const questions = TAXONOMY.themes.flatMap(({ id, examples }) =>
    examples.map((question) => ({ id, question }))
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...questions),
      fc.constantFrom(["Yes", "No"], ["Up", "Down"], ["Over", "Under"]),
      ({ id, question }, [quoted, other]) => {
        assert.equal(
          heldSide(contract(question, other!), id),
          otherSide(heldSide(contract(question, quoted!), id)),
        );
      },
    ),
    { seed: 7, numRuns: 300 },
  );
});

Deno.test("heldSideReader() refuses a theme that the rules do not know", () => {
  assert.throws(() => heldSide(contract("Will it rain?"), "weather"), {
    name: "RangeError",
    message: /^Cannot find the side of "poly:1" as its theme must be one of .*: got weather$/,
  });
});

Deno.test("signedSide() holds what a person signed for the theme by words, and the rules' side for others", () => {
  const own = contract("Will Bitcoin hit $150k?"), other = market({ marketId: "poly:2" });
  const signed = (side: -1 | 0 | 1, words: string | undefined) =>
    signedSide(heldSide, { sides: new Map([["poly:1", side]]) }, () => words);
  for (const [side, held] of [[1, "yes"], [-1, "no"], [0, "yes"]] as const) {
    assert.equal(signed(side, "crypto_digital")(own, "crypto_digital"), held);
  }
  assert.equal(signed(0, "crypto_digital")({ ...own, outcome: "No" }, "crypto_digital"), "no");
  // of another theme's driver nobody spoke, and what has no theme has no driver
  assert.equal(signed(-1, "us_elections")(own, "crypto_digital"), "yes");
  assert.equal(signed(-1, undefined)(own, "crypto_digital"), "yes");
  for (const none of ["uncategorized", null]) {
    assert.equal(signed(-1, "uncategorized")(own, none), "yes");
  }
  assert.equal(signed(-1, "crypto_digital")(other, "crypto_digital"), "yes");
  assert.equal(signedSide(heldSide, { sides: new Map() }, () => "sports"), heldSide);
});
