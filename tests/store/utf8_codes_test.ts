import assert from "node:assert/strict";
import fc from "fast-check";
import { stringColumn } from "lib/core/table.ts";
import { utf8Codes, type Utf8Run } from "lib/store/utf8_codes.ts";

function runOf(texts: readonly (string | null)[]): Utf8Run {
  const pieces = texts.map((text) => new TextEncoder().encode(text ?? ""));
  const offsets = new Int32Array(texts.length + 1);
  pieces.forEach((piece, i) => offsets[i + 1] = offsets[i]! + piece.length);
  const bytes = new Uint8Array(offsets[texts.length]!);
  pieces.forEach((piece, i) => bytes.set(piece, offsets[i]!));
  return { bytes, offsets, nRows: texts.length, isPresent: (i) => texts[i] !== null };
}

Deno.test("utf8Codes() equals stringColumn() on the joined runs", () => {
  const text = fc.option(fc.oneof(fc.constantFrom("", "a", "b", "\ufeffa"), fc.string()));
  fc.assert(
    fc.property(fc.array(fc.array(text)), (runs) => {
      const { codes, labels } = stringColumn(runs.flat());
      assert.deepEqual(utf8Codes(runs.map(runOf)), { codes, labels });
    }),
    { seed: 7 },
  );
});

Deno.test("utf8Codes() keeps thousands of distinct texts apart", () => {
  const texts = Array.from({ length: 20_000 }, (_, i) => `poly:${(i * 7919) % 10_007}`);
  const { codes, labels } = utf8Codes([runOf(texts)]);
  assert.equal(labels.length, 10_007);
  assert.deepEqual(Array.from(codes, (code) => labels[code]), texts);
});

Deno.test("utf8Codes() keeps texts of equal FNV-1a hash apart", () => {
  const texts = ["costarring", "liquid", "costarring", "declinate", "macallums", "liquid"];
  const { codes, labels } = utf8Codes([runOf(texts)]);
  assert.deepEqual(codes, Int32Array.of(0, 1, 0, 2, 3, 1));
  assert.deepEqual(labels, ["costarring", "liquid", "declinate", "macallums"]);
});
