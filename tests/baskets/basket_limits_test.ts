import assert from "node:assert/strict";
import fc from "fast-check";
import { limitedWeights } from "lib/baskets/basket_limits.ts";
import { type BasketLimits, limitCaps } from "lib/baskets/limit_caps.ts";
import {
  baskets,
  fillingSolver,
  LIMITS,
  type WantedContract,
  wantedContracts,
} from "./limited_contracts.ts";

const limited = (contracts: readonly WantedContract[], limits: Partial<BasketLimits> = {}) =>
  limitedWeights(contracts, fillingSolver(contracts), { ...LIMITS, ...limits });
const rounded = (weights: Float64Array) => Array.from(weights, (w) => Number(w.toFixed(12)));
const reasons = ({ dropped }: ReturnType<typeof limited>) =>
  dropped.map(({ contract, reason }) => `${contract} ${reason}`);

Deno.test("limitedWeights() holds five contracts only in equal parts, else cash", () => {
  for (const wanted of [[1, 1, 1, 1, 1], [8, 4, 2, 1, 1]]) {
    const { status, weights, cash } = limited(wantedContracts(wanted));
    assert.equal(status, "held");
    assert.deepEqual(rounded(weights), [0.2, 0.2, 0.2, 0.2, 0.2]);
    assert.ok(cash < 1e-12);
  }
  const { weights, cash, rules } = limited(wantedContracts([1, 1, 1]), { minMarkets: 3 });
  assert.deepEqual(rounded(weights), [0.2, 0.2, 0.2]);
  assert.deepEqual([cash.toFixed(12), rules], ["0.400000000000", ["max_weight"]]);
});

Deno.test("limitedWeights() keeps the most wanted, then the most traded, then the first", () => {
  const volume = [5, NaN, 9, 5, 0, 5];
  const contracts = wantedContracts([1, 1, 1, 1, 1, 3], (i) => ({ volumeUsd: volume[i]! }));
  const answer = limited(contracts, { maxMarkets: 3, minMarkets: 2, maxWeight: 0.5 });
  assert.deepEqual([...answer.kept], [0, 2, 5]);
  assert.deepEqual(reasons(answer), ["1 count", "3 count", "4 count"]);
  assert.deepEqual(rounded(answer.weights), [0.25, 0.25, 0.5]);
  assert.deepEqual(answer.limits, ["none", "none", "max_weight"]);
  assert.deepEqual(answer.rules, ["max_markets", "max_weight"]);
});

Deno.test("limitedWeights() leaves out for the number before it looks at dust", () => {
  const contracts = wantedContracts([1, 1, 1, 1, 0.08, 0.07]);
  const answer = limited(contracts, { maxMarkets: 5, minMarkets: 1, maxWeight: 0.5 });
  assert.deepEqual(reasons(answer), ["4 dust", "5 count"]);
  assert.deepEqual(answer.rules, ["max_markets", "min_weight"]);
});

Deno.test("limitedWeights() drops dust one at a time, so that what is left may rise above it", () => {
  // of 1: 3 %, 3 %, 2.5 % twice and 89 %; each that leaves lifts the others
  const contracts = wantedContracts([30, 30, 25, 25, 890]);
  const answer = limited(contracts, { minMarkets: 1, minWeight: 0.0305, maxWeight: 1 });
  assert.deepEqual(reasons(answer), ["2 dust", "3 dust"]);
  assert.deepEqual([...answer.weights].map((w) => w.toFixed(4)), ["0.0316", "0.0316", "0.9368"]);
  const fifty = limited(wantedContracts(Array(50).fill(1)), { maxMarkets: 50 });
  assert.equal(fifty.kept.length, 50);
  const more = limited(wantedContracts(Array(51).fill(1)), { maxMarkets: 60 });
  assert.deepEqual(reasons(more), ["50 dust"]);
});

Deno.test("limitedWeights() drops what nobody can trade and what liquidity keeps below dust", () => {
  const liquidity = [0, 0.5, 30, 30, 30, NaN];
  const contracts = wantedContracts([9, 9, 1, 1, 1, 1], (i) => ({ liquidityUsd: liquidity[i]! }));
  const answer = limited(contracts, { minMarkets: 3, liquidityMultiple: 1, maxWeight: 0.35 });
  assert.deepEqual(reasons(answer), ["0 liquidity", "1 liquidity"]);
  assert.deepEqual(rounded(answer.weights), [0.25, 0.25, 0.25, 0.25]);
  assert.deepEqual(answer.rules, ["min_weight", "liquidity"]);
  assert.equal(limited(contracts, { minMarkets: 3 }).kept.length, 6);
});

Deno.test("limitedWeights() names the rule that leaves too few", () => {
  const infeasible = (contracts: readonly WantedContract[], limits: Partial<BasketLimits> = {}) => {
    const answer = limited(contracts, limits);
    assert.equal(answer.status, "infeasible");
    assert.deepEqual([answer.cash, answer.kept.length, answer.weights.length], [1, 0, 0]);
    assert.equal(answer.dropped.length, contracts.length);
    return [answer.rules.join(" "), new Set(answer.dropped.map(({ reason }) => reason))] as const;
  };
  const set = (...names: string[]) => new Set(names);
  assert.deepEqual(infeasible([]), ["min_markets", set()]);
  assert.deepEqual(infeasible(wantedContracts([1, 1, 1, 1])), ["min_markets", set("infeasible")]);
  assert.deepEqual(infeasible(wantedContracts([90, 1, 1, 1, 1, 1, 1]), { maxWeight: 1 }), [
    ...["min_markets min_weight", set("dust", "infeasible")],
  ]);
  assert.deepEqual(infeasible(wantedContracts([9, 1, 1, 1, 0, 0])), [
    ...["min_markets max_weight", set("dust", "infeasible")],
  ]);
  assert.deepEqual(infeasible(wantedContracts([1, 1, 1, 1, 1]), { maxVenueWeight: 0.09 }), [
    ...["min_markets min_weight venue", set("dust", "infeasible")],
  ]);
  const thin = wantedContracts([1, 1, 1, 1, 1], (i) => ({ liquidityUsd: i === 0 ? 1 : 1000 }));
  assert.deepEqual(infeasible(thin, { liquidityMultiple: 2 }), [
    ...["min_markets min_weight liquidity", set("liquidity", "infeasible")],
  ]);
  const dead = wantedContracts([1, 1, 1, 1, 1], () => ({ liquidityUsd: 0 }));
  assert.deepEqual(infeasible(dead, { liquidityMultiple: 2 }), [
    ...["min_markets liquidity", set("liquidity")],
  ]);
});

Deno.test("limitedWeights() keeps every limit at the end or says that it cannot", () => {
  let nHeld = 0, nInfeasible = 0;
  fc.assert(
    fc.property(baskets, ({ contracts, limits }) => {
      const answer = limited(contracts, limits);
      const { status, kept, weights, raw, limits: bound, cash, rules, dropped } = answer;
      const sum = weights.reduce((total, w) => total + w, 0);
      assert.ok(Math.abs(sum + cash - 1) <= 1e-12 && cash >= 0 && cash <= 1);
      assert.deepEqual(
        [...kept, ...dropped.map(({ contract }) => contract)].sort((a, b) => a - b),
        contracts.map((_, i) => i),
      );
      if (status === "infeasible") {
        ++nInfeasible;
        assert.deepEqual([kept.length, cash, rules[0]], [0, 1, "min_markets"]);
        return;
      }
      ++nHeld;
      assert.ok(kept.length >= limits.minMarkets && kept.length <= limits.maxMarkets);
      const caps = limitCaps(contracts, kept, limits);
      weights.forEach((w, k) => {
        assert.ok(w >= limits.minWeight - 1e-12 && w <= caps.upper[k]!);
      });
      for (const { members, cap } of caps.groups) {
        assert.ok(members.reduce((total, k) => total + weights[k]!, 0) <= cap + 1e-12);
      }
      assert.ok(Math.abs(raw.reduce((total, x) => total + x, 0) - 1) < 1e-12);
      assert.equal(rules.includes("max_weight"), bound.includes("max_weight"));
      assert.ok(cash < 1e-9 || bound.every((limit, k) => limit !== "none" || raw[k] === 0));
    }),
    { seed: 5, numRuns: 500 },
  );
  assert.ok(nHeld > 100 && nInfeasible > 100, `${nHeld} held, ${nInfeasible} infeasible`);
});

Deno.test("limitedWeights() minds neither the order of contracts nor the unit of dollars", () => {
  fc.assert(
    fc.property(baskets, fc.integer({ min: 0, max: 40 }), ({ contracts, limits }, shift) => {
      const held = (all: readonly WantedContract[]) => {
        const answer = limited(all, limits);
        return {
          ...{ rules: answer.rules, limits: answer.limits, status: answer.status },
          weights: Array.from(answer.kept, (i, k) => [all[i]!.marketId, answer.weights[k]!]),
          dropped: answer.dropped.map(({ contract, reason }) => [all[contract]!.marketId, reason]),
        };
      };
      const expected = held(contracts);
      const at = shift % (contracts.length || 1);
      assert.deepEqual(
        held([...contracts.slice(at), ...contracts.slice(0, at)].reverse()),
        expected,
      );
      const inCents = contracts.map((one) => ({
        ...one,
        volumeUsd: 128 * one.volumeUsd,
        liquidityUsd: 128 * one.liquidityUsd,
      }));
      assert.deepEqual(held(inCents), expected);
    }),
    { seed: 6, numRuns: 200 },
  );
});

Deno.test("limitedWeights() minds no contract that may not be held", () => {
  fc.assert(
    fc.property(baskets, fc.double({ min: 0, max: 100, noNaN: true }), (basket, wanted) => {
      const limits = { ...basket.limits, liquidityMultiple: 2 };
      const plain = limited(basket.contracts, limits);
      const dead: WantedContract = {
        ...{ marketId: "kalshi:dead", venue: "kalshi", volumeUsd: 1e9, liquidityUsd: 0, wanted },
      };
      const { kept, weights, cash } = limited([...basket.contracts, dead], limits);
      assert.deepEqual([kept, weights, cash], [plain.kept, plain.weights, plain.cash]);
    }),
    { seed: 7, numRuns: 200 },
  );
});

Deno.test("limitedWeights() bears the rounding of an iterative solver, and no more", () => {
  const contracts = wantedContracts([1, 1, 1, 1, 1, 1]);
  const missing = (by: number) => () =>
    limitedWeights(contracts, (kept) => ({
      raw: new Float64Array(kept.length).fill(1),
      weights: Float64Array.of(0.2 + by, 0.2, 0.15, 0.15, 0.15, 0.15 + by),
    }), { ...LIMITS, maxVenueWeight: 0.99999 });
  assert.throws(missing(1e-6), {
    name: "Error",
    message: "Cannot limit weights as the solver must keep each limit: got 0.200001 for 0.2",
  });
  assert.throws(missing(0), {
    name: "Error",
    message:
      "Cannot limit weights as the solver must keep the limit of the polymarket: got 1 for 0.99999",
  });
  const { weights, cash, note } = limitedWeights(contracts, (kept) => ({
    ...{ raw: new Float64Array(kept.length).fill(1), note: "volume=unknown" },
    weights: Float64Array.of(0.2 + 1e-10, 0.2, 0.15, 0.15, 0.15, 0.15 + 5e-10),
  }), LIMITS);
  const sum = weights.reduce((total, w) => total + w, 0);
  assert.ok(Math.abs(sum + cash - 1) <= 1e-12 && weights[0]! <= 0.2);
  assert.equal(note, "volume=unknown");
});

Deno.test("limitedWeights() refuses what is no contract and no limit", () => {
  const refused = (
    contracts: readonly WantedContract[],
    limits: Partial<BasketLimits>,
    message: string,
  ) => assert.throws(() => limited(contracts, limits), { name: "RangeError", message });
  const one = wantedContracts([1]);
  refused(
    [...one, ...one],
    {},
    'Cannot limit weights as each contract must be there once: got "poly:m00" twice',
  );
  refused(
    wantedContracts([1], () => ({ liquidityUsd: -1 })),
    {},
    'Cannot limit weights as dollars of "poly:m00" must be finite and at least 0, or NaN: got -1',
  );
  refused(
    one,
    { maxWeight: 0.01 },
    "Cannot limit weights as each upper limit must be at least the least weight 0.02: got 0.01",
  );
});
