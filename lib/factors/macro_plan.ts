import { effectiveDegrees, type RidgePath, ridgePath } from "../stats/ridge_path.ts";
import { type FactorGram, sessionMoments, sessionRows } from "./factor_gram.ts";

/** The penalties that are tried. */
export type MacroPenalties =
  /** A grid on standardised factors, per fitted move; time order chooses. */
  | { readonly alphas: readonly number[] }
  /** One penalty on standardised factors for any number of moves; nothing is chosen. */
  | { readonly fixedAlpha: number };

/** A sample of sessions decomposed, with what each penalty divides by. */
export interface PenalisedPath {
  readonly path: RidgePath;
  /** A penalties, rising. */
  readonly alphas: Float64Array;
  /** A × rank by rows: 1 / (eigenvalue + penalty). */
  readonly shrink: Float64Array;
}

/** Sessions of one fold, to be predicted from all sessions before them. */
export interface MacroFold extends PenalisedPath {
  /** First and last + 1 of its sessions. */
  readonly from: number;
  readonly to: number;
  /** (to − from) × rank by rows: the fold's factors along the axes of the sessions before. */
  readonly along: Float64Array;
}

/** What contracts observed on the same sessions share: all but their moves. */
export interface MacroPlan {
  readonly n: number;
  /** n × K by rows: scaled factors of the sessions. */
  readonly rows: Float64Array;
  readonly whole: PenalisedPath;
  /** Effective degrees of freedom per penalty of the whole sample. */
  readonly degrees: Float64Array;
  /** Folds after the first, in time order; none where a fold would have fewer than two sessions. */
  readonly folds: readonly MacroFold[];
}

/**
 * Decompositions of a list of sessions and of the expanding windows before its folds.
 *
 * Fold j of F holds sessions ⌊j·n/F⌋ to ⌊(j + 1)·n/F⌋; each window standardises its factors by itself,
 * so that no fold's moves or factors reach what predicts it.
 *
 * Cost: O(F·K³ + n·K²).
 */
export function macroPlan(
  gram: FactorGram,
  session: Int32Array,
  { penalties, folds: count }: { readonly penalties: MacroPenalties; readonly folds: number },
): MacroPlan {
  const n = session.length, k = gram.nFactors;
  const rows = sessionRows(gram, session);
  const penalised = (m: number) =>
    penalisedPath(ridgePath(sessionMoments(gram, session.subarray(0, m))), penalties);
  const folds: MacroFold[] = [];
  for (let j = 1; j < count && n >= 2 * count; ++j) {
    const from = Math.floor(j * n / count), to = Math.floor((j + 1) * n / count);
    const before = penalised(from);
    const along = alongAxes(rows.subarray(from * k, to * k), before.path);
    folds.push({ ...before, from, to, along });
  }
  const whole = penalised(n);
  const degrees = whole.alphas.map((alpha) => effectiveDegrees(whole.path, alpha));
  return { n, rows, whole, degrees, folds };
}

function penalisedPath(path: RidgePath, penalties: MacroPenalties): PenalisedPath {
  const { n, values } = path, rank = values.length;
  const alphas = "fixedAlpha" in penalties
    ? Float64Array.of(penalties.fixedAlpha)
    : Float64Array.from(penalties.alphas, (alpha) => alpha * n).sort();
  const shrink = new Float64Array(alphas.length * rank);
  alphas.forEach((alpha, a) => {
    for (let i = 0; i < rank; ++i) shrink[a * rank + i] = 1 / (values[i]! + alpha);
  });
  return { path, alphas, shrink };
}

/** Coordinates of rows less the path's means. Shape: m × k → m × rank, by rows. */
function alongAxes(rows: Float64Array, { axes, mean, values }: RidgePath): Float64Array {
  const k = mean.length, rank = values.length, m = k === 0 ? 0 : rows.length / k;
  const along = new Float64Array(m * rank), centred = new Float64Array(k);
  for (let t = 0; t < m; ++t) {
    for (let f = 0; f < k; ++f) centred[f] = rows[t * k + f]! - mean[f]!;
    for (let i = 0; i < rank; ++i) {
      let sum = 0;
      for (let f = 0; f < k; ++f) sum += axes[i * k + f]! * centred[f]!;
      along[t * rank + i] = sum;
    }
  }
  return along;
}
