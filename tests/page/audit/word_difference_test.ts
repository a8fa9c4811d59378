import assert from "node:assert/strict";
import fc from "fast-check";
import { type TextRun, wordDifference } from "lib/page/audit/word_difference.ts";

const marked = (runs: readonly TextRun[]) =>
  runs.filter(({ isCommon }) => !isCommon).map(({ text }) => text.trim());
const joined = (runs: readonly TextRun[]) => runs.map(({ text }) => text).join("");
const words = fc.array(fc.constantFrom("a", "b", "c", "not", "5,", "\n"), { maxLength: 12 })
  .map((list) => list.join(" "));

Deno.test("wordDifference() marks the words that only one text has", () => {
  const { a, b } = wordDifference("Will X win by May 5, 2025?", "Will X not win by May 6, 2025?");
  assert.deepEqual(marked(a), ["5,"]);
  assert.deepEqual(marked(b), ["not", "6,"]);
});

Deno.test("wordDifference() takes case and the marks around a word for no difference", () => {
  const { a, b } = wordDifference('The market resolves to "Yes".', "the market Resolves to Yes");
  assert.deepEqual([marked(a), marked(b)], [[], []]);
});

Deno.test("wordDifference() takes a sign, a currency and a percent for a difference", () => {
  for (const [one, other] of [["5%", "5"], ["$5", "5"], ["−5", "5"], ["1,000", "1000"]] as const) {
    const { a, b } = wordDifference(`above ${one} today`, `above ${other} today`);
    assert.deepEqual([marked(a), marked(b)], [[one], [other]]);
  }
});

Deno.test("wordDifference() of an empty text marks all of the other", () => {
  assert.deepEqual(wordDifference("", "all of it"), {
    a: [],
    b: [{ text: "all of it", isCommon: false }],
    isCut: false,
  });
});

Deno.test("wordDifference() gives both texts back whole, and the same words of both", () => {
  fc.assert(
    fc.property(words, words, (one, other) => {
      const { a, b } = wordDifference(one, other);
      assert.equal(joined(a), one);
      assert.equal(joined(b), other);
      assert.deepEqual(common(a), common(b));
    }),
    { seed: 7 },
  );
});

Deno.test("wordDifference() shares as many words as any common subsequence has", () => {
  fc.assert(
    fc.property(words, words, (one, other) => {
      const found = common(wordDifference(one, other).a).length;
      assert.equal(found, longest(listOf(one), listOf(other)));
    }),
    { seed: 7 },
  );
});

Deno.test("wordDifference() marks the same however the two texts stand", () => {
  fc.assert(
    fc.property(words, words, (one, other) => {
      const there = wordDifference(one, other), back = wordDifference(other, one);
      assert.equal(common(there.a).length, common(back.a).length);
    }),
    { seed: 7 },
  );
});

Deno.test("wordDifference() compares as many words as it is told and leaves the rest unmarked", () => {
  const { a, b, isCut } = wordDifference("one two three", "one four five", { mostWords: 2 });
  assert.deepEqual([marked(a), marked(b), isCut], [["two"], ["four"], true]);
});

Deno.test("wordDifference() of 5,000 against 5,000 words with nothing in common ends soon", () => {
  const text = (letter: string) => Array.from({ length: 5000 }, (_, i) => letter + i).join(" ");
  const { a, b } = wordDifference(text("a"), text("b"));
  assert.deepEqual([a.length, b.length], [1, 1]);
});

function common(runs: readonly TextRun[]): string[] {
  return listOf(joined(runs.filter(({ isCommon }) => isCommon)));
}

function listOf(text: string): string[] {
  return (text.match(/\S+/g) ?? []).map((word) => word.replace(/,$/, ""));
}

/** Length of a longest common subsequence by trying all; for short lists. */
function longest(a: readonly string[], b: readonly string[]): number {
  const known = new Map<string, number>();
  const of = (i: number, j: number): number => {
    if (i === a.length || j === b.length) return 0;
    const key = `${i} ${j}`;
    const found = known.get(key) ??
      Math.max(of(i + 1, j), of(i, j + 1), a[i] === b[j] ? 1 + of(i + 1, j + 1) : 0);
    known.set(key, found);
    return found;
  };
  return of(0, 0);
}
