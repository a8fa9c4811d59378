import assert from "node:assert/strict";
import { pricePaths } from "lib/backtest/price_paths.ts";
import { type RandomDate, randomPortfolios } from "lib/backtest/random_portfolios.ts";
import { parseFees } from "lib/backtest/parse_fees.ts";
import { venueCosts } from "lib/backtest/venue_costs.ts";
import { dayEndMs, parseDay } from "lib/core/day.ts";
import { readYaml } from "lib/store/yaml.ts";
import { dataSetFixture } from "../fixtures/data_set.ts";

const fees = parseFees(await readYaml("config/fees.yaml"));
const day = parseDay;
const FIRST = day("2025-01-01"), SECOND = day("2025-01-02"), LAST = day("2025-01-03");
const universe = dataSetFixture({
  "poly:a": { closes: { "2025-01-01": 0.5, "2025-01-02": 0.6, "2025-01-03": 0.4 } },
  "poly:b": {
    closes: { "2025-01-01": 0.25 },
    paid: { payout: 0, atMs: dayEndMs(SECOND) - 1 },
  },
  "poly:c": { closes: { "2024-12-20": 0.5, "2025-01-03": 0.5 } },
  "poly:d": { closes: { "2025-01-01": 0.5, "2025-01-02": 0.75, "2025-01-03": 0.7 } },
});
const paths = pricePaths(universe);
const offer = (marketId: string, side: "yes" | "no" = "no") => ({
  ...{ marketId, eventId: marketId, side },
});
const offered = [offer("poly:a"), offer("poly:b"), offer("poly:c")];
const free = () => ({ spread: 0, fee: 0 });
const options = { ...{ seed: 3, from: 0, to: 4, lastDay: LAST, maxPriceAgeDays: 3 }, cost: free };
/** An eighth at a price that only NO of a has, three eighths at one that only NO of b has. */
const dates: RandomDate[] = [{
  ...{ tradedOn: FIRST, contracts: offered },
  held: [{ sidePrice: 0.72, weight: 0.375 }, { sidePrice: 0.4, weight: 0.125 }],
}];

function near(got: ArrayLike<number>, expected: readonly number[]) {
  assert.equal(got.length, expected.length);
  expected.forEach((x, t) =>
    assert.ok(Math.abs(got[t]! - x) < 1e-12, `${t}: ${got[t]} is not ${x}`)
  );
}

Deno.test("randomPortfolios() puts each weight into a contract of its price, hand-worked", () => {
  const { firstDay, nDays, nav, navGross } = randomPortfolios(paths, dates, options);
  assert.deepEqual([firstDay, nDays], [FIRST, 3]);
  // NO of a: 0.5 → 0.4 → 0.6; NO of b: 0.75 → paid 1 on day 2, which waits in cash; c is stale
  const expected = [100, 50 + 12.5 * 0.8 + 37.5 / 0.75, 50 + 12.5 * 1.2 + 37.5 / 0.75];
  near(navGross, [expected, expected, expected, expected].flat());
  near(nav, [...navGross]);
});

Deno.test("randomPortfolios() gives what a full bin cannot take to contracts of other prices", () => {
  const held = [{ sidePrice: 0.4, weight: 0.25 }, { sidePrice: 0.45, weight: 0.5 }];
  const { navGross } = randomPortfolios(paths, [{ ...dates[0]!, held }], options);
  const expected = [100, 25 + 50 * 0.8 + 25 / 0.75, 25 + 50 * 1.2 + 25 / 0.75];
  near(navGross.subarray(0, 3), expected);
});

Deno.test("randomPortfolios() keeps in cash what finds no contract", () => {
  const held = [0.3, 0.2, 0.4, 0.1].map((weight) => ({ sidePrice: 0.5, weight }));
  const date = { ...dates[0]!, contracts: [offer("poly:a")], held };
  near(randomPortfolios(paths, [date], options).navGross.subarray(0, 3), [100, 92, 108]);
});

Deno.test("randomPortfolios() pays for what changes hands at a trade date, hand-worked", () => {
  const cost = () => ({ spread: 0.01, fee: 0.01 });
  const again = {
    ...{ tradedOn: LAST, contracts: [offer("poly:a")] },
    held: [{ sidePrice: 0.5, weight: 0.25 }],
  };
  const { nav, navGross } = randomPortfolios(paths, [...dates, again], { ...options, cost });
  const gross = [100, 110, 115];
  // a has drifted to 15 of 115; the settled b needs no sale
  const kept = [0.99, 0.99, 0.99 * (1 - 0.02 * (0.25 - 15 / 115))];
  for (let draw = 0; draw < 4; ++draw) {
    near(navGross.subarray(draw * 3, draw * 3 + 3), gross);
    near(nav.subarray(draw * 3, draw * 3 + 3), gross.map((x, t) => x * kept[t]!));
  }
});

Deno.test("randomPortfolios() sells what is not on offer any more at the cost of its purchase", () => {
  const cost = ({ sidePrice }: { sidePrice: number }) => ({ spread: sidePrice / 100, fee: 0 });
  const both = [{ ...dates[0]!, held: [{ sidePrice: 0.5, weight: 0.5 }] }, {
    ...{ tradedOn: SECOND, contracts: [offer("poly:d", "yes")] },
    held: [{ sidePrice: 0.7, weight: 1 }],
  }];
  const { nav } = randomPortfolios(paths, both, { ...options, cost });
  // 90 after a day, 40 of them in NO of a, which cost 0.5 % to buy; YES of d at 0.75 costs 0.75 %
  const kept = (1 - 0.5 * 0.005) * (1 - 40 / 90 * 0.005 - 0.0075);
  near(nav.subarray(0, 3), [100 * (1 - 0.0025), 90 * kept, 90 * 0.7 / 0.75 * kept]);
});

Deno.test("randomPortfolios() pays nothing for what it goes on holding, as ranks last", () => {
  const held = [{ sidePrice: 0.5, weight: 1 }];
  const contracts = [offer("poly:a", "yes"), offer("poly:d", "yes"), offer("poly:b", "yes")];
  const twice = [
    { tradedOn: FIRST, contracts, held },
    { tradedOn: SECOND, contracts, held: [{ sidePrice: 0.65, weight: 1 }] },
  ];
  const cost = () => ({ spread: 0.01, fee: 0 });
  const drawn = randomPortfolios(paths, twice, { ...options, to: 100, cost });
  let nPatient = 0;
  for (let draw = 0; draw < 100; ++draw) {
    const [, gross] = drawn.navGross.subarray(draw * 3, draw * 3 + 3);
    const [, net] = drawn.nav.subarray(draw * 3, draw * 3 + 3);
    // at 0.6 only a is in the bin: who has it keeps it, who has d sells it
    const isPatient = Math.abs(gross! - 120) < 1e-9;
    near([net!], [gross! * 0.99 * (isPatient ? 1 : 0.98)]);
    nPatient += isPatient ? 1 : 0;
  }
  assert.ok(nPatient > 30 && nPatient < 70, `half of them begin with a: got ${nPatient}`);
});

Deno.test("randomPortfolios() gives an event the same rank at every date", () => {
  const held = [{ sidePrice: 0.3, weight: 1 }];
  const closes = { "2025-01-01": 0.3, "2025-01-02": 0.3, "2025-01-03": 0.3 };
  const names = Array.from({ length: 10 }, (_, k) => `poly:${k}`);
  const same = pricePaths(dataSetFixture(Object.fromEntries(names.map((id) => [id, { closes }]))));
  const contracts = names.map((id) => offer(id, "yes"));
  const backwards = [FIRST, SECOND, LAST].map((tradedOn, d) => ({
    ...{ tradedOn, held },
    contracts: d === 1 ? contracts.toReversed() : contracts,
  }));
  const cost = () => ({ spread: 0.01, fee: 0 });
  const { nav } = randomPortfolios(same, backwards, { ...options, to: 50, cost });
  nav.forEach((x) => assert.ok(Math.abs(x - 99) < 1e-12, "bought once"));
});

Deno.test("randomPortfolios() is all cash in a month without holdings, and buys again", () => {
  const kalshi = pricePaths(dataSetFixture({
    "kalshi:A": { closes: { "2025-01-01": 0.5, "2025-01-02": 0.4, "2025-01-03": 0.2 } },
  }));
  const cost = venueCosts(kalshi, {
    ...{ fees, themeOf: () => null, capitalUsd: 10_000, halfSpread: 0.01 },
    feeModel: "venue" as const,
  });
  const contracts = [offer("kalshi:A", "yes")], held = [{ sidePrice: 0.5, weight: 1 }];
  const withGap = [
    { tradedOn: FIRST, contracts, held },
    { tradedOn: SECOND, contracts, held: [] },
    { tradedOn: LAST, contracts, held },
  ];
  const { nav, navGross } = randomPortfolios(kalshi, withGap, { ...options, to: 1, cost });
  near(navGross, [100, 80, 80]);
  // 0.07 (1 − p) of a dollar: 350, 420 and 560 dollars, which are whole cents; and a cent's half-spread
  const kept = [0.01 / 0.5 + 0.035, 0.01 / 0.4 + 0.042, 0.01 / 0.2 + 0.056].map((x) => 1 - x);
  near(nav, [100 * kept[0]!, 80 * kept[0]! * kept[1]!, 80 * kept[0]! * kept[1]! * kept[2]!]);
});

Deno.test("randomPortfolios() takes single contracts at random, the same in any split of draws", () => {
  const held = [{ sidePrice: 0.5, weight: 1 }];
  const single = [{ ...dates[0]!, contracts: [offer("poly:a"), offer("poly:d")], held }];
  const all = randomPortfolios(paths, single, { ...options, to: 200 });
  const ends = Array.from({ length: 200 }, (_, k) => all.navGross[k * 3 + 2]!);
  const share = ends.filter((end) => Math.abs(end - 120) < 1e-9).length / 200;
  assert.ok(share > 0.4 && share < 0.6, `one of two, got ${share}`);
  const part = randomPortfolios(paths, single, { ...options, from: 50, to: 60 });
  assert.deepEqual(part.nav, all.nav.subarray(150, 180));
  assert.deepEqual(part.navGross, all.navGross.subarray(150, 180));
});

Deno.test("randomPortfolios() stays in cash where nothing is ever held", () => {
  const nothing = randomPortfolios(paths, [{ ...dates[0]!, held: [] }], options);
  assert.equal(nothing.firstDay, options.lastDay);
  assert.deepEqual([...nothing.nav], [100, 100, 100, 100]);
});

Deno.test("randomPortfolios() begins at the first date at which something is held", () => {
  const late = [{ ...dates[0]!, held: [] }, { ...dates[0]!, tradedOn: SECOND }];
  const { firstDay, nDays } = randomPortfolios(paths, late, options);
  assert.deepEqual([firstDay, nDays], [SECOND, 2]);
});
