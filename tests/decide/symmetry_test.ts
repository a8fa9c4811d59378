import assert from "node:assert/strict";
import type { BasketReplay } from "lib/backtest/basket_replay.ts";
import { otherSide, type Side } from "lib/baskets/side.ts";
import type { DataSet } from "lib/core/data_set.ts";
import { randomStream } from "lib/core/random.ts";
import { decisionDays, otherwiseQuoted, replayed, simulated } from "./replayed.ts";

const { data: DATA } = simulated("default", "full", 7);
/** Four decisions, far apart: contracts settle between all of them. */
const DAYS = decisionDays(DATA, 6);
const PLAIN = replayed(DATA, { days: DAYS });

/** A random half of the markets that can be quoted by their other outcome. */
function someSwappable(data: DataSet): ReadonlySet<string> {
  const random = randomStream(3, "swapped");
  return new Set(
    data.markets.filter(({ outcome }) => (outcome === "Yes" || outcome === "No") && random() < 0.5)
      .map(({ marketId }) => marketId),
  );
}

const CHOSEN = someSwappable(DATA);
const OTHER = replayed(otherwiseQuoted(DATA, CHOSEN), { days: DAYS });

function turned(marketId: string, side: Side): Side {
  return CHOSEN.has(marketId) ? otherSide(side) : side;
}

Deno.test("decideDates() holds the same claims whichever outcome venues quote", () => {
  let nTurned = 0;
  PLAIN.decisions.forEach((date, d) => {
    date.methods.forEach(({ method, baskets }, m) => {
      const others = OTHER.decisions[d]!.methods[m]!.baskets;
      const said = `${method} on ${date.day}`;
      assert.deepEqual(others.map((one) => one.basket), baskets.map((one) => one.basket), said);
      baskets.forEach(({ targets, status, rules, cash }, b) => {
        const other = others[b]!;
        assert.deepEqual(
          other.targets.map(({ marketId, side }) => `${marketId} ${turned(marketId, side)}`),
          targets.map(({ marketId, side }) => `${marketId} ${side}`),
          said,
        );
        assert.deepEqual([other.status, other.rules], [status, rules], said);
        assert.ok(Math.abs(other.cash - cash) < 1e-9, said);
        targets.forEach(({ marketId, weight }, k) => {
          if (CHOSEN.has(marketId)) ++nTurned;
          assert.ok(Math.abs(other.targets[k]!.weight - weight) < 1e-9, `${said}: ${marketId}`);
        });
      });
    });
  });
  assert.ok(nTurned > 500, String(nTurned));
});

Deno.test("replayMethod() gives the same NAVs whichever outcome venues quote", () => {
  const name = ({ method, policy, basket }: BasketReplay) => `${method} ${policy} ${basket}`;
  assert.deepEqual(OTHER.replays.map(name), PLAIN.replays.map(name));
  PLAIN.replays.forEach((one, k) => {
    const other = OTHER.replays[k]!;
    for (const track of ["navGross", "nav"] as const) {
      const values = other.ledger[track];
      const wrong = one.ledger[track].findIndex((value, t) =>
        !(Math.abs(value - values[t]!) <= 1e-9)
      );
      assert.equal(wrong, -1, `${track} of ${name(one)}`);
    }
    assert.ok(one.ledger.nav.length > 0, name(one));
  });
});
