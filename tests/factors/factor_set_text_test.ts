import assert from "node:assert/strict";
import { factorSetText } from "lib/factors/factor_set_text.ts";
import type { MacroFactors } from "lib/factors/macro_factors.ts";

Deno.test("factorSetText() counts the factors that are fitted where the source lacks some", () => {
  const made = (fitted: number, leftOut: number) =>
    factorSetText({
      panel: { factors: Array.from({ length: fitted }) } as unknown as MacroFactors["panel"],
      set: { key: "us", name: "9 US factors" },
      leftOut: Array.from({ length: leftOut }, () => ({ symbol: "SPY", reason: "still" })),
    });
  assert.deepEqual([made(9, 0), made(8, 1), made(0, 9)], [
    "9 US factors",
    "8 of 9 US factors",
    "0 of 9 US factors",
  ]);
});
