import assert from "node:assert/strict";
import { drawdownChart } from "lib/charts/method_drawdown.ts";
import { methodNavChart, type MethodNavs } from "lib/charts/method_nav.ts";
import { levelBoxes, marks, said } from "./readable.ts";
import { FOLDER } from "./synthetic.ts";
import { methodNavs, START } from "./synthetic_backtest.ts";

const BLUE = "#276fd7", NULL_GREY = "#c9cdd3";

/** Two days on which methods end at these values, random portfolios between 90 and 110. */
function navsEndingAt(
  ends: readonly number[],
  { randomHighs = [], ...more }: Partial<MethodNavs> & {
    /** 110 where left out. */
    readonly randomHighs?: readonly number[];
  } = {},
): MethodNavs {
  const to = (end: number) => Float64Array.of(100, end);
  return {
    days: Int32Array.of(START, START + 1),
    series: ends.map((end, k) => ({
      key: `m${k}`,
      name: `Method ${"ABCDEF"[k]}`,
      isMain: k < 2,
      nav: to(end),
      randomHigh: randomHighs[k] ?? 110,
    })),
    cash: to(100),
    tbill: to(101),
    band: { low: to(90), mid: to(99), high: to(110) },
    bandName: "Method A",
    nRandom: 1000,
    period: "two days",
    ...more,
  };
}

const navTitle = (...given: Parameters<typeof navsEndingAt>) =>
  methodNavChart(navsEndingAt(...given), FOLDER).title;

Deno.test("methodNavChart() counts the methods above random portfolios and above cash", () => {
  assert.equal(
    navTitle([90, 80]),
    "None of 2 methods ends above 95% of its 1,000 random portfolios after costs or above cash; the best (Method A) ends at 90.0 against 110.0",
  );
  assert.equal(
    navTitle([90, 104, 103]),
    "None of 3 methods ends above 95% of its 1,000 random portfolios after costs, 2 above cash; the best (Method B) ends at 104.0 against 110.0",
  );
  assert.equal(
    navTitle([110.04, 104, 90]),
    "1 of 3 methods ends above 95% of its 1,000 random portfolios after costs, 2 above cash; the best (Method A) ends at 110.04 against 110.00",
  );
  assert.equal(
    navTitle([120, 130]),
    "All 2 methods end above 95% of their 1,000 random portfolios after costs and above cash; the best (Method B) ends at 130.0 against 110.0",
  );
});

Deno.test("methodNavChart() compares with cash alone where nothing random was replayed", () => {
  const nothing = { band: null, bandName: "", nRandom: 0 };
  assert.equal(
    navTitle([90, 104, NaN], { ...nothing, randomHighs: [NaN, NaN, NaN] }),
    "1 of 3 methods ends above cash after costs; the best (Method B) ends at 104.0 against 100.0",
  );
  assert.equal(
    navTitle([90], { ...nothing, randomHighs: [NaN] }),
    "Method A ends at 90.0 after costs, not above cash at 100.0",
  );
  assert.equal(navTitle([NaN, NaN]), "None of 2 methods has a value on the last day");
});

Deno.test("methodNavChart() of one method says where it ends", () => {
  const random = "95% of 1,000 random portfolios (110.0)";
  assert.deepEqual([90, 104, 120].map((end) => navTitle([end])), [
    `Method A ends at 90.0 after costs, not above ${random} nor above cash`,
    `Method A ends at 104.0 after costs, not above ${random}, though above cash`,
    `Method A ends at 120.0 after costs, above ${random} and above cash`,
  ]);
});

Deno.test("methodNavChart() compares each method with its own random portfolios, whoever the band is of", () => {
  // both end below the band's 110, B above its own
  assert.equal(
    navTitle([90, 104], { randomHighs: [110, 102] }),
    "1 of 2 methods ends above 95% of its 1,000 random portfolios after costs and above cash; the best (Method B) ends at 104.0 against 102.0",
  );
  // both end above the band's 110, neither above its own
  assert.equal(
    navTitle([112, 120], { randomHighs: [115, 125] }),
    "None of 2 methods ends above 95% of its 1,000 random portfolios after costs, all above cash; the best (Method B) ends at 120.0 against 125.0",
  );
});

Deno.test("methodNavChart() counts a method without random portfolios neither as above nor as below", () => {
  assert.equal(
    navTitle([90, 104, 95], { randomHighs: [94.3, 102, NaN] }),
    "1 of 2 methods ends above 95% of its 1,000 random portfolios after costs, 1 of 3 above cash; the best (Method B) ends at 104.0 against 102.0",
  );
  assert.equal(
    navTitle([90, 95], { randomHighs: [94.3, NaN] }),
    "None of 1 method ends above 95% of its 1,000 random portfolios after costs, none of 2 above cash; the best (Method B) ends at 95.0 and has no random portfolios",
  );
  assert.equal(
    navTitle([90], { randomHighs: [NaN] }),
    "Method A ends at 90.0 after costs, not above cash at 100.0",
  );
  const words = said(
    methodNavChart(navsEndingAt([90, 95, 99], { randomHighs: [94, NaN] }), FOLDER),
  );
  assert.match(words, /1 method without random portfolios is compared with cash alone\./);
  assert.match(words, /Of 2 methods that choose at random/);
  const all = said(methodNavChart(navsEndingAt([90, 95]), FOLDER));
  assert.doesNotMatch(all, /without random portfolios/);
});

Deno.test("methodNavChart() says whose random portfolios the band is of", () => {
  const words = (more: Partial<MethodNavs>) =>
    said(methodNavChart(navsEndingAt([90, 95], more), FOLDER));
  assert.match(words({}), /random ones of Method A, 5th to 95th percentile/);
  assert.match(
    words({}),
    /The band is that of Method A: each method is compared with its own 1,000/,
  );
  assert.match(words({ bandName: "" }), /The band is that of one method: each/);
  assert.doesNotMatch(words({ band: null }), /The band is/);
  // the key has room for a name of any length
  const long = { ...methodNavs(14, 9), bandName: "W".repeat(90) };
  assert.match(
    said(methodNavChart(long, FOLDER)),
    /random ones of W+…, 5th to 95th.*other methods/,
  );
});

Deno.test("methodNavChart() ending exactly at the bar is not above it", () => {
  assert.match(navTitle([110, 100]), /^None of 2 methods .*, 1 above cash/);
});

Deno.test("methodNavChart() draws a line a method, two benchmarks and a band, each with its value", () => {
  const figure = methodNavChart(navsEndingAt([104, 97, 96]), FOLDER);
  assert.equal(marks(figure, "path", `stroke="${BLUE}"`), 1);
  assert.equal(marks(figure, "path", 'stroke-dasharray="1 3"'), 1);
  assert.equal(marks(figure, "path", 'stroke-dasharray="5 3"'), 1);
  assert.equal(marks(figure, "path", `fill="${NULL_GREY}"`), 1);
  // a dot and the ring of its random portfolios each, and a ring in the key
  assert.equal(figure.svg.match(/<circle /g)?.length, 3 * 2 + 1);
  assert.match(figure.alt, /Method A 104\.0 \(95% of its random ones: 110\.0\)/);
  const texts = levelBoxes(figure.svg).map(({ text }) => text);
  for (const name of ["Method A", "Method C", "Cash", "T-bills", "Random, 95%", "104.0", "101.0"]) {
    assert.ok(texts.includes(name), name);
  }
  assert.match(said(figure), /Of 3 methods .* chance alone would on average put 0\.15 above 95%/);
  const bare = methodNavChart(
    navsEndingAt([104], { band: null, tbill: null, randomHighs: [NaN] }),
    FOLDER,
  );
  assert.equal(bare.svg.match(/<circle /g)?.length, 1);
  assert.equal(marks(bare, "path", 'stroke-dasharray="5 3"'), 0);
  assert.equal(marks(bare, "path", `fill="${NULL_GREY}"`), 0);
});

Deno.test("methodNavChart() says how many grey methods are left out", () => {
  assert.match(
    said(methodNavChart(methodNavs(30, 9), FOLDER)),
    /8 other methods that end lower or/,
  );
});

Deno.test("methodNavChart() and drawdownChart() refuse values that do not match the days", () => {
  const navs = navsEndingAt([104]);
  const short = { ...navs, series: [{ ...navs.series[0]!, nav: Float64Array.of(100) }] };
  assert.throws(() => methodNavChart(short, FOLDER), {
    name: "RangeError",
    message: 'Cannot draw the value of "Method A" as it must have one for each of 2 days: got 1',
  });
  assert.throws(() => methodNavChart({ ...navs, cash: Float64Array.of(1, 2, 3) }, FOLDER), {
    name: "RangeError",
    message: 'Cannot draw the value of "cash" as it must have one for each of 2 days: got 3',
  });
  assert.throws(() => drawdownChart(short, FOLDER), {
    name: "RangeError",
    message:
      'Cannot draw the drawdown of "Method A" as it must have one value for each of 2 days: got 1',
  });
  assert.throws(() => drawdownChart(navsEndingAt([-1]), FOLDER), {
    name: "RangeError",
    message: 'Cannot draw the drawdown of "Method A" as its values must be 0 or more: got -1',
  });
});

Deno.test("drawdownChart() names the deepest with its dates and the shallowest", () => {
  const title = (ends: readonly number[]) =>
    drawdownChart(navsEndingAt(ends), FOLDER).title.replaceAll("\u00a0", " ");
  assert.equal(
    title([66, 92]),
    "The deepest drawdown is 34% (Method A, 1 Jan 2024 to 2 Jan 2024), the shallowest of those shown 8% (Method B)",
  );
  assert.equal(
    title([101, 92]),
    "The deepest drawdown is 8% (Method B, 1 Jan 2024 to 2 Jan 2024); Method A has none",
  );
  assert.equal(title([101, 100]), "None of 2 methods is ever below an earlier high");
  assert.equal(title([92]), "Method A falls by at most 8%, from 1 Jan 2024 to 2 Jan 2024");
  assert.equal(title([100]), "Method A is never below an earlier high");
});

Deno.test("drawdownChart() draws a panel a main method, the deepest first, and tells of the others", () => {
  const figure = drawdownChart(navsEndingAt([92, 66, 50, 80]), FOLDER);
  assert.equal(figure.svg.match(/<circle /g)?.length, 2);
  const boxes = levelBoxes(figure.svg);
  const lefts = ["Method B", "Method A"].map((name) =>
    boxes.find(({ text }) => text === name)!.left
  );
  assert.ok(lefts[0]! < lefts[1]!);
  assert.ok(!boxes.some(({ text }) => text === "Method C"));
  assert.match(said(figure), /2 other methods are not drawn; .* are between 20% and 50%\./);
  assert.match(said(figure), /34% on 2 Jan 2024; not recovered/);
});
