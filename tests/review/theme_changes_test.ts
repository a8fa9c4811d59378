import assert from "node:assert/strict";
import fc from "fast-check";
import { type GroupRow, groupTable } from "lib/decide/group_table.ts";
import { themeChanges } from "lib/review/theme_changes.ts";
import { DAY } from "./basket_replays.ts";
import { groupRow } from "./group_rows.ts";

const NEXT = DAY + 31;
const NO_CLUSTER = { cluster: null, clusterStability: NaN, clusterP: NaN } as const;

/** Why the theme changed from one decision to the next. */
function whyOf(before: Partial<GroupRow>, after: Partial<GroupRow>): string {
  const [change, ...others] = themeChanges(
    groupTable([groupRow(before), groupRow({ decidedOn: NEXT, ...after })]),
  );
  assert.deepEqual(others, []);
  return change!.why;
}

Deno.test("themeChanges() gives both decisions of a contract whose theme changed", () => {
  const found = themeChanges(groupTable([
    groupRow(),
    groupRow({ marketId: "poly:b" }),
    groupRow({
      ...{ decidedOn: NEXT, wordsTheme: "sports", theme: "sports", rule: "words only" },
      ...NO_CLUSTER,
    }),
    groupRow({ decidedOn: NEXT, marketId: "poly:b" }),
  ]));
  assert.deepEqual(found, [{
    ...{ marketId: "poly:a", decidedOn: NEXT, decidedBefore: DAY },
    before: {
      ...{ eventId: "event a", side: "yes", wordsTheme: "us_elections", cluster: "cluster_02" },
      ...{ clusterStability: 0.8, clusterP: 0.01, theme: "us_elections", rule: "both agree" },
    },
    after: {
      ...{ eventId: "event a", side: "yes", wordsTheme: "sports", cluster: null },
      ...{ clusterStability: null, clusterP: null, theme: "sports", rule: "words only" },
    },
    why: "Its words say Sports where they said Us elections.",
  }]);
});

Deno.test("themeChanges() skips a contract that was away at the decision before", () => {
  const found = themeChanges(groupTable([
    groupRow(),
    groupRow({ decidedOn: NEXT, marketId: "poly:b" }),
    groupRow({ decidedOn: NEXT + 30, wordsTheme: "sports", theme: "sports" }),
  ]));
  assert.deepEqual(found, []);
});

Deno.test("themeChanges() says that prices took over", () => {
  assert.equal(
    whyOf({}, { theme: "sports", rule: "statistics", clusterP: 0.0004 }),
    "Prices overrule its words: cluster 02 (stability 0.80, p < 0.001) says Sports, its words say Us elections.",
  );
  assert.equal(
    whyOf(
      { wordsTheme: "uncategorized", theme: "uncategorized", rule: "neither" },
      { wordsTheme: "uncategorized", theme: "sports", rule: "prices name" },
    ),
    "Prices name it, as its words give no theme: cluster 02 (stability 0.80, p = 0.010) says Sports.",
  );
});

Deno.test("themeChanges() says why prices decide no more", () => {
  const before = { theme: "sports", rule: "statistics" } as const;
  const ends: readonly (readonly [Partial<GroupRow>, string])[] = [
    [{ ...NO_CLUSTER, rule: "words only" }, "it is in no cluster"],
    [{ rule: "both agree" }, "cluster 02 (stability 0.80, p = 0.010) agrees with its words"],
    [{ rule: "review" }, "cluster 02 (stability 0.80, p = 0.010) is not trusted"],
    [
      { rule: "words only" },
      "the other events of cluster 02 (stability 0.80, p = 0.010) have no theme in common",
    ],
  ];
  for (const [after, why] of ends) {
    assert.equal(
      whyOf(before, after),
      `Prices do not decide any more, as ${why}: its words say Us elections.`,
    );
  }
});

Deno.test("themeChanges() says that one cluster gave way to another, and what changed beside it", () => {
  assert.equal(
    whyOf(
      { theme: "sports", rule: "statistics" },
      {
        ...{ theme: "crypto_digital", rule: "statistics", cluster: "cluster_05" },
        ...{ wordsTheme: "middle_east", eventId: "event b", side: "no" },
      },
    ),
    "Its cluster says another theme: cluster 02 (stability 0.80, p = 0.010) said Sports, " +
      "cluster 05 (stability 0.80, p = 0.010) says Crypto digital. " +
      "Its words changed too, from Us elections to Middle east. " +
      "It is filed under another event now. Its side turns from YES to NO.",
  );
});

Deno.test("themeChanges() names the rules where neither words nor prices explain it", () => {
  assert.equal(
    whyOf({ rule: "words only" }, { theme: "sports", rule: "review" }),
    "The rule “review” gives Sports where “words only” gave Us elections.",
  );
});

Deno.test("themeChanges() does not depend on the order of the rows, and calls nothing a change that is none", () => {
  const row = fc.record({
    decidedOn: fc.constantFrom(DAY, NEXT, NEXT + 30),
    marketId: fc.constantFrom("poly:a", "poly:b", "poly:c"),
    theme: fc.constantFrom("sports", "us_elections"),
  });
  fc.assert(
    fc.property(
      fc.uniqueArray(row, { selector: ({ decidedOn, marketId }) => `${decidedOn} ${marketId}` }),
      (facts) => {
        const rows = facts.map(groupRow);
        const found = themeChanges(groupTable(rows));
        assert.deepEqual(themeChanges(groupTable(rows.toReversed())), found);
        const days = [...new Set(rows.map(({ decidedOn }) => decidedOn))].sort();
        const themeAt = (marketId: string, day: number | undefined) =>
          rows.find((one) => one.marketId === marketId && one.decidedOn === day)?.theme;
        const changed = rows.filter(({ marketId, decidedOn, theme }) => {
          const before = themeAt(marketId, days[days.indexOf(decidedOn) - 1]);
          return before !== undefined && before !== theme;
        });
        assert.equal(found.length, changed.length);
      },
    ),
    { seed: 7, numRuns: 100 },
  );
});
