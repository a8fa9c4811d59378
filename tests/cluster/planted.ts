import type { FitOptions, WindowMoves } from "lib/cluster/fit_methods.ts";
import { dayRange, type Panel, panel } from "lib/core/panel.ts";
import { normalDraws, randomStream, shuffled } from "lib/core/random.ts";

/** How a panel with known clusters is made. */
export interface Plan {
  /** Members of each cluster. */
  readonly sizes: readonly number[];
  /** Markets that follow nothing; 0 by default. */
  readonly nLoose?: number;
  readonly days: number;
  /** Correlation of a market's moves with its cluster's factor, in [0, 1]. */
  readonly loading: number;
  /** Share of the moves that are not observed; 0 by default. */
  readonly missing?: number;
  /** Whether about half of the markets are quoted on the other side; so by default. */
  readonly turned?: boolean;
  /** Equal seeds give equal members and sides. */
  readonly seed: number;
  /** Name of the draws, so that a later window has the same clusters and other moves. */
  readonly draws?: string;
}

/** A panel of moves whose clusters are known. */
export interface Planted {
  readonly moves: Panel;
  /** Cluster of each market; −1 follows nothing. */
  readonly cluster: Int32Array;
  readonly side: Int8Array;
}

/** Moves of which each cluster's follow one factor, on either side of it, members in any order. */
export function planted(plan: Plan): Planted {
  const { sizes, nLoose = 0, days, loading, missing = 0, turned = true, seed } = plan;
  const labels = sizes.flatMap((size, c) => new Array<number>(size).fill(c));
  const random = randomStream(seed, "members");
  const cluster = Int32Array.from(
    shuffled([...labels, ...new Array<number>(nLoose).fill(-1)], random),
  );
  const side = Int8Array.from(cluster, () => turned && random() < 0.5 ? -1 : 1);
  const draws = randomStream(seed, plan.draws ?? "now"), normal = normalDraws(draws);
  const own = Math.sqrt(1 - loading ** 2);
  const n = cluster.length;
  const values = new Float64Array(days * n);
  for (let i = 0; i < days; ++i) {
    const factors = sizes.map(() => normal());
    for (let j = 0; j < n; ++j) {
      const c = cluster[j]!;
      const move = c < 0 ? normal() : loading * factors[c]! + own * normal();
      values[i * n + j] = draws() < missing ? NaN : side[j]! * move;
    }
  }
  return { moves: panel(dayRange(0, days), marketNames(n), values), cluster, side };
}

/** Names of markets: poly:00, poly:01, … */
export function marketNames(n: number): string[] {
  return Array.from({ length: n }, (_, j) => `poly:${String(j).padStart(2, "0")}`);
}

/** Moves as the methods take them, the same for both representations, topics unknown by default. */
export function windowOf(
  moves: Panel,
  topics: Int32Array = new Int32Array(moves.markets.length).fill(-1),
): WindowMoves {
  return { moves, seedMoves: moves, topics, stepDays: 1 };
}

/** Prices in (0, 1) whose log-odds make a tenth of the given moves day by day, from one half. */
export function pricesOf({ days, markets, values }: Panel): Panel {
  const n = markets.length;
  const odds = new Float64Array(n);
  const prices = values.map((move, cell) => {
    if (Number.isNaN(move)) return NaN;
    odds[cell % n] = odds[cell % n]! + move / 10;
    return 1 / (1 + Math.exp(-odds[cell % n]!));
  });
  return { days, markets, values: prices };
}

/** The chosen markets of a panel, in the order chosen. */
export function chosenOf({ days, markets, values }: Panel, order: readonly number[]): Panel {
  const n = order.length;
  return panel(
    days,
    order.map((j) => markets[j]!),
    Float64Array.from(
      { length: days.length * n },
      (_, cell) => values[Math.floor(cell / n) * markets.length + order[cell % n]!]!,
    ),
  );
}

/** The panel of moves with some markets quoted as their complements. */
export function quotedAs({ days, markets, values }: Panel, side: ArrayLike<number>): Panel {
  return { days, markets, values: values.map((x, cell) => x * side[cell % markets.length]!) };
}

/** Settings of the methods for small panels. */
export const FIT: FitOptions = {
  minOverlap: 20,
  nClusters: 3,
  minEdge: 0.2,
  topicBoost: 3,
  seed: 7,
};
