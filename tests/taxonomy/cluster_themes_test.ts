import assert from "node:assert/strict";
import fc from "fast-check";
import { clusterThemes, themesByOthers } from "lib/taxonomy/cluster_themes.ts";
import type { ThemeCell } from "lib/taxonomy/theme_cells.ts";
import {
  fourClusters,
  inCluster,
  OPTIONS,
  othersOf,
  themesOf,
  unrelated,
  witness,
} from "./made_witnesses.ts";

const CLUSTER = { clusterId: 4, label: "rates", nEvents: 8, stability: 0.75, qValue: 0.05 };

function cell(theme: string, facts: Partial<ThemeCell> = {}): ThemeCell {
  return {
    ...{ clusterId: 4, clusterLabel: "rates", theme, nEvents: 4, nCluster: 8, nTheme: 10 },
    ...{ expected: 1, residual: 3, pValue: 0.001, qValue: 0.01 },
    ...facts,
  };
}

function themeOf(...cells: ThemeCell[]): string | null {
  return clusterThemes({ cells }, [CLUSTER], OPTIONS)[0]!.theme;
}

Deno.test("clusterThemes() names clusters by what they have in common and says which are trusted", () => {
  const found = themesOf(fourClusters());
  assert.deepEqual(found.map(({ theme, isTrusted }) => [theme, isTrusted]), [
    ["crypto_digital", true],
    ["fed_monetary_policy", true],
    ["middle_east", false],
    ["us_elections", false],
  ]);
  found.forEach(({ share, themeQ, nEvents, nThemed }) => {
    assert.deepEqual([share, nEvents, nThemed], [8 / 9, 10, 9]);
    assert.ok(themeQ > 0 && themeQ < 0.001);
  });
});

Deno.test("clusterThemes() names no cluster by a theme that is large everywhere", () => {
  // two thirds of each cluster are sports, as of all markets
  for (const { theme, share, themeQ } of themesOf(unrelated(300, 7))) {
    assert.deepEqual([theme, share, themeQ], [null, NaN, NaN]);
  }
});

Deno.test("clusterThemes() takes a theme at each limit and none beyond it", () => {
  assert.equal(themeOf(cell("fed")), "fed");
  assert.equal(themeOf(cell("fed", { qValue: 0.05 })), "fed");
  assert.equal(themeOf(cell("fed", { qValue: 0.0501 })), null);
  assert.equal(themeOf(cell("fed", { nEvents: 3, nCluster: 6 })), "fed");
  assert.equal(themeOf(cell("fed", { nEvents: 2, nCluster: 2 })), null);
  assert.equal(themeOf(cell("fed", { nCluster: 9 })), null);
  assert.equal(themeOf(cell("fed", { expected: 4 })), null);
  assert.equal(themeOf(cell("fed", { clusterId: 5 })), null);
});

Deno.test("clusterThemes() prefers more events, then the smaller p, then the first name", () => {
  const more = cell("b", { nEvents: 5, pValue: 0.04 });
  assert.equal(themeOf(cell("a"), more), "b");
  assert.equal(themeOf(cell("a"), cell("b", { pValue: 0.0001 })), "b");
  assert.equal(themeOf(cell("a"), cell("b")), "a");
});

Deno.test("clusterThemes() trusts at the limits, and nothing that was not measured", () => {
  const trusted = (facts: Partial<typeof CLUSTER>) =>
    clusterThemes({ cells: [] }, [{ ...CLUSTER, ...facts }], OPTIONS)[0]!.isTrusted;
  assert.equal(trusted({}), true);
  for (
    const facts of [{ stability: 0.749 }, { qValue: 0.051 }, { stability: NaN }, { qValue: NaN }]
  ) {
    assert.equal(trusted(facts), false);
  }
});

Deno.test("themesByOthers() names a cluster without the event that it is held against", () => {
  const found = othersOf(fourClusters());
  assert.equal(found.size, 40);
  const of = (marketId: string) => {
    const { theme, share, nThemed, nEvents, isTrusted } = found.get(marketId)!;
    return [theme, share, nThemed, nEvents, isTrusted];
  };
  assert.deepEqual(of("poly:00"), ["crypto_digital", 7 / 8, 8, 10, true]);
  assert.deepEqual(of("poly:08"), ["crypto_digital", 1, 8, 10, true]);
  assert.deepEqual(of("poly:09"), ["crypto_digital", 8 / 9, 9, 10, true]);
  assert.deepEqual(of("poly:20"), ["middle_east", 7 / 8, 8, 10, false]);
});

Deno.test("themesByOthers() finds no theme where the event itself made it stand out", () => {
  const facts = (c: number, theme: string, ids: string) =>
    [...ids].map((id) => witness(`poly:${id}`, { ...inCluster(c), theme }));
  const markets = [
    ...facts(0, "fed_monetary_policy", "abc"),
    ...facts(1, "sports", "defghijkl"),
  ];
  assert.equal(themesOf(markets)[0]!.theme, "fed_monetary_policy");
  const found = othersOf(markets);
  for (const id of "abc") {
    const { theme, nThemed } = found.get(`poly:${id}`)!;
    assert.deepEqual([theme, nThemed], [null, 2]);
  }
  // alone in its cluster an event has no others
  const { theme, nThemed } = othersOf([...markets, ...facts(2, "sports", "z")]).get("poly:z")!;
  assert.deepEqual([theme, nThemed], [null, 0]);
});

Deno.test("themesByOthers() gives what clusterThemes() gives when the event is taken away", () => {
  const themes = fc.constantFrom("uncategorized", "a", "a", "b", "c");
  const markets = fc.array(fc.tuple(fc.integer({ min: -1, max: 2 }), themes), { maxLength: 24 })
    .map((list) =>
      list.map(([c, theme], i) => witness(`poly:${i}`, { ...(c < 0 ? {} : inCluster(c)), theme }))
    );
  fc.assert(
    fc.property(markets, (list) => {
      const found = othersOf(list);
      for (const one of list.filter(({ clusterId }) => clusterId >= 0)) {
        const rest = themesOf(list.filter((other) => other !== one))
          .find(({ clusterId }) => clusterId === one.clusterId);
        const { theme, share, themeQ } = found.get(one.marketId)!;
        assert.deepEqual(
          [theme, share, themeQ],
          rest === undefined ? [null, NaN, NaN] : [rest.theme, rest.share, rest.themeQ],
        );
      }
    }),
    { seed: 7, numRuns: 60 },
  );
});

Deno.test("themesByOthers() adjusts p-values of single clusters for all of them", () => {
  const qOf = (pValues: "family" | "single") =>
    themesByOthers(fourClusters(), { ...OPTIONS, pValues }).get("poly:00")!.qValue;
  assert.equal(qOf("family"), 0.01);
  assert.ok(Math.abs(qOf("single") - 0.04 / 3) < 1e-12);
});
