import assert from "node:assert/strict";
import { intervalText } from "lib/charts/interval_text.ts";
import { HUES } from "lib/charts/palette.ts";
import { pText } from "lib/charts/p_text.ts";
import { themeHue, themeShort, tint, UNCATEGORIZED_HUE } from "lib/charts/theme_hues.ts";
import { contrast } from "lib/charts/palette.ts";
import { textWidth } from "lib/charts/text_width.ts";
import { THEMES } from "./synthetic_themes.ts";

Deno.test("themeHue() gives the hue of a theme's name and grey for no theme", () => {
  for (const hue of HUES) assert.equal(themeHue({ ...THEMES[0]!, hue: hue.name }), hue);
  assert.equal(themeHue(null), UNCATEGORIZED_HUE);
  assert.ok(HUES.every(({ fill }) => fill !== UNCATEGORIZED_HUE.fill));
});

Deno.test("themeHue() refuses a hue that the palette lacks", () => {
  assert.throws(() => themeHue({ ...THEMES[0]!, hue: "teal" }), {
    name: "RangeError",
    message:
      'Cannot colour theme "us_elections" as its hue must be one of blue, ochre, green, magenta, sky, red, plum, rose: got "teal"',
  });
});

Deno.test("UNCATEGORIZED_HUE reads on white and on the dark desk", () => {
  assert.ok(contrast(UNCATEGORIZED_HUE.fill, "#ffffff") >= 3);
  assert.ok(contrast(UNCATEGORIZED_HUE.text, "#ffffff") >= 4.5);
  assert.ok(contrast(UNCATEGORIZED_HUE.dark, "#15181d") >= 4.5);
});

Deno.test("themeShort() clips a name that is too long for an axis and names what has no theme", () => {
  assert.equal(themeShort(THEMES[0]!), "US elections");
  assert.equal(themeShort(null), "Uncategorized");
  const long = themeShort({ ...THEMES[0]!, short: "W".repeat(40) });
  assert.match(long, /^W+…$/);
  assert.ok(textWidth(long, 11) <= 104);
});

Deno.test("tint() goes from white to the colour", () => {
  assert.deepEqual([0, 0.5, 1].map((share) => tint("#0080ff", share)), [
    "#ffffff",
    "#80c0ff",
    "#0080ff",
  ]);
});

Deno.test("pText() keeps three decimals and never writes 0", () => {
  assert.deepEqual([0, 0.0009, 0.001, 0.0306, 1, NaN].map(pText), [
    "<0.001",
    "<0.001",
    "0.001",
    "0.031",
    "1",
    "not measured",
  ]);
});

Deno.test("intervalText() writes tenths of a narrow interval", () => {
  assert.deepEqual(intervalText(0.784, 0.74, 0.82), { value: "78%", range: "74% to 82%" });
  assert.deepEqual(intervalText(0.784, 0.778, 0.79), { value: "78.4%", range: "77.8% to 79.0%" });
  assert.deepEqual(intervalText(1, 0.986, 1), { value: "100%", range: "98.6% to 100%" });
});
