/// <reference lib="dom" />
import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";
import type { ChartContext } from "./chart_context.ts";
import { frame, messageBody } from "./frame.ts";
import { svgToPng } from "./png.ts";
import { escapeXml, svgText } from "./svg_text.ts";
import { cleanText } from "./text_lines.ts";

/** The media type under which a notebook keeps a figure's name and finding, for the export. */
export const FIGURE_MEDIA_TYPE = "application/vnd.basketry.figure+json";

const DISPLAY: unique symbol = Symbol.for("Jupyter.display") as typeof DISPLAY;

/** A drawn chart: a value that shows itself as the last expression of a notebook cell. */
export interface Figure {
  /** File name without extension, and prefix of its ids. */
  readonly name: string;
  /** The finding, as a sentence. */
  readonly title: string;
  /** What the picture shows, for a reader who cannot see it. */
  readonly alt: string;
  /** One SVG document, text kept as text. */
  readonly svg: string;
  /** The same picture as PNG bytes, two pixels a unit. */
  readonly png: () => Uint8Array;
  readonly [DISPLAY]: () => Record<string, unknown>;
}

/** One Plot drawn into a rectangle of the body. */
export interface FigurePanel {
  /** Top left corner within the body, user units. */
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** Options and marks of the plot; its size comes from the panel. */
  readonly plot: Plot.PlotOptions;
}

/** What a chart hands to {@link figure}. */
export interface FigureParts {
  /** snake_case; names the files and is the prefix of every id, so unique within a page. */
  readonly name: string;
  /** The finding with its number, computed by the run. */
  readonly title: string;
  /** What is shown, unit, n, period; the source is added. */
  readonly subtitle: string;
  /** What the picture shows, in sentences. */
  readonly alt: string;
  readonly context: ChartContext;
  /** Small print under the body. */
  readonly notes?: readonly string[];
  /** Height of the body in user units. */
  readonly height?: number;
  /** The body; or, where there is nothing to draw, the reason in words. */
  readonly body: readonly FigurePanel[] | string;
}

/**
 * A chart drawn as one SVG document.
 *
 * Deterministic: no clock, ids counted within the figure, numbers of paths cut to two decimals.
 *
 * @throws {RangeError} If `name` is not snake_case.
 * @throws {Error} If Plot has a warning: a chart that needs an excuse is wrong.
 *
 * @example A figure shows itself in a notebook and can be stored
 * ```ts
 * import assert from "node:assert/strict";
 * import { figure } from "lib/charts/figure.ts";
 * const empty = figure({
 *   name: "coverage",
 *   title: "No market has a price",
 *   subtitle: "Markets with a price.",
 *   alt: "There is nothing to draw.",
 *   context: { source: { kind: "folder", label: "real" }, asOf: "2025-09-30" },
 *   body: "no markets with a price",
 * });
 * assert.match(empty.svg, /^<svg .*no markets with a price.*<\/svg>$/s);
 * ```
 */
export function figure(parts: FigureParts): Figure {
  const { name, context, height = 460 } = parts;
  if (!/^[a-z][a-z0-9_]*$/.test(name)) {
    throw new RangeError(`Cannot draw a figure as its name must be snake_case: got "${name}"`);
  }
  const ids = new Map<string, string>();
  const idOf = (id: string) => {
    let renamed = ids.get(id);
    if (renamed === undefined) ids.set(id, renamed = `${name}-${ids.size + 1}`);
    return renamed;
  };
  const { body, bodyHeight } = typeof parts.body === "string" ? messageBody(parts.body) : {
    body: parts.body.map((panel, i) => {
      // Plot counts ids for the whole process: what it calls them must not cross panels
      return panelText(panel, name, (id) => idOf(`${i} ${id}`));
    }).join(""),
    bodyHeight: height,
  };
  const svg = frame({
    name,
    title: parts.title,
    subtitle: parts.subtitle,
    alt: parts.alt,
    notes: parts.notes ?? [],
    context,
    body,
    bodyHeight,
  });
  const title = cleanText(parts.title), alt = cleanText(parts.alt);
  return {
    name,
    title,
    alt,
    svg,
    png: () => svgToPng(svg),
    [DISPLAY]: () => ({
      "text/html": picture(svg, alt),
      "text/plain": `${title}\n${alt}`,
      [FIGURE_MEDIA_TYPE]: { name, title, alt },
    }),
  };
}

/**
 * The SVG as an image element. JupyterLab empties inline SVG of a notebook that it does not trust,
 * such as an executed copy that somebody sends you; an image stays, and runs no script anywhere.
 */
function picture(svg: string, alt: string): string {
  const bytes = new TextEncoder().encode(svg);
  return `<img alt="${
    escapeXml(alt)
  }" style="max-width:100%;height:auto" src="data:image/svg+xml;base64,${bytes.toBase64()}">`;
}

/** SVG of one panel, placed in the body. */
function panelText(panel: FigurePanel, name: string, idOf: (id: string) => string): string {
  const { document } = parseHTML("<!doctype html><html><body></body></html>");
  const root = Plot.plot({
    ...panel.plot,
    width: panel.width,
    height: panel.height,
    document: document as unknown as Document,
  });
  const marks = Array.from(root.childNodes);
  for (const mark of marks) {
    if (mark.nodeName.toLowerCase() === "text") {
      throw new Error(
        `Cannot draw figure "${name}" as Plot must have no warning: got ${
          cleanText(mark.textContent ?? "")
        } (Plot wrote it to the console)`,
      );
    }
  }
  const content = marks.map((mark) =>
    svgText(mark as unknown as Parameters<typeof svgText>[0], idOf)
  );
  return `<g transform="translate(${panel.left},${panel.top})" text-anchor="middle" fill="currentColor">${
    content.join("")
  }</g>`;
}
