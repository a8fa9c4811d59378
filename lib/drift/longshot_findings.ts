import { countOf, countText } from "../core/number_text.ts";
import { interval, isApart, points, pText } from "./drift_text.ts";
import type { LongshotBin, LongshotCurve } from "./longshot_curve.ts";
import { type LongshotVerdict, longshotVerdict } from "./longshot_verdict.ts";

/** What the curves say of long shots: the verdict over all rules, and how well prices are calibrated. */
export function longshotLines(curves: readonly LongshotCurve[]): string[] {
  const main = curves.find(({ peeks, bins }) => !peeks && bins.length > 0);
  if (main === undefined) {
    return [
      "**Long shots.** No due contract has a price and a payout, so nothing is compared. " +
      "(`06_longshot`)",
    ];
  }
  return [slopeLine(longshotVerdict(curves)), calibrationLine(main, curves)];
}

/** The verdict over all rules that do not look ahead, with the slope of each. */
function slopeLine({ slopes, finding, leaning, nStanding }: LongshotVerdict): string {
  const standing = slopes.length === 1
    ? "by the only rule"
    : `by ${countText(nStanding)} of ${countOf(slopes.length, "rule")}`;
  const verdict = {
    bias: `yes ${standing}, long shots cost too much`,
    reverse: `no; the reverse ${standing}, favourites cost too much`,
    mixed: `it depends on the rule: ${standing} one way or the other`,
    none: `not to be told from fair prices${
      leaning === null
        ? ""
        : leaning === "bias"
        ? ", if anything there is one"
        : ", if anything the reverse"
    }`,
    unknown: "not estimable",
  }[finding];
  const each = slopes.map(({ rule, slope, holmPValue }) => {
    const p = Number.isNaN(slope.pValue)
      ? ""
      : `, p ${pText(slope.pValue)}, by Holm ${pText(holmPValue)}`;
    return `${rule} ${interval(slope, 3)}${p}`;
  }).join("; ");
  return `**Favourite–longshot bias:** ${verdict}. Payout less price for a point of price, above zero ` +
    `where long shots cost too much: ${each}. (\`06_longshot\`)`;
}

function calibrationLine(main: LongshotCurve, curves: readonly LongshotCurve[]): string {
  const { bins, gain, brier } = main;
  const off = bins.filter(isOff).length, verb = off === 1 ? "lies" : "lie";
  const contracts = countOf(main.nContracts, "contract"), events = countOf(main.nEvents, "event");
  return [
    `**Calibration** (${main.rule}, ${contracts} of ${events}). ${countText(off)} of ${
      countOf(bins.length, "bin")
    } ${verb}`,
    `off the diagonal, and buying at every price earns ${points(gain)}. Brier score`,
    `${brier.score.value.toFixed(3)}, of which ${brier.reliability.toFixed(4)} is miscalibration;`,
    `fair prices show ${brier.fairReliability.toFixed(4)} of that by chance.`,
    ...peekingSentences(curves),
    "(`06_longshot`)",
  ].join(" ");
}

function peekingSentences(curves: readonly LongshotCurve[]): string[] {
  const worst = curves.filter(({ peeks, gain }) => peeks && isApart(gain))
    .sort((a, b) => Math.abs(b.gain.value) - Math.abs(a.gain.value))[0];
  if (worst === undefined) return [];
  return [
    `A warning: sampled ${worst.rule} prices would seem to earn ${
      points(worst.gain)
    }, but nobody knows that day`,
    "in advance.",
  ];
}

/** Whether the interval of a bin leaves out its mean price. */
function isOff({ meanPrice, low, high }: LongshotBin): boolean {
  return meanPrice < low || meanPrice > high;
}
