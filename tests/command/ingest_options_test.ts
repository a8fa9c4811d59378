import assert from "node:assert/strict";
import { parseIngestOptions } from "lib/command/ingest_options.ts";
import { allowedHosts, parseHosts } from "lib/fetch/hosts.ts";
import { inProject } from "lib/store/project_root.ts";
import { readYaml } from "lib/store/yaml.ts";

Deno.test("parseIngestOptions() without options pulls everything into data", () => {
  assert.deepEqual(parseIngestOptions([]), {
    venues: ["polymarket", "kalshi", "benchmarks"],
    sinceMs: null,
    untilMs: null,
    out: inProject("data"),
    share: 1,
    maxRequests: Infinity,
    hostsFile: null,
    stooq: null,
    isReplay: false,
    isPlanOnly: false,
  });
});

Deno.test("parseIngestOptions() counts the day of --until in", () => {
  const options = parseIngestOptions(
    "--venue kalshi,benchmarks --since 2026-01-01 --until 2026-01-31 --share 0.05 --max-requests 7 --plan"
      .split(" "),
  );
  assert.deepEqual(options.venues, ["kalshi", "benchmarks"]);
  assert.equal(options.sinceMs, Date.UTC(2026, 0, 1));
  assert.equal(options.untilMs, Date.UTC(2026, 1, 1));
  assert.equal(options.share, 0.05);
  assert.equal(options.maxRequests, 7);
  assert.equal(options.isPlanOnly, true);
});

Deno.test("parseIngestOptions() says what is wrong with an option", () => {
  const faults: [string, string][] = [
    ["--out=", "Cannot pull as --out must name a folder: got an empty text"],
    [
      "--since yesterday",
      'Cannot pull as --since must be a day such as 2026-01-31: got "yesterday"',
    ],
    [
      "--since 2026-02-01 --until 2026-01-01",
      "Cannot pull as --since must not be after --until: got 2026-02-01 and 2026-01-01",
    ],
    ["--share 0", 'Cannot pull as --share must be above 0 and at most 1: got "0"'],
    ["--share 5%", 'Cannot pull as --share must be above 0 and at most 1: got "5%"'],
    ["--max-requests -1", ""],
    ["--max-requests 0", 'Cannot pull as --max-requests must be a whole number above 0: got "0"'],
    [
      "--replay --plan",
      "Cannot pull as --replay asks nobody and so has no plan: got --replay and --plan",
    ],
    [
      "--venue nyse",
      'Cannot pull as --venue must be polymarket, kalshi, benchmarks or all: got "nyse"',
    ],
  ];
  for (const [args, message] of faults) {
    assert.throws(
      () => parseIngestOptions(args.split(" ")),
      message === "" ? TypeError : { message },
    );
  }
  assert.throws(() => parseIngestOptions(["--venue", "dome"]), /2026-04-28/);
});

Deno.test("deno task ingest may talk to the hosts of config/hosts.yaml and to nobody else", async () => {
  const hosts = allowedHosts(parseHosts(await readYaml(inProject("config/hosts.yaml"))));
  const { tasks } = JSON.parse(await Deno.readTextFile(inProject("deno.json")));
  const allowed = /--allow-net=(\S+)/.exec(tasks.ingest.command)![1]!.split(",");
  assert.deepEqual(allowed.sort(), [...hosts, "127.0.0.1"].sort());
});
