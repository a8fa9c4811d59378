import assert from "node:assert/strict";
import fc from "fast-check";
import { pairAt, type PairMatrix, pairMatrix, selectPairs } from "lib/core/pair_matrix.ts";
import { randomStream, shuffled } from "lib/core/random.ts";
import { heatMapImage, heatMapRaster } from "lib/charts/heat_map_raster.ts";
import { divergingColour } from "lib/charts/palette.ts";
import { svgToPng } from "lib/charts/png.ts";
import { pngEncode } from "lib/charts/png_encode.ts";
import { pngPixels } from "./png_pixels.ts";

/** A picture as an SVG shows it, one pixel a unit, on green. */
function shown(href: string, size: number) {
  return pngPixels(svgToPng(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}"><rect width="${size}" height="${size}" fill="#00ff00"/><image href="${href}" width="${size}" height="${size}" image-rendering="optimizeSpeed"/></svg>`,
    { scale: 1 },
  ));
}

function colourAt({ width, pixels }: ReturnType<typeof pngPixels>, x: number, y: number): string {
  const at = 4 * (y * width + x);
  return "#" +
    Array.from(pixels.subarray(at, at + 3), (c) => c.toString(16).padStart(2, "0")).join("");
}

function randomMatrix(n: number, seed: number): PairMatrix {
  const random = randomStream(seed, "rho");
  const rho = pairMatrix(Array.from({ length: n }, (_, i) => `i${i}`));
  for (let at = 0; at < rho.values.length; ++at) {
    rho.values[at] = random() < 0.2 ? NaN : 2 * random() - 1;
  }
  return rho;
}

Deno.test("pngEncode() is read back pixel by pixel by the PNG writer's own reader", () => {
  const png = pngEncode({
    width: 3,
    height: 2,
    pixels: Uint8Array.of(0, 1, 2, 2, 1, 3),
    palette: ["#ff0000", "#0000ff", "none", "#123abc"],
  });
  const href = `data:image/png;base64,${png.toBase64()}`;
  const { pixels } = pngPixels(svgToPng(
    `<svg xmlns="http://www.w3.org/2000/svg" width="3" height="2"><image href="${href}" width="3" height="2" image-rendering="optimizeSpeed"/></svg>`,
    { scale: 1 },
  ));
  // deno-fmt-ignore
  assert.deepEqual(Array.from(pixels), [
    255, 0, 0, 255,   0, 0, 255, 255,   0, 0, 0, 0,
    0, 0, 0, 0,       0, 0, 255, 255,   0x12, 0x3a, 0xbc, 255,
  ]);
});

Deno.test("pngEncode() refuses pictures that are none", () => {
  const image = { width: 1, height: 1, pixels: Uint8Array.of(0), palette: ["#000000"] };
  assert.throws(() => pngEncode({ ...image, width: 2 }), {
    name: "RangeError",
    message: "Cannot encode a picture as it must have 2 × 1 pixels: got 1",
  });
  assert.throws(() => pngEncode({ ...image, palette: [] }), {
    name: "RangeError",
    message: "Cannot encode a picture as its palette must have 1 to 256 colours: got 0",
  });
  assert.throws(() => pngEncode({ ...image, palette: ["red"] }), {
    name: "SyntaxError",
    message: 'Cannot read a colour as it must be of the form #rrggbb: got "red"',
  });
  assert.throws(() => pngEncode({ ...image, pixels: Uint8Array.of(1) }), {
    name: "RangeError",
    message: "Cannot encode a picture as each pixel must be one of its 1 colours: got 1",
  });
});

Deno.test("heatMapRaster() holds each pair twice and 1 on the diagonal", () => {
  const rho = randomMatrix(7, 1), order = [3, 1, 6, 0, 2, 5, 4];
  const { side, perCell, values } = heatMapRaster(rho, order, 400);
  assert.deepEqual([side, perCell], [7, 1]);
  for (let i = 0; i < 7; ++i) {
    for (let j = 0; j < 7; ++j) {
      assert.equal(values[i * 7 + j], i === j ? 1 : pairAt(rho, order[i]!, order[j]!));
    }
  }
});

Deno.test("heatMapRaster() gathers neighbours into means of their known pairs", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 30 }),
      fc.integer({ min: 1, max: 9 }),
      fc.nat(1e6),
      (n, maxSide, seed) => {
        const rho = randomMatrix(n, seed);
        const order = shuffled(rho.ids.map((_, i) => i), randomStream(seed, "order"));
        const { side, perCell, values } = heatMapRaster(rho, order, maxSide);
        assert.ok(side <= maxSide && side * perCell >= n && (side - 1) * perCell < n);
        for (let i = 0; i < side; ++i) {
          for (let j = 0; j < side; ++j) {
            const rows = order.slice(i * perCell, (i + 1) * perCell);
            const columns = order.slice(j * perCell, (j + 1) * perCell);
            const known = rows.flatMap((a) =>
              columns.filter((b) => a !== b).map((b) => pairAt(rho, a, b))
            ).filter((r) => !Number.isNaN(r));
            const mean = rows.length === 1 && i === j
              ? 1
              : known.reduce((sum, r) => sum + r, 0) / known.length;
            const got = values[i * side + j]!;
            if (Number.isNaN(mean)) assert.ok(Number.isNaN(got));
            else assert.ok(Math.abs(got - mean) < 1e-12, `${got} and ${mean}`);
          }
        }
      },
    ),
    { seed: 7, numRuns: 100 },
  );
});

Deno.test("heatMapRaster() does not depend on how the items are numbered", () => {
  const rho = randomMatrix(11, 5), order = [4, 8, 0, 10, 2, 6, 1, 9, 3, 7, 5];
  const renumbered = selectPairs(rho, order);
  assert.deepEqual(
    heatMapRaster(renumbered, order.map((_, i) => i), 400),
    heatMapRaster(rho, order, 400),
  );
});

Deno.test("heatMapImage() shows each value in its colour and nothing where it is unknown", () => {
  const values = Float64Array.of(1, -1, NaN, 0.5, 0, -0.5, NaN, 0.05, 1.7);
  const image = shown(heatMapImage({ side: 3, perCell: 1, values }, 30), 30);
  const want = [1, -1, NaN, 0.5, 0, -0.5, NaN, 0.05, 1]
    .map((r) => Number.isNaN(r) ? "#00ff00" : divergingColour(r));
  for (let y = 0; y < 30; ++y) {
    for (let x = 0; x < 30; ++x) {
      assert.equal(colourAt(image, x, y), want[3 * Math.floor(y / 10) + Math.floor(x / 10)]);
    }
  }
});
