import assert from "node:assert/strict";
import { turnoverChart, type TurnoverRow } from "lib/charts/turnover.ts";
import { levelBoxes, marks, said } from "./readable.ts";
import { FOLDER } from "./synthetic.ts";
import { LIMITS, START, turnoverRows } from "./synthetic_backtest.ts";

/** A method with these shares at its trade dates. */
const trading = (key: string, ...shares: number[]): TurnoverRow => ({
  key,
  name: `Method ${key}`,
  trades: shares.map((turnover, i) => ({ day: START + 30 * i, turnover })),
  costPerYear: 0.0123,
});

Deno.test("turnoverChart() counts the methods whose median is above target and limit", () => {
  const title = (...rows: TurnoverRow[]) => turnoverChart(rows, FOLDER, LIMITS).title;
  assert.equal(
    title(trading("A", 0.9, 0.4, 0.1), trading("B", 0.2, 0.22), trading("C", 0.6)),
    "Turnover is 40% a month in the median method, above the target of 30% in 2 of 3 methods and above the unstable 50% in 1",
  );
  assert.equal(
    title(trading("A", 0.3), trading("B", 0.1)),
    "Turnover is 20% a month in the median method, above the target of 30% in none of 2 methods",
  );
  assert.equal(
    title(trading("A", 0.31), trading("B", 0.32)),
    "Turnover is 32% a month in the median method, above the target of 30% in all 2 methods",
  );
  assert.equal(
    title(trading("A", 0.301)),
    "Turnover of Method A is 30.1% a month, above the target of 30.0%",
  );
  assert.equal(
    title(trading("A", 0.3)),
    "Turnover of Method A is 30% a month, within the target of 30%",
  );
  assert.equal(
    title(trading("A", 0.7)),
    "Turnover of Method A is 70% a month, above the 50% from which it is unstable",
  );
});

Deno.test("turnoverChart() says whether a turnover belongs to a month or to a trade date", () => {
  const rows = [trading("A", 0.31, 0.2), trading("B", 0.32, 0.3)];
  const monthly = turnoverChart(rows, FOLDER, LIMITS);
  assert.match(said(monthly), /one way in each month, .* 2 methods, 2 months, 1 Jan 2024 – 31 Jan/);
  assert.doesNotMatch(said(monthly), /trade date/);
  const single = turnoverChart(rows, FOLDER, { ...LIMITS, by: "trade date" });
  assert.match(single.title, /^Turnover is 28% a trade date in the median method/);
  assert.match(said(single), /one way at each trade date, .* 2 methods, 2 trade dates, 1 Jan/);
  assert.doesNotMatch(said(single), /month/);
});

Deno.test("turnoverChart() draws a dot a month and a tick a method, the highest median first", () => {
  const rows = [trading("A", 0.1, 0.2, NaN), trading("B", 0.5, 0.6, 0.7), trading("C")];
  const figure = turnoverChart(rows, FOLDER, LIMITS);
  assert.equal(marks(figure, "circle", 'fill-opacity="0.35"'), 5);
  const boxes = levelBoxes(figure.svg);
  const tops = ["Method B", "Method A", "Method C"].map((name) =>
    boxes.find(({ text }) => text === name)!.top
  );
  assert.deepEqual(tops, tops.toSorted((a, b) => a - b));
  assert.match(said(figure), /1 method did not trade after the first purchase\./);
  assert.match(said(figure), /target 30% unstable 50%/);
  assert.match(said(figure), /60% 15% – .* 1\.23 1\.23 1\.23/);
  const many = turnoverChart(turnoverRows(20, 400), FOLDER, LIMITS);
  assert.equal(marks(many, "circle", 'fill-opacity="0.35"'), 1800);
  assert.match(said(many), /evenly spaced quantiles/);
});

Deno.test("turnoverChart() refuses limits out of order and a negative turnover", () => {
  assert.throws(() => turnoverChart([], FOLDER, { target: 0.5, unstable: 0.5 }), {
    name: "RangeError",
    message:
      "Cannot draw turnover as the target must be above 0 and below what is unstable: got 0.5 and 0.5",
  });
  assert.throws(() => turnoverChart([trading("A", 0.2, -0.1)], FOLDER, LIMITS), {
    name: "RangeError",
    message: 'Cannot draw the turnover of "Method A" as it must be 0 or more: got -0.1',
  });
});
