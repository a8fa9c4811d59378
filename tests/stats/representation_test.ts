import assert from "node:assert/strict";
import { dayRange, panel } from "lib/core/panel.ts";
import { movesOf, representationKey, representationName } from "lib/stats/representation.ts";

const PRICES = panel(dayRange(0, 5), ["a"], Float64Array.of(0.5, 0.6, 0.6, 0.8, 0.7));

Deno.test("movesOf() takes points or log-odds over its step", () => {
  const points = movesOf(PRICES, { unit: "points", stepDays: 2, onlyTraded: false }, {
    tick: 0.01,
  });
  [NaN, NaN, 0.1, 0.2, 0.1].forEach((want, i) => {
    assert.ok(
      Number.isNaN(want)
        ? Number.isNaN(points.values[i])
        : Math.abs(points.values[i]! - want) < 1e-15,
    );
  });
  const logit = movesOf(PRICES, { unit: "logit", stepDays: 1, onlyTraded: false }, { tick: 0.01 });
  assert.ok(Math.abs(logit.values[1]! - Math.log(0.6 / 0.4)) < 1e-15);
});

Deno.test("movesOf() keeps only moves between two days on which the price moved", () => {
  const traded = movesOf(PRICES, { unit: "points", stepDays: 1, onlyTraded: true }, { tick: 0.01 });
  // day 2 stood still, so neither its move nor the next one counts
  assert.deepEqual(Array.from(traded.values, (x) => Number.isNaN(x)), [
    true,
    true,
    true,
    true,
    false,
  ]);
});

Deno.test("representationKey() and representationName() tell the same choice", () => {
  const one = { unit: "logit", stepDays: 2, onlyTraded: true } as const;
  assert.equal(representationKey(one), "logit_2d_traded");
  assert.equal(representationName(one), "2-day log-odds moves, traded days only");
});
