import assert from "node:assert/strict";
import fc from "fast-check";
import { chainBars, type KnownBars } from "lib/sources/benchmarks/chain_bars.ts";

const MS = 86_400_000;

function answer(
  [from, to]: readonly [number, number],
  bars: readonly (readonly [number, number | null, number | null])[],
  { provider = 0, knownAtMs = to * MS } = {},
): KnownBars {
  return {
    kind: "bars",
    subject: "SPY",
    fromMs: from * MS,
    toMs: to * MS,
    provider,
    knownAtMs,
    bars: bars.map(([day, close, adjusted]) => ({ day, close, adjusted })),
  };
}

Deno.test("chainBars() chains adjusted closes at the last day that both answers have", () => {
  // A dividend of 1 % on day 3: the later answer has all days before it at 0.99 of their price.
  const first = answer([0, 3], [[0, 100, 100], [1, 110, 110], [2, 100, 100]]);
  const second = answer([1, 5], [[1, 110, 108.9], [2, 100, 99], [3, 99, 99], [4, 198, 198]]);
  assert.deepEqual(chainBars([second, first], "price"), [
    { day: 0, close: 100 },
    { day: 1, close: 110 },
    { day: 2, close: 100 },
    { day: 3, close: 100 },
    { day: 4, close: 200 },
  ]);
});

Deno.test("chainBars() chains at the last common day where answers disagree about the one before", () => {
  const first = answer([0, 2], [[0, 100, 100], [1, 110, 110]]);
  const second = answer([0, 3], [[0, 80, 40], [1, 110, 55], [2, 120, 60]]);
  for (const bars of [second.bars, second.bars.toReversed()]) {
    assert.deepEqual(chainBars([first, { ...second, bars }], "price").map(({ close }) => close), [
      100,
      110,
      120,
    ]);
  }
});

Deno.test("chainBars() leaves a day without a close out, and takes it when it arrives", () => {
  const first = answer([0, 3], [[0, 100, 100], [1, null, null], [2, 104, 104]]);
  const second = answer([0, 4], [[0, 100, 50], [1, 102, 51], [2, 104, 52], [3, 108, 54]]);
  assert.deepEqual(chainBars([first], "price").map(({ day }) => day), [0, 2]);
  assert.deepEqual(chainBars([first, second], "price").map(({ close }) => close), [
    100,
    102,
    104,
    108,
  ]);
});

Deno.test("chainBars() takes plain closes where an answer has no adjusted ones", () => {
  const bars = [[0, 100, null], [1, 101, null]] as const;
  assert.deepEqual(chainBars([answer([0, 2], bars)], "price").map(({ close }) => close), [
    100,
    101,
  ]);
});

Deno.test("chainBars() takes the answer known last for a level, a yield and a spread", () => {
  const first = answer([0, 3], [[0, 4, 9], [1, 4.1, 9], [2, 4.2, 9]]);
  const second = answer([1, 4], [[1, 4.15, 9], [2, null, 9], [3, 4.3, 9]]);
  for (const kind of ["level", "yield", "spread"] as const) {
    assert.deepEqual(chainBars([second, first], kind), [
      { day: 0, close: 4 },
      { day: 1, close: 4.15 },
      { day: 2, close: 4.2 },
      { day: 3, close: 4.3 },
    ]);
  }
});

Deno.test("chainBars() joins answers that touch through a third one", () => {
  const left = answer([0, 2], [[0, 10, 10], [1, 11, 11]], { knownAtMs: 1 });
  const right = answer([4, 6], [[4, 14, 28], [5, 15, 30]], { knownAtMs: 2 });
  const bridge = answer([1, 5], [[1, 11, 33], [2, 12, 36], [4, 14, 42]], { knownAtMs: 3 });
  const closes = chainBars([left, right, bridge], "price").map(({ close }) => close);
  assert.deepEqual(closes.map((close) => Math.round(close * 1e9) / 1e9), [10, 11, 12, 14, 15]);
});

Deno.test("chainBars() leaves answers out that share no day with the longest chain", () => {
  const short = answer([0, 2], [[0, 10, 10], [1, 11, 11]]);
  const long = answer([5, 8], [[5, 20, 20], [6, 21, 21], [7, 22, 22]]);
  assert.deepEqual(chainBars([short, long], "price").map(({ day }) => day), [5, 6, 7]);
});

Deno.test("chainBars() never joins two providers", () => {
  const days = (from: number, to: number, scale: number) =>
    Array.from({ length: to - from }, (_, i) => [from + i, scale, scale] as const);
  const second = { provider: 1 };
  const late = answer([0, 105], days(0, 105, 2), second);
  const stays = chainBars([answer([0, 100], days(0, 100, 1)), late], "price");
  assert.deepEqual([stays.length, stays[0]!.close, stays.at(-1)!.close], [100, 1, 1]);
  const gone = chainBars([
    answer([0, 100], days(0, 100, 1)),
    answer([0, 111], days(0, 111, 2), second),
  ], "price");
  assert.deepEqual([gone.length, gone[0]!.close, gone.at(-1)!.close], [111, 2, 2]);
  const holed = chainBars([
    answer([0, 50], days(0, 50, 1)),
    answer([60, 105], days(60, 105, 1)),
    late,
  ], "level");
  assert.deepEqual([holed.length, holed[0]!.close], [105, 2]);
});

Deno.test("chainBars() takes the provider with the most closes where none is whole", () => {
  const holed = [
    answer([0, 2], [[0, 1, 1], [1, 1, 1]]),
    answer([20, 21], [[20, 1, 1]]),
  ];
  const old = answer([0, 4], [[0, 2, 2], [1, 2, 2], [2, 2, 2], [3, 2, 2]], { provider: 1 });
  assert.deepEqual(chainBars([...holed, old], "level").map(({ close }) => close), [2, 2, 2, 2]);
});

Deno.test("chainBars() counts an answer without closes as none", () => {
  const empty = answer([0, 200], [[5, null, null]]);
  const second = answer([0, 2], [[0, 3, 3], [1, 4, 4]], { provider: 1 });
  assert.deepEqual(chainBars([empty, second], "price").map(({ close }) => close), [3, 4]);
  assert.deepEqual(chainBars([empty], "price"), []);
  assert.deepEqual(chainBars([], "yield"), []);
});

const paths = fc.record({
  closes: fc.array(fc.double({ min: 0.5, max: 900, noNaN: true }), { minLength: 6, maxLength: 60 }),
  cuts: fc.array(
    fc.record({
      step: fc.integer({ min: 1, max: 9 }),
      overlap: fc.integer({ min: 1, max: 12 }),
      scale: fc.double({ min: 0.01, max: 50, noNaN: true }),
    }),
    { minLength: 1, maxLength: 30 },
  ),
});

/** A series and how it is pulled: days that are new, days asked for again, scale of the answer. */
interface Drawn {
  readonly closes: readonly number[];
  readonly cuts: readonly { step: number; overlap: number; scale: number }[];
}

function pulls({ closes, cuts }: Drawn): KnownBars[] {
  const answers: KnownBars[] = [];
  let at = 0;
  for (const { step, overlap, scale } of cuts) {
    const from = Math.max(0, at - overlap), to = Math.min(at + step, closes.length);
    if (at >= closes.length) break;
    const bars = closes.slice(from, to).map((close, i) =>
      [from + i, close, close * scale] as const
    );
    answers.push(answer([from, to], bars));
    at = to;
  }
  return answers;
}

Deno.test("chainBars() gives the returns of one pull however the pulls were cut", () => {
  fc.assert(
    fc.property(paths, fc.boolean(), (drawn, isReversed) => {
      const answers = pulls(drawn);
      const chain = chainBars(isReversed ? answers.toReversed() : answers, "price");
      assert.deepEqual(chain.map(({ day }) => day), chain.map((_, i) => i));
      for (let i = 1; i < chain.length; ++i) {
        const expected = drawn.closes[i]! / drawn.closes[i - 1]!;
        const actual = chain[i]!.close / chain[i - 1]!.close;
        assert.ok(Math.abs(actual / expected - 1) < 1e-12, `${actual} ${expected}`);
      }
    }),
    { seed: 8, numRuns: 300 },
  );
});

Deno.test("chainBars() keeps every close that it gave when a later pull is added", () => {
  fc.assert(
    fc.property(paths, (drawn) => {
      const answers = pulls(drawn);
      const all = chainBars(answers, "price");
      for (let n = 1; n < answers.length; ++n) {
        const before = chainBars(answers.slice(0, n), "price");
        assert.deepEqual(all.slice(0, before.length), before);
      }
    }),
    { seed: 8, numRuns: 100 },
  );
});
