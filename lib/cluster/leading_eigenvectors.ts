import { normalDraws, type Random } from "../core/random.ts";
import { symmetricEigen } from "../stats/eigen.ts";

/** Writes the product of a symmetric matrix with `x` into `out`. */
export type SymmetricProduct = (x: Float64Array, out: Float64Array) => void;

export interface Eigenvectors {
  /** The largest eigenvalues, falling. */
  readonly values: Float64Array;
  /** count × n, row by row: unit vectors, each with its entry of largest size positive. */
  readonly vectors: Float64Array;
  /** Products with the matrix that were taken. */
  readonly nProducts: number;
}

export interface EigenvectorOptions {
  /** Eigenvectors wanted, those of the largest eigenvalues with regard to sign. */
  readonly count: number;
  /** Draws the first vector. */
  readonly random: Random;
  /** Largest ‖Av − λv‖ accepted, as share of the largest |λ|; 1e-10 by default. */
  readonly tolerance?: number;
  /** Largest matrix that is written out and decomposed as a whole; 400 by default. */
  readonly directSize?: number;
  /** Products after which the search is given up; 20,000 by default. */
  readonly maxProducts?: number;
}

/** Vectors held at once. */
const BASIS_SIZE = 80;

/** Up to this size decomposing the whole matrix is faster. */
const DIRECT_SIZE = 400;

/**
 * The eigenvectors of the largest eigenvalues of a symmetric matrix that is known by its products.
 *
 * A small matrix is decomposed as a whole, a large one by Lanczos iteration with a basis that is
 * kept orthogonal in full and restarted from its best half. One starting vector cannot see an eigenvalue twice, so the answer is accepted only when a further
 * round from a fresh random direction leaves it as it was. Equal eigenvalues thus get as many
 * vectors as they have, turned within their space as chance will.
 *
 * Shape: n × n by products → count × n. NaN: refused, as no product may give it.
 * Cost: a few hundred products and O(80 · n) work for each; O(160 · n) memory.
 * Source: Lanczos 1950; thick restart of Wu & Simon 2000; the small problem by Jacobi 1846.
 *
 * @throws {RangeError} If `count` is not in [1, n] or a product is not finite.
 * @throws {Error} If `maxProducts` do not suffice.
 */
export function leadingEigenvectors(
  n: number,
  multiply: SymmetricProduct,
  options: EigenvectorOptions,
): Eigenvectors {
  const { count, random, tolerance = 1e-10, maxProducts = 20_000 } = options;
  const { directSize = DIRECT_SIZE } = options;
  if (!(Number.isInteger(count) && count >= 1 && count <= n)) {
    throw new RangeError(
      `Cannot find eigenvectors as count must be a whole number in [1, ${n}]: got ${count}`,
    );
  }
  if (n <= directSize) return direct(n, multiply, count);
  const normal = normalDraws(random);
  const limit = Math.min(n, Math.max(BASIS_SIZE, 3 * count));
  let basis: Float64Array[] = [], images: Float64Array[] = [];
  let next = freshDirection(n, basis, normal);
  let nProducts = 0;
  let accepted: Float64Array | undefined;
  for (;;) {
    while (basis.length < limit) {
      const image = new Float64Array(n);
      multiply(next, image);
      ++nProducts;
      basis.push(next);
      images.push(image);
      if (basis.length < n) next = nextDirection(image, basis, normal);
    }
    const { values, rows } = eigenOfSmall(projected(basis, images));
    const scale = Math.max(Math.abs(values[0]!), Math.abs(values[limit - 1]!));
    const kept = limit === n ? n : Math.max(count, limit >> 1);
    basis = combined(rows, basis, kept);
    images = combined(rows, images, kept);
    const worst = worstResidual(basis, images, values, count);
    const isExact = worst <= tolerance * scale;
    const wanted = values.slice(0, count);
    if (limit === n || (isExact && isSame(wanted, accepted, 100 * tolerance * scale))) {
      return { values: wanted, vectors: signed(basis, count, n), nProducts };
    }
    if (nProducts >= maxProducts) {
      throw new Error(
        `Cannot find ${count} eigenvectors as ${maxProducts} products must suffice: got a residual of ${worst}`,
      );
    }
    if (isExact) next = freshDirection(n, basis, normal);
    accepted = isExact ? wanted : undefined;
  }
}

function notFinite(got: number): RangeError {
  return new RangeError(`Cannot find eigenvectors as products must be finite: got ${got}`);
}

/** All eigenvectors of the matrix written out column by column, of which the first are kept. */
function direct(n: number, multiply: SymmetricProduct, count: number): Eigenvectors {
  const square = new Float64Array(n * n), unit = new Float64Array(n);
  for (let i = 0; i < n; ++i) {
    unit[i] = 1;
    multiply(unit, square.subarray(i * n, (i + 1) * n));
    unit[i] = 0;
  }
  const strange = square.find((x) => !Number.isFinite(x));
  if (strange !== undefined) throw notFinite(strange);
  const { values, vectors } = symmetricEigen(square, n);
  const rows = Array.from({ length: count }, (_, k) => vectors.slice(k * n, (k + 1) * n));
  return { values: values.slice(0, count), vectors: signed(rows, count, n), nProducts: n };
}

function isSame(a: Float64Array, b: Float64Array | undefined, within: number): boolean {
  return b !== undefined && a.every((value, i) => Math.abs(value - b[i]!) <= within);
}

function dot(x: Float64Array, y: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; ++i) sum += x[i]! * y[i]!;
  return sum;
}

/** Takes from `x` what lies along the basis, twice as once leaves rounding; its length after. */
function orthogonalise(x: Float64Array, basis: readonly Float64Array[]): number {
  for (let pass = 0; pass < 2; ++pass) {
    for (const b of basis) {
      const along = dot(x, b);
      for (let i = 0; i < x.length; ++i) x[i]! -= along * b[i]!;
    }
  }
  return Math.sqrt(dot(x, x));
}

/** The part of an image that is new to the basis, or a random direction where there is none. */
function nextDirection(
  image: Float64Array,
  basis: readonly Float64Array[],
  normal: Random,
): Float64Array {
  const before = Math.sqrt(dot(image, image));
  if (!Number.isFinite(before)) {
    throw notFinite(before);
  }
  const direction = image.slice();
  const length = orthogonalise(direction, basis);
  if (length <= 1e-12 * before) return freshDirection(image.length, basis, normal);
  for (let i = 0; i < direction.length; ++i) direction[i]! /= length;
  // a short remainder is mostly rounding, which need not be orthogonal
  if (length < 1e-6 * before) normalise(direction, orthogonalise(direction, basis));
  return direction;
}

function freshDirection(n: number, basis: readonly Float64Array[], normal: Random): Float64Array {
  const direction = new Float64Array(n);
  for (let i = 0; i < n; ++i) direction[i] = normal();
  normalise(direction, orthogonalise(direction, basis));
  return direction;
}

function normalise(x: Float64Array, length: number): void {
  for (let i = 0; i < x.length; ++i) x[i]! /= length;
}

/** The matrix as seen within the basis. */
function projected(
  basis: readonly Float64Array[],
  images: readonly Float64Array[],
): Float64Array[] {
  return basis.map((b) => Float64Array.from(images, (image) => dot(b, image)));
}

function combined(
  rows: readonly Float64Array[],
  vectors: readonly Float64Array[],
  count: number,
): Float64Array[] {
  return rows.slice(0, count).map((row) => {
    const sum = new Float64Array(vectors[0]!.length);
    vectors.forEach((vector, b) => {
      const share = row[b]!;
      for (let i = 0; i < sum.length; ++i) sum[i]! += share * vector[i]!;
    });
    return sum;
  });
}

function worstResidual(
  basis: readonly Float64Array[],
  images: readonly Float64Array[],
  values: Float64Array,
  count: number,
): number {
  let worst = 0;
  for (let v = 0; v < count; ++v) {
    const residual = images[v]!.map((y, i) => y - values[v]! * basis[v]![i]!);
    worst = Math.max(worst, Math.sqrt(dot(residual, residual)));
  }
  return worst;
}

function signed(basis: readonly Float64Array[], count: number, n: number): Float64Array {
  const vectors = new Float64Array(count * n);
  for (let v = 0; v < count; ++v) {
    const vector = basis[v]!;
    let most = 0;
    for (const x of vector) if (Math.abs(x) > Math.abs(most)) most = x;
    const sign = most < 0 ? -1 : 1;
    for (let i = 0; i < n; ++i) vectors[v * n + i] = sign * vector[i]!;
  }
  return vectors;
}

/** All eigenvalues, falling, and unit eigenvectors of a small symmetric matrix; changes it. */
function eigenOfSmall(a: Float64Array[]): { values: Float64Array; rows: Float64Array[] } {
  const n = a.length;
  const rows = a.map((_, i) => Float64Array.from(a, (_, j) => i === j ? 1 : 0));
  for (let p = 0; p < n; ++p) {
    for (let q = 0; q < p; ++q) a[p]![q] = a[q]![p] = (a[p]![q]! + a[q]![p]!) / 2;
  }
  for (let sweep = 0, turned = true; turned && sweep < 60; ++sweep) {
    turned = false;
    for (let p = 0; p < n - 1; ++p) {
      for (let q = p + 1; q < n; ++q) {
        const off = a[p]![q]!, size = Math.abs(a[p]![p]!) + Math.abs(a[q]![q]!);
        if (off === 0 || size + Math.abs(off) / 8 === size) continue;
        turn(a, rows, p, q);
        turned = true;
      }
    }
  }
  const order = Array.from(a.keys()).sort((i, j) => a[j]![j]! - a[i]![i]!);
  return { values: Float64Array.from(order, (i) => a[i]![i]!), rows: order.map((i) => rows[i]!) };
}

/** Turns the plane of p and q so that their common entry becomes zero. */
function turn(a: readonly Float64Array[], rows: readonly Float64Array[], p: number, q: number) {
  const theta = (a[q]![q]! - a[p]![p]!) / (2 * a[p]![q]!);
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1), s = t * c;
  for (const row of a) {
    const x = row[p]!, y = row[q]!;
    row[p] = c * x - s * y;
    row[q] = s * x + c * y;
  }
  for (const matrix of [a, rows]) {
    const first = matrix[p]!, second = matrix[q]!;
    for (let j = 0; j < first.length; ++j) {
      const x = first[j]!, y = second[j]!;
      first[j] = c * x - s * y;
      second[j] = s * x + c * y;
    }
  }
  a[p]![q] = a[q]![p] = 0;
}
