import { countOf, countText, shareText } from "../core/number_text.ts";
import type { MethodEvidence, MethodEvidenceRow } from "./method_evidence.ts";
import { cleanText } from "./text_lines.ts";
import { decimalText } from "./value_ticks.ts";

/** Deflated Sharpe probability from which a method stands after all trials. */
export const SURE = 0.95;

/** Share of random portfolios from which they count as beaten. */
const MOST_RANDOM = 0.95;

/** Whether the interval of the return lies above cash, and random portfolios are beaten. */
export function beatsBoth(row: MethodEvidenceRow, cash: number): boolean {
  return beatsCash(row, cash) && beatsRandom(row);
}

function beatsCash({ returnLow }: MethodEvidenceRow, cash: number): boolean {
  return returnLow > cash;
}

/**
 * Whether the choice of contracts beats random ones: after costs alone, a method may only trade what is
 * cheap to trade; free of costs alone, what cannot be had.
 */
function beatsRandom({ percentile, percentileGross }: MethodEvidenceRow): boolean {
  return percentile > MOST_RANDOM && percentileGross > MOST_RANDOM;
}

/** Whether any method beats cash and random portfolios, and which is best, as a sentence. */
export function methodFinding(
  { methods, cashReturn, nTrials }: MethodEvidence,
  sorted: readonly MethodEvidenceRow[],
): string {
  const measured = sorted.filter(({ annualReturn }) => !Number.isNaN(annualReturn));
  const n = countOf(methods.length, "method");
  const best = measured[0];
  if (best === undefined) return `Of none of ${n} could a return after costs be measured`;
  const both = measured.filter((row) => beatsBoth(row, cashReturn));
  const about = (row: MethodEvidenceRow) =>
    `“${cleanText(row.name)}” with ${percentText(row.annualReturn)} a year, ${amongText(row)}`;
  const bestIs = methods.length === 1 ? "it is" : "best is";
  if (both.length === 0) {
    const nCash = measured.filter((row) => beatsCash(row, cashReturn)).length;
    const nRandom = measured.filter(beatsRandom).length;
    const parts = nCash + nRandom === 0
      ? ""
      : ` (cash: ${countText(nCash)}, random ones: ${countText(nRandom)})`;
    return `${
      methods.length === 1 ? "The one method does not beat" : "No method beats"
    } both cash after costs and random portfolios with and without costs${parts}; ${bestIs} ${
      about(best)
    }`;
  }
  const nSure = both.filter(({ deflatedSharpe }) => deflatedSharpe >= SURE).length;
  const luck = nSure === both.length
    ? ` and by more than the luck of ${countOf(nTrials, "trial")}`
    : nSure === 0
    ? `, but ${both.length === 1 ? "not" : "none"} by more than the luck of ${
      countOf(nTrials, "trial")
    }`
    : `, ${countText(nSure)} by more than the luck of ${countOf(nTrials, "trial")}`;
  const who = methods.length === 1 ? "The one method" : `${countText(both.length)} of ${n}`;
  return `${who} ${
    both.length === 1 ? "beats" : "beat"
  } both cash after costs and random portfolios with and without costs${luck}; ${bestIs} ${
    about(both[0]!)
  }`;
}

/** Where a return stands among random portfolios after costs and free of them, in words. */
export function amongText(
  { percentile, percentileGross }: Pick<MethodEvidenceRow, "percentile" | "percentileGross">,
): string {
  if (Number.isNaN(percentile)) return "random portfolios not measured";
  return `above ${shareText(percentile)} of random ones after costs, ${
    Number.isNaN(percentileGross) ? "not measured" : shareText(percentileGross)
  } free of costs`;
}

/** A return in percent with tenths and its sign; more than 100% without. */
export function percentText(share: number): string {
  if (Number.isNaN(share)) return "not measured";
  const text = decimalText(100 * share, Math.abs(share) >= 0.995 ? 0 : 1);
  return `${text.startsWith("−") || Number(text) === 0 ? "" : "+"}${text}%`;
}
