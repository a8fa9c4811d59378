import type { PairMatrix } from "../core/pair_matrix.ts";
import { addEigenparts, correlationSquare, rescaledCorrelation, symmetricEigen } from "./eigen.ts";

/** A correlation matrix without the part noise would give, and the spectrum it was judged by. */
export interface CleanedCorrelation {
  readonly rho: PairMatrix;
  /** Eigenvalues of the matrix given, falling. */
  readonly eigenvalues: Float64Array;
  /** Largest eigenvalue that independent series of this length would give. */
  readonly edge: number;
  /** Eigenvalues above the edge: directions in which the items move together. */
  readonly nAbove: number;
}

/**
 * A correlation matrix of which only the eigenvalues beyond noise are kept.
 *
 * Independent series of T days give eigenvalues up to (1 + √(N/T))², the Marchenko–Pastur edge.
 * Those up to it are replaced by their mean, which keeps the trace, and the diagonal is then scaled
 * back to ones. The edge holds for many items and many days; in small samples a largest noise
 * eigenvalue can fall a little beyond it.
 *
 * Shape: pairs → the same pairs. NaN: refused; choose items that are all known first, or fill.
 * Cost: one eigendecomposition, O(n³): about 0.05 s at n = 300, a minute at a few thousand.
 * Source: Marchenko & Pastur 1967; Laloux, Cizeau, Bouchaud & Potters 1999.
 *
 * @param options.nDays Independent days T behind the correlations; see `effectiveDays`.
 * @throws {RangeError} If a pair is unknown, `nDays` is not above 0, or the eigenvalues up to the
 * edge have a negative mean, as those of a matrix far from any correlation matrix may.
 */
export function cleanedCorrelation(
  rho: PairMatrix,
  { nDays }: { readonly nDays: number },
): CleanedCorrelation {
  if (!(nDays > 0)) {
    throw new RangeError(`Cannot clean correlations as nDays must be > 0: got ${nDays}`);
  }
  const n = rho.ids.length;
  const square = correlationSquare(rho, "clean correlations");
  const { values: eigenvalues, vectors } = symmetricEigen(square, n);
  const edge = (1 + Math.sqrt(n / nDays)) ** 2;
  const nAbove = eigenvalues.findLastIndex((value) => value > edge) + 1;
  if (nAbove === n) {
    return { rho: { ids: rho.ids, values: rho.values.slice() }, eigenvalues, edge, nAbove };
  }
  const noise = eigenvalues.subarray(nAbove).reduce((sum, value) => sum + value, 0) / (n - nAbove);
  if (noise < -1e-9) {
    throw new RangeError(
      `Cannot clean correlations as the eigenvalues up to the edge must have a mean >= 0: got ${
        noise.toFixed(6)
      }`,
    );
  }
  const cleaned = new Float64Array(n * n);
  for (let i = 0; i < n; ++i) cleaned[i * n + i] = Math.max(0, noise);
  const excess = eigenvalues.map((value, k) => k < nAbove ? value - Math.max(0, noise) : 0);
  addEigenparts(cleaned, vectors, excess);
  return { rho: rescaledCorrelation(cleaned, rho.ids), eigenvalues, edge, nAbove };
}
