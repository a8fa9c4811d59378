import assert from "node:assert/strict";
import { countScale, levelScale, scaledPosition } from "lib/exposures/ladder_scale.ts";
import type { QuotedOutcome } from "lib/exposures/ladder_states.ts";
import { outcomeExposures } from "lib/exposures/outcome_exposures.ts";
import { made } from "./made_taxonomy.ts";
import { RULES } from "./rule_table.ts";

/** The outcomes of one ladder with their quotes. */
function quoted(name: string, quotes: Readonly<Record<string, number>>): QuotedOutcome[] {
  const contracts = Object.keys(quotes).map((text) => ({ text }));
  const { taxonomy, markets } = made([{ name, kind: "ladder", contracts }]);
  return outcomeExposures(taxonomy, markets, RULES)
    .map((row) => ({ row, probability: quotes[row.outcome]! }));
}

const strikes = (near: number, middle: number, far: number) =>
  quoted("Bitcoin above ___", { "above 80k": near, "above 100k": middle, "above 120k": far });

Deno.test("levelScale() is the mean of the intervals and half the range, worked by hand", () => {
  // .25 at 80, .25 at 90, .25 at 110 and .25 at 120
  assert.deepEqual(levelScale(strikes(0.75, 0.5, 0.25)), { zero: 100_000, unit: 20_000 });
  // .2 at 80, .2 at 85 and .4 at 90, and .2 that is not covered
  const buckets = levelScale(quoted("Bitcoin price", { "<80k": 0.2, "80-90k": 0.2, ">90k": 0.4 }))!;
  assert.ok(Math.abs(buckets.zero - (16 + 17 + 36) / 0.8 * 1000) < 1e-6);
  assert.equal(buckets.unit, 5000);
});

Deno.test("levelScale() is null where quotes are few, do not cohere or cover too little", () => {
  assert.equal(levelScale(strikes(0.75, NaN, 0.25)), null);
  assert.equal(levelScale(strikes(0.75, 0.5, 0.6)), null);
  const buckets = (...[low, middle, high]: number[]) =>
    levelScale(quoted("Bitcoin price", { "<80k": low!, "80-90k": middle!, ">90k": high! }));
  assert.equal(buckets(0.2, 0.2, 0.05), null);
  assert.equal(buckets(0.5, 0.5, 0.5), null);
  assert.notEqual(buckets(0.5, 0.5, 0.05), null);
  assert.equal(
    levelScale(quoted("How many Fed rate cuts", { "0": 0.5, "1": 0.3, "2": 0.2 })),
    null,
  );
});

Deno.test("countScale() goes from none to the highest known, quoted or not", () => {
  const of = quoted("How many Fed rate cuts", { "0": 0.5, "1": 0.3, "8 or more": NaN });
  assert.deepEqual(countScale(of), { zero: 0, unit: 8 });
  assert.equal(countScale(strikes(0.75, 0.5, 0.25)), null);
});

Deno.test("scaledPosition() is cut off at a full vector", () => {
  const scale = { zero: 100, unit: 10 };
  assert.deepEqual([80, 95, 100, 104, 200].map((x) => scaledPosition(x, scale)), [
    -1,
    -0.5,
    0,
    0.4,
    1,
  ]);
});
