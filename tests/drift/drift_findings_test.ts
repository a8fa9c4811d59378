import assert from "node:assert/strict";
import { cellAt } from "lib/core/table.ts";
import { contractDrift } from "lib/drift/contract_drift.ts";
import { driftFindings } from "lib/drift/drift_findings.ts";
import { driftTable, longshotTable } from "lib/drift/drift_tables.ts";
import { driftView } from "lib/drift/drift_view.ts";
import { type LongshotCurve, longshotCurves } from "lib/drift/longshot_curve.ts";
import { longshotView } from "lib/drift/longshot_view.ts";
import type { DriftView } from "lib/drift/drift_view.ts";
import type { LongshotView } from "lib/charts/longshot_curve.ts";
import { type DriftContract, driftData } from "./made_drift.ts";

/** Contracts that lose `fall` points a day for 20 days; one in five is still open at the end. */
function falling(nEvents: number, fall: number): DriftContract[] {
  return Array.from({ length: nEvents }, (_, event) => {
    const closes = Array.from({ length: 20 }, (_, k) => 0.6 - k * fall / 100 + (event % 7) / 100);
    const isOpen = event % 5 === 0, first = isOpen ? 31 : event % 12;
    return {
      ...{ event, closes, days: closes.map((_, k) => first + k), due: first + 19 },
      settledDay: isOpen ? null : first + 20,
      payout: isOpen ? null : event % 2,
    };
  });
}

const DATA = driftData(falling(80, 1));
const DRIFT = contractDrift(DATA, {
  kindOf: (id) => Number(id.slice(-1)) < 5 ? "time_variant" : "binary",
  themeOf: () => "us_elections",
});
const CURVES = longshotCurves(DATA);

Deno.test("driftFindings() is a list whose lines are brief and end in their checkpoint", () => {
  const lines = driftFindings(DRIFT, CURVES).split("\n");
  assert.deepEqual(lines.map((line) => /^- \*\*([^*]+?)[.:?]?\*\*/.exec(line)?.[1]), [
    "Does time decay exist",
    "Open contracts alone",
    "The first day",
    "Where",
    "Deadlines",
    "Why the price of a week before",
    "Chosen sources",
    "Favourite–longshot bias",
    "Calibration",
  ]);
  lines.forEach((line, k) => {
    assert.equal(/\(`(\w+)`\)$/.exec(line)?.[1], k < 7 ? "06_drift" : "06_longshot");
    assert.doesNotMatch(line, /NaN|undefined|Infinity| {2}/);
    assert.ok(line.split(" ").length <= 95, `${line.split(" ").length}`);
  });
  assert.match(lines[0]!, /16 contracts still open and 0 lost from sight/);
  assert.match(lines[1]!, /Those 16 still quoted on the last day alone drift by −1\.00 /);
  assert.match(lines[4]!, /differ only in their deadline drift by −1\.00 /);
});

Deno.test("driftFindings() call a fall of the first day alone an opening quote, and one that goes on not", () => {
  // opens `gap` points too dear and moves by `fall` points a day
  const opening = (gap: number, fall: number) =>
    falling(60, fall).map((one, k) => ({
      ...{ ...one, settledDay: null, payout: null },
      closes: one.closes.map((close, day) =>
        day > 0 ? close - gap / 100 : k % 4 === 0 ? 0.5 : close
      ),
    }));
  const lineOf = (contracts: DriftContract[]) =>
    driftFindings(contractDrift(driftData(contracts)), []).split("\n")
      .find((line) => line.includes("**The first day.**"))!;
  const quote = lineOf(opening(20, 0));
  assert.match(
    quote,
    /An opening quote, no decay: .+ by 0\.000 .+ a day on days 2 to 7\. Of 60 first/,
  );
  assert.match(quote, /25% lie within a cent of 50¢; these move by −\d.+, the others by −20\.00 /);
  assert.match(lineOf(falling(60, 1)), /A move that goes on: /);
  assert.match(
    lineOf(opening(0, 0).map((one) => ({ ...one, closes: one.closes.map(() => 0.6) }))),
    /No move/,
  );
});

Deno.test("driftFindings() give the slope of every rule that does not look ahead, and one verdict", () => {
  const main = CURVES.find(({ peeks, bins }) => !peeks && bins.length > 0)!;
  const withSlope = (value: number, pValue: number, curve = main) => ({
    ...curve,
    slope: { ...curve.slope, value, low: value - 0.1, high: value + 0.1, pValue },
  });
  const say = (...curves: LongshotCurve[]) =>
    driftFindings(DRIFT, curves).split("\n").find((line) => line.includes("longshot bias"))!;
  assert.match(
    say(withSlope(-0.05, 0.25), withSlope(-0.1, 0.009), withSlope(-0.07, 0.08)),
    /bias:\*\* no; the reverse by 1 of 3 rules, .+ p 0\.250, by Holm 0\.250; .+ p 0\.009, by Holm 0\.027; .+ p 0\.080, by Holm 0\.160\./,
  );
  assert.match(
    say(withSlope(-0.05, 0.25), withSlope(-0.1, 0.03)),
    /fair prices, if anything the reverse\./,
  );
  assert.match(
    say(withSlope(-0.05, 0.25), withSlope(0.1, 0.3)),
    /not to be told from fair prices\. /,
  );
  assert.match(say(withSlope(0.2, 0.001)), /yes by the only rule, long shots cost too much/);
  assert.match(
    say(withSlope(0.2, 0.001), withSlope(-0.2, 0.001)),
    /it depends on the rule: by 2 of 2/,
  );
  const peeking = { ...withSlope(0.3, 0.0001), peeks: true };
  assert.match(say(withSlope(-0.05, 0.25), peeking), /not to be told from fair prices/);
});

Deno.test("driftFindings() says what cannot be measured", () => {
  const nothing = driftFindings(contractDrift(driftData([])), longshotCurves(driftData([])));
  assert.equal(
    nothing,
    "- **Time decay.** No contract has two prices, so no drift can be measured. (`06_drift`)\n" +
      "- **Long shots.** No due contract has a price and a payout, so nothing is compared. (`06_longshot`)",
  );
  const few = falling(4, 1);
  const lines = driftFindings(contractDrift(driftData(few)), longshotCurves(driftData(few)));
  assert.match(lines, /Not estimable: held from a week after listing/);
  assert.doesNotMatch(lines, /NaN/);
  const brief = few.map((one) => ({
    ...one,
    days: one.days.slice(0, 3),
    settledDay: null,
    payout: null,
  }));
  assert.match(
    driftFindings(contractDrift(driftData(brief)), []),
    /^- \*\*Time decay\.\*\* No contract was quoted for more than a week/,
  );
});

Deno.test("driftFindings() speaks of a single contract, and names no unit of an unknown amount", () => {
  const settled = driftData([{ ...falling(1, 1)[0]!, settledDay: 51, payout: 0 }]);
  const words = driftFindings(contractDrift(settled), longshotCurves(settled));
  assert.match(words, /, 1 contract of 1 event \(as good as 1 of equal size\) drifts by −/);
  assert.match(words, /an unknown amount/);
  assert.doesNotMatch(words, /unknown amount (pp|points|\(no interval\))|NaN/);
  assert.match(
    driftFindings(contractDrift(driftData(falling(1, 1))), []),
    /The one still quoted on the last day alone drifts by −1\.00 /,
  );
});

Deno.test("driftFindings() calls a sure fall decay, and says so of no other", () => {
  const open = falling(60, 1).map((one) => ({ ...one, settledDay: null, payout: null }));
  assert.match(driftFindings(contractDrift(driftData(open)), []), /Yes, down in this source: held/);
  const rising = falling(60, -1).map((one) => ({ ...one, settledDay: null, payout: null }));
  assert.match(
    driftFindings(contractDrift(driftData(rising)), []),
    /No, prices rise in this source: held/,
  );
});

Deno.test("driftTable() has a row for each sample and bin, null where nothing is estimable", () => {
  const table = driftTable(DRIFT);
  assert.equal(table.nRows, DRIFT.rows.length);
  const at = (column: string, row: number) => cellAt(table.columns[column]!, row);
  DRIFT.rows.forEach((row, k) => {
    assert.deepEqual([at("sample", k), at("by", k), at("bin", k)], [row.sample, row.by, row.bin]);
    assert.equal(at("drift_points_per_day", k), row.drift.value);
    assert.equal(at("n_events", k), row.nEvents);
    assert.equal(at("q_value", k), Number.isNaN(row.qValue) ? null : row.qValue);
  });
  assert.deepEqual(Object.keys(table.columns).slice(0, 8), [
    ...["sample", "by", "bin", "drift_points_per_day", "ci_low", "ci_high", "p_value", "q_value"],
  ]);
});

Deno.test("longshotTable() has a row for each rule and bin", () => {
  const table = longshotTable(CURVES);
  assert.equal(table.nRows, CURVES.reduce((n, { bins }) => n + bins.length, 0));
  assert.ok(table.nRows > 0);
  const first = CURVES.find(({ bins }) => bins.length > 0)!;
  assert.equal(cellAt(table.columns.rule!, 0), first.rule);
  assert.equal(cellAt(table.columns.paid_share!, 0), first.bins[0]!.paidShare);
  assert.equal(longshotTable([]).nRows, 0);
});

Deno.test("driftView() and longshotView() are what the charts draw", () => {
  const view: DriftView | null = driftView(DRIFT);
  assert.equal(view?.whole.name, "after the first week");
  assert.ok(view.bars.some(({ group, name }) => group === "Theme" && name === "us elections"));
  assert.ok(view.bars.every(({ group }) => group !== "Everything"));
  assert.equal(driftView(contractDrift(driftData([]))), null);
  const longshots: LongshotView = longshotView(CURVES, DRIFT);
  assert.equal(longshots.rule, CURVES.find(({ peeks, bins }) => !peeks && bins.length > 0)!.rule);
  assert.ok(longshots.others.every(({ rule }) => rule !== longshots.rule));
  assert.deepEqual(longshotView([], DRIFT).bins, []);
});
