import assert from "node:assert/strict";
import { dayEndMs } from "lib/core/day.ts";
import { basketCandidates, reconsidered } from "lib/decide/reconsidered.ts";
import { type DatedDecisions, eligibleTwins } from "lib/decide/decide_at.ts";
import { decideDates } from "lib/decide/decide_dates.ts";
import { METHODS } from "lib/decide/method_list.ts";
import { type Corrections, NO_CORRECTIONS } from "lib/taxonomy/corrections.ts";
import { asOf } from "lib/universe/as_of.ts";
import { dataSetFixture } from "../fixtures/data_set.ts";
import { FEW } from "./analysed.ts";
import { configWith } from "./replayed.ts";
import { IDS, MONTH_ENDS, twoThemes } from "./two_themes.ts";

const DATA = twoThemes(), CONFIG = configWith(FEW);
const DAYS = MONTH_ENDS.slice(0, 2);
const PLAIN = decideDates(DATA, DAYS, { config: CONFIG });

function decided(corrections: Partial<Corrections>, days = DAYS, data = DATA): DatedDecisions[] {
  const config = { ...CONFIG, corrections: { ...NO_CORRECTIONS, ...corrections } };
  return decideDates(data, days, { config });
}

/** What a method holds of a contract: basket and side of each decision. */
function heldOf(decisions: readonly DatedDecisions[], marketId: string, key = "words_equal") {
  return decisions.map(({ methods }) =>
    methods.find(({ method }) => method === key)!.baskets.flatMap(({ basket, targets }) =>
      targets.filter((one) => one.marketId === marketId).map(({ side }) => `${basket} ${side}`)
    ).join()
  );
}

Deno.test("decideDates() holds a contract in the theme that a person gave, at every decision", () => {
  const id = IDS[0]!;
  assert.deepEqual(heldOf(PLAIN, id), DAYS.map(() => "crypto_digital yes"));
  const found = decided({ themes: new Map([[id, "russia_ukraine"]]) });
  for (const key of ["words_equal", "hybrid_equal"]) {
    assert.deepEqual(heldOf(found, id, key).map((one) => one.split(" ")[0]), [
      ...DAYS.map(() => "russia_ukraine"),
    ]);
  }
  found.forEach(({ groups }, d) =>
    groups.forEach((row, k) => {
      const plain = PLAIN[d]!.groups[k]!;
      assert.equal(row.handTheme, plain.handTheme);
      if (row.marketId !== id) assert.equal(row.wordsTheme, plain.wordsTheme);
      else {
        assert.deepEqual([row.wordsTheme, row.theme, row.rule], [
          ...["russia_ukraine", "russia_ukraine", "person"],
        ]);
      }
    })
  );
});

Deno.test("decideDates() holds no contract by a theme that a person took away", () => {
  const id = IDS[0]!, found = decided({ themes: new Map([[id, "uncategorized"]]) });
  assert.deepEqual(heldOf(found, id), ["", ""]);
  assert.deepEqual(heldOf(found, id, "hybrid_equal"), ["", ""]);
  for (const { groups } of found) {
    const row = groups.find(({ marketId }) => marketId === id)!;
    assert.deepEqual([row.theme, row.rule], ["uncategorized", "person"]);
  }
  // it may still be held by what knows no themes
  assert.ok(found.every(({ offered }) => offered.some(({ marketId }) => marketId === id)));
});

Deno.test("decideDates() holds the side that a person gave, and the affirmative one for neither", () => {
  const id = IDS[0]!;
  const sided = (side: -1 | 0 | 1) => decided({ sides: new Map([[id, side]]) });
  assert.deepEqual(heldOf(sided(-1), id), DAYS.map(() => "crypto_digital no"));
  assert.deepEqual(heldOf(sided(1), id), DAYS.map(() => "crypto_digital yes"));
  assert.deepEqual(heldOf(sided(0), id), DAYS.map(() => "crypto_digital yes"));
  for (const { offered, groups, pool } of sided(-1)) {
    assert.equal(offered.find(({ marketId }) => marketId === id)!.side, "no");
    assert.equal(groups.find(({ marketId }) => marketId === id)!.side, "no");
    const at = pool.marketIds.indexOf(id);
    for (const key of ["words", "reconciled", "everything"] as const) {
      assert.equal(pool.groups[key].side[at], -1);
    }
  }
  // with another theme the driver is another one, and the signed side is that of the new theme
  const both = decided({
    ...{ themes: new Map([[id, "russia_ukraine"]]), sides: new Map([[id, -1]]) },
  });
  assert.deepEqual(heldOf(both, id), DAYS.map(() => "russia_ukraine no"));
});

Deno.test("decideDates() does not hold an excluded contract from its first day on, and counts it", () => {
  const [early, late] = DAYS as [number, number], id = IDS[8]!;
  const found = decided({ excluded: new Map([[id, late], [IDS[1]!, -Infinity]]) });
  assert.ok(heldOf(found, id)[0] !== "" && heldOf(found, id)[1] === "");
  assert.deepEqual(heldOf(found, IDS[1]!), ["", ""]);
  const steps = found.map(({ funnel }) => funnel.at(-1)!);
  assert.deepEqual(
    steps,
    [early, late].map((decidedOn, d) => ({
      ...{ decidedOn, filter: "person", nPass: 11 - d, nFail: 1 + d, nUnknown: 0, nLeft: 11 - d },
    })),
  );
  found.forEach(({ funnel, offered }, d) => {
    assert.deepEqual(funnel.slice(0, -1), PLAIN[d]!.funnel);
    assert.equal(offered.length, 11 - d);
  });
});

Deno.test("reconsidered() holds no excluded contract between two decisions", () => {
  const [day] = DAYS as [number, number], id = IDS[0]!, between = day + 10;
  const corrections = { ...NO_CORRECTIONS, excluded: new Map([[id, day + 5]]) };
  const [decision] = decided(corrections, [day]);
  assert.notEqual(heldOf([decision!], id)[0], "");
  const method = METHODS.find(({ key }) => key === "words_equal")!;
  const candidates = basketCandidates(DATA, decision!.pool, {
    ...{ grouping: "words", basket: "crypto_digital" },
  })!;
  const heldWith = (signed: Corrections) =>
    reconsidered(candidates, between, { method, tools: { ...CONFIG, corrections: signed } })
      .targets.map(({ marketId }) => marketId);
  assert.ok(heldWith(NO_CORRECTIONS).includes(id));
  assert.deepEqual(
    heldWith(corrections).toSorted(),
    heldWith(NO_CORRECTIONS).filter((one) => one !== id).toSorted(),
  );
});

Deno.test("eligibleTwins() leaves out a pair that a person rejected", () => {
  const { markets } = dataSetFixture({
    "poly:a": { question: "Fed rate hike in 2025?", closesAtMs: dayEndMs(20_453) },
    "kalshi:b": { question: "Fed rate hike in 2025?", closesAtMs: dayEndMs(20_453) },
  });
  const twinsWith = (rejectedTwins: ReadonlySet<string>) =>
    eligibleTwins(markets, { eligible: new Uint8Array(2).fill(1) }, {
      ...{ ...CONFIG, corrections: { ...NO_CORRECTIONS, rejectedTwins } },
    });
  assert.deepEqual(twinsWith(new Set()), [[1, 0]]);
  assert.deepEqual(twinsWith(new Set(["kalshi:b | poly:a"])), []);
});

Deno.test("decideDates() decides the same where what was signed is of contracts that are not there", () => {
  const found = decided({
    ...{ themes: new Map([["poly:gone", "sports"]]), sides: new Map([["poly:gone", -1]]) },
    rejectedTwins: new Set(["kalshi:gone | poly:gone"]),
  });
  assert.deepEqual(found, PLAIN);
});

const SIGNED: Corrections = {
  themes: new Map([[IDS[0]!, "russia_ukraine"], [IDS[8]!, "uncategorized"]]),
  sides: new Map([[IDS[1]!, -1], [IDS[9]!, 0]]),
  excluded: new Map([[IDS[2]!, DAYS[1]!]]),
  rejectedTwins: new Set(["kalshi:gone | poly:gone"]),
};

Deno.test("decideDates() with corrections knows nothing of what comes after the day", () => {
  const whole = decided(SIGNED);
  DAYS.forEach((day, d) => {
    assert.deepEqual(decided(SIGNED, [day], asOf(DATA, dayEndMs(day))), [whole[d]]);
  });
  assert.notDeepEqual(whole, PLAIN);
});

Deno.test("decideDates() decides the same in a worker, which gets a copy of what was signed", () => {
  assert.deepEqual(decided(structuredClone(SIGNED)), decided(SIGNED));
});
