import assert from "node:assert/strict";
import fc from "fast-check";
import { mergeSpans, missingSpans, type Span, windowsBack } from "lib/sources/live/spans.ts";

const DAY = 86_400_000;

Deno.test("mergeSpans() sorts, joins what touches and drops what is empty", () => {
  assert.deepEqual(
    mergeSpans([span(5, 7), span(1, 2), span(2, 3), span(9, 9), span(6, 8)]),
    [span(1, 3), span(5, 8)],
  );
});

Deno.test("missingSpans() is the rest, in order", () => {
  assert.deepEqual(missingSpans(span(0, 10), []), [span(0, 10)]);
  assert.deepEqual(missingSpans(span(0, 10), [span(2, 4), span(3, 6)]), [span(0, 2), span(6, 10)]);
  assert.deepEqual(missingSpans(span(0, 10), [span(-5, 20)]), []);
  assert.deepEqual(missingSpans(span(5, 5), []), []);
});

Deno.test("windowsBack() begins with the end and cuts at midnights", () => {
  assert.deepEqual(
    windowsBack({ fromMs: 3 * DAY + 5, toMs: 20 * DAY + 7 }, 15),
    [
      { fromMs: 6 * DAY, toMs: 20 * DAY + 7 },
      { fromMs: 3 * DAY + 5, toMs: 6 * DAY },
    ],
  );
  assert.deepEqual(windowsBack({ fromMs: 3 * DAY, toMs: 4 * DAY }, 15), [{
    fromMs: 3 * DAY,
    toMs: 4 * DAY,
  }]);
});

Deno.test("windowsBack() cuts a span into windows that are short enough, touch and fill it", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 100 * DAY }),
      fc.integer({ min: 0, max: 100 * DAY }),
      fc.integer({ min: 1, max: 40 }),
      (a, b, maxDays) => {
        const whole = { fromMs: Math.min(a, b), toMs: Math.max(a, b) };
        const windows = windowsBack(whole, maxDays);
        assert.deepEqual(mergeSpans(windows), whole.fromMs < whole.toMs ? [whole] : []);
        for (const [k, { fromMs, toMs }] of windows.entries()) {
          assert.ok(toMs > fromMs && toMs - fromMs <= maxDays * DAY);
          if (k > 0) assert.equal(toMs, windows[k - 1]!.fromMs);
          if (k > 0) assert.equal(toMs % DAY, 0, "a day is never cut in two");
        }
      },
    ),
    { seed: 8, numRuns: 300 },
  );
});

Deno.test("missingSpans() and what is there make up the whole, without a part in both", () => {
  const spans = fc.array(
    fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 12 })).map(([at, n]) =>
      span(at, at + n)
    ),
    { maxLength: 8 },
  );
  fc.assert(
    fc.property(spans, (have) => {
      const whole = span(10, 50);
      const missing = missingSpans(whole, have);
      for (let t = 10; t < 50; ++t) {
        const isIn = (list: readonly Span[]) => list.some((s) => s.fromMs <= t && t < s.toMs);
        assert.equal(isIn(missing), !isIn(have));
      }
    }),
    { seed: 8, numRuns: 300 },
  );
});

Deno.test("windowsBack() refuses a window without days", () => {
  assert.throws(() => windowsBack(span(0, 1), 0), {
    name: "RangeError",
    message: "Cannot cut a span into windows as days must be a whole number above 0: got 0",
  });
});

function span(fromMs: number, toMs: number): Span {
  return { fromMs, toMs };
}
