import assert from "node:assert/strict";
import { MS_PER_DAY, parseDay } from "lib/core/day.ts";
import { coverageFunnelChart } from "lib/charts/coverage_funnel.ts";
import { liveCalendarChart } from "lib/charts/live_calendar.ts";
import { marketLifetimesChart } from "lib/charts/market_lifetimes.ts";
import { priceToEndChart } from "lib/charts/price_to_end.ts";
import { volumeDistributionChart } from "lib/charts/volume_distribution.ts";
import { zeroMoveShareChart } from "lib/charts/zero_move_share.ts";
import { lifetimes } from "lib/universe/lifetimes.ts";
import { liveCalendar } from "lib/universe/live_calendar.ts";
import { priceToEnd } from "lib/universe/price_to_end.ts";
import { volumeDistribution } from "lib/universe/volume_distribution.ts";
import { zeroMoves } from "lib/universe/zero_moves.ts";
import { dailyPrices, dailyVolumes, market } from "../universe/daily_prices.ts";
import { FOLDER } from "./synthetic.ts";
import { overlaps, textBoxes } from "./text_boxes.ts";

/** Number of elements `name` with exactly this fill, alone or within a group of that fill. */
function marks(svg: string, name: string, fill: string): number {
  const groups = svg.match(new RegExp(`<g [^>]*fill="${fill}"[^>]*>(?:(?!</g>).)*</g>`, "gs")) ??
    [];
  const grouped = groups.join("").match(new RegExp(`<${name} `, "g"))?.length ?? 0;
  const own = svg.match(new RegExp(`<${name} [^>]*fill="${fill}"`, "g"))?.length ?? 0;
  return grouped + own;
}

const BLUE = "#276fd7", PALE = "#b5cdf0";

Deno.test("coverageFunnelChart() says where most markets are lost", () => {
  const { title, svg } = coverageFunnelChart([
    { stage: "Listed", nMarkets: 3576 },
    { stage: "With a price", nMarkets: 3400 },
    { stage: "30+ daily prices", nMarkets: 2217, note: "minimum history" },
  ], FOLDER);
  assert.equal(
    title,
    "2,217 of 3,576 markets (62%) pass every step; most are lost at “30+ daily prices” (−1,183)",
  );
  assert.equal(marks(svg, "rect", BLUE), 3);
  const said = textBoxes(svg).map((box) => box.text);
  assert.ok(said.includes("2,217  ·  62%") && said.includes("−1,183"));
});

Deno.test("coverageFunnelChart() says when nothing is lost and when all is", () => {
  const of = (...counts: number[]) =>
    coverageFunnelChart(counts.map((nMarkets, i) => ({ stage: `S${i}`, nMarkets })), FOLDER).title;
  assert.equal(of(12, 12, 12), "All 12 listed markets pass every step");
  assert.equal(of(1), "The 1 listed market passes every step");
  assert.equal(of(12, 0), "None of 12 markets passes every step; most are lost at “S1” (−12)");
  assert.equal(of(0, 0), "No market is listed, so none can be studied");
});

Deno.test("coverageFunnelChart() thins 300 steps to the 16 that matter and says so", () => {
  const { svg } = coverageFunnelChart(
    Array.from({ length: 300 }, (_, i) => ({
      stage: `Step ${i} with a name that is much too long for its place in the picture`,
      nMarkets: 9000 - 20 * i - (i > 150 ? 1000 : 0),
      note: "A note that is also longer than anybody would want to read in so small a place",
    })),
    FOLDER,
  );
  const boxes = textBoxes(svg);
  assert.equal(marks(svg, "rect", BLUE), 16);
  assert.ok(boxes.some((box) => box.text.startsWith("284 steps that lose fewer markets")));
  assert.ok(boxes.some((box) => box.text.startsWith("Step 151 ")));
  assert.deepEqual(overlaps(boxes), []);
  assert.ok(boxes.every((box) => box.left >= 0 && box.right <= 820));
  assert.ok(svg.length < 300_000);
});

Deno.test("coverageFunnelChart() escapes hostile names", () => {
  const { svg } = coverageFunnelChart([
    { stage: `<script>&"'\u202e`, nMarkets: 3, note: "</text><script>" },
    { stage: "]]>\u0000", nMarkets: 1 },
  ], FOLDER);
  assert.doesNotMatch(svg, /<script|\u202e|\]\]>/);
  assert.ok(textBoxes(svg).some((box) => box.text === `<script>&"'`));
});

Deno.test("coverageFunnelChart() refuses a step that gains markets", () => {
  assert.throws(
    () => coverageFunnelChart([{ stage: "a", nMarkets: 2 }, { stage: "b", nMarkets: 3 }], FOLDER),
    {
      name: "RangeError",
      message:
        'Cannot draw a coverage funnel as step "b" must keep a whole number of the 2 markets before it: got 3',
    },
  );
});

function lengths(...counts: number[]) {
  const start = parseDay("2025-01-01");
  return dailyPrices(
    counts.map((n, j) => Array.from({ length: n }, (_, i) => [start + j + i, 0.5] as const)),
  );
}

Deno.test("marketLifetimesChart() says how many markets are long enough", () => {
  const { title, svg } = marketLifetimesChart(lifetimes(lengths(40, 50, 60, 5)), FOLDER);
  assert.equal(title, "75% of 4 priced markets have 30 or more daily prices; the median is 45");
  // four lives, and the bars of 30 to 60 and of 60 to 120 prices
  assert.equal(marks(svg, "rect", BLUE), 6);
  assert.equal(
    marketLifetimesChart(lifetimes(lengths(40, 5, 5)), FOLDER).title,
    "Only 33% of 3 priced markets have 30 or more daily prices; the median is 5",
  );
  assert.equal(
    marketLifetimesChart(lifetimes(lengths(4, 5, 0)), FOLDER).title,
    "No market has 30 daily prices; the median of 2 priced markets is 4.5",
  );
  assert.equal(
    marketLifetimesChart(lifetimes(lengths(0, 0)), FOLDER).title,
    "None of 2 markets has a price",
  );
});

Deno.test("marketLifetimesChart() gathers many markets into rows and says how many", () => {
  const { svg } = marketLifetimesChart(
    lifetimes(lengths(...Array.from({ length: 1000 }, (_, j) => 1 + j % 90))),
    FOLDER,
  );
  assert.ok(textBoxes(svg).some((box) => box.text.startsWith("Left: each row holds 6 markets")));
});

Deno.test("marketLifetimesChart() has room for twenty thousand markets in many bars", () => {
  const lives = lifetimes(lengths(40, 2000, 5));
  const { svg } = marketLifetimesChart({
    ...lives,
    lengthBins: lives.lengthBins.map((bin) => ({ ...bin, nMarkets: 20_180 })),
  }, FOLDER);
  const boxes = textBoxes(svg);
  assert.ok(lives.lengthBins.length >= 12);
  assert.deepEqual(overlaps(boxes), []);
  assert.ok(boxes.some((box) => box.text === "20k"));
});

/** Forty markets of 60 days that jump from `before` to `after` some days before their end. */
function jumps(before: number, after: number, daysBeforeEnd: number) {
  const lists = Array.from(
    { length: 40 },
    () =>
      Array.from(
        { length: 60 },
        (_, day) => [day, day < 60 - daysBeforeEnd ? before : after] as const,
      ),
  );
  const markets = lists.map((_, j) =>
    market({ marketId: `poly:${j}`, closesAtMs: 60.5 * MS_PER_DAY })
  );
  return priceToEnd(markets, dailyPrices(lists));
}

Deno.test("priceToEndChart() sets the open share beside that of even news", () => {
  assert.match(
    priceToEndChart(jumps(0.5, 0.99, 0), FOLDER).title,
    /^In the last week before the scheduled end, 100% of the prices are still between 5 and 95 ¢; evenly arriving news would leave 3\d%$/,
  );
  assert.match(
    priceToEndChart(jumps(0.5, 0.99, 30), FOLDER).title,
    /, 0% of the prices are still between 5 and 95 ¢; evenly arriving news would leave 3\d%$/,
  );
  const one = priceToEnd(
    [market({ marketId: "poly:a", closesAtMs: 3 * MS_PER_DAY })],
    dailyPrices([[[0, 0.5], [1, 0.4]]]),
  );
  assert.match(priceToEndChart(one, FOLDER).title, /; 1 event, too few to compare with the \d+%/);
  const far = priceToEnd(
    [market({ marketId: "poly:a", closesAtMs: 300 * MS_PER_DAY })],
    dailyPrices([[[0, 0.5]]]),
  );
  assert.match(priceToEndChart(far, FOLDER).title, /^No price falls into the last week/);
});

Deno.test("priceToEndChart() says what it does with contracts that settle early", () => {
  const days = Array.from({ length: 40 }, (_, day) => [day, 0.5] as const);
  // half of the contracts settle after their tenth day, the others run to the scheduled end
  const lists = Array.from({ length: 40 }, (_, j) => j % 2 === 0 ? days.slice(0, 10) : days);
  const markets = lists.map((_, j) =>
    market({ marketId: `poly:${j}`, closesAtMs: 40.5 * MS_PER_DAY })
  );
  const resolutions = markets.filter((_, j) => j % 2 === 0).map(({ marketId }) => ({
    marketId,
    resolvedAtMs: 10.5 * MS_PER_DAY,
    payout: 0,
    source: null,
  }));
  const blind = priceToEndChart(priceToEnd(markets, dailyPrices(lists)), FOLDER);
  const whole = priceToEndChart(priceToEnd(markets, dailyPrices(lists), { resolutions }), FOLDER);
  assert.match(blind.title, /, 100% of the prices are still/);
  assert.match(blind.svg, /are left out, which raises the share/);
  assert.match(whole.title, /, 50% of contracts are still/);
  // ends of days 11 to 40 of each of the twenty
  assert.match(whole.svg, /counts as decided until then: 600 contract-days/);
});

Deno.test("priceToEndChart() has a cell for each range of price and time, blank where unobserved", () => {
  const { svg } = priceToEndChart(jumps(0.5, 0.99, 3), FOLDER);
  const cells = svg.match(/<rect [^>]*height="2[\d.]+"/g) ?? [];
  assert.equal(cells.length, 140);
  // beyond 60 days and past the end nothing was observed
  assert.equal(marks(svg, "rect", "#f2f3f5"), 56);
});

Deno.test("volumeDistributionChart() says how many trade enough and how unequal they are", () => {
  const of = (...totals: number[]) =>
    volumeDistributionChart(
      volumeDistribution(dailyVolumes([...totals.map((x) => [[1, x] as const]), []])),
      FOLDER,
    );
  const { title, svg } = of(0, 100, 20_000, 79_900);
  assert.equal(
    title,
    "50% of markets with known volume traded $10K or more; the top 1 market of 4 holds 80% of the $100K",
  );
  assert.ok(svg.includes("unknown for 1 of 5"));
  assert.match(of(5, 6).title, /^No market with known volume traded \$10K or more; /);
  assert.equal(of(0, 0).title, "None of the 2 markets with known volume traded");
  assert.equal(of().title, "Volume is unknown for all 1 market");
  // bars: $0, $100, and two at or above the threshold
  assert.equal(marks(svg, "rect", BLUE) + marks(svg, "rect", PALE), 1 + 12);
});

function closes(...lists: number[][]) {
  return dailyPrices(lists.map((list) => list.map((close, day) => [day, close] as const)));
}

Deno.test("zeroMoveShareChart() says how much more than rounding, or that it is no more", () => {
  // four of five days stand still, the others move by ten steps
  const still = Array.from({ length: 60 }, (_, i) => 0.3 + 0.1 * (Math.floor(i / 5) % 2));
  const { title, svg } = zeroMoveShareChart(zeroMoves(closes(still, still, still)), FOLDER);
  assert.match(
    title,
    /^81% of one-day moves are exactly zero; rounding to the price step would leave \d\.?\d?%$/,
  );
  assert.ok(svg.includes("100% of markets have more zeros than rounding alone gives"));
  const never = Array.from({ length: 60 }, () => 0.5);
  assert.equal(
    zeroMoveShareChart(zeroMoves(closes(never, never)), FOLDER).title,
    "100% of one-day moves are exactly zero, not distinguishable from the 100% that rounding to the price step would leave",
  );
  const always = Array.from({ length: 60 }, (_, i) => 0.5 + 0.02 * (i % 2));
  assert.match(
    zeroMoveShareChart(zeroMoves(closes(always, always)), FOLDER).title,
    /^0% of one-day moves are exactly zero, fewer than the \d+%/,
  );
});

Deno.test("liveCalendarChart() says on how many days the cross-section is wide enough", () => {
  const prices = lengths(40, 40, 40);
  const markets = [0, 1, 2].map((j) => market({ marketId: j === 0 ? "kalshi:a" : `poly:${j}` }));
  const { title, svg } = liveCalendarChart(
    liveCalendar(markets, prices, { minCrossSection: 2 }),
    FOLDER,
  );
  assert.equal(
    title,
    "On 11 of 42 days, 2 or more live markets have 30 or more prices; the most is 3, on 1 Feb 2025",
  );
  assert.ok(
    svg.includes(">Kalshi<") && svg.includes(">Polymarket<") && svg.includes(">30+ prices<"),
  );
  assert.equal(
    liveCalendarChart(liveCalendar(markets, prices), FOLDER).title,
    "On no day do 100 markets have 30 or more prices; the most is 3, on 1 Feb 2025",
  );
  assert.equal(
    liveCalendarChart(liveCalendar(markets, lengths(4, 4, 4)), FOLDER).title,
    "On no day do 100 markets have 30 or more prices; none ever has",
  );
});
