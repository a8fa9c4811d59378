import { studentTwoSided } from "./student_t.ts";

/** Whether the past of one series tells of another beyond that one's own past. */
export interface GrangerTest {
  /** Steps that were fitted: those with all they need. */
  readonly n: number;
  /** Past steps of each series. */
  readonly lags: number;
  /** F statistic of `lags` and n − 2 · lags − 1 degrees of freedom; NaN where it cannot be tested. */
  readonly f: number;
  /** Probability of as high an F without any effect, if errors are normal and of one size. */
  readonly pValue: number;
  /** Share of the turned causes with as high an F, the true one counted too; NaN without a turn. */
  readonly shiftPValue: number;
  /** Turns that gave an F. */
  readonly nShifts: number;
}

/** What decides whether a test can be made, and how many turns its check has. */
export interface GrangerOptions {
  /** Past steps of each series, at least 1. */
  readonly lags: number;
  /** Fewest fitted steps; five for each of the 2 · lags + 1 coefficients by default. */
  readonly minRows?: number;
  /** Most turns, spread evenly over all there are; 200 by default, 0 for no check. */
  readonly maxShifts?: number;
}

/** A column that its predecessors explain down to this share of its length is one of them. */
const DEPENDENT = 1e-9;

/**
 * Granger's test: the F test of adding the past of `cause` to a regression of `effect` on its own past.
 *
 * "Causes" means that it came first and helps to predict, nothing else: two series that learn of one
 * thing at different hours pass it too. The F distribution takes the errors as normal and of one size.
 * Moves of contracts are mostly zeros with a few large jumps, under which it finds too much, so the test
 * is made again with `cause` turned along its own known steps: that keeps its zeros, jumps and spells, and
 * breaks only its timing. Turns by `lags` steps or fewer, either way, are left out, as they would take
 * what the series share at one time for a lead. With n turns no such p can lie below 1/(n + 1): it
 * checks single tests and is too coarse to be adjusted for hundreds of them.
 *
 * Shape: two series on the same steps → one test. NaN: a step is fitted where both series are known on
 * it and on the `lags` before it (`cause` on those before it alone); the statistics are NaN with fewer
 * than `minRows` fitted steps, or where either series is constant over them or follows from the
 * rest. Cost: O(turns · n · lags²).
 * Source: Granger 1969; as `grangercausalitytests` of statsmodels, `ssr_ftest`.
 *
 * @param cause Series that may lead. @param effect Series that may follow.
 * @throws {RangeError} If the series differ in length or an option is out of range.
 */
export function grangerTest(
  cause: Float64Array,
  effect: Float64Array,
  { lags, minRows = 5 * (2 * lags + 1), maxShifts = 200 }: GrangerOptions,
): GrangerTest {
  check(cause, effect, { lags, minRows, maxShifts });
  const rows = fittedRows(cause, effect, lags);
  const n = rows.length, df = n - 2 * lags - 1;
  const unknown = { n, lags, f: NaN, pValue: NaN, shiftPValue: NaN, nShifts: 0 };
  if (n < minRows || df < 1) return unknown;
  const own = ownPast(effect, rows, lags);
  if (own === null) return unknown;
  const f = fStatistic(cause, rows, { ...own, lags, df });
  if (Number.isNaN(f)) return unknown;
  let nShifts = 0, nAsHigh = 0;
  const known = knownSteps(cause), turned = cause.slice();
  for (const offset of offsets(known.length, lags, maxShifts)) {
    for (let k = 0; k < known.length; ++k) {
      turned[known[(k + offset) % known.length]!] = cause[known[k]!]!;
    }
    const shifted = fStatistic(turned, rows, { ...own, lags, df });
    if (Number.isNaN(shifted)) continue;
    ++nShifts;
    if (shifted >= f) ++nAsHigh;
  }
  return {
    ...{ n, lags, f, pValue: fisherAbove(f, lags, df), nShifts },
    shiftPValue: nShifts === 0 ? NaN : (1 + nAsHigh) / (1 + nShifts),
  };
}

function check(
  cause: Float64Array,
  effect: Float64Array,
  { lags, minRows, maxShifts }: Required<GrangerOptions>,
): void {
  const refuse = (what: string, got: number | string) => {
    throw new RangeError(`Cannot test causality as ${what}: got ${got}`);
  };
  if (cause.length !== effect.length) {
    refuse("both series must have the same steps", `${cause.length} and ${effect.length}`);
  }
  if (!(Number.isInteger(lags) && lags >= 1)) refuse("lags must be a whole number >= 1", lags);
  if (!(minRows >= 1)) refuse("minRows must be at least 1", minRows);
  if (!(maxShifts >= 0)) refuse("maxShifts must be at least 0", maxShifts);
}

/** Steps with the effect known on them and both known on the lags before. */
function fittedRows(cause: Float64Array, effect: Float64Array, lags: number): Int32Array {
  const rows: number[] = [];
  for (let t = 0, run = 0; t < effect.length; ++t) {
    const isKnown = !Number.isNaN(effect[t]!);
    if (isKnown && run >= lags) rows.push(t);
    run = isKnown && !Number.isNaN(cause[t]!) ? run + 1 : 0;
  }
  return Int32Array.from(rows);
}

function knownSteps(values: Float64Array): Int32Array {
  const known: number[] = [];
  values.forEach((value, t) => {
    if (!Number.isNaN(value)) known.push(t);
  });
  return Int32Array.from(known);
}

/** Offsets farther than `lags` from none either way round, at most `most` of them. */
function offsets(nKnown: number, lags: number, most: number): number[] {
  const nOffsets = Math.max(nKnown - 2 * lags - 1, 0), count = Math.min(nOffsets, most);
  return Array.from(
    { length: count },
    (_, k) => lags + 1 + Math.floor((k + 0.5) * nOffsets / count),
  );
}

/** Orthonormal columns of the constant and the effect's past, and what they leave of the effect. */
interface OwnPast {
  readonly basis: readonly Float64Array[];
  readonly rest: Float64Array;
}

/** `null` where the effect or its past is constant, or its past explains it in full. */
function ownPast(effect: Float64Array, rows: Int32Array, lags: number): OwnPast | null {
  const basis: Float64Array[] = [new Float64Array(rows.length).fill(1 / Math.sqrt(rows.length))];
  for (let lag = 1; lag <= lags; ++lag) {
    const column = lagged(effect, rows, lag);
    if (!takeOut(column, basis)) return null;
    basis.push(scaled(column));
  }
  const rest = lagged(effect, rows, 0);
  return takeOut(rest, basis) ? { basis, rest } : null;
}

/** The F of the cause's past; NaN where that past has fewer dimensions than lags. */
function fStatistic(
  cause: Float64Array,
  rows: Int32Array,
  { basis, rest, lags, df }: OwnPast & { readonly lags: number; readonly df: number },
): number {
  const all: Float64Array[] = basis.slice(), left = rest.slice();
  let gained = 0;
  for (let lag = 1; lag <= lags; ++lag) {
    const column = lagged(cause, rows, lag);
    if (!takeOut(column, all)) return NaN;
    const unit = scaled(column), along = dot(unit, left);
    all.push(unit);
    gained += along * along;
    subtract(left, unit, along);
  }
  return gained / lags / (dot(left, left) / df);
}

function lagged(values: Float64Array, rows: Int32Array, lag: number): Float64Array {
  const column = new Float64Array(rows.length);
  for (let i = 0; i < column.length; ++i) column[i] = values[rows[i]! - lag]!;
  return column;
}

/** Takes from a column what lies along the basis; false if that is all of it. */
function takeOut(column: Float64Array, basis: readonly Float64Array[]): boolean {
  const before = Math.sqrt(dot(column, column));
  for (let length = before, isRounded = true; isRounded;) {
    for (const unit of basis) subtract(column, unit, dot(unit, column));
    const left = Math.sqrt(dot(column, column));
    if (!(left > DEPENDENT * before)) return false;
    // a column that became much shorter keeps rounding that still lies along the basis
    isRounded = left < Math.SQRT1_2 * length;
    length = left;
  }
  return true;
}

function scaled(column: Float64Array): Float64Array {
  const unit = column.slice(), length = Math.sqrt(dot(column, column));
  for (let i = 0; i < unit.length; ++i) unit[i] = unit[i]! / length;
  return unit;
}

function dot(x: Float64Array, y: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; ++i) sum += x[i]! * y[i]!;
  return sum;
}

function subtract(x: Float64Array, unit: Float64Array, times: number): void {
  for (let i = 0; i < x.length; ++i) x[i] = x[i]! - times * unit[i]!;
}

/**
 * Probability that an F variable of whole degrees of freedom is above `f`.
 *
 * I_x(d2/2, d1/2) at x = d2/(d2 + d1 · f), built up by I_x(a, b + 1) = I_x(a, b) + x^a (1 − x)^b / (b B(a, b))
 * from b = 1, a power, or from b = 1/2, Student's t. All terms are positive, so small tails stay exact.
 */
function fisherAbove(f: number, d1: number, d2: number): number {
  const a = d2 / 2, total = d2 + d1 * f;
  if (total === Infinity) return 0;
  const x = d2 / total, y = d1 * f / total, isEven = d1 % 2 === 0;
  let b = isEven ? 1 : 0.5;
  let above = isEven ? x ** a : studentTwoSided(Math.sqrt(d1 * f), d2);
  let term = isEven ? a * x ** a * y : 2 * gammaRatio(d2) * x ** a * Math.sqrt(y / Math.PI);
  for (; b < d1 / 2; ++b) {
    above += term;
    term *= y * (a + b) / (b + 1);
  }
  return Math.min(above, 1);
}

/** Γ((d + 1)/2) / Γ(d/2) of a whole number d, by its product of two neighbours. */
function gammaRatio(d: number): number {
  let ratio = 1 / Math.sqrt(Math.PI);
  for (let k = 1; k < d; ++k) ratio = k / 2 / ratio;
  return ratio;
}
