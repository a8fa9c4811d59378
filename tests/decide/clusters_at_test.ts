import assert from "node:assert/strict";
import fc from "fast-check";
import { dayEndMs } from "lib/core/day.ts";
import { type ClustersAt, clustersAt } from "lib/decide/clusters_at.ts";
import { asOf } from "lib/universe/as_of.ts";
import { dataSetFixture, type MarketFixture } from "../fixtures/data_set.ts";
import {
  LAST_DAY,
  madeHoldables,
  otherwiseQuoted,
  plantedMarkets,
  SETTINGS,
  wordsAt,
} from "./made_decision.ts";

const SIZES = [10, 8, 8, 7, 6, 6, 5, 5, 5];
const WORDS = "Anchor Birch Copper Dune Ember Falcon Granite Harbor Ivory".split(" ");
const text = (c: number, k: number): MarketFixture => ({
  question: `${WORDS[c]} ${"bcdfghjklmn"[k]}?`,
  eventId: `event ${c} ${k}`,
});
const PLANTED = plantedMarkets(SIZES, { loading: 0.9, seed: 7, text });
const OPTIONS = { settings: SETTINGS, tick: 0.01, seed: 7, day: LAST_DAY };

function found(
  markets: Record<string, MarketFixture>,
  { order = (list) => list, ...options }: Partial<typeof OPTIONS> & {
    order?: <T>(list: T[]) => T[];
  } = {},
): ClustersAt & { ids: string[] } {
  const day = options.day ?? LAST_DAY;
  const view = asOf(dataSetFixture(markets), dayEndMs(day));
  const holdables = order(madeHoldables(view, wordsAt(view).tree, day));
  const ids = holdables.map(({ marketId }) => marketId);
  return { ...clustersAt(view, holdables, { ...OPTIONS, ...options, day }), ids };
}

/** `poly:1 cluster_01 yes` for each contract, by market id. */
function places({ ids, cluster, sides, clusters }: ReturnType<typeof found>): string[] {
  return ids.map((id, k) => `${id} ${clusters[cluster[k]!]?.id} ${sides[k]}`).sort();
}

const WHOLE = found(PLANTED);

Deno.test("clustersAt() finds planted clusters with their number, names and evidence", () => {
  assert.deepEqual(WHOLE.clusters.map(({ id }) => id), SIZES.map((_, c) => `cluster_0${c + 1}`));
  assert.deepEqual(WHOLE.clusters.map(({ nContracts }) => nContracts), SIZES);
  assert.equal(WHOLE.clusters[0]!.name, "Anchor");
  assert.deepEqual(WHOLE.clusters.map(({ name }) => name).sort(), WORDS);
  for (const { stability, pValue } of WHOLE.clusters) {
    assert.ok(stability > 0.95, `${stability}`);
    assert.equal(pValue, 1 / 40);
  }
  WHOLE.ids.forEach((id, k) => {
    const { question } = PLANTED[id]!;
    assert.ok(question!.includes(WHOLE.clusters[WHOLE.cluster[k]!]!.name));
  });
});

Deno.test("clustersAt() holds most contracts of a cluster on their affirmative side", () => {
  WHOLE.clusters.forEach((_, c) => {
    const own = WHOLE.sides.filter((_, k) => WHOLE.cluster[k] === c);
    const nYes = own.filter((side) => side === "yes").length;
    assert.ok(2 * nYes >= own.length, `${nYes} of ${own.length}`);
    const isFirstYes = own[0] === "yes";
    assert.ok(2 * nYes > own.length || isFirstYes);
  });
  assert.ok(WHOLE.sides.includes("no"));
});

Deno.test("clustersAt() turns the side of a contract that is quoted by its other outcome, and nothing else", () => {
  const ids = Object.keys(PLANTED).sort();
  fc.assert(
    fc.property(fc.array(fc.boolean(), { minLength: 60, maxLength: 60 }), (isTurned) => {
      const turned = new Set(ids.filter((_, k) => isTurned[k]));
      const other = found(Object.fromEntries(
        ids.map((id) => [id, turned.has(id) ? otherwiseQuoted(PLANTED[id]!) : PLANTED[id]!]),
      ));
      assert.deepEqual(other.cluster, WHOLE.cluster);
      assert.deepEqual(other.clusters, WHOLE.clusters);
      other.sides.forEach((side, k) => {
        assert.equal(side !== WHOLE.sides[k], turned.has(ids[k]!), ids[k]!);
      });
    }),
    { seed: 7, numRuns: 6 },
  );
});

Deno.test("clustersAt() gives the first contract its affirmative side where as many are against it", () => {
  // four clusters of six, each with three contracts that move against the other three
  const steps = plantedMarkets([6, 6, 6, 6], { loading: 1, seed: 3 });
  const ids = Object.keys(steps).sort();
  const byCluster = new Map<string, string[]>();
  for (const id of ids) byCluster.set(id.at(-2)!, [...byCluster.get(id.at(-2)!) ?? [], id]);
  const markets = Object.fromEntries([...byCluster.values()].flatMap((own) => {
    const { closes } = steps[own[0]!]!;
    return own.map((id, k) => {
      const plain = { ...steps[id], outcome: "Yes", closes };
      return [id, k % 2 === 0 ? plain : { ...otherwiseQuoted(plain), outcome: "Yes" }];
    });
  }));
  const { cluster, sides, ids: sorted } = found(markets);
  for (const own of byCluster.values()) {
    own.forEach((id, k) => {
      const at = sorted.indexOf(id);
      assert.equal(sides[at], k % 2 === 0 ? "yes" : "no");
      assert.equal(cluster[at], cluster[sorted.indexOf(own[0]!)]);
    });
  }
});

Deno.test("clustersAt() answers by contract in whichever order they are given", () => {
  const reversed = found(PLANTED, { order: (list) => list.toReversed() });
  assert.deepEqual(reversed.ids, WHOLE.ids.toReversed());
  assert.deepEqual(places(reversed), places(WHOLE));
  assert.deepEqual(reversed.clusters, WHOLE.clusters);
});

Deno.test("clustersAt() looks at no day after the decision and at none before its window", () => {
  const day = LAST_DAY - 20;
  const early = found(PLANTED, { day });
  const edited = (keep: (date: string) => boolean) =>
    Object.fromEntries(
      Object.entries(PLANTED).map(([id, market]) => [id, {
        ...market,
        closes: Object.fromEntries(
          Object.entries(market.closes!)
            .map(([date, close]) => [date, keep(date) ? close : (close * 7919) % 1]),
        ),
      }]),
    );
  const poisoned = found(edited((date) => date <= "2025-04-10"), { day });
  assert.deepEqual(places(poisoned), places(early));
  assert.deepEqual(poisoned.clusters, early.clusters);
  const renewed = found(edited((date) => date >= "2025-01-11"), { day });
  assert.deepEqual(places(renewed), places(early));
  const inside = found(edited((date) => date >= "2025-03-01"), { day });
  assert.notDeepEqual(inside.clusters, early.clusters);
});

Deno.test("clustersAt() says that clusters of contracts that follow nothing are noise", () => {
  const markets = plantedMarkets(SIZES, { loading: 0, seed: 5, text });
  const { clusters } = found(markets);
  assert.ok(clusters.length >= 8);
  assert.ok(clusters.every(({ stability }) => stability < 0.75));
  assert.ok(clusters.every(({ pValue }) => !(pValue <= 0.05)));
});

Deno.test("clustersAt() finds none among fewer than ten contracts that prices can place", () => {
  for (const sizes of [[], [3], [9]]) {
    const few = found(plantedMarkets(sizes, { loading: 0.9, seed: 7, text }));
    assert.deepEqual(few.clusters, []);
    assert.ok(few.cluster.every((c) => c === -1));
    assert.ok(few.sides.every((side) => side === null));
    assert.equal(few.cluster.length, sizes[0] ?? 0);
  }
  // young contracts may be held, yet have too few prices
  assert.deepEqual(found(PLANTED, { day: LAST_DAY - 60 }).clusters, []);
  assert.equal(found(PLANTED, { day: LAST_DAY - 60 }).cluster.length, 60);
});

Deno.test("clustersAt() leaves out contracts that stand still", () => {
  const closes = Object.fromEntries(
    Object.keys(PLANTED[WHOLE.ids[0]!]!.closes!).map((date) => [date, 0.5]),
  );
  const still = { question: "Will it ever move?", closes, createdAtMs: 0 };
  const more = found({ ...PLANTED, "poly:0still": still });
  const at = more.ids.indexOf("poly:0still");
  assert.equal(more.cluster[at], -1);
  assert.equal(more.sides[at], null);
  assert.deepEqual(places(more).filter((one) => !one.startsWith("poly:0still")), places(WHOLE));
  assert.deepEqual(more.clusters, WHOLE.clusters);
});

Deno.test("clustersAt() takes every method that the settings allow", () => {
  const { backtest } = SETTINGS;
  for (const value of ["average", "k_means", "ward_cleaned", "louvain"] as const) {
    const settings = {
      ...SETTINGS,
      backtest: { ...backtest, cluster_method: { ...backtest.cluster_method, value } },
    };
    const { clusters, cluster, ids } = found(PLANTED, { settings });
    // Louvain finds its own number and may join clusters, but splits none
    if (value !== "louvain") {
      assert.deepEqual(clusters.map(({ nContracts }) => nContracts), SIZES, value);
      assert.ok(clusters.every(({ stability }) => stability > 0.8), value);
    }
    const pairs = new Set(
      ids.map((id, k) => `${PLANTED[id]!.question!.split(" ")[0]} ${cluster[k]}`),
    );
    assert.equal(pairs.size, SIZES.length, value);
    assert.ok(clusters.length >= 2, value);
    assert.ok(clusters.every(({ stability }) => stability > 0 && stability <= 1), value);
  }
});
