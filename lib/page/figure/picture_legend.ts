/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { INK } from "../../charts/palette.ts";
import { shortText } from "../../charts/text_lines.ts";
import { textWidth } from "../../charts/text_width.ts";
import { paperColour } from "./paper_colour.ts";
import { svgElement } from "./svg_element.ts";

const SIZE = 12;
const LINE = 20;
const SWATCH = 18;
const GAP = 16;

/**
 * Plot's legend of a chart, which stands outside of its SVG, drawn in rows no wider than the picture.
 *
 * @returns Elements from the origin downwards, none where there is no legend, and their height.
 */
export function pictureLegend(
  chart: SVGSVGElement,
  width: number,
): { readonly elements: readonly Element[]; readonly height: number } {
  const swatches = [...chart.parentElement?.querySelectorAll(".plot-swatch") ?? []];
  let x = 0, row = 0;
  const elements = swatches.flatMap((swatch) => {
    const colour = paperColour(getComputedStyle(swatch.querySelector("svg") ?? swatch).fill);
    const label = swatch.textContent?.trim() ?? "";
    const words = shortText(label, width - SWATCH, SIZE);
    const wide = SWATCH + textWidth(words, SIZE) + GAP;
    if (x > 0 && x + wide > width) {
      x = 0;
      ++row;
    }
    const y = row * LINE;
    const square = svgElement("rect", { x, y: y + 3, width: 12, height: 12, fill: colour });
    const at = { x: x + SWATCH, y: y + 13, fill: INK, "font-size": SIZE };
    const text = svgElement("text", at);
    text.textContent = words;
    x += wide;
    return [square, text];
  });
  return { elements, height: swatches.length === 0 ? 0 : (row + 1) * LINE };
}
