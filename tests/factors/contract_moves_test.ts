import assert from "node:assert/strict";
import fc from "fast-check";
import { type ContractMoveOptions, contractMoves } from "lib/factors/contract_moves.ts";
import { contracts } from "./made_alignment.ts";
// golden: pandas, made by tests/golden/factors/alignment.py
import golden from "../golden/factors/alignment.json" with { type: "json" };

const PANEL = {
  fromDay: Int32Array.from(golden.label.fromDay),
  day: Int32Array.from(golden.label.day),
};
const OPTIONS: ContractMoveOptions = { representation: "logit", tick: 0.01, minSessions: 1 };

for (const representation of ["logit", "points"] as const) {
  Deno.test(`contractMoves() in ${representation} matches pandas over the panel's intervals`, () => {
    const { moves, leftOut } = contractMoves(contracts(golden.contracts), PANEL, {
      ...OPTIONS,
      representation,
    });
    assert.deepEqual(leftOut, []);
    golden.contracts.forEach(({ id }, market) => {
      const want = golden.contractMoves[id as "made:0"], got = moves[market]!;
      assert.deepEqual([got.marketId, got.market, [...got.session]], [id, market, want.session]);
      want[representation].forEach((x, i) => assert.ok(Math.abs(got.move[i]! - x) < 1e-14));
    });
  });
}

/** Friday, Monday, Tuesday, a hole, then two days more. */
const SMALL = { fromDay: Int32Array.of(1, 4, 20), day: Int32Array.of(4, 5, 21) };

Deno.test("contractMoves() compounds a weekend and takes no move whose end was not seen that day", () => {
  const data = contracts([
    { id: "all", day: [1, 2, 3, 4, 5, 20, 21], close: [0.5, 0.6, 0.7, 0.55, 0.65, 0.2, 0.3] },
    { id: "gap", day: [1, 3, 5, 20, 21], close: [0.5, 0.6, 0.7, 0.2, 0.3] },
    { id: "blind", day: [1, 4, 5, 20, 21], close: [0.5, NaN, 0.7, 0.2, 0.3] },
  ]);
  const { moves } = contractMoves(data, SMALL, { ...OPTIONS, representation: "points" });
  assert.deepEqual(moves.map(({ session }) => [...session]), [[0, 1, 2], [2], [2]]);
  assert.deepEqual([...moves[0]!.move].map((x) => x.toFixed(6)), [
    "0.050000",
    "0.100000",
    "0.100000",
  ]);
});

Deno.test("contractMoves() counts the contracts it leaves out by reason", () => {
  const days = [1, 4, 5, 20, 21];
  const data = contracts([
    { id: "none", day: [], close: [] },
    { id: "beside", day: [2, 3, 30], close: [0.1, 0.2, 0.3] },
    { id: "short", day: [1, 4, 5], close: [0.1, 0.2, 0.3] },
    { id: "still", day: days, close: days.map(() => 0.4) },
    { id: "clipped", day: days, close: [0.001, 0.002, 0.003, 0.004, 0.005] },
    { id: "kept", day: days, close: [0.4, 0.4, 0.4, 0.4, 0.5] },
  ]);
  const options = { ...OPTIONS, minSessions: 3 };
  const { moves, leftOut } = contractMoves(data, SMALL, options);
  assert.deepEqual(moves.map(({ marketId, market }) => [marketId, market]), [["kept", 5]]);
  assert.deepEqual(leftOut, [
    { reason: "no price at both ends of a session", count: 2 },
    { reason: "fewer than 3 moves", count: 1 },
    { reason: "all its moves are zero", count: 2 },
  ]);
  const points = contractMoves(data, SMALL, { ...options, representation: "points" });
  assert.deepEqual(points.moves.map(({ marketId }) => marketId), ["clipped", "kept"]);
});

Deno.test("contractMoves() of an empty panel or no contracts is empty", () => {
  const none = { fromDay: new Int32Array(0), day: new Int32Array(0) };
  assert.deepEqual(contractMoves(contracts([]), PANEL, OPTIONS), { moves: [], leftOut: [] });
  assert.deepEqual(contractMoves(contracts(golden.contracts), none, OPTIONS), {
    moves: [],
    leftOut: [{ reason: "no price at both ends of a session", count: 5 }],
  });
});

Deno.test("contractMoves() until a day are the moves that ended before it, whatever follows", () => {
  const whole = contractMoves(contracts(golden.contracts), PANEL, OPTIONS).moves;
  for (const until of [40, 70, 101, 130].map((i) => golden.from + i)) {
    const poisoned = golden.contracts.map(({ id, day, close }) => ({
      id,
      day,
      close: close.map((price, row) => day[row]! < until ? price : 0.99),
    }));
    const cut = golden.contracts.map(({ id, day, close }) => {
      const n = day.filter((one) => one < until).length;
      return { id, day: day.slice(0, n), close: close.slice(0, n) };
    });
    const known = contractMoves(contracts(cut), PANEL, OPTIONS);
    assert.deepEqual(contractMoves(contracts(poisoned), PANEL, { ...OPTIONS, until }), known);
    for (const { market, session, move } of known.moves) {
      const full = whole.find((one) => one.market === market)!;
      assert.deepEqual(session, full.session.slice(0, session.length));
      assert.deepEqual(move, full.move.slice(0, session.length));
      assert.ok(full.session.slice(session.length).every((s) => PANEL.day[s]! >= until));
    }
  }
});

const histories = fc.array(
  fc.array(
    fc.record({
      day: fc.integer({ min: 0, max: 25 }),
      close: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
    { maxLength: 20 },
  ),
  { maxLength: 6 },
).map((all) =>
  all.map((rows, j) => {
    const own = [...new Map(rows.map((row) => [row.day, row.close]))].sort((a, b) => a[0] - b[0]);
    return { id: `m${j}`, day: own.map(([day]) => day), close: own.map(([, close]) => close) };
  })
);

Deno.test("permuting contracts permutes their moves, and complements move the other way", () => {
  fc.assert(
    fc.property(histories, (rows) => {
      const before = structuredClone(rows);
      const moves = new Map(
        contractMoves(contracts(rows), SMALL, OPTIONS).moves.map((one) => [one.marketId, one]),
      );
      const complement = rows.toReversed().map((row) => ({
        ...row,
        close: row.close.map((price) => 1 - price),
      }));
      const turned = contractMoves(contracts(complement), SMALL, OPTIONS).moves;
      assert.equal(turned.length, moves.size);
      for (const { marketId, session, move } of turned) {
        const own = moves.get(marketId)!;
        assert.deepEqual(session, own.session);
        move.forEach((x, i) => assert.ok(Math.abs(x + own.move[i]!) < 1e-9));
      }
      assert.deepEqual(rows, before);
    }),
    { seed: 6, numRuns: 200 },
  );
});

Deno.test("contractMoves() refuses a tick or a number of sessions that cannot be", () => {
  const refuse = (change: Partial<ContractMoveOptions>, message: string) =>
    assert.throws(() => contractMoves(contracts([]), SMALL, { ...OPTIONS, ...change }), {
      name: "RangeError",
      message,
    });
  refuse({ tick: 0 }, "Cannot clip prices as the tick must be in (0, 0.5): got 0");
  refuse(
    { minSessions: 0 },
    "Cannot take moves of contracts as minSessions must be a whole number >= 1: got 0",
  );
});
