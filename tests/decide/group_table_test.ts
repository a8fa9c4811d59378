import assert from "node:assert/strict";
import { cellAt } from "lib/core/table.ts";
import { groupRows, groupTable } from "lib/decide/group_table.ts";
import { heldSideReader } from "lib/decide/held_side.ts";
import { themesAt } from "lib/decide/themes_at.ts";
import { HAND_LABELS, RULES, SETTINGS } from "./made_decision.ts";
import { twoClusters } from "./made_witnesses.ts";

const MADE = twoClusters({ stability: 0.8, pValue: 0.025 });
const DECISION = {
  ...MADE,
  decidedOn: 20_000,
  themesOf: themesAt(MADE, { ...MADE, handLabels: HAND_LABELS, settings: SETTINGS }),
};
const heldSide = heldSideReader(RULES);

Deno.test("groupTable() has a row for each decision and contract, with what each witness says", () => {
  const decisions = [DECISION, { ...DECISION, decidedOn: 20_030 }];
  const made = groupTable(decisions.flatMap((one) => groupRows(one, heldSide)));
  assert.equal(made.nRows, 44);
  const row = (at: number) =>
    Object.fromEntries(
      Object.entries(made.columns).map(([name, column]) => [name, cellAt(column, at)]),
    );
  assert.deepEqual(row(9), {
    decided_on: 20_000,
    market_id: "poly:09",
    event_id: "event 9",
    ticker_id: "ticker 9",
    side: "yes",
    words_theme: "fed_monetary_policy",
    hand_theme: null,
    cluster: "cluster_01",
    cluster_stability: 0.8,
    cluster_p: 0.025,
    theme: "crypto_digital",
    rule: "statistics",
  });
  assert.deepEqual(row(22 + 20), {
    decided_on: 20_030,
    market_id: "poly:x0",
    event_id: "event 20",
    ticker_id: "ticker 20",
    side: "yes",
    words_theme: "sports",
    hand_theme: "sports",
    cluster: null,
    cluster_stability: null,
    cluster_p: null,
    theme: "sports",
    rule: "words only",
  });
});

Deno.test("groupTable() of no decision has its columns", () => {
  const none = groupTable([]);
  assert.equal(none.nRows, 0);
  assert.equal(Object.keys(none.columns).length, 12);
});
