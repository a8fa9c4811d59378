import assert from "node:assert/strict";
import fc from "fast-check";
import { dayRange, panel } from "lib/core/panel.ts";
import { correlationFindings, type CorrelationStudy } from "lib/stats/correlation_findings.ts";
import { MEASURES } from "lib/stats/correlation_measure.ts";
import { type CorrelationSpread, correlationSpread } from "lib/stats/correlation_spread.ts";
import { type MeasureEvidence, measureEvidence } from "lib/stats/measure_evidence.ts";
import { pairCorrelation } from "lib/stats/pair_correlation.ts";
import { movesOf, SEED_REPRESENTATION } from "lib/stats/representation.ts";
import { madeLoadings, madePrices } from "./made_prices.ts";
import { panelOf } from "./random_panels.ts";
import { withoutSources } from "../fixtures/findings.ts";

const SHIFTS = [0.1, 0.125, 0.15];

function evidence(key: string, meanAbs: number, shifts: readonly number[] = SHIFTS) {
  return {
    key,
    name: `name of ${key}`,
    nPairs: 1200,
    meanAbs,
    nullMeanAbs: Float64Array.from(shifts),
    upper: 0.5,
    nullUpper: Float64Array.from(shifts),
    significantShare: 0.1,
    nullSignificantShare: 0.01,
  } satisfies MeasureEvidence;
}

const SPREAD: CorrelationSpread = {
  what: "2-day log-odds moves",
  edges: new Float64Array(41),
  count: new Float64Array(40),
  nullLow: new Float64Array(40),
  nullMid: new Float64Array(40),
  nullHigh: new Float64Array(40),
  tail: 0.5,
  nTail: 1050,
  nullTail: Float64Array.of(10, 20, 30),
  nPairs: 4000,
};

/** Four contracts, the first two of one event; the last pair has no known correlation. */
const STUDY: CorrelationStudy = {
  pairs: {
    markets: ["a", "b", "c", "d"],
    a: Uint32Array.of(0, 0, 1, 2),
    b: Uint32Array.of(1, 2, 2, 3),
    rho: Float64Array.of(-0.5, 0.25, -0.125, NaN),
    overlap: Uint32Array.of(100, 100, 100, 300),
    zeroShare: Float64Array.of(0.2, 0.2, 0.2, 0.4),
  },
  events: ["one", "one", "two", "three"],
  measures: [evidence("spearman_points_1d", 0.2), evidence("tail_points_1d", 0.3)],
  spread: SPREAD,
  minOverlap: 60,
  fairMargin: 0.06,
};

function line(study: Partial<CorrelationStudy>, name: string): string {
  const lines = correlationFindings({ ...STUDY, ...study }).split("\n");
  assert.deepEqual(lines.map((one) => one.match(/^- \*\*([\w ]+)\.\*\* /)?.[1]), [
    "Pairs",
    "Events",
    "Measures",
    "Strong pairs",
    "Large moves",
  ]);
  const found = lines.find((one) => one.startsWith(`- **${name}.** `))!;
  return withoutSources(found, "02_").slice(`- **${name}.** `.length);
}

const spreadLine = (spread: Partial<CorrelationSpread>) =>
  line({ spread: { ...SPREAD, ...spread } }, "Strong pairs");

Deno.test("correlationFindings() counts pairs and the share of all their days that stand still", () => {
  // 0.2 of 300 days and 0.4 of 300 days
  assert.equal(
    line({}, "Pairs"),
    "4 of 6 pairs (67%) have at least 60 common days; " +
      "on 30% of those days at least one of the two stands still.",
  );
  const { pairs } = STUDY;
  const one = {
    ...pairs,
    a: pairs.a.slice(0, 1),
    b: pairs.b.slice(0, 1),
    rho: pairs.rho.slice(0, 1),
    overlap: pairs.overlap.slice(0, 1),
    zeroShare: Float64Array.of(0),
  };
  assert.equal(
    line({ pairs: one }, "Pairs"),
    "1 of 6 pairs (17%) has at least 60 common days; " +
      "on 0% of those days at least one of the two stands still.",
  );
});

Deno.test("correlationFindings() says that no pair has enough days", () => {
  for (
    const [markets, text] of [[["a", "b", "c"], "3 pairs"], [["a"], "0 pairs"], [
      [],
      "0 pairs",
    ]] as const
  ) {
    const pairs = {
      markets,
      a: new Uint32Array(),
      b: new Uint32Array(),
      rho: new Float64Array(),
      overlap: new Uint32Array(),
      zeroShare: new Float64Array(),
    };
    const found = { pairs, events: markets.map(() => "one") };
    assert.equal(line(found, "Pairs"), `None of ${text} has 60 common days.`);
    assert.match(line(found, "Events"), /^No correlation is known of a pair of one event, /);
  }
});

Deno.test("correlationFindings() compares pairs of one event with those of different events", () => {
  assert.equal(
    line({}, "Events"),
    "Contracts of one event correlate by −0.500 on average (1 pair), those of different events by " +
      "0.063. Outcomes of one event are tied by construction, so only one of them may enter what " +
      "follows.",
  );
  // what rounds to zero has no sign
  const rho = Float64Array.of(0.5, -0.0001, -0.0002, NaN);
  assert.match(line({ pairs: { ...STUDY.pairs, rho } }, "Events"), /different events by 0\.000\./);
});

Deno.test("correlationFindings() says which pairs are missing for a comparison of events", () => {
  assert.equal(
    line({ events: ["one", "two", "three", "four"] }, "Events"),
    "No correlation is known of a pair of one event, so events cannot be compared.",
  );
  assert.equal(
    line({ events: ["one", "one", "one", "one"] }, "Events"),
    "No correlation is known of a pair of different events, so events cannot be compared.",
  );
  // the only pair of one event is the one whose correlation is unknown
  assert.equal(
    line({ events: ["one", "two", "three", "three"] }, "Events"),
    "No correlation is known of a pair of one event, so events cannot be compared.",
  );
});

Deno.test("correlationFindings() names the measure with the widest margin over its own shifts", () => {
  const measures = [
    evidence("a", 0.2),
    evidence("b", 0.18, [0.05, 0.1, 0.08]),
    evidence("c", 0.14),
    evidence("d", NaN, [NaN, NaN]),
  ];
  assert.equal(
    line({ measures }, "Measures"),
    "2 of 3 measures give a mean correlation stronger than every shift of the same moves by more than 6%, which markets without anything in common also reach. The " +
      "widest margin has “name of b”: mean |ρ| 0.180 against 0.080, 125% more.",
  );
  assert.match(
    line({ measures: measures.slice(2, 3).concat(evidence("e", 0.16)) }, "Measures"),
    /^1 of 2 measures gives a mean .* “name of e”: mean \|ρ\| 0\.160 against 0\.125, 28% more\.$/,
  );
  // no margin in percent over nothing
  for (const none of [0, 0.0004]) {
    assert.match(
      line({ measures: [evidence("f", 0.2, [none])] }, "Measures"),
      /mean \|ρ\| 0\.200 against 0\.000\.$/,
    );
  }
});

Deno.test("correlationFindings() says that no measure is told from noise, or that none is known", () => {
  // as strong as the strongest shift is not stronger
  for (const meanAbs of [0.15, 0.05]) {
    assert.equal(
      line({ measures: [evidence("a", meanAbs), evidence("b", NaN)] }, "Measures"),
      "None of 1 measure gives a mean correlation stronger than all of its shifts by more than " +
        "6%, as much as markets without anything in common reach: nothing here is told from noise.",
    );
  }
  for (const measures of [[], [evidence("a", NaN)], [evidence("a", 0.2, [NaN, NaN])]]) {
    assert.equal(line({ measures }, "Measures"), "No measure knows a pair and its shifts.");
  }
});

Deno.test("correlationFindings() counts strong pairs beyond chance", () => {
  assert.equal(
    spreadLine({}),
    "1,050 of 4,000 pairs reach ±0.5 (2-day log-odds moves); shifted moves give 20, at most 29 in " +
      "19 of 20 shifts. About 1,030 of them are more than chance.",
  );
  assert.equal(
    spreadLine({ nTail: 1, nullTail: Float64Array.of(0, 0, 0) }),
    "1 of 4,000 pairs reaches ±0.5 (2-day log-odds moves); shifted moves give 0, at most 0 in " +
      "19 of 20 shifts. About 1 of them is more than chance.",
  );
});

Deno.test("correlationFindings() says that strong pairs are as frequent as chance makes them", () => {
  const chance = / Strong pairs are no more frequent than chance makes them\.$/;
  // 95 % of these lie up to 29, the number that is told
  assert.match(spreadLine({ nTail: 29 }), chance);
  assert.match(spreadLine({ nTail: 30 }), / About 10 of them are more than chance\.$/);
  assert.match(spreadLine({ nTail: 0, nullTail: Float64Array.of(0, 0) }), chance);
  // ten of them are beyond a quantile of 9.5, so the words must not say that ten is chance
  assert.match(
    spreadLine({ nTail: 10, nullTail: Float64Array.of(0, 10) }),
    /shifted moves give 5, at most 9 in 19 of 20 shifts\. About 5 of them are more than chance\.$/,
  );
});

Deno.test("correlationFindings() says that no strong pair or no shift is known", () => {
  assert.equal(
    spreadLine({ nPairs: 0, nTail: 0 }),
    "No pair is known for 2-day log-odds moves.",
  );
  assert.equal(
    spreadLine({ nullTail: new Float64Array() }),
    "1,050 of 4,000 pairs reach ±0.5 (2-day log-odds moves); there are no shifts to compare with.",
  );
});

Deno.test("correlationFindings() tells how much of the rise on large moves shifts show too", () => {
  const large = (all: number, tail: number, tailShifts: readonly number[]) =>
    line({
      measures: [evidence("spearman_points_1d", all), evidence("tail_points_1d", tail, tailShifts)],
    }, "Large moves");
  // a rise of 0.1 beside one of 0.075 in the shifts
  assert.equal(
    large(0.2, 0.3, [0.19, 0.2, 0.31]),
    "On days with a large move the mean |ρ| is 0.300 instead of 0.200 (1,200 pairs). Shifted " +
      "moves give 0.200 in the same way, so most of the rise comes from having fewer days; the " +
      "measured one is above 67% of the shifts.",
  );
  assert.equal(
    large(0.2, 0.4, [0.165, 0.175, 0.185]),
    "On days with a large move the mean |ρ| is 0.400 instead of 0.200 (1,200 pairs). Shifted " +
      "moves give 0.175 in the same way, so fewer days explain 25% of the rise; the measured one " +
      "is above 100% of the shifts.",
  );
  assert.match(large(0.2, 0.4, [0.1, 0.1]), /fewer days explain 0% of the rise/);
  // no rise, nothing to explain
  assert.equal(
    large(0.2, 0.1, [0.15, 0.15]),
    "On days with a large move the mean |ρ| is 0.100 instead of 0.200 (1,200 pairs). Shifted " +
      "moves give 0.150 in the same way; the measured one is above 0% of the shifts.",
  );
});

Deno.test("correlationFindings() says what is not known about large moves", () => {
  const known = evidence("tail_points_1d", 0.3), whole = evidence("spearman_points_1d", 0.2);
  for (const measures of [[whole], [whole, evidence("tail_points_1d", NaN)]]) {
    assert.equal(line({ measures }, "Large moves"), "No pair has enough days with a large move.");
  }
  for (const measures of [[known], [evidence("spearman_points_1d", NaN, [NaN]), known]]) {
    assert.equal(
      line({ measures }, "Large moves"),
      "On days with a large move the mean |ρ| is 0.300 (1,200 pairs). Shifted moves give 0.125 in " +
        "the same way; the measured one is above 100% of the shifts.",
    );
  }
  assert.equal(
    line({ measures: [whole, evidence("tail_points_1d", 0.3, [NaN, NaN])] }, "Large moves"),
    "On days with a large move the mean |ρ| is 0.300 instead of 0.200 (1,200 pairs). No shift " +
      "knows a pair to compare with.",
  );
});

/** No number that a reader cannot read, and a sentence in every line. */
function assertReadable(text: string): void {
  assert.doesNotMatch(text, /NaN|Infinity|undefined|null|unknown|-\d|\[object/);
  for (const one of text.split("\n")) {
    assert.match(withoutSources(one, "02_"), /^- \*\*.+\.\*\* .*\.$/);
  }
}

Deno.test("correlationFindings() never shows a number that is none", () => {
  const share = fc.oneof(
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.constantFrom(0, 1, NaN),
  );
  const measure = fc.record({
    key: fc.constantFrom("spearman_points_1d", "tail_points_1d", "pearson_logit_1d"),
    meanAbs: share,
    shifts: fc.array(share, { maxLength: 4 }),
  }).map(({ key, meanAbs, shifts }) => evidence(key, meanAbs, shifts));
  fc.assert(
    fc.property(
      fc.array(measure, { maxLength: 4 }),
      fc.nat(30),
      fc.nat(30),
      fc.array(fc.nat(30), { maxLength: 4 }),
      fc.array(fc.oneof(fc.double({ min: -1, max: 1, noNaN: true }), fc.constant(NaN)), {
        minLength: 4,
        maxLength: 4,
      }),
      (measures, nPairs, nStrong, nullTail, rho) => {
        const nTail = Math.min(nStrong, nPairs);
        assertReadable(correlationFindings({
          ...STUDY,
          measures,
          spread: { ...SPREAD, nPairs, nTail, nullTail: Float64Array.from(nullTail) },
          pairs: { ...STUDY.pairs, rho: Float64Array.from(rho) },
        }));
      },
    ),
    { seed: 7, numRuns: 500 },
  );
});

Deno.test("correlationFindings() can be read out of any data, from none to linked markets", () => {
  const nothing = (price: number) =>
    panel(dayRange(0, 60), ["poly:a", "poly:b"], new Float64Array(120).fill(price));
  const panels = [
    panelOf([]),
    panelOf([[0.5], [0.6]]),
    nothing(NaN),
    nothing(0.4),
    madePrices({ nDays: 60, loadings: madeLoadings(2, 1, 1), seed: 1 }),
    madePrices({ nDays: 60, loadings: madeLoadings(6, 2, 2), seed: 2 }),
  ];
  const options = { tick: 0.01, minOverlap: 40, tailMove: 0.05, minTailDays: 10 };
  for (const prices of panels) {
    const seeded = { ...options, shifts: 3, seed: 1 };
    const moves = movesOf(prices, SEED_REPRESENTATION, { tick: 0.01 });
    assertReadable(correlationFindings({
      pairs: pairCorrelation(moves, { kind: "spearman", minOverlap: 40 }),
      events: prices.markets.map((_, j) => `event ${j >> 1}`),
      measures: MEASURES.map((measure) => measureEvidence(prices, measure, seeded)),
      spread: correlationSpread(prices, MEASURES[0]!, { ...seeded, tail: 0.5 }),
      minOverlap: 40,
      fairMargin: 0.06,
    }));
  }
});

Deno.test("correlationFindings() refuses events that do not fit the markets", () => {
  assert.throws(() => correlationFindings({ ...STUDY, events: ["one"] }), {
    name: "TypeError",
    message: "Cannot tell events apart as each market must have one: got 1 for 4",
  });
});
