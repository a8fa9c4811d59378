import assert from "node:assert/strict";
import fc from "fast-check";
import { MISSING_DAY } from "lib/core/day.ts";
import { cellAt, columnOf } from "lib/core/table.ts";
import { exposureTable, netExposureTable } from "lib/factors/exposure_tables.ts";
import { EXPOSURE_FACTORS, type ExposureFactor } from "lib/factors/exposure_factors.ts";
import { latestExposures } from "lib/factors/latest_exposures.ts";
import {
  type NetExposureOptions,
  type NetExposures,
  netExposures,
} from "lib/factors/net_exposures.ts";
import { outcomeExposures, withAnswers } from "lib/factors/outcome_exposures.ts";
import { dailyPrices } from "../universe/daily_prices.ts";
import { made, type MadeContract, type MadeEvent } from "./made_taxonomy.ts";
import { RULES } from "./rule_table.ts";

function net(events: readonly MadeEvent[], options: Partial<NetExposureOptions> = {}) {
  const universe = made(events);
  const exposures = outcomeExposures(universe.taxonomy, universe.markets, RULES);
  return netExposures(universe, universe.taxonomy, exposures, { from: 10, to: 14, ...options });
}

/** Values of one factor of the first event by day. */
function series({ values, days }: NetExposures, factor: ExposureFactor): number[] {
  const f = EXPOSURE_FACTORS.indexOf(factor);
  return Array.from(days, (_, d) => values[d * 8 + f]!);
}

function near(actual: readonly number[], wanted: readonly number[]): void {
  assert.equal(actual.length, wanted.length);
  actual.forEach((x, i) => {
    const same = Number.isNaN(wanted[i]!) ? Number.isNaN(x) : Math.abs(x - wanted[i]!) < 1e-12;
    assert.ok(same, `${actual} against ${wanted}`);
  });
}

const CHAIR: MadeEvent = {
  name: "Who will Trump nominate as Fed Chair",
  kind: "categorical",
  contracts: [
    { text: "Kevin Warsh", closes: [[10, 0.5], [11, 0.5], [12, 0.1]] },
    { text: "Kevin Hassett", closes: [[10, 0.3], [11, 0.4]] },
    { text: "Christopher Waller", closes: [[10, 0.2], [12, 0.2]] },
    { text: "A person nobody knows", closes: [[10, 0.05], [12, 0.6]] },
  ],
};

Deno.test("netExposures() weighs the seed's nominees by their probabilities, worked by hand", () => {
  const found = net([CHAIR]);
  // .5 · 2 − .3 · 2 = .4; without Waller's quote .5 · 2 − .4 · 2; then too little is covered
  near(series(found, "rates"), [0.4, 0.2, NaN, NaN]);
  near(series(found, "equity"), [-0.2, -0.1, NaN, NaN]);
  near([...found.coverage], [1, 0.9, 0.3, NaN]);
  near(series(net([CHAIR], { minCoverage: 0.3 }), "rates"), [0.4, 0.2, 0.2, NaN]);
  near(
    series(net([CHAIR], { minCoverage: 0.25, renormalise: true }), "rates"),
    [0.4, 0.2 / 0.9, 0.2 / 0.3, NaN],
  );
});

Deno.test("netExposures() scales outcomes that exclude each other down to a sum of 1, never up", () => {
  const nominees = (warsh: number, hassett: number) =>
    net([{
      name: "Who will Trump nominate as Fed Chair",
      kind: "categorical",
      contracts: [
        { text: "Kevin Warsh", closes: [[10, warsh]] },
        { text: "Kevin Hassett", closes: [[10, hassett]] },
      ],
    }]);
  const above = nominees(0.9, 0.6);
  // (.9 · 2 − .6 · 2) / 1.5
  near(series(above, "rates"), [0.4, NaN, NaN, NaN]);
  near([...above.coverage], [1.5, NaN, NaN, NaN]);
  near(series(nominees(0.5, 0.1), "rates"), [0.8, NaN, NaN, NaN]);
});

Deno.test("netExposures() reads the outcome out of a contract that quotes No", () => {
  const quoted = (outcome: string, close: number) =>
    series(
      net([{
        name: "US recession",
        kind: "binary",
        contracts: [{ text: "US recession", outcome, closes: [[10, close]] }],
      }]),
      "growth",
    );
  near(quoted("Yes", 0.3), [-0.6, NaN, NaN, NaN]);
  near(quoted("No", 0.7), [-0.6, NaN, NaN, NaN]);
});

Deno.test("netExposures() turns nested strikes into intervals, worked by hand", () => {
  const above = (strike: number, close: number): MadeContract => ({
    text: `S&P 500 above ${strike}`,
    closes: [[10, close]],
  });
  const ladder: MadeEvent = {
    name: "S&P 500 above ___",
    kind: "ladder",
    contracts: [above(7000, 0.2), above(6000, 0.9), above(6500, 0.5)],
  };
  // intervals .1, .4, .3, .2 at −1, −1/3, 1/3, 1: .2 − .1 + (.3 − .4) / 3 = 1/15, times 2 for equity
  const found = net([ladder]);
  near(series(found, "equity").slice(0, 1), [2 / 15]);
  near([found.coverage[0]!], [1]);
  // "below" is what is not above
  const below = ladder.contracts.map(({ text, closes }) => ({
    text: text.replace("above", "below"),
    closes: closes!.map(([day, close]) => [day, 1 - close] as const),
  }));
  near(series(net([{ ...ladder, contracts: below }]), "equity").slice(0, 1), [2 / 15]);
});

Deno.test("netExposures() counts days on which a farther strike is quoted higher", () => {
  const found = net([{
    name: "S&P 500 above ___",
    kind: "ladder",
    contracts: [
      { text: "S&P 500 above 6000", closes: [[10, 0.5], [11, 0.7]] },
      { text: "S&P 500 above 7000", closes: [[10, 0.6], [11, 0.6]] },
    ],
  }]);
  assert.deepEqual([...found.nNotMonotone], [1]);
  near([...found.coverage], [1.1, 1, NaN, NaN]);
});

Deno.test("netExposures() gives reached strikes the part of the way that was reached", () => {
  const found = net([{
    name: "What price will Bitcoin hit",
    kind: "ladder",
    contracts: [
      { text: "↑ 110k", closes: [[10, 0.5]] },
      { text: "↑ 120k", closes: [[10, 0.2]] },
      { text: "↓ 90k", closes: [[10, 0.1]] },
    ],
  }]);
  // up: .3 at 1/2 and .2 at 1; down: .1 at −1; times 2 for crypto
  near(series(found, "crypto").slice(0, 1), [2 * (0.15 + 0.2 - 0.1)]);
  near([found.coverage[0]!], [1]);
});

Deno.test("netExposures() ranks a strike among those that had a price by the day", () => {
  const found = net([{
    name: "S&P 500 above ___",
    kind: "ladder",
    contracts: [
      { text: "S&P 500 above 6000", closes: [[10, 0.75], [11, 0.75]] },
      { text: "S&P 500 above 7000", closes: [[11, 0.25]] },
    ],
  }]);
  // alone: .75 − .25; with the second: .25 at −1, .5 at 0, .25 at 1
  near(series(found, "equity"), [1, 0, NaN, NaN]);
});

Deno.test("netExposures() takes the latest deadline that is quoted", () => {
  const found = net([{
    name: "US recession",
    kind: "time_variant",
    contracts: [
      { text: "US recession", ends: 40, closes: [[10, 0.1], [11, 0.1]] },
      { text: "US recession", ends: 90, closes: [[11, 0.4], [12, 0.4]] },
    ],
  }]);
  near(series(found, "growth"), [-0.2, -0.8, -0.8, NaN]);
  near([...found.coverage], [1, 1, 1, NaN]);
});

Deno.test("netExposures() keeps to one repetition at a time, the one that ends first", () => {
  const meeting = (repetition: string, ends: number, days: readonly number[]): MadeContract[] =>
    [["25 bps decrease", 0.25], ["No change", 0.75]].map(([text, close]) => ({
      text: text as string,
      repetition,
      ends,
      closes: days.map((day) => [day, close as number] as const),
    }));
  const hike = { text: "25+ bps increase", repetition: "June", ends: 30, negRisk: true };
  const found = net([{
    name: "Fed decision",
    kind: "categorical",
    contracts: [
      ...meeting("May", 11, [10, 11, 12]),
      { ...hike, closes: [[11, 1], [12, 1]] },
    ],
  }]);
  // on day 12 May has ended though it still trades
  near(series(found, "rates"), [-0.25, -0.25, 2, NaN]);
});

Deno.test("netExposures() of two-sided questions is 0 at even odds", () => {
  const found = net([{
    name: "Bitcoin Up or Down",
    kind: "time_variant",
    contracts: [{ text: "Bitcoin Up or Down", outcome: "Up", closes: [[10, 0.5], [11, 0.75]] }],
  }]);
  near(series(found, "crypto"), [0, 1, NaN, NaN]);
});

Deno.test("netExposures() does not add nested strikes that a model gave vectors", () => {
  const universe = made([{
    name: "Height of the tide",
    kind: "ladder",
    contracts: [
      { text: "above 1 m", closes: [[10, 0.75]] },
      { text: "above 2 m", closes: [[10, 0.25]] },
    ],
  }]);
  const rules = outcomeExposures(universe.taxonomy, universe.markets, RULES);
  const given = withAnswers(
    rules,
    universe.taxonomy.tickers.map(({ tickerId }, k) => ({
      tickerId,
      vector: [k + 1, 0, 0, 0, 0, 0, 0, 0],
      reason: "Higher is higher.",
      method: "llm",
    })),
  );
  const found = netExposures(universe, universe.taxonomy, given, { from: 10, to: 11 });
  // .5 between the strikes at 1 and .25 beyond both at 2; nothing is known of "at most 1 m"
  near(series(found, "rates"), [1]);
  near([...found.coverage], [0.75]);
});

/** Random events of every kind over days 10 to 19. */
const UNIVERSES = fc.array(
  fc.record({
    shape: fc.constantFrom("chair", "ladder", "touch", "deadline", "updown"),
    contracts: fc.array(
      fc.record({
        pick: fc.nat(3),
        ends: fc.integer({ min: 9, max: 30 }),
        repetition: fc.constantFrom("one", "two"),
        closes: fc.uniqueArray(
          fc.tuple(fc.integer({ min: 10, max: 19 }), fc.double({ min: 0, max: 1, noNaN: true })),
          { selector: ([day]) => day, maxLength: 10 },
        ),
      }),
      { minLength: 1, maxLength: 6 },
    ),
  }),
  { minLength: 1, maxLength: 4 },
).map((events) =>
  events.map(({ shape, contracts }): MadeEvent => {
    const text = (pick: number) =>
      shape === "chair"
        ? ["Kevin Warsh", "Kevin Hassett", "Waller", "Nobody"][pick]!
        : shape === "ladder"
        ? `above ${90 + pick}k`
        : shape === "touch"
        ? ["↑ 110k", "↑ 120k", "↓ 90k", "↓ 80k"][pick]!
        : "US recession";
    const [name, kind] = ({
      chair: ["Fed Chair nominee", "categorical"],
      ladder: ["Bitcoin above ___", "ladder"],
      touch: ["What price will Bitcoin hit", "ladder"],
      deadline: ["US recession", "time_variant"],
      updown: ["Bitcoin Up or Down", "time_variant"],
    } as const)[shape];
    return {
      name,
      kind,
      contracts: contracts.map(({ pick, ends, repetition, closes }) => ({
        text: text(pick),
        ends,
        repetition: `${name} ${repetition}`,
        closes: closes.toSorted(([a], [b]) => a - b),
      })),
    };
  })
);

Deno.test("netExposures() does not look ahead", () => {
  fc.assert(
    fc.property(UNIVERSES, fc.integer({ min: 11, max: 19 }), (events, cut) => {
      const universe = made(events);
      const exposures = outcomeExposures(universe.taxonomy, universe.markets, RULES);
      const lists = events.flatMap(({ contracts }) =>
        contracts.map(({ closes }) => closes!.filter(([day]) => day < cut))
      );
      const of = (prices = universe.prices) =>
        netExposures({ ...universe, prices }, universe.taxonomy, exposures, { from: 10, to: cut });
      const long = netExposures(universe, universe.taxonomy, exposures, { from: 10, to: 20 });
      const short = of(dailyPrices(lists));
      assert.deepEqual(of().values, short.values);
      short.eventIds.forEach((_, e) => {
        const days = cut - 10;
        assert.deepEqual(
          short.values.subarray(e * days * 8, (e + 1) * days * 8),
          long.values.subarray(e * 80, e * 80 + days * 8),
        );
        assert.deepEqual(
          short.coverage.subarray(e * days, (e + 1) * days),
          long.coverage.subarray(e * 10, e * 10 + days),
        );
      });
    }),
    { seed: 7, numRuns: 200 },
  );
});

Deno.test("netExposures() does not depend on the order of markets", () => {
  fc.assert(
    fc.property(UNIVERSES, (events) => {
      const turned = events.map((event) => ({
        ...event,
        // contracts of one ticker with one end are told apart by their place, so those keep it
        contracts: Object.values(
          Object.groupBy(event.contracts, ({ text, ends }) => `${text} ${ends}`),
        ).reverse().flatMap((same) => same!),
      }));
      const options = { from: 10, to: 20, minCoverage: 0 };
      const one = net(events, options), other = net(turned, options);
      assert.deepEqual(one.eventIds, other.eventIds);
      near([...one.values], [...other.values]);
      near([...one.coverage], [...other.coverage]);
    }),
    { seed: 7, numRuns: 200 },
  );
});

Deno.test("netExposures() stays within the scores of its outcomes where these exclude each other", () => {
  const shares = fc.tuple(fc.nat(100), fc.nat(100), fc.nat(100)).filter((s) =>
    s.some((x) => x > 0)
  );
  fc.assert(
    fc.property(shares, (parts) => {
      const sum = parts.reduce((a, b) => a + b);
      const contracts = CHAIR.contracts.slice(0, 3).map(({ text }, k) => ({
        text,
        closes: [[10, parts[k]! / sum]] as const,
      }));
      const found = net([{ ...CHAIR, contracts }]);
      assert.ok([...found.values.subarray(0, 8)].every((x) => Math.abs(x) <= 2 + 1e-12));
      near([found.coverage[0]!], [1]);
    }),
    { seed: 7 },
  );
});

Deno.test("netExposures() refuses a range without days and a coverage that is no share", () => {
  assert.throws(() => net([CHAIR], { to: 10 }), {
    name: "RangeError",
    message: "Cannot sum exposures as the range must hold a day: got days 10 to 10",
  });
  assert.throws(() => net([CHAIR], { minCoverage: 1.5 }), {
    name: "RangeError",
    message: "Cannot sum exposures as minCoverage must be in [0, 1]: got 1.5",
  });
});

Deno.test("exposureTable() lists the tickers of events with any vector, missing ones as missing", () => {
  const other: MadeEvent = {
    name: "Best Picture",
    kind: "binary",
    contracts: [{ text: "A film" }],
  };
  const { taxonomy, markets } = made([other, CHAIR]);
  const of = exposureTable(outcomeExposures(taxonomy, markets, RULES), taxonomy);
  assert.deepEqual(
    Object.keys(of.columns),
    ["event_id", "ticker_id", "outcome", ...EXPOSURE_FACTORS, "method", "reasoning"],
  );
  const text = (name: string, row: number) => cellAt(columnOf(of, name, "string"), row);
  assert.deepEqual(
    [0, 1, 2, 3].map((
      row,
    ) => [text("outcome", row), cellAt(of.columns.rates!, row), text("method", row)]),
    [
      ["Kevin Warsh", 2, "rule"],
      ["Kevin Hassett", -2, "rule"],
      ["Christopher Waller", 0, "rule"],
      ["A person nobody knows", null, null],
    ],
  );
  assert.equal(of.nRows, 4);
  assert.equal(text("reasoning", 3), "No rule speaks of this outcome.");
});

Deno.test("netExposureTable() has a row for each quoted day, values missing where too little is covered", () => {
  const of = netExposureTable(net([CHAIR]));
  assert.deepEqual(Object.keys(of.columns), ["event_id", "date", ...EXPOSURE_FACTORS, "coverage"]);
  assert.deepEqual([...columnOf(of, "date", "date").values], [10, 11, 12]);
  assert.ok(!columnOf(of, "date", "date").values.includes(MISSING_DAY));
  near([...columnOf(of, "rates", "number").values], [0.4, 0.2, NaN]);
  near([...columnOf(of, "coverage", "number").values], [1, 0.9, 0.3]);
});

Deno.test("latestExposures() takes the last day with values, and leaves out what ended before", () => {
  const { taxonomy } = made([CHAIR]);
  const [row] = latestExposures(net([CHAIR]), taxonomy);
  assert.deepEqual([row!.eventId, row!.day], ["e0", 11]);
  near([row!.coverage, row!.exposure[0]!], [0.9, 0.2]);
  assert.deepEqual(latestExposures(net([CHAIR]), taxonomy, { since: 12 }), []);
  const [unknown] = latestExposures(net([CHAIR], { minCoverage: 1 - 1e-9, from: 11 }), taxonomy);
  assert.deepEqual([unknown!.day, unknown!.exposure.every(Number.isNaN)], [12, true]);
});
