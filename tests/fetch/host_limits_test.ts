import assert from "node:assert/strict";
import { hostLimits, hostsWith, pathLimitName } from "lib/fetch/host_limits.ts";
import { parseHosts } from "lib/fetch/hosts.ts";

const hosts = parseHosts({
  hosts: {
    data: {
      url: "https://data.example.org",
      requests: 320,
      per_seconds: 10,
      burst: 10,
      at_once: 16,
      timeout_seconds: 30,
      paths: {
        "/v2": { requests: 160, per_seconds: 10 },
        "/v2/trades": { requests: 2, per_seconds: 1 },
      },
      source: "a server of the tests",
    },
    kalshi: {
      url: "https://kalshi.example.org",
      requests: 40,
      per_seconds: 10,
      burst: 4,
      at_once: 4,
      timeout_seconds: 30,
      credentials: "kalshi",
      with_credentials: { requests: 160, per_seconds: 10 },
      source: "a server of the tests",
    },
  },
});

Deno.test("hostLimits() lists each host and its paths, a path's burst as much smaller as its rate", () => {
  assert.deepEqual(hostLimits(hosts, []), [
    { name: "data", requests: 320, perSeconds: 10, burst: 10 },
    { name: "data /v2/trades", requests: 2, perSeconds: 1, burst: 1 },
    { name: "data /v2", requests: 160, perSeconds: 10, burst: 5 },
    { name: "kalshi", requests: 40, perSeconds: 10, burst: 4 },
  ]);
});

Deno.test("hostLimits() allows more only where the environment holds that host's credentials", () => {
  const limit = { name: "kalshi", perSeconds: 10, burst: 4 };
  assert.deepEqual(hostLimits(hosts, ["fred"])[3], { ...limit, requests: 40 });
  assert.deepEqual(hostLimits(hosts, ["fred", "kalshi"])[3], { ...limit, requests: 160 });
});

Deno.test("hostsWith() has the rates at which an estimate must be reckoned", () => {
  assert.equal(hostsWith(hosts, [])["kalshi"]!.requests, 40);
  assert.equal(hostsWith(hosts, ["kalshi"])["kalshi"]!.requests, 160);
  assert.deepEqual(hostsWith(hosts, ["fred"])["kalshi"], hosts["kalshi"]);
});

Deno.test("pathLimitName() names the longest listed beginning of a path", () => {
  assert.equal(pathLimitName(hosts.data!, "/v2/trades?limit=1"), "data /v2/trades");
  assert.equal(pathLimitName(hosts.data!, "/v2/prices-history"), "data /v2");
  assert.equal(pathLimitName(hosts.data!, "/trades?a=/v2"), null);
});
