import assert from "node:assert/strict";
import fc from "fast-check";
import { mergedGroups } from "lib/baskets/merged_groups.ts";

const FAMILIES: Readonly<Record<string, string>> = {
  ...{ us: "politics", europe: "politics", legal: "politics" },
  ...{ fed: "economy", energy: "economy", ai: "technology" },
};
const OPTIONS = {
  familyOf: (id: string) => FAMILIES[id] ?? null,
  familyName: (family: string) => family.toUpperCase(),
  minMarkets: 5,
};

/** Groups of as many members, named `us 0`, `us 1`, … */
function groupsOf(sizes: Readonly<Record<string, number>>) {
  return Object.entries(sizes).map(([id, n]) => ({
    ...{ id, name: `Theme ${id}` },
    members: Array.from({ length: n }, (_, k) => `${id} ${k}`),
  }));
}

const merged = (sizes: Readonly<Record<string, number>>) => {
  const { groups, flagged } = mergedGroups(groupsOf(sizes), OPTIONS);
  return {
    groups: groups.map(({ id, name, members, mergedFrom }) => [
      ...[id, name, members.length, mergedFrom.join(" ")],
    ]),
    flagged: flagged.map(({ id, nMembers }) => [id, nMembers]),
  };
};

Deno.test("mergedGroups() leaves large themes alone and joins the small ones of a family", () => {
  assert.deepEqual(merged({ us: 7, legal: 3, europe: 2, fed: 5 }), {
    groups: [
      ["us", "Theme us", 7, ""],
      ["fed", "Theme fed", 5, ""],
      ["politics", "POLITICS", 5, "europe legal"],
    ],
    flagged: [],
  });
});

Deno.test("mergedGroups() joins what is left of all families into one broad basket", () => {
  assert.deepEqual(merged({ us: 4, europe: 2, fed: 2, ai: 2, cluster: 1 }), {
    groups: [
      ["politics", "POLITICS", 6, "europe us"],
      ["broad", "Broad themes", 5, "ai cluster fed"],
    ],
    flagged: [],
  });
});

Deno.test("mergedGroups() flags what is too small even together, and what is empty", () => {
  assert.deepEqual(merged({ us: 9, legal: 0, europe: 2, fed: 2 }), {
    groups: [["us", "Theme us", 9, ""]],
    flagged: [["europe", 2], ["fed", 2], ["legal", 0]],
  });
  assert.deepEqual(merged({ us: 5, europe: 0 }).flagged, [["europe", 0]]);
  assert.deepEqual(merged({}), { groups: [], flagged: [] });
});

Deno.test("mergedGroups() has every member in one basket or flagged, in any order of the groups", () => {
  const sizes = fc.record(
    Object.fromEntries([...Object.keys(FAMILIES), "one", "two"].map((id) => [
      ...[id, fc.integer({ min: 0, max: 8 })],
    ])),
  ) as fc.Arbitrary<Record<string, number>>;
  fc.assert(
    fc.property(sizes, (made) => {
      const given = groupsOf(made), { groups, flagged } = mergedGroups(given, OPTIONS);
      const inBaskets = groups.flatMap(({ members }) => members);
      const ids = new Set(flagged.map(({ id }) => id));
      const left = given.filter(({ id }) => ids.has(id)).flatMap(({ members }) => members);
      assert.deepEqual(
        [...inBaskets, ...left].sort(),
        given.flatMap(({ members }) => members).sort(),
      );
      assert.ok(groups.every(({ members }) => members.length >= 5) && left.length < 5);
      for (const { id, mergedFrom, members } of groups) {
        if (mergedFrom.length === 0) assert.equal(members.length, made[id]);
        else assert.ok(mergedFrom.every((one) => made[one]! > 0 && made[one]! < 5));
        if (FAMILIES[mergedFrom[0] ?? ""] !== id) continue;
        assert.ok(mergedFrom.every((one) => FAMILIES[one] === id));
      }
      const turned = mergedGroups([...given].reverse(), OPTIONS);
      const byId = (all: typeof groups) => [...all].sort((a, b) => a.id < b.id ? -1 : 1);
      assert.deepEqual([byId(turned.groups), turned.flagged], [byId(groups), flagged]);
    }),
    { seed: 3, numRuns: 300 },
  );
});

Deno.test("mergedGroups() refuses a family that is called like a theme, and no number", () => {
  const groups = [...groupsOf({ europe: 3, us: 3 }), ...groupsOf({ politics: 6 })];
  assert.throws(() => mergedGroups(groups, OPTIONS), {
    name: "RangeError",
    message:
      'Cannot merge groups as a joined basket must have an id of its own: got "politics", a group',
  });
  assert.throws(() => mergedGroups([], { ...OPTIONS, minMarkets: 0 }), {
    name: "RangeError",
    message: "Cannot merge groups as the least number of markets must be at least 1: got 0",
  });
});
