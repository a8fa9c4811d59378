import { Resvg } from "@resvg/resvg-js";
import { fontFiles } from "./fonts.ts";

/**
 * An SVG drawn as PNG bytes with the shipped fonts only.
 *
 * @param svg One SVG document.
 * @param options.scale Pixels a user unit; 2 keeps small text sharp in print and on dense screens.
 * @throws {SyntaxError} If `svg` is not well-formed.
 */
export function svgToPng(svg: string, { scale = 2 } = {}): Uint8Array {
  try {
    return new Uint8Array(
      new Resvg(svg, {
        fitTo: { mode: "zoom", value: scale },
        font: { fontFiles: fontFiles(), loadSystemFonts: false, defaultFontFamily: "Inter" },
      }).render().asPng(),
    );
  } catch (cause) {
    throw new SyntaxError(
      `Cannot draw a picture as its SVG must be well-formed: got ${
        cause instanceof Error ? cause.message : cause
      }`,
      { cause },
    );
  }
}
