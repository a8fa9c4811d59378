import assert from "node:assert/strict";
import fc from "fast-check";
import { countScale } from "lib/charts/count_scale.ts";
import { textWidth } from "lib/charts/text_width.ts";
import { countText } from "lib/core/number_text.ts";

Deno.test("countScale() is logarithmic only where counts span more than two decades", () => {
  assert.equal(countScale([1, 0, 100], 300).isLog, false);
  assert.equal(countScale([1, 101], 300).isLog, true);
  assert.equal(countScale([0, 0], 300).isLog, false);
  assert.equal(countScale([], 300).isLog, false);
});

Deno.test("countScale() places a count of 0 at the left end, and one of 1 to the right of it", () => {
  for (const counts of [[0, 1, 5], [0, 1, 5000]]) {
    const { domain, place } = countScale(counts, 300);
    assert.equal(place(0), domain[0]);
    assert.ok(place(1) > domain[0]);
  }
});

Deno.test("countScale() holds every count in order, with labels that do not touch", () => {
  const counts = fc.array(fc.nat({ max: 5_000_000 }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(counts, fc.integer({ min: 200, max: 700 }), (counts, width) => {
      const { domain, ticks, place } = countScale(counts, width);
      const sorted = counts.toSorted((a, b) => a - b);
      sorted.forEach((n, i) => {
        assert.ok(place(n) >= domain[0] && place(n) <= domain[1], `${n}: ${domain}`);
        if (i > 0 && n > sorted[i - 1]!) assert.ok(place(n) > place(sorted[i - 1]!));
      });
      const at = (n: number) => (place(n) - domain[0]) / (domain[1] - domain[0]) * width;
      ticks.slice(1).forEach((tick, i) => {
        const half = (n: number) => textWidth(countText(n), 11) / 2;
        assert.ok(at(tick) - half(tick) > at(ticks[i]!) + half(ticks[i]!), `${ticks}`);
      });
    }),
    { seed: 7, numRuns: 300 },
  );
});
