import assert from "node:assert/strict";
import type { BasketCard } from "lib/desk/basket_cards.ts";
import type { ViewedBasket } from "lib/desk/baskets_view.ts";
import { basketsOfDate, neighbourDate } from "lib/page/baskets/basket_dates.ts";
import { basketQuestionIds, themeChangeQuestionId } from "lib/page/baskets/basket_ids.ts";
import { basketSubjectId, returnsSubjectId } from "lib/review/basket_subjects.ts";
import { themeChangeId } from "lib/review/theme_changes.ts";

const MEMBER = { marketId: "poly:a", side: "yes", weight: 1, reason: "" };

function basket(id: string): ViewedBasket {
  return {
    ...{ id, name: id, hue: null, nav: { days: [], values: [] }, contracts: [] },
    parts: { drift: 0, resolution: 0, spread: 0, fees: 0, roll: 0, interest: 0 },
    ...{ annualReturn: null, volatility: null, maxDrawdown: null },
  };
}

function card(id: string, date: string, facts: Partial<BasketCard> = {}): BasketCard {
  return {
    ...{ basket: id, date, decidedOn: date, kind: "scheduled", status: "held", rules: [] },
    ...{ mergedFrom: [], turnover: 0, spreadCost: 0, feeCost: 0, rollCost: 0, cashWeight: 0 },
    ...{ members: [MEMBER], additions: [], removals: [], skipped: [] },
    ...facts,
  };
}

const EMPTY = { members: [], status: "infeasible" } as const;
const SOLD = { ...EMPTY, removals: [{ marketId: "poly:a", reason: null, finalReturn: null }] };
const VIEW = {
  baskets: ["emergency", "sold", "steady", "young"].map(basket),
  cards: [
    card("emergency", "2025-01-01"),
    card("emergency", "2025-01-20", { kind: "emergency" }),
    card("sold", "2025-01-01"),
    card("sold", "2025-02-01", SOLD),
    card("steady", "2025-01-01"),
    card("young", "2025-02-01", EMPTY),
  ],
};

Deno.test("basketsOfDate() takes the last trade of each basket up to the date", () => {
  const { shown, inCash } = basketsOfDate(VIEW, "2025-01-20");
  assert.deepEqual(shown.map(({ card, isTraded }) => [card.basket, card.date, isTraded]), [
    ["emergency", "2025-01-20", true],
    ["sold", "2025-01-01", false],
    ["steady", "2025-01-01", false],
  ]);
  assert.deepEqual(inCash, []);
});

Deno.test("basketsOfDate() shows what was sold on its day, and after that calls it cash", () => {
  const [onTheDay, later] = ["2025-02-01", "2025-03-01"].map((date) => basketsOfDate(VIEW, date));
  assert.ok(onTheDay!.shown.some(({ basket }) => basket.id === "sold"));
  assert.deepEqual(onTheDay!.inCash.map(({ basket }) => basket.id), ["young"]);
  assert.deepEqual(later!.inCash.map(({ basket }) => basket.id), ["sold", "young"]);
});

Deno.test("neighbourDate() stops at both ends", () => {
  const dates = ["2025-01-01", "2025-02-01"];
  assert.equal(neighbourDate(dates, "2025-01-01", 1), "2025-02-01");
  assert.equal(neighbourDate(dates, "2025-02-01", 1), "2025-02-01");
  assert.equal(neighbourDate(dates, "2025-01-01", -1), "2025-01-01");
});

Deno.test("basketQuestionIds() are the ids that notebook 05 gives its subjects", () => {
  assert.deepEqual(basketQuestionIds("m", "b", { date: "2025-01-01" }), {
    basket: basketSubjectId("m", "b", "2025-01-01"),
    returns: returnsSubjectId("m", "b"),
  });
  assert.equal(
    themeChangeQuestionId("poly:a", "2025-01-01"),
    themeChangeId("poly:a", "2025-01-01"),
  );
});
