/**
 * How pairwise Spearman grows with the number of markets: `deno run -A bench/pair_scale.ts [MARKETS…]`.
 *
 * 180 days, one in twenty missing, rows shared between workers. Twice the markets are four times the
 * pairs; a ratio of the processor's seconds much above 4 would mean that the work no longer fits the
 * memory it is done in. The clock's seconds also hold what other programs took from the cores.
 */
import { cpuUsage } from "node:process";
import { dayRange, type Panel, panel } from "lib/core/panel.ts";
import { normalDraws, randomStream } from "lib/core/random.ts";
import { correlateInParallel } from "lib/parallel/correlate.ts";

const N_DAYS = 180;

function ticks(nMarkets: number): Panel {
  const random = randomStream(1, `pair scale ${nMarkets}`), normal = normalDraws(random);
  const values = Float64Array.from(
    { length: N_DAYS * nMarkets },
    () => random() < 0.05 ? NaN : Math.round(20 * normal()) / 1000,
  );
  const markets = Array.from({ length: nMarkets }, (_, j) => `poly:${j}`);
  return panel(dayRange(0, N_DAYS), markets, values);
}

/** Most memory this process has held, in bytes; on Linux only, else what it holds now. */
function peakMemory(): number {
  if (Deno.build.os !== "linux") return Deno.memoryUsage().rss;
  const kilobytes = Deno.readTextFileSync("/proc/self/status").match(/^VmHWM:\s+(\d+) kB$/m)?.[1];
  return Number(kilobytes) * 1024;
}

const sizes = Deno.args.length > 0 ? Deno.args.map(Number) : [2_500, 5_000, 10_000, 20_000];
console.log(
  `| markets × ${N_DAYS} days | seconds | processor's seconds | to the size before | peak memory, GB |`,
);
console.log("| --- | --- | --- | --- | --- |");
let before = NaN;
for (const nMarkets of sizes) {
  const moves = ticks(nMarkets);
  const start = performance.now(), used = cpuUsage();
  await correlateInParallel(moves, { kind: "spearman", minOverlap: 30 });
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = cpuUsage(used);
  const busy = (user + system) / 1e6;
  const cells = [
    nMarkets,
    seconds.toFixed(2),
    busy.toFixed(2),
    Number.isNaN(before) ? "" : (busy / before).toFixed(2),
    (peakMemory() / 1e9).toFixed(2),
  ];
  console.log(`| ${cells.join(" | ")} |`);
  before = busy;
}
console.log(`\nDeno ${Deno.version.deno}, ${navigator.hardwareConcurrency} cores`);
