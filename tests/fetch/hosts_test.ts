import assert from "node:assert/strict";
import { parse } from "yaml";
import { allowedHosts, parseHosts } from "lib/fetch/hosts.ts";

const committed = () =>
  parse(Deno.readTextFileSync(new URL("../../config/hosts.yaml", import.meta.url)));

const one = (host: Record<string, unknown> = {}) => ({
  hosts: {
    stub: {
      url: "http://127.0.0.1:8080/api",
      requests: 40,
      per_seconds: 10,
      burst: 4,
      at_once: 2,
      timeout_seconds: 30,
      source: "a server of the tests",
      ...host,
    },
  },
});

Deno.test("parseHosts() reads the committed hosts", () => {
  const hosts = parseHosts(committed());
  assert.deepEqual(Object.keys(hosts), [
    "gamma",
    "clob",
    "data",
    "kalshi",
    "yahoo",
    "fred",
    "fred_api",
  ]);
  assert.equal(hosts.kalshi!.url, "https://external-api.kalshi.com/trade-api/v2");
  assert.equal(hosts.kalshi!.credentials, "kalshi");
  assert.deepEqual(hosts.kalshi!.withCredentials, { requests: 160, perSeconds: 10 });
  assert.match(hosts.yahoo!.userAgent!, /^Mozilla/);
  assert.deepEqual(hosts.data!.paths, [
    { prefix: "/v2/prices-history", requests: 160, perSeconds: 10 },
    { prefix: "/v2/trades", requests: 40, perSeconds: 10 },
  ]);
});

Deno.test("parseHosts() says null for what a host does not have", () => {
  assert.deepEqual(parseHosts(one()), {
    stub: {
      name: "stub",
      url: "http://127.0.0.1:8080/api",
      requests: 40,
      perSeconds: 10,
      burst: 4,
      atOnce: 2,
      timeoutSeconds: 30,
      paths: [],
      credentials: null,
      withCredentials: null,
      userAgent: null,
      source: "a server of the tests",
    },
  });
});

Deno.test("parseHosts() puts longer beginnings of paths first", () => {
  const rate = { requests: 1, per_seconds: 10 };
  const { stub } = parseHosts(one({ paths: { "/b": rate, "/b/c/d": rate, "/a": rate } }));
  assert.deepEqual(stub!.paths.map(({ prefix }) => prefix), ["/b/c/d", "/a", "/b"]);
});

Deno.test("allowedHosts() names every host once, sorted", () => {
  assert.deepEqual(allowedHosts(parseHosts(committed())), [
    "api.stlouisfed.org",
    "clob.polymarket.com",
    "data-api.polymarket.com",
    "external-api.kalshi.com",
    "fred.stlouisfed.org",
    "gamma-api.polymarket.com",
    "query1.finance.yahoo.com",
  ]);
  assert.deepEqual(allowedHosts(parseHosts(one())), ["127.0.0.1:8080"]);
});

Deno.test("parseHosts() refuses addresses that are not plain, https, and without a slash at the end", () => {
  const refused = [
    "http://example.org",
    "http://127.0.0.1.example.org",
    "https://example.org/",
    "https://example.org/api/",
    "https://user:password@example.org",
    "https://example.org?a=1",
    "https://example.org#a",
    "https://EXAMPLE.org",
    "https://example.org/../a",
    "file:///etc/passwd",
    "example.org",
  ];
  for (const url of refused) {
    assert.throws(() => parseHosts(one({ url })), {
      name: "SyntaxError",
      message: "Cannot read the hosts as each must have its address, limits and source: got " +
        "hosts.stub.url: must be a plain https address without a slash at its end, or http of " +
        "127.0.0.1",
    }, url);
  }
  const kept = [
    "https://example.org",
    "http://localhost:1",
    "https://example.org:8443/trade-api/v2",
  ];
  for (const url of kept) assert.equal(parseHosts(one({ url })).stub!.url, url);
});

Deno.test("parseHosts() tells every fault: missing, unknown, out of range", () => {
  const wide = { "/a": { requests: 41, per_seconds: 10 } };
  const faults: [Record<string, unknown>, RegExp][] = [
    [{ requests: undefined }, /hosts\.stub\.requests: /],
    [{ per_second: 10 }, /hosts\.stub: Unrecognized key: "per_second"/],
    [{ requests: 0 }, /hosts\.stub\.requests: Too small/],
    [{ burst: 1.5 }, /hosts\.stub\.burst: /],
    [{ at_once: 0 }, /hosts\.stub\.at_once: /],
    [{ timeout_seconds: 0 }, /hosts\.stub\.timeout_seconds: /],
    [{ credentials: "dome" }, /hosts\.stub\.credentials: /],
    [{ user_agent: "a\r\nb" }, /hosts\.stub\.user_agent: /],
    [{ source: "" }, /hosts\.stub\.source: /],
    [{ paths: { "a": { requests: 1, per_seconds: 1 } } }, /hosts\.stub\.paths\.a: /],
    [{ paths: wide }, /hosts\.stub\.paths\.\/a: must not allow more than the host does/],
    [
      { with_credentials: { requests: 1, per_seconds: 1 } },
      /hosts\.stub\.with_credentials: must not be there for a host without credentials/,
    ],
  ];
  for (const [change, message] of faults) {
    assert.throws(() => parseHosts(one(change)), (error: Error) => {
      return error instanceof SyntaxError && message.test(error.message);
    }, String(message));
  }
  assert.throws(
    () => parseHosts(one({ burst: 0, source: "short" })),
    /hosts\.stub\.burst: .*; hosts\.stub\.source: /,
  );
  assert.throws(() => parseHosts(null), /got the file: /);
});
