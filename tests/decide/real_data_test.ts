import assert from "node:assert/strict";
import { indexLevels } from "lib/backtest/index_divisor.ts";
import { pricePaths } from "lib/backtest/price_paths.ts";
import { dayEndMs } from "lib/core/day.ts";
import { decideDates } from "lib/decide/decide_dates.ts";
import { readUniverse } from "lib/sources/universe_source.ts";
import { asOf } from "lib/universe/as_of.ts";
import { CONFIG, decisionDays, otherwiseQuoted, type Replayed, replayed } from "./replayed.ts";

const FOLDER = new URL("../../../shared/data/real/", import.meta.url);
const isThere = await Deno.stat(FOLDER).then(() => true, () => false);
const DATA = isThere ? await readUniverse({ source: FOLDER.pathname, out: "unused" }) : null;
const DAYS = DATA === null ? [] : decisionDays(DATA, 1);

const METHODS = ["hybrid_risk", "all_equal"] as const;

/** Two methods over all months; made by the first test that asks. */
let made: Replayed | undefined;
function real(): Replayed {
  return made ??= replayed(DATA!, { days: DAYS, methods: METHODS });
}

function testReal(name: string, fn: () => void): void {
  Deno.test({ name, ignore: !isThere, fn });
}

testReal(
  "the index divisor gives the gross NAV of every basket of real prices, under both policies",
  () => {
    const paths = pricePaths(DATA!);
    const lived = real().replays.filter(({ ledger }) => ledger.held.length > 0);
    assert.ok(lived.length >= 8, String(lived.length));
    for (const { ledger, policy, method, basket } of lived) {
      const { level } = indexLevels(paths, ledger.held, { policy, firstDay: ledger.firstDay });
      assert.equal(level.length, ledger.navGross.length);
      const wrong = level.findIndex((value, t) => !(Math.abs(value - ledger.navGross[t]!) < 1e-9));
      assert.equal(wrong, -1, `${method} ${basket} ${policy}: ${level[wrong]}`);
    }
  },
);

testReal("the attribution of every basket of real prices adds up to the change of its NAV", () => {
  let resolution = 0;
  for (const { ledger, policy, method, basket } of real().replays) {
    let sum = ledger.interest;
    for (const one of ledger.contributions) {
      sum += one.drift + one.resolution + one.spread + one.fees + one.roll;
      resolution += Math.abs(one.resolution);
      assert.ok(one.spread <= 0 && one.fees <= 0 && one.roll <= 0);
    }
    const change = (ledger.nav.at(-1) ?? 100) - 100;
    assert.ok(
      Math.abs(change - sum) < 1e-10,
      `${method} ${basket} ${policy}: ${change} and ${sum}`,
    );
  }
  assert.ok(resolution > 0);
});

testReal("decisions on real prices are the same where everything later is dropped", () => {
  const last = DAYS.length - 1;
  for (const k of [Math.floor(last / 3), Math.floor(2 * last / 3)]) {
    const day = DAYS[k]!, early = asOf(DATA!, dayEndMs(day));
    const [again] = decideDates(early, [day], { config: CONFIG });
    assert.ok(again!.offered.length > 0);
    assert.deepEqual(again, real().decisions[k]);
  }
});

testReal(
  "real contracts give the same NAVs where all that are Yes or No are quoted by the other one",
  () => {
    const chosen = new Set(
      DATA!.markets.filter(({ outcome }) => outcome === "Yes" || outcome === "No")
        .map(({ marketId }) => marketId),
    );
    assert.ok(chosen.size > 500, String(chosen.size));
    const other = replayed(otherwiseQuoted(DATA!, chosen), { days: DAYS, methods: METHODS });
    assert.equal(other.replays.length, real().replays.length);
    real().replays.forEach(({ ledger, method, basket, policy }, k) => {
      const { nav } = other.replays[k]!.ledger;
      assert.equal(nav.length, ledger.nav.length);
      const wrong = ledger.nav.findIndex((value, t) => !(Math.abs(value - nav[t]!) <= 1e-9));
      assert.equal(wrong, -1, `${method} ${basket} ${policy}`);
    });
  },
);
