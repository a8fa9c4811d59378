import assert from "node:assert/strict";
import { type RegimeBands, regimeBandsChart } from "lib/charts/regime_bands.ts";
import { normalDraws, randomStream } from "lib/core/random.ts";
import { regimeEvidence } from "lib/portfolio/regime_table.ts";
import { marketRegimes } from "lib/portfolio/regimes.ts";
import { assertPictures } from "./assert_pictures.ts";
import { assertReadable, said } from "./readable.ts";
import { FOLDER, SIMULATED } from "./synthetic.ts";

const NAMES = ["60/40 + 10% baskets", "60/40"];

/** Portfolios over n sessions of a market that is calm and wild by turns of 70. */
function made(n: number, window = 20, names: readonly string[] = NAMES, size = 1): RegimeBands {
  const draw = normalDraws(randomStream(7, `regimes ${n}`));
  const days = Int32Array.from({ length: n }, (_, t) => 19_800 + Math.floor(t * 7 / 5));
  const stocks = new Float64Array(n), level = new Float64Array(n);
  const navs = names.map((name) => ({ name, nav: new Float64Array(n) }));
  for (let t = 0; t < n; ++t) {
    const isWild = Math.floor(t / 70) % 3 === 1;
    const gain = (isWild ? -0.002 : 0.001) + (isWild ? 0.018 : 0.007) * draw();
    stocks[t] = t === 0 ? 400 : stocks[t - 1]! * (1 + gain);
    level[t] = (isWild ? 28 : 14) * (1 + 0.1 * draw());
    for (const { nav } of navs) {
      nav[t] = t === 0 ? 97 : nav[t - 1]! * (1 + 0.6 * gain + size * 0.003 * draw());
    }
  }
  const { regime } = marketRegimes({ day: days, stocks, level }, { window });
  const evidence = regimeEvidence({ day: days, regime }, { series: navs, stocks, rates: null }, {
    random: randomStream(7, "draws"),
    nDraws: 50,
  });
  return { days, regimes: regime, navs, evidence, window };
}

const LONG = [
  "A very long name of a portfolio with baskets in it",
  "60/40",
  "cash",
  "60/40 + bills",
];

for (
  const [n, window, names, size] of [
    [330, 20, NAMES, 1],
    [900, 10, LONG, 8],
    [70, 20, ["x"], 1],
    [66, 20, NAMES, 1],
  ] as const
) {
  Deno.test(`regimeBandsChart() of ${n} sessions and ${names.length} portfolios is readable`, () => {
    const figure = regimeBandsChart(made(n, window, names, size), SIMULATED);
    assertReadable(figure);
    assert.ok(figure.svg.length < 300_000);
    assert.ok(figure.alt.startsWith(figure.title));
  });
}

/** The same with a difference of mean returns of the first portfolio. */
function withMean(value: number, pValue: number): RegimeBands {
  const data = made(330);
  const differences = data.evidence.differences.map((one) =>
    one.measure === "mean" ? { ...one, value, pValue, nullLow: -0.05, nullHigh: 0.061 } : one
  );
  return { ...data, evidence: { ...data.evidence, differences } };
}

Deno.test("regimeBandsChart() says whether regimes tell returns apart", () => {
  const title = (data: RegimeBands) => regimeBandsChart(data, FOLDER).title;
  assert.equal(
    title(withMean(0.083, 0.02)),
    "60/40 + 10% baskets earned 8.3 points a year more in risk-on than in risk-off, beyond turned regimes (−5.0 to +6.1, p = 0.020)",
  );
  assert.equal(
    title(withMean(-0.012, 0.6)),
    "Regimes do not tell returns of 60/40 + 10% baskets apart: 1.2 points a year more in risk-off than in risk-on, turned regimes −5.0 to +6.1 (p = 0.600)",
  );
  assert.equal(
    title(withMean(NaN, NaN)),
    "Risk-on and risk-off cannot be compared for 60/40 + 10% baskets: one of them has too few sessions",
  );
});

Deno.test("regimeBandsChart() has a row a portfolio and regime, a line a portfolio and both bands a spell", () => {
  const data = made(330), figure = regimeBandsChart(data, FOLDER), words = said(figure);
  for (const { nSessions } of data.evidence.rows) assert.ok(words.includes(`${nSessions}, `));
  const nSpells = data.regimes
    .filter((one, t) => one !== null && (t === 0 || one !== data.regimes[t - 1])).length;
  const nRects = (height: number) =>
    figure.svg.match(new RegExp(`<rect [^>]*height="${height}"`, "g"))?.length ?? 0;
  // grounds, the strip below them, and one of both for the sessions before
  assert.deepEqual([230, 18, 253].map(nRects), [nSpells, nSpells, 1]);
  // a value a row and the dot and ring of the key
  assert.equal(figure.svg.match(/<circle /g)!.length, 6 + 2);
  assert.match(words, /told the evening before/);
  assert.match(
    words,
    /61 sessions without a regime, in the warm-up or with a missing close, are grey/,
  );
});

Deno.test("regimeBandsChart() of no regime or no portfolio is a message", () => {
  for (const data of [made(40), made(0), made(330, 20, [])]) {
    const figure = regimeBandsChart(data, FOLDER);
    assert.equal(figure.title, "No session has a regime, so nothing can be told by regime");
    assertReadable(figure);
  }
  assert.match(said(regimeBandsChart(made(40), FOLDER)), /40 sessions, none after the warm-up/);
});

Deno.test("regimeBandsChart() shows hostile names as text and refuses what does not fit", () => {
  const { svg } = regimeBandsChart(made(330, 20, ["<b>\u202e&\"'", "60/40"]), FOLDER);
  assert.doesNotMatch(svg, /<b>|\u202e/);
  const data = made(70);
  assert.throws(() => regimeBandsChart({ ...data, regimes: [] }, FOLDER), {
    name: "RangeError",
    message: "Cannot draw regimes as each of 70 sessions must have one or null: got 0",
  });
  assert.throws(
    () => regimeBandsChart({ ...data, navs: [{ name: "a", nav: new Float64Array(3) }] }, FOLDER),
    {
      name: "RangeError",
      message: 'Cannot draw the value of "a" as it must have one for each of 70 sessions: got 3',
    },
  );
  assert.throws(() => regimeBandsChart(made(70, 20, ["a", "b", "c", "d", "e"]), FOLDER), {
    name: "RangeError",
    message: "Cannot draw regimes as there must be at most 4 portfolios: got 5",
  });
});

Deno.test("regimeBandsChart() draws a picture, the same each time, as somebody looked at it", async () => {
  const draw = () => regimeBandsChart(made(330), SIMULATED);
  assertPictures([draw()]);
  assert.equal(draw().svg, draw().svg);
  // pinned, not golden; after looking again, renew with BASKETRY_UPDATE_SNAPSHOTS=1
  const file = new URL("./snapshots/regime_bands.svg.snapshot", import.meta.url);
  const lines = draw().svg.replaceAll("><", ">\n<") + "\n";
  if (Deno.env.get("BASKETRY_UPDATE_SNAPSHOTS") === "1") await Deno.writeTextFile(file, lines);
  assert.equal(lines, await Deno.readTextFile(file));
});
