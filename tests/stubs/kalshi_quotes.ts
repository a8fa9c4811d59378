import { MS_PER_DAY } from "lib/core/day.ts";
import type { WorldMarket } from "./world.ts";
import { mixed, share } from "./world_hash.ts";
import { priceAt } from "./world_price.ts";

export const MS_PER_HOUR = 3_600_000;

/** Best bid and ask in millionths of a dollar; 0 and 1,000,000 where a side is empty. */
export interface Quote {
  readonly bid: number;
  readonly ask: number;
}

/** A trade: its price in millionths of a dollar, its size in hundredths of a contract. */
export interface Trade {
  readonly atMs: number;
  readonly micros: number;
  readonly hundredths: number;
}

/** When trading ends: as scheduled where it settled later on the same day. */
export function tradingEndMs({ closesAtMs, endedAtMs }: WorldMarket): number {
  const isSameDay = Math.floor(closesAtMs / MS_PER_DAY) === Math.floor(endedAtMs / MS_PER_DAY);
  return isSameDay ? Math.min(closesAtMs, endedAtMs) : endedAtMs;
}

/** Whole hours of the UTC day of `row` in which there was a market, at least one. */
export function hoursOfDay(one: WorldMarket, row: number): { fromMs: number; toMs: number } {
  const startMs = one.days.day[row]! * MS_PER_DAY, endMs = startMs + MS_PER_DAY;
  const opened = Math.floor(one.opensAtMs / MS_PER_HOUR) * MS_PER_HOUR;
  const fromMs = opened > startMs && opened < endMs ? opened : startMs;
  const ended = Math.ceil(tradingEndMs(one) / MS_PER_HOUR) * MS_PER_HOUR;
  const toMs = ended > fromMs && ended < endMs ? ended : endMs;
  return { fromMs, toMs };
}

/** Middle of the book at the end of a period, millionths; at the end of the day it is the close. */
export function middleAt(one: WorldMarket, row: number, endMs: number): number {
  const isLast = endMs >= hoursOfDay(one, row).toMs;
  return Math.round((isLast ? one.days.close[row]! : priceAt(one, endMs)) * 1e6);
}

/**
 * The book at the end of a period: around the middle, at most 0.02 wide and narrower near 0 and 1.
 * Some hours within a day have a wide or an empty book, the last one of a day never.
 */
export function quoteAt(one: WorldMarket, row: number, endMs: number): Quote {
  const middle = middleAt(one, row, endMs);
  const room = Math.min(middle, 1e6 - middle);
  const draw = share(one.seed, Math.floor(endMs / MS_PER_HOUR));
  const isLast = endMs >= hoursOfDay(one, row).toMs;
  if (!isLast && draw < 0.03) return { bid: 0, ask: 1e6 };
  const widest = !isLast && draw < 0.06 ? 200_000 : 1_000 * (1 + Math.floor(draw * 10));
  const half = Math.min(widest, Math.floor(room / 2));
  return { bid: middle - half, ask: middle + half };
}

/**
 * Trades of a day, oldest first, whose sizes times prices add up to the day's volume in the world
 * within half a cent. None where the volume is 0 or unknown.
 */
export function tradesOfDay(one: WorldMarket, row: number): Trade[] {
  const volumeUsd = one.days.volumeUsd[row]!;
  if (!(volumeUsd > 0) || Number.isNaN(one.days.close[row]!)) return [];
  const { fromMs, toMs } = hoursOfDay(one, row);
  const nHours = (toMs - fromMs) / MS_PER_HOUR;
  const base = mixed(one.seed, one.days.day[row]!);
  const nActive = Math.min(nHours, 1 + base % 4);
  const trades: Trade[] = [];
  let leftUsd = volumeUsd;
  for (let k = 0; k < nActive; ++k) {
    const hour = Math.floor((k + share(base, k)) * nHours / nActive);
    const endMs = fromMs + (hour + 1) * MS_PER_HOUR;
    const micros = Math.max(1, middleAt(one, row, endMs));
    const part = k === nActive - 1 ? leftUsd : leftUsd * (0.2 + 0.5 * share(base, 100 + k));
    const hundredths = Math.max(0, Math.round(part / micros * 1e8));
    if (hundredths === 0) continue;
    leftUsd -= hundredths * micros / 1e8;
    const atMs = endMs - 1_000 * (60 + mixed(base, 200 + k) % 1_700);
    const apart = Math.min(1_000, micros - 1, 1e6 - micros);
    if (hundredths % 2 === 0 && apart > 0) {
      trades.push({ atMs: atMs - 1_500_000, micros: micros - apart, hundredths: hundredths / 2 });
      trades.push({ atMs, micros: micros + apart, hundredths: hundredths / 2 });
    } else trades.push({ atMs, micros, hundredths });
  }
  return trades;
}

/** A price as Kalshi writes it: at least 4 decimals, at most 6. */
export function dollars(micros: number): string {
  if (micros % 100 === 0) return (micros / 1e6).toFixed(4);
  return (micros / 1e6).toFixed(micros % 10 === 0 ? 5 : 6);
}

/** A number of contracts as Kalshi writes it: 2 decimals. */
export function count(hundredths: number): string {
  return (hundredths / 100).toFixed(2);
}

/** Row of the last day that has begun by `nowMs`, −1 where there is none. */
export function lastRow({ days }: WorldMarket, nowMs: number): number {
  const today = Math.floor(nowMs / MS_PER_DAY);
  let from = 0, to = days.day.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (days.day[middle]! <= today) from = middle + 1;
    else to = middle;
  }
  return from - 1;
}

/** The book after the last whole hour before `nowMs`; an empty one where there was none. */
export function quoteNow(one: WorldMarket, nowMs: number): Quote {
  let row = lastRow(one, nowMs);
  if (row >= 0 && hoursOfDay(one, row).fromMs + MS_PER_HOUR > nowMs) --row;
  if (row < 0 || Number.isNaN(one.days.close[row]!)) return { bid: 0, ask: 1e6 };
  const { toMs } = hoursOfDay(one, row);
  return quoteAt(one, row, Math.min(toMs, Math.floor(nowMs / MS_PER_HOUR) * MS_PER_HOUR));
}
