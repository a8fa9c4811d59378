import assert from "node:assert/strict";
import { MISSING_DAY, parseDay } from "lib/core/day.ts";
import { dateColumn, numberColumn, stringColumn, table } from "lib/core/table.ts";
import { sleeveNavs } from "lib/portfolio/sleeve_navs.ts";

type Row = readonly [method: string, policy: string, basket: string, day: number, nav: number];

const FIRST = parseDay("2024-02-28");
const navs = (rows: readonly Row[]) =>
  table({
    method: stringColumn(rows.map(([method]) => method)),
    policy: stringColumn(rows.map(([, policy]) => policy)),
    basket: stringColumn(rows.map(([, , basket]) => basket)),
    date: dateColumn(rows.map(([, , , day]) => day)),
    nav: numberColumn(rows.map((row) => row[4])),
  });
const ROWS: Row[] = [
  ["b", "cash", "all", FIRST + 10, 50],
  ["a", "cash", "all", FIRST, 100],
  ["a", "spread", "all", FIRST, 1],
  ["a", "cash", "rates", FIRST + 7, 2],
  ["a", "cash", "all", FIRST + 1, 101],
  ["a", "cash", "all", FIRST + 2, 99.5],
  ["b", "cash", "all", FIRST + 11, 51],
];
const CHOICES = [
  { key: "baskets", name: "baskets", method: "a" },
  { key: "other", name: "the others", method: "b" },
  { key: "none", name: "none", method: "c" },
];

Deno.test("sleeveNavs() takes all baskets of a method together with proceeds in cash", () => {
  assert.deepEqual(sleeveNavs(navs(ROWS), CHOICES), [
    { key: "baskets", name: "baskets", firstDay: FIRST, nav: Float64Array.of(100, 101, 99.5) },
    { key: "other", name: "the others", firstDay: FIRST + 10, nav: Float64Array.of(50, 51) },
    { key: "none", name: "none", firstDay: 0, nav: new Float64Array(0) },
  ]);
  assert.deepEqual(sleeveNavs(navs(ROWS), []), []);
  assert.deepEqual(sleeveNavs(navs([]), CHOICES.slice(0, 1))[0]!.nav.length, 0);
});

Deno.test("sleeveNavs() refuse days that do not follow each other, by their dates", () => {
  const refused = (day: number, last: string) =>
    assert.throws(() => sleeveNavs(navs([...ROWS, ["a", "cash", "all", day, 1]]), CHOICES), {
      name: "RangeError",
      message:
        `Cannot read the sleeve "a" as its days must follow each other: got ${last} as day 4 from 2024-02-28`,
    });
  refused(FIRST + 4, "2024-03-03");
  refused(FIRST + 2, "2024-03-01");
  refused(MISSING_DAY, "no date");
  // another method's holes are not looked at
  const hole = navs([...ROWS, ["b", "cash", "all", FIRST + 40, 1]]);
  assert.equal(sleeveNavs(hole, CHOICES.slice(0, 1))[0]!.nav.length, 3);
});

Deno.test("sleeveNavs() refuse a table without values", () => {
  const { nav: _, ...columns } = navs(ROWS).columns;
  assert.throws(() => sleeveNavs(table(columns), CHOICES), {
    name: "TypeError",
    message:
      'Cannot read column "nav" as it must be of type number: got none, the table has method, policy, basket, date',
  });
});
