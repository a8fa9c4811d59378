import assert from "node:assert/strict";
import { dayOf, parseDay } from "lib/core/day.ts";
import type { FactorList } from "lib/core/factor_list.ts";
import { contractMoves } from "lib/factors/contract_moves.ts";
import { DAY_LABELS, dayLabelBetas, type FactorCloses } from "lib/factors/day_labels.ts";
import { factorMoves, leadLagBeta } from "lib/factors/lead_lag_beta.ts";
import { macroFactors } from "lib/factors/macro_factors.ts";
import { closeInstants, sameInstantMoves } from "lib/factors/same_instant_moves.ts";
import { drawMacro, type MacroPaths } from "lib/sources/simulated/benchmarks.ts";
import { plantedContract } from "lib/sources/simulated/planted_contract.ts";
import { benchmark, contracts, FACTOR_LIST, SETTINGS } from "./made_alignment.ts";

const FIRST = parseDay("2024-01-01");
const EXCHANGES = { "SPY": "New York", "^FTSE": "London", "^N225": "Tokyo" } as const;
// a hundred years, since the error of 24:00 marks with a lead is 0.011 over 9,000 days and 0.006 over these
const N_DAYS = 36_000;

function macroOf(list: FactorList, nDays = N_DAYS): MacroPaths {
  return drawMacro(list, { seed: 7, firstDay: FIRST, nDays });
}

/** The three exchanges as the embedded universe simulates them. */
const WORLD = macroOf({
  ...FACTOR_LIST,
  series: FACTOR_LIST.series.filter(({ symbol }) => symbol in EXCHANGES),
});

/** Closes of a series as `benchmarks.parquet` has them: seven digits, with drift. */
function published(macro: MacroPaths, symbol: string): FactorCloses {
  const { sessions, close } = macro.series.find(({ series }) => series.symbol === symbol)!;
  return {
    day: sessions.day,
    atMs: closeInstants(sessions),
    value: close.map((x) => Math.log(Number(x.toPrecision(7)))),
  };
}

function labels(macro: MacroPaths, symbol: string, closes = published(macro, symbol)) {
  const rows = dayLabelBetas(plantedContract(macro, { symbol }), closes, { maxAgeMs: 0 });
  return Object.fromEntries(rows.map((row) => [row.label, row]));
}

function assertNear(got: number, want: number, tolerance: number, what = ""): void {
  assert.ok(Math.abs(got - want) <= tolerance, `${what}: ${got} for ${want} ± ${tolerance}`);
}

/** Largest beta that the two joins on a date may have: both far below the planted 1. */
const WRONG = { "SPY": [0.2, 0.93], "^FTSE": [0.3, 0.85], "^N225": [0.55, 0.6] } as const;

for (const [symbol, city] of Object.entries(EXCHANGES)) {
  Deno.test(`a planted beta of 1 is recovered at ${city}'s close and with 24:00 marks and a lead`, () => {
    const { day_start, day_end, day_end_lead, close } = labels(WORLD, symbol);
    assertNear(close!.beta, 1, 0.02, "close");
    assertNear(day_end_lead!.beta, 1, 0.02, "lead");
    assert.ok(close!.standardError < 0.001 && day_end_lead!.standardError < 0.006);
    const [start, end] = WRONG[symbol as "SPY"];
    assert.ok(
      day_start!.beta < start && day_end!.beta < end,
      `${day_start!.beta} ${day_end!.beta}`,
    );
    assert.ok(day_end!.beta + 12 * day_end!.standardError < 1);
  });
}

Deno.test("dayLabelBetas() gives a row for each label in order", () => {
  assert.deepEqual(Object.keys(labels(WORLD, "SPY")), Object.keys(DAY_LABELS));
});

/** A world in which news comes evenly over the day and the week, seen by one exchange. */
function evenWorld(
  days: "weekdays" | "all",
  { zone = "America/New_York", weekendShare = 1, holidays = [] as number[] } = {},
): FactorList {
  return {
    ...FACTOR_LIST,
    calendars: {
      us_equity: { zone, close: zone === "Asia/Tokyo" ? "15:00" : "16:00", days, holidays: "own" },
    },
    holidays: { own: holidays },
    drivers: { world: { active_utc: [0, 12], active_share: 0.5, weekend_share: weekendShare } },
    sets: { one: { name: "one", symbols: ["EVEN"] } },
    exposures: {},
    series: [{
      symbol: "EVEN",
      name: "Even",
      group: "US equity",
      kind: "price",
      calendar: "us_equity",
      simulation: {
        start: 100,
        annual_vol: 0.16,
        annual_drift: 0.05,
        reversion: 0,
        loadings: { world: 1 },
      },
    }],
  };
}

Deno.test("with even news the labels give the shares of the day: 0.15, 0.85, and 1 twice", () => {
  const { day_start, day_end, day_end_lead, close } = labels(macroOf(evenWorld("all")), "EVEN");
  // 16:00 in New York is 20:21 UTC on average, 0.848 of the day
  assertNear(day_start!.beta, 0.152, 0.03, "start");
  assertNear(day_end!.beta, 0.848, 0.03, "end");
  assertNear(day_end_lead!.beta, 1, 0.02, "lead");
  assertNear(close!.beta, 1, 0.001, "close");
});

Deno.test("dropping weekend moves loses two sevenths of the variance and of the beta", () => {
  const { close } = labels(macroOf(evenWorld("weekdays")), "EVEN");
  assertNear(close!.beta, 1, 0.001, "compounded");
  assertNear(close!.betaOneDay, 5 / 7, 0.03, "dropped");
  assertNear(close!.varianceLost, 2 / 7, 0.03, "variance");
});

Deno.test("closes without daylight saving are an hour late in summer and show it in the beta", () => {
  const macro = macroOf(evenWorld("all"), 9000), closes = published(macro, "EVEN");
  const late = closes.atMs.map((at) => dayOf(at) * 86_400_000 + 21 * 3_600_000);
  const { close } = labels(macro, "EVEN", { ...closes, atMs: late });
  assert.ok(close!.beta < 0.985, String(close!.beta));
  assertNear(labels(macro, "EVEN").close!.beta, 1, 0.001);
});

/** Beta of the planted contract's daily quotes to the panel of the even world's one series. */
function panelBeta(list: FactorList, timing: "label" | "overlap"): number {
  const macro = macroOf(list), { sessions, close } = macro.series[0]!;
  const { dayEnds } = plantedContract(macro, { symbol: "EVEN" });
  const quoted = contracts([{
    id: "planted",
    day: [...dayEnds.day],
    close: [...dayEnds.value].map((logOdds) => 1 / (1 + Math.exp(-logOdds))),
  }]);
  const { panel } = macroFactors(
    [benchmark("EVEN", "price", { day: sessions.day, close })],
    { list, sets: ["one"], from: FIRST, to: FIRST + N_DAYS, settings: SETTINGS, timing },
  );
  const { moves } = contractMoves(quoted, panel, {
    representation: "logit",
    tick: 1e-6,
    minSessions: 30,
  });
  return leadLagBeta(moves[0]!, factorMoves(panel, 0), { bandwidth: 5 }).beta;
}

for (const [zone, share] of [["America/New_York", 0.848], ["Asia/Tokyo", 0.25]] as const) {
  Deno.test(`overlap timing is free of bias where news comes evenly (${zone}), label timing is not`, () => {
    const everyDay = evenWorld("all", { zone });
    assertNear(panelBeta(everyDay, "overlap"), 1, 0.02, "overlap");
    assertNear(panelBeta(everyDay, "label"), share, 0.03, "label");
    // an exchange that rests on weekends, when little happens, and on every tenth day, when much does
    const holidays = Array.from({ length: N_DAYS / 10 }, (_, i) => FIRST + 10 * i);
    const resting = evenWorld("weekdays", { zone, weekendShare: 0.001, holidays });
    assertNear(panelBeta(resting, "overlap"), 1, 0.02, "overlap with holidays");
  });
}

Deno.test("on the common calendar of three exchanges each close gives back its beta of 1", () => {
  const symbols = Object.keys(EXCHANGES);
  const list = { ...FACTOR_LIST, sets: { three: { name: "three", symbols } } };
  const benchmarks = WORLD.series.map(({ series, sessions, close }) =>
    benchmark(series.symbol, series.kind, { day: sessions.day, close })
  );
  const { panel, closes } = macroFactors(benchmarks, {
    list,
    sets: ["three"],
    from: FIRST,
    to: FIRST + 3000,
    settings: SETTINGS,
  });
  const holiday = parseDay("2024-05-03");
  assert.ok(!panel.day.includes(holiday) && panel.moves.every((move) => move !== 0));
  symbols.forEach((symbol, k) => {
    const { observations } = plantedContract(WORLD, { symbol });
    const at = closeInstants({ day: panel.day, minute: closes[k]!.minute });
    const { move } = sameInstantMoves(observations, at, { maxAgeMs: 0 });
    const session = Int32Array.from(panel.day.keys()).slice(1);
    const { beta } = leadLagBeta({ session, move: move.slice(1) }, factorMoves(panel, k));
    assertNear(beta, 1, 0.02, symbol);
  });
});

Deno.test("dayLabelBetas() without sessions or marks is not estimable", () => {
  const empty = { day: new Int32Array(0), value: new Float64Array(0) };
  const observations = { atMs: new Float64Array(0), value: new Float64Array(0) };
  const closes = published(WORLD, "SPY");
  const none = { day: empty.day, atMs: empty.value, value: empty.value };
  for (const given of [closes, none]) {
    const rows = dayLabelBetas({ dayEnds: empty, observations }, given, { maxAgeMs: 0 });
    assert.equal(rows.length, 4);
    for (const { beta, betaOneDay, varianceLost, n } of rows) {
      assert.deepEqual([beta, betaOneDay, varianceLost, n], [NaN, NaN, NaN, 0]);
    }
  }
});
