import assert from "node:assert/strict";
import fc from "fast-check";
import { auditSample, type AuditUnit } from "lib/taxonomy/audit_sample.ts";

/** Contracts of events of a theme, `perEvent` each. */
function units(theme: string, nEvents: number, perEvent = 1): AuditUnit[] {
  return Array.from({ length: nEvents * perEvent }, (_, i) => ({
    marketId: `poly:${theme}-${i}`,
    eventId: `${theme}-${i % nEvents}`,
    theme,
  }));
}

const ITEMS = [...units("sports", 300), ...units("crypto", 120, 3), ...units("space", 2)];
const idsOf = (items: readonly AuditUnit[], theme: string) =>
  items.filter((item) => item.theme === theme).map(({ marketId }) => marketId);

Deno.test("auditSample() draws each theme by its events, at least one of each", () => {
  const { drawn, strata } = auditSample(ITEMS, { size: 50, seed: 7 });
  assert.equal(drawn.length, 50);
  assert.deepEqual(strata, [
    { theme: "crypto", nEvents: 120, nDrawn: 14, weight: 120 / 14 },
    { theme: "space", nEvents: 2, nDrawn: 1, weight: 2 },
    { theme: "sports", nEvents: 300, nDrawn: 35, weight: 300 / 35 },
  ]);
  assert.equal(new Set(drawn.map(({ eventId }) => eventId)).size, 50);
  assert.equal(strata.reduce((sum, one) => sum + one.nDrawn * one.weight, 0), 422);
});

Deno.test("auditSample() does not depend on the order of the items, only on the seed", () => {
  const options = { size: 50, seed: 7 };
  assert.deepEqual(auditSample(ITEMS.toReversed(), options), auditSample(ITEMS, options));
  assert.notDeepEqual(auditSample(ITEMS, { ...options, seed: 8 }), auditSample(ITEMS, options));
});

Deno.test("auditSample() keeps other themes' draws when one grows", () => {
  const before = auditSample(ITEMS, { size: 50, seed: 7 }).drawn;
  const after = auditSample([...ITEMS, ...units("fed", 200)], { size: 50, seed: 7 }).drawn;
  for (const theme of ["sports", "crypto", "space"]) {
    const kept = new Set(idsOf(before, theme)), now = idsOf(after, theme);
    assert.ok(now.length < kept.size || theme === "space");
    assert.ok(now.every((id) => kept.has(id)), theme);
  }
});

Deno.test("auditSample() of a larger size holds that of a smaller", () => {
  const small = auditSample(ITEMS, { size: 50, seed: 7 }).drawn;
  const large = new Set(auditSample(ITEMS, { size: 100, seed: 7 }).drawn);
  assert.ok(small.every((item) => large.has(item)));
});

Deno.test("auditSample() draws each event of a theme equally often, however many contracts it has", () => {
  const items = [...units("crypto", 4), ...units("crypto", 1, 30)];
  const times = new Map<string, number>();
  for (let seed = 0; seed < 1000; ++seed) {
    for (const { eventId } of auditSample(items, { size: 1, seed }).drawn) {
      times.set(eventId, (times.get(eventId) ?? 0) + 1);
    }
  }
  // crypto-0 is both one contract and thirty; a binomial count of 250 has a deviation of 14
  assert.equal(times.size, 4);
  for (const [eventId, n] of times) assert.ok(Math.abs(n - 250) < 55, `${eventId} ${n}`);
});

Deno.test("auditSample() draws each contract of an event equally often", () => {
  const times = new Map<string, number>();
  for (let seed = 0; seed < 900; ++seed) {
    const [one] = auditSample(units("fed", 1, 3), { size: 1, seed }).drawn;
    times.set(one!.marketId, (times.get(one!.marketId) ?? 0) + 1);
  }
  assert.equal(times.size, 3);
  for (const n of times.values()) assert.ok(Math.abs(n - 300) < 57, `${n}`);
});

Deno.test("auditSample() draws everything when there is no more, each contract once", () => {
  const twice = [...units("space", 3), ...units("space", 3)];
  fc.assert(
    fc.property(fc.integer({ min: 3, max: 99 }), fc.integer({ min: 0, max: 99 }), (size, seed) => {
      const { drawn } = auditSample(twice, { size, seed });
      assert.deepEqual(idsOf(drawn, "space"), ["poly:space-0", "poly:space-1", "poly:space-2"]);
    }),
    { seed: 7, numRuns: 20 },
  );
  assert.deepEqual(auditSample([], { size: 50, seed: 7 }), { drawn: [], strata: [] });
});

Deno.test("auditSample() refuses fewer contracts than themes", () => {
  assert.throws(() => auditSample(ITEMS, { size: 2, seed: 7 }), {
    name: "RangeError",
    message: "Cannot share a sample as each of 3 groups must get one: got 2 to share",
  });
});
