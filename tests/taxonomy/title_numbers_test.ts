import assert from "node:assert/strict";
import fc from "fast-check";
import { titleNumbers } from "lib/taxonomy/title_numbers.ts";

const numbersOf = (text: string) => titleNumbers(text).numbers;

Deno.test("titleNumbers() keeps comparison and unit", () => {
  const read: readonly (readonly [string, readonly string[]])[] = [
    ["bitcoin above $125k", [">125000$"]],
    ["$5000 or above", ["≥5000$"]],
    ["at least 3 cuts", ["≥3"]],
    ["exactly 3 cuts", ["=3"]],
    ["3 cuts", ["=3"]],
    ["fewer than 100 posts", ["<100"]],
    ["no more than 4.5%", ["≤4.5%"]],
    ["cut by 25bps", ["=25bps"]],
    ["cut by 25 bps", ["=25bps"]],
    ["50+ bps", ["≥50bps"]],
    ["cut rates by >25bps", [">25bps"]],
    ["worth $1.5 trillion", ["=1500000000000$"]],
    ["between 25000 and 25499.99", ["25000..25499.99"]],
    ["25000 to 25499.99", ["25000..25499.99"]],
    ["101-1k cards", ["101..1000"]],
    ["san francisco 49ers", []],
    ["h5n1 at 10% or lower", ["≤10%"]],
  ];
  for (const [text, numbers] of read) assert.deepEqual(numbersOf(text), numbers, text);
});

Deno.test("titleNumbers() reads Kalshi's edges as the strike beside them", () => {
  assert.deepEqual(numbersOf("s&p above 7600 — 7600.01 or above"), [">7600"]);
  assert.deepEqual(numbersOf("nasdaq below 19000 — 18999.99 or below"), ["<19000"]);
  assert.deepEqual(numbersOf("7600.02 or above"), ["≥7600.02"]);
});

Deno.test("titleNumbers() gives one number for each way to write it", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 999 }), (n) => {
      assert.deepEqual(numbersOf(`hit $${n}k`), numbersOf(`hit $${n}000`));
      assert.deepEqual(numbersOf(`hit $${n}m`), numbersOf(`hit $${n} million`));
      assert.notDeepEqual(numbersOf(`above ${n}%`), numbersOf(`below ${n}%`));
      assert.notDeepEqual(numbersOf(`above ${n}%`), numbersOf(`above ${n}`));
      assert.notDeepEqual(numbersOf(`above ${n}`), numbersOf(`at least ${n}`));
    }),
    { seed: 4 },
  );
});
