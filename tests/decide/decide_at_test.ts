import assert from "node:assert/strict";
import { poisonedAfter } from "lib/backtest/future_poison.ts";
import { eligibility } from "lib/baskets/eligibility.ts";
import type { DataSet } from "lib/core/data_set.ts";
import { dayEndMs } from "lib/core/day.ts";
import { randomStream } from "lib/core/random.ts";
import { type DatedDecisions, decideAt, eligibleTwins } from "lib/decide/decide_at.ts";
import { decideDates } from "lib/decide/decide_dates.ts";
import { decideTools } from "lib/decide/decide_tools.ts";
import { METHODS, SLEEVE } from "lib/decide/method_list.ts";
import { plantedView, PLANTS } from "lib/decide/planted_view.ts";
import { basketCandidates, reconsidered } from "lib/decide/reconsidered.ts";
import { reordered } from "lib/sources/local/reordered.ts";
import { asOf } from "lib/universe/as_of.ts";
import { FEW } from "./analysed.ts";
import { configWith, decisionDays, simulated } from "./replayed.ts";

const { data: DATA } = simulated("default", "full", 7);
const CONFIG = configWith(FEW), TOOLS = decideTools(CONFIG), { settings: SETTINGS } = CONFIG;
const ALL_DAYS = decisionDays(DATA, 1);
const DAYS = [ALL_DAYS[8]!, ALL_DAYS[16]!];
const DECISIONS = decided(DATA);

function decided(data: DataSet, days = DAYS): DatedDecisions[] {
  return decideDates(data, days, { config: CONFIG, tools: TOOLS });
}

Deno.test("decideAt() decides something for every method, by the methods in their order", () => {
  for (const { methods, offered, nUnanswered, day } of DECISIONS) {
    assert.deepEqual(methods.map(({ method }) => method), METHODS.map(({ key }) => key));
    assert.ok(methods.every(({ baskets }) => baskets.length > 0));
    for (const { baskets } of methods) {
      for (const { decidedOn } of baskets) assert.equal(decidedOn, day);
    }
    assert.ok(offered.length > 50);
    assert.equal(nUnanswered, 0);
  }
});

Deno.test("decideAt() is the same to the last bit where all later data is dropped, or is garbage", () => {
  DAYS.forEach((day, k) => {
    const random = randomStream(3, `poison ${day}`);
    for (const cut of [asOf(DATA, dayEndMs(day)), poisonedAfter(DATA, day, random)]) {
      assert.deepEqual(decided(cut, [day]), [DECISIONS[k]]);
    }
  });
});

Deno.test("decideAt() is the same to the last bit for rows in another order, and for tools that forget", () => {
  const other = reordered(DATA, randomStream(4, "order"));
  assert.deepEqual(decideDates(other, DAYS, { config: CONFIG }), DECISIONS);
});

Deno.test("decideDates() gives the same for days in another order", () => {
  assert.deepEqual(decided(DATA, [...DAYS].reverse()).reverse(), DECISIONS);
  assert.deepEqual(decided(DATA, []), []);
});

Deno.test("decideAt() changes with what happens on its day", () => {
  const day = DAYS[0]!, poisoned = poisonedAfter(DATA, day - 1, randomStream(3, "poison"));
  assert.notDeepEqual(decided(poisoned, [day])[0]!.methods, DECISIONS[0]!.methods);
});

Deno.test("what decideAt() offers is one contract an event, with the side that all markets are held on", () => {
  for (const { offered, methods, funnel } of DECISIONS) {
    assert.equal(new Set(offered.map(({ eventId }) => eventId)).size, offered.length);
    const ids = offered.map(({ marketId }) => marketId);
    assert.deepEqual(ids, [...ids].sort());
    assert.ok(offered.length <= funnel.at(-1)!.nLeft);
    const sideOf = new Map(offered.map(({ marketId, side }) => [marketId, side]));
    const [all] = methods.find(({ method }) => method === "all_equal")!.baskets;
    assert.equal(all!.targets.length, offered.length);
    for (const { marketId, side } of all!.targets) assert.equal(side, sideOf.get(marketId));
    assert.deepEqual(new Set(sideOf.values()), new Set(["yes", "no"]));
    for (const { baskets } of methods) {
      for (const { targets, unheld } of baskets) {
        for (const { marketId } of [...targets, ...unheld]) assert.ok(sideOf.has(marketId));
      }
    }
  }
});

Deno.test("the candidate pool holds every contract of a basket, on the side of its target", () => {
  for (const { methods, pool, offered } of DECISIONS) {
    const place = new Map(pool.marketIds.map((id, at) => [id, at]));
    assert.ok(pool.marketIds.length > offered.length);
    const eventOf = new Map(offered.map((one) => [one.marketId, one.eventId]));
    let nTargets = 0;
    for (const { method, baskets } of methods) {
      const { grouping } = METHODS.find(({ key }) => key === method)!;
      const groups = pool.groups[grouping];
      assert.deepEqual(groups.baskets, baskets.map(({ basket }) => basket));
      assert.deepEqual(groups.names, baskets.map(({ name }) => name));
      assert.deepEqual(groups.mergedFrom, baskets.map(({ mergedFrom }) => mergedFrom));
      baskets.forEach(({ targets, unheld }, b) => {
        for (const { marketId, side } of [...targets, ...unheld]) {
          const at = place.get(marketId)!;
          assert.equal(groups.basketOf[at], b, `${method}: ${marketId}`);
          assert.equal(groups.side[at], side === "yes" ? 1 : -1, `${method}: ${marketId}`);
          ++nTargets;
          // twins are joined at the decision and not in the pool
          const event = pool.eventIds[pool.event[at]!];
          if (event !== eventOf.get(marketId)) assert.ok(isTwin(marketId), marketId);
        }
      });
    }
    assert.ok(nTargets > 500);
  }
});

function isTwin(marketId: string): boolean {
  return DAYS.some((day) => {
    const view = asOf(DATA, dayEndMs(day)),
      eligible = eligibility(view, { day, settings: SETTINGS });
    return eligibleTwins(view.markets, eligible, TOOLS)
      .some((pair) => pair.some((j) => view.markets[j]!.marketId === marketId));
  });
}

Deno.test("eligibleTwins() gives places of the view, of eligible contracts on two venues", () => {
  const { markets } = asOf(DATA, dayEndMs(DAYS[0]!));
  const only = (some: readonly number[]) => ({
    eligible: Uint8Array.from(markets, (_, j) => some.includes(j) ? 1 : 0),
  });
  const pairs = eligibleTwins(markets, { eligible: only([]).eligible.fill(1) }, TOOLS);
  assert.ok(pairs.length > 0);
  for (const [a, b] of pairs.slice(0, 5)) {
    assert.notEqual(markets[a]!.venue, markets[b]!.venue);
    assert.deepEqual(eligibleTwins(markets, only([a, b]), TOOLS), [[a, b]]);
    assert.deepEqual(eligibleTwins(markets, only([a]), TOOLS), []);
  }
  assert.deepEqual(eligibleTwins(markets, only([]), TOOLS), []);
});

Deno.test("reconsidered() on the day of the decision holds what was decided", () => {
  let nBaskets = 0, nSame = 0;
  for (const { day, methods, pool } of DECISIONS) {
    for (const { method: key, baskets } of methods) {
      const method = METHODS.find((one) => one.key === key)!;
      for (const scheduled of baskets) {
        const { basket } = scheduled;
        const candidates = basketCandidates(DATA, pool, { grouping: method.grouping, basket })!;
        const again = reconsidered(candidates, day, { method, tools: TOOLS });
        // a volatility's floor and the correlations' shrinkage are those of the contracts at hand
        const isRisky = method.weighting !== "equal" && method.weighting !== "volume";
        ++nBaskets;
        if (!isRisky) {
          assert.deepEqual(again, scheduled, `${key} ${basket}`);
          ++nSame;
          continue;
        }
        assert.deepEqual([again.basket, again.name], [basket, scheduled.name]);
        assert.deepEqual(again.mergedFrom, scheduled.mergedFrom);
        const idsOf = ({ targets, unheld }: typeof again) =>
          [...targets, ...unheld].map(({ marketId, side, eventId, tickerId }) =>
            [marketId, side, eventId, tickerId].join()
          ).sort();
        assert.deepEqual(idsOf(again), idsOf(scheduled), `${key} ${basket}`);
      }
    }
  }
  assert.ok(nBaskets > 100 && nSame > 30, `${nSame} of ${nBaskets}`);
});

Deno.test("reconsidered() sees nothing after its day", () => {
  const { day, methods, pool } = DECISIONS[0]!;
  const later = day + 15, cut = asOf(DATA, dayEndMs(later));
  const poisoned = poisonedAfter(DATA, later, randomStream(5, "poison"));
  let nOthers = 0;
  for (
    const key of [
      "hybrid_equal",
      "hybrid_min_variance",
      "clusters_risk",
      "factors_risk",
      "all_equal",
    ] as const
  ) {
    const method = METHODS.find((one) => one.key === key)!;
    for (const scheduled of methods.find((one) => one.method === key)!.baskets) {
      const of = { grouping: method.grouping, basket: scheduled.basket };
      const [whole, ...others] = [DATA, cut, poisoned].map((data) =>
        reconsidered(basketCandidates(data, pool, of)!, later, { method, tools: TOOLS })
      );
      for (const other of others) assert.deepEqual(other, whole);
      assert.equal(whole!.decidedOn, later);
      if (whole!.targets.length !== scheduled.targets.length) ++nOthers;
    }
  }
  assert.ok(nOthers > 3, String(nOthers));
});

Deno.test("basketCandidates() of a basket that the pool does not have is null", () => {
  const { pool } = DECISIONS[0]!;
  for (const basket of ["", SLEEVE, "no such theme"]) {
    assert.equal(basketCandidates(DATA, pool, { grouping: "words", basket }), null);
  }
});

Deno.test("plantedView() changes what is decided, in each of its ways, and nothing of the data", () => {
  const before = structuredClone({ ...DATA.prices, ...DATA.activity });
  for (const plant of PLANTS) {
    const [whole] = decideDates(DATA, [DAYS[0]!], { config: CONFIG, tools: TOOLS, plant });
    assert.notDeepEqual(whole!.methods, DECISIONS[0]!.methods, plant);
    const cut = asOf(DATA, dayEndMs(DAYS[0]!));
    const [known] = decideDates(cut, [DAYS[0]!], { config: CONFIG, tools: TOOLS, plant });
    assert.notDeepEqual(whole!.methods, known!.methods, plant);
    // where nothing is known after the day only a shift of the days is still a cheat
    if (plant === "one-day shift") continue;
    assert.deepEqual(known!.methods, DECISIONS[0]!.methods, plant);
  }
  assert.deepEqual({ ...DATA.prices, ...DATA.activity }, before);
});

Deno.test("plantedView() takes the risk from the last days of the whole sample, the rest from the day", () => {
  const day = DAYS[0]!, { view, riskView, riskDay } = plantedView(DATA, day, "full-sample weights");
  assert.deepEqual(view, asOf(DATA, dayEndMs(day)));
  assert.equal(dayEndMs(riskDay), DATA.asOfMs);
  assert.equal(riskView.markets.length, DATA.markets.length);
  const risky = decideAt(view, { day, tools: TOOLS, risk: { view: riskView, day: riskDay } });
  const honest = DECISIONS[0]!;
  METHODS.forEach(({ weighting, key }, m) => {
    const isRisky = weighting !== "equal" && weighting !== "volume";
    const equal = JSON.stringify(risky.methods[m]) === JSON.stringify(honest.methods[m]);
    assert.equal(equal, !isRisky, key);
  });
});

Deno.test("plantedView() takes the loadings from the last days of the whole sample, the rest from the day", () => {
  const day = DAYS[0]!;
  const { view, loadingsView, loadingsDay } = plantedView(DATA, day, "full-sample loadings");
  assert.deepEqual(view, asOf(DATA, dayEndMs(day)));
  assert.equal(dayEndMs(loadingsDay), DATA.asOfMs);
  assert.equal(loadingsView.markets.length, DATA.markets.length);
  const loadings = { view: loadingsView, day: loadingsDay };
  const planted = decideAt(view, { day, tools: TOOLS, loadings }), honest = DECISIONS[0]!;
  METHODS.forEach(({ grouping, key }, m) => {
    const equal = JSON.stringify(planted.methods[m]) === JSON.stringify(honest.methods[m]);
    assert.equal(equal, grouping !== "factors", key);
  });
});
