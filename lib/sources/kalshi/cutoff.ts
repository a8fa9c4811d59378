import { MS_PER_DAY } from "../../core/day.ts";
import type { Answer, Ask } from "../../fetch/ask.ts";
import type { Oddity, Reading } from "../live/fact.ts";
import { placeOf } from "./kalshi_page.ts";
import { isRecord, kalshiRow, shownValue } from "./kalshi_row.ts";

/**
 * Days for which settled contracts surely stay in the live tier. The exchange says about 90 and was
 * seen to keep 60; half a month is margin.
 */
export const LIVE_DAYS = 45;

/** The ask for the boundary between the tiers as of a day. */
export function cutoffAsk(edition: string): Ask {
  return {
    host: "kalshi",
    path: "/historical/cutoff",
    body: null,
    format: "json",
    kind: "kalshi_cutoff",
    subject: "",
    edition,
  };
}

/**
 * The boundary between the tiers, which is only watched: where the live tier reaches back fewer days
 * than the plans take it to, settled contracts could move to the archive between two pulls unseen.
 *
 * @throws {TypeError} If it is no object.
 */
export function readCutoff(answer: Answer): Reading {
  const oddities: Oddity[] = [];
  const place = placeOf(answer.ask.path);
  if (answer.status !== 404 && !isRecord(answer.value)) {
    throw new TypeError(
      `Cannot read ${place} as it must be an object: got ${shownValue(answer.value)}`,
    );
  }
  const told = (oddity: Oddity) => void oddities.push(oddity);
  const row = kalshiRow(answer.value ?? {}, { place, row: 0, told });
  const cutoffMs = row?.instant("market_settled_ts") ?? null;
  if (row !== null && cutoffMs !== null && cutoffMs > answer.atMs - LIVE_DAYS * MS_PER_DAY) {
    row.tell("market_settled_ts", `the live tier must reach back ${LIVE_DAYS} days`);
  }
  return { facts: [], oddities };
}

/** The boundary between the tiers, UTC milliseconds; `null` where the answer does not say. */
export function cutoffOf({ value }: Answer): number | null {
  const row = isRecord(value)
    ? kalshiRow(value, { place: "", row: 0, told: () => undefined })
    : null;
  return row?.instant("market_settled_ts") ?? null;
}
