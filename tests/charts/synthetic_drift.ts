import type { ChartContext } from "lib/charts/chart_context.ts";
import { contractDriftChart } from "lib/charts/contract_drift.ts";
import type { DriftBar, DriftView } from "lib/drift/drift_view.ts";
import type { Figure } from "lib/charts/figure.ts";
import { longshotCurveChart, type LongshotView } from "lib/charts/longshot_curve.ts";

const GROUPS = ["Earlier price", "Time to the end", "Age", "Kind of event", "Theme"];

/** A bar whose drift lies `size` standard errors of 0.02 below zero. */
export function driftBar(k: number, size: number): DriftBar {
  const error = 0.02 * (1 + k % 4), drift = -size * error;
  return {
    ...{ group: GROUPS[Math.min(Math.floor(k / 6), 4)]!, name: `bin number ${k + 1}`, drift },
    ...{ low: drift - 2 * error, high: drift + 2 * error, qValue: size > 2 ? 0.0004 : 0.7312 },
    ...{ active: k % 5 === 4 ? NaN : drift - 0.05, nContracts: 900 + k, nEvents: 1200 - 7 * k },
  };
}

/** A study of `nBars` bins of which a third drifts, and everything, by `size` standard errors. */
export function madeDrift(nBars: number, size: number): DriftView {
  const whole = { ...driftBar(0, size), group: "Everything", name: "after the first week" };
  return {
    whole: { ...whole, qValue: NaN },
    ...{ activeLow: whole.active - 0.03, activeHigh: whole.active + 0.03 },
    ...{ firstDay: 19_700, lastDay: 20_361 },
    bars: Array.from({ length: nBars }, (_, k) => driftBar(k, k % 3 === 0 ? size : 0)),
  };
}

const EDGES = [0, 0.05, 0.15, 0.3, 0.5, 0.7, 0.85, 0.95, 1];

/** Three rules with slopes about this one, which stand where they are 0.06 or more from zero. */
export function madeVerdict(slope: number): LongshotView["verdict"] {
  const stands = Math.abs(slope) > 0.06, side = slope > 0 ? "bias" : "reverse";
  const rules = ["first of each month", "7 days after listing", "30 days after listing"];
  const slopes = rules.map((rule, k) => {
    const value = slope * (1 + k / 10), pValue = stands ? 0.004 : 0.2 + k / 10;
    return {
      rule,
      slope: { value, low: value - 0.06, high: value + 0.06, pValue },
      holmPValue: Math.min(3 * pValue, 1),
    };
  });
  return {
    ...{ slopes, finding: stands ? side : "none", leaning: slope === 0 ? null : side },
    ...{ surest: slopes[0]!, nStanding: stands ? 3 : 0 },
  };
}

/** A curve of `nBins` bins, its shares `slope` times steeper than the diagonal. */
export function madeLongshots(nBins: number, slope: number): LongshotView {
  const share = (price: number) => Math.min(Math.max(0.5 + (1 + slope) * (price - 0.5), 0), 1);
  return {
    ...{ rule: "first of each month", nContracts: 2533, nEvents: 1278, nUnsettled: 9 },
    bins: Array.from({ length: nBins }, (_, k) => {
      const meanPrice = (EDGES[k]! + EDGES[k + 1]!) / 2, paidShare = share(meanPrice);
      const reach = 0.02 + 0.005 * k;
      return {
        ...{ priceLow: EDGES[k]!, priceHigh: EDGES[k + 1]!, meanPrice, paidShare },
        low: Math.max(paidShare - reach, 0),
        high: Math.min(paidShare + reach, 1),
        fairLow: Math.max(meanPrice - reach, 0),
        fairHigh: Math.min(meanPrice + reach, 1),
        ...{ nContracts: 2000 - 100 * k, nEvents: 1278 - 150 * k },
      };
    }),
    verdict: madeVerdict(slope),
    others: [
      { rule: "30 days after listing", peeks: false, gain: { value: 0.12, low: -1.1, high: 1.3 } },
      { rule: "7 days before settlement", peeks: true, gain: { value: 1.3, low: 0.3, high: 2.3 } },
    ],
    ...{ firstDay: 19_700, lastDay: 20_361 },
  };
}

/** Both charts of the time-decay question. */
export function driftCharts(
  { nBars, nBins, size }: { readonly nBars: number; readonly nBins: number; readonly size: number },
  context: ChartContext,
): Figure[] {
  return [
    contractDriftChart(nBars === 0 ? null : madeDrift(nBars, size), context),
    longshotCurveChart(madeLongshots(nBins, 0.05 * size), context),
  ];
}
