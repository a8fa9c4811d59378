import { pairIndex } from "../core/pair_matrix.ts";
import type { Panel } from "../core/panel.ts";
import {
  correlateRows,
  type CorrelationOptions,
  type PairRows,
  pairRows,
  type RowRange,
} from "../stats/correlate_rows.ts";
import { type CorrelationMatrix, correlationMatrix } from "../stats/correlation_matrix.ts";
import { seriesOrder } from "../stats/series_order.ts";
import { parallelMap, type ParallelOptions, requireWorkers } from "./parallel_map.ts";

/** Common days of all pairs below which one thread is done before workers are at their speed. */
const MIN_COMMON_DAYS = 20e6;

/** Ranges of rows a worker gets in turn: pairs differ in weight, so equal shares would not end together. */
const RANGES_A_WORKER = 8;

/**
 * The correlation matrix of a panel, its rows shared between workers.
 *
 * The same numbers to the last bit as {@linkcode correlationMatrix}, whatever the number of workers:
 * each pair is the work of one of them, done by the same code. The moves and the answer lie in
 * shared memory, so nothing is copied; the arrays given back are views of it and serve as any other.
 *
 * Shape, units, NaN: as {@linkcode correlationMatrix}. Cost: that of the matrix over the workers;
 * panels with less than 20 million common days over all pairs, such as 500 markets over 160 days,
 * are done in this thread.
 *
 * @throws {RangeError} If `minOverlap` is below 3, the panel has more than 65,535 days or the number
 * of workers is no whole number.
 */
export async function correlateInParallel(
  moves: Panel,
  { kind, minOverlap, pool, workers = pool?.size ?? navigator.hardwareConcurrency }:
    & CorrelationOptions
    & ParallelOptions,
): Promise<CorrelationMatrix> {
  requireWorkers(workers);
  const n = moves.markets.length;
  if (workers <= 1 || commonDays(moves) < MIN_COMMON_DAYS) {
    return correlationMatrix(moves, { kind, minOverlap });
  }
  const series = seriesOrder(moves, { allocate: sharedMemory });
  const out = pairRows(n, { from: 0, to: n }, sharedMemory);
  const task = { module: "stats/correlate_rows.ts", name: "correlateRows" };
  await parallelMap<typeof correlateRows>(
    task,
    balancedRows(n, workers * RANGES_A_WORKER).map((rows) => [
      series,
      { kind, minOverlap, ...rows },
      rowsOf(out, n, rows),
    ]),
    { workers, pool },
  );
  const { rho, overlap, zeroDays } = out;
  return { rho: { ids: moves.markets, values: rho }, overlap, zeroDays };
}

/** Days that two markets have in common, over all pairs. */
function commonDays({ days, markets, values }: Panel): number {
  let sum = 0;
  for (let i = 0, cell = 0; i < days.length; ++i) {
    let count = 0;
    for (const end = cell + markets.length; cell < end; ++cell) {
      if (values[cell]! === values[cell]!) ++count;
    }
    sum += count * (count - 1) / 2;
  }
  return sum;
}

function sharedMemory(bytes: number): SharedArrayBuffer {
  return new SharedArrayBuffer(bytes);
}

/** Views of the part of `out` that holds the pairs of these rows. */
function rowsOf({ rho, overlap, zeroDays }: PairRows, n: number, { from, to }: RowRange): PairRows {
  const start = pairIndex(n, from, from + 1), end = pairIndex(n, to, to + 1);
  return {
    rho: rho.subarray(start, end),
    overlap: overlap.subarray(start, end),
    zeroDays: zeroDays.subarray(start, end),
  };
}

/** Cuts the rows of `n` markets into ranges of about as many pairs each, none of them empty. */
export function balancedRows(n: number, nRanges: number): RowRange[] {
  const ranges: RowRange[] = [];
  const nPairs = pairIndex(n, n, n + 1);
  let from = 0;
  for (let to = 1; to <= n; ++to) {
    const isFull = pairIndex(n, to, to + 1) * nRanges >= nPairs * (ranges.length + 1);
    if (!isFull && to < n) continue;
    ranges.push({ from, to });
    from = to;
  }
  return ranges;
}
