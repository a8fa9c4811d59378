import assert from "node:assert/strict";
import { parseFees } from "lib/backtest/parse_fees.ts";
import { formatDay } from "lib/core/day.ts";
import { readYaml } from "lib/store/yaml.ts";
import { parseTaxonomy } from "lib/taxonomy/parse_taxonomy.ts";

const raw = await readYaml("config/fees.yaml") as Record<string, unknown>;
type Schedule = {
  venue: string;
  from: string;
  categories: Record<string, { rate: number; exponent: number }>;
  rounding: { unit: number; mode: string };
  source: string;
};

/** The file with its schedules changed. */
function changed(change: (schedules: Schedule[]) => Schedule[]): unknown {
  return { ...raw, schedules: change(structuredClone(raw["schedules"]) as Schedule[]) };
}

const PREFIX =
  "Cannot read the fees as each venue must have a rate for each category and date: got ";

Deno.test("config/fees.yaml has the schedules of both venues by date", () => {
  const { venues, flatShare } = parseFees(raw);
  assert.equal(flatShare, 0.001);
  const dates = (venue: keyof typeof venues) =>
    venues[venue].schedules.map(({ fromDay }) => formatDay(fromDay));
  assert.deepEqual(dates("polymarket"), ["2020-01-01", "2026-03-30", "2026-07-01"]);
  assert.deepEqual(dates("kalshi"), ["2020-01-01", "2026-07-07"]);
  const rates = (k: number) =>
    Object.fromEntries(
      Array.from(venues.polymarket.schedules[k]!.rates, ([category, { rate }]) => [category, rate]),
    );
  assert.ok(Object.values(rates(0)).every((rate) => rate === 0));
  assert.deepEqual(rates(2), {
    ...{ crypto: 0.07, sports: 0.05, politics: 0.04, finance: 0.04, tech: 0.04, economics: 0.05 },
    ...{ culture: 0.05, weather: 0.05, geopolitics: 0, other: 0.05 },
  });
  assert.deepEqual(rates(1), { ...rates(2), sports: 0.03 });
  const cents = venues.kalshi.schedules.map(({ rounding }) => rounding);
  assert.deepEqual(cents, [{ unit: 0.01, mode: "up" }, { unit: 0.0001, mode: "up" }]);
});

Deno.test("config/fees.yaml gives every theme of the taxonomy a category, and no other", async () => {
  const themes = parseTaxonomy(await readYaml("config/taxonomy.yaml")).themes.map(({ id }) => id);
  const { categoryOf } = parseFees(raw).venues.polymarket;
  assert.deepEqual([...categoryOf.keys()].sort(), [...themes].sort());
});

Deno.test("parseFees() sorts the schedules of a venue by date", () => {
  const turned = parseFees(changed((schedules) => schedules.reverse()));
  assert.deepEqual(turned, parseFees(raw));
});

Deno.test("parseFees() names the entry that it cannot read", () => {
  const fault = (schedules: (list: Schedule[]) => Schedule[], message: string) =>
    assert.throws(() => parseFees(changed(schedules)), {
      name: "SyntaxError",
      message: PREFIX + message,
    });
  fault(
    (list) => list.filter(({ venue }) => venue === "polymarket"),
    "schedules: kalshi has none",
  );
  fault(
    (list) => [...list, list[3]!],
    "the schedule of kalshi from 2020-01-01: is there twice",
  );
  fault(
    ([first, ...rest]) => {
      const { crypto: _crypto, ...categories } = first!.categories;
      return [{ ...first!, categories }, ...rest];
    },
    'the schedule of polymarket from 2020-01-01: lacks "crypto"',
  );
  fault(
    ([first, ...rest]) => [{ ...first!, from: "2026-02-30" }, ...rest],
    "schedules.0.from: Invalid ISO date",
  );
  fault(
    ([first, ...rest]) => [{ ...first!, rounding: { unit: 0.01, mode: "down" } }, ...rest],
    'schedules.0.rounding.mode: Invalid option: expected one of "up"|"nearest"',
  );
  fault(
    ([first, ...rest]) => [{ ...first!, since: "2020" } as Schedule, ...rest],
    'schedules.0: Unrecognized key: "since"',
  );
  fault(
    ([first, ...rest]) => [
      { ...first!, categories: { ...first!.categories, crypto: { rate: -1, exponent: 1 } } },
      ...rest,
    ],
    "schedules.0.categories.crypto.rate: Too small: expected number to be >=0",
  );
  assert.throws(() => parseFees(null), { name: "SyntaxError" });
});
