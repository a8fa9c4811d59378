import assert from "node:assert/strict";
import { EXPOSURE_FACTORS, type ExposureFactor } from "lib/exposures/exposure_factors.ts";
import { netExposures } from "lib/exposures/net_exposures.ts";
import { type OutcomeExposure, outcomeExposures } from "lib/exposures/outcome_exposures.ts";
import { parseDataSet } from "lib/sources/local/parse_data_set.ts";
import { readFolder } from "lib/sources/local/read_folder.ts";
import { inProject } from "lib/store/project_root.ts";
import { contractTaxonomy } from "lib/taxonomy/contract_tree.ts";
import { trueMarkets, universe } from "../sources/simulated/universe.ts";
import { RULES } from "./rule_table.ts";

/** The factor that each latent driver of the simulated universe moves, where it moves one. */
const FACTOR_OF: Readonly<Record<string, ExposureFactor>> = {
  rates: "rates",
  front: "rates",
  dollar: "dollar",
  oil: "oil",
  metals: "gold",
  crypto: "crypto",
  fear: "volatility",
  growth: "growth",
};

/** What YES does: over a strike the rule's own direction, since every strike gains as the number rises. */
function yesVector({ vector, direction, strike }: OutcomeExposure): readonly number[] {
  if (direction === null || strike!.side === "between") return vector!;
  return direction.map((score) => strike!.side === "above" ? score : -score);
}

Deno.test("outcomeExposures() agrees in sign with what drives the simulated universe", () => {
  const simulation = universe("default", "full");
  const { tables } = simulation;
  const { markets } = parseDataSet({
    "markets.parquet": tables.markets,
    "prices.parquet": tables.prices,
    "resolutions.parquet": tables.resolutions,
    "benchmarks.parquet": tables.benchmarks,
  }, { kind: "simulated", label: "seed 7" });
  const rows = outcomeExposures(contractTaxonomy(markets), markets, RULES);
  const truth = new Map(trueMarkets(simulation).map((one) => [one.id, one]));
  const drivers = Object.keys(simulation.truth.markets.columns)
    .filter((name) => name.startsWith("driver_")).map((name) => name.slice("driver_".length));
  const agreed = new Map<ExposureFactor, number>(), compared = new Map<ExposureFactor, number>();
  for (const row of rows) {
    if (row.vector === null) continue;
    const { side, loadings } = truth.get(markets[row.market]!.marketId)!;
    drivers.forEach((driver, k) => {
      const factor = FACTOR_OF[driver];
      if (factor === undefined || Math.abs(loadings[k]!) < 0.1) return;
      const score = yesVector(row)[EXPOSURE_FACTORS.indexOf(factor)]!;
      if (score * side === 0) return;
      compared.set(factor, (compared.get(factor) ?? 0) + 1);
      if (Math.sign(score) === Math.sign(side * loadings[k]!)) {
        agreed.set(factor, (agreed.get(factor) ?? 0) + 1);
      }
    });
  }
  for (const factor of ["rates", "dollar", "gold", "oil", "crypto", "growth"] as const) {
    const n = compared.get(factor)!, share = agreed.get(factor)! / n;
    // a coin would agree on half
    assert.ok(n >= 30 && share >= 0.9, `${factor}: ${share} of ${n}`);
  }
});

const REAL = inProject("../shared/data/real");
const isAbsent = await Deno.stat(REAL).then(() => false, () => true);

Deno.test({
  name: "outcomeExposures() and netExposures() map at least 120 events of real markets",
  ignore: isAbsent,
  fn: async () => {
    const { markets, prices } = await readFolder(REAL);
    const taxonomy = contractTaxonomy(markets);
    const rows = outcomeExposures(taxonomy, markets, RULES);
    const net = netExposures({ markets, prices }, taxonomy, rows, { from: 20_270, to: 20_361 });
    const several = Array.from(net.events)
      .filter((event) => taxonomy.events[event]!.tickers.length > 1);
    assert.ok(net.events.length >= 120, `${net.events.length} events`);
    assert.ok(several.length >= 31, `${several.length} with several outcomes`);
    const known = net.coverage.filter((share) => !Number.isNaN(share));
    assert.ok(known.length > 3000 && known.every((share) => share >= 0), `${known.length} days`);
  },
});
