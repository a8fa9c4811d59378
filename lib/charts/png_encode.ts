import { crc32, deflateSync } from "node:zlib";

/** A picture of few colours. */
export interface IndexedImage {
  readonly width: number;
  readonly height: number;
  /** Colour of each pixel as its place in the palette, row by row. */
  readonly pixels: Uint8Array;
  /** At most 256 colours #rrggbb; "none" is transparent. */
  readonly palette: readonly string[];
}

const SIGNATURE = Uint8Array.of(137, 80, 78, 71, 13, 10, 26, 10);

/**
 * A picture as the bytes of a PNG file with a palette.
 *
 * One byte a pixel and no filter: neighbouring cells of a heat map are hardly alike, so that
 * filters would only hide their repetition from the compressor.
 *
 * Source: W3C, "Portable Network Graphics specification", second edition.
 *
 * @throws {RangeError} If the sizes do not agree, the picture is empty, the palette is too
 * long, or a pixel is none of its colours.
 * @throws {SyntaxError} If a colour is not of the form #rrggbb.
 */
export function pngEncode({ width, height, pixels, palette }: IndexedImage): Uint8Array {
  if (!(width >= 1 && height >= 1 && pixels.length === width * height)) {
    throw new RangeError(
      `Cannot encode a picture as it must have ${width} × ${height} pixels: got ${pixels.length}`,
    );
  }
  if (!(palette.length >= 1 && palette.length <= 256)) {
    throw new RangeError(
      `Cannot encode a picture as its palette must have 1 to 256 colours: got ${palette.length}`,
    );
  }
  const most = pixels.reduce((most, pixel) => Math.max(most, pixel), 0);
  if (most >= palette.length) {
    throw new RangeError(
      `Cannot encode a picture as each pixel must be one of its ${palette.length} colours: got ${most}`,
    );
  }
  const header = new DataView(new ArrayBuffer(13));
  header.setUint32(0, width);
  header.setUint32(4, height);
  header.setUint8(8, 8); // bits a pixel
  header.setUint8(9, 3); // colours by palette
  const rows = new Uint8Array(height * (width + 1));
  for (let y = 0; y < height; ++y) {
    rows.set(pixels.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  }
  return joined([
    SIGNATURE,
    chunk("IHDR", new Uint8Array(header.buffer)),
    chunk("PLTE", Uint8Array.from(palette.flatMap(channels))),
    chunk("tRNS", Uint8Array.from(palette, (colour) => colour === "none" ? 0 : 255)),
    chunk("IDAT", new Uint8Array(deflateSync(rows, { level: 9 }))),
    chunk("IEND", new Uint8Array(0)),
  ]);
}

function channels(colour: string): number[] {
  if (colour === "none") return [255, 255, 255];
  if (!/^#[0-9a-f]{6}$/i.test(colour)) {
    throw new SyntaxError(
      `Cannot read a colour as it must be of the form #rrggbb: got "${colour}"`,
    );
  }
  return [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const body = joined([new TextEncoder().encode(type), data]);
  const ends = new DataView(new ArrayBuffer(8));
  ends.setUint32(0, data.length);
  ends.setUint32(4, crc32(body));
  return joined([
    new Uint8Array(ends.buffer, 0, 4),
    body,
    new Uint8Array(ends.buffer, 4, 4),
  ]);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
