import { normalDraws, type Random, randomStream } from "../../core/random.ts";
import type { MacroPaths, SeriesPath } from "./benchmarks.ts";
import { normalQuantile } from "../../core/normal.ts";
import type { EventPlan } from "./schedule.ts";
import { type CommonFactor, drawScore, type Loading, type Score } from "./score.ts";
import {
  binaryPath,
  bracketPaths,
  type ContractPath,
  deadlinePaths,
  drawPriors,
  ladderPaths,
  treePaths,
} from "./shapes.ts";
import type { Templates } from "./templates.ts";

/** Whether events share factors, or are martingales of their own: the universe for null tests. */
export type Structure = "full" | "fair";

/** Everything that events share. */
export interface World {
  readonly seed: number;
  readonly structure: Structure;
  readonly templates: Templates;
  /** UTC day of grid index 0. */
  readonly firstDay: number;
  readonly macro: MacroPaths;
  /** Factor of a theme (`theme/<name>`) or cluster (`cluster/<theme>/<name>`). */
  readonly factorOf: (name: string) => CommonFactor;
}

/** Loadings of an event's score on what it shares; all zero in a fair universe. */
export interface EventLoadings {
  readonly theme: number;
  readonly cluster: number;
  /** Per driver name, nonzero only. */
  readonly drivers: Readonly<Record<string, number>>;
  /** Macro series that decides the event, if any. */
  readonly series: string | null;
}

/** The true course of an event: one path and one label per contract. */
export interface EventPaths {
  readonly plan: EventPlan;
  readonly paths: readonly ContractPath[];
  /** Outcome, strike or nothing, per contract. */
  readonly labels: readonly string[];
  readonly loadings: EventLoadings;
}

/** Draws an event's course. Cost: O(days · contracts). */
export function drawEvent(plan: EventPlan, world: World): EventPaths {
  const { template, first } = plan;
  const random = randomStream(world.seed, `event/${plan.name}`);
  if (template.kind === "series_ladder" || template.kind === "up_down") {
    return drawSeriesEvent(plan, world, random);
  }
  const loadings = drawLoadings(plan, world, random);
  const shared = sharedFactors(plan, loadings, world);
  const [low, high] = template.late;
  const endShare = template.kind === "deadlines" ? null : low + (high - low) * random();
  const scoreOf = (split: number, common = shared): Score =>
    drawScore({
      firstDay: world.firstDay,
      first,
      end: plan.end,
      common,
      endShare,
      random: randomStream(world.seed, `score/${plan.name}/${split}`),
    });
  const done = (paths: readonly ContractPath[], labels: readonly string[]): EventPaths => ({
    plan,
    paths,
    labels,
    loadings,
  });
  switch (template.kind) {
    case "binary": {
      const prior = between(template.prior, random() ** 2.4);
      return done([binaryPath(scoreOf(0), first, -normalQuantile(prior))], [""]);
    }
    case "game": {
      const prior = Math.min(Math.max(0.52 + 0.17 * normalDraws(random)(), 0.08), 0.92);
      return done([binaryPath(scoreOf(0), first, -normalQuantile(prior))], [plan.slots.home!]);
    }
    case "deadlines": {
      const prior = between(template.prior, random() ** 1.7);
      const paths = deadlinePaths(scoreOf(0), {
        first,
        deadlines: plan.deadlines,
        prior,
        surpriseShare: 0.1 + 0.4 * random(),
        random: randomStream(world.seed, `touch/${plan.name}`),
      });
      return done(paths, plan.deadlines.map(() => ""));
    }
    case "brackets": {
      const n = plan.outcomes.length;
      const centre = 0.7 * normalDraws(random)(), width = 2.4 / n * (0.7 + 0.6 * random());
      const cuts = Array.from({ length: n - 1 }, (_, k) => centre + (k - (n - 2) / 2) * width);
      return done(bracketPaths(scoreOf(0), first, cuts), plan.outcomes);
    }
    case "ladder": {
      const n = plan.nContracts, base = between(template.start, random());
      const lowest = Math.round(base / template.step) * template.step;
      const centre = 0.6 + 0.7 * normalDraws(random)(), width = 0.35 + 0.35 * random();
      const cuts = Array.from({ length: n }, (_, k) => centre + (k - (n - 1) / 2) * width);
      const strikes = cuts.map((_, k) => strikeText(lowest + k * template.step, template.step));
      return done(ladderPaths(scoreOf(0), first, cuts), strikes);
    }
    case "nominal": {
      const n = plan.outcomes.length;
      const priors = drawPriors(world.seed, plan.name, n);
      const groups = template.sides ?? plan.outcomes.map((_, k) => (k % 2 === 0 ? 1 : -1));
      return done(
        treePaths(priors, groups, {
          first,
          scoreOf: (k) => scoreOf(k, k === 0 ? shared : []),
        }),
        plan.outcomes,
      );
    }
  }
}

function between([low, high]: readonly [number, number], u: number): number {
  return low + (high - low) * u;
}

function strikeText(strike: number, step: number): string {
  const decimals = step >= 1 ? 0 : step >= 0.1 ? 1 : 2;
  return strike.toFixed(decimals).replace(/\B(?=(\d{3})+(?!\d))/g, ",");
}

function drawLoadings(plan: EventPlan, world: World, random: Random): EventLoadings {
  const jitter = 0.85 + 0.3 * random();
  const none = { theme: 0, cluster: 0, drivers: {}, series: null };
  if (world.structure === "fair") return none;
  const theme = world.templates.themes[plan.theme]!;
  const cluster = theme.clusters[plan.cluster]!, side = plan.template.side;
  const drivers: Record<string, number> = {};
  for (const [name, loading] of Object.entries(cluster.drivers)) drivers[name] = side * loading;
  return {
    theme: side * Math.sqrt(theme.common),
    cluster: side * Math.sqrt(cluster.common * jitter),
    drivers,
    series: null,
  };
}

function sharedFactors(plan: EventPlan, loadings: EventLoadings, world: World): Loading[] {
  const shared: Loading[] = [];
  if (loadings.theme !== 0) {
    shared.push({ factor: world.factorOf(`theme/${plan.theme}`), loading: loadings.theme });
  }
  if (loadings.cluster !== 0) {
    const factor = world.factorOf(`cluster/${plan.theme}/${plan.cluster}`);
    shared.push({ factor, loading: loadings.cluster });
  }
  const { names, z, variance } = world.macro.drivers;
  for (const [name, loading] of Object.entries(loadings.drivers)) {
    const d = names.indexOf(name);
    if (d < 0) {
      throw new RangeError(
        `Cannot draw event "${plan.name}" as its drivers must be listed in the factors: got "${name}"`,
      );
    }
    shared.push({ factor: { z: z[d]!, variance: variance[d]! }, loading });
  }
  return shared;
}

/** Contracts on a macro series, decided by its own close: strikes, or up and down. */
function drawSeriesEvent(plan: EventPlan, world: World, random: Random): EventPaths {
  const { template, first } = plan;
  if (template.kind !== "series_ladder" && template.kind !== "up_down") {
    throw new RangeError(`Cannot draw "${plan.name}" as it must be on a series: got another kind`);
  }
  const path = world.macro.series.find(({ series }) => series.symbol === template.series);
  if (path === undefined || path.series.simulation.reversion !== 0) {
    throw new RangeError(
      `Cannot draw event "${plan.name}" as its series must be listed and not revert: got "${template.series}"`,
    );
  }
  // the last session on or before the scheduled day, but after the listing
  const later = path.row.findIndex((row) => row > first);
  const session = Math.max(path.row.findLastIndex((row) => row <= plan.end), later);
  const end = path.row[session]!;
  const before = path.row.findLastIndex((row) => row < Math.max(first, 1));
  const { score, sd } = seriesScore(path, { first, end, fair: world.structure === "fair", random });
  const loadings: EventLoadings = world.structure === "fair"
    ? { theme: 0, cluster: 0, drivers: {}, series: null }
    : {
      theme: 0,
      cluster: 0,
      drivers: path.series.simulation.loadings,
      series: path.series.symbol,
    };
  const anchor = path.atDayEnd[first]!;
  if (template.kind === "up_down") {
    const sdDay = Math.sqrt(path.closeVariance[end]!);
    const flat = binaryPath(
      {
        x: score.x.map(() => 0),
        remaining: score.x.map(() => sdDay * sdDay),
        final: score.final - score.x.at(-1)!,
      },
      first,
      -path.driftPerSession,
    );
    return { plan: { ...plan, end, scheduledEnd: end }, paths: [flat], labels: ["Up"], loadings };
  }
  const spot = before >= 0 ? path.close[before]! : path.series.simulation.start;
  const step = template.step *
    Math.max(1, Math.round(0.55 * sd * spot / template.step));
  const middle = Math.round(spot / step) * step;
  const strikes = Array.from(
    { length: plan.nContracts },
    (_, k) => middle + (k - Math.floor((plan.nContracts - 1) / 3)) * step,
  ).filter((strike) => strike > 0);
  const cuts = strikes.map((strike) =>
    Math.log(strike / path.series.simulation.start) - path.driftPerSession * (session + 1) - anchor
  );
  return {
    plan: { ...plan, end, scheduledEnd: end, nContracts: strikes.length },
    paths: ladderPaths(score, first, cuts),
    labels: strikes.map((strike) => strikeText(strike, template.step)),
    loadings,
  };
}

/** The series' log price from the listing on, less its value there; a copy of it where fair. */
function seriesScore(
  path: SeriesPath,
  { first, end, fair, random }: { first: number; end: number; fair: boolean; random: Random },
): { score: Score; sd: number } {
  const n = end - first;
  const x = new Float64Array(n), remaining = new Float64Array(n);
  remaining[n - 1] = path.closeVariance[end]!;
  for (let i = n - 2; i >= 0; --i) {
    remaining[i] = remaining[i + 1]! + path.dayVariance[first + i + 1]!;
  }
  const sd = Math.sqrt(remaining[0]!);
  const anchor = path.atDayEnd[first]!;
  if (!fair) {
    for (let i = 0; i < n; ++i) x[i] = path.atDayEnd[first + i]! - anchor;
    return { score: { x, remaining, final: path.atClose[path.row.indexOf(end)]! - anchor }, sd };
  }
  const draw = normalDraws(random);
  for (let i = 1; i < n; ++i) {
    x[i] = x[i - 1]! + Math.sqrt(remaining[i - 1]! - remaining[i]!) * draw();
  }
  return { score: { x, remaining, final: x[n - 1]! + Math.sqrt(remaining[n - 1]!) * draw() }, sd };
}
