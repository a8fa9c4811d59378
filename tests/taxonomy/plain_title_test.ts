import assert from "node:assert/strict";
import fc from "fast-check";
import { plainTitle } from "lib/taxonomy/plain_title.ts";

Deno.test("plainTitle() drops accents, thousands' commas, bold marks and genitives", () => {
  assert.equal(
    plainTitle("Will São Paulo's **index** exceed $1,250,000 or 0.25%?"),
    "will sao paulo index exceed $1250000 or 0.25%?",
  );
  assert.equal(plainTitle("Will TIME’s  Person be new?"), "will time person be new?");
});

Deno.test("plainTitle() spells initials without full stops", () => {
  assert.equal(plainTitle("Will J.D. Vance visit the U.S.?"), "will jd vance visit the us ?");
  assert.equal(plainTitle("Robert F. Kennedy Jr. out?"), "robert f kennedy jr out?");
});

Deno.test("plainTitle() of a plain title is that title", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 40 }), (title) => {
      const plain = plainTitle(title.replaceAll(/[^\w $%?.,'-]/g, ""));
      assert.equal(plainTitle(plainTitle(plain)), plainTitle(plain));
    }),
    { seed: 4 },
  );
});
