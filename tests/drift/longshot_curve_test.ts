import assert from "node:assert/strict";
import { PRICE_EDGES } from "lib/drift/drift_bins.ts";
import { LONGSHOT_RULES } from "lib/drift/longshot_samples.ts";
import { type LongshotCurve, longshotCurves } from "lib/drift/longshot_curve.ts";
import { randomStream } from "lib/core/random.ts";
import { readFolder } from "lib/sources/local/read_folder.ts";
import { inProject } from "lib/store/project_root.ts";
import { type DriftContract, driftData, simulatedData } from "./made_drift.ts";
// golden: statsmodels and sklearn, made by tests/golden/drift/longshot.py
import golden from "../golden/drift/longshot.json" with { type: "json" };

const AGE_7 = LONGSHOT_RULES.filter(({ key }) => key === "7 days after listing");

function assertClose(value: number, wanted: number, what: string): void {
  assert.ok(Math.abs(value - wanted) <= 1e-9 * Math.max(1, Math.abs(wanted)), `${what}: ${value}`);
}

/** A contract with two prices a week apart, settled and due the day after. */
function pair(
  { event, before, price, payout }: {
    readonly event: number;
    readonly before: number;
    readonly price: number;
    readonly payout: number;
  },
  first = golden.first,
): DriftContract {
  return {
    ...{ event, payout, days: [first, first + 7], closes: [before, price] },
    ...{ settledDay: first + 8, due: first + 7 },
  };
}

const GOLDEN = driftData(golden.rows.map((row) => pair(row)));

Deno.test("longshotCurves() matches statsmodels' Wilson intervals and sklearn's Brier score", () => {
  const [curve] = longshotCurves(GOLDEN, { rules: AGE_7 });
  assert.equal(curve!.nSamples, golden.rows.length);
  assertClose(curve!.withinEvent, golden.rho, "within events");
  assert.equal(curve!.bins.length, golden.bins.length);
  golden.bins.forEach((wanted, k) => {
    const bin = curve!.bins[k]!;
    assert.equal(bin.priceHigh, PRICE_EDGES[wanted.bin]);
    assert.deepEqual([bin.nSamples, bin.nEvents], [wanted.n, wanted.nEvents]);
    for (const key of ["meanPrice", "paidShare", "effectiveN", "low", "high"] as const) {
      assertClose(bin[key], wanted[key], `bin ${k} ${key}`);
    }
  });
  const { brier } = curve!;
  assertClose(brier.score.value, golden.brier, "score");
  for (const key of ["reliability", "resolution", "uncertainty"] as const) {
    assertClose(brier[key], golden[key], key);
  }
  assertClose(
    brier.reliability - brier.resolution + brier.uncertainty + brier.within,
    brier.score.value,
    "parts",
  );
});

Deno.test("longshotCurves() takes the favourite side of each contract", () => {
  const rows = [
    { event: 1, before: 0.1, price: 0.2, payout: 0 },
    { event: 2, before: 0.9, price: 0.8, payout: 1 },
    { event: 3, before: 0.6, price: 0.7, payout: 0 },
  ];
  const [curve] = longshotCurves(driftData(rows.map((row) => pair(row))), {
    ...{ rules: AGE_7, side: "favourite" },
  });
  const seen = curve!.bins.map((
    { priceLow, meanPrice, paidShare, nSamples },
  ) => [priceLow, meanPrice.toFixed(2), paidShare, nSamples]);
  assert.deepEqual(seen, [[0.5, "0.70", 0, 1], [0.85, "0.80", 1, 2]]);
});

Deno.test("longshotCurves() takes due contracts only, and counts those without a payout", () => {
  const row = { event: 1, before: 0.2, price: 0.2, payout: 1 };
  const data = driftData([
    pair(row),
    // settles early because its event happened, and is due after the last day
    { ...pair({ ...row, event: 2 }), due: golden.first + 900 },
    { ...pair({ ...row, event: 3 }), settledDay: null, payout: null },
    { ...pair({ ...row, event: 4 }), closes: [0.2], days: [golden.first] },
  ]);
  const rules = LONGSHOT_RULES.filter(({ key }) =>
    key === AGE_7[0]!.key || key.startsWith("1 day")
  );
  const [blind, peeking] = longshotCurves(data, { rules });
  assert.deepEqual([blind!.nContracts, blind!.nUnsettled, blind!.peeks], [1, 1, false]);
  assert.deepEqual([peeking!.nContracts, peeking!.nUnsettled, peeking!.peeks], [2, 0, true]);
});

/** Contracts that pay with probability `chance(price)`, one an event. */
function bets(n: number, chance: (price: number) => number): DriftContract[] {
  const random = randomStream(12, "bets");
  return Array.from({ length: n }, (_, event) => {
    const price = Math.round(2 + 96 * random()) / 100;
    return pair({ event, before: price, price, payout: random() < chance(price) ? 1 : 0 });
  });
}

function curveOf(contracts: readonly DriftContract[]): LongshotCurve {
  return longshotCurves(driftData(contracts), { rules: AGE_7 })[0]!;
}

Deno.test("longshotCurves() finds a planted longshot bias, and none in fair prices", () => {
  const biased = curveOf(bets(1500, (p) => 0.5 + 1.2 * (p - 0.5)));
  assert.ok(biased.slope.low > 0 && biased.slope.low < 0.2 && biased.slope.high > 0.2);
  assert.ok(biased.brier.reliability > 3 * biased.brier.fairReliability);
  const fair = curveOf(bets(1500, (p) => p));
  assert.ok(fair.slope.low <= 0 && fair.slope.high >= 0);
  const off = fair.bins.filter(({ meanPrice, low, high }) => meanPrice < low || meanPrice > high);
  assert.ok(off.length <= 1, `${off.length} bins`);
  for (const { fairLow, fairHigh, meanPrice } of fair.bins) {
    assert.ok(fairLow < meanPrice && meanPrice < fairHigh);
  }
});

Deno.test("longshotCurves() gives copies of one bet the weight of one", () => {
  const once = curveOf(bets(300, (p) => p));
  const copies = curveOf(bets(300, (p) => p).flatMap((one) => [one, one, one, one]));
  assert.ok(copies.withinEvent > 0.9, `${copies.withinEvent}`);
  copies.bins.forEach((bin, k) => {
    const { nSamples, paidShare } = once.bins[k]!;
    assert.equal(bin.nSamples, 4 * nSamples);
    assertClose(bin.paidShare, paidShare, "share");
    assert.ok(bin.effectiveN < 1.1 * nSamples, `${bin.effectiveN} of ${nSamples}`);
  });
  assertClose(copies.slope.value, once.slope.value, "slope");
  assert.ok(copies.slope.error > 0.95 * once.slope.error);
});

Deno.test("longshotCurves() of the simulated universe lie on the diagonal where the day is known ahead", () => {
  const curves = longshotCurves(simulatedData("default", "full"));
  const blind = curves.filter(({ peeks }) => !peeks);
  assert.equal(blind.length, 3);
  for (const { rule, bins, slope, gain, nContracts } of blind) {
    assert.ok(nContracts > 2000, `${rule}: ${nContracts}`);
    assert.ok(slope.low <= 0 && slope.high >= 0, `${rule}: ${slope.low} to ${slope.high}`);
    assert.ok(gain.low <= 0 && gain.high >= 0, `${rule}: ${gain.low} to ${gain.high}`);
    const off = bins.filter(({ meanPrice, low, high }) => meanPrice < low || meanPrice > high);
    assert.deepEqual(off, [], rule);
  }
  // a day counted back from the settlement knows that the event has not happened yet, but will
  const week = curves.find(({ rule }) => rule === "7 days before settlement")!;
  assert.ok(week.gain.low > 0, `${week.gain.low} to ${week.gain.high}`);
});

Deno.test("longshotCurves() of nothing has no bins", () => {
  const curves = longshotCurves(driftData([]));
  assert.deepEqual(
    curves.map(({ bins, nSamples }) => [bins.length, nSamples]),
    LONGSHOT_RULES.map(() => [0, 0]),
  );
});

const REAL = inProject("../shared/data/real");
const isAbsent = await Deno.stat(REAL).then(() => false, () => true);

Deno.test({
  name: "longshotCurves() of real markets has no longshot bias, but gains for who looks ahead",
  ignore: isAbsent,
  fn: async () => {
    const curves = longshotCurves(await readFolder(REAL));
    const month = curves[0]!,
      week = curves.find(({ rule }) => rule === "7 days before settlement")!;
    assert.ok(month.nContracts > 1000 && month.slope.low <= 0 && month.slope.high >= 0);
    assert.ok(month.gain.low <= 0 && month.gain.high >= 0 && week.gain.low > 0);
  },
});
