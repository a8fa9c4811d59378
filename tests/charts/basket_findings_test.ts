import assert from "node:assert/strict";
import { basketCorrelationChart, type BasketCorrelations } from "lib/charts/basket_correlation.ts";
import { type BasketWeights, basketWeightsChart } from "lib/charts/basket_weights.ts";
import { compositionCardsChart } from "lib/charts/composition_cards.ts";
import { eligibilityFunnelChart, type EligibilityHistory } from "lib/charts/eligibility_funnel.ts";
import { heldSpans } from "lib/charts/held_spans.ts";
import { methodEvidenceChart, type MethodEvidenceRow } from "lib/charts/method_evidence.ts";
import { divergingColour, HUES, MISSING_FILL } from "lib/charts/palette.ts";
import { parseDay } from "lib/core/day.ts";
import { levelBoxes, marks, said } from "./readable.ts";
import { FOLDER, SIMULATED } from "./synthetic.ts";
import {
  basket,
  composition,
  correlations,
  eligibility,
  methodEvidence,
  months,
  sleeveWeights,
} from "./synthetic_baskets.ts";

/** A sleeve with these weights at three dates. */
function sleeve(...weights: readonly (readonly number[])[]): BasketWeights {
  return {
    ...{ name: "Hybrid, equal", noun: "theme", days: months(3), kind: "traded" },
    bands: weights.map((weights, k) => ({ ...basket(k), weights })),
  };
}

Deno.test("heldSpans() ends each date at the next, and the last after the median of the gaps", () => {
  assert.deepEqual(heldSpans([10, 20, 50, 60], 9).map(({ from, to }) => [from, to]), [
    [10, 20],
    [20, 50],
    [50, 60],
    [60, 70],
  ]);
  assert.deepEqual(heldSpans([7], 9), [{ date: 0, from: 7, to: 37 }]);
  assert.deepEqual(heldSpans([], 9), []);
});

Deno.test("heldSpans() of more dates than fit draws every second and the last", () => {
  assert.deepEqual(heldSpans([1, 2, 3, 4], 3).map(({ date, to }) => [date, to]), [[1, 4], [3, 6]]);
  assert.throws(() => heldSpans([1, 3, 3], 9), {
    name: "RangeError",
    message: "Cannot place dates as their days must be whole and ascending: got 3 before 3",
  });
});

Deno.test("basketWeightsChart() says how many themes are held and how much is cash", () => {
  const title = (data: BasketWeights) => basketWeightsChart(data, FOLDER).title;
  assert.equal(
    title(sleeve([0.5, 0, 0.5], [0.3, 0, 0.2])),
    "On average 1.3 of 2 themes are held; cash is 50%",
  );
  assert.equal(
    title(sleeve([0.5, 0.5, 0.5], [0.3, 0.4, 0.2])),
    "Both themes are held on each of 3 trade dates; cash is 20% on average",
  );
  assert.equal(title(sleeve([0, 0, 0])), "No theme is held on any of 3 trade dates: all is cash");
  assert.equal(
    title({ ...sleeve([0.5, 0.5, 0.5], [0.3, 0.4, 0.2]), noun: "contract", kind: "drifted" }),
    "On average 2 contracts are held; cash is 20%",
  );
});

Deno.test("basketWeightsChart() draws a bar for each weight and hatches cash", () => {
  const figure = basketWeightsChart(sleeve([0.5, 0, 0.5], [0.3, 0.4, 0.2]), FOLDER);
  // two swatches beside the bars
  assert.equal(marks(figure, "rect", `fill="${HUES[0].fill}"`), 2 + 1);
  assert.equal(marks(figure, "rect", `fill="${HUES[4].fill}"`), 3 + 1);
  assert.equal(marks(figure, "path", 'stroke="#c9cdd3"'), 1);
  const full = basketWeightsChart(sleeve([1, 1, 1]), FOLDER);
  assert.equal(marks(full, "path", 'stroke="#c9cdd3"'), 0);
  // mean and last, from the top down
  assert.match(said(figure), /Cash US Gov.* US Elections .* 37% 30% 30% 20% 33% 50% Mean Last/);
});

Deno.test("basketWeightsChart() leaves a date with an unknown weight grey and out of the means", () => {
  const figure = basketWeightsChart(sleeve([0.5, NaN, 0.5], [0.3, 0.4, 0.3]), FOLDER);
  assert.equal(
    figure.title,
    "Both themes are held on each of 2 trade dates; cash is 20% on average",
  );
  assert.equal(marks(figure, "rect", `fill="${MISSING_FILL}"`), 1);
  assert.match(said(figure), /The weights of 1 trade date are unknown/);
  const none = basketWeightsChart(sleeve([NaN, NaN, NaN]), FOLDER);
  assert.equal(none.title, "The weights of Hybrid, equal are unknown on 3 trade dates");
  assert.doesNotMatch(none.svg, /text-anchor="end"/);
});

Deno.test("basketWeightsChart() sums the smallest of more than 18 bands", () => {
  const figure = basketWeightsChart(sleeveWeights(30), FOLDER);
  assert.match(said(figure), / 13 others /);
  assert.equal(marks(figure, "rect", 'stroke-width="0.75"'), 18 + 1, "swatches of bands and cash");
});

Deno.test("basketWeightsChart() refuses weights that cannot be", () => {
  assert.throws(() => basketWeightsChart(sleeve([0.5, 0.7, 0], [0.4, 0.5, 0]), FOLDER), {
    name: "RangeError",
    message: "Cannot draw the weights of a day as they must add up to 1 at most: got 1.2",
  });
  assert.throws(() => basketWeightsChart(sleeve([0.5, -0.1, 0]), FOLDER), {
    name: "RangeError",
    message: 'Cannot draw the weight of "us_elections" as it must be in [0, 1] or NaN: got -0.1',
  });
  assert.throws(() => basketWeightsChart(sleeve([0.5, 0.1]), FOLDER), {
    name: "RangeError",
    message:
      'Cannot draw the weights of "us_elections" as there must be one for each of 3 days: got 2',
  });
});

/** Three baskets of which two pairs are known. */
function threeBaskets(rho: number, low: number, high: number): BasketCorrelations {
  const [a, b, c] = [basket(0), basket(1), basket(2)];
  return {
    ...{ name: "Hybrid, equal", baskets: [a, b, c], meanLow: low, meanHigh: high },
    span: "weekly",
    pairs: [
      { a: b.id, b: a.id, rho: rho - 0.1, nDays: 400 },
      { a: b.id, b: c.id, rho: rho + 0.1, nDays: 1200 },
      { a: c.id, b: a.id, rho: NaN, nDays: 12 },
    ],
    ...{ firstDay: parseDay("2024-01-01"), lastDay: parseDay("2026-02-28") },
  };
}

Deno.test("basketCorrelationChart() says whether baskets are different things", () => {
  const title = (rho: number, low: number, high: number, limit?: number) =>
    basketCorrelationChart(
      threeBaskets(rho, low, high),
      FOLDER,
      limit === undefined ? {} : { limit },
    ).title;
  assert.equal(
    title(0.04, -0.02, 0.11),
    "Baskets are different things: mean correlation 0.04 (−0.02 to 0.11), below the limit of 0.3",
  );
  assert.equal(
    title(0.41, 0.35, 0.5),
    "Baskets are not different things: mean correlation 0.41 (0.35 to 0.50), above the limit of 0.3",
  );
  assert.equal(
    title(0.25, 0.15, 0.36),
    "Whether baskets are different things is open: mean correlation 0.25 (0.15 to 0.36), the limit of 0.3 lies within",
  );
  assert.match(title(0.41, 0.35, 0.5, 0.6), /^Baskets are different things: .* limit of 0\.6$/);
  assert.equal(
    title(0.41, NaN, NaN),
    "Baskets correlate by 0.41 on average, not below the limit of 0.3; how sure that is was not measured",
  );
});

Deno.test("basketCorrelationChart() colours known pairs twice and hatches unknown ones", () => {
  const figure = basketCorrelationChart(threeBaskets(0.2, 0.1, 0.28), FOLDER);
  assert.equal(marks(figure, "rect", `fill="${divergingColour(0.2 - 0.1)}"`), 2);
  assert.equal(marks(figure, "rect", `fill="${MISSING_FILL}"`), 2 + 1, "two and the key");
  assert.equal(marks(figure, "path", 'stroke="#c9cdd3"'), 2, "the map and the key");
  const words = levelBoxes(figure.svg).map(({ text }) => text.replace("\u00a0", " "));
  for (const text of ["0.10", "0.30", "n 400", "n 1,200", "n 12"]) {
    assert.equal(
      words.filter((word) => word === text).length,
      text === "0.10" || text === "0.30" ? 2 : 1,
      text,
    );
  }
  assert.match(said(figure), /3 pairs, 1 of them unknown/);
});

Deno.test("basketCorrelationChart() writes no number beyond 16 baskets and draws 30 at most", () => {
  const numbers = (n: number) =>
    levelBoxes(basketCorrelationChart(correlations(n, 0), FOLDER).svg)
      .filter(({ text }) => /^n\s\d/.test(text)).length;
  assert.equal(numbers(16), 120);
  assert.equal(numbers(17), 0);
  const many = basketCorrelationChart(correlations(40, 0), FOLDER);
  assert.match(said(many), /10 baskets that correlate less are not drawn/);
});

Deno.test("basketCorrelationChart() of one basket or of unknown pairs says so", () => {
  const title = (n: number) => {
    const data = correlations(n, 0);
    const pairs = data.pairs.map((pair) => ({ ...pair, rho: NaN }));
    return basketCorrelationChart({ ...data, pairs, meanLow: NaN, meanHigh: NaN }, FOLDER).title;
  };
  assert.equal(title(1), "There is one basket, so nothing to correlate it with");
  assert.equal(title(4), "No two of 4 baskets have enough common days to correlate");
});

Deno.test("basketCorrelationChart() refuses pairs that cannot be", () => {
  const data = threeBaskets(0.2, 0.1, 0.3), [pair] = data.pairs;
  const draw = (changes: Partial<BasketCorrelations>) => () =>
    basketCorrelationChart({ ...data, ...changes }, FOLDER);
  assert.throws(draw({ pairs: [pair!, { ...pair!, a: pair!.b, b: pair!.a }] }), {
    name: "RangeError",
    message:
      'Cannot draw correlations as each pair must be of two of the baskets, once: got "us_elections" and "us_policy"',
  });
  assert.throws(draw({ pairs: [{ ...pair!, rho: 1.2 }] }), {
    name: "RangeError",
    message:
      'Cannot draw the correlation of "us_policy" and "us_elections" as it must be in [-1, 1] or NaN: got 1.2',
  });
  assert.throws(draw({ meanLow: 0.4 }), {
    name: "RangeError",
    message: "Cannot draw the mean correlation as its interval must be in order: got 0.4 to 0.3",
  });
  assert.throws(draw({ baskets: [basket(0), basket(0)] }), {
    name: "RangeError",
    message: "Cannot draw correlations as each basket must have an id of its own",
  });
});

Deno.test("compositionCardsChart() says how many contracts are held and the largest weight", () => {
  const data = composition(5);
  assert.match(
    compositionCardsChart(data, FOLDER).title,
    /^4 of 5 baskets hold \d+ contracts; the largest weight traded is \d+% of .+, “.+”$/,
  );
  const empty = data.baskets.filter(({ contracts }) => contracts.length === 0);
  assert.equal(
    compositionCardsChart({ ...data, baskets: empty }, FOLDER).title,
    "The basket holds no contract: all is cash",
  );
  const none = [0, 1].map((k) => ({ ...empty[0]!, ...basket(k) }));
  const figure = compositionCardsChart({ ...data, baskets: none }, FOLDER);
  assert.equal(figure.title, "None of 2 baskets holds a contract: all is cash");
  assert.match(said(figure), /All cash: 3 eligible contracts, 5 are needed/);
});

Deno.test("compositionCardsChart() lists six contracts a card, its side, price and end, and how many more", () => {
  const data = composition(1), [card] = data.baskets;
  const figure = compositionCardsChart(data, SIMULATED);
  const sorted = [...card!.contracts].sort((a, b) => b.weight - a.weight);
  const rest = sorted.slice(6).reduce((sum, { weight }) => sum + weight, 0);
  const words = levelBoxes(figure.svg).map(({ text }) => text);
  assert.equal(sorted.length, 10);
  assert.ok(words.includes(`and 4 more, together ${(100 * rest).toFixed(1)}%`), words.join("|"));
  assert.equal(words.filter((word) => word === "YES" || word === "NO").length, 6);
  for (const { weight } of sorted.slice(0, 6)) {
    assert.ok(words.includes(`${(100 * weight).toFixed(1)}%`));
  }
  assert.equal(words.filter((word) => word === "unreviewed").length, 1);
  assert.equal(marks(figure, "rect", 'fill-opacity="0.6"'), 6);
  const few = levelBoxes(compositionCardsChart(data, FOLDER, { perCard: 3 }).svg);
  assert.ok(few.some(({ text }) => text.startsWith("and 7 more")));
  assert.ok(!few.some(({ text }) => text === "unreviewed"));
});

Deno.test("compositionCardsChart() marks what was carried, and names the largest weight of what was traded", () => {
  const data = composition(1), [card] = data.baskets;
  const contracts = [0.5, 0.3, 0.1].map((weight, k) => ({
    ...{ ...card!.contracts[k]!, title: `Contract ${k}`, weight, isCarried: false },
  }));
  const draw = (carried: readonly number[]) =>
    compositionCardsChart({
      ...data,
      baskets: [{
        ...{ ...card!, cash: 0.1 },
        contracts: contracts.map((one, k) => ({ ...one, isCarried: carried.includes(k) })),
      }],
    }, FOLDER);
  const start = "The basket holds 3 contracts", name = card!.name;
  assert.deepEqual([[], [0], [1, 2], [0, 1, 2]].map((carried) => draw(carried).title), [
    `${start}; the largest weight is 50% of ${name}, “Contract 0”`,
    `${start}; the largest weight traded is 30% of ${name}, “Contract 1”`,
    `${start}; the largest weight traded is 50% of ${name}, “Contract 0”`,
    `${start}, none of which could be traded`,
  ]);
  const nMarked = [[], [1, 2]].map((carried) =>
    levelBoxes(draw(carried).svg).filter(({ text }) => text === "carried").length
  );
  assert.deepEqual(nMarked, [0, 2]);
  const note = /Carried \(2 contracts\): no close fresh enough to trade at, so no limit can hold\./;
  assert.match(said(draw([1, 2])), note);
  assert.doesNotMatch(said(draw([])), /arried/);
});

Deno.test("compositionCardsChart() draws 16 cards and says how many are left", () => {
  const figure = compositionCardsChart(composition(30), SIMULATED);
  assert.equal(levelBoxes(figure.svg).filter(({ text }) => text === "unreviewed").length, 16);
  assert.match(said(figure), /14 baskets with \d+ contracts are not drawn/);
});

Deno.test("compositionCardsChart() refuses weights and prices that cannot be", () => {
  const data = composition(1), [card] = data.baskets, [contract] = card!.contracts;
  const draw = (baskets: typeof data.baskets) => () =>
    compositionCardsChart({ ...data, baskets }, FOLDER);
  assert.throws(draw([{ ...card!, cash: 0.4 }]), {
    name: "RangeError",
    message:
      /^Cannot draw basket "us_elections" as its weights and its cash must add up to 1: got 1\.3/,
  });
  assert.throws(draw([{ ...card!, contracts: [{ ...contract!, weight: 1, sidePrice: 40 }] }]), {
    name: "RangeError",
    message:
      'Cannot draw contract "poly:0_0" as its weight must be in (0, 1] and its price in [0, 1]: got 1 at 40',
  });
});

/** A method with this return, its interval ten points around it, over random ones from −10% to 5%. */
function method(key: string, annualReturn: number, deflatedSharpe = 0.5): MethodEvidenceRow {
  return {
    ...methodEvidence(1, 0).methods[0]!,
    ...{ key, name: `Method ${key}`, annualReturn, deflatedSharpe },
    ...{ returnLow: annualReturn - 0.1, returnHigh: annualReturn + 0.1 },
    ...{ randomLow: -0.1, randomMid: -0.03, randomHigh: 0.05 },
    ...{ percentile: annualReturn > 0.05 ? 0.97 : 0.6, percentileGross: 0.96 },
  };
}

function evidenceTitle(...methods: readonly MethodEvidenceRow[]): string {
  return methodEvidenceChart({ ...methodEvidence(0, 0), methods, cashReturn: 0.04 }, FOLDER).title;
}

Deno.test("methodEvidenceChart() says that no method beats cash and random portfolios", () => {
  assert.equal(
    evidenceTitle(method("a", 0.02), method("b", -0.03)),
    "No method beats both cash after costs and random portfolios with and without costs; best is “Method a” with +2.0% a year, above 60% of random ones after costs, 96% free of costs",
  );
  assert.equal(
    evidenceTitle(method("a", 0.08), method("b", -0.03)),
    "No method beats both cash after costs and random portfolios with and without costs (cash: 0, random ones: 1); best is “Method a” with +8.0% a year, above 97% of random ones after costs, 96% free of costs",
  );
  assert.equal(
    evidenceTitle(method("a", NaN), method("b", NaN)),
    "Of none of 2 methods could a return after costs be measured",
  );
});

Deno.test("methodEvidenceChart() says how many methods beat both, and whether by more than luck", () => {
  const good = method("a", 0.2), better = method("b", 0.3), bad = method("c", 0);
  assert.equal(
    evidenceTitle(good, better, bad),
    "2 of 3 methods beat both cash after costs and random portfolios with and without costs, but none by more than the luck of 12 trials; best is “Method b” with +30.0% a year, above 97% of random ones after costs, 96% free of costs",
  );
  assert.match(
    evidenceTitle(good, { ...better, deflatedSharpe: 0.96 }, bad),
    /without costs, 1 by more than the luck of 12 trials; best/,
  );
  assert.match(
    evidenceTitle(bad, { ...better, deflatedSharpe: 0.96 }),
    /^1 of 2 methods beats both .* without costs and by more than the luck of 12 trials; best/,
  );
});

Deno.test("methodEvidenceChart() asks for the whole interval above cash, and for 95% of random portfolios after costs and free of them", () => {
  const at = (changes: Partial<MethodEvidenceRow>) =>
    evidenceTitle({ ...method("a", 0.2), ...changes }).includes("does not beat");
  assert.equal(at({}), false);
  assert.equal(at({ returnLow: 0.04 }), true);
  assert.equal(at({ returnLow: NaN }), true);
  for (const one of ["percentile", "percentileGross"] as const) {
    assert.equal(at({ [one]: 0.951 }), false);
    assert.equal(at({ [one]: 0.95 }), true);
    assert.equal(at({ [one]: NaN }), true);
  }
});

Deno.test("methodEvidenceChart() calls no method good for trading what is cheap to trade", () => {
  // above 97% of random portfolios after costs, 76% free of costs
  const cheap = { ...method("a", 0.2), percentileGross: 0.76 };
  assert.equal(
    evidenceTitle(cheap, method("b", -0.03)),
    "No method beats both cash after costs and random portfolios with and without costs (cash: 1, random ones: 0); best is “Method a” with +20.0% a year, above 97% of random ones after costs, 76% free of costs",
  );
  const unmeasured = { ...method("c", 0.1), percentile: NaN, percentileGross: NaN };
  const figure = methodEvidenceChart({
    ...{ ...methodEvidence(0, 0), methods: [cheap, unmeasured], cashReturn: 0.04 },
  }, FOLDER);
  // the ring of each method and of the key, and the dot of the key alone
  assert.equal(marks(figure, "circle", 'fill="#ffffff"'), 3);
  const words = levelBoxes(figure.svg).map(({ text }) => text);
  for (const text of ["97%", "76% free of costs", "–", "not measured"]) {
    assert.ok(words.includes(text), `${text} of ${words.join("|")}`);
  }
  assert.match(
    said(figure),
    /Costs are part of the first: a method of dear contracts trades cheaper/,
  );
  assert.match(figure.alt, /Method c: \+10\.0%, random portfolios not measured/);
});

Deno.test("methodEvidenceChart() draws a dot, an interval and a band for each measured method", () => {
  const data = methodEvidence(12, 1), figure = methodEvidenceChart(data, FOLDER);
  const measured = data.methods.filter(({ annualReturn }) => !Number.isNaN(annualReturn));
  assert.equal(measured.length, 11);
  // and one of each in the key
  assert.equal(marks(figure, "circle", 'stroke-width="1.75"'), measured.length + 1);
  assert.equal(marks(figure, "rect", 'fill="#c9cdd3"'), measured.length + 1);
  assert.equal(marks(figure, "rect", `fill="${MISSING_FILL}"`), 1);
  const words = said(figure);
  assert.match(words, /12 methods of 12 trials; probability of backtest overfitting 54%/);
  assert.match(words, /T-bills, \+4\.7%/);
  assert.match(words, /not measured/);
});

Deno.test("methodEvidenceChart() writes returns with their intervals, and ranks by them", () => {
  const data = { ...methodEvidence(0, 0), methods: [method("a", -0.03), method("b", 0.081)] };
  const words = levelBoxes(methodEvidenceChart(data, FOLDER).svg).map(({ text }) => text);
  for (const text of ["−3.0%", "−13% to 7%", "+8.1%", "−2% to 18%", "97%", "60%"]) {
    assert.ok(words.includes(text), `${text} of ${words.join("|")}`);
  }
  assert.ok(words.indexOf("Method b") < words.indexOf("Method a"));
});

Deno.test("methodEvidenceChart() refuses percentiles and trials that cannot be", () => {
  const data = methodEvidence(2, 0), [first] = data.methods;
  assert.throws(
    () => methodEvidenceChart({ ...data, methods: [{ ...first!, percentile: 97 }] }, FOLDER),
    {
      name: "RangeError",
      message:
        "Cannot draw a percentile as it must be in [0, 1] or NaN: got 97 (Hand labels, equal)",
    },
  );
  assert.throws(() => methodEvidenceChart({ ...data, nTrials: 1 }, FOLDER), {
    name: "RangeError",
    message: "Cannot compare methods as each must count as a trial: got 2 methods of 1 trials",
  });
});

/** Two decisions with these counts left at the last one, half of them at the first. */
function funnel(...counts: readonly number[]): EligibilityHistory {
  const names = ["Active", "14 days of history", "Price in 5 to 95 ¢", "Held"];
  const kinds = ["active", "filter", "filter", "held"] as const;
  return {
    days: [parseDay("2025-12-31"), parseDay("2026-01-31")],
    steps: counts.map((n, k) => ({
      ...{ name: names[k]!, kind: kinds[k]! },
      nLeft: [Math.floor(n / 2), n],
      nUnknown: [0, k === 2 ? n - 1 : 0],
    })),
  };
}

Deno.test("eligibilityFunnelChart() says how many may be held and where most fail", () => {
  const title = (...counts: number[]) => eligibilityFunnelChart(funnel(...counts), FOLDER).title;
  assert.equal(
    title(1204, 410, 310, 95),
    "On 31 Jan 2026, 310 of 1,204 active contracts may be held and 95 are; most fail at “14 days of history” (794)",
  );
  assert.equal(
    title(1204, 1000, 1),
    "On 31 Jan 2026, 1 of 1,204 active contracts may be held; most fail at “Price in 5 to 95 ¢” (999)",
  );
  assert.equal(
    title(1204, 1204, 1204, 0),
    "On 31 Jan 2026, all 1,204 active contracts may be held and none is",
  );
  const none = funnel(1204, 3, 1);
  assert.equal(
    eligibilityFunnelChart({
      ...none,
      steps: [...none.steps.slice(0, 2), { ...none.steps[2]!, nLeft: [0, 0], nUnknown: [0, 0] }],
    }, FOLDER).title,
    "On 31 Jan 2026, none of 1,204 active contracts may be held; most fail at “14 days of history” (1,201)",
  );
});

Deno.test("eligibilityFunnelChart() draws a bar for each step that loses contracts, and says what is unknown", () => {
  const figure = eligibilityFunnelChart(funnel(1200, 800, 800, 100), FOLDER);
  // steps 1, 3 and 4 at two decisions each, and four swatches; the second loses none to the third
  const bars = figure.svg.match(/<rect [^>]*height="[\d.]+"[^>]*width="[\d.]+"[^>]*y="/g) ?? [];
  const frame = 1;
  assert.equal(bars.length + frame, 3 * 2 + 4 + frame);
  assert.match(said(figure), / 1,200 800 800 67% 100 Last Unknown/);
  assert.match(said(figure), /hatched where it is more than half/);
  const nLeaders = 4;
  assert.equal(marks(figure, "path", 'stroke-width="0.75"'), nLeaders + 2, "bars and swatch");
  const known = funnel(1200, 800, 800, 100);
  const sure = eligibilityFunnelChart({
    ...known,
    steps: known.steps.map((step) => ({ ...step, nUnknown: [0, 0] })),
  }, FOLDER);
  assert.match(said(sure), /Every answer is known/);
  assert.equal(marks(sure, "path", 'stroke-width="0.75"'), nLeaders);
});

Deno.test("eligibilityFunnelChart() has a log scale where counts span more than two decades", () => {
  const words = (...counts: number[]) => said(eligibilityFunnelChart(funnel(...counts), FOLDER));
  assert.match(words(5000, 400, 300, 20), /Contracts left, log scale/);
  assert.doesNotMatch(words(5000, 4000, 3000, 2000), /log scale/);
});

Deno.test("eligibilityFunnelChart() of decisions without an active contract says so", () => {
  const none = funnel(1, 1, 1, 1);
  const steps = none.steps.map((step) => ({ ...step, nLeft: [0, 0], nUnknown: [0, 0] }));
  assert.equal(
    eligibilityFunnelChart({ ...none, steps }, FOLDER).title,
    "No contract is active at any of 2 decisions",
  );
  const gone = funnel(12, 8, 4, 2);
  const last = gone.steps.map((step) => ({
    ...step,
    nLeft: [step.nLeft[1]!, 0],
    nUnknown: [0, 0],
  }));
  assert.equal(
    eligibilityFunnelChart({ ...gone, steps: last }, FOLDER).title,
    "On 31 Jan 2026, no contract is active",
  );
});

Deno.test("eligibilityFunnelChart() refuses steps that cannot be", () => {
  const draw = (history: EligibilityHistory) => () => eligibilityFunnelChart(history, FOLDER);
  assert.throws(draw(funnel(10, 12)), {
    name: "RangeError",
    message:
      'Cannot draw eligibility as step "14 days of history" must keep a whole number of the 5 contracts before it: got 6',
  });
  const data = eligibility(2, 100);
  assert.throws(draw({ ...data, steps: data.steps.slice(1) }), {
    name: "RangeError",
    message:
      /^Cannot draw eligibility as the first of 20 steps at most must be "active", and no other: got filter/,
  });
  const steps = data.steps.map((step) => ({ ...step, nUnknown: [101, 101] }));
  assert.throws(draw({ ...data, steps }), {
    name: "RangeError",
    message:
      /^Cannot draw eligibility as the unknown answers at step "Active" must be some of its /,
  });
});
