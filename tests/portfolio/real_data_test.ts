import assert from "node:assert/strict";
import { formatDay, parseDay } from "lib/core/day.ts";
import { assetOf, portfolioAssets } from "lib/portfolio/asset_navs.ts";
import { portfolioDifferences } from "lib/portfolio/portfolio_differences.ts";
import { sleeveEvidence } from "lib/portfolio/sleeve_evidence.ts";
import { readUniverse } from "lib/sources/universe_source.ts";
import { isNear, OPTIONS, studied, STUDY } from "./made_assets.ts";

const FOLDER = new URL("../../../shared/data/real/", import.meta.url);
const isThere = await Deno.stat(FOLDER).then(() => true, () => false);
const data = isThere ? await readUniverse({ source: FOLDER.pathname, out: "unused" }) : null;

Deno.test({
  name: "a sleeve that is gold is gold in every number, on real closes",
  ignore: !isThere,
  fn() {
    const { benchmarks } = data!;
    const firstDay = parseDay("2023-01-03");
    const plain = portfolioAssets({ benchmarks, sleeves: [] }, OPTIONS);
    const from = firstDay - 1 - plain.firstDay;
    const gold = assetOf(plain, "gold")!.nav.slice(from);
    const sleeve = {
      ...{ key: "baskets", name: "baskets", firstDay },
      nav: gold.slice(1).map((close) => 100 * close / gold[0]!),
    };
    const assets = portfolioAssets({ benchmarks, sleeves: [sleeve] }, OPTIONS);
    assert.equal(formatDay(assets.firstDay), "2022-12-30");
    assert.ok(assets.sessionsPerYear > 248 && assets.sessionsPerYear < 253);
    assert.ok(assets.longestGapDays <= 5);
    const measured = studied(assets);
    for (const { portfolio, measures } of measured) {
      const costs = portfolio.trades.reduce((sum, { cost }) => sum + cost, 0);
      const gains = portfolio.gains.reduce((sum, gain) => sum + gain, 0);
      assert.ok(Math.abs(portfolio.nav.at(-1)! - 100 - gains + costs) < 1e-9);
      assert.ok(measures.volatility.value >= 0);
    }
    const differences = portfolioDifferences(measured, { perYear: assets.sessionsPerYear });
    const of = (key: string) =>
      differences.find(({ portfolio, against }) => portfolio === key && against === "base_cash")!;
    for (const name of ["sharpe", "volatility", "annual_return", "max_drawdown"] as const) {
      const [own, other] = ["base_baskets", "base_gold"].map((key) => of(key).differences[name]);
      assert.ok(isNear(own!.value, other!.value, 1e-9) && isNear(own!.low, other!.low, 1e-9), name);
      assert.equal(own!.pValue, other!.pValue);
    }
    const { spannings, measures } = sleeveEvidence(assets, measured, { ...STUDY, nDraws: 20 });
    const [, four] = spannings;
    assert.ok(Math.abs(four!.alpha.value) < 1e-9 && isNear(four!.betas[2]!.value, 1, 1e-9));
    const same = measures.find((one) => one.with === "gold" && one.measure === "spearman")!;
    assert.ok(isNear(same.value, 1, 1e-12));
  },
});
