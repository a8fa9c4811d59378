import assert from "node:assert/strict";
import fc from "fast-check";
import { parseDay } from "lib/core/day.ts";
import {
  countOf,
  countText,
  dayText,
  fixedText,
  periodText,
  shareText,
  usdText,
} from "lib/core/number_text.ts";

Deno.test("countText() has commas between thousands", () => {
  assert.deepEqual([0, 999, 1000, 1234567, NaN].map(countText), [
    "0",
    "999",
    "1,000",
    "1,234,567",
    "unknown",
  ]);
  assert.deepEqual([countOf(1, "market"), countOf(2000, "market")], ["1 market", "2,000 markets"]);
});

Deno.test("shareText() calls only none 0% and only all 100%", () => {
  assert.deepEqual(
    [0, 0.0004, 0.004, 0.0149, 0.364, 0.985, 0.9996, 1, NaN].map(shareText),
    ["0%", "<0.1%", "0.4%", "1.5%", "36%", "98.5%", ">99.9%", "100%", "unknown"],
  );
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (share) => {
      assert.equal(shareText(share) === "0%", share === 0);
      assert.equal(shareText(share) === "100%", share === 1);
    }),
    { seed: 7 },
  );
});

Deno.test("usdText() has two or three figures and never rounds to the next unit's thousand", () => {
  assert.deepEqual(
    [0, 0.034, 0.999, 1, 697, 999.96, 10_000, 12_345, 375_912, 999_960, 49.9e6, 2e9, NaN].map(
      usdText,
    ),
    [
      "$0",
      "$0.03",
      "$1",
      "$1",
      "$697",
      "$1K",
      "$10K",
      "$12.3K",
      "$376K",
      "$1M",
      "$49.9M",
      "$2B",
      "unknown",
    ],
  );
});

Deno.test("dayText() and periodText() read as a date", () => {
  const day = parseDay("2024-11-04");
  assert.equal(dayText(day), "4 Nov 2024");
  assert.equal(periodText(day, day), "4 Nov 2024");
  assert.equal(periodText(day, day + 30), "4 Nov 2024 – 4 Dec 2024");
});

Deno.test("fixedText() has a true minus, none before what rounds to zero, and a word for NaN", () => {
  assert.deepEqual(
    [fixedText(1.23456), fixedText(-0.5, 1), fixedText(-0.004, 2), fixedText(NaN)],
    ["1.235", "−0.5", "0.00", "unknown"],
  );
});
