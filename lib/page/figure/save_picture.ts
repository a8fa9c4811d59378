/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { INK } from "../../charts/palette.ts";
import { textLines } from "../../charts/text_lines.ts";
import { fontStyle } from "./font_style.ts";
import { paperCopy } from "../paper_copy.ts";
import { pictureLegend } from "./picture_legend.ts";
import { svgElement } from "./svg_element.ts";

const FONT = "Inter, system-ui, sans-serif";
const TITLE_SIZE = 16;
const TITLE_LINE = 22;
const MARGIN = 16;

/**
 * Saves a chart as a picture that stands alone: white ground, its title above it, colours and fonts
 * written out as the page's styles have them on white.
 *
 * @param options.name File name without extension.
 * @param options.form `png` is drawn at two pixels a unit.
 * @throws {Error} If the browser cannot draw it.
 */
export async function savePicture(
  chart: SVGSVGElement,
  { name, title, form }: { name: string; title: string; form: "svg" | "png" },
): Promise<void> {
  const picture = standingAlone(chart, title);
  if (form === "png") picture.prepend(await fontStyle());
  const text = new XMLSerializer().serializeToString(picture);
  const blob = new Blob([text], { type: "image/svg+xml" });
  saveFile(form === "svg" ? blob : await pngOf(blob, picture), `${name}.${form}`);
}

/** Hands a file to the person by the browser's own way of saving. */
function saveFile(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

function standingAlone(chart: SVGSVGElement, title: string): SVGSVGElement {
  const view = chart.viewBox.baseVal;
  const [width, height] = view !== null && view.width > 0
    ? [view.width, view.height]
    : [chart.clientWidth, chart.clientHeight];
  const lines = textLines(title, { width, size: TITLE_SIZE, weight: 600, maxLines: 3 });
  const legend = pictureLegend(chart, width);
  const headed = MARGIN + lines.length * TITLE_LINE;
  const head = headed + legend.height;

  const picture = svgElement("svg", {
    width: width + 2 * MARGIN,
    height: head + height + MARGIN,
    viewBox: `0 0 ${width + 2 * MARGIN} ${head + height + MARGIN}`,
    "font-family": FONT,
  }) as SVGSVGElement;
  const ground = svgElement("rect", { width: "100%", height: "100%", fill: "#ffffff" });
  const words = lines.map((line, i) => {
    const text = svgElement("text", {
      x: MARGIN,
      y: MARGIN + i * TITLE_LINE + TITLE_SIZE,
      fill: INK,
      "font-size": TITLE_SIZE,
      "font-weight": 600,
    });
    text.textContent = line;
    return text;
  });
  const inner = paperCopy(chart);
  for (const [key, value] of Object.entries({ x: MARGIN, y: head, width, height })) {
    inner.setAttribute(key, String(value));
  }
  inner.setAttribute("overflow", "visible");
  const named = [...inner.children].filter(({ tagName }) => /^(title|desc)$/.test(tagName));
  const key = svgElement("g", { transform: `translate(${MARGIN}, ${headed})` });
  key.append(...legend.elements);
  picture.append(...named, ground, ...words, key, inner);
  return picture;
}

async function pngOf(svg: Blob, { width, height }: SVGSVGElement): Promise<Blob> {
  const address = URL.createObjectURL(svg);
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = 2 * width.baseVal.value;
    canvas.height = 2 * height.baseVal.value;
    canvas.getContext("2d")!.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) =>
      canvas.toBlob(
        (blob) =>
          blob === null
            ? reject(new Error("Cannot save a picture as the browser must draw it: got nothing"))
            : resolve(blob),
        "image/png",
      )
    );
  } finally {
    URL.revokeObjectURL(address);
  }
}
