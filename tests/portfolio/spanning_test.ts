import assert from "node:assert/strict";
import { normalDraws, randomStream } from "lib/core/random.ts";
import { assetOf } from "lib/portfolio/asset_navs.ts";
import { assetSeries } from "lib/portfolio/session_series.ts";
import { SPANNING_MODELS } from "lib/portfolio/sleeve_evidence.ts";
import { spanning } from "lib/portfolio/spanning.ts";
import { goldenAssets, isNear } from "./made_assets.ts";
// golden: statsmodels' OLS with HAC errors, made by tests/golden/portfolio/portfolios.py
import golden from "../golden/portfolio/portfolios.json" with { type: "json" };

const assets = goldenAssets(), perYear = assets.sessionsPerYear;
const excess = (key: string) => ({
  key,
  excess: assetSeries(assetOf(assets, key)!.nav, assets).excess,
});

Deno.test("spanning() matches statsmodels' least squares with HAC errors and Student's intervals", () => {
  for (const { model, assets: names } of SPANNING_MODELS) {
    const seen = spanning(excess("baskets"), names.map(excess), { perYear });
    const expected = golden.spanning[model];
    assert.ok(isNear(seen.r2, expected.r2, 1e-10));
    [seen.alpha, ...seen.betas].forEach((term, i) => {
      const scale = i === 0 ? perYear : 1;
      assert.ok(isNear(term.value, scale * expected.coefficients[i]!, 1e-10), `${model} ${i}`);
      assert.ok(isNear(term.error, scale * expected.errors[i]!, 1e-10), `${model} ${i}`);
      assert.ok(isNear(term.low, scale * expected.low[i]!, 1e-8), `${model} ${i}`);
      assert.ok(isNear(term.high, scale * expected.high[i]!, 1e-8), `${model} ${i}`);
      assert.ok(isNear(term.pValue, expected.pValues[i]!, 1e-8), `${model} ${i}`);
    });
  }
});

Deno.test("spanning() of a mixture of the assets finds its shares and no alpha", () => {
  const [stocks, bonds] = [excess("stocks"), excess("bonds")];
  const mixed = stocks.excess.map((x, t) => 0.3 * x + 0.5 * bonds.excess[t]!);
  const seen = spanning({ key: "mixed", excess: mixed }, [stocks, bonds], { perYear });
  assert.ok(Math.abs(seen.alpha.value) < 1e-12);
  assert.deepEqual(seen.betas.map(({ value }) => value.toFixed(12)), [
    "0.300000000000",
    "0.500000000000",
  ]);
  assert.ok(isNear(seen.r2, 1, 1e-12));
});

Deno.test("spanning() of bills has alpha and betas of zero", () => {
  const bills = { key: "bills", excess: new Float64Array(golden.nSessions - 1) };
  const seen = spanning(bills, [excess("stocks"), excess("bonds")], { perYear });
  assert.equal(seen.problem, null);
  assert.deepEqual([seen.alpha, ...seen.betas].map(({ value }) => value), [0, 0, 0]);
  assert.ok(Number.isNaN(seen.alpha.pValue) && Number.isNaN(seen.r2));
});

Deno.test("spanning() covers a planted alpha and beta about nineteen times in twenty", () => {
  let alphas = 0, betas = 0;
  for (let k = 0; k < 300; ++k) {
    const draw = normalDraws(randomStream(k, "spanning"));
    const asset = Float64Array.from({ length: 250 }, () => 0.01 * draw());
    const sleeve = asset.map((x) => 0.0004 + 0.5 * x + 0.01 * draw());
    const { alpha, betas: [beta] } = spanning(
      { key: "sleeve", excess: sleeve },
      [{ key: "asset", excess: asset }],
      { perYear: 250 },
    );
    if (alpha.low < 0.1 && alpha.high > 0.1) ++alphas;
    if (beta!.low < 0.5 && beta!.high > 0.5) ++betas;
  }
  assert.ok(alphas >= 270 && alphas <= 295, String(alphas));
  assert.ok(betas >= 265 && betas <= 295, String(betas));
});

Deno.test("spanning() says why it is not estimable", () => {
  const cut = (key: string, n: number) => ({ key, excess: excess(key).excess.slice(0, n) });
  const few = spanning(cut("baskets", 59), [cut("stocks", 59)], { perYear });
  assert.equal(few.problem, "too few sessions");
  assert.ok([few.alpha, ...few.betas].every(({ value, error }) => Number.isNaN(value + error)));
  const unknown = { key: "baskets", excess: excess("baskets").excess.map(() => NaN) };
  assert.equal(
    spanning(unknown, [excess("stocks")], { perYear }).problem,
    "the bill's rate is not known",
  );
  const copied = spanning(excess("baskets"), [excess("stocks"), excess("stocks")], { perYear });
  assert.equal(copied.problem, "singular design");
});

Deno.test("spanning() refuses assets of other sessions", () => {
  const short = { key: "stocks", excess: new Float64Array(3) };
  assert.throws(() => spanning(excess("baskets"), [short], { perYear }), {
    name: "RangeError",
    message:
      `Cannot regress sleeve "baskets" as each asset must have its sessions: got 3 of "stocks" for 280`,
  });
});
