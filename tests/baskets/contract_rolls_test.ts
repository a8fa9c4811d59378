import assert from "node:assert/strict";
import fc from "fast-check";
import { contractRolls } from "lib/baskets/contract_rolls.ts";

const of = (tickerId: string, ...ids: string[]) => ids.map((marketId) => ({ marketId, tickerId }));

Deno.test("contractRolls() pairs what left with what came, where both are of one ticker", () => {
  const before = [...of("fed cut", "poly:march"), ...of("cpi", "poly:cpi"), ...of("war", "poly:w")];
  const after = [...of("fed cut", "poly:june"), ...of("cpi", "poly:cpi"), ...of("moon", "poly:m")];
  assert.deepEqual(contractRolls(before, after), [
    { tickerId: "fed cut", removed: "poly:march", added: "poly:june" },
  ]);
  assert.deepEqual(contractRolls(after, before), [
    { tickerId: "fed cut", removed: "poly:june", added: "poly:march" },
  ]);
});

Deno.test("contractRolls() pairs several contracts of a ticker by id and leaves the rest unpaired", () => {
  const before = of("t", "poly:c", "poly:a", "poly:kept", "poly:b");
  const after = of("t", "poly:z", "poly:kept", "poly:y");
  assert.deepEqual(contractRolls(before, after), [
    { tickerId: "t", removed: "poly:a", added: "poly:y" },
    { tickerId: "t", removed: "poly:b", added: "poly:z" },
  ]);
});

Deno.test("contractRolls() finds nothing where a basket begins, ends or turns a side", () => {
  const held = of("t", "poly:a", "poly:a");
  assert.deepEqual(contractRolls([], held), []);
  assert.deepEqual(contractRolls(held, []), []);
  assert.deepEqual(contractRolls(held, held), []);
});

const contracts = fc.uniqueArray(
  fc.record({
    tickerId: fc.constantFrom("a", "b", "c"),
    marketId: fc.integer({ min: 0, max: 20 }).map((k) => `poly:${k}`),
  }),
  { selector: ({ marketId }) => marketId, maxLength: 8 },
);

Deno.test("contractRolls() does not depend on the order, and uses a contract once", () => {
  fc.assert(
    fc.property(contracts, contracts, (before, after) => {
      const rolls = contractRolls(before, after);
      assert.deepEqual(contractRolls(before.toReversed(), after.toReversed()), rolls);
      for (const key of ["removed", "added"] as const) {
        assert.equal(new Set(rolls.map((roll) => roll[key])).size, rolls.length);
      }
      for (const { tickerId, removed, added } of rolls) {
        assert.ok(before.some((x) => x.marketId === removed && x.tickerId === tickerId));
        assert.ok(after.some((x) => x.marketId === added && x.tickerId === tickerId));
        assert.ok(!after.some((x) => x.marketId === removed));
        assert.ok(!before.some((x) => x.marketId === added));
      }
    }),
    { seed: 7 },
  );
});
