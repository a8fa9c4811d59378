import { countOf, countText, shareText } from "../core/number_text.ts";
import type { MethodEvidence, MethodEvidenceRow } from "./method_evidence.ts";
import { cleanText } from "./text_lines.ts";
import { decimalText } from "./value_ticks.ts";

/** Deflated Sharpe probability from which a method stands after all trials. */
export const SURE = 0.95;

/** Whether the interval of the return lies above cash, and the return above random portfolios. */
export function beatsBoth(row: MethodEvidenceRow, cash: number): boolean {
  return beatsCash(row, cash) && beatsRandom(row);
}

function beatsCash({ returnLow }: MethodEvidenceRow, cash: number): boolean {
  return returnLow > cash;
}

function beatsRandom({ annualReturn, randomHigh }: MethodEvidenceRow): boolean {
  return annualReturn > randomHigh;
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
  const about = ({ name, annualReturn, percentile }: MethodEvidenceRow) =>
    `“${cleanText(name)}” with ${percentText(annualReturn)} a year, ${amongText(percentile)}`;
  const bestIs = methods.length === 1 ? "it is" : "best is";
  if (both.length === 0) {
    const nCash = measured.filter((row) => beatsCash(row, cashReturn)).length;
    const nRandom = measured.filter(beatsRandom).length;
    const parts = nCash + nRandom === 0
      ? ""
      : ` (cash: ${countText(nCash)}, random ones: ${countText(nRandom)})`;
    return `${
      methods.length === 1 ? "The one method does not beat" : "No method beats"
    } both cash and random portfolios after costs${parts}; ${bestIs} ${about(best)}`;
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
  } both cash and random portfolios after costs${luck}; ${bestIs} ${about(both[0]!)}`;
}

/** Where a return stands among random portfolios, in words. */
export function amongText(percentile: number): string {
  return Number.isNaN(percentile)
    ? "random portfolios not measured"
    : percentile === 1
    ? "above all random ones"
    : `above ${shareText(percentile)} of random ones`;
}

/** A return in percent with tenths and its sign; more than 100% without. */
export function percentText(share: number): string {
  if (Number.isNaN(share)) return "not measured";
  const text = decimalText(100 * share, Math.abs(share) >= 0.995 ? 0 : 1);
  return `${text.startsWith("−") || Number(text) === 0 ? "" : "+"}${text}%`;
}
