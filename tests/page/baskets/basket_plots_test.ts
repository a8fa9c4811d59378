import assert from "node:assert/strict";
import fc from "fast-check";
import {
  attributionFinding,
  changeSteps,
  navFinding,
  pictureName,
} from "lib/page/baskets/basket_plots.ts";

const PARTS = { drift: 4, resolution: -10, spread: -2, fees: 0, roll: -0.5, interest: 1 };

Deno.test("changeSteps() go from 0 to the change, without parts of nothing", () => {
  assert.deepEqual(changeSteps(PARTS).map(({ name, from, to }) => [name, from, to]), [
    ["Price drift", 0, 4],
    ["Resolution jumps", 4, -6],
    ["Spread", -6, -8],
    ["Rolls", -8, -8.5],
    ["Interest", -8.5, -7.5],
    ["Change", 0, -7.5],
  ]);
});

Deno.test("changeSteps() leave no gap between bars", () => {
  const part = fc.double({ min: -100, max: 100, noNaN: true });
  const parts = fc.record({
    ...{ drift: part, resolution: part, spread: part, fees: part, roll: part, interest: part },
  });
  fc.assert(
    fc.property(parts, (drawn) => {
      const steps = changeSteps(drawn), bars = steps.slice(0, -1);
      bars.forEach((bar, k) => assert.equal(bar.from, k === 0 ? 0 : bars[k - 1]!.to));
      assert.equal(steps.at(-1)!.to, bars.at(-1)?.to ?? 0);
    }),
    { seed: 7, numRuns: 100 },
  );
});

Deno.test("navFinding() says gain or loss and the days", () => {
  const days = [20_000, 20_100];
  assert.equal(
    navFinding("AI", { days, values: [99, 53.25] }),
    "AI lost 46.8% after costs from 4 Oct 2024 to 12 Jan 2025",
  );
  assert.equal(
    navFinding("AI", { days, values: [99, 101] }),
    "AI gained 1.0% after costs from 4 Oct 2024 to 12 Jan 2025",
  );
  assert.equal(navFinding("AI", { days: [], values: [] }), "AI was never traded");
});

Deno.test("attributionFinding() names the largest part by size", () => {
  assert.equal(
    attributionFinding("AI", PARTS),
    "Resolution jumps moved AI most: −10.0 of −7.5 points",
  );
  const none = { drift: 0, resolution: 0, spread: 0, fees: 0, roll: 0, interest: 0 };
  assert.equal(attributionFinding("AI", none), "Nothing moved AI");
});

Deno.test("pictureName() is made of letters that every system takes", () => {
  assert.equal(pictureName("nav", "hybrid_risk", "../<b>É"), "nav_hybrid_risk_b_");
});
