import type { ChartContext } from "./chart_context.ts";
import { type Figure, figure } from "./figure.ts";
import { KEY_HEIGHT, keyLine } from "./key_line.ts";
import { HUES, NULL_FILL } from "./palette.ts";
import { isAboveChance, type RecoveryMethod, recoveryPanels } from "./recovery_panels.ts";
import { cleanText } from "./text_lines.ts";
import { decimalText } from "./value_ticks.ts";
import { countOf } from "../core/number_text.ts";

/** How well one method finds clusters that were planted, at one level of noise. */
export interface RecoveryRow {
  readonly method: string;
  /** The level of noise in words. */
  readonly noise: string;
  /** Its place among the levels, least noise first. */
  readonly noiseOrder: number;
  /** Adjusted Rand index with the planted clusters: 1 is perfect, 0 is chance; NaN not measured. */
  readonly ari: number;
  /** Ends of its interval over repeated universes. */
  readonly low: number;
  readonly high: number;
}

const NAME = "recovery";
const MAX_METHODS = 40;

/**
 * Which methods find the clusters that a simulation planted, as noise grows.
 *
 * A panel a method, the highest mean first, with the other methods in grey. The adjusted Rand index is
 * 0 for chance, so the line at 0 is the null. At most 40 methods are drawn.
 *
 * @throws {RangeError} If an index is above 1, or a method has two values at one level.
 */
export function recoveryChart(rows: readonly RecoveryRow[], context: ChartContext): Figure {
  check(rows);
  if (rows.length === 0) {
    return figure({
      name: NAME,
      title: "No method was tried on planted clusters",
      subtitle: "Adjusted Rand index with the planted clusters.",
      alt: "Nothing is drawn: there is no method.",
      context,
      body: "no methods tried on planted clusters",
    });
  }
  const orders = [...new Set(rows.map(({ noiseOrder }) => noiseOrder))].sort((a, b) => a - b);
  const methods = methodsOf(rows, orders);
  const drawn = methods.slice(0, MAX_METHODS);
  const { panels, bottom } = recoveryPanels(drawn, KEY_HEIGHT + 8);
  const title = finding(methods, orders.length);
  const nHidden = methods.length - drawn.length;
  const hasMissing = drawn.some(({ cells }) => cells.some((cell) => !isMeasured(cell)));
  const levels = orders.map((order, i) =>
    `${i + 1}: ${cleanText(rows.find(({ noiseOrder }) => noiseOrder === order)!.noise)}`
  );
  return figure({
    name: NAME,
    title,
    subtitle:
      "Adjusted Rand index (ARI) with the planted clusters by level of noise, a panel a method, highest mean first: 1 is perfect, 0 is chance.",
    alt: `${title}. Means over noise: ${
      drawn.map(({ name, mean }) => `${cleanText(name)} ${decimalText(mean, 2)}`).join("; ")
    }.`,
    context,
    notes: [
      `Levels of noise: ${levels.join("; ")}.`,
      ...(nHidden === 0 ? [] : [
        `${countOf(nHidden, "method")} with a lower mean ${
          nHidden === 1 ? "is" : "are"
        } not drawn.`,
      ]),
    ],
    height: bottom,
    body: [
      keyLine([
        { mark: "dot", colour: HUES[0].fill, words: "interval over universes above chance" },
        { mark: "ring", colour: HUES[0].fill, words: "interval reaches chance" },
        ...(drawn.length === 1
          ? []
          : [{ mark: "line" as const, colour: NULL_FILL, words: "other methods" }]),
        ...(hasMissing ? [{ mark: "cross" as const, words: "not measured" }] : []),
      ]),
      ...panels,
    ],
  });
}

function isMeasured(cell: RecoveryRow | undefined): cell is RecoveryRow {
  return cell !== undefined && !Number.isNaN(cell.ari);
}

function methodsOf(rows: readonly RecoveryRow[], orders: readonly number[]): RecoveryMethod[] {
  return [...new Set(rows.map(({ method }) => method))].map((name) => {
    const own = rows.filter(({ method }) => method === name);
    const cells = orders.map((order) => own.find(({ noiseOrder }) => noiseOrder === order));
    const known = own.filter(({ ari }) => !Number.isNaN(ari));
    return { name, cells, mean: known.reduce((sum, { ari }) => sum + ari, 0) / known.length };
  }).sort((a, b) => {
    const unknown = Number(Number.isNaN(a.mean)) - Number(Number.isNaN(b.mean));
    return unknown || b.mean - a.mean || (a.name < b.name ? -1 : 1);
  });
}

function finding(methods: readonly RecoveryMethod[], nLevels: number): string {
  const best = methods[0]!;
  const known = best.cells.filter(isMeasured);
  const first = known[0], last = known.at(-1);
  if (first === undefined || last === undefined) {
    return `Recovery was measured for none of ${countOf(methods.length, "method")}`;
  }
  const range = nLevels === 1 || known.length === 1
    ? `ARI ${decimalText(first.ari, 2)}`
    : `ARI from ${decimalText(first.ari, 2)} at the least noise to ${
      decimalText(last.ari, 2)
    } at the most`;
  const aboveChance = methods.some(({ cells }) => cells.some(isAboveChance));
  if (!aboveChance) {
    return `No method recovers the planted clusters better than chance; the best, ${
      cleanText(best.name)
    }, has ${range}`;
  }
  return methods.length === 1
    ? `${cleanText(best.name)} recovers the planted clusters with ${range}`
    : `${cleanText(best.name)} recovers the planted clusters best: ${range}`;
}

function check(rows: readonly RecoveryRow[]): void {
  const seen = new Set<string>();
  for (const { method, noiseOrder, ari } of rows) {
    if (ari > 1 || ari < -1) {
      throw new RangeError(
        `Cannot draw recovery of "${method}" as its index must be in [-1, 1] or NaN: got ${ari}`,
      );
    }
    const key = JSON.stringify([method, noiseOrder]);
    if (seen.has(key)) {
      throw new RangeError(
        `Cannot draw recovery of "${method}" as it must have one row a level: got two at level ${noiseOrder}`,
      );
    }
    seen.add(key);
  }
}
