import { countOf, countText, shareText } from "../core/number_text.ts";
import { binomialQuantile } from "./binomial_quantile.ts";
import type { ChartContext } from "./chart_context.ts";
import { calibrationPanels, type DrawnBin } from "./calibration_panels.ts";
import { type Figure, figure } from "./figure.ts";
import { intervalText } from "./interval_text.ts";
import { KEY_HEIGHT, keyLine } from "./key_line.ts";
import { HUES, MUTED } from "./palette.ts";
import { cleanText } from "./text_lines.ts";

/** Answers whose confidence lies in one bin. */
export interface CalibrationBin {
  /** Ends of the bin, in [0, 1]. */
  readonly from: number;
  readonly to: number;
  readonly n: number;
  /** NaN where n is 0. */
  readonly meanConfidence: number;
  /** Share of right answers; NaN where n is 0. */
  readonly accuracy: number;
  /** Its 95% Wilson interval. */
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
  /** Its 95% Wilson interval. */
  readonly accuracyLow: number;
  readonly accuracyHigh: number;
  /** Answers with a label; 0 where nobody labelled any. */
  readonly n: number;
  /** Where the labels come from: "planted themes of the simulated universe". */
  readonly labels: string;
}

const NAME = "confidence_calibration";
const HEIGHT = 500, LEVEL = 0.95;
/** A wider interval of the accuracy cannot tell an honest classifier from another. */
const VAGUE = 0.1;
/** Ends of bins are sums of fractions: 0.4 + 0.2 is a little more than 0.6. */
const EPSILON = 1e-9;

/**
 * Whether the classifier is right as often as it says: accuracy by confidence, over the diagonal
 * and over what answers of a calibrated classifier would give by chance.
 *
 * The band of chance is binomial, 95% around each bin's mean confidence. A classifier is called
 * honest where its mean confidence lies in the interval of its accuracy and no more bins lie
 * outside chance than one in twenty of a calibrated one's would; the title says so only where the
 * interval is no wider than ten points.
 *
 * @throws {RangeError} If bins overlap, counts do not add up to `n`, or a share is not in [0, 1].
 */
export function confidenceCalibrationChart(
  calibration: ConfidenceCalibration,
  context: ChartContext,
): Figure {
  check(calibration);
  const { bins, n, ece, accuracy, accuracyLow, accuracyHigh } = calibration;
  const labels = cleanText(calibration.labels);
  if (n === 0) {
    return figure({
      name: NAME,
      title: "Without labels nobody knows whether the classifier’s confidence is honest",
      subtitle: "Accuracy of the classifier by its confidence.",
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
      `Share of right answers by the classifier’s confidence, against ${labels}. n\u00a0=\u00a0${
        countOf(n, "answer")
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
      "Lines: 95% Wilson intervals. Grey: where 95 of 100 classifiers that are right as often as they say would fall, with as many answers in the bin.",
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
  const { n, meanConfidence, accuracy } = bin;
  if (n === 0) return { ...bin, chanceLow: NaN, chanceHigh: NaN, stands: false };
  const end = (q: number) => binomialQuantile(q, n, meanConfidence) / n;
  const chanceLow = end((1 - LEVEL) / 2), chanceHigh = end((1 + LEVEL) / 2);
  const stands = accuracy < chanceLow - 1e-9 || accuracy > chanceHigh + 1e-9;
  return { ...bin, chanceLow, chanceHigh, stands };
}

function finding(
  { n, bins, ece, accuracy, accuracyLow, accuracyHigh }: ConfidenceCalibration,
  drawn: readonly DrawnBin[],
): string {
  const said = bins.reduce((sum, bin) => bin.n > 0 ? sum + bin.n * bin.meanConfidence : sum, 0) / n;
  const filled = drawn.filter((bin) => bin.n > 0);
  const nOutside = filled.filter(({ stands }) => stands).length;
  const { value, range } = intervalText(accuracy, accuracyLow, accuracyHigh);
  const says = `says ${shareText(said)} and is right ${value} of the time (${range})`;
  if (said > accuracyHigh || said < accuracyLow) {
    const way = said > accuracy ? "overconfident" : "underconfident";
    return `The classifier is ${way} by ${points(Math.abs(said - accuracy))}: it ${says}`;
  }
  if (nOutside > binomialQuantile(LEVEL, filled.length, 1 - LEVEL)) {
    return `Confidence is honest on average only: ${nOutside} of ${
      countOf(filled.length, "bin")
    } lie outside chance, expected calibration error ${points(ece)}`;
  }
  return accuracyHigh - accuracyLow > VAGUE
    ? `${countOf(n, "answer")} ${
      n === 1 ? "does" : "do"
    } not show confidence to be wrong: the classifier ${says}`
    : `Confidence is honest: the classifier ${says}`;
}

/** A difference of shares: 0.06 → "6 points", 0.004 → "0.4 points". */
function points(difference: number): string {
  const hundredths = difference * 100;
  const text = hundredths < 1.95
    ? hundredths.toFixed(1).replace(/\.0$/, "")
    : hundredths.toFixed(0);
  return `${text} ${text === "1" ? "point" : "points"}`;
}

function check({ bins, n, ece, accuracy, accuracyLow, accuracyHigh }: ConfidenceCalibration): void {
  const sum = bins.reduce((sum, bin) => sum + bin.n, 0);
  if (!(sum === n && bins.every((bin) => Number.isInteger(bin.n) && bin.n >= 0))) {
    throw new RangeError(
      `Cannot draw a calibration as the counts of its bins must add up to n: got ${sum} and ${n}`,
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
