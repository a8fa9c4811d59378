import assert from "node:assert/strict";
import { feeFact } from "lib/sources/polymarket/fee_schedule.ts";

const politics = { exponent: 1, rate: 0.04, takerOnly: true, rebateRate: 0.25 };
const none = {
  kind: "fee",
  subject: "poly:1",
  exponent: null,
  isTakerOnly: null,
  rebateShare: null,
  fromMs: null,
};

Deno.test("feeFact() takes the market's own schedule", () => {
  assert.deepEqual(
    feeFact("poly:1", { feeSchedule: politics, feesEnabled: true, feeType: "politics_fees" }),
    {
      kind: "fee",
      subject: "poly:1",
      feeType: "politics_fees",
      rate: 0.04,
      exponent: 1,
      isTakerOnly: true,
      rebateShare: 0.25,
      fromMs: null,
    },
  );
  const quarter = { exponent: 2, rate: 0.25, takerOnly: true, rebateRate: 0.2 };
  const fact = feeFact("poly:1", {
    feeSchedule: quarter,
    feesEnabled: true,
    feeType: "crypto_15_min",
  });
  assert.equal(fact?.exponent, 2);
});

Deno.test("feeFact() knows markets without fees", () => {
  assert.deepEqual(feeFact("poly:1", { feeSchedule: null, feesEnabled: false, feeType: null }), {
    ...none,
    feeType: null,
    rate: 0,
  });
  const zero = { exponent: 1, rate: 0, takerOnly: true, rebateRate: 0 };
  assert.equal(
    feeFact("poly:1", { feeSchedule: zero, feesEnabled: true, feeType: "zero_fees" })?.rate,
    0,
  );
  assert.equal(
    feeFact("poly:1", { feeSchedule: null, feesEnabled: true, feeType: "zero_fees" })?.rate,
    0,
  );
});

Deno.test("feeFact() keeps an unknown rate unknown", () => {
  assert.equal(feeFact("poly:1", { feeSchedule: null, feesEnabled: null, feeType: null }), null);
  const taken = [
    { feeSchedule: null, feesEnabled: true, feeType: null },
    { feeSchedule: null, feesEnabled: null, feeType: "politics_fees" },
    { feeSchedule: null, feesEnabled: false, feeType: "politics_fees" },
    { feeSchedule: { ...politics, rate: null }, feesEnabled: true, feeType: "politics_fees" },
    { feeSchedule: politics, feesEnabled: false, feeType: null },
  ];
  for (const fees of taken) assert.equal(feeFact("poly:1", fees)?.rate, null);
});
