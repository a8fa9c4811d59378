import assert from "node:assert/strict";
import { clusterThemes } from "lib/taxonomy/cluster_themes.ts";
import type { ThemeCell } from "lib/taxonomy/theme_agreement.ts";
import { fourClusters, OPTIONS, themesOf, unrelated } from "./made_witnesses.ts";

const CLUSTER = { clusterId: 4, label: "rates", nMarkets: 8, stability: 0.75, qValue: 0.05 };

function cell(theme: string, facts: Partial<ThemeCell> = {}): ThemeCell {
  return {
    ...{ clusterId: 4, clusterLabel: "rates", theme, nMarkets: 4, nCluster: 8, nTheme: 10 },
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
  found.forEach(({ share, themeQ }) => {
    assert.equal(share, 8 / 9);
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
  assert.equal(themeOf(cell("fed", { nMarkets: 3, nCluster: 6 })), "fed");
  assert.equal(themeOf(cell("fed", { nMarkets: 2, nCluster: 2 })), null);
  assert.equal(themeOf(cell("fed", { nCluster: 9 })), null);
  assert.equal(themeOf(cell("fed", { expected: 4 })), null);
  assert.equal(themeOf(cell("fed", { clusterId: 5 })), null);
});

Deno.test("clusterThemes() prefers more markets, then the smaller p, then the first name", () => {
  const more = cell("b", { nMarkets: 5, pValue: 0.04 });
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
