import assert from "node:assert/strict";
import * as Plot from "@observablehq/plot";
import { type Figure, figure, FIGURE_MEDIA_TYPE, type FigureParts } from "lib/charts/figure.ts";
import { FOLDER, SIMULATED } from "./synthetic.ts";
import { textBoxes } from "./text_boxes.ts";

const HOSTILE = `<script>alert("1")</script> & 'q' \u202egnp.exe\u0000\u0007\ud800 ]]> <!--`;

function draw(parts: Partial<FigureParts>): Figure {
  return figure({
    name: "test_figure",
    title: "Two of three",
    subtitle: "Points, n = 3.",
    alt: "Three points.",
    context: FOLDER,
    height: 120,
    body: [{
      left: 0,
      top: 0,
      width: 300,
      height: 120,
      plot: { marks: [Plot.dot([[1, 2], [2, 3], [3, 1]])] },
    }],
    ...parts,
  });
}

Deno.test("figure() names itself to a screen reader", () => {
  const { svg } = draw({});
  assert.match(svg, /^<svg [^>]*role="img" aria-labelledby="test_figure-title test_figure-desc"/);
  assert.ok(svg.includes('<title id="test_figure-title">Two of three</title>'));
  assert.ok(svg.includes('<desc id="test_figure-desc">Three points.</desc>'));
  assert.equal(svg.match(/<circle/g)?.length, 3);
});

Deno.test("figure() shows itself in a notebook as a picture, text and a record for the export", () => {
  const one = draw({});
  const bundle = (one as unknown as Record<symbol, () => Record<string, unknown>>)[
    Symbol.for("Jupyter.display")
  ]!();
  assert.deepEqual(bundle, {
    "text/html": '<img alt="Three points." style="max-width:100%;height:auto" ' +
      `src="data:image/svg+xml;base64,${new TextEncoder().encode(one.svg).toBase64()}">`,
    "text/plain": "Two of three\nThree points.",
    [FIGURE_MEDIA_TYPE]: { name: "test_figure", title: "Two of three", alt: "Three points." },
  });
  assert.match(one.svg, /style="max-width:100%/);
});

Deno.test("figure() escapes hostile text wherever it comes from", () => {
  const { svg, png } = draw({
    title: HOSTILE,
    subtitle: HOSTILE,
    alt: HOSTILE,
    notes: [HOSTILE],
    context: { ...SIMULATED, source: { kind: "simulated", label: HOSTILE } },
    body: [{
      left: 0,
      top: 0,
      width: 700,
      height: 120,
      plot: {
        axis: null,
        marks: [Plot.text([HOSTILE], { text: (text: string) => text, title: () => HOSTILE })],
      },
    }],
  });
  assert.doesNotMatch(svg, /<script|<!--|\]\]>/);
  // deno-lint-ignore no-control-regex -- the absence of control characters is the fact
  assert.doesNotMatch(svg, /[\u0000-\u001f\u202a-\u202e]|\p{Surrogate}/u);
  assert.ok(textBoxes(svg).some((box) => box.text.includes(`<script>alert("1")</script> & 'q'`)));
  assert.ok(png().length > 1000, "an XML reader takes it");
});

Deno.test("figure() breaks a long title and cuts a longer one, beside the pill too", () => {
  for (const context of [FOLDER, SIMULATED]) {
    for (
      const word of ["W", "mmmmmmmm", "Wahrscheinlichkeitsverteilung", "市場", "W".repeat(400)]
    ) {
      const { svg, title } = draw({ title: `${word} `.repeat(400), context });
      assert.ok(title.length > 100, "the title itself is whole");
      const lines = textBoxes(svg).filter((box) => box.size === 18);
      assert.ok(lines.length >= 1 && lines.length <= 4);
      for (const line of lines) assert.ok(line.right <= (context === FOLDER ? 800 : 600));
      assert.ok(lines.at(-1)!.text.endsWith("…"));
    }
  }
});

Deno.test("figure() holds a title beside the pill to its width, since a fallback font may be wider", () => {
  const title = "Held from a week after listing to settlement, contracts";
  const held = (context: typeof FOLDER | typeof SIMULATED) =>
    draw({ title, context }).svg.match(/<text [^>]*font-size="18"[^>]*textLength="[\d.]+"/g)
      ?.length ?? 0;
  assert.ok(held(SIMULATED) > 0);
  assert.equal(held(FOLDER), 0);
});

Deno.test("figure() numbers ids by itself, so that the same chart has the same bytes", () => {
  const clipped = () =>
    draw({
      body: [0, 120].map((left) => ({
        left,
        top: 0,
        width: 100,
        height: 100,
        plot: { marks: [Plot.areaY([1, 2, 3], { clip: true })] },
      })),
    }).svg;
  const first = clipped();
  assert.equal(clipped(), first);
  assert.deepEqual(Array.from(first.matchAll(/clipPath id="([^"]+)"/g), ([, id]) => id), [
    "test_figure-1",
    "test_figure-2",
  ]);
  assert.match(first, /url\(#test_figure-1\).*url\(#test_figure-2\)/s);
});

Deno.test("figure() cuts numbers of paths to two decimals and leaves words alone", () => {
  const { svg } = draw({
    title: "0.123456 stays",
    body: [{
      left: 0,
      top: 0,
      width: 333,
      height: 77,
      plot: {
        axis: null,
        marks: [
          Plot.lineY([1 / 3, 2 / 7, 0.9]),
          Plot.text([0], { text: () => "1.23456", frameAnchor: "middle" }),
        ],
      },
    }],
  });
  assert.ok(svg.includes("0.123456 stays") && svg.includes(">1.23456<"));
  for (const [, value] of svg.matchAll(/ (?:d|x|y|x1|y1|width|height|transform)="([^"]*)"/g)) {
    assert.doesNotMatch(value!, /\.\d{3}/);
  }
});

Deno.test("figure() has a message in place of a broken axis", () => {
  const { svg } = draw({ body: "no pairs with 30 common days" });
  assert.ok(textBoxes(svg).some((box) => box.text === "no pairs with 30 common days"));
  assert.doesNotMatch(svg, /aria-label=/);
});

Deno.test("figure() refuses a plot with a warning", () => {
  const warn = console.warn;
  console.warn = () => {};
  try {
    assert.throws(
      () =>
        draw({
          body: [{
            left: 0,
            top: 0,
            width: 100,
            height: 100,
            // a diverging scale of three values is what Plot warns of
            plot: {
              color: { type: "diverging", domain: [-1, 0, 1] },
              marks: [Plot.dot([[1, 1]], { fill: "0" })],
            },
          }],
        }),
      {
        name: "Error",
        message: /^Cannot draw figure "test_figure" as Plot must have no warning: got /,
      },
    );
  } finally {
    console.warn = warn;
  }
});

Deno.test("figure() takes a warning sign in a label for a label", () => {
  const plot = { axis: null, marks: [Plot.text(["\u26a0\ufe0f risk"])] };
  assert.ok(
    draw({ body: [{ left: 0, top: 0, width: 100, height: 100, plot }] }).svg.includes("risk"),
  );
});

Deno.test("figure() refuses a name that is no file name", () => {
  assert.throws(() => draw({ name: "../x" }), {
    name: "RangeError",
    message: 'Cannot draw a figure as its name must be snake_case: got "../x"',
  });
});
