import assert from "node:assert/strict";
import fc from "fast-check";
import { parseDay } from "lib/core/day.ts";
import { cellAt, type Table } from "lib/core/table.ts";
import {
  correctionTable,
  joinedCorrections,
  parseCorrections,
  type SignedCorrection,
} from "lib/taxonomy/correction_table.ts";
import { NO_CORRECTIONS, twinKey } from "lib/taxonomy/corrections.ts";

const AT = "2026-05-03T10:00:00.000Z";

function signed(part: Partial<SignedCorrection>): SignedCorrection {
  return {
    ...{ kind: "theme", marketId: "poly:1", otherId: null, value: "fed", by: "Ana", at: AT },
    ...{ comment: "" },
    ...part,
  };
}

const SIGNED = [
  signed({ kind: "twin", marketId: "kalshi:b", otherId: "poly:1", value: "" }),
  signed({ kind: "excluded", value: "2025-03-01" }),
  signed({ kind: "excluded", marketId: "poly:0", value: "" }),
  signed({ kind: "side", value: "-1", comment: "=1+1\nNO" }),
  signed({ marketId: "poly:2", value: "uncategorized" }),
  signed({}),
];

function rows({ columns, nRows }: Table): unknown[][] {
  return Array.from(
    { length: nRows },
    (_, row) => Object.values(columns).map((column) => cellAt(column, row)),
  );
}

Deno.test("correctionTable() has a row a contract or pair, by kind and ids", () => {
  const found = correctionTable(SIGNED), ms = Date.parse(AT);
  assert.deepEqual(
    Object.entries(found.columns).map(([name, { type }]) => `${name} ${type}`).join(", "),
    "kind string, market_id string, other_id string, value string, decided_by string, " +
      "decided_at timestamp, comment string",
  );
  assert.deepEqual(rows(found), [
    ["theme", "poly:1", null, "fed", "Ana", ms, ""],
    ["theme", "poly:2", null, "uncategorized", "Ana", ms, ""],
    ["side", "poly:1", null, "-1", "Ana", ms, "=1+1\nNO"],
    ["excluded", "poly:0", null, "", "Ana", ms, ""],
    ["excluded", "poly:1", null, "2025-03-01", "Ana", ms, ""],
    ["twin", "kalshi:b", "poly:1", "", "Ana", ms, ""],
  ]);
  assert.deepEqual(rows(correctionTable(SIGNED.toReversed())), rows(found));
  assert.equal(correctionTable([]).nRows, 0);
});

Deno.test("parseCorrections() reads what the table holds", () => {
  const expected = {
    themes: new Map([["poly:1", "fed"], ["poly:2", "uncategorized"]]),
    sides: new Map([["poly:1", -1]]),
    excluded: new Map([["poly:0", -Infinity], ["poly:1", parseDay("2025-03-01")]]),
    rejectedTwins: new Set([twinKey("poly:1", "kalshi:b")]),
  };
  assert.deepEqual(parseCorrections(correctionTable(SIGNED)), expected);
  assert.deepEqual(parseCorrections(correctionTable([])), NO_CORRECTIONS);
  assert.deepEqual(structuredClone(expected), expected);
});

Deno.test("parseCorrections() of a table is what was joined without one", () => {
  const id = fc.string({ minLength: 1, maxLength: 12 });
  const one = fc.oneof(
    fc.record({ kind: fc.constant("theme" as const), marketId: id, value: id }),
    fc.record({
      ...{ kind: fc.constant("side" as const), marketId: id },
      value: fc.constantFrom("-1", "0", "1"),
    }),
    fc.record({
      ...{ kind: fc.constant("excluded" as const), marketId: id },
      value: fc.constantFrom("", "2024-02-29", "1969-12-31"),
    }),
    fc.record({
      ...{ kind: fc.constant("twin" as const), marketId: id, otherId: id, value: fc.constant("") },
    }),
  ).map(signed);
  const list = fc.uniqueArray(one, {
    ...{
      maxLength: 20,
      selector: ({ kind, marketId, otherId }) => `${kind} ${marketId} ${otherId}`,
    },
  });
  fc.assert(
    fc.property(list, (all) => {
      assert.deepEqual(parseCorrections(correctionTable(all)), joinedCorrections(all));
    }),
    { seed: 7, numRuns: 100 },
  );
});

Deno.test("joinedCorrections() refuses what it cannot read, and two of a kind", () => {
  const wrong: readonly Partial<SignedCorrection>[] = [
    ...[{ value: "" }, { marketId: "" }, { otherId: "poly:2" }],
    ...[{ kind: "side" as const, value: "2" }, { kind: "side" as const, value: "" }],
    { kind: "twin", value: "" },
    { kind: "twin", otherId: "poly:2", value: "x" },
  ];
  for (const one of wrong) {
    const { kind, marketId, otherId, value } = signed(one);
    assert.throws(() => joinedCorrections([signed(one)]), {
      name: "RangeError",
      message: `Cannot join corrections as each must be well formed: got ${
        JSON.stringify({ kind, marketId, otherId, value })
      }`,
    });
  }
  assert.throws(() => joinedCorrections([{ ...signed({}), kind: "weight" }]), {
    name: "RangeError",
    message: /got \{"kind":"weight"/,
  });
  assert.throws(() => joinedCorrections([signed({}), signed({ value: "crypto" })]), {
    name: "RangeError",
    message:
      'Cannot join corrections as a contract must have one of a kind: got two of theme for "poly:1"',
  });
  assert.throws(() => joinedCorrections([signed({ kind: "excluded", value: "2025-02-30" })]), {
    name: "SyntaxError",
    message: 'Cannot read a day as it must be a date YYYY-MM-DD: got "2025-02-30"',
  });
});
