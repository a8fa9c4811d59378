import assert from "node:assert/strict";
import fc from "fast-check";
import { MISSING_DAY } from "lib/core/day.ts";
import { cellAt, columnOf } from "lib/core/table.ts";
import { exposureTable, netExposureTable } from "lib/exposures/exposure_tables.ts";
import { EXPOSURE_FACTORS, type ExposureFactor } from "lib/exposures/exposure_factors.ts";
import { latestExposures } from "lib/exposures/latest_exposures.ts";
import {
  type NetExposureOptions,
  type NetExposures,
  netExposures,
} from "lib/exposures/net_exposures.ts";
import { outcomeExposures, withAnswers } from "lib/exposures/outcome_exposures.ts";
import { MISSING_REASONS } from "lib/exposures/repetition_exposure.ts";
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
  contracts: ([
    { text: "Kevin Warsh", closes: [[10, 0.5], [11, 0.5], [12, 0.1]] },
    { text: "Kevin Hassett", closes: [[10, 0.3], [11, 0.4]] },
    { text: "Christopher Waller", closes: [[10, 0.2], [12, 0.2]] },
    { text: "A person nobody knows", closes: [[12, 0.6]] },
  ] satisfies MadeContract[]).map((one) => ({ ...one, negRisk: true })),
};

/** One day of a ladder's quotes: text or label, then its closes from day 10 on; NaN is none. */
function ladder(
  name: string,
  quotes: Readonly<Record<string, readonly number[]>>,
  more: Partial<MadeContract> = {},
): MadeEvent {
  const contracts = Object.entries(quotes).map(([text, closes]): MadeContract => ({
    ...more,
    text,
    closes: closes.flatMap((close, d) => Number.isNaN(close) ? [] : [[10 + d, close] as const]),
  }));
  return { name, kind: "ladder", contracts };
}

/** Why the first event has no value, by day; empty where it has one or is not quoted. */
function reasons({ missing, days }: NetExposures): string[] {
  return Array.from(days, (_, d) => MISSING_REASONS[missing[d]! - 1] ?? "");
}

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

/** Two nominees, an unknown one, and how the venue marks their event. */
function nominees(closes: readonly number[], negRisk?: boolean): NetExposures {
  const texts = ["Kevin Warsh", "Kevin Hassett", "A person nobody knows"];
  return net([{
    name: "Who will Trump nominate as Fed Chair",
    kind: "categorical",
    contracts: closes.map((close, k) => ({
      text: texts[k]!,
      closes: [[10, close]] as const,
      ...(negRisk === undefined ? {} : { negRisk }),
    })),
  }], { to: 11 });
}

Deno.test("netExposures() divides quotes that exclude each other by the sum of all, scored or not", () => {
  const above = nominees([0.5, 0.3, 0.25], true);
  // (.5 · 2 − .3 · 2) / 1.05, of which .8 / 1.05 is scored
  near(series(above, "rates"), [0.4 / 1.05]);
  near([...above.coverage], [0.8 / 1.05]);
  near([...above.quoted], [1.05]);
  const below = nominees([0.5, 0.1, 0.2], true);
  near(series(below, "rates"), [0.8]);
  near([...below.coverage, ...below.quoted], [0.6, 0.8]);
});

Deno.test("netExposures() has no value where quotes that exclude each other sum above 1.10", () => {
  const stale = nominees([0.44, 0.46, 0.46], true);
  near(series(stale, "rates"), [NaN]);
  near([...stale.quoted, ...stale.coverage], [1.36, 0.9 / 1.36]);
  assert.deepEqual(reasons(stale), ["quotes above 110%"]);
  assert.deepEqual(reasons(nominees([0.5, 0.3, 0.2999], true)), [""]);
});

Deno.test("netExposures() divides nothing where the venue does not say that outcomes exclude each other", () => {
  const apart = nominees([0.9, 0.6, 0.5], false);
  // questions of their own, of which two in three are scored
  near(series(apart, "rates"), [0.6]);
  near([...apart.coverage, ...apart.quoted], [2 / 3, NaN]);
  const unsaid = nominees([0.55, 0.35, 0.15]);
  near(series(unsaid, "rates"), [0.4]);
  near([...unsaid.coverage, ...unsaid.quoted], [0.9, 1.05]);
  assert.deepEqual(reasons(nominees([0.9, 0.6, 0.5])), ["quotes above 110%"]);
});

Deno.test("netExposures() measures what is left to move, worked by hand", () => {
  // rates 2, −2 and 0 at .5, .3 and .2: √(.5 · 1.6² + .3 · 2.4² + .2 · .4²)
  const { spreads } = net([CHAIR]);
  near([spreads[0]!], [Math.sqrt(3.04)]);
  const recession = (close: number) =>
    net([{
      name: "US recession",
      kind: "binary",
      contracts: [{ text: "US recession", closes: [[10, close]] }],
    }], { to: 11 }).spreads[7]!;
  near([recession(0.3), recession(1), recession(0)], [2 * Math.sqrt(0.21), 0, 0]);
  // of up or down: 2 and −2
  const coin = net([{
    name: "Bitcoin Up or Down",
    kind: "time_variant",
    contracts: [{ text: "Bitcoin Up or Down", outcome: "Up", closes: [[10, 0.75]] }],
  }]);
  near([coin.spreads[5]!], [Math.sqrt(4 - 1)]);
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

Deno.test("netExposures() measures a level from what was expected on its first day, worked by hand", () => {
  const found = net([
    ladder("S&P 500 above ___", {
      "S&P 500 above 7000": [0.2, 0.2, NaN],
      "S&P 500 above 6000": [0.9, 0.8, 0.9],
      "S&P 500 above 6500": [0.5, 0.4, 0.5],
    }),
  ]);
  // intervals stand at 6000, 6250, 6750, 7000, their mean is 6525 on the first day; a full vector is 500 away
  const at = (value: number) => (value - 6525) / 500;
  const moved = 0.2 * -1 + 0.4 * at(6250) + 0.2 * at(6750) + 0.2 * at(7000);
  // 6000 lies 525 below and is cut off at −1
  const first = 0.1 * -1 + 0.4 * at(6250) + 0.3 * at(6750) + 0.2 * at(7000);
  near(series(found, "equity"), [2 * first, 2 * moved, NaN, NaN]);
  near([...found.coverage], [1, 1, 1, NaN]);
  near([...found.quoted], [NaN, NaN, NaN, NaN]);
  assert.deepEqual(reasons(found), ["", "", "fewer than 3 strikes", ""]);
  // "below" is what is not above
  const below = net([
    ladder("S&P 500 below ___", {
      "S&P 500 below 7000": [0.8, 0.8],
      "S&P 500 below 6000": [0.1, 0.2],
      "S&P 500 below 6500": [0.5, 0.6],
    }),
  ]);
  near(series(below, "equity"), [2 * first, 2 * moved, NaN, NaN]);
});

Deno.test("netExposures() gives each repetition of a level its own baseline, and none before it covers half", () => {
  const bucket = (text: string, repetition: string, closes: [number, number][]) => ({
    text,
    repetition,
    negRisk: true,
    ends: repetition === "May" ? 11 : 30,
    closes,
  });
  const found = net([{
    name: "Bitcoin price",
    kind: "ladder",
    contracts: [
      bucket("<90k", "May", [[10, 0.2], [11, 0.1]]),
      bucket("90-92k", "May", [[10, 0.2], [11, 0.5]]),
      bucket(">92k", "May", [[10, 0], [11, 0.4]]),
      bucket("<100k", "June", [[12, 0.5], [13, 0.2]]),
      bucket("100-102k", "June", [[12, 0.5], [13, 0.2]]),
      bucket(">102k", "June", [[12, 0], [13, 0.6]]),
    ],
  }]);
  assert.deepEqual(reasons(found), ["no baseline yet", "", "", ""]);
  // May: .1 · 90 + .5 · 91 + .4 · 92 = 91.3, a full vector is 1 away, so <90k is cut off at −1
  const may = 0.1 * -1 + 0.5 * -0.3 + 0.4 * 0.7;
  // June: zero at 100.5, then 100, 101 and 102
  const june = 0.2 * -0.5 + 0.2 * 0.5 + 0.6;
  near(series(found, "crypto"), [NaN, 2 * may, 0, 2 * june]);
  near([...found.quoted], [0.4, 1, 1, 1]);
});

Deno.test("netExposures() counts policy moves from none, by value", () => {
  const found = net([
    ladder("How many Fed rate cuts", {
      "0 (0 bps)": [1, 0.5, 0],
      "1 (25 bps)": [0, 0.25, 0],
      "3 (75 bps)": [0, 0.25, 0],
      "4 or more (100+ bps)": [0, 0, 1],
    }),
  ]);
  // (.25 · 1 + .25 · 3) / 4 of −2
  near(series(found, "rates"), [0, -0.5, -2, NaN]);
  const nested = net([
    ladder("How many Fed rate cuts", {
      "At least 1 cut": [0.75],
      "At least 2 cuts": [0.5],
      "At least 4 cuts": [0.25],
    }),
  ]);
  // none .25, one .25, two or three .25, four .25
  near(series(nested, "rates").slice(0, 1), [-2 * 0.25 * (1 + 2 + 4) / 4]);
});

Deno.test("netExposures() reads a threshold that stands alone as an outcome, its absence without effect", () => {
  const alone = (text: string, kind: "binary" | "ladder", closes: [number, number][]) => ({
    name: text,
    kind,
    contracts: [{ text, closes }],
  });
  near(series(net([alone("US inflation below 2%", "binary", [[10, 0.31]])]), "rates"), [
    -0.62,
    NaN,
    NaN,
    NaN,
  ]);
  near(series(net([alone("US inflation above 2%", "binary", [[10, 0.5]])]), "rates"), [
    1,
    NaN,
    NaN,
    NaN,
  ]);
  const bucket = net([alone("Bitcoin price between 90k and 92k", "binary", [[10, 0.9]])]);
  assert.deepEqual(reasons(bucket), ["fewer than 3 strikes", "", "", ""]);
  // one of several that exclude each other, of which the others are not listed
  const marked = { text: "Gold closes above $4,000", negRisk: true, closes: [[10, 0.63]] as const };
  const gold = net([{
    name: "What price will gold close at",
    kind: "binary",
    contracts: [marked],
  }]);
  assert.deepEqual(reasons(gold), ["fewer than 3 strikes", "", "", ""]);
});

Deno.test("netExposures() has no value where a farther strike is quoted much higher", () => {
  const found = net([
    ladder("S&P 500 above ___", {
      "S&P 500 above 6000": [0.5, 0.7, 0.7],
      "S&P 500 above 6500": [0.5, 0.5, 0.5],
      "S&P 500 above 7000": [0.625, 0.5, 0.54],
    }),
  ]);
  near([...found.notMonotone], [0.125, 0, 0.04, NaN]);
  assert.deepEqual(reasons(found), ["strikes not monotone", "", "", ""]);
  // the first day is no baseline either: .3 at 6000, .2 at 6250, .5 at 7000 is the second's
  near(series(found, "equity").slice(0, 2), [NaN, 2 * (0.3 * -1 + 0.2 * -0.6 + 0.5 * 0.9)]);
});

Deno.test("netExposures() gives reached strikes the part of the way that was reached", () => {
  const found = net([
    ladder("What price will Bitcoin hit", { "↑ 110k": [0.5], "↑ 120k": [0.2], "↓ 90k": [0.1] }),
  ]);
  // up: .3 at 1/2 and .2 at 1; down: .1 at −1; times 2 for crypto
  near(series(found, "crypto").slice(0, 1), [2 * (0.15 + 0.2 - 0.1)]);
  near([found.coverage[0]!], [1]);
});

Deno.test("netExposures() takes a strike to be reached off the chain after its scheduled end", () => {
  const event = ladder("What price will Bitcoin hit", {
    "↑ 110k": [0.5, 0.5],
    "↑ 120k": [0.2, 0.2],
    "↓ 90k": [0.1, 0.1],
  }, { ends: 30 });
  const ended = { text: "↑ 100k", ends: 10, closes: [[10, 0.5], [11, 0.01]] as const };
  const found = net([{ ...event, contracts: [...event.contracts, ended] }]);
  assert.deepEqual(reasons(found), ["", "", "", ""]);
  // on the first day of three strikes above, then of two
  near(series(found, "crypto").slice(0, 2), [
    2 * (0.3 * 2 / 3 + 0.2 - 0.1),
    2 * (0.15 + 0.2 - 0.1),
  ]);
  near([...found.notMonotone].slice(0, 2), [0, 0]);
});

Deno.test("netExposures() knows a second outcome from its first price on", () => {
  const found = net([{
    name: "Will Trump nominate as Fed Chair",
    kind: "categorical",
    contracts: [
      { text: "Kevin Warsh", closes: [[10, 0.75], [11, 0.75]] },
      { text: "Kevin Hassett", closes: [[11, 0.25]] },
    ],
  }]);
  // alone a question of its own, then one of two
  near(series(found, "rates"), [1.5, 1, NaN, NaN]);
  near([...found.quoted], [NaN, 1, NaN, NaN]);
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

Deno.test("netExposures() gives a day the same value whatever day the range begins with", () => {
  fc.assert(
    fc.property(UNIVERSES, fc.integer({ min: 11, max: 19 }), (events, from) => {
      const long = net(events, { from: 10, to: 20 }), short = net(events, { from, to: 20 });
      const nDays = 20 - from;
      short.eventIds.forEach((_, e) => {
        assert.deepEqual(
          short.values.subarray(e * nDays * 8, (e + 1) * nDays * 8),
          long.values.subarray((e * 10 + from - 10) * 8, (e + 1) * 80),
        );
      });
    }),
    { seed: 7, numRuns: 100 },
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
      near([...one.spreads], [...other.spreads]);
      near([...one.quoted], [...other.quoted]);
      assert.deepEqual(one.missing, other.missing);
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
        negRisk: true,
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
  assert.deepEqual(Object.keys(of.columns), [
    "event_id",
    "date",
    ...EXPOSURE_FACTORS,
    "spread",
    "coverage",
    "quoted",
    "not_monotone",
    "missing",
  ]);
  assert.deepEqual([...columnOf(of, "date", "date").values], [10, 11, 12]);
  assert.ok(!columnOf(of, "date", "date").values.includes(MISSING_DAY));
  near([...columnOf(of, "rates", "number").values], [0.4, 0.2, NaN]);
  near([...columnOf(of, "coverage", "number").values], [1, 0.9, 0.3]);
  near([...columnOf(of, "quoted", "number").values], [1, 0.9, 0.9]);
  near([...columnOf(of, "not_monotone", "number").values], [0, 0, 0]);
  const { spreads } = net([CHAIR]);
  near([...columnOf(of, "spread", "number").values], [
    Math.hypot(...spreads.subarray(0, 8)),
    Math.hypot(...spreads.subarray(8, 16)),
    NaN,
  ]);
  const why = columnOf(of, "missing", "string");
  assert.deepEqual([0, 1, 2].map((at) => cellAt(why, at)), [null, null, "too little covered"]);
});

Deno.test("latestExposures() takes what is quoted on the day, with or without a value", () => {
  const { taxonomy } = made([CHAIR]);
  const found = net([CHAIR]);
  const [row] = latestExposures(found, taxonomy, 11);
  assert.deepEqual([row!.eventId, row!.name, row!.missing], ["e0", CHAIR.name, null]);
  near([row!.coverage, row!.quoted, row!.exposure[0]!], [0.9, 0.9, 0.2]);
  near(row!.spreads, [...found.spreads.subarray(8, 16)]);
  const [unknown] = latestExposures(found, taxonomy, 12);
  assert.equal(unknown!.missing, "too little covered");
  assert.ok([...unknown!.exposure, ...unknown!.spreads].every(Number.isNaN));
  assert.deepEqual(latestExposures(found, taxonomy, 13), []);
  assert.throws(() => latestExposures(found, taxonomy, 14), {
    name: "RangeError",
    message: "Cannot list the exposures of a day as it must be in 10 to 13: got 14",
  });
});
