import assert from "node:assert/strict";
import fc from "fast-check";
import { readBody } from "lib/fetch/read_body.ts";

/** A response whose body comes in these pieces. */
function inPieces(pieces: readonly Uint8Array[], headers: Record<string, string> = {}) {
  const seen = { isCancelled: false };
  const queue = [...pieces];
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull(controller) {
      const next = queue.shift();
      if (next === undefined) controller.close();
      else controller.enqueue(Uint8Array.from(next));
    },
    cancel() {
      seen.isCancelled = true;
    },
  }, { highWaterMark: 0 });
  return { response: new Response(body, { headers }), seen, queue };
}

const bytes = (text: string) => new TextEncoder().encode(text);

Deno.test("readBody() gives the same text wherever the pieces are cut", async () => {
  const text = '{"title":"Zürich – 90 °F 🎲"}';
  const all = bytes(text);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(all.length), { maxLength: 6 }), async (cuts) => {
      const ends = [0, ...cuts.toSorted((a, b) => a - b), all.length];
      const pieces = ends.slice(1).map((end, i) => all.subarray(ends[i], end));
      const { response } = inPieces(pieces, { "content-length": String(all.length) });
      assert.deepEqual(await readBody(response, 1000), { isWhole: true, text, nBytes: all.length });
    }),
    { seed: 8 },
  );
});

Deno.test("readBody() reads no body as empty and drops a mark of byte order", async () => {
  const none = await readBody(new Response(null, { status: 204 }), 10);
  assert.deepEqual(none, { isWhole: true, text: "", nBytes: 0 });
  const marked = await readBody(new Response("\ufeff[]"), 10);
  assert.deepEqual(marked, { isWhole: true, text: "[]", nBytes: 5 });
});

Deno.test("readBody() counts what came against what was promised, but not where it was compressed", async () => {
  const promised = (headers: Record<string, string>) =>
    readBody(inPieces([bytes("[1]")], headers).response, 10);
  const reason = "the answer ended after 3 of 1,234 bytes";
  assert.deepEqual(await promised({ "content-length": "1234" }), {
    isWhole: false,
    reason,
    nBytes: 3,
    isPassing: true,
  });
  const compressed = { "content-length": "1234", "content-encoding": "gzip" };
  for (const headers of [compressed, { "content-length": "x" }, { "content-length": "3" }]) {
    assert.equal((await promised(headers)).isWhole, true);
  }
});

Deno.test("readBody() stops reading a body that is too long, and lets go of it", async () => {
  const { response, seen, queue } = inPieces(Array(100).fill(bytes("12345")));
  assert.deepEqual(await readBody(response, 12), {
    isWhole: false,
    reason: "the answer is longer than 12 bytes",
    nBytes: 15,
    isPassing: false,
  });
  assert.equal(seen.isCancelled, true);
  assert.ok(queue.length >= 96, `${queue.length} pieces left`);
});
