import assert from "node:assert/strict";
import { randomStream } from "lib/core/random.ts";
import { drawScore, type Score } from "lib/sources/simulated/score.ts";
import {
  binaryPath,
  bracketPaths,
  type ContractPath,
  deadlinePaths,
  drawPriors,
  ladderPaths,
  treePaths,
} from "lib/sources/simulated/shapes.ts";

const N_DRAWS = 3000, N_DAYS = 24, FIRST = 3;

function score(name: string, endShare: number | null = 0.2): Score {
  return drawScore({
    firstDay: 19_723,
    first: FIRST,
    end: FIRST + N_DAYS,
    common: [],
    endShare,
    random: randomStream(7, name),
  });
}

// no tiny prior: a t statistic over rare large moves is not normal
const PRIORS = [0.35, 0.25, 0.15, 0.11, 0.08, 0.06];

const SHAPES: Record<string, (k: number) => ContractPath[]> = {
  binary: (k) => [binaryPath(score(`b${k}`), FIRST, 0.8)],
  ladder: (k) => ladderPaths(score(`l${k}`), FIRST, [-0.5, 0.2, 0.9, 1.6]),
  brackets: (k) => bracketPaths(score(`k${k}`), FIRST, [-0.8, 0, 0.3, 1.2]),
  tree: (k) =>
    treePaths(PRIORS, PRIORS.map((_, i) => i % 3 === 0 ? 1 : -1), {
      first: FIRST,
      scoreOf: (split) => score(`t${k}/${split}`),
    }),
  deadlines: (k) =>
    deadlinePaths(score(`d${k}`, null), {
      first: FIRST,
      deadlines: [FIRST + 6, FIRST + 15, FIRST + N_DAYS],
      prior: 0.45,
      surpriseShare: 0.3,
      random: randomStream(7, `touch${k}`),
    }),
};

/** Mean over its standard error. */
function tStatistic(values: readonly number[]): number {
  const n = values.length, mean = values.reduce((a, b) => a + b, 0) / n;
  const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (n - 1);
  return mean / Math.sqrt(variance / n);
}

/** Value at the end of day `i` from the listing: the payout once it is known. */
function valueAt(path: ContractPath, i: number): number {
  return i < path.p.length ? path.p[i]! : path.payout;
}

for (const [name, draw] of Object.entries(SHAPES)) {
  const draws = Array.from({ length: N_DRAWS }, (_, k) => draw(k));
  const nContracts = draws[0]!.length;

  Deno.test(`${name} prices are martingales: mean change 0 in every third of the life`, () => {
    for (let k = 0; k < nContracts; ++k) {
      for (const [from, to] of [[0, 8], [8, 16], [16, N_DAYS]] as const) {
        const changes = draws.map((paths) => valueAt(paths[k]!, to) - valueAt(paths[k]!, from));
        if (changes.every((x) => x === 0)) continue;
        const t = tStatistic(changes);
        assert.ok(Math.abs(t) < 4, `contract ${k}, days ${from}–${to}: t = ${t}`);
      }
    }
  });

  Deno.test(`${name} prices are calibrated: outcomes as often as the mid-life price says`, () => {
    for (let bin = 0; bin < 5; ++bin) {
      const errors: number[] = [];
      for (const paths of draws) {
        for (const path of paths.slice(0, 1)) {
          const p = path.p[10];
          if (p !== undefined && p >= bin / 5 && p < (bin + 1) / 5) errors.push(path.payout - p);
        }
      }
      if (errors.length < 100) continue;
      assert.ok(Math.abs(tStatistic(errors)) < 4, `bin ${bin}: t = ${tStatistic(errors)}`);
    }
  });
}

Deno.test("brackets and tree outcomes sum to one on every day, and exactly one wins", () => {
  for (const shape of ["brackets", "tree"]) {
    for (let k = 0; k < 200; ++k) {
      const paths = SHAPES[shape]!(k);
      assert.equal(paths.reduce((sum, { payout }) => sum + payout, 0), 1);
      for (let i = 0; i < N_DAYS; ++i) {
        const sum = paths.reduce((total, { p }) => total + p[i]!, 0);
        assert.ok(Math.abs(sum - 1) < 1e-12, `${shape} ${k}, day ${i}: ${sum}`);
      }
    }
  }
});

Deno.test("ladders fall with the strike and deadlines rise with the date", () => {
  for (let k = 0; k < 200; ++k) {
    const ladder = SHAPES.ladder!(k), dates = SHAPES.deadlines!(k);
    for (let i = 0; i <= N_DAYS; ++i) {
      for (let c = 1; c < ladder.length; ++c) {
        assert.ok(valueAt(ladder[c]!, i) <= valueAt(ladder[c - 1]!, i));
      }
      for (let c = 1; c < dates.length; ++c) {
        assert.ok(valueAt(dates[c]!, i) >= valueAt(dates[c - 1]!, i) - 1e-12);
      }
    }
  }
});

Deno.test("treePaths() starts at its priors and deadlinePaths() at its own", () => {
  SHAPES.tree!(0).forEach(({ p }, k) => assert.ok(Math.abs(p[0]! - PRIORS[k]!) < 1e-12));
  assert.ok(Math.abs(SHAPES.deadlines!(0).at(-1)!.p[0]! - 0.45) < 1e-12);
});

Deno.test("deadlinePaths() decays without news: still-open contracts lose value on average", () => {
  const changes = Array.from({ length: 1500 }, (_, k) => SHAPES.deadlines!(k).at(-1)!)
    .filter(({ p }) => p.length === N_DAYS)
    .map(({ p }) => p[20]! - p[0]!);
  assert.ok(tStatistic(changes) < -8);
});

Deno.test("drawPriors() gives a few favourites and a tail that sum to one", () => {
  for (let k = 0; k < 50; ++k) {
    const priors = drawPriors(7, `p${k}`, 12);
    assert.ok(Math.abs(priors.reduce((a, b) => a + b, 0) - 1) < 1e-12);
    assert.ok(priors.every((p, i) => p > 0 && (i === 0 || p <= priors[i - 1]!)));
  }
});

Deno.test("drawScore() has variance one, remaining variance that falls to the last day's share", () => {
  const finals = Array.from({ length: 4000 }, (_, k) => score(`v${k}`).final);
  const variance = finals.reduce((sum, x) => sum + x * x, 0) / finals.length;
  assert.ok(Math.abs(variance - 1) < 4 * Math.sqrt(2 / finals.length), `${variance}`);
  const { x, remaining } = score("v0");
  assert.equal(x[0], 0);
  assert.ok(Math.abs(remaining[0]! - 1) < 1e-12);
  assert.ok(Math.abs(remaining.at(-1)! - 0.2) < 1e-12);
  for (let i = 1; i < x.length; ++i) assert.ok(remaining[i]! < remaining[i - 1]!);
});
