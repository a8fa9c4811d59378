import assert from "node:assert/strict";
import { basketLimits, limitCaps } from "lib/baskets/limit_caps.ts";
import { parseSettings } from "lib/core/settings.ts";
import { inProject } from "lib/store/project_root.ts";
import { readYaml } from "lib/store/yaml.ts";
import { LIMITS, wantedContracts } from "./limited_contracts.ts";

Deno.test("basketLimits() has the limits of config/settings.yaml", async () => {
  const settings = parseSettings(await readYaml(inProject("config/settings.yaml")));
  assert.deepEqual(basketLimits(settings.baskets), { ...LIMITS, liquidityMultiple: 2 });
});

Deno.test("limitCaps() takes a multiple of the share of the basket's known liquidity", () => {
  const liquidity = [10, 30, 60, NaN, 0];
  const contracts = wantedContracts([1, 1, 1, 1, 1], (i) => ({ liquidityUsd: liquidity[i]! }));
  const limits = { ...LIMITS, maxWeight: 0.5, liquidityMultiple: 2 };
  const upper = (...kept: number[]) => [
    ...limitCaps(contracts, Int32Array.from(kept), limits).upper,
  ];
  assert.deepEqual(upper(0, 1, 2, 3, 4), [0.2, 0.5, 0.5, 0.5, 0]);
  assert.deepEqual(upper(3, 1, 0), [0.5, 0.5, 0.5]);
  assert.deepEqual(upper(4), [0]);
  assert.deepEqual(
    [...limitCaps(contracts, Int32Array.of(0, 4), { ...limits, liquidityMultiple: null }).upper],
    [0.5, 0.5],
  );
});

Deno.test("limitCaps() has a group a venue only where a venue has a limit", () => {
  const contracts = wantedContracts(
    [1, 1, 1],
    (i) => ({ venue: i === 1 ? "kalshi" : "polymarket" }),
  );
  const groups = (maxVenueWeight: number) =>
    limitCaps(contracts, Int32Array.of(0, 1, 2), { ...LIMITS, maxVenueWeight }).groups;
  assert.deepEqual(groups(1), []);
  assert.deepEqual(groups(0.6), [
    { name: "kalshi", members: Int32Array.of(1), cap: 0.6 },
    { name: "polymarket", members: Int32Array.of(0, 2), cap: 0.6 },
  ]);
});
