import { normalQuantile } from "../core/normal.ts";
import { countOf, countText, shareText } from "../core/number_text.ts";
import { binomialQuantile } from "./binomial_quantile.ts";
import type { ChartContext } from "./chart_context.ts";
import { calibrationPanels, type DrawnBin } from "./calibration_panels.ts";
import { type Figure, figure } from "./figure.ts";
import { intervalText } from "./interval_text.ts";
import { KEY_HEIGHT, keyLine } from "./key_line.ts";
import { HUES, MUTED } from "./palette.ts";
import { cleanText } from "./text_lines.ts";

/** Events of which the stated confidence lies in one bin. */
export interface CalibrationBin {
  /** Ends of the bin, in [0, 1]. */
  readonly from: number;
  readonly to: number;
  readonly n: number;
  /** Independent events that would tell as much, at most n. */
  readonly effectiveN: number;
  /** NaN where n is 0. */
  readonly meanConfidence: number;
  /** Share of events with the right theme; NaN where n is 0. */
  readonly accuracy: number;
  /** Its 95% interval, Wilson's at the effective n. */
  readonly low: number;
  readonly high: number;
}

/** What {@link confidenceCalibrationChart} draws. */
export interface ConfidenceCalibration {
  /** Ascending, without overlap. */
  readonly bins: readonly CalibrationBin[];
  /** Expected calibration error: mean of |accuracy − confidence| over bins, weighted by n. */
  readonly ece: number;
  readonly accuracy: number;
  /** Its 95% interval, Wilson's at the effective n. */
  readonly accuracyLow: number;
  readonly accuracyHigh: number;
  /** Events with a label; 0 where nobody labelled any. */
  readonly n: number;
  /** Wordings of their titles: events of one wording tend to be right or wrong together. */
  readonly nWordings: number;
  /** Whose confidence it is, without an article: "lexical classifier". */
  readonly classifier: string;
  /** Where the labels come from: "planted themes of the simulated universe". */
  readonly labels: string;
}

const NAME = "confidence_calibration";
const HEIGHT = 500, LEVEL = 0.95;
/** Standard errors to either end of a 95% interval. */
const Z = normalQuantile((1 + LEVEL) / 2);
/** A wider interval of the accuracy cannot tell an honest classifier from another. */
const VAGUE = 0.1;
/** Ends of bins are sums of fractions: 0.4 + 0.2 is a little more than 0.6. */
const EPSILON = 1e-9;

/**
 * Whether a classifier is right as often as it says: accuracy by confidence, over the diagonal
 * and over what events of a calibrated classifier would give by chance.
 *
 * The band of chance is 95% around each bin's mean confidence, with the standard error of a share at
 * the effective n of the bin: a bin lies outside exactly where its interval excludes its mean
 * confidence. A classifier is called over- or underconfident only where the interval of its accuracy
 * excludes its mean confidence, and honest where it does not, no more bins lie outside chance than one
 * in twenty of a calibrated one's would, and the interval is no wider than ten points.
 *
 * @throws {RangeError} If bins overlap, counts do not add up to `n`, or a share is not in [0, 1].
 */
export function confidenceCalibrationChart(
  calibration: ConfidenceCalibration,
  context: ChartContext,
): Figure {
  check(calibration);
  const { bins, n, ece, accuracy, accuracyLow, accuracyHigh } = calibration;
  const labels = cleanText(calibration.labels), classifier = cleanText(calibration.classifier);
  if (n === 0) {
    return figure({
      name: NAME,
      title: `Without labels nobody knows whether the ${classifier}’s confidence is honest`,
      subtitle: `Accuracy of the ${classifier} by its confidence.`,
      alt: "Nothing is drawn: there are no labels to compare the answers with.",
      context,
      body: "No labels: audit sheets are not filled in yet",
    });
  }
  const drawn = bins.map(drawnBin);
  const title = finding(calibration, drawn);
  const { value, range } = intervalText(accuracy, accuracyLow, accuracyHigh);
  const interval = `${value} (${range})`;
  return figure({
    name: NAME,
    title,
    subtitle:
      `Share of events with the right theme by the ${classifier}’s confidence, against ${labels}. n\u00a0=\u00a0${
        countOf(n, "event")
      } of ${
        countOf(calibration.nWordings, "wording")
      }. Accuracy ${interval}; expected calibration error ${points(ece)}.`,
    alt: `${title}. Accuracy ${interval} against ${labels}. By confidence: ${
      drawn.filter((bin) => bin.n > 0).map((bin) =>
        `${shareText(bin.meanConfidence)} said, ${shareText(bin.accuracy)} right of ${
          countText(bin.n)
        }`
      ).join("; ")
    }.`,
    context,
    notes: [
      "Events whose titles have one wording tend to be right or wrong together, so lines (95%, Wilson) and the grey (where 95 of 100 calibrated classifiers would fall) use the bin’s effective n: n divided by the design effect.",
    ],
    height: KEY_HEIGHT + HEIGHT,
    body: [
      keyLine([
        { mark: "interval", colour: HUES[0].fill, words: "outside what chance gives" },
        { mark: "ring", colour: MUTED, words: "within" },
        { mark: "band", words: "a calibrated classifier, by chance" },
        { mark: "line", words: "right as often as it says" },
      ]),
      ...calibrationPanels(drawn, KEY_HEIGHT, HEIGHT),
    ],
  });
}

function drawnBin(bin: CalibrationBin): DrawnBin {
  const { n, effectiveN, meanConfidence, accuracy } = bin;
  if (n === 0) return { ...bin, chanceLow: NaN, chanceHigh: NaN, stands: false };
  const half = Z * Math.sqrt(meanConfidence * (1 - meanConfidence) / effectiveN);
  const chanceLow = Math.max(meanConfidence - half, 0);
  const chanceHigh = Math.min(meanConfidence + half, 1);
  const stands = accuracy < chanceLow - 1e-9 || accuracy > chanceHigh + 1e-9;
  return { ...bin, chanceLow, chanceHigh, stands };
}

function finding(
  { n, nWordings, bins, ece, accuracy, accuracyLow, accuracyHigh, classifier: name }:
    ConfidenceCalibration,
  drawn: readonly DrawnBin[],
): string {
  const classifier = cleanText(name);
  const said = bins.reduce((sum, bin) => bin.n > 0 ? sum + bin.n * bin.meanConfidence : sum, 0) / n;
  const filled = drawn.filter((bin) => bin.n > 0);
  const nOutside = filled.filter(({ stands }) => stands).length;
  const { value, range } = intervalText(accuracy, accuracyLow, accuracyHigh);
  const says = `says ${shareText(said)} and is right ${value} of the time (${range})`;
  if (said > accuracyHigh || said < accuracyLow) {
    const way = said > accuracy ? "overconfident" : "underconfident";
    return `The ${classifier} is ${way} by ${points(Math.abs(said - accuracy))}: it ${says}`;
  }
  if (nOutside > binomialQuantile(LEVEL, filled.length, 1 - LEVEL)) {
    return `The ${classifier}’s confidence is honest on average only: ${nOutside} of ${
      countOf(filled.length, "bin")
    } lie outside chance, expected calibration error ${points(ece)}`;
  }
  if (accuracyHigh - accuracyLow > VAGUE) {
    return `${countOf(n, "event")} of ${countOf(nWordings, "wording")} ${
      n === 1 ? "does" : "do"
    } not show confidence to be wrong: the ${classifier} ${says}`;
  }
  return nOutside === 0
    ? `Confidence is honest: the ${classifier} ${says}`
    : `Confidence is honest on average: the ${classifier} ${says}; ${nOutside} of ${
      countOf(filled.length, "bin")
    } ${nOutside === 1 ? "lies" : "lie"} outside chance`;
}

/** A difference of shares: 0.06 → "6 points", 0.004 → "0.4 points". */
function points(difference: number): string {
  const hundredths = difference * 100;
  const text = hundredths < 1.95
    ? hundredths.toFixed(1).replace(/\.0$/, "")
    : hundredths.toFixed(0);
  return `${text} ${text === "1" ? "point" : "points"}`;
}

function check(
  { bins, n, nWordings, ece, accuracy, accuracyLow, accuracyHigh }: ConfidenceCalibration,
): void {
  const sum = bins.reduce((sum, bin) => sum + bin.n, 0);
  if (!(sum === n && bins.every((bin) => Number.isInteger(bin.n) && bin.n >= 0))) {
    throw new RangeError(
      `Cannot draw a calibration as the counts of its bins must add up to n: got ${sum} and ${n}`,
    );
  }
  if (!(Number.isInteger(nWordings) && nWordings <= n && (n === 0 || nWordings > 0))) {
    throw new RangeError(
      `Cannot draw a calibration as its ${n} events must have 1 to ${n} wordings: got ${nWordings}`,
    );
  }
  const beyond = bins.find(({ n, effectiveN }) => n > 0 && !(effectiveN > 0 && effectiveN <= n));
  if (beyond !== undefined) {
    throw new RangeError(
      `Cannot draw a calibration as the effective n of a bin must be above 0 and at most its n: got ${beyond.effectiveN} of ${beyond.n}`,
    );
  }
  for (const [i, bin] of bins.entries()) {
    if (
      !(bin.from >= (bins[i - 1]?.to ?? 0) - EPSILON && bin.to > bin.from && bin.to <= 1 + EPSILON)
    ) {
      throw new RangeError(
        `Cannot draw a calibration as its bins must be ascending within [0, 1]: got ${bin.from} to ${bin.to}`,
      );
    }
  }
  const shares = [
    ...(n === 0 ? [] : [ece, accuracy, accuracyLow, accuracyHigh]),
    ...bins.filter((bin) => bin.n > 0)
      .flatMap((bin) => [bin.meanConfidence, bin.accuracy, bin.low, bin.high]),
  ];
  const wrong = shares.find((share) => !(share >= 0 && share <= 1));
  if (wrong !== undefined) {
    throw new RangeError(
      `Cannot draw a calibration as its shares must be in [0, 1]: got ${wrong}`,
    );
  }
}
