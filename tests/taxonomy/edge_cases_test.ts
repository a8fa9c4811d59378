import assert from "node:assert/strict";
import fc from "fast-check";
import { type EdgeCandidate, edgeCases } from "lib/taxonomy/edge_cases.ts";

function candidate(marketId: string, facts: Partial<EdgeCandidate> = {}): EdgeCandidate {
  return {
    ...{ marketId, eventId: `event of ${marketId}`, secondaryTheme: null, confidence: 0.95 },
    ...{ isContradicted: false },
    ...facts,
  };
}

const ITEMS = [
  candidate("a", { isContradicted: true, confidence: 0.7 }),
  candidate("b", { isContradicted: true, confidence: 0.9 }),
  candidate("c", { secondaryTheme: "sports", confidence: 0.8 }),
  candidate("d", { secondaryTheme: "sports", confidence: 0.6 }),
  candidate("e", { confidence: 0.51 }),
  candidate("f", { confidence: 0.48 }),
  candidate("g"),
];
const listed = (items: readonly EdgeCandidate[], size: number) =>
  edgeCases(items, { size, minConfidence: 0.5 }).map(({ kind, item }) =>
    `${item.marketId} ${kind}`
  );

Deno.test("edgeCases() takes the three kinds by turns", () => {
  assert.deepEqual(listed(ITEMS, 5), [
    ...["b contradicted", "d two_themes", "e unsure", "a contradicted", "c two_themes"],
  ]);
  assert.deepEqual(listed(ITEMS, 99).slice(5), ["f unsure", "g unsure"]);
});

Deno.test("edgeCases() takes of each event one, and does not mind the order", () => {
  const shared = ITEMS.map((item) => ({ ...item, eventId: "one" }));
  assert.deepEqual(listed(shared, 99), ["b contradicted"]);
  assert.deepEqual(listed(ITEMS.toReversed(), 99), listed(ITEMS, 99));
});

Deno.test("edgeCases() never calls a market without a confidence unsure", () => {
  const unknown = candidate("u", { confidence: NaN });
  assert.deepEqual(listed([unknown], 9), []);
  const contradicted = [{ ...unknown, isContradicted: true }, ITEMS[0]!];
  assert.deepEqual(listed(contradicted, 9), ["a contradicted", "u contradicted"]);
});

Deno.test("edgeCases() gives as many as it can, each once", () => {
  const some = fc.array(
    fc.record({
      eventId: fc.constantFrom("x", "y", "z", "w"),
      secondaryTheme: fc.constantFrom(null, "sports"),
      confidence: fc.double({ min: 0, max: 1, noNaN: true }),
      isContradicted: fc.boolean(),
    }),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(some, fc.integer({ min: 0, max: 6 }), (list, size) => {
      const items = list.map((facts, i) => candidate(`m${i}`, facts));
      const found = edgeCases(items, { size, minConfidence: 0.5 });
      const nEvents = new Set(items.map(({ eventId }) => eventId)).size;
      assert.equal(found.length, Math.min(size, nEvents));
      assert.equal(new Set(found.map(({ item }) => item.eventId)).size, found.length);
      for (const { kind, item } of found) {
        if (kind === "contradicted") assert.ok(item.isContradicted);
        if (kind === "two_themes") assert.ok(item.secondaryTheme !== null);
      }
    }),
    { seed: 7, numRuns: 200 },
  );
});
