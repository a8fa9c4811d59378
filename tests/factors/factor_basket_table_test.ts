import assert from "node:assert/strict";
import {
  cellAt,
  columnOf,
  dateColumn,
  numberColumn,
  stringColumn,
  type Table,
  table,
} from "lib/core/table.ts";
import { dayLabelTable, exchangeLabels } from "lib/factors/day_label_table.ts";
import { factorBasketLine, factorBasketTable } from "lib/factors/factor_basket_table.ts";
import { leftOutTable } from "lib/factors/left_out_table.ts";

type Nav = readonly [method: string, policy: string, basket: string, nav: number];
type Random = readonly [method: string, low: number, mid: number, high: number];
type Metric = readonly [
  method: string,
  basket: string,
  metric: string,
  value: number,
  low: number,
  high: number,
];

const navs = (rows: readonly Nav[]) =>
  table({
    method: stringColumn(rows.map(([method]) => method)),
    policy: stringColumn(rows.map(([, policy]) => policy)),
    basket: stringColumn(rows.map(([, , basket]) => basket)),
    nav: numberColumn(rows.map(([, , , nav]) => nav)),
  });
const metrics = (rows: readonly Metric[]) =>
  table({
    method: stringColumn(rows.map(([method]) => method)),
    policy: stringColumn(rows.map(() => "cash")),
    basket: stringColumn(rows.map(([, basket]) => basket)),
    metric: stringColumn(rows.map(([, , metric]) => metric)),
    value: numberColumn(rows.map((row) => row[3])),
    ci_low: numberColumn(rows.map((row) => row[4])),
    ci_high: numberColumn(rows.map((row) => row[5])),
  });
const random = (rows: readonly Random[]) =>
  table({
    method: stringColumn(rows.map(([method]) => method)),
    date: dateColumn(rows.map((_, i) => i)),
    low: numberColumn(rows.map(([, low]) => low)),
    mid: numberColumn(rows.map(([, , mid]) => mid)),
    high: numberColumn(rows.map(([, , , high]) => high)),
  });
const rowsOf = (of: Table) =>
  Array.from(
    { length: of.nRows },
    (_, row) => Object.values(of.columns).map((column) => cellAt(column, row)),
  );

const TABLES = {
  navs: navs([
    ["all_equal", "cash", "all", 100],
    ["all_equal", "cash", "all", 90],
    ["factors_risk", "cash", "all", 100],
    ["factors_risk", "cash", "all", 120.04],
    // another policy and another basket of the same method, later in the table
    ["factors_risk", "spread", "all", 1],
    ["factors_risk", "cash", "cluster 1", 2],
    ["themes_equal", "cash", "all", 300],
  ]),
  metrics: metrics([
    ["factors_risk", "cluster 1", "annualized_return", 9, 9, 9],
    ["factors_risk", "all", "volatility", 8, 8, 8],
    ["factors_risk", "all", "annualized_return", 0.0128, -0.05, 0.31],
    ["all_equal", "all", "annualized_return", -0.2, -0.4, 0],
  ]),
  random: random([["factors_risk", 1, 2, 3], ["factors_risk", 80, 99, 110]]),
};

Deno.test("factorBasketTable() has the last value, the return and the random portfolios of a sleeve", () => {
  assert.deepEqual(rowsOf(factorBasketTable(TABLES)), [
    ["factors_risk", 120.04, 0.0128, -0.05, 0.31, 80, 99, 110],
    ["all_equal", 90, -0.2, -0.4, 0, null, null, null],
  ]);
  assert.deepEqual(Object.keys(factorBasketTable(TABLES).columns), [
    ...["method", "end", "annual_return", "ci_low", "ci_high"],
    ...["random_low", "random_mid", "random_high"],
  ]);
});

Deno.test("factorBasketTable() refuses a table of other columns", () => {
  assert.throws(
    () => factorBasketTable({ ...TABLES, random: TABLES.navs }),
    { name: "TypeError", message: /Cannot read column "low" as it must be of type number/ },
  );
});

const line = (changed: Partial<typeof TABLES>) =>
  factorBasketLine(factorBasketTable({ ...TABLES, ...changed }));

Deno.test("factorBasketLine() says where factor baskets stand among random ones", () => {
  assert.equal(
    line({}),
    "**Factor baskets.** 100 in baskets of factor clusters became 120.0 after costs, above 95% of its " +
      "random portfolios (80.0 to 110.0, in the middle 99.0); +1.3% a year (95% interval −5% to +31%). " +
      "(`05_nav`, `05_random`, `05_metrics`)",
  );
  const within = random([["factors_risk", 80, 99, 120.04]]);
  assert.match(line({ random: within }), /, within what chance gives \(80\.0 to 120\.0/);
  const below = random([["factors_risk", 121, 130, 140]]);
  assert.match(line({ random: below }), /, below 95% of its random portfolios \(121\.0/);
});

Deno.test("factorBasketLine() says what is missing, and no number that is not known", () => {
  const unknown = line({ random: random([]), metrics: metrics([]) });
  assert.match(
    unknown,
    /random portfolios were not measured; unknown a year \(95% interval unknown/,
  );
  assert.doesNotMatch(unknown, /NaN|undefined|null/);
  assert.equal(
    line({ navs: navs([["all_equal", "cash", "all", 90]]) }),
    "**Factor baskets.** No cluster of factors ever held enough contracts. (`05_nav`)",
  );
  assert.match(line({ navs: navs([]) }), /No cluster of factors ever held/);
});

Deno.test("factorBasketLine() writes small returns as numbers with their sign", () => {
  const of = (low: number, high: number) =>
    line({ metrics: metrics([["factors_risk", "all", "annualized_return", 0, low, high]]) });
  assert.match(of(-0.0004, 0.0006), /; 0% a year \(95% interval 0% to \+0\.1%\)/);
  assert.match(of(-0.0006, 1.5), /; 0% a year \(95% interval −0\.1% to \+150%\)/);
});

Deno.test("leftOutTable() has a row for each factor, and one for each reason of contracts", () => {
  const found = leftOutTable([
    {
      set: "41 global factors",
      factors: [{ symbol: "^N225", reason: "no closes" }, {
        symbol: "X|`y",
        reason: "stands still",
      }],
      contracts: [{ reason: "too few sessions", count: 12 }],
    },
    { set: "none", factors: [], contracts: [] },
    { set: "9 US factors", factors: [], contracts: [{ reason: "no price", count: 3 }] },
  ]);
  assert.deepEqual(Object.keys(found.columns), ["set", "kind", "symbol", "reason", "count"]);
  assert.deepEqual(rowsOf(found), [
    ["41 global factors", "factor", "^N225", "no closes", 1],
    ["41 global factors", "factor", "X|`y", "stands still", 1],
    ["41 global factors", "contract", null, "too few sessions", 12],
    ["9 US factors", "contract", null, "no price", 3],
  ]);
  assert.equal(leftOutTable([]).nRows, 0);
});

Deno.test("dayLabelTable() has a row for each exchange and rule, the rules named for a reader", () => {
  const beta = (label: "close" | "day_end", at: number) => ({
    ...{ label, beta: at, standardError: at + 1, betaOneDay: at + 2, standardErrorOneDay: -1 },
    ...{ varianceLost: at + 3, n: at + 4 },
  });
  const labels = [
    exchangeLabels("Tokyo", [beta("day_end", 10), beta("close", 20)]),
    exchangeLabels("London", [beta("close", 30)]),
  ];
  assert.deepEqual(labels[0]!.betas.map(({ name }) => name), ["24:00 label", "at the close"]);
  const found = dayLabelTable(labels);
  assert.deepEqual(rowsOf(found), [
    ["Tokyo", "day_end", 10, 11, 12, 13, 14],
    ["Tokyo", "close", 20, 21, 22, 23, 24],
    ["London", "close", 30, 31, 32, 33, 34],
  ]);
  assert.deepEqual(Object.keys(found.columns), [
    ...["exchange", "label", "beta", "standard_error", "beta_one_day", "variance_lost", "n"],
  ]);
  assert.equal(columnOf(dayLabelTable([]), "n", "integer").values.length, 0);
});
