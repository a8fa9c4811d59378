import assert from "node:assert/strict";
import { formatDay, parseDay } from "lib/core/day.ts";
import { rebalanceDocuments } from "lib/decide/rebalance_documents.ts";
import { FEW } from "./analysed.ts";
import { configWith, decisionDays, replayed, simulated } from "./replayed.ts";

const { data: DATA } = simulated("default", "full", 7);
const { decisions: DECISIONS, replays: REPLAYS } = replayed(DATA, {
  ...{ days: decisionDays(DATA, 4), config: configWith(FEW) },
  methods: ["words_equal", "clusters_risk", "all_equal"],
});
const DOCUMENTS = rebalanceDocuments(DECISIONS, REPLAYS);
const EVENTS = Object.values(DOCUMENTS).flatMap(({ events }) => events);

Deno.test("rebalanceDocuments() has one document a trade date, with every trade of every basket", () => {
  const dates = new Set(
    REPLAYS.flatMap(({ ledger }) => ledger.rebalances.map(({ date }) => formatDay(date))),
  );
  assert.deepEqual(Object.keys(DOCUMENTS), [...dates].sort());
  for (const [name, { date, events }] of Object.entries(DOCUMENTS)) {
    assert.match(name, /^\d{4}-\d\d-\d\d$/);
    assert.ok(date === name && events.every((event) => event.date === name));
  }
  const named = (parts: readonly string[]) => parts.join("|");
  const expected = REPLAYS.flatMap(({ method, policy, basket, ledger }) =>
    ledger.rebalances.map(({ date, kind }) =>
      named([formatDay(date), method, policy, basket, kind])
    )
  );
  const found = EVENTS.map(({ date, method, policy, basket_id, kind }) =>
    named([date, method, policy, basket_id, kind])
  );
  assert.deepEqual(found.sort(), expected.sort());
  assert.ok(EVENTS.some(({ kind }) => kind === "emergency"));
});

Deno.test("rebalanceDocuments() has the fields of the seed plan, known numbers, and survives JSON", () => {
  for (const event of EVENTS) {
    const { date, basket_id, additions, removals, weight_changes, turnover, market_count } = event;
    assert.ok(date !== "" && basket_id !== "");
    for (const one of additions) {
      assert.deepEqual(Object.keys(one), ["market_id", "weight", "reason"]);
      assert.ok(one.weight! > 0 && one.reason !== "");
    }
    for (const one of removals) {
      assert.deepEqual(Object.keys(one), ["market_id", "reason", "final_return"]);
      assert.ok(one.final_return! >= -1, one.market_id);
    }
    for (const one of weight_changes) {
      assert.deepEqual(Object.keys(one), ["market_id", "old_weight", "new_weight"]);
      assert.ok(one.old_weight! > 0 && one.new_weight! > 0);
    }
    assert.ok(turnover! >= 0 && turnover! <= 1 + 1e-9);
    assert.equal(market_count, event.weights.length);
  }
  assert.deepEqual(JSON.parse(JSON.stringify(DOCUMENTS)), DOCUMENTS);
});

Deno.test("rebalanceDocuments() adds and removes from what was held to what is held", () => {
  // a basket that redistributes may lose all it has; what it goes on holding then has no weight
  const inCash = EVENTS.filter(({ policy }) => policy === "cash");
  for (const [, own] of Map.groupBy(inCash, (one) => `${one.method} ${one.basket_id}`)) {
    let held = new Set<string>();
    for (const { additions, removals, weights } of own) {
      const after = new Set(weights.map(({ market_id }) => market_id));
      for (const { market_id } of additions) assert.ok(after.has(market_id));
      for (const { market_id, reason } of removals) {
        assert.ok(held.has(market_id));
        assert.ok(!after.has(market_id) || reason.startsWith("turned"), reason);
      }
      const kept = [...held].filter((id) => !removals.some(({ market_id }) => market_id === id));
      const now = [...kept, ...additions.map(({ market_id }) => market_id)];
      assert.deepEqual(now.sort(), [...after].sort());
      held = after;
    }
  }
});

Deno.test("rebalanceDocuments() says newly selected of what the last decision before knew, else newly eligible", () => {
  let nSelected = 0, nEligible = 0;
  DECISIONS.forEach(({ day, methods }, d) => {
    const before = new Map(
      DECISIONS[d - 1]?.methods.map((one) => [one.method as string, one.baskets]),
    );
    const { events } = DOCUMENTS[formatDay(day + 1)] ?? { events: [] };
    for (const { method, basket_id, kind, additions } of events) {
      if (kind !== "scheduled") continue;
      const known = new Set(
        (before.get(method) ?? [])
          .filter(({ basket }) => basket_id === "all" || basket === basket_id)
          .flatMap(({ targets, unheld }) => [...targets, ...unheld].map((one) => one.marketId)),
      );
      for (const { market_id, reason } of additions) {
        if (reason === "newly selected") ++nSelected;
        if (reason === "newly eligible") ++nEligible;
        if (reason.startsWith("newly")) {
          assert.equal(reason, known.has(market_id) ? "newly selected" : "newly eligible");
        }
      }
    }
    assert.ok(methods.length > 0);
  });
  assert.ok(nEligible > 100, `${nSelected} ${nEligible}`);
});

Deno.test("rebalanceDocuments() of no replay has no document", () => {
  assert.deepEqual(rebalanceDocuments(DECISIONS, []), {});
  assert.deepEqual(rebalanceDocuments([], []), {});
});

Deno.test("rebalanceDocuments() says of a contract that left where a person had excluded it by then", () => {
  const left = EVENTS.flatMap(({ decided_on, removals }) =>
    removals.filter(({ reason }) => reason === "not selected")
      .map(({ market_id }) => ({ market_id, day: parseDay(decided_on) }))
  );
  const [one] = left;
  assert.ok(one !== undefined);
  const reasonsFrom = (since: number) =>
    Object.values(
      rebalanceDocuments(DECISIONS, REPLAYS, { excluded: new Map([[one.market_id, since]]) }),
    ).flatMap(({ events }) => events)
      .filter(({ decided_on }) => parseDay(decided_on) === one.day)
      .flatMap(({ removals }) => removals)
      .filter(({ market_id }) => market_id === one.market_id).map(({ reason }) => reason);
  assert.ok(reasonsFrom(one.day).includes("excluded by a person"));
  assert.ok(reasonsFrom(-Infinity).includes("excluded by a person"));
  assert.ok(!reasonsFrom(one.day + 1).includes("excluded by a person"));
});
