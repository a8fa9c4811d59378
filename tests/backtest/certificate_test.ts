import assert from "node:assert/strict";
import {
  certificateCheck,
  certificateLine,
  certificateTable,
  decisionDifference,
  type NamedDecision,
  seriesDifference,
} from "lib/backtest/certificate.ts";
import { poisonedAfter } from "lib/backtest/future_poison.ts";
import { dayEndMs, parseDay } from "lib/core/day.ts";
import { randomStream } from "lib/core/random.ts";
import { asOf } from "lib/universe/as_of.ts";
import { dataSetFixture } from "../fixtures/data_set.ts";

function decided(weight: number, side: "yes" | "no" = "yes"): NamedDecision {
  const candidate = { marketId: "poly:a", venue: "polymarket" as const, side };
  return {
    method: "hybrid_equal",
    decision: {
      ...{ basket: "us_elections", name: "US elections", decidedOn: 20_000, status: "held" },
      targets: [{ ...candidate, eventId: "e", tickerId: "t", weight, reason: "" }],
      ...{ cash: 0.8, rules: [], unheld: [], mergedFrom: [] },
    },
  };
}

Deno.test("decisionDifference() sees a weight, a side and a basket that differ in the last bit", () => {
  assert.equal(decisionDifference([decided(0.2)], [decided(0.2)]).nDifferent, 0);
  const bit = decisionDifference([decided(0.2)], [decided(0.2 + 2 ** -55)]);
  assert.deepEqual([bit.nCompared, bit.nDifferent], [2, 1]);
  assert.match(bit.first, /poly:a: yes 0\.2 against yes 0\.2000/);
  assert.equal(decisionDifference([decided(0.2)], [decided(0.2, "no")]).nDifferent, 1);
  assert.equal(decisionDifference([decided(0.2)], []).nDifferent, 2);
});

Deno.test("seriesDifference() compares up to the day and counts a missing day", () => {
  const a = { firstDay: 10, nav: Float64Array.of(100, 101, 102) };
  const b = { firstDay: 10, nav: Float64Array.of(100, 101, 103) };
  assert.equal(seriesDifference(a, b, { name: "nav", until: 11 }).nDifferent, 0);
  assert.equal(seriesDifference(a, b, { name: "nav", until: 12 }).nDifferent, 1);
  const later = { firstDay: 11, nav: Float64Array.of(101, 102) };
  const missing = seriesDifference(a, later, { name: "nav", until: 12 });
  assert.deepEqual([missing.nDifferent, missing.first], [
    1,
    "nav on 1970-01-11: 100 against absent",
  ]);
});

Deno.test("certificateCheck() passes equals, wants a planted look-ahead found, and trusts no empty check", () => {
  const same = { nCompared: 3, nDifferent: 0, first: "" };
  const other = { nCompared: 3, nDifferent: 1, first: "here" };
  const check = (kind: "truncated" | "planted", found: typeof same) =>
    certificateCheck({ kind, name: "x", day: 1 }, [found]).isPassed;
  assert.equal(check("truncated", same), true);
  assert.equal(check("truncated", other), false);
  assert.equal(check("planted", same), false);
  assert.equal(check("planted", other), true);
  assert.equal(check("truncated", { nCompared: 0, nDifferent: 0, first: "" }), false);
});

Deno.test("certificateLine() says that it is refused when one check fails", () => {
  const good = certificateCheck({ kind: "truncated", name: "x", day: 1 }, [
    { nCompared: 3, nDifferent: 0, first: "" },
  ]);
  const bad = { ...good, isPassed: false };
  assert.match(certificateLine([good]), /^\*\*No look-ahead found\.\*\* All 1 checks passed/);
  assert.match(certificateLine([good, bad]), /^\*\*The certificate is refused\.\*\* 1 of 2/);
  assert.equal(certificateTable([good, bad]).nRows, 2);
});

Deno.test("poisonedAfter() changes everything after the day and nothing that was known on it", () => {
  const cut = parseDay("2025-01-02");
  const universe = dataSetFixture({
    "poly:a": {
      closes: { "2025-01-01": 0.5, "2025-01-02": 0.6, "2025-01-03": 0.4 },
      volumes: { "2025-01-02": 7, "2025-01-03": 9 },
      paid: { payout: 1, atMs: dayEndMs(parseDay("2025-01-04")) },
    },
    "poly:z": { closes: { "2025-01-03": 0.3 }, question: "Will it be known later?" },
  });
  const poisoned = poisonedAfter(universe, cut, randomStream(1, "poison"));
  assert.deepEqual(asOf(poisoned, dayEndMs(cut)), asOf(universe, dayEndMs(cut)));
  assert.notEqual(poisoned.prices.close[2], 0.4);
  assert.notEqual(poisoned.activity.volumeUsd[1], 9);
  assert.equal(poisoned.resolutions[0]!.payout, 0);
  assert.notEqual(poisoned.markets[1]!.question, universe.markets[1]!.question);
  assert.equal(universe.prices.close[2], 0.4, "the original is left alone");
});
