import assert from "node:assert/strict";
import fc from "fast-check";
import { outcomeStrike } from "lib/exposures/outcome_strike.ts";

const above = (low: number) => ({ side: "above", low, high: Infinity });
const below = (high: number) => ({ side: "below", low: -Infinity, high });
const between = (low: number, high = low) => ({ side: "between", low, high });

Deno.test("outcomeStrike() reads the venues' ways of writing strikes and buckets", () => {
  const of: [string | null, string, unknown][] = [
    ["Above 4.50%", "", above(4.5)],
    [">117k", "", above(117_000)],
    ["$3,200+", "", above(3200)],
    ["↑ 1,000,000", "", above(1e6)],
    ["↓ 20,000", "", below(20_000)],
    ["8 or more (200+ bps)", "", above(8)],
    ["49 or fewer", "", below(49)],
    ["18,999.99 or below", "", below(18_999.99)],
    ["104–106k", "", between(104_000, 106_000)],
    ["$2,700-$2,800", "", between(2700, 2800)],
    ["86-84k", "", between(84_000, 86_000)],
    ["1.6 to 2.0", "", between(1.6, 2)],
    ["$500b–1t", "", between(5e11, 1e12)],
    ["5 (125 bps)", "Will 5 Fed rate cuts happen?", between(5)],
    ["Exactly 13 cuts", "Will the Fed cut rates more than it said?", between(13)],
    ["0", "", between(0)],
    ["$85,000", "Will Bitcoin dip to $85,000?", below(85_000)],
    ["$180", "Will the GLD gold fund close above $180?", above(180)],
    [null, "Will the S&P 500 be above 7600?", above(7600)],
    [null, "Nasdaq-100 below 19000", below(19_000)],
    [null, "Will above -100,000 jobs be added", above(-100_000)],
    ["-0.1% or less", "", below(-0.1)],
    ["No change", "No change in rates", null],
    ["Q4", "", null],
  ];
  for (const [label, text, wanted] of of) {
    assert.deepEqual(outcomeStrike(label, text), wanted, `${label} | ${text}`);
  }
});

Deno.test("outcomeStrike() gives a range in order or nothing for any text", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 40 }), fc.string({ maxLength: 40 }), (label, text) => {
      const found = outcomeStrike(label, text);
      assert.ok(found === null || found.low <= found.high);
    }),
    { seed: 7 },
  );
  fc.assert(
    fc.property(fc.integer({ min: -9_999_999, max: 9_999_999 }), (value) => {
      const text = value.toLocaleString("en-US");
      assert.deepEqual(outcomeStrike(`Above ${text}`, ""), above(value));
      assert.deepEqual(outcomeStrike(`${text} or below`, ""), below(value));
    }),
    { seed: 7 },
  );
});
