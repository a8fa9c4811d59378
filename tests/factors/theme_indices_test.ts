import assert from "node:assert/strict";
import fc from "fast-check";
import { normalDraws, randomStream } from "lib/core/random.ts";
import type { SessionMoves } from "lib/factors/session_moves.ts";
import { themeIndices, type ThemePlace } from "lib/factors/theme_indices.ts";

/** Moves of one contract from a session on, one a session. */
function contract(marketId: string, move: readonly number[], from = 0): SessionMoves {
  return {
    marketId,
    market: 0,
    session: Int32Array.from(move, (_, i) => from + i),
    move: Float64Array.from(move),
  };
}

const at = (theme: string, event: string, side: 1 | -1 = 1): ThemePlace => ({ theme, event, side });

/** Made contracts, two an event and five events a theme, with their places. */
function made(seed: number, nSessions = 40) {
  const draw = normalDraws(randomStream(seed, "theme indices"));
  const contracts: SessionMoves[] = [], places = new Map<string, ThemePlace>();
  for (let j = 0; j < 30; ++j) {
    contracts.push(contract(`m${j}`, Array.from({ length: nSessions - j }, draw), j % 7));
    places.set(`m${j}`, at(`t${j % 3}`, `e${j % 15}`, j % 4 === 0 ? -1 : 1));
  }
  return { contracts, places };
}

Deno.test("themeIndices() takes the mean over events of scaled and turned moves", () => {
  const contracts = [
    contract("a", [1, -1, 1, -1]),
    contract("b", [2, 2, -2, -2]),
    contract("c", [3, 3, -3, -3], 1),
    contract("unplaced", [9, -9, 9, -9]),
  ];
  const places = new Map([["a", at("x", "one")], ["b", at("x", "one", -1)], ["c", at("x", "two")]]);
  const { themes, index, nEvents } = themeIndices(contracts, places, {
    ...{ nSessions: 6, minEvents: 1, minMoves: 2 },
  });
  assert.deepEqual(themes, ["x"]);
  assert.deepEqual([...nEvents], [1, 2, 2, 2, 1, 0]);
  // each contract's standard deviation is √(4/3) of its size, so a scaled move is ±√0.75
  const d = Math.sqrt(0.75);
  const wanted = [0, (-d + d) / 2, (d + d) / 2, (0 - d) / 2, -d, NaN];
  wanted.forEach((x, s) => {
    if (Number.isNaN(x)) assert.ok(Number.isNaN(index[s]!));
    else assert.ok(Math.abs(index[s]! - x) < 1e-12, `${s}: ${index[s]} ${x}`);
  });
});

Deno.test("themeIndices() is not known with too few events, too few moves or moves all alike", () => {
  const places = new Map([["a", at("x", "one")], ["b", at("x", "two")], ["c", at("x", "three")]]);
  const contracts = [
    contract("a", [1, 2, 3]),
    contract("b", [1, 2]),
    contract("c", [4, 4, 4]),
  ];
  const of = (minEvents: number) =>
    themeIndices(contracts, places, { nSessions: 3, minEvents, minMoves: 3 });
  assert.deepEqual([...of(1).nEvents], [1, 1, 1]);
  assert.deepEqual([...of(1).index], [1, 2, 3]);
  assert.ok([...of(2).index].every(Number.isNaN));
});

Deno.test("themeIndices() lets no move count for more than its reach", () => {
  const contracts = [contract("a", [0.1, -0.1, 0.1, -0.1, 50])];
  const places = new Map([["a", at("x", "one")]]);
  const options = { nSessions: 5, minEvents: 1, minMoves: 3, scale: "expanding" } as const;
  assert.equal(themeIndices(contracts, places, options).index[4], 5);
  assert.equal(themeIndices(contracts, places, { ...options, reach: 2 }).index[4], 2);
});

Deno.test("themeIndices() with expanding scale knows nothing of later sessions", () => {
  const { contracts, places } = made(7);
  const options = { nSessions: 50, minEvents: 2, minMoves: 5, scale: "expanding" } as const;
  const whole = themeIndices(contracts, places, options);
  for (const cut of [5, 8, 12, 15, 19, 22, 26, 30, 35, 40]) {
    const poisoned = contracts.map((one) => ({
      ...one,
      move: one.move.map((x, i) => one.session[i]! > cut ? 1e6 * (i - 17) : x),
    }));
    const shortened = contracts.map((one) => {
      const n = one.session.filter((s) => s <= cut).length;
      return { ...one, session: one.session.slice(0, n), move: one.move.slice(0, n) };
    });
    for (const later of [poisoned, shortened]) {
      const { index } = themeIndices(later, places, options);
      for (let k = 0; k < 3; ++k) {
        assert.deepEqual(
          index.slice(50 * k, 50 * k + cut + 1),
          whole.index.slice(50 * k, 50 * k + cut + 1),
        );
      }
    }
  }
  // a scale of all moves does know, which is why it is for looking back only
  const full = { ...options, scale: "full" } as const;
  const poisoned = contracts.map((one) => ({
    ...one,
    move: one.move.map((x, i) => i > 10 ? 99 * x : x),
  }));
  assert.notDeepEqual(
    themeIndices(poisoned, places, full).index.slice(0, 10),
    themeIndices(contracts, places, full).index.slice(0, 10),
  );
});

Deno.test("themeIndices() does not change with order, unit or which side is quoted", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 999 }),
      fc.constantFrom("full", "expanding"),
      (seed, scale) => {
        const { contracts, places } = made(seed);
        const before = contracts.map(({ move }) => move.slice());
        const options = { nSessions: 50, minEvents: 3, minMoves: 6, scale } as const;
        const one = themeIndices(contracts, places, options);
        const turned = contracts.map((c, j) => ({
          ...c,
          move: c.move.map((x) => (j % 2 ? -x : 3 * x)),
        }));
        const sides = new Map([...places].map(([id, place]) => {
          const isTurned = Number(id.slice(1)) % 2 === 1;
          return [
            id,
            isTurned ? { ...place, side: place.side === 1 ? -1 : 1 } as ThemePlace : place,
          ];
        }));
        const other = themeIndices(turned.toReversed(), sides, options);
        assert.deepEqual(other.themes, one.themes);
        assert.deepEqual(other.nEvents, one.nEvents);
        one.index.forEach((x, k) => {
          if (Number.isNaN(x)) assert.ok(Number.isNaN(other.index[k]!));
          else assert.ok(Math.abs(x - other.index[k]!) < 1e-9);
        });
        assert.deepEqual(contracts.map(({ move }) => move), before);
      },
    ),
    { seed: 4, numRuns: 40 },
  );
});

Deno.test("themeIndices() refuses sessions outside of the panel, a market twice and senseless options", () => {
  const places = new Map([["a", at("x", "one")]]), a = contract("a", [1, 2, 3]);
  const refused = (run: () => void, message: string) =>
    assert.throws(run, {
      name: "RangeError",
      message: `Cannot make indices of themes as ${message}`,
    });
  refused(() => themeIndices([a], places, { nSessions: 2 }), "sessions must be in [0, 2): got 2");
  refused(
    () => themeIndices([a, a], places, { nSessions: 3 }),
    'each market must come once: got "a" twice',
  );
  refused(
    () => themeIndices([a], places, { nSessions: 3, minEvents: 0 }),
    "minEvents must be at least 1: got 0",
  );
  refused(
    () => themeIndices([a], places, { nSessions: 3, minMoves: 1 }),
    "minMoves must be at least 2: got 1",
  );
  refused(
    () => themeIndices([a], places, { nSessions: 3, reach: 0 }),
    "reach must be above 0: got 0",
  );
  refused(
    () => themeIndices([a], places, { nSessions: -1 }),
    "nSessions must be a whole number >= 0: got -1",
  );
});
