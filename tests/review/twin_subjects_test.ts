import assert from "node:assert/strict";
import type { Market } from "lib/core/data_set.ts";
import { parseSettings } from "lib/core/settings.ts";
import { twinSubjects } from "lib/review/twin_subjects.ts";
import { readYaml } from "lib/store/yaml.ts";
import { parseAliases } from "lib/taxonomy/parse_aliases.ts";
import { type TwinPair, twinPairs, withRejectedTwins } from "lib/taxonomy/twins.ts";
import { dataSetFixture } from "../fixtures/data_set.ts";

const { universe } = parseSettings(await readYaml("config/settings.yaml"));
// few titles make rare words common
const settings = {
  ...universe,
  twin_title_similarity: { ...universe.twin_title_similarity, value: 0.15 },
};
const aliases = parseAliases(await readYaml("config/aliases.yaml"));
const YEAR_END = Date.parse("2025-12-31T23:00:00Z");
const OWN = "Will Bitcoin hit $150k by December 31?";
const OTHER = "When will Bitcoin hit $150k? — Before January 2026";
const { markets: MARKETS } = dataSetFixture({
  "kalshi:B": { question: OTHER, description: "Rules of Kalshi.", closesAtMs: YEAR_END },
  "poly:a": { question: OWN, description: "Rules.", closesAtMs: YEAR_END },
});

function pairs(markets: readonly Market[]): TwinPair[] {
  return twinPairs(markets, { settings, aliases });
}

Deno.test("twinSubjects() waits for a person where the pair is accepted", () => {
  const [pair] = pairs(MARKETS);
  assert.equal(pair?.accepted, true);
  const [subject] = twinSubjects([pair!], MARKETS);
  assert.deepEqual({ ...subject, seen: "" }, {
    ...{ kind: "twin", id: "kalshi:B | poly:a", isRequired: true, seen: "" },
    title: `${OWN} | ${OTHER}`,
  });
  const rejected = withRejectedTwins([pair!], new Set(["kalshi:B | poly:a"]));
  const [other] = twinSubjects(rejected, MARKETS);
  assert.equal(other!.isRequired, false);
  assert.notEqual(other!.seen, subject!.seen);
});

Deno.test("twinSubjects() does not change with what else is listed, although the similarity does", () => {
  const more = dataSetFixture(Object.fromEntries(
    Array.from({ length: 40 }, (_, k) => [
      `poly:z${k}`,
      { question: `When will the House vote on act ${k}?` },
    ]),
  )).markets;
  const [alone] = pairs(MARKETS), among = pairs([...MARKETS, ...more]);
  const same = among.find(({ accepted }) => accepted)!;
  assert.ok(Math.abs(same.similarity - alone!.similarity) > 0.001);
  const [seen] = twinSubjects([alone!], MARKETS);
  assert.deepEqual(twinSubjects([same], [...MARKETS, ...more]), [seen]);
  assert.deepEqual(twinSubjects([{ ...alone!, similarity: 1 }], MARKETS), [seen]);
});

Deno.test("twinSubjects() sees both contracts and the evidence", () => {
  const [pair] = pairs(MARKETS);
  const changes: readonly (readonly [Partial<TwinPair>, Partial<Market>])[] = [
    [{}, {}],
    [{}, { description: "Other rules." }],
    [{}, { question: "Will it?" }],
    [{}, { outcome: "No" }],
    [{}, { closesAtMs: YEAR_END + 1 }],
    [{ deadline: "unknown | unknown" }, {}],
    [{ numbers: "3" }, {}],
    [{ reason: "the scheduled ends" }, {}],
    [{ daysApart: null }, {}],
  ];
  const seen = changes.flatMap(([evidence, own]) =>
    MARKETS.map((_, turned) =>
      twinSubjects(
        [{ ...pair!, ...evidence }],
        MARKETS.map((market, j) => j === turned ? { ...market, ...own } : market),
      )[0]!.seen
    )
  );
  // a change of evidence is the same for both contracts
  assert.equal(new Set(seen).size, 1 + 4 * 2 + 4);
});

Deno.test("twinSubjects() refuses a pair of other markets", () => {
  assert.throws(() => twinSubjects(pairs(MARKETS), MARKETS.slice(1)), {
    name: "RangeError",
    message: 'Cannot ask about twins as each contract must be one of 1 markets: got "kalshi:B"',
  });
});
