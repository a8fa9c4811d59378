/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { paperColour } from "./figure/paper_colour.ts";

/** Colours that differ between the themes of desk.css. */
const THEME = [
  "--panel",
  "--raised",
  "--ground",
  "--ink",
  "--muted",
  "--line",
  "--edge",
  "--accent",
  "--chosen",
  "--warn",
  "--good",
];

/** Presentation that children take from their parents, and that which they do not. */
const INHERITED = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-opacity",
  "stroke-width",
  "stroke-dasharray",
  "stroke-linecap",
  "stroke-linejoin",
  "paint-order",
  "text-anchor",
  "font-family",
  "font-size",
  "font-weight",
  "font-style",
  "font-variant-numeric",
  "visibility",
];
const OWN: Readonly<Record<string, string>> = {
  "opacity": "1",
  "mix-blend-mode": "normal",
  "display": "inline",
};

/**
 * A copy of a chart that knows nothing of the page: its presentation is written out in attributes, as it
 * is on white paper.
 *
 * Cost: one computed style an element.
 */
export function paperCopy(chart: SVGSVGElement): SVGSVGElement {
  const paper = document.createElement("div");
  paper.dataset.theme = "light";
  paper.className = "paper";
  paper.ariaHidden = "true";
  const copy = chart.cloneNode(true) as SVGSVGElement;
  paper.append(copy);
  document.body.append(paper);
  try {
    writeOut(copy, null, swapsBetween(document.documentElement, paper));
  } finally {
    paper.remove();
  }
  for (const element of [copy, ...copy.querySelectorAll("*")]) {
    element.removeAttribute("class");
    element.removeAttribute("style");
  }
  return copy;
}

/** Colours of the page's theme, which a chart may have as they are, with those of the paper's. */
function swapsBetween(page: Element, paper: Element): ReadonlyMap<string, string> {
  const [from, to] = [getComputedStyle(page), getComputedStyle(paper)];
  return new Map(THEME.map((name) => [
    from.getPropertyValue(name).trim(),
    to.getPropertyValue(name).trim(),
  ]));
}

/** Writes the computed presentation of an element and those in it into attributes. */
function writeOut(
  element: Element,
  above: Readonly<Record<string, string>> | null,
  swaps: ReadonlyMap<string, string>,
): void {
  const style = getComputedStyle(element);
  const held: Record<string, string> = {};
  const written: [string, string][] = [];
  for (const property of INHERITED) {
    const isText = property === "fill" && /^t(ext|span)$/.test(element.tagName);
    const value = held[property] = paperColour(style.getPropertyValue(property), { isText, swaps });
    if (above === null || above[property] !== value || element.hasAttribute(property)) {
      written.push([property, value]);
    }
  }
  for (const [property, usual] of Object.entries(OWN)) {
    const value = style.getPropertyValue(property);
    const isShown = property === "display" ? value === "none" : value !== usual;
    if (isShown) written.push([property, value]);
  }
  for (const child of element.children) writeOut(child, held, swaps);
  for (const [property, value] of written) element.setAttribute(property, value);
}
