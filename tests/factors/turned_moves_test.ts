import assert from "node:assert/strict";
import fc from "fast-check";
import { randomStream } from "lib/core/random.ts";
import { contractLoadings } from "lib/factors/loadings.ts";
import { turnedLoadings } from "lib/factors/turned_loadings.ts";
import { turnedMoves } from "lib/factors/turned_moves.ts";
import { madeContract, madeContracts, noisePanel } from "./made_factors.ts";

const OLS = { estimator: "ols", coverage: 0.9, minObservationsPerFactor: 5 } as const;

Deno.test("turnedMoves() turns forward by whole sessions, at least by one and at most by all but one", () => {
  const one = madeContract(0, [2, 3, 7, 8], [1, 2, 3, 4]);
  const turnedBy = (share: number) => [...turnedMoves([one], () => share)[0]!.move];
  assert.deepEqual(turnedBy(0), [4, 1, 2, 3]);
  assert.deepEqual(turnedBy(0.5), [3, 4, 1, 2]);
  assert.deepEqual(turnedBy(1 - 1e-12), [2, 3, 4, 1]);
  assert.deepEqual([...one.move], [1, 2, 3, 4]);
});

Deno.test("turnedMoves() keeps the sessions, and leaves alone what cannot be turned", () => {
  const short = [madeContract(0, [], []), madeContract(1, [5], [0.3])];
  assert.deepEqual(turnedMoves(short, () => 0.9), short);
  const [turned] = turnedMoves([madeContract(2, [1, 4], [0.1, 0.2])], () => 0.9);
  assert.deepEqual(turned, madeContract(2, [1, 4], [0.2, 0.1]));
});

Deno.test("turnedMoves() draws one share for all: contracts of the same sessions keep what they share", () => {
  let draws = 0;
  const random = () => {
    ++draws;
    return 0.4;
  };
  const session = [0, 1, 2, 3, 4, 5];
  const a = madeContract(0, session, [1, -2, 3, -4, 5, -6]);
  const b = madeContract(1, session, [2, -4, 6, -8, 10, -12]);
  const [first, second] = turnedMoves([a, b], random);
  assert.equal(draws, 1);
  assert.deepEqual([...second!.move], Array.from(first!.move, (move) => 2 * move));
});

Deno.test("turnedMoves() puts every move out of place and loses none", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 40 }),
      fc.double({ min: 0, max: 1 - 1e-9 }),
      (n, share) => {
        const session = Array.from({ length: n }, (_, t) => 3 * t);
        const [turned] = turnedMoves([madeContract(0, session, session)], () => share);
        assert.ok(turned!.move.every((move, t) => move !== session[t]));
        assert.deepEqual([...turned!.move].sort((a, b) => a - b), session);
        assert.deepEqual([...turned!.session], session);
      },
    ),
    { seed: 3, numRuns: 300 },
  );
});

Deno.test("turnedLoadings() are those of the turned moves, a turn by its number alone", () => {
  const panel = noisePanel(80, 2, 1);
  const contracts = madeContracts(panel, { count: 4, n: 60, beta: 0.5, seed: 2 });
  const all = turnedLoadings(panel, contracts, { ...OLS, seed: 9, from: 0, to: 4 });
  assert.equal(all.length, 4);
  all.forEach(({ beta, error, pValue }, t) => {
    const turned = turnedMoves(contracts, randomStream(9, `common turn ${t}`));
    const wanted = contractLoadings(panel, turned, OLS);
    assert.deepEqual([beta, error, pValue], [wanted.beta, wanted.error, wanted.pValue]);
  });
  assert.notDeepEqual(all[0], all[1]);
  assert.deepEqual(
    turnedLoadings(panel, contracts, { ...OLS, seed: 9, from: 2, to: 4 }),
    all.slice(2),
  );
  assert.deepEqual(turnedLoadings(panel, contracts, { ...OLS, seed: 9, from: 2, to: 2 }), []);
});
