import assert from "node:assert/strict";
import { bodyText, MOST_BODY_BYTES, refusalOf } from "lib/desk/request_guard.ts";

const TOKEN = "a-token_of-the-desk-0123456789";
const DESK = { port: 4321, token: TOKEN };

/** A request as the desk's own page sends it, but for what is said. */
function ask(
  { method = "GET", path = "/", token = TOKEN, headers = {}, body }: {
    method?: string;
    path?: string;
    token?: string | null;
    headers?: Record<string, string>;
    body?: string;
  } = {},
): Request {
  const query = token === null ? "" : `?token=${token}`;
  return new Request(`http://127.0.0.1:4321${path}${query}`, {
    method,
    headers: { host: "127.0.0.1:4321", ...headers },
    ...body !== undefined && { body },
  });
}

function statusOf(request: Request): number | undefined {
  return refusalOf(request, DESK)?.status;
}

const POST = {
  method: "POST",
  path: "/api/decisions",
  headers: { origin: "http://127.0.0.1:4321", "content-type": "application/json" },
  body: "{}",
};

Deno.test("refusalOf() lets the desk's own page read and sign", () => {
  assert.equal(refusalOf(ask(), DESK), null);
  assert.equal(refusalOf(ask({ headers: { "sec-fetch-site": "none" } }), DESK), null);
  assert.equal(refusalOf(ask({ headers: { "sec-fetch-site": "same-origin" } }), DESK), null);
  assert.equal(
    refusalOf(ask({ token: null, headers: { authorization: `Bearer ${TOKEN}` } }), DESK),
    null,
  );
  assert.equal(refusalOf(ask({ method: "HEAD" }), DESK), null);
  assert.equal(refusalOf(ask(POST), DESK), null);
  const named = new Request("http://localhost:4321/?token=" + TOKEN, {
    headers: { host: "localhost:4321", origin: "http://localhost:4321" },
  });
  assert.equal(refusalOf(named, DESK), null);
});

Deno.test("refusalOf() needs the whole token, in one place", () => {
  const wrong = [
    "",
    "x",
    TOKEN.slice(1),
    TOKEN + "x",
    TOKEN.toUpperCase(),
    TOKEN.slice(0, -1) + "8",
  ];
  for (const token of [null, ...wrong]) assert.equal(statusOf(ask({ token })), 401, String(token));
  for (const authorization of [`Bearer x${TOKEN}`, TOKEN, `Basic ${TOKEN}`, "Bearer", "Bearer "]) {
    // a wrong header is not mended by an address
    assert.equal(statusOf(ask({ headers: { authorization } })), 401, authorization);
  }
});

Deno.test("refusalOf() refuses other hosts, which a name that resolves to loopback is", () => {
  const hosts = ["evil.example:4321", "127.0.0.1", "127.0.0.1:4322", "localhost", "0.0.0.0:4321"];
  for (const host of [...hosts, "[::1]:4321", "127.0.0.1:4321.evil.example", "LOCALHOST.:4321"]) {
    assert.equal(statusOf(ask({ headers: { host } })), 403, host);
  }
  assert.equal(refusalOf(new Request(`http://127.0.0.1:4321/?token=${TOKEN}`), DESK)?.status, 403);
  const absolute = new Request(`http://evil.example/?token=${TOKEN}`, {
    headers: { host: "127.0.0.1:4321" },
  });
  assert.equal(statusOf(absolute), 403);
});

Deno.test("refusalOf() refuses other origins and other sites, with the token too", () => {
  const origins = [
    "https://evil.example",
    "null",
    "http://127.0.0.1:4322",
    "https://127.0.0.1:4321",
  ];
  for (const origin of [...origins, "http://localhost:4321", "http://127.0.0.1:4321/"]) {
    assert.equal(statusOf(ask({ headers: { origin } })), 403, origin);
    assert.equal(statusOf(ask({ ...POST, headers: { ...POST.headers, origin } })), 403, origin);
  }
  for (const site of ["cross-site", "same-site", "other"]) {
    assert.equal(statusOf(ask({ headers: { "sec-fetch-site": site } })), 403, site);
  }
  // typed by a person: only to be read
  const typed = { ...POST.headers, "sec-fetch-site": "none" };
  assert.equal(statusOf(ask({ ...POST, headers: typed })), 403);
});

Deno.test("refusalOf() takes three methods", () => {
  for (const method of ["PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND"]) {
    assert.equal(statusOf(ask({ method })), 405, method);
  }
});

Deno.test("refusalOf() takes decisions as JSON from a page or a program, not from a form", () => {
  const { origin } = POST.headers;
  for (
    const type of ["text/plain", "application/x-www-form-urlencoded", "application/jsonp", "", "x"]
  ) {
    assert.equal(statusOf(ask({ ...POST, headers: { origin, "content-type": type } })), 415, type);
  }
  assert.equal(
    statusOf(
      ask({ ...POST, headers: { origin, "content-type": "application/json; charset=utf-8" } }),
    ),
    undefined,
  );
  const json = { "content-type": "application/json" };
  assert.equal(statusOf(ask({ ...POST, headers: json })), 403);
  const bearer = { ...json, authorization: `Bearer ${TOKEN}` };
  assert.equal(statusOf(ask({ ...POST, token: null, headers: bearer })), undefined);
});

Deno.test("refusalOf() says one sentence that repeats nothing of the request", () => {
  const asked = [
    ask({ token: "secret-guess" }),
    ask({ headers: { host: "secret-guess:4321" } }),
    ask({ headers: { origin: "http://secret-guess" } }),
    ask({ method: "PATCH", path: "/secret-guess" }),
    ask({ ...POST, headers: { ...POST.headers, "content-type": "secret-guess" } }),
  ];
  for (const request of asked) {
    const { reason } = refusalOf(request, DESK)!;
    assert.match(reason, /^[A-Z][^\n]*\.$/);
    assert.ok(!reason.includes("secret-guess"));
  }
});

Deno.test("refusalOf() refuses what says that it is too long", () => {
  const long = { ...POST.headers, "content-length": String(MOST_BODY_BYTES + 1) };
  assert.equal(statusOf(ask({ ...POST, headers: long })), 413);
});

Deno.test("bodyText() stops at the limit, whatever the length is said to be", async () => {
  let nGiven = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      ++nGiven;
      controller.enqueue(new Uint8Array(100_000));
    },
  }, { highWaterMark: 0 });
  const request = new Request("http://127.0.0.1:4321/", { method: "POST", body: endless });
  assert.deepEqual(await bodyText(request), {
    status: 413,
    reason: "A decision must be at most 1 MB.",
  });
  assert.equal(nGiven, 11);
  assert.equal(await bodyText(ask({ ...POST, body: '{"é":1}' })), '{"é":1}');
  assert.equal(await bodyText(ask()), "");
});
