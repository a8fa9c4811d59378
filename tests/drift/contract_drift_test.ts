import assert from "node:assert/strict";
import { readFolder } from "lib/sources/local/read_folder.ts";
import { inProject } from "lib/store/project_root.ts";
import { normalDraws, randomStream } from "lib/core/random.ts";
import { type ContractDrift, contractDrift, type DriftRow } from "lib/drift/contract_drift.ts";
import { contractLives } from "lib/drift/contract_lives.ts";
import { driftBinnings, PRICE_EDGES, SEASONED } from "lib/drift/drift_bins.ts";
import { type DriftSample, driftSteps } from "lib/drift/drift_steps.ts";
import { contractTaxonomy } from "lib/taxonomy/contract_tree.ts";
import { type DriftContract, driftData, simulatedData } from "./made_drift.ts";
// golden: pandas and statsmodels, made by tests/golden/drift/drift.py
import golden from "../golden/drift/drift.json" with { type: "json" };

function rowOf({ rows }: ContractDrift, sample: DriftSample, bin: string, by = "all"): DriftRow {
  const row = rows.find((one) => one.sample === sample && one.bin === bin && one.by === by);
  assert.ok(row !== undefined, `${sample} ${by} ${bin}`);
  return row;
}

function assertClose(value: number, wanted: number | null, what: string): void {
  if (wanted === null) return assert.ok(Number.isNaN(value), `${what}: ${value}`);
  assert.ok(Math.abs(value - wanted) <= 1e-9 * Math.max(1, Math.abs(wanted)), `${what}: ${value}`);
}

const priceLabel = (k: number) =>
  `${Math.round(100 * (PRICE_EDGES[k - 1] ?? 0))} to ${Math.round(100 * PRICE_EDGES[k]!)}¢`;

Deno.test("contractDrift() matches pandas and statsmodels in every sample and bin", () => {
  const drift = contractDrift(driftData(golden.contracts));
  let n = 0;
  for (const [sample, answer] of Object.entries(golden.answers)) {
    const bins = Object.entries(answer.price).map(([k, one]) =>
      [priceLabel(Number(k)), "price", one] as const
    );
    for (
      const [bin, by, wanted] of [
        ["everything", "all", answer.everything] as const,
        [SEASONED, "all", answer.seasoned] as const,
        ...bins,
      ]
    ) {
      const row = rowOf(drift, sample as DriftSample, bin, by), where = `${sample} ${bin}`;
      for (const key of ["drift", "stay", "jump", "oneDayReturn"] as const) {
        const one = wanted[key];
        assertClose(row[key].value, one?.value ?? null, `${where} ${key}`);
        assertClose(row[key].error, one?.error ?? null, `${where} ${key} error`);
        assertClose(row[key].pValue, one?.pValue ?? null, `${where} ${key} p`);
        assertClose(row[key].low, one?.low ?? null, `${where} ${key} low`);
        assertClose(row[key].high, one?.high ?? null, `${where} ${key} high`);
        ++n;
      }
      assertClose(row.moneyReturn.value, wanted.moneyReturn, `${where} money`);
      assert.deepEqual([row.nContracts, row.nDays], [wanted.nContracts, wanted.nDays], where);
      assertClose(row.pricePart + row.settlementPart, row.drift.value, `${where} parts`);
    }
  }
  assert.ok(n > 100, `${n} ratios`);
});

/** Two contracts of one event and one of its own. */
const HAND: readonly DriftContract[] = [
  { event: 1, days: [0, 1, 2], closes: [0.4, 0.5, 0.6], settledDay: 4, payout: 1, due: 5 },
  { event: 1, days: [0, 1], closes: [0.2, 0.1], settledDay: 2, payout: 0, due: 5 },
  { event: 2, days: [0, 1, 2, 3], closes: [0.5, 0.5, 0.4, 0.3], settledDay: null, payout: null },
];

Deno.test("contractDrift() adds prices and payouts over days, worked by hand", () => {
  const drift = contractDrift(driftData(HAND));
  const all = rowOf(drift, "all", "everything");
  // +60 points in 4 days, −20 in 2, −20 in 3
  assertClose(all.drift.value, 20 / 9, "drift");
  assertClose(all.pricePart, (20 - 10 - 20) / 9, "prices");
  assertClose(all.settlementPart, (40 - 10) / 9, "payouts");
  assertClose(all.jump.value, 15, "jump");
  assertClose(all.stay.value, 20 / 3, "stay");
  assert.deepEqual([all.nContracts, all.nEvents, all.nDays], [3, 2, 9]);
  assert.deepEqual([all.nSettled, all.nOpen, all.nLost], [2, 1, 0]);
  const active = rowOf(drift, "active only", "everything");
  assertClose(active.drift.value, -20 / 3, "active only");
  const settled = rowOf(drift, "settled", "everything");
  assertClose(settled.drift.value, 40 / 6, "settled");
  // one-day holds: 0.1/0.4, 0.1/0.5, −0.1/0.2, −0.1/0.1, 0, −0.1/0.5, −0.1/0.4; two days to the payout is none
  assertClose(all.oneDayReturn.value, (0.25 + 0.2 - 0.5 - 1 - 0.2 - 0.25) / 7, "one day");
});

Deno.test("contractDrift() leaves out prices at or after the settlement, and counts months at their first", () => {
  const late = { event: 3, days: [0, 1, 2, 3], closes: [0.5, 0.6, 1, 1], settledDay: 2, payout: 1 };
  const all = rowOf(contractDrift(driftData([late])), "all", "everything");
  assertClose(all.jump.value, 40, "jump from the last price before it");
  assert.equal(all.nDays, 2);
  // quoted from 20 January to 10 March 1970: on 1 February up to then, on 1 March up to then
  const long = {
    ...{ event: 4, settledDay: null, payout: null },
    days: Array.from({ length: 50 }, (_, k) => 19 + k),
    closes: Array.from({ length: 50 }, (_, k) => 0.1 + k / 100),
  };
  const monthly = contractDrift(
    driftData([{ ...long, closes: long.closes.map((p, k) => k > 12 ? 0.22 : p) }]),
  );
  // 12 rising days seen twice, 28 still ones once
  assertClose(
    rowOf(monthly, "active monthly", "everything").drift.value,
    24 / (24 + 28),
    "monthly",
  );
});

/** Random walks in `nEvents` events of two like contracts, `drift` points a day on top. */
function walks(nEvents: number, drift: number): DriftContract[] {
  const draw = normalDraws(randomStream(8, "walks"));
  return Array.from({ length: nEvents }, (_, event) => {
    const closes = [0.5];
    for (let k = 1; k < 30; ++k) {
      closes.push(Math.min(Math.max(closes[k - 1]! + 0.01 * draw() + drift / 100, 0.01), 0.99));
    }
    const days = closes.map((_, k) => 100 + (event % 50) + k);
    const one = { event, days, closes, settledDay: null, payout: null };
    return [one, one];
  }).flat();
}

Deno.test("contractDrift() finds a planted drift of −1 point a day in every bin with enough events", () => {
  const drift = contractDrift(driftData(walks(200, -1)));
  const { drift: all } = rowOf(drift, "all", SEASONED);
  assert.ok(all.low <= -1 && all.high >= -1 && all.high < -0.9, `${all.low} to ${all.high}`);
  const bins = drift.rows.filter((row) =>
    row.sample === "all" && row.by === "price" && row.nDays > 500
  );
  assert.ok(bins.length >= 2 && bins.every(({ qValue }) => qValue < 1e-3), `${bins.length} bins`);
  const none = rowOf(contractDrift(driftData(walks(200, 0))), "all", SEASONED).drift;
  assert.ok(none.low <= 0 && none.high >= 0, `${none.low} to ${none.high}`);
});

Deno.test("contractDrift() takes contracts of one event for one another's copies, not for more data", () => {
  const twice = walks(60, 0), once = twice.filter((_, c) => c % 2 === 0);
  const [a, b] = [twice, once].map((made) =>
    rowOf(contractDrift(driftData(made)), "all", "everything")
  );
  assertClose(a!.drift.value, b!.drift.value, "value");
  assertClose(a!.drift.error, b!.drift.error, "error");
  assert.deepEqual([a!.nContracts, b!.nContracts, a!.nEvents], [120, 60, 60]);
  const apart = rowOf(
    contractDrift(driftData(twice), { eventOf: (id) => id }),
    "all",
    "everything",
  );
  assert.ok(apart.drift.error < 0.75 * a!.drift.error);
});

Deno.test("contractDrift() is not moved by bounce, which a mean of daily returns is", () => {
  const bounce = Array.from({ length: 40 }, (_, event) => ({
    ...{ event, settledDay: null, payout: null },
    days: Array.from({ length: 41 }, (_, k) => k),
    closes: Array.from({ length: 41 }, (_, k) => (k + event) % 2 === 0 ? 0.09 : 0.11),
  }));
  const all = rowOf(contractDrift(driftData(bounce)), "all", "everything");
  assertClose(all.drift.value, 0, "points");
  assertClose(all.moneyReturn.value, 0, "money");
  assert.ok(all.oneDayReturn.value > 0.02, `${all.oneDayReturn.value} a day out of nothing`);
});

Deno.test("driftBinnings() knows nothing that came after the beginning of a step", () => {
  const cut = 19_780;
  const known = golden.contracts.flatMap((one) => {
    const n = one.days.filter((day) => day <= cut).length;
    const bare = { ...one, settledDay: null, payout: null, due: one.days[0]! + 20 };
    return n < 2 ? [] : [{
      known: { ...bare, days: one.days.slice(0, n), closes: one.closes.slice(0, n) },
      poisoned: {
        ...bare,
        closes: one.closes.map((close, k) => one.days[k]! <= cut ? close : (k * 37 % 97) / 100),
      },
    }];
  });
  const placesOf = (contracts: readonly DriftContract[]) => {
    const data = driftData(contracts), lives = contractLives(data);
    const steps = driftSteps(data.prices, lives);
    const binnings = driftBinnings(data.markets, { lives, steps }, { kindOf: () => "made" });
    return new Map(
      Array.from(
        steps.contract,
        (c, i) =>
          [`${c} ${steps.fromDay[i]}`, binnings.map(({ binOf }) => binOf(i)).join(" ")] as const,
      ),
    );
  };
  const before = placesOf(known.map(({ known }) => known));
  const after = placesOf(known.map(({ poisoned }) => poisoned));
  assert.ok(before.size > 500 && after.size > before.size + 200, `${before.size} of ${after.size}`);
  assert.deepEqual([...before].filter(([key, places]) => after.get(key) !== places), []);
});

const FULL = simulatedData("default", "full");

function kindsOf(data: ReturnType<typeof simulatedData>): (marketId: string) => string | null {
  const { links, events } = contractTaxonomy(data.markets);
  const kinds = new Map(
    links.map(({ market, event }) => [data.markets[market]!.marketId, events[event]!.kind]),
  );
  return (marketId) => kinds.get(marketId) ?? null;
}

Deno.test("contractDrift() of fair universes finds none in any bin", () => {
  for (const data of [simulatedData("small", "fair"), FULL]) {
    const drift = contractDrift(data, { kindOf: kindsOf(data) });
    const all = drift.rows.filter(({ sample }) => sample === "all");
    const tested = all.filter(({ qValue }) => !Number.isNaN(qValue));
    assert.ok(tested.length >= 16, `${tested.length} bins`);
    assert.deepEqual(
      tested.filter(({ qValue }) => qValue <= 0.05).map(({ by, bin }) => [by, bin]),
      [],
    );
    const { low, high } = rowOf(drift, "all", SEASONED).drift;
    assert.ok(low <= 0 && high >= 0, `${low} to ${high}`);
    const nBeyond = tested.filter(({ drift }) => drift.low > 0 || drift.high < 0).length;
    assert.ok(nBeyond <= 3, `${nBeyond} of ${tested.length} intervals without zero`);
  }
  // by the price of the same day cheap contracts would seem to rise: a quote that is too low returns
  const sameDay = rowOf(contractDrift(FULL), "all", "0 to 5¢", "price_same_day").drift;
  assert.ok(sameDay.low > 0, `${sameDay.low} to ${sameDay.high}`);
});

Deno.test("contractDrift() compares the price of the same day on the steps of the lagged one", () => {
  const { rows } = contractDrift(FULL);
  const daysOf = (key: string) =>
    rows.filter(({ sample, by }) => sample === "all" && by === key)
      .reduce((sum, { nDays }) => sum + nDays, 0);
  assert.equal(daysOf("price_same_day"), daysOf("price"));
  assert.equal(daysOf("price"), rowOf({ rows } as ContractDrift, "all", SEASONED).nDays);
});

Deno.test("contractDrift() tells first marks at one half from the others", () => {
  const of = (event: number, closes: number[]) => ({
    ...{ event, closes, days: closes.map((_, k) => 10 + k), settledDay: null, payout: null },
  });
  const contracts = Array.from(
    { length: 24 },
    (_, k) =>
      of(k, k < 6 ? [[0.49, 0.5, 0.51][k % 3]!, 0.4, 0.4] : [k < 8 ? 0.511 : 0.3, 0.31, 0.31]),
  );
  const { nContracts, nearHalf, near, apart } = contractDrift(driftData(contracts)).firstMarks;
  assert.deepEqual([nContracts, nearHalf, near.nClusters, apart.nClusters], [24, 0.25, 6, 18]);
  assert.ok(Math.abs(near.value + 10) < 1e-9, `${near.value}`);
  assert.ok(Math.abs(apart.value - (16 * 1 - 2 * 20.1) / 18) < 1e-9, `${apart.value}`);
  assert.ok(Number.isNaN(contractDrift(driftData([])).firstMarks.nearHalf));
});

Deno.test("contractDrift() shows deadline contracts decay where payouts are left out, and not with them", () => {
  const drift = contractDrift(FULL, { kindOf: kindsOf(FULL) });
  const of = (sample: DriftSample) => rowOf(drift, sample, "time_variant", "kind").drift;
  for (const sample of ["prices only", "active only", "active monthly"] as const) {
    assert.ok(of(sample).high < 0, `${sample}: ${of(sample).low} to ${of(sample).high}`);
  }
  assert.ok(of("all").high >= 0 && of("all").low <= 0, `${of("all").low} to ${of("all").high}`);
});

Deno.test("contractDrift() of nothing is nothing", () => {
  assert.deepEqual(contractDrift(driftData([])).rows, []);
  const lone = { event: 1, days: [5], closes: [0.5], settledDay: null, payout: null };
  assert.deepEqual(contractDrift(driftData([lone])).rows, []);
});

const REAL = inProject("../shared/data/real");
const isAbsent = await Deno.stat(REAL).then(() => false, () => true);

Deno.test({
  name: "contractDrift() of real markets finds the first day and no decay after it",
  ignore: isAbsent,
  fn: async () => {
    const drift = contractDrift(await readFolder(REAL));
    const first = rowOf(drift, "all", "first day", "age").drift;
    const { drift: all, nContracts } = rowOf(drift, "all", SEASONED);
    const active = rowOf(drift, "active only", SEASONED).drift;
    assert.ok(nContracts > 2000, `${nContracts} contracts`);
    assert.ok(first.high < -1 && all.low <= 0 && all.high >= 0 && active.high < 0);
  },
});
