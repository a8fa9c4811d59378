import assert from "node:assert/strict";
import fc from "fast-check";
import type { DataSet } from "lib/core/data_set.ts";
import { dayEndMs } from "lib/core/day.ts";
import { parseSettings, type Settings } from "lib/core/settings.ts";
import { normalDraws, randomStream } from "lib/core/random.ts";
import { symmetricEigen } from "lib/stats/eigen.ts";
import { readYaml } from "lib/store/yaml.ts";
import { asOf } from "lib/universe/as_of.ts";
import {
  basketCovariance,
  type ContractRisk,
  contractRisk,
  TYPICAL_RATIO,
} from "lib/baskets/contract_risk.ts";
import { otherSide, type Side } from "lib/baskets/side.ts";
// golden: pandas and numpy, made by tests/golden/baskets/contract_risk.py
import golden from "../golden/baskets/contract_risk.json" with { type: "json" };
import { dataSetFixture } from "../fixtures/data_set.ts";

const SETTINGS: Settings = parseSettings(await readYaml("config/settings.yaml"));
const FIRST = 20_000;

/** A universe of closes by market and day, the first on `FIRST`; null and NaN are no close. */
function universe(closes: readonly (readonly (number | null)[])[]): DataSet {
  const date = (i: number) => new Date((FIRST + i) * 86_400_000).toISOString().slice(0, 10);
  return dataSetFixture(Object.fromEntries(closes.map((series, j) => [
    `poly:${String(j).padStart(2, "0")}`,
    {
      createdAtMs: 0,
      closes: Object.fromEntries(
        series.flatMap((p, i) => p === null || Number.isNaN(p) ? [] : [[date(i), p]]),
      ),
    },
  ])));
}

/** Closes to three places of log-odds that share a driver, with gaps. */
function madeCloses(seed: number, nMarkets: number, nDays = 110): number[][] {
  const random = randomStream(seed, "closes"), normal = normalDraws(random);
  const common = Float64Array.from({ length: nDays }, () => 0.12 * normal());
  return Array.from({ length: nMarkets }, (_, j) => {
    let logOdds = 2 * random() - 1;
    return Array.from(common, (move) => {
      logOdds += (j % 2 === 0 ? 1 : -1) * move + 0.1 * normal();
      const close = Math.round(1000 / (1 + Math.exp(-logOdds))) / 1000;
      return random() < 0.1 ? NaN : close;
    });
  });
}

const every = (data: DataSet) => data.markets.map((_, j) => j);

function assertClose(found: ArrayLike<number>, want: ArrayLike<number | null>, share = 1e-12) {
  assert.equal(found.length, want.length);
  for (let at = 0; at < found.length; ++at) {
    const x = found[at]!, y = want[at] ?? NaN;
    assert.ok(
      Object.is(x, y) || Math.abs(x - y) <= share * Math.max(Math.abs(x), Math.abs(y)) + 1e-15,
      `at ${at}: got ${x}, want ${y}`,
    );
  }
}

Deno.test("contractRisk() and basketCovariance() give pandas' numbers", () => {
  const data = universe(golden.close);
  const risk = contractRisk(data, every(data), { day: FIRST + golden.day, settings: SETTINGS });
  assertClose(risk.price, golden.price);
  assertClose(risk.observedVolatility, golden.observed);
  assertClose(risk.volatility, golden.volatility);
  assertClose([risk.typicalRatio], [golden.ratio]);
  assert.deepEqual([...risk.isFloored], [0, 0, 1, 0, 1, 0, 1, 0]);
  assert.deepEqual([risk.isAssumed, risk.nUnknownPairs], [false, golden.nUnknown]);
  assertClose(risk.rho.values, golden.rho);
  assertClose([risk.intensity], [golden.intensity]);
  const sides = golden.sides as Side[];
  const { covariance, volatility, shrinkage } = basketCovariance(risk, every(data), sides);
  assertClose(covariance, golden.covariance);
  assertClose(
    volatility,
    golden.price.map((p, i) => {
      return golden.volatility[i]! / (sides[i] === "yes" ? p : 1 - p);
    }),
  );
  assert.equal(shrinkage, 0);
});

Deno.test("contractRisk() takes the standard deviation of daily point changes", () => {
  // ten changes of ±0.02: variance 10 · 0.0004 / 9
  const series = Array.from({ length: 11 }, (_, i) => i % 2 === 0 ? 0.5 : 0.52);
  const data = universe([series, new Array(11).fill(0.5)]);
  const risk = contractRisk(data, [0, 1], { day: FIRST + 10, settings: SETTINGS });
  const sd = Math.sqrt(0.004 / 9);
  assertClose(risk.observedVolatility, [sd, 0]);
  assertClose([risk.typicalRatio], [sd / 0.25]);
  assertClose(risk.volatility, [sd, sd / 2]);
  assert.deepEqual([...risk.isFloored], [0, 1]);
  assert.deepEqual([risk.nUnknownPairs, risk.rho.values[0], risk.intensity], [1, 0, NaN]);
  const nine = contractRisk(data, [0], { day: FIRST + 9, settings: SETTINGS });
  assert.ok(Number.isNaN(nine.observedVolatility[0]!));
});

Deno.test("contractRisk() assumes a typical ratio where no contract moves, and clips the price for it", () => {
  const data = universe([[0.5, 0.5], [0, 0], [null, null]]);
  const risk = contractRisk(data, [0, 1, 2], { day: FIRST + 1, settings: SETTINGS });
  assert.deepEqual([risk.isAssumed, risk.typicalRatio], [true, TYPICAL_RATIO]);
  assertClose(risk.volatility, [0.5 * TYPICAL_RATIO * 0.25, 0.5 * TYPICAL_RATIO * 0.0099, NaN]);
  assert.deepEqual([...risk.price], [0.5, 0, NaN]);
  const none = contractRisk(data, [], { day: FIRST + 1, settings: SETTINGS });
  assert.deepEqual([none.ids.length, none.isAssumed, none.rho.values.length], [0, true, 0]);
});

Deno.test("contractRisk() and basketCovariance() are the same for a contract and its complement", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1e6 }),
      fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
      (seed, turned) => {
        const closes = madeCloses(seed, 6), day = FIRST + 109;
        const straight = universe(closes);
        const swapped = universe(closes.map((c, j) => turned[j] ? c.map((p) => 1 - p) : c));
        const sides = turned.map((_, j): Side => j % 3 === 0 ? "no" : "yes");
        const of = (data: DataSet, held: readonly Side[]) => {
          const risk = contractRisk(data, every(data), { day, settings: SETTINGS });
          return { risk, ...basketCovariance(risk, every(data), held) };
        };
        const one = of(straight, sides);
        const other = of(swapped, sides.map((side, j) => turned[j] ? otherSide(side) : side));
        assertClose(other.risk.volatility, one.risk.volatility, 1e-9);
        assertClose(other.covariance, one.covariance, 1e-9);
        assert.ok(one.risk.rho.values.some((r) => r !== 0));
      },
    ),
    { seed: 7, numRuns: 60 },
  );
});

Deno.test("contractRisk() follows the contracts and basketCovariance() picks them", () => {
  const data = universe(madeCloses(5, 7)), day = FIRST + 109, order = [4, 2, 6, 0];
  const options = { day, settings: SETTINGS };
  const whole = contractRisk(data, every(data), options);
  const turned = contractRisk(data, [6, 5, 4, 3, 2, 1, 0], options);
  const sides: Side[] = ["yes", "no", "yes", "no"];
  assertClose(
    basketCovariance(turned, order.map((i) => 6 - i), sides).covariance,
    basketCovariance(whole, order, sides).covariance,
  );
});

Deno.test("basketCovariance() shrinks contradictory correlations by the least that mends them", () => {
  // eigenvalues of the three correlations: 1.9, 1.9 and −0.8
  const risk: ContractRisk = {
    ...contractRisk(universe([[0.5], [0.5], [0.5]]), [0, 1, 2], { day: FIRST, settings: SETTINGS }),
    rho: { ids: ["a", "b", "c"], values: Float64Array.of(-0.9, -0.9, -0.9) },
  };
  const { covariance, volatility, shrinkage } = basketCovariance(risk, [0, 1, 2], [
    "yes",
    "yes",
    "yes",
  ]);
  assertClose([shrinkage], [(0.8 + 1e-8) / 1.8]);
  assertClose(Array.from(volatility, (v) => v * v), [0, 4, 8].map((at) => covariance[at]!));
  const { values } = symmetricEigen(covariance.map((c) => c / covariance[0]!), 3);
  assert.ok(Math.abs(values[2]! - 1e-8) < 1e-14);
  const turned = basketCovariance(risk, [0, 1, 2], ["no", "yes", "yes"]);
  // two of three signs turn: −0.9 · −1 and so the three fit no better
  assertClose([turned.shrinkage], [shrinkage]);
});

Deno.test("contractRisk() does not see what comes after its day", () => {
  const day = FIRST + 80, closes = madeCloses(11, 5), options = { day, settings: SETTINGS };
  const data = universe(closes);
  const poisoned = universe(
    closes.map((c, j) => c.map((p, i) => i > 80 ? [0, 1, NaN][j % 3]! : p)),
  );
  const known = contractRisk(data, every(data), options);
  assert.deepEqual(contractRisk(poisoned, every(data), options), known);
  assert.deepEqual(contractRisk(asOf(data, dayEndMs(day)), every(data), options), known);
  const later = contractRisk(data, every(data), { ...options, day: day + 1 });
  assert.notDeepEqual(later, known);
});

Deno.test("contractRisk() and basketCovariance() refuse what they cannot measure", () => {
  const data = universe([[0.5, 0.5], [0, 0], [null, null]]), options = { settings: SETTINGS };
  assert.throws(() => contractRisk(data, [0], { ...options, day: FIRST, minChanges: 1 }), {
    name: "RangeError",
    message: "Cannot estimate volatilities as minChanges must be a whole number >= 2: got 1",
  });
  const risk = contractRisk(data, [0, 1, 2], { ...options, day: FIRST + 1 });
  assert.throws(() => basketCovariance(risk, [0], []), {
    name: "RangeError",
    message: "Cannot take the covariance as each contract must have a side: got 0 for 1",
  });
  assert.throws(() => basketCovariance(risk, [1], ["yes"]), {
    name: "RangeError",
    message:
      'Cannot take the covariance as the price of "poly:01", side yes, must be above 0: got 0',
  });
  assert.throws(() => basketCovariance(risk, [2], ["no"]), {
    name: "RangeError",
    message:
      'Cannot take the covariance as the price of "poly:02", side no, must be above 0: got NaN',
  });
});
