import { normalDraws, type Random } from "../../core/random.ts";

/** How a contract trades: drawn at its listing, without regard to what happens later. */
export interface TradingHabits {
  /** Liveliness of the market, standard normal. */
  readonly liveliness: number;
  /** Half the bid-ask spread, in ticks. */
  readonly halfSpreadTicks: number;
  /** Typical traded value of a day at a price of one half, US dollars. */
  readonly typicalVolumeUsd: number;
  /** Whether the venue quotes tenths of a cent near 0 and 1. */
  readonly fineTicks: boolean;
  /** First and last day (from the listing) of a stretch without any trade; none where −1. */
  readonly quiet: readonly [number, number];
}

/** What a data vendor sees of one contract, day by day from its listing. */
export interface Observation {
  /** Last traded price, on the venue's ticks. */
  readonly close: Float64Array;
  readonly bid: Float64Array;
  readonly ask: Float64Array;
  readonly volumeUsd: Float64Array;
  readonly openInterest: Float64Array;
  readonly liquidityUsd: Float64Array;
}

/** Draws the habits of a contract. */
export function drawHabits(
  random: Random,
  { fineTicks, nDays }: { fineTicks: boolean; nDays: number },
): TradingHabits {
  const draw = normalDraws(random);
  const liveliness = draw();
  const halfSpreadTicks = 0.35 + 0.5 * Math.exp(-0.45 * liveliness + 0.5 * draw());
  const typicalVolumeUsd = Math.exp(7.2 + 1.6 * liveliness + 0.7 * draw());
  const stretch = 8 + Math.floor(14 * random()), start = Math.floor(nDays * random());
  const planted = random() < 0.04 && nDays > 40 && start > 5 && start + stretch < nDays - 5;
  return {
    liveliness,
    halfSpreadTicks,
    typicalVolumeUsd,
    fineTicks,
    quiet: planted ? [start, start + stretch] : [-1, -1],
  };
}

/** Smallest price step at a price. */
export function tickAt(p: number, fineTicks: boolean): number {
  return fineTicks && (p < 0.04 || p > 0.96) ? 0.001 : 0.01;
}

/** `p` on the ticks of its venue, never 0 or 1. */
export function onTick(p: number, fineTicks: boolean): number {
  const tick = tickAt(p, fineTicks), perUnit = Math.round(1 / tick);
  const step = Math.min(Math.max(Math.round(p * perUnit), 1), perUnit - 1);
  return step / perUnit;
}

/** Traded value at a price over that at one half: the open question draws the crowd. */
function attentionAt(p: number): number {
  return 0.1 + 0.9 * (4 * p * (1 - p)) ** 0.75;
}

/**
 * What is seen of a true path: last trades at bid or ask, quotes, volume, open interest, depth.
 *
 * Trades come more often in lively markets and on days of news; on a day without one the close
 * stays where it was, while quotes follow. Volume is log-normal, persistent, grows with the move and
 * is highest at a price of one half, so that a long shot's final volume tells that it came near.
 */
export function observe(
  p: Float64Array,
  habits: TradingHabits,
  random: Random,
): Observation {
  const n = p.length, draw = normalDraws(random);
  const close = new Float64Array(n), bid = new Float64Array(n), ask = new Float64Array(n);
  const volumeUsd = new Float64Array(n), openInterest = new Float64Array(n);
  const liquidityUsd = new Float64Array(n);
  const intensity = Math.exp(1.3 + 0.9 * habits.liveliness);
  let last = -1, lastTrue = p[0]!, mood = draw(), outstanding = 0;
  for (let i = 0; i < n; ++i) {
    const tick = tickAt(p[i]!, habits.fineTicks);
    const half = habits.halfSpreadTicks * tick;
    const news = Math.abs(p[i]! - lastTrue);
    const quiet = i >= habits.quiet[0] && i <= habits.quiet[1];
    const traded = last < 0 ||
      (!quiet && random() < -Math.expm1(-intensity * (0.5 + 25 * news)));
    mood = 0.7 * mood + 0.71 * draw();
    if (traded) {
      const side = random() < 0.5 ? -1 : 1;
      last = onTick(p[i]! + side * half * (0.3 + 0.9 * random()), habits.fineTicks);
      const move = Math.min(news / Math.sqrt(p[i]! * (1 - p[i]!) + 1e-4), 2);
      volumeUsd[i] = Math.round(
        100 * habits.typicalVolumeUsd * attentionAt(p[i]!) *
          Math.exp(0.8 * mood + 2.5 * move + 0.4 * draw()),
      ) / 100;
      lastTrue = p[i]!;
    }
    close[i] = last;
    const mid = p[i]! + 0.3 * half * draw();
    bid[i] = onTick(mid - half, habits.fineTicks);
    ask[i] = Math.max(onTick(mid + half, habits.fineTicks), bid[i]!);
    outstanding = 0.995 * outstanding + 0.35 * random() * volumeUsd[i]!;
    openInterest[i] = Math.round(outstanding);
    liquidityUsd[i] = Math.round(
      20 * habits.typicalVolumeUsd ** 0.7 * Math.exp(0.3 * mood + 0.3 * draw()),
    );
  }
  return { close, bid, ask, volumeUsd, openInterest, liquidityUsd };
}
