/**
 * Where methods stand among their random portfolios where nothing drives the markets together:
 * `deno run -A bench/null_level.ts [N_SEEDS]`, 12 seeds if not said, about 11 seconds each.
 *
 * Each seed is one *fair* universe, in which no method can know anything. A method's place among
 * 1,000 random portfolios should be any place as often as any other, so the mean should be a half
 * and a twentieth of the places should lie in each tail.
 */
import { pricePaths } from "lib/backtest/price_paths.ts";
import type { RandomPortfolios } from "lib/backtest/random_portfolios.ts";
import { nullPercentile } from "lib/core/null_percentile.ts";
import { decideDates } from "lib/decide/decide_dates.ts";
import { METHODS } from "lib/decide/method_list.ts";
import { sleevesOf } from "lib/decide/method_study.ts";
import { randomNull } from "lib/decide/random_null.ts";
import { methodJobs, randomJobs, replayData } from "lib/decide/replay_jobs.ts";
import { replayMethod } from "lib/decide/replay_method.ts";
import { simulatedSeed } from "./made_replay.ts";

const N_DRAWS = 1000;
const STUDIED = ["words_risk", "hybrid_risk", "hybrid_equal", "hybrid_hrp"];
const nSeeds = Number(Deno.args[0] ?? 12);
const methods = METHODS.filter(({ key }) => STUDIED.includes(key));
const gross = methods.map((): number[] => []), net = methods.map((): number[] => []);
for (let seed = 1; seed <= nSeeds; ++seed) {
  const { data, config, costs, days } = await simulatedSeed(seed, "fair");
  const decisions = decideDates(data, days, { config });
  const lean = replayData(data), paths = pricePaths(lean);
  const jobs = methodJobs(decisions, { config, costs })
    .filter(({ method }) => STUDIED.includes(method));
  const sleeves = sleevesOf(
    jobs.flatMap((job) => replayMethod(lean, { ...job, isSleeveAlone: true })),
    "cash",
  );
  randomJobs(decisions, sleeves, { config, costs, paths }).forEach((job, m) => {
    const drawn = randomNull(lean, { ...job, to: N_DRAWS }), { ledger } = sleeves[m]!;
    gross[m]!.push(nullPercentile(ledger.navGross.at(-1)!, endsOf(drawn, "navGross")));
    net[m]!.push(nullPercentile(ledger.nav.at(-1)!, endsOf(drawn, "nav")));
  });
  const places = net.map((own) => own.at(-1)!.toFixed(2)).join(", ");
  console.log(`seed ${seed}: after costs ${places}`);
}

function endsOf(drawn: RandomPortfolios, series: "nav" | "navGross"): Float64Array {
  const { nDays } = drawn;
  return Float64Array.from({ length: N_DRAWS }, (_, b) => drawn[series][(b + 1) * nDays - 1]!);
}

function rowOf(name: string, costs: string, places: readonly number[]): string {
  const mean = places.reduce((sum, place) => sum + place, 0) / places.length;
  const above = places.filter((place) => place > 0.95).length;
  const below = places.filter((place) => place < 0.05).length;
  return `| ${name} | ${costs} | ${mean.toFixed(2)} | ${above} | ${below} |`;
}

console.log(`\nMean place among ${N_DRAWS} random portfolios, places above 0.95 and below 0.05`);
methods.forEach(({ name }, m) => {
  console.log(rowOf(name, "free of costs", gross[m]!));
  console.log(rowOf(name, "after costs", net[m]!));
});
