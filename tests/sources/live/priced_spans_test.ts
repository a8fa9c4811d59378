import assert from "node:assert/strict";
import { pricedSpans } from "lib/sources/live/priced_spans.ts";

const DAY = 86_400_000;

Deno.test("pricedSpans() joins what the first choice answered", () => {
  assert.deepEqual(spansOf([answer(0, 15, 14), answer(15, 30, 29)]), [span(0, 30)]);
  assert.deepEqual(spansOf([]), []);
});

Deno.test("pricedSpans() counts no span that only a fallback answered", () => {
  assert.deepEqual(spansOf([answer(0, 15, 14), { ...answer(15, 30, 29), rank: 0 }]), [
    span(0, 15),
  ]);
});

Deno.test("pricedSpans() counts an empty span once the other source was asked too", () => {
  const empty = { ...answer(15, 30, null), needsOther: true as const };
  assert.deepEqual(spansOf([empty]), []);
  assert.deepEqual(spansOf([empty, { ...answer(15, 30, null), rank: 0 }]), [span(15, 30)]);
  assert.deepEqual(spansOf([empty, { ...answer(20, 25, 22), rank: 0 }]), [span(20, 25)]);
});

Deno.test("pricedSpans() asks for a last day without a close once more, a day after its end", () => {
  const early = { ...answer(0, 15, 13), knownAtMs: 15 * DAY + 2 * 3_600_000 };
  const before = 16 * DAY - 1, after = 16 * DAY;
  assert.deepEqual(pricedSpans([early], before), [span(0, 15)], "not the same day");
  assert.deepEqual(pricedSpans([early], after), [span(0, 14)]);
  const again = { ...answer(14, 15, null), knownAtMs: after };
  assert.deepEqual(pricedSpans([early, again], after), [span(0, 15)], "once");
  assert.deepEqual(pricedSpans([{ ...early, points: answer(0, 15, 14).points }], after), [
    span(0, 15),
  ]);
  const unpriced = { ...answer(0, 15, 14).points[0]!, close: null, volumeUsd: 5 };
  assert.deepEqual(pricedSpans([{ ...early, points: [unpriced] }], after), [span(0, 14)]);
  assert.deepEqual(
    pricedSpans([{ ...early, fromMs: 14 * DAY, points: [] }], after),
    [],
    "a span of that day alone",
  );
});

function spansOf(facts: Parameters<typeof pricedSpans>[0]) {
  return pricedSpans(facts, 1000 * DAY);
}

function answer(fromDay: number, toDay: number, lastDay: number | null) {
  const point = (day: number) => ({
    day,
    close: 0.5,
    bid: null,
    ask: null,
    volumeUsd: null,
    openInterest: null,
  });
  return {
    kind: "days" as const,
    subject: "poly:1",
    ...span(fromDay, toDay),
    rank: 1,
    points: lastDay === null ? [] : [point(lastDay)],
    knownAtMs: 100 * DAY,
  };
}

function span(fromDay: number, toDay: number) {
  return { fromMs: fromDay * DAY, toMs: toDay * DAY };
}
