import assert from "node:assert/strict";
import { type BasketContract, decidedBasket } from "lib/baskets/basket_of.ts";
import { contractRisk } from "lib/baskets/contract_risk.ts";
import type { HeldRow } from "lib/backtest/ledger.ts";
import { formatDay } from "lib/core/day.ts";
import { parseSettings } from "lib/core/settings.ts";
import { stringColumn, table } from "lib/core/table.ts";
import { groupTable } from "lib/decide/group_table.ts";
import { basketReviewSubjects } from "lib/review/basket_subjects.ts";
import { readYaml } from "lib/store/yaml.ts";
import { LIMITS } from "../baskets/limited_contracts.ts";
import { dataSetFixture } from "../fixtures/data_set.ts";
import { basketTables, DAY, heldRow, replay, trade } from "./basket_replays.ts";
import { groupRow } from "./group_rows.ts";

const SETTINGS = parseSettings(await readYaml("config/settings.yaml"));
const DATE = formatDay(DAY);

function seenOf(kind: string, tables: Parameters<typeof basketReviewSubjects>[0]): string[] {
  return basketReviewSubjects(tables).filter((one) => one.kind === kind).map(({ seen }) => seen);
}

/** Five contracts on 60 days of closes, held by inverse volatility as decided on the last of them. */
function heldByRisk(closes: readonly (readonly number[])[]): HeldRow[] {
  const first = DAY - 60;
  const data = dataSetFixture(Object.fromEntries(closes.map((series, j) => [`poly:${j}`, {
    createdAtMs: 0,
    closes: Object.fromEntries(series.map((close, i) => [formatDay(first + i), close])),
  }])));
  const risk = contractRisk(data, data.markets.map((_, j) => j), {
    ...{ day: DAY - 1, settings: SETTINGS },
  });
  const contracts = data.markets.map(({ marketId }): BasketContract => ({
    ...{ marketId, venue: "polymarket", eventId: marketId, tickerId: marketId, side: "yes" },
    ...{ volumeUsd: 1000, liquidityUsd: NaN },
  }));
  const { targets } = decidedBasket({ id: "x", name: "X" }, contracts, {
    ...{ weighting: "inverse_volatility", capsLiquidity: false, decidedOn: DAY - 1 },
    ...{ limits: { ...LIMITS, maxWeight: 1, minWeight: 0, liquidityMultiple: null } },
    mergedFrom: [],
    inputOf: (kept) => ({
      ids: Array.from(kept, (i) => contracts[i]!.marketId),
      volatility: Float64Array.from(kept, (i) => risk.volatility[i]!),
      covariance: new Float64Array(kept.length ** 2),
      volumeUsd: Float64Array.from(kept, () => 1000),
    }),
  });
  return targets.map(({ marketId, side, weight, reason }) =>
    heldRow({
      ...{ marketId, side, weight, reason },
    })
  );
}

const CLOSES = Array.from(
  { length: 5 },
  (_, j) => Array.from({ length: 60 }, (_, i) => 0.4 + 0.02 * j + (i % 2) * 0.02 * (1 + j % 3)),
);

/** The closes with one of them changed. */
function withClose(market: number, day: number, close: number): number[][] {
  return CLOSES.map((series, j) => j === market ? series.with(day, close) : series);
}

Deno.test("basketReviewSubjects() asks what each basket holds and whether its returns are as expected", () => {
  assert.deepEqual(
    basketReviewSubjects(basketTables([replay("us_elections"), replay("all")]))
      .map(({ seen: _, ...subject }) => subject),
    [
      {
        kind: "basket",
        id: `hybrid_risk | us_elections | ${DATE}`,
        title: "Us elections (hybrid_risk) after the trade of 4 Oct 2024: 1 contract",
        isRequired: true,
      },
      {
        kind: "returns",
        id: "hybrid_risk | us_elections",
        title: "Do the returns of Us elections (hybrid_risk) match intuition?",
        isRequired: true,
      },
    ],
  );
});

Deno.test("basketReviewSubjects() tells a method by its name where the trials name it", () => {
  const trials = table({
    method: stringColumn(["hybrid_risk", "words_equal"]),
    policy: stringColumn(["cash", "cash"]),
    name: stringColumn(["Hybrid, inverse volatility", "Words, equal weights"]),
  });
  const held = [replay("sports"), replay("sports", {}, "words_equal"), replay("x", {}, "unnamed")];
  assert.deepEqual(
    basketReviewSubjects(basketTables(held, { trials })).map(({ title }) => title),
    [
      "Sports (Hybrid, inverse volatility) after the trade of 4 Oct 2024: 1 contract",
      "Do the returns of Sports (Hybrid, inverse volatility) match intuition?",
      "X (unnamed) after the trade of 4 Oct 2024: 1 contract",
      "Sports (Words, equal weights) after the trade of 4 Oct 2024: 1 contract",
    ],
  );
});

Deno.test("basketReviewSubjects() asks about every date of the main method, and waits for the last", () => {
  const later = { decidedOn: DAY + 30, date: DAY + 31 };
  const twice = {
    held: [heldRow(), heldRow(later)],
    rebalances: [trade(), trade(later)],
  };
  const found = basketReviewSubjects(
    basketTables([replay("x", twice), replay("x", twice, "words_equal")]),
  );
  assert.deepEqual(found.map(({ id, isRequired }) => [id, isRequired]), [
    [`hybrid_risk | x | ${DATE}`, false],
    [`hybrid_risk | x | ${formatDay(DAY + 31)}`, true],
    ["hybrid_risk | x", true],
    [`words_equal | x | ${formatDay(DAY + 31)}`, false],
  ]);
});

Deno.test("basketReviewSubjects() waits for no basket that went to cash", () => {
  const later = { decidedOn: DAY + 30, date: DAY + 31 };
  const rebalances = [
    trade(),
    trade({ ...later, status: "infeasible", nHeld: 0, cashWeight: 1 }),
  ];
  const asked = (held: HeldRow[]) =>
    basketReviewSubjects(basketTables([replay("x", { held, rebalances })]))
      .filter(({ kind }) => kind === "basket")
      .map(({ title, isRequired }) => [title, isRequired]);
  const first = ["X (hybrid_risk) after the trade of 4 Oct 2024: 1 contract", false];
  // all of it settled before the trade, so that no row says that it was sold
  assert.deepEqual(asked([heldRow()]), [first]);
  assert.deepEqual(
    asked([heldRow(), heldRow({ ...later, weight: 0, reason: "sold=infeasible" })]),
    [first, ["X (hybrid_risk) after the trade of 4 Nov 2024: all in cash", false]],
  );
});

Deno.test("basketReviewSubjects() takes the sleeve of a method that has nothing else", () => {
  const found = basketReviewSubjects(basketTables([replay("all", {}, "all_equal")]));
  assert.deepEqual(found.map(({ id }) => id), [`all_equal | all | ${DATE}`]);
});

Deno.test("basketReviewSubjects() sees one price that changed inside the risk window, and none before it", () => {
  const [seen, inside, before] = [CLOSES, withClose(2, 50, 0.3), withClose(2, 10, 0.3)]
    .map((closes) => seenOf("basket", basketTables([replay("x", { held: heldByRisk(closes) })])));
  assert.equal(heldByRisk(CLOSES).length, 5);
  assert.notDeepEqual(inside, seen);
  assert.deepEqual(before, seen);
});

Deno.test("basketReviewSubjects() sees a reason, a title, a cost, a value and a part that changed", () => {
  const tables = basketTables([replay("x")]);
  const basket = [
    basketTables([replay("x", { held: [heldRow({ reason: "carried=stale price" })] })]),
    basketTables([replay("x", { rebalances: [trade({ spreadCost: 0.02 })] })]),
    { ...tables, titles: (id: string) => `Another title of ${id}` },
  ].map((changed) => seenOf("basket", changed));
  for (const changed of basket) assert.notDeepEqual(changed, seenOf("basket", tables));
  const returns = [
    basketTables([replay("x", { nav: Float64Array.of(99, 101, 102.5, 104) })]),
    basketTables([replay("x", { interest: 1e-9 })]),
  ].map((changed) => seenOf("returns", changed));
  for (const changed of returns) assert.notDeepEqual(changed, seenOf("returns", tables));
});

Deno.test("basketReviewSubjects() names a contract's change of theme by the later decision", () => {
  const rows = (stability: number) =>
    groupTable([
      groupRow({ decidedOn: DAY, theme: "sports", wordsTheme: "sports" }),
      groupRow({ decidedOn: DAY + 31, clusterStability: stability }),
    ]);
  const [change, ...others] = basketReviewSubjects(basketTables([], { groups: rows(0.5) }));
  assert.deepEqual({ ...change, seen: "" }, {
    ...{ kind: "theme_change", id: `poly:a | ${formatDay(DAY + 31)}`, seen: "" },
    title: "Title of poly:a: from Sports to Us elections on 4 Nov 2024",
    isRequired: false,
  });
  assert.deepEqual(others, []);
  const [again] = basketReviewSubjects(basketTables([], { groups: rows(0.6) }));
  assert.notEqual(again!.seen, change!.seen);
});

Deno.test("basketReviewSubjects() gives every subject an id of its own, whatever the order of the replays", () => {
  const replays = ["b", "a", "c"].flatMap((id) => [replay(id), replay(id, {}, "words_equal")]);
  const found = basketReviewSubjects(basketTables(replays));
  assert.equal(new Set(found.map(({ kind, id }) => `${kind} ${id}`)).size, 9);
  assert.deepEqual(basketReviewSubjects(basketTables(replays.toReversed())), found);
});
