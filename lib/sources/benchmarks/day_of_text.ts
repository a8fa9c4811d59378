import { parseDay } from "../../core/day.ts";

/** UTC day of a date `YYYY-MM-DD` that exists; `null` for any other text. */
export function dayOfText(text: string): number | null {
  try {
    return parseDay(text);
  } catch {
    return null;
  }
}
