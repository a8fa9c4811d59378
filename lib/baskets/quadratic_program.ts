import quadprog from "quadprog";

/** A linear function of the unknowns and the number it is held against. */
export interface LinearRule {
  /** n coefficients. */
  readonly normal: Float64Array;
  readonly bound: number;
}

/** Minimise ½ x'Dx − d'x where `normal · x = bound` and `normal · x ≥ bound`. */
export interface QuadraticProgram {
  /** D, n × n by rows, symmetric and positive definite. */
  readonly quadratic: Float64Array;
  /** d, n numbers. */
  readonly linear: Float64Array;
  readonly equal: readonly LinearRule[];
  readonly atLeast: readonly LinearRule[];
}

/** What quadprog takes and gives: arrays from 1, which it overwrites. */
type SolveQuadratic = (
  quadratic: number[][],
  linear: number[],
  normals: number[][],
  bounds: number[],
  nEqual: number,
) => { readonly solution: number[]; readonly message: string };

/**
 * Largest miss of a rule, after scaling, that is rounding. The solver's own errors add up on nearly
 * singular matrices: with eigenvalues a hundred-millionth of their mean 1e-7 was seen.
 */
const ROUNDING = 1e-6;

/**
 * Added to the diagonal of ones, each where the one before led nowhere: on nearly singular matrices
 * rounding can hide the points that keep rules with hardly any room.
 */
const RIDGES = [0, 1e-8, 1e-6, 1e-4] as const;

/**
 * The point where a convex quadratic function is least under linear rules.
 *
 * The solver compares with fixed small numbers, so the program is scaled first: unknowns such that D
 * has a diagonal of ones and the bounds are of size one, rules to normals of length one. Then daily
 * variances of 1e-6 and of 1e-1 may stand in one program. Rules that follow from each other can make
 * any active-set solver call a program impossible; leave such rules out.
 *
 * Shape: n × n, n, rules of n → n. NaN: refused. Cost: O(n³ + n² · rules that change).
 * Source: Goldfarb & Idnani 1983, the dual method, as in the package `quadprog`.
 *
 * @throws {RangeError} If the sizes do not agree, a number is not finite, D is not positive definite
 * or no point keeps all rules.
 */
export function quadraticProgram(program: QuadraticProgram): Float64Array {
  const { quadratic, linear, equal, atLeast } = program;
  const n = linear.length;
  requireNumbers(program);
  if (n === 0) return new Float64Array(0);
  const unit = Float64Array.from({ length: n }, (_, i) => 1 / Math.sqrt(quadratic[i * n + i]!));
  const rules = [...equal, ...atLeast].map(({ normal, bound }) => {
    const scaled = normal.map((a, i) => a * unit[i]!);
    const length = Math.sqrt(scaled.reduce((sum, a) => sum + a * a, 0));
    return { normal: scaled.map((a) => a / length), bound: bound / length };
  });
  const size = rules.reduce((top, { bound }) => Math.max(top, Math.abs(bound)), 0) || 1;
  const fromOne = (length: number, value: (at: number) => number) => [
    0,
    ...Array.from({ length }, (_, at) => value(at)),
  ];
  const solve = quadprog.solveQP as SolveQuadratic;
  for (const ridge of RIDGES) {
    const { solution, message } = solve(
      [
        [],
        ...Array.from(
          unit,
          (u, i) => fromOne(n, (j) => u * unit[j]! * quadratic[i * n + j]! + (i === j ? ridge : 0)),
        ),
      ],
      fromOne(n, (i) => linear[i]! * unit[i]! / size),
      [[], ...Array.from(unit, (_, i) => fromOne(rules.length, (k) => rules[k]!.normal[i]!))],
      fromOne(rules.length, (k) => rules[k]!.bound / size),
      equal.length,
    );
    if (message.includes("not positive definite")) {
      throw new RangeError(
        "Cannot solve the quadratic program as its matrix must be positive definite: got one that is not",
      );
    }
    if (message !== "") continue;
    const y = Float64Array.from({ length: n }, (_, i) => solution[i + 1]!);
    if (!(largestMiss(rules, y, { size, nEqual: equal.length }) <= ROUNDING)) continue;
    return y.map((value, i) => value * unit[i]! * size);
  }
  throw new RangeError(
    `Cannot solve the quadratic program as some point must keep its ${rules.length} rules: got none`,
  );
}

/** How far the point is on the wrong side of any rule. */
function largestMiss(
  rules: readonly LinearRule[],
  y: Float64Array,
  { size, nEqual }: { readonly size: number; readonly nEqual: number },
): number {
  return rules.reduce((worst, { normal, bound }, k) => {
    const over = normal.reduce((sum, a, i) => sum + a * y[i]!, 0) - bound / size;
    return Math.max(worst, k < nEqual ? Math.abs(over) : -over);
  }, 0);
}

function requireNumbers({ quadratic, linear, equal, atLeast }: QuadraticProgram): void {
  const n = linear.length;
  const refuse = (rule: string, got: number) => {
    throw new RangeError(`Cannot solve the quadratic program as ${rule}: got ${got}`);
  };
  if (quadratic.length !== n * n) {
    refuse(`${n} unknowns must have ${n * n} quadratic terms`, quadratic.length);
  }
  for (const { normal, bound } of [...equal, ...atLeast]) {
    if (normal.length !== n) refuse(`each rule must have ${n} coefficients`, normal.length);
    if (!normal.some((a) => a !== 0)) refuse("each rule must have a coefficient other than 0", 0);
    if (!Number.isFinite(bound)) refuse("each bound must be finite", bound);
  }
  for (const numbers of [quadratic, linear, ...[...equal, ...atLeast].map((rule) => rule.normal)]) {
    const strange = numbers.find((x) => !Number.isFinite(x));
    if (strange !== undefined) refuse("its numbers must be finite", strange);
  }
  for (let i = 0; i < n; ++i) {
    if (!(quadratic[i * n + i]! > 0)) {
      refuse("its matrix must have a diagonal above 0", quadratic[i * n + i]!);
    }
  }
}
