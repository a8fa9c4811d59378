import assert from "node:assert/strict";
import fc from "fast-check";
import { boolColumn, stringColumn, type Table, table } from "lib/core/table.ts";
import { SUBJECT_KINDS } from "lib/review/decision.ts";
import { seenHash, subjectsOf, subjectTable } from "lib/review/subject.ts";
import { parquetBytes, parseParquet } from "lib/store/parquet.ts";
import { subjectOf } from "./decision_fixture.ts";

Deno.test("seenHash() is golden: sha256 of the canonical JSON", () => {
  // printf '{\n  "price": 0.25,\n  "title": "Fed"\n}\n' | sha256sum
  const golden = "09c78bf4cb73d529ca0212277a510a57ef276f76eb7d91c4c907df6c7e62a501";
  assert.equal(seenHash({ title: "Fed", price: 0.25 }), golden);
});

Deno.test("seenHash() does not see the order of fields, and sees the last bit of one price", () => {
  const prices = [0.1, 0.2, 0.3];
  const hash = seenHash({ title: "Fed", prices });
  assert.equal(seenHash({ prices: [...prices], title: "Fed" }), hash);
  assert.notEqual(seenHash({ title: "Fed", prices: [0.1, 0.2, 0.1 + 0.2] }), hash);
  assert.notEqual(seenHash({ title: "Fed", prices: [0.2, 0.1, 0.3] }), hash);
  assert.throws(() => seenHash({ prices: [NaN] }), {
    name: "TypeError",
    message: "Cannot write JSON as $.prices[0] must be a plain value: got NaN",
  });
});

Deno.test("subjectsOf() gives back what subjectTable() took, through Parquet too", () => {
  const subject = fc.record({
    kind: fc.constantFrom(...SUBJECT_KINDS),
    id: fc.string({ minLength: 1, unit: "grapheme" }),
    seen: fc.string().map((text) => seenHash(text)),
    ...{ title: fc.string({ unit: "grapheme" }), isRequired: fc.boolean() },
  }, { noNullPrototype: true });
  fc.assert(
    fc.property(fc.array(subject), (subjects) => {
      const made = subjectTable(subjects);
      assert.deepEqual(subjectsOf(made), subjects);
      assert.deepEqual(subjectsOf(parseParquet(parquetBytes(made), "03_review")), subjects);
    }),
    { seed: 7, numRuns: 50 },
  );
});

Deno.test("subjectsOf() refuses an unknown kind, a missing id and a missing column", () => {
  const withColumn = (name: string, column: Table["columns"][string]) =>
    table({ ...subjectTable([subjectOf()]).columns, [name]: column });
  assert.throws(() => subjectsOf(withColumn("kind", stringColumn(["chart"]))), {
    name: "RangeError",
    message: `Cannot read subjects as kind must be one of ${SUBJECT_KINDS.join(", ")}: got chart`,
  });
  for (const name of ["subject_id", "seen"]) {
    assert.throws(() => subjectsOf(withColumn(name, stringColumn([null]))), {
      name: "RangeError",
      message: `Cannot read subjects as ${name} must be there: got none in row 0`,
    });
  }
  assert.throws(() => subjectsOf(withColumn("title", boolColumn([true]))), TypeError);
});
