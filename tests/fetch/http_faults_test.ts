import assert from "node:assert/strict";
import type { Ask } from "lib/fetch/ask.ts";
import { type RawReply, rawServer, whole } from "./raw_server.ts";
import { shortReply, stubAsk, stubAsker, stubHost } from "./stub_host.ts";
import { tidyTest } from "./tidy.ts";

const good = whole(200, '{"ok":true}');

/** What becomes of an ask to a server that answers so, and why it was asked again. */
async function faced(
  replies: readonly RawReply[],
  { ask = stubAsk(), timeoutSeconds = 10, maxBytes }: {
    ask?: Ask;
    timeoutSeconds?: number;
    maxBytes?: number;
  } = {},
) {
  await using server = rawServer(...replies);
  const asker = stubAsker(stubHost(server.url, { timeoutSeconds }), { maxBytes });
  const reply = shortReply(await asker.ask(ask));
  return {
    reply,
    retries: asker.retries,
    nRequests: server.heads.length,
    sleeps: asker.clock.sleeps,
  };
}

const head = (lines: string) => `HTTP/1.1 200 X\r\n${lines}\r\n\r\n`;

async function gzipped(text: string): Promise<Uint8Array> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

const compressed: (bytes: Uint8Array) => RawReply = (bytes) => async (send) => {
  await send(
    head(`content-encoding: gzip\r\ncontent-length: ${bytes.length}\r\nconnection: close`),
  );
  await send(bytes);
};

const passing: [string, RawReply, RegExp][] = [
  ["a connection closed without a word", () => Promise.resolve(), /^the connection failed: /],
  ["words that are not HTTP", (send) => send("hello\r\n\r\n"), /^the connection failed: /],
  [
    "a body shorter than promised",
    (send) => send(head("content-length: 4096") + '{"ok":'),
    /^the answer ended after 6 of 4,096 bytes$/,
  ],
  [
    "a body cut between its pieces",
    (send) => send(head("transfer-encoding: chunked") + '6\r\n{"ok":\r\n'),
    /^the answer ended after 6 bytes$/,
  ],
  [
    "a compressed body that is cut",
    compressed((await gzipped('{"ok":true}')).slice(0, 20)),
    /^the answer ended after \d+ bytes$/,
  ],
  ["JSON that is cut", whole(200, '{"ok":'), /is no JSON: "\{"ok":"$/],
  ["a page in place of JSON", whole(200, "<html>Sorry</html>"), /is no JSON: "<html>Sorry/],
  ["nothing", whole(200, ""), /^the answer is empty$/],
  ["500", whole(500, "oops"), /^the host answered with status 500: "oops"$/],
  ["502", whole(502, ""), /^the host answered with status 502$/],
  ["503", whole(503, ""), /^the host answered with status 503$/],
  ["504", whole(504, ""), /^the host answered with status 504$/],
  ["408", whole(408, ""), /^the host answered with status 408$/],
  ["429", whole(429, '{"error":"too many requests"}'), /^the host answered with status 429: /],
  [
    "too many requests with status 200",
    whole(200, '{"error":"Too Many Requests"}'),
    /^the host answered with status 200 and an error: "\{"error":"Too Many Requests"\}"$/,
  ],
  [
    "an error whose body is cut",
    (send) => send("HTTP/1.1 503 X\r\ncontent-length: 100\r\n\r\nbusy"),
    /^the host answered with status 503$/,
  ],
];

for (const [what, reply, reason] of passing) {
  tidyTest(`httpAsker() asks again after ${what}`, async () => {
    const { reply: got, retries, nRequests } = await faced([reply, reply, good]);
    assert.deepEqual(got, ["answer", 200, { ok: true }]);
    assert.equal(nRequests, 3);
    assert.equal(retries.length, 2);
    for (const retry of retries) assert.match(retry, reason);
  });
}

tidyTest("httpAsker() gives up after six tries, with what the last one said", async () => {
  const refused = await faced([whole(503, "busy")]);
  assert.deepEqual(refused.reply, [
    "passing",
    503,
    'the host answered with status 503: "busy" (6 tries)',
  ]);
  assert.equal(refused.nRequests, 6);
  assert.deepEqual(refused.sleeps, [500, 1000, 2000, 4000, 8000]);
  const cut = await faced([whole(200, "{")]);
  const reason = 'the answer of 1 characters is no JSON: "{" (6 tries)';
  assert.deepEqual(cut.reply, ["passing", 200, reason]);
});

tidyTest("httpAsker() says that nobody listens", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr as Deno.NetAddr;
  listener.close();
  const { ask, retries } = stubAsker(stubHost(`http://127.0.0.1:${port}`));
  const [kind, status, reason] = shortReply(await ask(stubAsk("/a?b=secret")));
  assert.deepEqual([kind, status, retries.length], ["passing", null, 5]);
  assert.match(String(reason), /^the connection failed: .*refused.* \(6 tries\)$/i);
  assert.ok(!String(reason).includes("secret"));
});

tidyTest(
  "httpAsker() leaves a host that stalls before, and one that drips within its answer",
  async () => {
    const stall: RawReply = (_, gone) => gone;
    const drip: RawReply = async (send, gone) => {
      await send(head("content-length: 4096"));
      let isGone = false;
      gone.then(() => isGone = true);
      while (!isGone) {
        await send("[");
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    };
    const { reply, retries } = await faced([stall, drip, good], { timeoutSeconds: 0.25 });
    assert.deepEqual(reply, ["answer", 200, { ok: true }]);
    assert.equal(retries[0], "no whole answer within 0.25 seconds, 0 bytes came");
    assert.match(retries[1]!, /^no whole answer within 0\.25 seconds, \d+ bytes came$/);
    assert.doesNotMatch(retries[1]!, / 0 bytes/);
  },
);

tidyTest(
  "httpAsker() refuses an answer that is too long, also where it unfolds, and asks no more",
  async () => {
    const long = await faced([whole(200, `[${"1,".repeat(600)}1]`)], { maxBytes: 1000 });
    assert.deepEqual(long.reply, ["final", 200, "the answer is longer than 1,000 bytes"]);
    const bomb = compressed(await gzipped("[".repeat(5_000_000)));
    const unfolded = await faced([bomb], { maxBytes: 1_000_000 });
    assert.deepEqual(unfolded.reply, ["final", 200, "the answer is longer than 1,000,000 bytes"]);
    assert.equal(unfolded.nRequests, 1);
    const just = await faced([good], { maxBytes: 11 });
    assert.deepEqual(just.reply, ["answer", 200, { ok: true }]);
  },
);

tidyTest("httpAsker() follows nobody to another address", async () => {
  await using other = rawServer(good);
  const { reply, nRequests } = await faced([whole(302, "", [`location: ${other.url}/x`])]);
  assert.deepEqual(reply, ["final", 302, "the host sent us to another address with status 302"]);
  assert.equal(nRequests, 1);
  assert.equal(other.heads.length, 0);
});

tidyTest("httpAsker() asks once where the host refuses", async () => {
  for (const status of [400, 401, 403, 410, 422]) {
    const { reply, nRequests } = await faced([whole(status, "no")]);
    const reason = `the host answered with status ${status}: "no"`;
    assert.deepEqual([reply, nRequests], [["final", status, reason], 1]);
  }
});

tidyTest(
  "httpAsker() asks again for a CSV that is a page or empty, and takes one that is compressed",
  async () => {
    const csv = compressed(await gzipped("observation_date,DGS10\n2024-01-02,3.95\n"));
    const { reply, retries } = await faced(
      [whole(200, " <!DOCTYPE html>"), whole(200, "\n"), csv],
      { ask: stubAsk("/graph/fredgraph.csv?id=DGS10", { format: "csv" }) },
    );
    assert.deepEqual(reply, ["answer", 200, undefined]);
    assert.deepEqual(retries, [
      'the answer is a page, not a CSV: "<!DOCTYPE html>"',
      "the answer is empty",
    ]);
  },
);

tidyTest("httpAsker() keeps a page whose text has broken bytes", async () => {
  const bytes = Uint8Array.from([...new TextEncoder().encode('{"a":"x'), 0xff, 0x22, 0x7d]);
  const { reply } = await faced([async (send) => {
    await send(head(`content-length: ${bytes.length}`));
    await send(bytes);
  }]);
  assert.deepEqual(reply, ["answer", 200, { a: "x\ufffd" }]);
});
