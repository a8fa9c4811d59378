import assert from "node:assert/strict";
import fc from "fast-check";
import type { GroupingKey } from "lib/decide/grouping.ts";
import { type GroupInputs, groupsAt } from "lib/decide/groups_at.ts";
import { heldSideReader } from "lib/decide/held_side.ts";
import { themesAt } from "lib/decide/themes_at.ts";
import { dataSetFixture, type MarketFixture } from "../fixtures/data_set.ts";
import {
  decisionInputs,
  GROUPINGS,
  HAND_LABELS,
  LAST_DAY,
  otherwiseQuoted,
  plantedData,
  plantedMarkets,
  readableGroups,
  RULES,
  SETTINGS,
  TAXONOMY,
} from "./made_decision.ts";
import { madeBenchmarks } from "./made_factors.ts";
import { madeWitnesses, twoClusters } from "./made_witnesses.ts";

function inputsOf(made: ReturnType<typeof madeWitnesses>): GroupInputs {
  const themesOf = themesAt(made, { ...made, handLabels: HAND_LABELS, settings: SETTINGS });
  const heldSide = heldSideReader(RULES);
  const sides = made.markets.map((market, k) => heldSide(market, themesOf.words[k]!));
  const factors = {
    cluster: Int32Array.from(sides, (_, k) => k === 0 ? -1 : k % 2),
    sides,
    clusters: ["+SPY", "−GLD"].map((name, c) => ({ id: `factor_${c}`, name, nContracts: 2 })),
  };
  return { ...made, themesOf, factors, themes: TAXONOMY.themes, heldSide };
}

/** `id: 0 yes, 2 no` for each group. */
function lines(key: GroupingKey, inputs: GroupInputs): string[] {
  return groupsAt(key, inputs).map(({ id, members }) =>
    `${id}: ${members.map(({ contract, side }) => `${contract} ${side}`).join(", ")}`
  );
}

const CRYPTO = "crypto_digital", FED = "fed_monetary_policy";
const SMALL = inputsOf(madeWitnesses([
  { marketId: "poly:0", question: "Will the Fed cut rates in May?", words: FED, cluster: 1 },
  { marketId: "poly:1", question: "Will Bitcoin fall below $50k?", words: CRYPTO, cluster: 0 },
  { marketId: "poly:2", question: "Lakers in the NBA Finals?", words: "sports", cluster: 0 },
  { marketId: "poly:3", question: "Will Bitcoin hit $150k?", outcome: "No", words: CRYPTO },
  { marketId: "poly:4", question: "Will Qwzx frobnicate?", outcome: "No" },
], [{}, {}]));

Deno.test("groupsAt() groups by the theme of words, without excluded themes and contracts of none", () => {
  assert.deepEqual(lines("words", SMALL), [`${CRYPTO}: 1 no, 3 no`, `${FED}: 0 no`]);
  assert.deepEqual(
    groupsAt("words", SMALL).map(({ name }) => name),
    ["Crypto & Digital Assets", "Federal Reserve & Monetary Policy"],
  );
  assert.deepEqual(lines("reconciled", SMALL), lines("words", SMALL));
});

Deno.test("groupsAt() groups by hand with the side of that theme", () => {
  assert.deepEqual(lines("hand", SMALL), [`${CRYPTO}: 1 no, 3 no`, `${FED}: 0 no`]);
  const other = {
    ...SMALL,
    themesOf: { ...SMALL.themesOf, hand: [null, FED, "other", null, null] },
  };
  // falling prices are not words of the Fed, so the affirmative side is held
  assert.deepEqual(lines("hand", other), [`${FED}: 1 yes`]);
});

Deno.test("groupsAt() groups by cluster with its sides, excluded themes too", () => {
  assert.deepEqual(lines("clusters", SMALL), ["cluster_01: 1 no, 2 yes", "cluster_02: 0 yes"]);
  assert.deepEqual(groupsAt("clusters", SMALL).map(({ name }) => name), [
    "words of 0",
    "words of 1",
  ]);
});

Deno.test("groupsAt() groups by loadings with the side of the words' theme, excluded themes too", () => {
  assert.deepEqual(lines("factors", SMALL), ["factor_0: 2 yes, 4 no", "factor_1: 1 no, 3 no"]);
  assert.deepEqual(groupsAt("factors", SMALL).map(({ name }) => name), ["+SPY", "−GLD"]);
});

Deno.test("groupsAt() puts everything into one group on the side of the words' theme", () => {
  assert.deepEqual(lines("everything", SMALL), ["all: 0 no, 1 no, 2 yes, 3 no, 4 no"]);
});

Deno.test("groupsAt() groups by the reconciled theme where prices overrule words", () => {
  const inputs = inputsOf(twoClusters());
  const sizes = (key: GroupingKey) =>
    groupsAt(key, inputs).map(({ id, members }) => [id, members.length]);
  assert.deepEqual(sizes("words"), [[CRYPTO, 9], [FED, 10]]);
  assert.deepEqual(sizes("reconciled"), [[CRYPTO, 10], [FED, 10]]);
  assert.deepEqual(sizes("clusters"), [["cluster_01", 10], ["cluster_02", 10]]);
});

Deno.test("groupsAt() of no contract and of three has no cluster and breaks nothing", () => {
  for (const data of [dataSetFixture({}), plantedData([3], { loading: 0.9, seed: 7 })]) {
    const inputs = decisionInputs(data, LAST_DAY);
    const nHeld = data.markets.length;
    assert.equal(inputs.holdables.length, nHeld);
    for (const key of GROUPINGS) {
      const groups = groupsAt(key, inputs);
      assert.equal(groups.length, key === "everything" && nHeld > 0 ? 1 : 0, key);
    }
  }
});

Deno.test("groupsAt() holds each contract once a grouping, groups by id and members by contract", () => {
  const inputs = decisionInputs(THEMED, LAST_DAY);
  for (const key of GROUPINGS) {
    const groups = groupsAt(key, inputs);
    const ids = groups.map(({ id }) => id);
    assert.deepEqual(ids, [...new Set(ids)].sort(), key);
    const all = groups.flatMap(({ members }) => members.map(({ contract }) => contract));
    assert.equal(new Set(all).size, all.length, key);
    for (const { members } of groups) {
      const own = members.map(({ contract }) => contract);
      assert.ok(own.length > 0);
      assert.deepEqual(own, own.toSorted((a, b) => a - b), key);
    }
  }
});

const SUBJECTS = [
  (k: number) => `Will Bitcoin ${k % 2 === 0 ? "hit" : "fall below"} $${k + 1}00k?`,
  (k: number) => `Will the Fed ${k % 2 === 0 ? "hike" : "cut"} rates at its meeting number ${k}?`,
  (k: number) => `Will Russia capture city number ${k} of Ukraine?`,
  (k: number) => `Will the Lakers win NBA game number ${k}?`,
];
const THEMED_MARKETS = plantedMarkets([14, 12, 10, 6], {
  ...{ loading: 0.9, seed: 11 },
  text: (c, k): MarketFixture => ({
    ...{ question: SUBJECTS[c]!(k), eventId: `event ${c} ${k}`, eventSlug: `slug-${c}-q${k}` },
    outcome: "Yes",
  }),
});
const BENCHMARKS = madeBenchmarks(11), THEMED = dataSetFixture(THEMED_MARKETS, BENCHMARKS);

Deno.test("groupsAt() changes nothing but the words yes and no where the other outcome is quoted", () => {
  const plain = readableGroups(decisionInputs(THEMED, LAST_DAY));
  const sizes = GROUPINGS.map((key) => Object.keys(plain[key]!).length);
  assert.ok(sizes.every((n, k) => GROUPINGS[k] === "everything" ? n === 1 : n >= 3), sizes.join());
  const ids = Object.keys(THEMED_MARKETS).sort();
  fc.assert(
    fc.property(fc.array(fc.boolean(), { minLength: 42, maxLength: 42 }), (isTurned) => {
      const turned = new Set(ids.filter((_, k) => isTurned[k]));
      const data = dataSetFixture(
        Object.fromEntries(
          ids.map((id) => {
            const own = THEMED_MARKETS[id]!;
            return [id, turned.has(id) ? otherwiseQuoted(own) : own];
          }),
        ),
        BENCHMARKS,
      );
      const renamed = JSON.parse(JSON.stringify(plain), (_, value) => {
        if (typeof value !== "string") return value;
        const [id, side] = value.split(" ");
        return turned.has(id!) ? `${id} ${side === "yes" ? "no" : "yes"}` : value;
      });
      assert.deepEqual(readableGroups(decisionInputs(data, LAST_DAY)), renamed);
    }),
    { seed: 7, numRuns: 6 },
  );
});

Deno.test("groupsAt() refuses a theme that the taxonomy does not have", () => {
  const inputs = { ...SMALL, themes: TAXONOMY.themes.filter(({ id }) => id !== FED) };
  assert.throws(() => groupsAt("words", inputs), {
    name: "RangeError",
    message:
      'Cannot group "poly:0" as its theme must be of the taxonomy: got "fed_monetary_policy"',
  });
});
