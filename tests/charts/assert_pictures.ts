import assert from "node:assert/strict";
import type { Figure } from "lib/charts/figure.ts";
import { pngPixels } from "./png_pixels.ts";

/** Figures draw as pictures that are neither blank nor black, and share no id on one page. */
export function assertPictures(figures: readonly Figure[]): void {
  for (const figure of figures) {
    const { pixels } = pngPixels(figure.png());
    let dark = 0;
    for (let i = 0; i < pixels.length; i += 4) if (pixels[i]! < 128) ++dark;
    const share = dark * 4 / pixels.length;
    assert.ok(share > 0.004 && share < 0.6, `${figure.name}: ${share} dark`);
  }
  const ids = figures.flatMap(({ svg }) => [...svg.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
  assert.equal(new Set(ids).size, ids.length);
}
