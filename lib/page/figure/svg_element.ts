/// <reference lib="dom" />

const SVG = "http://www.w3.org/2000/svg";

/** An element of a picture with its attributes. */
export function svgElement(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
): Element {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
}
