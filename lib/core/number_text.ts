import { formatDay } from "./day.ts";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** A whole number with commas: 1234567 → "1,234,567". NaN gives "unknown". */
export function countText(n: number): string {
  if (Number.isNaN(n)) return "unknown";
  return Math.round(n).toString().replace(/\B(?=(\d{3})+$)/g, ",");
}

/** "1 market", "1,234 markets": a count with its noun. */
export function countOf(n: number, noun: string, plural = `${noun}s`): string {
  return `${countText(n)} ${n === 1 ? noun : plural}`;
}

/**
 * A share as a percentage: 0.364 → "36%".
 *
 * Small and nearly whole shares keep their meaning: "0.4%", "<0.1%", "99.7%", ">99.9%"; only none
 * is "0%" and only all is "100%". NaN gives "unknown".
 */
export function shareText(share: number): string {
  if (Number.isNaN(share)) return "unknown";
  const percent = share * 100;
  if (percent === 0 || percent === 100) return `${percent}%`;
  if (percent > 0 && percent < 0.1) return "<0.1%";
  if (percent > 99.9 && percent < 100) return ">99.9%";
  const tenths = percent < 1.95 && percent > -1.95 || percent > 98.05;
  return `${percent.toFixed(tenths ? 1 : 0).replace(/\.0$/, "")}%`;
}

/** US dollars in two or three figures: 12345 → "$12.3K". NaN gives "unknown". */
export function usdText(usd: number): string {
  if (Number.isNaN(usd)) return "unknown";
  for (const [unit, sign] of [[1e9, "B"], [1e6, "M"], [1e3, "K"]] as const) {
    // 999.95 and above would round up to the next unit
    if (usd >= unit * 0.99995) return `$${threeFigures(usd / unit)}${sign}`;
  }
  return `$${usd >= 0.995 || usd === 0 ? threeFigures(usd) : usd.toPrecision(1)}`;
}

function threeFigures(x: number): string {
  return x >= 99.95 ? x.toFixed(0) : x.toFixed(1).replace(/\.0$/, "");
}

/** A UTC day for a reader: "4 Nov 2024". */
export function dayText(day: number): string {
  const [year, month, date] = formatDay(day).split("-");
  return `${Number(date)} ${MONTHS[Number(month) - 1]} ${year}`;
}

/** A period for a reader: "4 Nov 2024 – 30 Sep 2025". */
export function periodText(firstDay: number, lastDay: number): string {
  return firstDay === lastDay ? dayText(firstDay) : `${dayText(firstDay)} – ${dayText(lastDay)}`;
}

/** A number with its decimals and a true minus, none before what rounds to zero; NaN is "unknown". */
export function fixedText(x: number, decimals = 3): string {
  if (Number.isNaN(x)) return "unknown";
  const text = Math.abs(x).toFixed(decimals);
  return x < 0 && Number(text) !== 0 ? `−${text}` : text;
}
