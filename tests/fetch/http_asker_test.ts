import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { readCredentials } from "lib/fetch/credentials.ts";
import { systemClock } from "lib/fetch/clock.ts";
import { hostLimits } from "lib/fetch/host_limits.ts";
import { httpAsker } from "lib/fetch/http_asker.ts";
import { heldMs, makeBuckets } from "lib/fetch/token_bucket.ts";
import { rawServer, whole } from "./raw_server.ts";
import { NO_CREDENTIALS, shortReply, START_MS, stubAsk, stubAsker, stubHost } from "./stub_host.ts";
import { tidyTest } from "./tidy.ts";

/** A server of Deno on a free port, and its address. */
function served(answer: (request: Request) => Response | Promise<Response>) {
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, answer);
  return { url: `http://127.0.0.1:${server.addr.port}`, [Symbol.asyncDispose]: server.shutdown };
}

tidyTest("httpAsker() gives the whole answer with its knowledge time", async () => {
  await using server = served(() => Response.json({ markets: [] }));
  const { ask } = stubAsker(stubHost(`${server.url}/api/v2`));
  const asked = stubAsk();
  assert.deepEqual(await ask(asked), {
    isAnswer: true,
    answer: {
      ask: asked,
      atMs: START_MS,
      status: 200,
      text: '{"markets":[]}',
      value: { markets: [] },
    },
  });
});

tidyTest("httpAsker() says what it wants, and who asks", async () => {
  const seen: unknown[] = [];
  await using server = served(async (request) => {
    const { pathname, search } = new URL(request.url);
    const names = ["accept", "accept-language", "content-type", "user-agent"];
    const headers = names.map((name) => request.headers.get(name));
    seen.push([request.method, pathname + search, await request.text(), ...headers]);
    return new Response("[1]");
  });
  const host = stubHost(`${server.url}/trade-api/v2`);
  await stubAsker(host).ask(stubAsk("/markets?limit=5&cursor=a%2Bb%3D"));
  await stubAsker(host).ask(stubAsk("/books", { body: '[{"token_id":"1"}]' }));
  await stubAsker({ ...host, userAgent: "Mozilla/5.0" }).ask(stubAsk("/a", { format: "csv" }));
  const json = "application/json";
  const csv = "text/csv, */*;q=0.5";
  const root = "/trade-api/v2";
  assert.deepEqual(seen, [
    ["GET", `${root}/markets?limit=5&cursor=a%2Bb%3D`, "", json, "en", null, "basketry/0.1"],
    ["POST", `${root}/books`, '[{"token_id":"1"}]', json, "en", json, "basketry/0.1"],
    ["GET", `${root}/a`, "", csv, "en", null, "Mozilla/5.0"],
  ]);
});

tidyTest("httpAsker() takes 404 for an answer without a value", async () => {
  await using server = served(() => new Response('{"error":"not found"}', { status: 404 }));
  const { ask, retries } = stubAsker(stubHost(server.url));
  assert.deepEqual(shortReply(await ask(stubAsk())), ["answer", 404, undefined]);
  assert.deepEqual(retries, []);
});

tidyTest("httpAsker() counts requests, retries and bytes of each host", async () => {
  let n = 0;
  await using server = served(() =>
    n++ === 0 ? new Response("four", { status: 500 }) : new Response("[10]")
  );
  const { ask, stats } = stubAsker(stubHost(server.url));
  assert.deepEqual(stats(), {});
  await ask(stubAsk("/a"));
  await ask(stubAsk("/b"));
  const { skewMs, ...counts } = stats().stub!;
  assert.deepEqual(counts, { requests: 3, retries: 1, bytes: 12 });
  assert.equal(typeof skewMs, "number");
});

tidyTest("httpAsker() sees how far the clock of a host is from ours", async () => {
  const behind = new Date(START_MS - 300_000).toUTCString();
  await using server = served(() => new Response("[]", { headers: { date: behind } }));
  const { ask, stats } = stubAsker(stubHost(server.url));
  await ask(stubAsk());
  assert.equal(stats().stub!.skewMs, -299_500);
  await using dateless = rawServer(whole(200, "[]"));
  const other = stubAsker(stubHost(dateless.url));
  await other.ask(stubAsk());
  assert.equal(other.stats().stub!.skewMs, undefined);
});

tidyTest(
  "httpAsker() holds everybody back as long as the host asks, by the host's clock",
  async () => {
    const dateMs = START_MS + 86_400_000;
    const date = `date: ${new Date(dateMs).toUTCString()}`;
    const again = `retry-after: ${new Date(dateMs + 20_000).toUTCString()}`;
    for (const [status, header] of [[429, "retry-after: 20"], [503, again]] as const) {
      const good = whole(200, "[]");
      await using server = rawServer(whole(status, "", [date, header]), good);
      const { ask, clock, buckets } = stubAsker(stubHost(server.url));
      const held: number[] = [];
      const asker = httpAsker({
        hosts: { stub: stubHost(server.url) },
        buckets,
        credentials: NO_CREDENTIALS,
        clock,
        random: () => 0.5,
        onRetry: ({ delayMs }) => held.push(delayMs, heldMs(buckets, 0, clock.nowMs())),
      });
      await asker.ask(stubAsk());
      assert.deepEqual(held, [20_000, 20_000]);
      assert.ok(clock.nowMs() >= START_MS + 20_000);
      await ask(stubAsk());
    }
  },
);

tidyTest("httpAsker() holds a host back a second at least where it asks for no time", async () => {
  await using server = rawServer(whole(200, '"Too Many Requests"'), whole(200, "[]"));
  const { ask, clock } = stubAsker(stubHost(server.url), { random: () => 0 });
  assert.deepEqual(shortReply(await ask(stubAsk())), ["answer", 200, []]);
  assert.deepEqual(clock.sleeps, [1000]);
});

tidyTest("httpAsker() sends who stood in line before a hold into a new line", async () => {
  const times: number[] = [];
  let n = 0;
  const host = stubHost("https://stub.example.org", { requests: 10, perSeconds: 1, burst: 1 });
  const { ask, clock } = stubAsker(host, {
    fetch: () => {
      times.push(clock.nowMs() - START_MS);
      const init = n++ === 0 ? { status: 429, headers: { "retry-after": "30" } } : {};
      return Promise.resolve(new Response("[]", init));
    },
  });
  await Promise.all([ask(stubAsk("/a")), ask(stubAsk("/b")), ask(stubAsk("/c"))]);
  assert.equal(times[0], 0);
  assert.equal(times.length, 4);
  for (const time of times.slice(1)) assert.ok(time >= 30_000, String(times));
});

tidyTest(
  "httpAsker() answers every ask after a storm of refusals, within the limit of the host",
  async () => {
    const times: number[] = [];
    const host = stubHost("https://stub.example.org", { requests: 50, perSeconds: 1, burst: 5 });
    const { ask, clock, stats } = stubAsker(host, {
      // refuses all for 3 seconds, later one in seven
      fetch: () => {
        times.push(clock.nowMs() - START_MS);
        const isRefused = times.at(-1)! < 3000 || times.length % 7 === 0;
        return Promise.resolve(new Response("[]", { status: isRefused ? 429 : 200 }));
      },
    });
    const asks = Array.from({ length: 200 }, (_, i) => ask(stubAsk(`/${i}`)));
    const replies = await Promise.all(asks);
    assert.deepEqual(replies.filter(({ isAnswer }) => !isAnswer), []);
    assert.equal(stats().stub!.requests, times.length);
    assert.equal(stats().stub!.retries, times.length - 200);
    assert.ok(times.filter((time) => time < 3000).length < 40, "a storm of our own");
    times.forEach((time, i) => {
      const nLater = times.slice(i).filter((other) => other - time < 1000).length;
      assert.ok(nLater <= 56, `${nLater} requests in a second`);
    });
  },
);

tidyTest(
  "httpAsker() keeps the limits of path and host, and no more under way than allowed",
  async () => {
    const times: Record<string, number[]> = { narrow: [], all: [] };
    let underWay = 0, most = 0;
    await using server = served(async (request) => {
      most = Math.max(most, ++underWay);
      const now = performance.now();
      times.all!.push(now);
      if (request.url.includes("/narrow")) times.narrow!.push(now);
      await new Promise((resolve) => setTimeout(resolve, 30));
      --underWay;
      return new Response("[]");
    });
    const narrow = { prefix: "/narrow", requests: 10, perSeconds: 1 };
    const host = stubHost(server.url, {
      requests: 40,
      perSeconds: 1,
      burst: 3,
      atOnce: 3,
      paths: [narrow],
    });
    const hosts = { stub: host };
    const { ask } = httpAsker({
      hosts,
      buckets: makeBuckets(hostLimits(hosts, [])),
      credentials: NO_CREDENTIALS,
      clock: systemClock(),
      random: () => 0.5,
    });
    const paths = [...Array(12).fill("/wide"), ...Array(6).fill("/narrow?x=1")];
    await Promise.all(paths.map((path) => ask(stubAsk(path))));
    const spanMs = (seen: number[]) => seen.at(-1)! - seen[0]!;
    assert.equal(most, 3);
    assert.equal(times.narrow!.length, 6);
    // arrivals lie as far apart as places, but for what a timer is late
    assert.ok(spanMs(times.narrow!) >= 5 * 100 - 30, `${spanMs(times.narrow!)} ms for the path`);
    assert.ok(spanMs(times.all!) >= 15 * 25 - 30, `${spanMs(times.all!)} ms for the host`);
  },
);

tidyTest(
  "httpAsker() stops at once wherever an ask is: in line, in its answer, between tries",
  async () => {
    await using server = rawServer(async (send, gone) => {
      await send("HTTP/1.1 200 X\r\ncontent-length: 4096\r\n\r\n[");
      await gone;
    });
    const stop = new AbortController();
    const { ask, stats } = stubAsker(stubHost(server.url, { atOnce: 1 }), { signal: stop.signal });
    const asks = [ask(stubAsk("/a")), ask(stubAsk("/b"))];
    while (server.heads.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    const stoppedMs = performance.now();
    stop.abort();
    const replies = (await Promise.all(asks)).map(shortReply);
    const reasons = replies.map(([kind, , reason]) => [kind, reason]);
    assert.deepEqual(reasons, [["passing", "stopped"], ["passing", "stopped"]]);
    assert.deepEqual(shortReply(await ask(stubAsk("/c"))), ["passing", null, "stopped"]);
    assert.equal(stats().stub!.requests, 1);
    assert.ok(performance.now() - stoppedMs < 2000, "it waited for the host's timeout");

    await using busy = rawServer(whole(503, ""));
    const later = new AbortController();
    const between = stubAsker(stubHost(busy.url), {
      signal: later.signal,
      clock: systemClock(),
      onRetry: () => setTimeout(() => later.abort(), 5),
      random: () => 0.999,
    });
    assert.deepEqual(shortReply(await between.ask(stubAsk())), ["passing", null, "stopped"]);
    assert.equal(busy.heads.length, 1);
  },
);

tidyTest("httpAsker() leaves nothing on the signal that would stop it", async () => {
  await using server = rawServer(whole(503, ""), whole(200, "[]"));
  const { signal } = new AbortController();
  const open = new Set<unknown>();
  signal.addEventListener = (_: string, listener: unknown) => void open.add(listener);
  signal.removeEventListener = (_: string, listener: unknown) => void open.delete(listener);
  const host = stubHost(server.url, { requests: 100, perSeconds: 1, burst: 1, atOnce: 1 });
  const { ask } = stubAsker(host, { signal });
  await Promise.all([ask(stubAsk("/a")), ask(stubAsk("/b")), ask(stubAsk("/c"))]);
  assert.equal(open.size, 0);
});

tidyTest("httpAsker() says when the run may not reach a host, and does not try again", async () => {
  const { ask, stats } = stubAsker(stubHost("https://stub.example.org"), {
    fetch: () => Promise.reject(new Deno.errors.NotCapable("Requires net access to https://x")),
  });
  const reason = "this run may not reach the host: --allow-net does not list it";
  assert.deepEqual(shortReply(await ask(stubAsk())), ["final", null, reason]);
  assert.equal(stats().stub!.requests, 1);
});

tidyTest("httpAsker() lets no secret into failures, answers, errors or asks", async () => {
  const pem = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey
    .export({ type: "pkcs1", format: "pem" }).toString();
  const values = new Map([
    ["FRED_API_KEY", "fred+key+of+tests"],
    ["KALSHI_API_KEY_ID", "id-of-the-tests"],
    ["KALSHI_PRIVATE_KEY", pem],
  ]);
  const credentials = readCredentials((name) => values.get(name));
  // repeats all that it was sent, and so that the cut of a citation falls into the key
  const echo = (status: number) => (request: Request) => {
    const key = request.headers.get("kalshi-access-key") ?? new URL(request.url).search.slice(1);
    const sent = JSON.stringify([request.url, ...request.headers]).replaceAll('"', " ");
    const text = `"${"x".repeat(180)} ${key} ${sent} ${pem.replaceAll("\n", "\\n")}"`;
    return new Response(text, { status });
  };
  for (const name of ["fred", "kalshi"] as const) {
    for (const status of [200, 400, 404, 503]) {
      await using server = served(echo(status));
      const host = stubHost(server.url, { credentials: name });
      const { ask, retries } = stubAsker(host, { credentials });
      const shown = JSON.stringify([await ask(stubAsk("/a?b=1")), retries]);
      assert.ok(shown.includes("***"), `${name} ${status} was sent nothing`);
      for (const secret of credentials.readSecrets()) assert.ok(!shown.includes(secret));
      assert.doesNotMatch(shown, /fred|id-of/);
    }
  }
  const thrown = stubAsker(stubHost("https://stub.example.org", { credentials: "fred" }), {
    credentials,
    fetch: (url) => {
      const told = `client error (Connect): ${url} fred+key+of+tests`;
      const cause = new Error(`error sending request for url (${url}): ${told}`);
      return Promise.reject(new TypeError("fetch failed", { cause }));
    },
  });
  const [, , reason] = shortReply(await thrown.ask(stubAsk("/a?b=1")));
  assert.equal(reason, "the connection failed: client error (Connect): the address *** (6 tries)");
});

tidyTest(
  "httpAsker() refuses to ask a host that is not listed or a path that leads out of it",
  async () => {
    const { ask } = stubAsker(stubHost("https://stub.example.org/trade-api/v2"));
    await assert.rejects(ask(stubAsk("/a", { host: "toString" })), {
      name: "RangeError",
      message: 'Cannot ask a host as it must be listed in hosts.yaml: got "toString"',
    });
    for (const path of ["/../v1", "x", "/%2e%2e/%2e%2e/a", "/a#b", "/\\..\\..\\b"]) {
      await assert.rejects(ask(stubAsk(path)), {
        name: "RangeError",
        message: `Cannot ask stub as a path must lead to a place below its address: got "${path}"`,
      });
    }
    const root = stubAsker(stubHost("https://stub.example.org"));
    for (const path of ["@example.org/a", ".example.org/a", ":8443/a"]) {
      await assert.rejects(root.ask(stubAsk(path)), { name: "RangeError" });
    }
  },
);
