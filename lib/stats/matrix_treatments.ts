import { countOf } from "../core/number_text.ts";
import type { PairMatrix } from "../core/pair_matrix.ts";
import { numberColumn, stringColumn, type Table, table } from "../core/table.ts";
import { correlationSquare, symmetricEigen } from "./eigen.ts";
import { nearestCorrelation } from "./nearest_correlation.ts";
import { cleanedCorrelation } from "./random_matrix.ts";
import { shrunkCorrelation } from "./shrinkage.ts";

/** Room for rounding in an eigenvalue that is zero, as that of two identical markets is. */
const ROUNDING = 1e-9;

/**
 * What repair and cleaning do to one correlation matrix: a row for the matrix as measured, shrunk,
 * made positive semi-definite, and freed of the eigenvalues that noise gives.
 *
 * Columns: treatment, smallest_eigenvalue, mean_abs, finding. Correlations over each pair's own days
 * need not fit together, which shows as a negative eigenvalue. Fewer than two markets give no row.
 *
 * NaN: refused. Cost: O(n³) some tens of times; for hundreds of markets, not thousands.
 *
 * @param rho Correlations, all known.
 * @param nDays Independent days that a pair rests on, in the mean.
 * @throws {RangeError} If a pair is unknown, `nDays` is not above 1, or the eigenvalues that noise
 * gives have a negative mean, so that the matrix cannot be cleaned.
 */
export function matrixTreatments(rho: PairMatrix, nDays: number): Table {
  if (rho.ids.length < 2) {
    return table({
      treatment: stringColumn([]),
      smallest_eigenvalue: numberColumn([]),
      mean_abs: numberColumn([]),
      finding: stringColumn([]),
    });
  }
  const shrunk = shrunkCorrelation(rho, new Float64Array(rho.values.length).fill(nDays));
  const nearest = nearestCorrelation(rho);
  const cleaned = cleanedCorrelation(rho, { nDays });
  const nNegative = cleaned.eigenvalues.filter((x) => x < -ROUNDING).length;
  const rows = [
    {
      treatment: "as measured",
      matrix: rho,
      finding: countOf(nNegative, "negative eigenvalue"),
    },
    {
      treatment: "shrunk towards zero",
      matrix: shrunk.rho,
      finding: `intensity ${shrunk.intensity.toFixed(2)}: that share of the matrix is noise`,
    },
    {
      treatment: "nearest positive semi-definite",
      matrix: nearest.rho,
      finding: `moved by ${nearest.distance.toFixed(3)} (Frobenius) in ${
        countOf(nearest.steps, "step")
      }${nearest.converged ? "" : ", not converged"}`,
    },
    {
      treatment: "random-matrix noise removed",
      matrix: cleaned.rho,
      finding: `${cleaned.nAbove} of ${
        countOf(rho.ids.length, "eigenvalue")
      } above the edge of noise at ${cleaned.edge.toFixed(2)}`,
    },
  ];
  return table({
    treatment: stringColumn(rows.map((row) => row.treatment)),
    smallest_eigenvalue: numberColumn(rows.map(({ matrix }) => smallestEigenvalue(matrix))),
    mean_abs: numberColumn(rows.map(({ matrix }) => meanAbs(matrix))),
    finding: stringColumn(rows.map((row) => row.finding)),
  });
}

function smallestEigenvalue(matrix: PairMatrix): number {
  const square = correlationSquare(matrix, "compare treatments");
  return symmetricEigen(square, matrix.ids.length).values.at(-1)!;
}

function meanAbs({ values }: PairMatrix): number {
  return values.reduce((sum, r) => sum + Math.abs(r), 0) / values.length;
}
