import assert from "node:assert/strict";
import fc from "fast-check";
import type { ClusterTheme } from "lib/taxonomy/cluster_themes.ts";
import type { MarketWitnesses } from "lib/taxonomy/market_witnesses.ts";
import { reconciled } from "lib/taxonomy/reconcile.ts";
import { fourClusters, inCluster, othersOf, unrelated, witness } from "./made_witnesses.ts";

const THEMES = ["crypto_digital", "fed_monetary_policy", "us_elections"];

function clusterTheme(clusterId: number, theme: string | null, isTrusted: boolean): ClusterTheme {
  return {
    ...{ clusterId, label: `cluster ${clusterId}`, nEvents: 9, stability: 0.8, qValue: 0.01 },
    ...{ theme, share: theme === null ? NaN : 0.7, themeQ: theme === null ? NaN : 0.001 },
    ...{ nThemed: 8, isTrusted },
  };
}

const themes = fc.constantFrom(null, "uncategorized", ...THEMES);
const clusters = fc.tuple(
  ...[0, 1, 2, 3].map((c) =>
    fc.tuple(fc.constantFrom(null, ...THEMES), fc.boolean())
      .map(([theme, isTrusted]) => clusterTheme(c, theme, isTrusted))
  ),
);
const markets = fc.array(fc.tuple(fc.integer({ min: -1, max: 3 }), themes), { maxLength: 20 })
  .map((list) =>
    list.map(([clusterId, theme], i) =>
      witness(`poly:${i}`, { ...(clusterId < 0 ? {} : inCluster(clusterId)), theme })
    )
  );

/** The theme of each event's cluster, the same for all of a cluster. */
function byMarket(
  events: readonly MarketWitnesses[],
  facts: readonly ClusterTheme[],
): Map<string, ClusterTheme> {
  return new Map(
    events.filter(({ clusterId }) => clusterId >= 0)
      .map(({ marketId, clusterId }) => [marketId, facts[clusterId]!]),
  );
}

/** Rule and final theme of one event in one cluster. */
function ruled(words: string | null, theme: string | null, isTrusted: boolean): [string, string] {
  const market = witness("poly:a", { ...inCluster(0), theme: words });
  const [found] = reconciled([market], byMarket([market], [clusterTheme(0, theme, isTrusted)]));
  return [found!.rule, found!.theme];
}

Deno.test("reconciled() follows the corrected rules of the plan", () => {
  const fed = "fed_monetary_policy", crypto = "crypto_digital", none = "uncategorized";
  assert.deepEqual(ruled(fed, fed, true), ["both agree", fed]);
  assert.deepEqual(ruled(fed, fed, false), ["both agree", fed]);
  assert.deepEqual(ruled(crypto, fed, true), ["statistics", fed]);
  assert.deepEqual(ruled(crypto, fed, false), ["review", crypto]);
  assert.deepEqual(ruled(crypto, null, true), ["words only", crypto]);
  for (const nothing of [none, null]) {
    assert.deepEqual(ruled(nothing, fed, true), ["prices name", fed]);
    assert.deepEqual(ruled(nothing, fed, false), ["review", none]);
    assert.deepEqual(ruled(nothing, null, true), ["neither", none]);
  }
  const [alone] = reconciled([witness("poly:a")], new Map());
  assert.deepEqual([alone!.rule, alone!.theme, alone!.cluster], ["words only", crypto, null]);
});

Deno.test("reconciled() moves the odd events of trusted clusters alone", () => {
  const found = reconciled(fourClusters(), othersOf(fourClusters()));
  const moved = found.filter(({ rule }) => rule === "statistics");
  assert.deepEqual(moved.map(({ marketId, theme }) => [marketId, theme]), [
    ["poly:08", "crypto_digital"],
    ["poly:18", "fed_monetary_policy"],
  ]);
  const other = (rule: string) =>
    found.filter((one) => one.rule === rule).map((one) => one.marketId);
  assert.deepEqual(other("prices name"), ["poly:09", "poly:19"]);
  assert.deepEqual(other("review"), ["poly:28", "poly:29", "poly:38", "poly:39"]);
  assert.deepEqual(other("neither"), ["poly:x1"]);
  assert.deepEqual(other("words only"), ["poly:x0"]);
  assert.equal(other("both agree").length, 32);
});

Deno.test("reconciled() hardly ever lets trusted clusters overrule where themes say nothing of them", () => {
  const overruled = Array.from({ length: 100 }, (_, seed) => {
    const markets = unrelated(120, seed).map((one) => ({
      ...one,
      ...inCluster(one.clusterId % 2),
    }));
    return reconciled(markets, othersOf(markets)).some(({ rule }) => rule === "statistics");
  });
  assert.ok(overruled.filter((any) => any).length <= 5);
});

Deno.test("reconciled() gives the same whatever the order of events", () => {
  fc.assert(
    fc.property(markets, clusters, (list, facts) => {
      assert.deepEqual(
        reconciled(list.toReversed(), byMarket(list.toReversed(), facts)),
        reconciled(list, byMarket(list, facts)),
      );
    }),
    { seed: 7, numRuns: 200 },
  );
});

Deno.test("reconciled() rules on an event by its own words and its own cluster alone", () => {
  fc.assert(
    fc.property(markets, clusters, clusters, markets, (list, facts, otherFacts, others) => {
      for (const market of list) {
        // every other market and every other cluster is exchanged
        const changed: MarketWitnesses[] = [
          market,
          ...others.map((one) => ({
            ...one,
            ...{ marketId: `other:${one.marketId}`, eventId: `other ${one.eventId}` },
          })),
        ];
        const known = otherFacts.map((one, c) => c === market.clusterId ? facts[c]! : one);
        const [one] = reconciled(changed, byMarket(changed, known)).filter((it) =>
          it.marketId === market.marketId
        );
        const [same] = reconciled(list, byMarket(list, facts)).filter((it) =>
          it.marketId === market.marketId
        );
        assert.deepEqual(one, same);
      }
    }),
    { seed: 7, numRuns: 100 },
  );
});

Deno.test("reconciled() changes no theme where no cluster is trusted", () => {
  fc.assert(
    fc.property(markets, clusters, (list, facts) => {
      const doubted = facts.map((one) => ({ ...one, isTrusted: false }));
      for (const one of reconciled(list, byMarket(list, doubted))) {
        assert.equal(one.theme, one.wordsTheme ?? "uncategorized");
        assert.ok(one.rule !== "statistics" && one.rule !== "prices name");
      }
    }),
    { seed: 7, numRuns: 200 },
  );
});

Deno.test("reconciled() gives a theme that one of the witnesses gave", () => {
  fc.assert(
    fc.property(markets, clusters, (list, facts) => {
      for (const one of reconciled(list, byMarket(list, facts))) {
        const given = [one.wordsTheme ?? "uncategorized", one.cluster?.theme];
        assert.ok(given.includes(one.theme));
        const isOpen = one.rule === "neither" ||
          one.rule === "review" && (one.wordsTheme ?? "uncategorized") === "uncategorized";
        assert.equal(one.theme === "uncategorized", isOpen);
      }
    }),
    { seed: 7, numRuns: 200 },
  );
});

Deno.test("reconciled() refuses an event of an unknown cluster", () => {
  const other = new Map([["poly:a", clusterTheme(2, null, true)]]);
  for (const known of [new Map<string, ClusterTheme>(), other]) {
    assert.throws(() => reconciled([witness("poly:a", inCluster(3))], known), {
      name: "RangeError",
      message: 'Cannot reconcile "poly:a" as its cluster must be known: got 3',
    });
  }
});

Deno.test("reconciled() never lets prices overrule a theme that a person gave, nor name one they took away", () => {
  const fed = "fed_monetary_policy";
  for (const theme of ["crypto_digital", fed, "uncategorized"]) {
    const market = witness("poly:a", { ...inCluster(0), theme, isByPerson: true });
    for (const isTrusted of [true, false]) {
      const [found] = reconciled([market], byMarket([market], [clusterTheme(0, fed, isTrusted)]));
      assert.deepEqual([found!.rule, found!.theme], ["person", theme]);
    }
  }
  const alone = reconciled([witness("poly:a", { isByPerson: true })], new Map());
  assert.deepEqual(alone.map(({ rule }) => rule), ["person"]);
});

Deno.test("reconciled() takes what a person did not say as if nobody had been asked", () => {
  fc.assert(
    fc.property(markets, clusters, (events, facts) => {
      const unsigned = events.map((event) => ({ ...event, isByPerson: false }));
      assert.deepEqual(
        reconciled(unsigned, byMarket(events, facts)),
        reconciled(events, byMarket(events, facts)),
      );
    }),
    { seed: 7, numRuns: 100 },
  );
});
