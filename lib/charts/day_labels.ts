import { countOf, countText } from "../core/number_text.ts";
import type { DayLabel, DayLabelBeta } from "../factors/day_labels.ts";
import type { ChartContext } from "./chart_context.ts";
import { dayLabelPanels, holdsTruth } from "./day_labels_plot.ts";
import { type Figure, figure } from "./figure.ts";
import { KEY_HEIGHT, keyLine } from "./key_line.ts";
import { HUES, INK } from "./palette.ts";
import { cleanText } from "./text_lines.ts";
import { decimalText } from "./value_ticks.ts";

/** A contract's beta under one label, with the label's name for a reader. */
export interface NamedLabelBeta extends DayLabelBeta {
  readonly name: string;
}

/** Betas of one planted contract to the closes of one exchange, the remedy last. */
export interface ExchangeBetas {
  /** "New York". */
  readonly exchange: string;
  readonly betas: readonly NamedLabelBeta[];
}

const NAME = "day_labels";
const MOST = 6;
/** Joins of a contract's day with a factor's on the date alone. */
const BY_DATE: readonly DayLabel[] = ["day_start", "day_end"];
/**
 * What the rule that matches a contract's day with a market's does to a beta that is known to be 1.
 *
 * The contract is planted: it follows the factor move for move. What is measured below 1 is lost by the
 * rule alone, so the same rule would lose it of any real contract. The last row of each exchange takes
 * moves since the day before, at the right instant: weekends and holidays are then dropped.
 *
 * @param data Up to six exchanges.
 * @throws {RangeError} If a standard error is negative.
 */
export function dayLabelsChart(data: readonly ExchangeBetas[], context: ChartContext): Figure {
  check(data);
  const known = data.filter(({ betas }) => betas.some(({ beta }) => !Number.isNaN(beta)));
  if (known.length === 0) {
    return figure({
      name: NAME,
      title: data.length === 0
        ? "No planted contract was matched with closes"
        : `The beta of a planted contract is not estimable at any of ${
          countOf(data.length, "exchange")
        }`,
      subtitle: "Beta of a contract that moves one for one, by day label.",
      alt: "Nothing is drawn: there is no beta.",
      context,
      body: data.length === 0 ? "no planted contracts" : "too few sessions to estimate a beta",
    });
  }
  const drawn = data.slice(0, MOST);
  const { panels, bottom } = dayLabelPanels(drawn, KEY_HEIGHT + 6);
  const title = finding(data);
  const ns = data.flatMap(({ betas }) => betas.map(({ n }) => n));
  const [fewest, most] = [Math.min(...ns), Math.max(...ns)];
  return figure({
    name: NAME,
    title,
    subtitle:
      `Beta of a planted contract that follows its factor move for move, by the rule that matches their days. n\u00a0=\u00a0${
        fewest === most
          ? countOf(most, "session")
          : `${countText(fewest)} to ${countOf(most, "session")}`
      } at ${data.length === 1 ? "" : "each of "}${countOf(data.length, "exchange")}.`,
    alt: `${title}. ${
      data.map(({ exchange, betas }) =>
        `${cleanText(exchange)}: ${
          betas.map(({ name, beta }) => `${cleanText(name)} ${decimalText(beta, 2)}`).join(", ")
        }`
      ).join("; ")
    }.`,
    context,
    notes: [
      "Errors allow for a trading week of correlation. Moves lost: share of the variance of the contract’s moves between closes that lies in weekends and holidays, which moves since the day before drop.",
      ...(drawn.length === data.length ? [] : [
        `${countOf(data.length - drawn.length, "exchange")} beyond the first ${MOST} ${
          data.length - drawn.length === 1 ? "is" : "are"
        } not drawn.`,
      ]),
    ],
    height: bottom,
    body: [
      keyLine([
        { mark: "dot", colour: HUES[0].fill, words: "1 within its error, or 0.02" },
        { mark: "ring", words: "not" },
        { mark: "line", words: "95% interval" },
        { mark: "tick", colour: INK, words: "the planted beta, 1" },
      ]),
      ...panels,
    ],
  });
}

function finding(data: readonly ExchangeBetas[]): string {
  const of = (labels: readonly DayLabel[]) =>
    data.flatMap(({ betas }) => betas.filter(({ label }) => labels.includes(label)))
      .filter(({ beta }) => !Number.isNaN(beta));
  const byDate = of(BY_DATE), close = of(["close"]);
  const rangeText = (rows: readonly NamedLabelBeta[]) => {
    const [low, high] = [Math.min, Math.max].map((pick) => pick(...rows.map(({ beta }) => beta)));
    const [a, b] = [decimalText(low!, 2), decimalText(high!, 2)];
    return a === b ? a : `${a} to ${b}`;
  };
  const start = "A contract that moves one for one is measured at";
  if (close.length === 0) {
    return `${start} ${
      rangeText(of(["day_start", "day_end", "day_end_lead"]))
    } by date; at the close it is not estimable`;
  }
  if (byDate.length === 0) {
    return `${start} ${rangeText(close)} at the close; by date it is not estimable`;
  }
  const isRight = close.every(({ beta, standardError }) => holdsTruth(beta, standardError));
  const isWrong = byDate.some(({ beta, standardError }) => !holdsTruth(beta, standardError));
  if (isRight && isWrong) {
    return `${start} ${rangeText(byDate)} with the wrong day label, at ${
      rangeText(close)
    } at the close`;
  }
  return isRight
    ? `${start} ${
      rangeText(close)
    } at the close, and no day label is wrong by more than its error (${rangeText(byDate)})`
    : `${start} ${rangeText(close)} even at the close, ${
      rangeText(byDate)
    } when joined on the date`;
}

function check(data: readonly ExchangeBetas[]): void {
  for (const { exchange, betas } of data) {
    for (const { standardError, standardErrorOneDay } of betas) {
      const wrong = [standardError, standardErrorOneDay].find((error) => error < 0);
      if (wrong !== undefined) {
        throw new RangeError(
          `Cannot draw betas at "${exchange}" as standard errors must be >= 0: got ${wrong}`,
        );
      }
    }
  }
}
