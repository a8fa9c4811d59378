import assert from "node:assert/strict";
import { cellAt } from "lib/core/table.ts";
import { contractDrift } from "lib/drift/contract_drift.ts";
import { driftFindings } from "lib/drift/drift_findings.ts";
import { driftTable, longshotTable } from "lib/drift/drift_tables.ts";
import { driftView } from "lib/drift/drift_view.ts";
import { longshotCurves } from "lib/drift/longshot_curve.ts";
import { longshotView } from "lib/drift/longshot_view.ts";
import type { ContractDriftView } from "lib/charts/contract_drift.ts";
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

Deno.test("driftFindings() says three things, each ending in its checkpoint", () => {
  const lines = driftFindings(DRIFT, CURVES).split("\n");
  assert.deepEqual(lines.map((line) => /\(`(\w+)`\)$/.exec(line)?.[1]), [
    "06_drift",
    "06_drift",
    "06_longshot",
  ]);
  for (const line of lines) {
    assert.match(line, /^- \*\*/);
    assert.doesNotMatch(line, /NaN|undefined|Infinity| {2}/);
  }
  assert.match(lines[0]!, /16 contracts still open and 0 lost from sight/);
  assert.match(lines[0]!, /Those 16 still quoted on the last day alone drift by −1\.00 /);
  assert.match(lines[1]!, /differ only in their deadline drift by −1\.00 /);
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

Deno.test("driftFindings() calls a sure fall decay, and says so of no other", () => {
  const open = falling(60, 1).map((one) => ({ ...one, settledDay: null, payout: null }));
  assert.match(driftFindings(contractDrift(driftData(open)), []), /Yes, down: held/);
  const rising = falling(60, -1).map((one) => ({ ...one, settledDay: null, payout: null }));
  assert.match(driftFindings(contractDrift(driftData(rising)), []), /No, prices rise: held/);
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
  const view: ContractDriftView | null = driftView(DRIFT);
  assert.equal(view?.whole.name, "after the first week");
  assert.ok(view.bars.some(({ group, name }) => group === "Theme" && name === "us elections"));
  assert.ok(view.bars.every(({ group }) => group !== "Everything"));
  assert.equal(driftView(contractDrift(driftData([]))), null);
  const longshots: LongshotView = longshotView(CURVES, DRIFT);
  assert.equal(longshots.rule, CURVES.find(({ peeks, bins }) => !peeks && bins.length > 0)!.rule);
  assert.ok(longshots.others.every(({ rule }) => rule !== longshots.rule));
  assert.deepEqual(longshotView([], DRIFT).bins, []);
});
