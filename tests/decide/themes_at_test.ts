import assert from "node:assert/strict";
import { themesAt } from "lib/decide/themes_at.ts";
import { HAND_LABELS, SETTINGS } from "./made_decision.ts";
import { twoClusters } from "./made_witnesses.ts";

function themesOf(made: ReturnType<typeof twoClusters>) {
  return themesAt(made, { ...made, handLabels: HAND_LABELS, settings: SETTINGS });
}

Deno.test("themesAt() lets a stable cluster beyond noise overrule words and name what has no theme", () => {
  const { words, reconciled, rule } = themesOf(twoClusters());
  assert.equal(words[9], "fed_monetary_policy");
  assert.deepEqual([reconciled[9], rule[9]], ["crypto_digital", "statistics"]);
  assert.deepEqual([reconciled[19], rule[19]], ["fed_monetary_policy", "prices name"]);
  assert.deepEqual([reconciled[0], rule[0]], ["crypto_digital", "both agree"]);
  assert.deepEqual([reconciled[20], rule[20]], ["sports", "words only"]);
  assert.deepEqual([reconciled[21], rule[21]], ["uncategorized", "neither"]);
});

Deno.test("themesAt() keeps the words against a cluster that is not stable or may be noise", () => {
  for (const first of [{ stability: 0.74 }, { pValue: 0.051 }, { stability: NaN }]) {
    const { reconciled, rule } = themesOf(twoClusters(first));
    assert.deepEqual([reconciled[9], rule[9]], ["fed_monetary_policy", "review"]);
    assert.deepEqual([reconciled[19], rule[19]], ["fed_monetary_policy", "prices name"]);
  }
  const { rule } = themesOf(twoClusters({ stability: 0.75, pValue: 0.05 }));
  assert.equal(rule[9], "statistics");
});

Deno.test("themesAt() takes the hand labels from the listings", () => {
  const { hand } = themesOf(twoClusters());
  assert.deepEqual(hand.slice(18), [null, null, "sports", "crypto_digital"]);
});

Deno.test("themesAt() answers by contract in whichever order they are given", () => {
  const made = twoClusters();
  const order = made.holdables.map((_, k) => k).toReversed();
  const turned = {
    ...made,
    holdables: order.map((k) => made.holdables[k]!),
    clusters: { ...made.clusters, cluster: made.clusters.cluster.toReversed() },
  };
  const plain = themesOf(made), other = themesOf(turned);
  for (const key of ["hand", "words", "reconciled", "rule"] as const) {
    assert.deepEqual(other[key], plain[key].toReversed(), key);
  }
});

Deno.test("themesAt() of no contract is empty", () => {
  const made = twoClusters();
  const none = {
    ...made,
    holdables: [],
    clusters: { ...made.clusters, cluster: new Int32Array(0) },
  };
  assert.deepEqual(themesOf(none), { hand: [], words: [], reconciled: [], rule: [] });
});

Deno.test("themesAt() refuses two contracts of one event", () => {
  const made = twoClusters();
  const holdables = made.holdables.map((one) => ({ ...one, eventId: "same" }));
  assert.throws(() => themesOf({ ...made, holdables }), {
    name: "RangeError",
    message: 'Cannot compare witnesses as each event must have one: got "same" twice',
  });
});
