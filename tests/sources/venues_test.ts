import assert from "node:assert/strict";
import { parseFactorList } from "lib/core/factor_list.ts";
import { parseIngestSettings } from "lib/core/ingest_settings.ts";
import { parseProviders } from "lib/sources/benchmarks/providers.ts";
import { allVenues, parseVenueNames, readByVenue, readersHash } from "lib/sources/venues.ts";
import { readYaml } from "lib/store/yaml.ts";

const parts = {
  settings: parseIngestSettings(await readYaml("config/ingest.yaml")),
  providers: parseProviders(await readYaml("config/providers.yaml")),
  factorList: parseFactorList(await readYaml("config/factors.yaml")),
};

function missing(host: string) {
  const path = "/graph/fredgraph.csv?id=GONE&cosd=2026-11-18&coed=2026-11-19";
  const ask = { host, path, body: null, kind: "fred_csv", subject: "GONE", edition: "" };
  return { ask: { ...ask, format: "json" as const }, atMs: 0, status: 404, text: "", value: {} };
}

Deno.test("readByVenue() reads what was stored with a key of FRED without one, and the other way round", () => {
  for (const hasFredKey of [true, false]) {
    const read = readByVenue(allVenues({ ...parts, hasFredKey }));
    for (const host of ["fred", "fred_api", "yahoo"]) {
      assert.equal(read(missing(host)).oddities.length, 1, host);
    }
  }
});

Deno.test("readByVenue() refuses an answer of a host that no venue asks", () => {
  const read = readByVenue(allVenues({ ...parts, hasFredKey: false }));
  assert.throws(
    () => read(missing("dome")),
    new RangeError(
      'Cannot read a stored answer as its host must be one of a venue: got "dome"',
    ),
  );
});

Deno.test("parseVenueNames() takes all, names with commas, and no others", () => {
  assert.deepEqual(parseVenueNames("all"), ["polymarket", "kalshi", "benchmarks"]);
  assert.deepEqual(parseVenueNames("kalshi, polymarket"), ["kalshi", "polymarket"]);
  assert.throws(
    () => parseVenueNames("kalshi,"),
    new RangeError(
      'Cannot pull as --venue must be polymarket, kalshi, benchmarks or all: got ""',
    ),
  );
});

Deno.test("readersHash() is the same for the same program", async () => {
  assert.match(await readersHash(), /^[0-9a-f]{64}$/);
  assert.equal(await readersHash(), await readersHash());
});
