import assert from "node:assert/strict";
import { overfitting } from "lib/backtest/overfitting.ts";
import { normalDraws, type Random, randomStream } from "lib/core/random.ts";
// golden: numpy, made by tests/golden/backtest/overfitting.py
import golden from "../golden/backtest/overfitting.json" with { type: "json" };

/** Trials of standard normal returns with their means. */
function trialsOf(draw: Random, means: readonly number[], nDays: number): Float64Array[] {
  return means.map((mean) => Float64Array.from({ length: nDays }, () => mean + draw()));
}

Deno.test("overfitting() matches numpy over the rows of every split", () => {
  for (const wanted of golden) {
    const trials = wanted.trials.map((trial) => Float64Array.from(trial));
    const before = trials.map((trial) => trial.slice());
    const found = overfitting(trials, { nBlocks: wanted.nBlocks });
    assert.equal(found.nSplits, wanted.logits.length);
    for (const name of ["logits", "inSample", "outOfSample"] as const) {
      found[name].forEach((value, k) => assert.ok(Math.abs(value - wanted[name][k]!) < 1e-9, name));
    }
    assert.deepEqual([...found.timesChosen], wanted.timesChosen);
    assert.equal(found.probability, wanted.probability);
    assert.equal(found.probabilityOfLoss, wanted.probabilityOfLoss);
    assert.ok(Math.abs(found.slope - wanted.slope) < 1e-9);
    assert.deepEqual(trials, before);
  }
});

Deno.test("overfitting() of noise is one half on the mean of many studies", () => {
  const draw = normalDraws(randomStream(11, "noise"));
  const found = Array.from(
    { length: 400 },
    () => overfitting(trialsOf(draw, Array(12).fill(0), 240), { nBlocks: 8 }).probability,
  );
  const mean = found.reduce((sum, p) => sum + p, 0) / found.length;
  const error = Math.sqrt(found.reduce((sum, p) => sum + (p - mean) ** 2, 0) / 399 / 400);
  assert.ok(Math.abs(mean - 0.5) < 3 * error, `${mean} ± ${error}`);
  assert.ok(error * 20 > 0.15, "single studies of noise spread widely");
});

Deno.test("overfitting() finds one truly better trial", () => {
  const draw = normalDraws(randomStream(12, "one better"));
  const means = [0, 0, 0, 0.4, 0, 0, 0, 0];
  const found = overfitting(trialsOf(draw, means, 240), { nBlocks: 12 });
  assert.equal(found.nSplits, 924);
  assert.ok(found.probability < 0.01 && found.probabilityOfLoss < 0.01);
  assert.ok(found.timesChosen[3]! > 900);
});

Deno.test("overfitting() does not depend on the order of the trials", () => {
  const trials = trialsOf(normalDraws(randomStream(13, "order")), [0, 0, 0.1, 0], 61);
  const one = overfitting(trials, { nBlocks: 6 }), order = [2, 0, 3, 1];
  const other = overfitting(order.map((j) => trials[j]!), { nBlocks: 6 });
  assert.deepEqual(other.logits, one.logits);
  assert.deepEqual([...other.timesChosen], order.map((j) => one.timesChosen[j]!));
});

Deno.test("overfitting() chooses the first of equal trials, whose middle rank is overfitted", () => {
  const trial = Float64Array.of(1, 2, 1, 3, 1, 2, 0, 1);
  const { logits, probability, timesChosen } = overfitting([trial, trial.slice(), trial], {
    nBlocks: 4,
  });
  assert.deepEqual([...logits], [0, 0, 0, 0, 0, 0]);
  assert.deepEqual([probability, ...timesChosen], [1, 6, 0, 0]);
});

Deno.test("overfitting() takes a trial that stands still for cash with a ratio of 0", () => {
  const cash = new Float64Array(8).fill(1e-4),
    losing = Float64Array.of(-1, -2, -1, -3, -1, -2, -3, -1);
  const found = overfitting([losing, cash], { nBlocks: 4 });
  assert.deepEqual([...found.timesChosen], [0, 6]);
  assert.deepEqual([...found.inSample, ...found.outOfSample], Array(12).fill(0));
  assert.deepEqual([found.probability, found.probabilityOfLoss, found.slope], [0, 0, NaN]);
});

Deno.test("overfitting() refuses what cannot be split", () => {
  const trial = new Float64Array(8);
  const message = (text: string) => ({
    name: "RangeError",
    message: `Cannot judge overfitting as ${text}`,
  });
  assert.throws(
    () => overfitting([trial], { nBlocks: 4 }),
    message("there must be at least 2 trials: got 1"),
  );
  assert.throws(
    () => overfitting([trial, trial], { nBlocks: 5 }),
    message("nBlocks must be an even number in [2, 20]: got 5"),
  );
  assert.throws(
    () => overfitting([trial, trial], { nBlocks: 6 }),
    message("each of 6 blocks must have at least 2 days: got 8 days"),
  );
  assert.throws(
    () => overfitting([trial, trial.slice(1)], { nBlocks: 4 }),
    message("all trials must have the same days: got 7 in trial 1, 8 before"),
  );
  assert.throws(
    () => overfitting([trial, trial.map(() => NaN)], { nBlocks: 4 }),
    message("each return must be finite: got NaN in trial 1 at 0"),
  );
});
