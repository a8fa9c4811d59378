import assert from "node:assert/strict";
import fc from "fast-check";
import { subjectTitle } from "lib/review/subject_title.ts";

Deno.test("subjectTitle() keeps what a decision can hold and cuts the rest in whole characters", () => {
  assert.equal(subjectTitle("Fed cuts?"), "Fed cuts?");
  assert.equal(subjectTitle("x".repeat(2000)), "x".repeat(2000));
  assert.equal(subjectTitle("x".repeat(2001)), `${"x".repeat(1999)}…`);
  assert.equal(subjectTitle(`${"x".repeat(1998)}😀😀`), `${"x".repeat(1998)}…`);
});

Deno.test("subjectTitle() is never too long nor ill-formed where its text was not", () => {
  const text = fc.array(fc.constantFrom("a", "é", "😀", "\u202e"), {
    ...{ minLength: 1500, maxLength: 1600 },
  }).map((parts) => parts.join(""));
  fc.assert(
    fc.property(text, (long) => {
      const cut = subjectTitle(long);
      assert.ok(cut.length <= 2000 && cut.isWellFormed());
    }),
    { seed: 7, numRuns: 50 },
  );
});
