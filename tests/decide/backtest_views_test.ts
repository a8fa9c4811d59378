import assert from "node:assert/strict";
import { FILTERS } from "lib/baskets/eligibility.ts";
import { dayStartMs, parseDay } from "lib/core/day.ts";
import {
  annualReturn,
  attributionView,
  basketsOf,
  funnelView,
  navView,
  turnoverView,
  weightsView,
} from "lib/decide/backtest_views.ts";
import { basketHues } from "lib/decide/basket_hues.ts";
import { SLEEVE } from "lib/decide/method_list.ts";
import { TAXONOMY } from "./made_decision.ts";
import { analysed, viewsOf } from "./analysed.ts";
import { decisionDays, simulated } from "./replayed.ts";
import { MONTH_ENDS, twoThemes } from "./two_themes.ts";

const { data: DATA } = simulated("default", "full", 7);
const ALL = analysed(DATA, {
  days: decisionDays(DATA, 4),
  methods: ["clusters_risk", "hybrid_equal", "all_equal"],
});
const VIEWS = viewsOf(ALL, "hybrid_equal");
const HUES = basketHues(TAXONOMY);
/** One theme is paid out and vanishes; the other stays. */
const TWO = analysed(
  twoThemes((k) =>
    k >= 6 && k !== 7 && k < 10
      ? { paid: { payout: 0.3, atMs: dayStartMs(parseDay("2025-03-20")) } }
      : {}
  ),
  { days: MONTH_ENDS, methods: ["words_equal"] },
);

function near(value: number, expected: number, message = ""): void {
  assert.ok(Math.abs(value - expected) < 1e-9, `${message} ${value}, not ${expected}`);
}

Deno.test("navView() gives each method a value a day, 100 before its own first day", () => {
  const { days, series, cash, tbill, band, nRandom, period } = VIEWS.navs;
  const firstDay = Math.min(...ALL.studies.map(({ replay }) => replay.ledger.firstDay)) - 1;
  assert.deepEqual([days[0], days.at(-1)], [firstDay, ALL.lastDay]);
  ALL.studies.forEach(({ replay: { ledger }, method }, k) => {
    const { nav, key, isMain } = series[k]!;
    assert.equal(key, method.key);
    assert.equal(isMain, method.key !== "all_equal");
    const from = ledger.firstDay - firstDay;
    assert.ok(nav.subarray(0, from).every((value) => value === 100));
    assert.deepEqual(nav.subarray(from), ledger.nav);
  });
  for (const values of [cash, tbill!, band!.low, band!.mid, band!.high]) {
    assert.equal(values.length, days.length);
  }
  assert.ok(band!.low.every((low, t) => low <= band!.mid[t]! && band!.mid[t]! <= band!.high[t]!));
  assert.equal(nRandom, 12);
  assert.match(period, /\d+ trade dates$/);
});

Deno.test("navView() shifts a band that begins after the first method", () => {
  const [study] = TWO.studies, { firstDay } = study!.replay.ledger;
  const band = Float64Array.of(90, 91, 92);
  const { band: drawn, days } = navView([study!], {
    cash: () => new Float64Array(TWO.lastDay - firstDay + 1),
    ...{ tbill: () => null, lastDay: TWO.lastDay },
    random: { firstDay: TWO.lastDay - 2, nDays: 3, nav: band, navGross: band },
  });
  assert.equal(drawn!.mid.length, days.length);
  assert.deepEqual([...drawn!.mid.subarray(-4)], [100, 90, 91, 92]);
});

Deno.test("turnoverView() has a value a month and the cost of a year", () => {
  turnoverView(ALL.studies).forEach(({ key, trades, costPerYear }, k) => {
    const { turnover, annualCost, method } = ALL.studies[k]!;
    assert.deepEqual([key, costPerYear], [method.key, annualCost]);
    assert.deepEqual(trades.map(({ day }) => day), [...turnover.months]);
    assert.deepEqual(trades.map(({ turnover }) => turnover), [...turnover.values]);
  });
});

Deno.test("attributionView() adds up: the parts to the change, the baskets to the parts", () => {
  for (const { studies, lastDay } of [ALL, TWO]) {
    for (const study of studies) {
      const view = attributionView(study, { name: "x", hues: HUES, lastDay });
      const sum = (one: typeof view | typeof view.baskets[number]) =>
        one.drift + one.resolution + one.spread + one.fees + one.rolls + one.cash;
      near(sum(view), view.change);
      near(view.change, study.replay.ledger.nav.at(-1)! - 100);
      const baskets = view.baskets.reduce((total, one) => total + sum(one), 0);
      near(baskets, view.change - view.cash, study.method.key);
      const counted = view.baskets.reduce((total, one) => total + one.nContracts, 0);
      assert.equal(counted, view.nContracts);
      assert.ok(view.nResolved > 0 && view.nResolved <= view.nContracts);
      assert.deepEqual([view.firstDay, view.lastDay], [study.replay.ledger.firstDay, lastDay]);
    }
  }
});

Deno.test("attributionView() gives a contract to the basket that last held it by its name", () => {
  const [study] = TWO.studies, { held } = study!.replay.ledger;
  const rows = held.map((row) => ({
    ...row,
    reason: row.reason.replace(/^basket=[a-z_]+/, "basket=<i>x"),
  }));
  const carried = rows.map((row) => ({ ...row, reason: "carried=stale price" }));
  const { baskets } = attributionView({
    ...study!,
    replay: { ...study!.replay, ledger: { ...study!.replay.ledger, held: [...rows, ...carried] } },
  }, { name: "x", hues: HUES, lastDay: TWO.lastDay });
  assert.deepEqual(baskets.map(({ id, name }) => [id, name]), [["<i>x", "<i>x"]]);
});

Deno.test("weightsView() gives each held basket its share of the sleeve, and a vanished one none", () => {
  const { bands, days } = weightsView(
    TWO.studies.find(({ method }) => method.key === "words_equal")!.replay,
    { hues: HUES, name: "x" },
  );
  assert.deepEqual(days, MONTH_ENDS.map((day) => day + 1));
  assert.deepEqual(
    bands.map(({ id, weights }) => [id, weights.map((w) => Math.round(1e9 * w) / 1e9)]),
    [
      ["crypto_digital", [0.5, 0.5, 1, 1]],
      ["russia_ukraine", [0.5, 0.5, 0, 0]],
    ],
  );
  const shares = VIEWS.weights;
  shares.days.forEach((_, d) => {
    const sum = shares.bands.reduce((total, { weights }) => total + weights[d]!, 0);
    assert.ok(sum <= 1 + 1e-9 && sum > 0.5);
  });
});

Deno.test("funnelView() counts each filter, one contract an event, and what is held", () => {
  const { steps, days } = funnelView(ALL.decisions, "hybrid_equal");
  assert.deepEqual(days, ALL.decisions.map(({ day }) => day));
  assert.deepEqual(steps.map(({ kind }) => kind), [
    "active",
    ...FILTERS.slice(1).map(() => "filter"),
    ...["event", "held"],
  ]);
  steps.slice(1).forEach(({ nLeft }, s) => {
    nLeft.forEach((n, d) => assert.ok(n <= steps[s]!.nLeft[d]!));
  });
  ALL.decisions.forEach(({ offered, methods }, d) => {
    const { baskets } = methods.find(({ method }) => method === "hybrid_equal")!;
    const held = new Set(baskets.flatMap(({ targets }) => targets.map((one) => one.marketId)));
    assert.deepEqual(steps.slice(-2).map(({ nLeft }) => nLeft[d]), [offered.length, held.size]);
  });
});

Deno.test("composition of the last trade date: what is held then and adds up with its cash", () => {
  const { composition } = VIEWS;
  const traded = Math.max(...ALL.decisions.map(({ day }) => day)) + 1;
  assert.equal(composition.tradedOn, traded);
  assert.ok(composition.baskets.length > 3);
  for (const { contracts, cash, effectiveNumber, id } of composition.baskets) {
    near(contracts.reduce((sum, { weight }) => sum + weight, cash), 1, id);
    assert.ok(effectiveNumber > 1 && effectiveNumber <= contracts.length + 1e-9);
    for (const { sidePrice } of contracts) assert.ok(sidePrice > 0 && sidePrice < 1);
  }
  // one that was not decided on the last date is left out
  const { baskets } = viewsOf(TWO, "words_equal").composition;
  assert.deepEqual(baskets.map(({ id }) => id), ["crypto_digital"]);
});

Deno.test("composition keeps hostile titles as they are", () => {
  const title = `Will Bitcoin <b onload="x">&amp; 'win'?`;
  const hostile = analysed(twoThemes((k) => k === 0 ? { question: title } : {}), {
    ...{ days: MONTH_ENDS, methods: ["words_equal"] },
  });
  const { baskets } = viewsOf(hostile, "words_equal").composition;
  assert.ok(baskets.flatMap(({ contracts }) => contracts).some((one) => one.title === title));
});

Deno.test("basketPanel() knows returns on the days on which a basket holds something", () => {
  const { returns } = viewsOf(TWO, "words_equal");
  assert.deepEqual(returns.markets, ["crypto_digital", "russia_ukraine"]);
  const at = (date: string, column: number) =>
    returns.values[(parseDay(date) - returns.days[0]!) * 2 + column]!;
  assert.ok(Number.isNaN(at("2025-02-01", 0)) && Number.isFinite(at("2025-02-02", 0)));
  assert.ok(Number.isFinite(at("2025-04-01", 1)));
  assert.ok(Number.isNaN(at("2025-04-02", 1)) && Number.isFinite(at("2025-04-02", 0)));
  const own = basketsOf(TWO.replays, { method: "words_equal", policy: "cash" })[0]!.ledger;
  const t = parseDay("2025-03-05") - own.firstDay;
  near(at("2025-03-05", 0), own.nav[t]! / own.nav[t - 1]! - 1);
});

Deno.test("correlations of baskets have each pair once, in the order of the baskets", () => {
  const { baskets, pairs } = VIEWS.correlations, ids = baskets.map(({ id }) => id);
  assert.equal(pairs.length, ids.length * (ids.length - 1) / 2);
  assert.deepEqual(
    pairs.map(({ a, b }) => `${a} ${b}`),
    ids.flatMap((a, i) => ids.slice(i + 1).map((b) => `${a} ${b}`)),
  );
  assert.ok(pairs.some(({ rho }) => Math.abs(rho) <= 1));
  for (const { rho, nDays } of pairs) if (nDays < 60) assert.ok(Number.isNaN(rho));
});

Deno.test("basketsOf() leaves out the sleeve and the other policy", () => {
  const own = basketsOf(ALL.replays, { method: "hybrid_equal", policy: "redistribute" });
  assert.ok(own.length > 3);
  assert.ok(
    own.every(({ basket, method, policy }) =>
      basket !== SLEEVE && method === "hybrid_equal" && policy === "redistribute"
    ),
  );
});

Deno.test("basketHues() gives a theme its hue and short name, a family that of its first theme", () => {
  const [theme] = TAXONOMY.themes, [family] = TAXONOMY.families;
  assert.deepEqual([HUES.hueOf(theme!.id), HUES.shortOf(theme!.id)], [theme!.hue, theme!.short]);
  const first = TAXONOMY.themes.find((one) => one.family === family!.id)!;
  assert.deepEqual([HUES.hueOf(family!.id), HUES.shortOf(family!.id)], [first.hue, family!.name]);
  assert.deepEqual([HUES.hueOf("cluster_01"), HUES.shortOf("cluster_01")], [null, undefined]);
  assert.deepEqual([HUES.hueOf("broad"), HUES.shortOf("broad")], [null, "Broad themes"]);
  assert.equal(HUES.hueOf("__proto__"), null);
});

Deno.test("annualReturn() of a value that grows by a tenth in a year, and of no value", () => {
  near(annualReturn(Float64Array.from({ length: 1462 }, (_, t) => 100 * 1.1 ** (t / 365.25))), 0.1);
  assert.ok(Number.isNaN(annualReturn(Float64Array.of(100))));
});

Deno.test("turnoverView() shows each trade date but the first where it is asked to", () => {
  const [study] = TWO.studies, [row] = turnoverView([study!], { by: "trade date" });
  assert.deepEqual(
    row!.trades.map(({ day, turnover }) => [day, turnover]),
    study!.replay.ledger.rebalances.slice(1).map(({ date, turnover }) => [date, turnover]),
  );
  assert.ok(row!.trades.length > 0);
});
