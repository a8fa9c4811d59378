import assert from "node:assert/strict";
import { type ContractRisk, contractRisk } from "lib/baskets/contract_risk.ts";
import type { HoldableContract } from "lib/baskets/holdable.ts";
import type { Side } from "lib/baskets/side.ts";
import { dayEndMs } from "lib/core/day.ts";
import { basketPools, poolDecision } from "lib/decide/group_baskets.ts";
import type { ContractGroup } from "lib/decide/grouping.ts";
import { asOf } from "lib/universe/as_of.ts";
import { SETTINGS, TAXONOMY } from "./made_decision.ts";
import { IDS, MONTH_ENDS, priceOf, twoThemes } from "./two_themes.ts";

const DAY = MONTH_ENDS[2]!, T = 89;
const VIEW = asOf(twoThemes(), dayEndMs(DAY));
const HOLDABLES = VIEW.markets.map(({ marketId, venue, closesAtMs }, market): HoldableContract => ({
  ...{ market, marketId, venue, closesAtMs, eventId: marketId, tickerId: marketId },
  ...{ price: priceOf(market, T), pricedOn: DAY, nAlternatives: 1 },
  ...{ volumeUsd: 1000 * (market + 1), liquidityUsd: NaN },
}));
const RISK: ContractRisk = contractRisk(VIEW, [...HOLDABLES.keys()], {
  day: DAY,
  settings: SETTINGS,
});
const INPUTS = { holdables: HOLDABLES, risk: RISK, taxonomy: TAXONOMY, settings: SETTINGS };

/** A group of the contracts at some places; an odd one is held on its other side. */
function group(id: string, contracts: readonly number[], name = `Name of ${id}`): ContractGroup {
  const sideOf = (k: number): Side => k % 2 === 0 ? "yes" : "no";
  return { id, name, members: contracts.map((contract) => ({ contract, side: sideOf(contract) })) };
}

const [FIRST, SECOND] = TAXONOMY.themes.filter(({ family }) =>
  family === TAXONOMY.themes[0]!.family
);

Deno.test("basketPools() joins small themes with their family, and flags small clusters", () => {
  const groups = [group(FIRST!.id, [0, 1, 2]), group(SECOND!.id, [3, 4])];
  const { pools, flagged } = basketPools("words", groups, INPUTS);
  const family = TAXONOMY.families.find(({ id }) => id === FIRST!.family)!;
  assert.deepEqual(flagged, []);
  assert.deepEqual(pools.map(({ id, name, mergedFrom }) => [id, name, mergedFrom]), [
    [family.id, family.name, [FIRST!.id, SECOND!.id].sort()],
  ]);
  for (const key of ["clusters", "everything"] as const) {
    const alone = basketPools(key, [...groups, group("large", [5, 6, 7, 8, 9])], INPUTS);
    assert.deepEqual(alone.pools.map(({ id, mergedFrom }) => [id, mergedFrom]), [["large", []]]);
    assert.deepEqual(alone.flagged, [
      { id: FIRST!.id, name: `Name of ${FIRST!.id}`, nMembers: 3 },
      { id: SECOND!.id, name: `Name of ${SECOND!.id}`, nMembers: 2 },
    ]);
  }
});

Deno.test("basketPools() gives contracts by market id, with their sides, whatever their order", () => {
  const order = [4, 11, 0, 7, 9, 2];
  const [pool] = basketPools("clusters", [group("c", order)], INPUTS).pools;
  const [same] =
    basketPools("clusters", [group("c", [...order].sort((a, b) => a - b))], INPUTS).pools;
  assert.deepEqual(pool!.contracts, same!.contracts);
  assert.deepEqual(
    pool!.contracts.map(({ marketId, side }) => `${marketId} ${side}`),
    [0, 2, 4, 7, 9, 11].map((k) => `${IDS[k]} ${k % 2 === 0 ? "yes" : "no"}`),
  );
  const kept = Int32Array.of(1, 3, 5);
  assert.deepEqual(pool!.inputOf(kept), same!.inputOf(kept));
});

Deno.test("the input of a weighting is of the kept contracts: volatility a dollar of the held side", () => {
  const [pool] = basketPools("clusters", [group("c", [0, 1, 2, 3, 4])], INPUTS).pools;
  const { ids, volumeUsd, volatility, covariance } = pool!.inputOf(Int32Array.of(1, 4));
  assert.deepEqual([ids, [...volumeUsd]], [[IDS[1], IDS[4]], [2000, 5000]]);
  const expected = [1, 4].map((k) => {
    const p = priceOf(k, T);
    return RISK.volatility[k]! / (k % 2 === 0 ? p : 1 - p);
  });
  volatility.forEach((x, a) => assert.ok(Math.abs(x - expected[a]!) < 1e-12));
  const diagonal = [covariance[0]!, covariance[3]!];
  diagonal.forEach((x, a) => assert.ok(Math.abs(x - expected[a]! ** 2) < 1e-12));
  assert.equal(covariance[1], covariance[2]);
  const whole = pool!.inputOf(Int32Array.of(0, 1, 2, 3, 4)).covariance;
  assert.equal(covariance[1], whole[1 * 5 + 4]);
});

Deno.test("poolDecision() bounds the size of a basket, but not that of all markets in one", () => {
  const contracts = [...HOLDABLES.keys()],
    settings = {
      ...SETTINGS,
      baskets: { ...SETTINGS.baskets, max_markets: { ...SETTINGS.baskets.max_markets, value: 6 } },
    };
  const decided = (grouping: "clusters" | "everything") => {
    const { pools } = basketPools(grouping, [group("c", contracts, "<b>")], {
      ...INPUTS,
      settings,
    });
    return poolDecision(pools[0]!, { grouping, weighting: "equal", capsLiquidity: false }, {
      ...{ decidedOn: DAY, settings },
    });
  };
  const some = decided("clusters"), all = decided("everything");
  assert.deepEqual([some.targets.length, some.unheld.length], [6, 6]);
  assert.deepEqual([all.targets.length, all.unheld.length], [12, 0]);
  assert.ok(all.targets.every(({ weight }) => Math.abs(weight - 1 / 12) < 1e-12));
  assert.deepEqual([some.basket, some.name, some.decidedOn], ["c", "<b>", DAY]);
});
