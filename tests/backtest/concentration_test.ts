import assert from "node:assert/strict";
import fc from "fast-check";
import { concentration } from "lib/backtest/concentration.ts";

Deno.test("concentration() of 50, 30 and 20 percent is 0.38, whatever is in cash", () => {
  for (const invested of [1, 0.4]) {
    const found = concentration([0.5, 0.3, 0.2].map((w) => w * invested), ["a", "b", "b"]);
    assert.ok(Math.abs(found.herfindahl - 0.38) < 1e-14);
    assert.ok(Math.abs(found.effectiveContracts - 1 / 0.38) < 1e-13);
    assert.ok(Math.abs(found.effectiveEvents - 2) < 1e-13);
  }
});

Deno.test("concentration() lies between one and the number of contracts, events never above them", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.double({ min: 0.01, max: 1, noNaN: true }), fc.nat(4)), {
        minLength: 1,
      }),
      (rows) => {
        const { effectiveContracts, effectiveEvents } = concentration(
          rows.map(([w]) => w),
          rows.map(([, event]) => `e${event}`),
        );
        assert.ok(effectiveContracts >= 1 - 1e-12 && effectiveContracts <= rows.length + 1e-9);
        assert.ok(effectiveEvents <= effectiveContracts + 1e-9 && effectiveEvents >= 1 - 1e-12);
      },
    ),
    { seed: 2, numRuns: 200 },
  );
});

Deno.test("concentration() of nothing is unknown", () => {
  const unknown = { herfindahl: NaN, effectiveContracts: NaN, effectiveEvents: NaN };
  assert.deepEqual(concentration([], []), unknown);
  assert.deepEqual(concentration([0], ["a"]), unknown);
});

Deno.test("concentration() refuses a negative weight and a contract without an event", () => {
  assert.throws(() => concentration([0.5, -0.1], ["a", "b"]), {
    name: "RangeError",
    message: "Cannot measure concentration as a weight must be >= 0: got -0.1 at 1",
  });
  assert.throws(() => concentration([0.5], []), {
    name: "RangeError",
    message:
      "Cannot measure concentration as each contract must have an event: got 0 events for 1 weights",
  });
});
