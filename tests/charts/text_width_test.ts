import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import fc from "fast-check";
import { fontFiles } from "lib/charts/fonts.ts";
import { type FontWeight, textWidth } from "lib/charts/text_width.ts";

/** Advance width of a character in em, read from the font file's own tables. */
async function advances(path: string): Promise<(character: string) => number | undefined> {
  const font = Buffer.from(await Deno.readFile(path));
  const tables = new Map(
    Array.from({ length: font.readUInt16BE(4) }, (_, i) => {
      const at = 12 + 16 * i;
      return [font.toString("latin1", at, at + 4), font.readUInt32BE(at + 8)] as const;
    }),
  );
  const cmap = tables.get("cmap")!, hmtx = tables.get("hmtx")!;
  const unitsPerEm = font.readUInt16BE(tables.get("head")! + 18);
  const nMetrics = font.readUInt16BE(tables.get("hhea")! + 34);
  const glyphs = new Map<number, number>();
  for (let i = 0; i < font.readUInt16BE(cmap + 2); ++i) {
    const table = cmap + font.readUInt32BE(cmap + 4 + 8 * i + 4);
    if (font.readUInt16BE(table) !== 12) continue;
    for (let g = 0; g < font.readUInt32BE(table + 12); ++g) {
      const at = table + 16 + 12 * g;
      const first = font.readUInt32BE(at), last = font.readUInt32BE(at + 4);
      for (let c = first; c <= last; ++c) glyphs.set(c, font.readUInt32BE(at + 8) + c - first);
    }
  }
  return (character) => {
    const glyph = glyphs.get(character.codePointAt(0)!);
    if (glyph === undefined) return undefined;
    return font.readUInt16BE(hmtx + 4 * Math.min(glyph, nMetrics - 1)) / unitsPerEm;
  };
}

for (const [i, weight] of ([400, 600] as FontWeight[]).entries()) {
  Deno.test(`textWidth() is the font's own width for ASCII and never below it, weight ${weight}`, async () => {
    const advance = await advances(fontFiles()[i]!);
    for (let code = 32; code < 127; ++code) {
      const character = String.fromCharCode(code), width = textWidth(character, 1, weight);
      if (/\d/.test(character)) assert.ok(width >= advance(character)!, character);
      else assert.ok(Math.abs(width - advance(character)!) < 1e-12, character);
    }
    let nOthers = 0;
    // the signs of our own texts are below U+2265, every common script below U+0530
    for (let code = 0xa0; code <= 0x2265; code = code === 0x52f ? 0x2010 : code + 1) {
      const character = String.fromCharCode(code), width = advance(character);
      if (width === undefined || "‱₯⃝⃞ⅧⅦⅫ".includes(character)) continue;
      ++nOthers;
      assert.ok(textWidth(character, 1, weight) >= width, character);
    }
    assert.ok(nOthers > 900);
  });
}

Deno.test("textWidth() grows with the text and is proportional to its size", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (a, b) => {
      assert.ok(Math.abs(textWidth(a + b, 10) - textWidth(a, 10) - textWidth(b, 10)) < 1e-9);
      assert.ok(Math.abs(textWidth(a, 20) - 2 * textWidth(a, 10)) < 1e-9);
    }),
    { seed: 7 },
  );
});
