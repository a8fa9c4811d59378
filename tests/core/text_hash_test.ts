import assert from "node:assert/strict";
import { textHash } from "lib/core/text_hash.ts";

Deno.test("textHash() gives eight letters and digits that stay the same", () => {
  // pinned: ids in written files rest on it
  assert.equal(textHash(""), "0niqpwdk");
  assert.equal(textHash("US strikes Iran"), "gep15rgo");
  for (const text of ["", "a", "Ω", "x".repeat(5000)]) {
    assert.match(textHash(text), /^[0-9a-z]{8}$/);
  }
});

Deno.test("textHash() tells 200,000 similar texts apart", () => {
  const hashes = new Set<string>();
  for (let i = 0; i < 200_000; ++i) hashes.add(textHash(`Points O/U ${i / 2}`));
  assert.equal(hashes.size, 200_000);
});
