import assert from "node:assert/strict";
import {
  AXIS,
  BELOW_FILL,
  contrast,
  divergingColour,
  HUES,
  INK,
  MISSING_FILL,
  MUTED,
  NULL_TEXT,
  sequentialColour,
  SIMULATED_FILL,
  textColourOn,
  VENUE_HUES,
} from "lib/charts/palette.ts";

const DESK = "#15181d";

/** Severe colour blindness as a matrix on linear RGB. Source: Machado et al. 2009, table 1. */
const VISION = {
  normal: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
};

/** Source: Ottosson 2020, "A perceptual color space for image processing". */
function oklab(linear: readonly number[]): number[] {
  const times = (rows: number[][], x: readonly number[]) =>
    rows.map((row) => row.reduce((sum, a, i) => sum + a * x[i]!, 0));
  const cones = times([
    [0.4122214708, 0.5363325363, 0.0514459929],
    [0.2119034982, 0.6806995451, 0.1073969566],
    [0.0883024619, 0.2817188376, 0.6299787005],
  ], linear).map(Math.cbrt);
  return times([
    [0.2104542553, 0.793617785, -0.0040720468],
    [1.9779984951, -2.428592205, 0.4505937099],
    [0.0259040371, 0.7827717662, -0.808675766],
  ], cones);
}

function seen(colour: string, vision: number[][]): number[] {
  const linear = [1, 3, 5].map((at) => {
    const s = parseInt(colour.slice(at, at + 2), 16) / 255;
    return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
  });
  return oklab(
    vision.map((row) =>
      Math.min(Math.max(row.reduce((sum, a, i) => sum + a * linear[i]!, 0), 0), 1)
    ),
  );
}

for (const [name, vision] of Object.entries(VISION)) {
  Deno.test(`HUES stay apart under ${name}, on white and on the dark desk`, () => {
    for (const form of ["fill", "dark"] as const) {
      HUES.forEach((a, i) => {
        for (const b of HUES.slice(i + 1)) {
          const distance = Math.hypot(
            ...seen(a[form], vision).map((x, k) => x - seen(b[form], vision)[k]!),
          );
          // 0.02 is just noticeable side by side; apart on a page it takes several times that
          assert.ok(distance > 0.1, `${a.name} and ${b.name}, ${form}: ${distance}`);
        }
      });
    }
  });
}

Deno.test("HUES can be read: fills 3 : 1, text 4.5 : 1 on white and on the dark desk", () => {
  for (const { name, fill, text, dark } of HUES) {
    assert.ok(contrast(fill, "#ffffff") >= 2.99, `fill of ${name} ${contrast(fill, "#ffffff")}`);
    assert.ok(contrast(text, "#ffffff") >= 4.5, `text of ${name}`);
    assert.ok(contrast(dark, DESK) >= 4.5, `${name} on the desk`);
  }
  for (const colour of [INK, MUTED, NULL_TEXT]) {
    assert.ok(contrast(colour, "#ffffff") >= 4.5 && contrast(colour, MISSING_FILL) >= 4.5);
  }
  assert.ok(contrast("#ffffff", SIMULATED_FILL) >= 4.5);
  assert.ok(contrast(AXIS, "#ffffff") >= 3);
  assert.ok(contrast(BELOW_FILL, HUES[0].fill) >= 2.5);
  assert.notEqual(VENUE_HUES.polymarket, VENUE_HUES.kalshi);
});

Deno.test("contrast() is WCAG's: 21 for black on white, 4.54 for #767676", () => {
  assert.equal(contrast("#000000", "#ffffff"), 21);
  assert.equal(contrast("#767676", "#ffffff").toFixed(2), "4.54");
  assert.throws(() => contrast("red", "#ffffff"), {
    name: "SyntaxError",
    message: 'Cannot read a colour as it must be of the form #rrggbb: got "red"',
  });
});

Deno.test("sequentialColour() darkens steadily, and text on it can be read", () => {
  let before = Infinity;
  for (let x = 0; x <= 1; x += 0.02) {
    const colour = sequentialColour(x), light = contrast(colour, "#000000");
    assert.ok(light < before, `${x}`);
    before = light;
    assert.ok(contrast(colour, textColourOn(colour)) >= 4, `${x}: ${colour}`);
  }
  assert.equal(sequentialColour(NaN), MISSING_FILL);
  assert.equal(sequentialColour(-1), sequentialColour(0));
});

Deno.test("divergingColour() is white at 0, as dark on both sides, and never mixes them", () => {
  assert.equal(divergingColour(0), "#ffffff");
  for (const x of [0.2, 0.5, 1]) {
    const low = contrast(divergingColour(-x), "#ffffff");
    const high = contrast(divergingColour(x), "#ffffff");
    assert.ok(low / high > 0.75 && low / high < 1.35, `${x}: ${low} and ${high}`);
  }
  assert.equal(divergingColour(NaN), MISSING_FILL);
});
