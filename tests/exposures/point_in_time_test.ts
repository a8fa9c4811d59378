import assert from "node:assert/strict";
import type { DataSet } from "lib/core/data_set.ts";
import { formatDay } from "lib/core/day.ts";
import { type NetExposures, netExposures } from "lib/exposures/net_exposures.ts";
import { outcomeExposures } from "lib/exposures/outcome_exposures.ts";
import { parseDataSet } from "lib/sources/local/parse_data_set.ts";
import { readFolder } from "lib/sources/local/read_folder.ts";
import { inProject } from "lib/store/project_root.ts";
import { contractTaxonomy } from "lib/taxonomy/contract_tree.ts";
import { universe } from "../sources/simulated/universe.ts";
import { dailyPrices } from "../universe/daily_prices.ts";
import { RULES } from "./rule_table.ts";

type Priced = Pick<DataSet, "markets" | "prices">;

/** The markets with a price before the day, and their prices before it. */
function before({ markets, prices }: Priced, day: number): Priced {
  const lists = markets.map((_, j) => {
    const { from, to } = { from: prices.offsets[j]!, to: prices.offsets[j + 1]! };
    return Array.from({ length: to - from }, (_, r) => from + r)
      .filter((row) => prices.day[row]! < day)
      .map((row) => [prices.day[row]!, prices.close[row]!] as const);
  });
  const known = [...markets.keys()].filter((j) => lists[j]!.length > 0);
  return {
    markets: known.map((j) => markets[j]!),
    prices: dailyPrices(known.map((j) => lists[j]!)),
  };
}

/** Everything from words on: contract, ticker, event, vectors, net exposures. */
function exposuresOf(data: Priced, range: { from: number; to: number }): NetExposures {
  const taxonomy = contractTaxonomy(data.markets);
  return netExposures(data, taxonomy, outcomeExposures(taxonomy, data.markets, RULES), range);
}

/** One line for each event and day with a quote, with every bit of what is said of it. */
function lines(net: NetExposures, to: number): Map<string, string> {
  const nDays = net.days.length;
  return new Map(
    [...net.coverage.keys()].filter((at) =>
      !Number.isNaN(net.coverage[at]!) && net.days[at % nDays]! < to
    ).map((at) => [
      `${net.eventIds[Math.floor(at / nDays)]} ${formatDay(net.days[at % nDays]!)}`,
      [
        ...net.values.subarray(at * 8, at * 8 + 8),
        ...net.spreads.subarray(at * 8, at * 8 + 8),
        net.coverage[at],
        net.quoted[at],
        net.notMonotone[at],
        net.missing[at],
      ].join(" "),
    ]),
  );
}

/** Replays the data as it stood at several days and wants every earlier line as it is with all of it. */
function assertReplays(data: Priced, shares: readonly number[], atLeast: number): void {
  const days = data.prices.day;
  const from = days.reduce((a, b) => Math.min(a, b)),
    to = 1 + days.reduce((a, b) => Math.max(a, b));
  const all = exposuresOf(data, { from, to });
  for (const share of shares) {
    const cut = Math.floor(from + (to - from) * share);
    const wanted = lines(all, cut),
      replayed = lines(exposuresOf(before(data, cut), { from, to: cut }), cut);
    assert.ok(wanted.size >= atLeast, `${wanted.size} event-days before ${formatDay(cut)}`);
    assert.equal(replayed.size, wanted.size, formatDay(cut));
    const changed = [...wanted].filter(([key, line]) => replayed.get(key) !== line);
    assert.deepEqual(changed, [], formatDay(cut));
  }
}

Deno.test("netExposures() of the simulated universe as it stood at a day is what it is with all later ones", () => {
  const { tables } = universe("default", "full");
  const data = parseDataSet({
    "markets.parquet": tables.markets,
    "prices.parquet": tables.prices,
    "resolutions.parquet": tables.resolutions,
    "benchmarks.parquet": tables.benchmarks,
  }, { kind: "simulated", label: "seed 7" });
  assertReplays(data, [0.3, 0.5, 0.7, 0.9], 10_000);
});

const REAL = inProject("../shared/data/real");
const isAbsent = await Deno.stat(REAL).then(() => false, () => true);

Deno.test({
  name: "netExposures() of real markets as they stood at a day is what it is with all later ones",
  ignore: isAbsent,
  fn: async () => assertReplays(await readFolder(REAL), [0.5, 0.6, 0.7, 0.8, 0.9], 800),
});
