import assert from "node:assert/strict";
import { numberColumn, stringColumn, table } from "lib/core/table.ts";
import { mixtureNav } from "lib/portfolio/mixtures.ts";
import { sleeveStudy } from "lib/portfolio/sleeve_study.ts";
import { paidCostRate, sleeveTradeCosts } from "lib/portfolio/sleeve_trade_costs.ts";
import { goldenBenchmarks, goldenSleeve, isNear, OPTIONS, SHARES, STUDY } from "./made_assets.ts";

const PLAN = { ...OPTIONS, ...SHARES, ...STUDY };
const study = sleeveStudy({ benchmarks: goldenBenchmarks(), sleeve: goldenSleeve() }, PLAN);

type Row = readonly [method: string, policy: string, traded: number, spread: number, fee: number];

const rebalances = (rows: readonly Row[]) =>
  table({
    method: stringColumn(rows.map(([method]) => method)),
    policy: stringColumn(rows.map(([, policy]) => policy)),
    traded: numberColumn(rows.map((row) => row[2])),
    spread_cost: numberColumn(rows.map((row) => row[3])),
    fee_cost: numberColumn(rows.map((row) => row[4])),
  });

Deno.test("paidCostRate() is spread and fee over what a method traded with proceeds in cash", () => {
  const made = rebalances([
    ["a", "cash", 1, 0.04, 0],
    ["a", "cash", 0.5, 0.02, 0.006],
    ["a", "cash", NaN, NaN, NaN],
    ["a", "cash", 0, 0, 0],
    ["a", "redistribute", 1, 0.5, 0],
    ["b", "cash", 2, 1, 0],
  ]);
  assert.ok(isNear(paidCostRate(made, "a"), 0.066 / 1.5, 1e-15));
  assert.equal(paidCostRate(made, "b"), 0.5);
  assert.ok(Number.isNaN(paidCostRate(made, "c")));
  assert.throws(() => paidCostRate(table({ method: stringColumn(["a"]) }), "a"), {
    name: "TypeError",
    message:
      'Cannot read column "policy" as it must be of type string: got none, the table has method',
  });
});

Deno.test("sleeveTradeCosts() take the sleeve's trades alone at the other rate", () => {
  const [settled, paid] = sleeveTradeCosts(study, 0.05);
  const own = study.measured.find((one) => one.portfolio.mixture.key === "base_baskets")!;
  const cash = study.measured.find((one) => one.portfolio.mixture.key === "base_cash")!;
  assert.equal(settled!.rate, 0.001);
  assert.equal(settled!.endValue, own.portfolio.nav.at(-1));
  const [back, idle] = [own, cash].map(({ measures }) => measures.annual_return.value);
  assert.ok(isNear(settled!.annualReturn, back!, 1e-12));
  assert.ok(isNear(settled!.againstCash, back! - idle!, 1e-12));
  const dear = mixtureNav(own.portfolio.mixture, study.assets, {
    costRate: 0.001,
    ratesOf: { baskets: 0.05 },
  });
  assert.equal(paid!.endValue, dear.nav.at(-1));
  assert.ok(paid!.endValue < settled!.endValue && paid!.rate === 0.05);
  // the first purchase is of a tenth, and pays 4.9 % more
  const first = dear.trades[0]!.cost - own.portfolio.trades[0]!.cost;
  assert.ok(first > 0.48 && first < 0.49, String(first));
  assert.ok(isNear(paid!.againstCash - settled!.againstCash, paid!.annualReturn - back!, 1e-12));
});

Deno.test("sleeveTradeCosts() without a rate have the study's, and none without a sleeve", () => {
  assert.deepEqual(sleeveTradeCosts(study, NaN).map(({ rate }) => rate), [0.001]);
  const never = { ...goldenSleeve(), nav: new Float64Array(0) };
  const none = sleeveStudy({ benchmarks: goldenBenchmarks(), sleeve: never }, PLAN);
  assert.deepEqual(sleeveTradeCosts(none, 0.05), []);
});
