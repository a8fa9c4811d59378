import assert from "node:assert/strict";
import { join } from "node:path";
import type { BasketReplay } from "lib/backtest/basket_replay.ts";
import type { Contribution } from "lib/backtest/ledger.ts";
import { eventsOfDate, rebalanceEvent } from "lib/backtest/rebalance_event.ts";
import { formatDay } from "lib/core/day.ts";
import { stringColumn, type Table, table } from "lib/core/table.ts";
import { groupTable } from "lib/decide/group_table.ts";
import { basketsView } from "lib/desk/baskets_view.ts";
import { writeCheckpoint } from "lib/store/checkpoint.ts";
import { exportJsonFolder } from "lib/store/exports.ts";
import { basketTables, DAY, heldRow, replay, trade } from "../review/basket_replays.ts";
import { groupRow } from "../review/group_rows.ts";
import { recordTable } from "./record_table.ts";

const LATER = { decidedOn: DAY + 30, date: DAY + 31 };
const HOSTILE = `<img src=x onerror=alert(1)> "method":"hybrid_risk","policy":"cash",`;
const WEIGHT = { tickerId: "t", side: "yes", payout: NaN, finalReturn: NaN } as const;
/** 400 days, of which the eye needs no more than 160. */
const LONG = Float64Array.from({ length: 400 }, (_, day) => 99 + day / 100);
const FACTS = {
  nav: LONG,
  held: [heldRow(), heldRow({ ...LATER, marketId: "poly:b", weight: 0.4 })],
  rebalances: [
    trade({
      changes: [{ ...WEIGHT, marketId: "poly:a", oldWeight: 0, newWeight: 0.5, reason: "r" }],
    }),
    trade({
      ...LATER,
      skipped: [{ marketId: "poly:c", reason: "stale price" }],
      changes: [
        {
          ...WEIGHT,
          marketId: "poly:a",
          oldWeight: 0.5,
          newWeight: 0,
          reason: "r",
          finalReturn: 0.2,
        },
        { ...WEIGHT, marketId: "poly:b", oldWeight: 0, newWeight: 0.4, reason: "r" },
      ],
    }),
  ],
  refusals: [{ day: DAY + 12, reason: "infeasible", rules: ["min_markets"], nLive: 2 }],
};
const REPLAYS = [
  replay("us_elections", FACTS),
  replay("all", FACTS),
  replay("us_elections", {}, "words_equal"),
];

const made: string[] = [];
Deno.test.afterAll(async () => {
  for (const out of made) await Deno.remove(out, { recursive: true });
});

/** A run's folder with what notebooks 04 and 05 leave. */
async function run(
  replays: readonly BasketReplay[],
  { hasDocuments = true, hasTitles = true } = {},
): Promise<string> {
  const out = await Deno.makeTempDir();
  made.push(out);
  const { baskets, rebalances, nav, attribution } = basketTables(replays);
  const methods = [...new Set(replays.map(({ method }) => method))];
  const keyed = { method: "string", policy: "string", basket: "string" } as const;
  const tables: Record<string, Table> = {
    ...{ "05_baskets": baskets, "05_rebalances": rebalances },
    ...{ "05_nav": nav, "05_attribution": attribution },
    "05_groups": groupTable([
      groupRow({ marketId: "poly:z" }),
      groupRow({ decidedOn: DAY + 30, marketId: "poly:z", wordsTheme: "sports", theme: "sports" }),
    ]),
    "05_metrics": recordTable(
      { ...keyed, metric: "string", value: "number" },
      [{
        ...{ method: "hybrid_risk", policy: "cash", basket: "us_elections" },
        ...{ metric: "volatility", value: 0.21 },
      }],
    ),
    "05_trials": recordTable(
      { method: "string", name: "string", policy: "string" },
      methods.flatMap((method) =>
        ["cash", "redistribute"].map((policy) => ({ method, name: `Name of ${method}`, policy }))
      ),
    ),
    "04_contracts": table({
      market_id: stringColumn(["poly:a", "poly:b"]),
      ...hasTitles ? { title: stringColumn([HOSTILE, null]) } : {},
    }),
  };
  for (const [name, rows] of Object.entries(tables)) await put(out, name, rows);
  if (hasDocuments) {
    const events = replays.flatMap(({ method, policy, basket, ledger }) =>
      ledger.rebalances.map((one) =>
        rebalanceEvent(one, {
          ...{ method, policy, basketId: basket, eligibleBefore: new Set<string>() },
        })
      )
    );
    const documents = eventsOfDate(events).map((one) => [one.date, one]);
    await exportJsonFolder("baskets", Object.fromEntries(documents), {
      out: join(out, "outputs"),
    });
  }
  return out;
}

async function put(out: string, name: string, rows: Table): Promise<void> {
  await writeCheckpoint(name, rows, {
    ...{ dir: join(out, "checkpoints"), asOf: "2025-11-06", source: "a test", inputs: [] },
    ...{ params: {}, code: "0".repeat(64) },
  });
}

Deno.test("basketsView() has a card for each trade, with what came, what left and why", async () => {
  const view = await basketsView(await run(REPLAYS));
  assert.equal(view.method, "hybrid_risk");
  assert.deepEqual(view.methods, [
    { key: "hybrid_risk", name: "Name of hybrid_risk" },
    { key: "words_equal", name: "Name of words_equal" },
  ]);
  assert.deepEqual(view.dates, [formatDay(DAY), formatDay(DAY + 31)]);
  assert.deepEqual(view.cards.map(({ basket, date }) => [basket, date]), [
    ["us_elections", formatDay(DAY)],
    ["us_elections", formatDay(DAY + 31)],
  ]);
  assert.deepEqual(view.cards[1], {
    ...{ basket: "us_elections", date: formatDay(DAY + 31), decidedOn: formatDay(DAY + 30) },
    ...{ kind: "scheduled", status: "held", rules: [], mergedFrom: [] },
    ...{ turnover: 0.5, spreadCost: 0.01, feeCost: 0, rollCost: 0, cashWeight: 0.5 },
    members: [{
      ...{ marketId: "poly:b", side: "yes", weight: 0.4 },
      reason: "weighting=equal;raw=0.5000;limit=none",
    }],
    // both are of ticker t, so one rolled into the other
    additions: [{ marketId: "poly:b", reason: "rolled from poly:a" }],
    removals: [{ marketId: "poly:a", reason: "rolled into poly:b", finalReturn: 0.2 }],
    skipped: [{ marketId: "poly:c", reason: "stale price" }],
  });
  assert.deepEqual(view.refusals, [
    { basket: "us_elections", decidedOn: formatDay(DAY + 12), rules: ["min_markets"] },
  ]);
});

Deno.test("basketsView() gives hostile titles as they are, and the id where none is known", async () => {
  const { titles } = await basketsView(await run(REPLAYS));
  assert.deepEqual(titles, {
    ...{ "poly:a": HOSTILE, "poly:b": "poly:b", "poly:c": "poly:c", "poly:z": "poly:z" },
  });
  const untitled = await basketsView(await run(REPLAYS, { hasTitles: false }));
  assert.equal(untitled.titles["poly:a"], "poly:a");
});

Deno.test("basketsView() says what changed without reasons where the run left no documents", async () => {
  const { cards } = await basketsView(await run(REPLAYS, { hasDocuments: false }));
  assert.deepEqual(cards.map(({ additions, removals }) => ({ additions, removals })), [
    { additions: [{ marketId: "poly:a", reason: null }], removals: [] },
    {
      additions: [{ marketId: "poly:b", reason: null }],
      removals: [{ marketId: "poly:a", reason: null, finalReturn: null }],
    },
  ]);
});

Deno.test("basketsView() thins a long value but keeps both ends and every trade", async () => {
  const { baskets: [basket] } = await basketsView(await run(REPLAYS));
  const { days, values } = basket!.nav;
  assert.ok(days.length <= 163, `${days.length} points`);
  assert.deepEqual([days[0], days.at(-1)], [DAY, DAY + 399]);
  assert.ok(days.includes(DAY + 31));
  assert.deepEqual(days, days.toSorted((a, b) => a - b));
  days.forEach((day, k) => assert.equal(values[k], Math.round(LONG[day - DAY]! * 1e4) / 1e4));
  assert.deepEqual([basket!.name, basket!.volatility, basket!.annualReturn], [
    "US elections",
    0.21,
    null,
  ]);
});

Deno.test("basketsView() has parts and contracts that add up to the same change", async () => {
  const contributions = Array.from({ length: 12 }, (_, k): Contribution => ({
    ...{ marketId: `poly:${k}`, side: "no", drift: k - 4, resolution: 1, spread: -0.5 },
    ...{ fees: -0.25, roll: -0.125 },
  }));
  const { baskets: [basket] } = await basketsView(
    await run([replay("us_elections", { contributions, interest: 2 })]),
  );
  assert.deepEqual(basket!.parts, {
    ...{ drift: 18, resolution: 12, spread: -6, fees: -3, roll: -1.5, interest: 2 },
  });
  assert.deepEqual(basket!.contracts.map(({ nContracts }) => nContracts), [
    ...[1, 1, 1, 1, 1, 1, 1, 1, 4],
  ]);
  assert.equal(basket!.contracts[0]!.marketId, "poly:11");
  const sum = basket!.contracts.reduce((total, { change }) => total + change, 0);
  assert.equal(sum, 18 + 12 - 6 - 3 - 1.5);
});

Deno.test("basketsView() names the themes of a contract that changed, the latest first", async () => {
  const { themeChanges } = await basketsView(await run(REPLAYS), { method: "words_equal" });
  assert.deepEqual(
    themeChanges.map(({ from, to, decidedOn, why }) => [from.name, to.name, decidedOn, why]),
    [[
      ...["US elections", "Sports", formatDay(DAY + 30)],
      "Its words say Sports where they said US elections.",
    ]],
  );
});

Deno.test("basketsView() reads again what another run wrote", async () => {
  const out = await run(REPLAYS);
  assert.equal((await basketsView(out)).cards[0]!.members[0]!.weight, 0.5);
  const changed = basketTables([replay("us_elections", { held: [heldRow({ weight: 0.25 })] })]);
  await put(out, "05_baskets", changed.baskets);
  assert.equal((await basketsView(out)).cards[0]!.members[0]!.weight, 0.25);
});

Deno.test("basketsView() refuses a method that the run does not have", async () => {
  const out = await run(REPLAYS);
  await assert.rejects(basketsView(out, { method: "../../x" }), {
    name: "RangeError",
    message:
      'Cannot show baskets as their method must be one of hybrid_risk, words_equal: got "../../x"',
  });
});
