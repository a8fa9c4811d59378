/** What the market is like on a session, from the sessions before it. */
export type Regime = "risk-on" | "neutral" | "risk-off";

/** The three in the order of reading. */
export const REGIMES: readonly Regime[] = ["risk-on", "neutral", "risk-off"];

/** Closes of a session that stocks and expected volatility share. */
export interface MarketSessions {
  /** UTC days, increasing. */
  readonly day: Int32Array;
  /** Close of stocks per session. */
  readonly stocks: Float64Array;
  /** Level of expected volatility at the same close, such as that of ^VIX. */
  readonly level: Float64Array;
}

/** The regime of each session and what it was judged by. */
export interface MarketRegimes {
  readonly day: Int32Array;
  /** Known at the end of the session before; null where it is not. */
  readonly regime: readonly (Regime | null)[];
  /** Return of stocks over the window that ends with the session before. */
  readonly stockReturn: Float64Array;
  /** Standard deviation of their returns in that window, a year. */
  readonly volatility: Float64Array;
  /** Level of expected volatility at the close before. */
  readonly level: Float64Array;
}

/** How long the rule looks back and how slowly it changes its mind. */
export interface RegimeOptions {
  /** Sessions of return and volatility. */
  readonly window: number;
  /** Sessions with all three measures before the first label; twice the window by default. */
  readonly warmUp?: number;
  /** Sessions in a row that must ask for another regime before it is called; 5 by default. */
  readonly confirmations?: number;
}

/** Trading sessions of a year, by which the volatility of a window is told a year. */
const SESSIONS_A_YEAR = 252;

/**
 * Risk-on, neutral or risk-off for each session, from the sessions before it alone.
 *
 * Three measures each have a vote: the return of stocks over the window (+1 in the upper tercile of all
 * its values so far, −1 in the lower), their volatility and the level of expected volatility (+1 in the
 * lower tercile, −1 in the upper). Two votes or more make risk-on, minus two or less risk-off. The
 * terciles are of the past: those of the whole sample would call a session calm because worse was to come.
 * Neighbouring windows share all but one session, so the votes flicker at the thresholds: another regime is
 * called when it was asked for on `confirmations` sessions in a row. That costs some days and spares trades on noise.
 *
 * The label of session t rests on closes up to t − 1, the thresholds too, so that whoever holds something
 * over t could have known it.
 *
 * Shape: T sessions → T labels. NaN: measures are NaN, and the label null, for the first window + 1
 * sessions and where a close of the window or the level is unknown; the label also up to the end of the
 * warm-up. Such a session asks for nothing. Units: volatility a year of 252 sessions. Cost: O(T · (window + T)).
 * Source: terciles by linear interpolation, R's type 7, as pandas' `expanding().quantile`.
 *
 * @throws {RangeError} If arrays differ in length, days do not increase, a known close of stocks is not above
 * 0 or an option is out of range.
 */
export function marketRegimes(
  sessions: MarketSessions,
  { window, warmUp = 2 * window, confirmations = 5 }: RegimeOptions,
): MarketRegimes {
  check(sessions, { window, warmUp, confirmations });
  const { day } = sessions, nSessions = day.length;
  const { stockReturn, volatility, level } = measures(sessions, window);
  const pasts: [number[], number[], number[]] = [[], [], []];
  const regime: (Regime | null)[] = [];
  let called: Regime | null = null, asked: Regime | null = null, nAsked = 0;
  for (let t = 0; t < nSessions; ++t) {
    const now = [stockReturn[t]!, volatility[t]!, level[t]!];
    if (now.some(Number.isNaN)) {
      regime.push(null);
      asked = null;
      nAsked = 0;
      continue;
    }
    // what is known at the end of t − 1, its own measures among it
    pasts.forEach((past, k) => insert(past, now[k]!));
    if (pasts[0].length <= warmUp) {
      regime.push(null);
      continue;
    }
    const [strong, ...fears] = pasts.map((past, k) => vote(past, now[k]!)) as [number, ...number[]];
    const wanted = regimeOf(fears.reduce((sum, fear) => sum - fear, strong));
    nAsked = wanted === asked ? nAsked + 1 : 1;
    asked = wanted;
    if (called === null || nAsked >= confirmations) called = wanted;
    regime.push(called);
  }
  return { day, regime, stockReturn, volatility, level };
}

function regimeOf(votes: number): Regime {
  return votes >= 2 ? "risk-on" : votes <= -2 ? "risk-off" : "neutral";
}

/** The measures that are known at the end of the session before each. */
function measures({ day, stocks, level }: MarketSessions, window: number) {
  const n = day.length, unknown = () => new Float64Array(n).fill(NaN);
  const stockReturn = unknown(), volatility = unknown(), before = unknown();
  for (let t = 1; t < n; ++t) {
    before[t] = level[t - 1]!;
    if (t < window + 1) continue;
    const first = t - 1 - window;
    let sum = 0, squares = 0;
    for (let s = first + 1; s < t; ++s) sum += stocks[s]! / stocks[s - 1]! - 1;
    for (let s = first + 1; s < t; ++s) {
      squares += (stocks[s]! / stocks[s - 1]! - 1 - sum / window) ** 2;
    }
    stockReturn[t] = Number.isNaN(sum) ? NaN : stocks[t - 1]! / stocks[first]! - 1;
    volatility[t] = Math.sqrt(squares / (window - 1) * SESSIONS_A_YEAR);
  }
  return { stockReturn, volatility, level: before };
}

/** Puts a value into ascending values. */
function insert(ascending: number[], value: number): void {
  let low = 0, high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! < value) low = middle + 1;
    else high = middle;
  }
  ascending.splice(low, 0, value);
}

/** +1 above the upper tercile of the past, −1 below the lower, 0 between. */
function vote(ascending: readonly number[], value: number): number {
  if (value > quantile(ascending, 2 / 3)) return 1;
  return value < quantile(ascending, 1 / 3) ? -1 : 0;
}

function quantile(ascending: readonly number[], share: number): number {
  const at = share * (ascending.length - 1), k = Math.floor(at);
  const low = ascending[k]!, high = ascending[k + 1] ?? low;
  return low + (at - k) * (high - low);
}

function check(
  { day, stocks, level }: MarketSessions,
  { window, warmUp, confirmations }: Required<RegimeOptions>,
): void {
  const refuse = (what: string, got: number | string) => {
    throw new RangeError(`Cannot tell regimes as ${what}: got ${got}`);
  };
  if (stocks.length !== day.length || level.length !== day.length) {
    refuse(
      `each of ${day.length} sessions must have a close and a level`,
      `${stocks.length} and ${level.length}`,
    );
  }
  for (let t = 1; t < day.length; ++t) {
    if (!(day[t]! > day[t - 1]!)) refuse("days must increase", `${day[t]} after ${day[t - 1]}`);
  }
  const low = stocks.find((close) => close <= 0 || close === Infinity);
  if (low !== undefined) refuse("closes of stocks must be finite and above 0", low);
  if (!(Number.isInteger(window) && window >= 2)) {
    refuse("window must be a whole number >= 2", window);
  }
  if (!(warmUp >= 0)) refuse("warmUp must be at least 0", warmUp);
  if (!(confirmations >= 1)) refuse("confirmations must be at least 1", confirmations);
}
