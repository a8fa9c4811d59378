import assert from "node:assert/strict";
import { chartsOf, FOLDER, SIMULATED, syntheticUniverse } from "./synthetic.ts";
import { overlaps, textBoxes } from "./text_boxes.ts";
import { pngPixels } from "./png_pixels.ts";

const SIZES = [0, 1, 3, 40, 400, 6000];
const FIGURES = new Map(SIZES.map((n) => [n, chartsOf(syntheticUniverse(n), SIMULATED)]));

for (const [n, figures] of FIGURES) {
  for (const { name, svg } of figures) {
    Deno.test(`${name} over ${n} markets has readable text that neither overlaps nor is cut`, () => {
      const height = Number(/^<svg [^>]*height="(\d+)"/.exec(svg)![1]);
      const boxes = textBoxes(svg);
      assert.ok(boxes.length >= 4);
      for (const box of boxes) {
        assert.ok(box.size >= 10, `"${box.text}" is ${box.size} px`);
        assert.ok(box.left >= 0 && box.right <= 820, `"${box.text}" ${box.left}…${box.right}`);
        assert.ok(box.top >= 0 && box.bottom <= height, `"${box.text}" ${box.top}…${box.bottom}`);
        assert.doesNotMatch(box.text, /NaN|undefined|Infinity|null/);
      }
      assert.deepEqual(overlaps(boxes), []);
      assert.doesNotMatch(svg, /NaN|Infinity/);
    });
  }
}

Deno.test("charts stay under 300 kB at 6,000 markets", () => {
  for (const { name, svg } of FIGURES.get(6000)!) {
    assert.ok(svg.length < 300_000, `${name}: ${svg.length}`);
  }
});

Deno.test("charts are the same bytes when drawn again, whatever was drawn between", () => {
  const again = chartsOf(syntheticUniverse(40), SIMULATED);
  assert.deepEqual(again.map(({ svg }) => svg), FIGURES.get(40)!.map(({ svg }) => svg));
});

Deno.test("charts of one page share no id", () => {
  const ids = FIGURES.get(400)!.flatMap(({ svg }) =>
    Array.from(svg.matchAll(/ id="([^"]+)"/g), ([, id]) => id)
  );
  assert.equal(new Set(ids).size, ids.length);
});

Deno.test("charts over a simulated universe say so in a pill, in the subtitle and in the footer", () => {
  for (const { name, svg } of FIGURES.get(40)!) {
    const said = textBoxes(svg).map((box) => box.text).join(" ");
    assert.equal(said.match(/simulated universe, seed 7/gi)?.length, 3, name);
    assert.match(svg, /<rect [^>]*rx="11"/);
    assert.match(
      said,
      /As of 2026-02-28 · Checkpoint 01_universe, sha256 3f2a9c01 · .* · Unreviewed/,
    );
  }
  for (const { svg } of chartsOf(syntheticUniverse(3), FOLDER)) {
    assert.doesNotMatch(svg, /rx="11"|Unreviewed|Checkpoint/);
    assert.match(svg, /Source: real\./);
  }
});

Deno.test("charts become pictures of twice their size that are not blank", () => {
  for (const figure of FIGURES.get(40)!) {
    const [, w, h] = /^<svg [^>]*width="(\d+)" height="(\d+)"/.exec(figure.svg)!;
    const { width, height, pixels } = pngPixels(figure.png());
    assert.deepEqual([width, height], [2 * Number(w), 2 * Number(h)]);
    let dark = 0;
    for (let i = 0; i < pixels.length; i += 4) if (pixels[i]! < 128) ++dark;
    const share = dark * 4 / pixels.length;
    assert.ok(share > 0.004 && share < 0.6, `${figure.name}: ${share} dark`);
  }
});

Deno.test("charts of nothing say what is missing instead of drawing an axis", () => {
  const messages = chartsOf(syntheticUniverse(0), FOLDER).map(({ svg }) =>
    textBoxes(svg).find((box) => box.size === 14)?.text
  );
  assert.deepEqual(messages, [
    "no markets listed",
    "no markets with a price",
    "no priced market with a scheduled end",
    "no markets with a known volume",
    "no markets with 29 one-day moves",
    "no markets with a price",
  ]);
});
