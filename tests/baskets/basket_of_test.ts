import assert from "node:assert/strict";
import fc from "fast-check";
import { type BasketContract, type BasketOptions, decidedBasket } from "lib/baskets/basket_of.ts";
import type { HoldableContract } from "lib/baskets/holdable.ts";
import type { Side } from "lib/baskets/side.ts";
import { WEIGHTINGS } from "lib/baskets/weighting.ts";
import { LIMITS } from "./limited_contracts.ts";

const THEME = { id: "us_elections", name: "US Elections" };

interface MadeContract extends BasketContract {
  readonly volatility: number;
}

/** A contract whose event and ticker are named after it. */
function contract(name: string, facts: Partial<MadeContract> = {}): MadeContract {
  return {
    ...{ marketId: `poly:${name}`, venue: "polymarket", eventId: `event ${name}` },
    ...{ tickerId: `ticker ${name}`, side: "yes", volumeUsd: 1000, liquidityUsd: NaN },
    volatility: 0.05,
    ...facts,
  };
}

function optionsOf(contracts: readonly MadeContract[], facts: Partial<BasketOptions> = {}) {
  const options: BasketOptions = {
    ...{ weighting: "equal", capsLiquidity: false, limits: { ...LIMITS, liquidityMultiple: 2 } },
    ...{ decidedOn: 19000, mergedFrom: [] },
    inputOf: (kept) => {
      const own = Array.from(kept, (i) => contracts[i]!), n = own.length;
      const volatility = Float64Array.from(own, (one) => one.volatility);
      return {
        ids: own.map(({ marketId }) => marketId),
        volatility,
        covariance: Float64Array.from({ length: n * n }, (_, at) => {
          const i = Math.floor(at / n), j = at % n;
          return volatility[i]! * volatility[j]! * (i === j ? 1 : 0.3);
        }),
        volumeUsd: Float64Array.from(own, ({ volumeUsd }) => volumeUsd),
      };
    },
    ...facts,
  };
  return options;
}

Deno.test("decidedBasket() says what is held and why, by market id", () => {
  const contracts = ["f", "a", "e", "b", "d", "c"].map((name) =>
    contract(name, { side: name === "c" ? "no" : "yes", volatility: name === "a" ? 0.01 : 0.1 })
  );
  const decision = decidedBasket(
    THEME,
    contracts,
    optionsOf(contracts, { weighting: "inverse_volatility", mergedFrom: ["europe_politics"] }),
  );
  const { targets, ...rest } = decision;
  assert.ok(Math.abs(rest.cash) < 1e-12);
  assert.deepEqual({ ...rest, cash: 0 }, {
    ...{ basket: "us_elections", name: "US Elections", decidedOn: 19000, status: "held", cash: 0 },
    ...{ rules: ["max_weight"], unheld: [], mergedFrom: ["europe_politics"] },
  });
  assert.deepEqual(targets[2], {
    ...{ marketId: "poly:c", venue: "polymarket", eventId: "event c", tickerId: "ticker c" },
    ...{ side: "no", weight: targets[2]!.weight },
    reason: "weighting=inverse_volatility;raw=0.06667;limit=none",
  });
  assert.deepEqual(
    targets.map(({ marketId, weight }) => `${marketId} ${weight.toFixed(12)}`),
    ["poly:a 0.200000000000", ..."bcdef"].map((x) => x.length > 1 ? x : `poly:${x} 0.160000000000`),
  );
  assert.equal(targets[0]!.reason, "weighting=inverse_volatility;raw=0.6667;limit=max_weight");
});

Deno.test("decidedBasket() says what is not held and why", () => {
  const volume = [0.1, 900, 900, 900, 900, 900, 900, 5, NaN];
  const liquidity = [NaN, 9, 9, 9, 9, 9, 9, 9, 0];
  const contracts = volume.map((volumeUsd, i) =>
    contract(`m${i}`, { volumeUsd, liquidityUsd: liquidity[i]! })
  );
  const options = optionsOf(contracts, { weighting: "volume", capsLiquidity: true });
  const limits = { ...options.limits, maxMarkets: 7 };
  const { targets, unheld, rules } = decidedBasket(THEME, contracts, { ...options, limits });
  assert.equal(targets.length, 6);
  assert.deepEqual(unheld.map(({ marketId, reason }) => [marketId, reason]), [
    ...[["poly:m0", "count"], ["poly:m7", "dust"], ["poly:m8", "liquidity"]],
  ]);
  assert.deepEqual(unheld[0], {
    ...{ marketId: "poly:m0", venue: "polymarket", eventId: "event m0", tickerId: "ticker m0" },
    ...{ side: "yes", reason: "count" },
  });
  assert.deepEqual(rules, ["max_markets", "min_weight", "liquidity"]);
});

Deno.test("decidedBasket() repeats what the weighting had to do without", () => {
  const contracts = ["a", "b", "c", "d", "e"].map((name) => contract(name, { volumeUsd: NaN }));
  const { targets } = decidedBasket(
    THEME,
    contracts,
    optionsOf(contracts, { weighting: "volume" }),
  );
  assert.deepEqual(
    new Set(targets.map(({ reason }) => reason)),
    new Set([
      "weighting=volume;raw=0.2000;limit=none;volume=unknown",
    ]),
  );
});

Deno.test("decidedBasket() holds cash where the rules leave too few", () => {
  const contracts = ["a", "b", "c"].map((name) => contract(name));
  assert.deepEqual(decidedBasket(THEME, contracts, optionsOf(contracts)), {
    ...{ basket: "us_elections", name: "US Elections", decidedOn: 19000, status: "infeasible" },
    ...{ targets: [], cash: 1, rules: ["min_markets"], mergedFrom: [] },
    unheld: contracts.map(({ marketId, venue, eventId, tickerId, side }) => ({
      ...{ marketId, venue, eventId, tickerId, side, reason: "infeasible" },
    })),
  });
  assert.equal(decidedBasket(THEME, [], optionsOf([])).status, "infeasible");
});

Deno.test("decidedBasket() takes contracts that may be held, with their sides", () => {
  const holdable: HoldableContract = {
    ...{ market: 3, marketId: "poly:a", venue: "polymarket", eventId: "e", tickerId: "t" },
    ...{ price: 0.4, pricedOn: 18999, closesAtMs: null, volumeUsd: 1, liquidityUsd: 1 },
    nAlternatives: 1,
  };
  const side: Side = "no", contracts = [{ ...holdable, side }];
  const options = optionsOf([{ ...contracts[0]!, volatility: 0.1 }]);
  const limits = { ...options.limits, minMarkets: 1 };
  const { targets } = decidedBasket(THEME, contracts, { ...options, limits });
  assert.deepEqual(targets, [{
    ...{ marketId: "poly:a", venue: "polymarket", eventId: "e", tickerId: "t", side: "no" },
    ...{ weight: 0.2, reason: "weighting=equal;raw=1.000;limit=max_weight" },
  }]);
});

const made = fc.array(
  fc.record({
    volumeUsd: fc.oneof(fc.constantFrom(NaN, 0), fc.double({ min: 1, max: 1e5, noNaN: true })),
    liquidityUsd: fc.oneof(fc.constantFrom(NaN, 0), fc.double({ min: 1, max: 1e4, noNaN: true })),
    volatility: fc.double({ min: 0.005, max: 0.3, noNaN: true }),
    isKalshi: fc.boolean(),
  }),
  { minLength: 4, maxLength: 34 },
).map((all) =>
  all.map(({ isKalshi, ...facts }, i) =>
    contract(`m${10 + i}`, { ...facts, venue: isKalshi ? "kalshi" : "polymarket" })
  )
);

for (const { key: weighting } of WEIGHTINGS) {
  Deno.test(`decidedBasket() keeps every limit with ${weighting}, in any order of contracts`, () => {
    let nHeld = 0;
    fc.assert(
      fc.property(
        made,
        fc.boolean(),
        fc.constantFrom(1, 0.6),
        (contracts, capsLiquidity, venue) => {
          const options = optionsOf(contracts, { weighting, capsLiquidity });
          const limits = { ...options.limits, maxVenueWeight: venue };
          const decision = decidedBasket(THEME, contracts, { ...options, limits });
          const { status, targets, cash, unheld } = decision;
          assert.equal(targets.length + unheld.length, contracts.length);
          const sum = targets.reduce((total, { weight }) => total + weight, 0);
          assert.ok(Math.abs(sum + cash - 1) <= 1e-12 && cash >= 0);
          const turned = [...contracts].reverse();
          const again = { ...optionsOf(turned, { weighting, capsLiquidity }), limits };
          assert.deepEqual(decidedBasket(THEME, turned, again), decision);
          if (status === "infeasible") return;
          ++nHeld;
          const byId = new Map(contracts.map((one) => [one.marketId, one]));
          const usd = targets.map(({ marketId }) => byId.get(marketId)!.liquidityUsd);
          const known = usd.reduce((total, x) => Number.isNaN(x) ? total : total + x, 0);
          targets.forEach(({ weight }, k) => {
            assert.ok(weight >= 0.02 - 1e-12 && weight <= 0.2);
            const most = 2 * usd[k]! / known;
            assert.ok(!capsLiquidity || Number.isNaN(most) || weight <= most + 1e-12);
          });
          for (const name of ["polymarket", "kalshi"]) {
            const own = targets.filter((one) => one.venue === name);
            assert.ok(own.reduce((total, { weight }) => total + weight, 0) <= venue + 1e-12);
          }
        },
      ),
      { seed: 8, numRuns: 60 },
    );
    assert.ok(nHeld > 20, `${nHeld} held`);
  });
}
