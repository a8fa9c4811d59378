import assert from "node:assert/strict";
import { svgToPng } from "lib/charts/png.ts";
import { pngPixels } from "./png_pixels.ts";

function textSvg(family: string, weight: number): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="90" height="30"><text x="5" y="20" font-family="${family}" font-size="16" font-weight="${weight}">Market</text></svg>`;
}

function ink(svg: string): number {
  const { pixels } = pngPixels(svgToPng(svg));
  let sum = 0;
  for (let i = 3; i < pixels.length; i += 4) sum += pixels[i]!;
  return sum;
}

Deno.test("svgToPng() draws text with the shipped font in both weights", () => {
  const regular = ink(textSvg("Inter, system-ui, sans-serif", 400));
  const semiBold = ink(textSvg("Inter, system-ui, sans-serif", 600));
  assert.ok(regular > 10_000, "text is drawn");
  assert.ok(semiBold > regular * 1.1, `${semiBold} and ${regular}`);
});

Deno.test("svgToPng() falls back to the shipped font, never to one of the machine", () => {
  assert.equal(ink(textSvg("DejaVu Sans", 400)), ink(textSvg("Inter", 400)));
});

Deno.test("svgToPng() scales to the pixel and repeats itself", () => {
  const svg = textSvg("Inter", 400);
  const { width, height } = pngPixels(svgToPng(svg, { scale: 3 }));
  assert.deepEqual([width, height], [270, 90]);
  assert.deepEqual(svgToPng(svg), svgToPng(svg));
});

Deno.test("svgToPng() refuses what is no SVG", () => {
  assert.throws(() => svgToPng("<svg"), {
    name: "SyntaxError",
    message: /^Cannot draw a picture as its SVG must be well-formed: got /,
  });
});
