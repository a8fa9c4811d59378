import type { PairMatrix } from "../core/pair_matrix.ts";
import type { Random } from "../core/random.ts";
import { leadingEigenvectors } from "./leading_eigenvectors.ts";
import { pairProduct, requireKnownPairs } from "./pair_product.ts";

/** Points whose Euclidean distances come near to given ones. */
export interface PrincipalCoordinates {
  /** n × dimension, row by row, centred; axes in order of falling eigenvalue. */
  readonly coordinates: Float64Array;
  /** Sum of the squared coordinates on each axis; an axis with one below zero is all zero. */
  readonly eigenvalues: Float64Array;
  /** Size of the most negative eigenvalue as share of the largest; 0 for Euclidean distances. */
  readonly negativeShare: number;
}

/**
 * Classical scaling: coordinates out of distances.
 *
 * k-means needs points and correlations give only distances, which need not be Euclidean.
 * `negativeShare` says by how much they are not.
 *
 * Shape: n(n − 1)/2 distances → n × dimension. Units: those of the distances.
 * NaN: refused, choose items whose pairs are all known. Cost: O(n²) for each of a few hundred
 * products, O(n²) memory.
 * Source: Torgerson 1952; Gower, "Some distance properties of latent root and vector methods used
 * in multivariate analysis", Biometrika 1966.
 *
 * @param options.dimension Axes wanted, below the number of items.
 * @throws {RangeError} If a distance is unknown or `dimension` is not in [1, n − 1].
 */
export function principalCoordinates(
  distance: PairMatrix,
  { dimension, random }: { dimension: number; random: Random },
): PrincipalCoordinates {
  const n = distance.ids.length;
  if (!(Number.isInteger(dimension) && dimension >= 1 && dimension < n)) {
    throw new RangeError(
      `Cannot place ${n} items as dimension must be a whole number in [1, ${
        n - 1
      }]: got ${dimension}`,
    );
  }
  requireKnownPairs(distance, "place items");
  const squares = distance.values.map((d) => d * d);
  const gram = (x: Float64Array, out: Float64Array) => {
    pairProduct(squares, centred(x), out);
    const mean = average(out);
    for (let i = 0; i < n; ++i) out[i] = (out[i]! - mean) / -2;
  };
  const { values, vectors } = leadingEigenvectors(n, gram, { count: dimension, random });
  const negated = (x: Float64Array, out: Float64Array) => {
    gram(x, out);
    for (let i = 0; i < n; ++i) out[i] = -out[i]!;
  };
  const lowest = -leadingEigenvectors(n, negated, { count: 1, random }).values[0]!;
  const coordinates = new Float64Array(n * dimension);
  for (let d = 0; d < dimension; ++d) {
    const length = Math.sqrt(Math.max(0, values[d]!));
    for (let i = 0; i < n; ++i) coordinates[i * dimension + d] = length * vectors[d * n + i]!;
  }
  return { coordinates, eigenvalues: values, negativeShare: negativeShare(lowest, values[0]!) };
}

/** What rounding alone leaves below zero is no sign of anything. */
function negativeShare(lowest: number, largest: number): number {
  if (!(largest > 0)) return lowest < 0 ? Infinity : 0;
  const share = -lowest / largest;
  return share > 1e-9 ? share : 0;
}

function average(x: Float64Array): number {
  return x.reduce((sum, value) => sum + value, 0) / x.length;
}

function centred(x: Float64Array): Float64Array {
  const mean = average(x);
  return x.map((value) => value - mean);
}
