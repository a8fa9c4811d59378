import assert from "node:assert/strict";
import { formatDay } from "lib/core/day.ts";
import { parseFactorList, simulatedSeries } from "lib/core/factor_list.ts";
import { readYaml } from "lib/store/yaml.ts";

const RAW = await readYaml("config/factors.yaml") as RawList;

/** As much of the file's form as the tests change. */
interface RawList {
  calendars: Record<string, { holidays: string; close: string }>;
  holidays: Record<string, string[]>;
  sets: Record<string, { name: string; symbols: string[] }>;
  exposures: Record<string, string>;
  series: { symbol: string; calendar: string; simulation?: { loadings: Record<string, number> } }[];
}

function refused(change: (raw: RawList) => void, message: RegExp): void {
  const raw = structuredClone(RAW);
  change(raw);
  assert.throws(() => parseFactorList(raw), { name: "SyntaxError", message });
}

Deno.test("parseFactorList() reads config/factors.yaml with its three sets", () => {
  const list = parseFactorList(RAW);
  const sizes = Object.entries(list.sets).map(([key, { symbols }]) => [key, symbols.length]);
  assert.deepEqual(sizes, [["us", 9], ["global", 41], ["prices", 41]]);
  const simulated = new Set(simulatedSeries(list).map(({ symbol }) => symbol));
  assert.ok(list.sets.us!.symbols.every((symbol) => simulated.has(symbol)));
  assert.equal(formatDay(list.holidays.us![0]!), "2024-01-01");
});

Deno.test("each calendar of config/factors.yaml is that of some series", () => {
  const list = parseFactorList(RAW);
  const used = new Set(list.series.map(({ calendar }) => calendar));
  assert.deepEqual([...used].sort(), Object.keys(list.calendars).sort());
});

Deno.test("parseFactorList() names the series whose loadings cannot be", () => {
  refused(
    (raw) => raw.series[0]!.simulation!.loadings = { growth: 0.9, tech: 0.9 },
    /series SPY: squared loadings must sum to at most 1/,
  );
  refused(
    (raw) => raw.series[0]!.simulation!.loadings = { weather: 0.1 },
    /series SPY: each loading must name a driver/,
  );
});

Deno.test("parseFactorList() names calendars, holidays and symbols that contradict each other", () => {
  refused(
    (raw) => raw.series[0]!.calendar = "moon",
    /series SPY: calendar "moon" must be listed/,
  );
  refused(
    (raw) => raw.calendars.us_equity!.holidays = "moon",
    /series SPY: holidays "moon" must be listed/,
  );
  refused((raw) => raw.series[1]!.symbol = "SPY", /series SPY: a symbol is listed once/);
  refused(
    (raw) => raw.sets.us!.symbols.push("GHOST"),
    /set us: "GHOST" must be a listed series/,
  );
  refused((raw) => raw.sets.us!.symbols.push("SPY"), /set us: "SPY" must be named once/);
  refused((raw) => raw.exposures.equity = "GHOST", /exposures: "GHOST" must be a listed series/);
  refused((raw) => raw.holidays.us!.push("2024-02-30"), /a date YYYY-MM-DD, not "2024-02-30"/);
  refused((raw) => raw.calendars.us_equity!.close = "4 pm", /a time HH:MM/);
});
