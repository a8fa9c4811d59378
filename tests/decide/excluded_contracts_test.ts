import assert from "node:assert/strict";
import { type Eligibility, eligibility } from "lib/baskets/eligibility.ts";
import { dayEndMs } from "lib/core/day.ts";
import { exclusionStep, withoutExcluded } from "lib/decide/excluded_contracts.ts";
import { asOf } from "lib/universe/as_of.ts";
import { SETTINGS } from "./made_decision.ts";
import { IDS, MONTH_ENDS, twoThemes } from "./two_themes.ts";

const DAY = MONTH_ENDS[0]!;
// one contract fails its filters
const VIEW = asOf(
  twoThemes((k) => k === 11 ? { closesAtMs: dayEndMs(DAY + 2) } : {}),
  dayEndMs(DAY),
);
const PASSED: Eligibility = eligibility(VIEW, { day: DAY, settings: SETTINGS });

function eligibleWith(excluded: ReadonlyMap<string, number>): string[] {
  const { eligible } = withoutExcluded(PASSED, VIEW.markets, { excluded });
  return VIEW.markets.filter((_, j) => eligible[j] === 1).map(({ marketId }) => marketId);
}

Deno.test("withoutExcluded() heeds an exclusion from its first day on", () => {
  const own = IDS.slice(0, 11);
  assert.deepEqual(eligibleWith(new Map([[IDS[3]!, DAY + 1], ["poly:gone", DAY]])), own);
  for (const since of [DAY, DAY - 1, -Infinity]) {
    assert.deepEqual(
      eligibleWith(new Map([[IDS[3]!, since]])),
      own.filter((id) => id !== IDS[3]),
    );
  }
});

Deno.test("withoutExcluded() leaves what it is given as it was, and whole where nobody excluded", () => {
  const before = PASSED.eligible.slice();
  const found = withoutExcluded(PASSED, VIEW.markets, { excluded: new Map([[IDS[0]!, DAY]]) });
  assert.deepEqual(PASSED.eligible, before);
  assert.deepEqual({ ...found, eligible: before }, PASSED);
  assert.equal(withoutExcluded(PASSED, VIEW.markets, { excluded: new Map() }), PASSED);
});

Deno.test("exclusionStep() counts active contracts, and is no step where nobody excluded", () => {
  const stepWith = (excluded: ReadonlyMap<string, number>) =>
    exclusionStep(PASSED, VIEW.markets, { excluded });
  const step = { decidedOn: DAY, filter: "person", nUnknown: 0 };
  assert.deepEqual(stepWith(new Map()), []);
  assert.deepEqual(stepWith(new Map([["poly:gone", DAY]])), [
    { ...step, nPass: 12, nFail: 0, nLeft: 11 },
  ]);
  assert.deepEqual(stepWith(new Map([[IDS[0]!, DAY], [IDS[11]!, DAY], [IDS[1]!, DAY + 1]])), [
    { ...step, nPass: 10, nFail: 2, nLeft: 10 },
  ]);
});
