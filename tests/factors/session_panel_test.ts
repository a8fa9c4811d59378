import assert from "node:assert/strict";
import { parseDay } from "lib/core/day.ts";
import { halfYears } from "lib/factors/loading_periods.ts";
import { contractLoadings } from "lib/factors/loadings.ts";
import { sessionPanel } from "lib/factors/session_panel.ts";
import { madeContract, madeContracts, madePanel, noisePanel } from "./made_factors.ts";

const OLS = { estimator: "ols", coverage: 0.9, minObservationsPerFactor: 5 } as const;
const CALENDAR = madePanel([1, 2, 3, 4, 5], 1);
const OWN = { sessions: 3, minShare: 0, eventOf: (id: string) => id };

Deno.test("sessionPanel() has the last sessions as rows and a contract a column, NaN without a move", () => {
  const contracts = [
    madeContract(1, [0, 2, 4], [10, 20, 30]),
    madeContract(0, [1, 2, 3], [1, 2, 3]),
  ];
  const { days, markets, values } = sessionPanel(CALENDAR, contracts, OWN);
  assert.deepEqual([...days], [1003, 1004, 1005]);
  assert.deepEqual(markets, ["poly:0", "poly:1"]);
  assert.deepEqual([...values], [2, 20, 3, NaN, NaN, 30]);
});

Deno.test("sessionPanel() takes the contract of an event with most moves in the window, the first by id of equals", () => {
  const contracts = [
    // most moves of all, but two within the window
    madeContract(0, [0, 1, 2, 3], [1, 1, 1, 1]),
    madeContract(3, [2, 3, 4], [3, 3, 3]),
    madeContract(2, [2, 3, 4], [2, 2, 2]),
    madeContract(1, [4], [9]),
  ];
  const eventOf = (id: string) => id === "poly:1" ? "other" : "one";
  const found = sessionPanel(CALENDAR, contracts, { ...OWN, eventOf });
  assert.deepEqual(found.markets, ["poly:1", "poly:2"]);
  assert.deepEqual(sessionPanel(CALENDAR, contracts.toReversed(), { ...OWN, eventOf }), found);
});

Deno.test("sessionPanel() asks for a share of the window, that share included", () => {
  const contracts = [
    madeContract(0, [0, 1, 2, 3], [1, 1, 1, 1]),
    madeContract(1, [4], [1]),
    madeContract(2, [0, 1], [1, 1]),
  ];
  const of = (minShare: number) => sessionPanel(CALENDAR, contracts, { ...OWN, minShare }).markets;
  assert.deepEqual(of(0), ["poly:0", "poly:1"]);
  assert.deepEqual(of(2 / 3), ["poly:0"]);
  assert.deepEqual(of(0.7), []);
});

Deno.test("sessionPanel() is whole where fewer sessions are than wanted, and empty without any", () => {
  const all = sessionPanel(CALENDAR, [madeContract(0, [0, 4], [1, 2])], { ...OWN, sessions: 99 });
  assert.deepEqual([all.days.length, [...all.values]], [5, [1, NaN, NaN, NaN, 2]]);
  const none = sessionPanel({ day: new Int32Array(0) }, [madeContract(0, [], [])], OWN);
  assert.deepEqual([none.days.length, none.markets, none.values.length], [0, [], 0]);
});

/** Sessions on every day from 2024-05-01 on. */
function datedPanel(n: number) {
  const first = parseDay("2024-05-01"), panel = noisePanel(n, 1, 3);
  return { ...panel, day: Int32Array.from(panel.day, (_, s) => first + s) };
}

Deno.test("halfYears() cut the sessions at the first of January and of July", () => {
  const panel = datedPanel(300), session = Array.from(panel.day.keys());
  const contract = madeContract(0, session, session.map((s) => Math.sin(s * s)));
  const options = { ...OLS, eventOf: (id: string) => `event of ${id}` };
  const periods = halfYears(panel, [contract], options);
  assert.deepEqual(periods.map(({ name }) => name), ["2024 H1", "2024 H2", "2025 H1"]);
  // 61 days of May and June, then 184
  const ends = [0, 61, 61 + 184, 300];
  periods.forEach(({ set }, p) => {
    const within = session.slice(ends[p], ends[p + 1]);
    const own = madeContract(0, within, within.map((s) => contract.move[s]!));
    const { beta, error } = contractLoadings(panel, [own], OLS);
    assert.deepEqual([set.beta, set.error], [beta, error]);
    assert.ok(set.beta.every(Number.isFinite));
    assert.deepEqual(set.eventIds, ["event of poly:0"]);
    assert.deepEqual([set.marketIds, set.symbols], [["poly:0"], ["F0"]]);
  });
});

Deno.test("halfYears() know nothing of contracts outside of a half-year, nor of too short ones", () => {
  const panel = datedPanel(150), eventOf = (id: string) => id;
  const contracts = [
    madeContract(0, Array.from({ length: 40 }, (_, t) => t), Array.from({ length: 40 }, Math.sin)),
    madeContract(
      1,
      Array.from({ length: 40 }, (_, t) => 100 + t),
      Array.from({ length: 40 }, Math.sin),
    ),
    madeContract(2, [], []),
    // four moves before July and five after
    madeContract(
      3,
      Array.from({ length: 9 }, (_, t) => 57 + t),
      Array.from({ length: 9 }, Math.sin),
    ),
  ].map((one) => ({ ...one, move: one.move.map((_, t) => Math.sin(t * t)) }));
  const [first, second] = halfYears(panel, contracts, { ...OLS, eventOf });
  const known = (beta: Float64Array) => Array.from(beta, (b) => !Number.isNaN(b));
  assert.deepEqual(known(first!.set.beta), [true, false, false, false]);
  assert.deepEqual(known(second!.set.beta), [false, true, false, true]);
});

Deno.test("halfYears() of a period do not change with what comes after it", () => {
  const panel = datedPanel(300), eventOf = (id: string) => id;
  const contracts = madeContracts(panel, { count: 3, n: 300, beta: 0.5, seed: 4 });
  const before = halfYears(panel, contracts, { ...OLS, eventOf });
  const poisoned = contracts.map((one) => ({
    ...one,
    move: one.move.map((move, t) => t >= 61 ? 1000 * move : move),
  }));
  assert.deepEqual(halfYears(panel, poisoned, { ...OLS, eventOf })[0], before[0]);
  assert.deepEqual(halfYears({ ...panel, day: new Int32Array(0) }, [], { ...OLS, eventOf }), []);
});
