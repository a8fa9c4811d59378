import assert from "node:assert/strict";
import { portfolioAssets } from "lib/portfolio/asset_navs.ts";
import { portfolioList } from "lib/portfolio/portfolio_list.ts";
import { goldenAssets, madeAssets, OPTIONS, SHARES } from "./made_assets.ts";

Deno.test("portfolioList() puts cash and bills beside the sleeve, and every asset alone", () => {
  const list = portfolioList(goldenAssets(), SHARES);
  assert.deepEqual(list.map(({ key, name }) => `${key}: ${name}`), [
    "base: 60/40",
    "base_gold: 60/40 + 10 % GLD",
    "base_crypto: 60/40 + 10 % BTC-USD",
    "base_cash: 60/40 + 10 % cash",
    "base_tbills: 60/40 + 10 % Treasury bills",
    "base_baskets: 60/40 + 10 % baskets",
    "stocks: SPY",
    "bonds: TLT",
    "gold: GLD",
    "crypto: BTC-USD",
    "tbills: Treasury bills",
    "baskets: Baskets",
  ]);
  for (const { holdings } of list) {
    assert.ok(Math.abs(holdings.reduce((sum, { weight }) => sum + weight, 0) - 1) < 1e-15);
  }
});

Deno.test("portfolioList() takes the share from stocks and bonds alike", () => {
  const mixed = portfolioList(goldenAssets(), { stockShare: 0.7, sleeveShare: 0.2 });
  const { holdings, name } = mixed.find(({ added }) => added === "baskets")!;
  assert.equal(name, "70/30 + 20 % baskets");
  assert.deepEqual(holdings.map(({ weight }) => weight.toFixed(12)), [
    "0.560000000000",
    "0.240000000000",
    "0.200000000000",
  ]);
});

Deno.test("portfolioList() without bonds has the assets alone", () => {
  const { benchmarks, sleeves } = madeAssets();
  const few = benchmarks.filter(({ symbol }) => symbol !== "TLT");
  const list = portfolioList(portfolioAssets({ benchmarks: few, sleeves }, OPTIONS), SHARES);
  assert.ok(list.every(({ role }) => role === "alone"));
  assert.equal(list.length, 5);
});

Deno.test("portfolioList() refuses a share that is none", () => {
  assert.throws(() => portfolioList(goldenAssets(), { ...SHARES, sleeveShare: 1.1 }), {
    name: "RangeError",
    message: "Cannot mix assets as sleeveShare must be in [0, 1]: got 1.1",
  });
});
