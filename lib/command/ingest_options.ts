import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { dayStartMs, parseDay } from "../core/day.ts";
import type { VenueName } from "../sources/live/venue.ts";
import { parseVenueNames } from "../sources/venues.ts";
import { projectRoot } from "../store/project_root.ts";

/** What a person asks of `deno task ingest`. */
export interface IngestOptions {
  readonly venues: readonly VenueName[];
  readonly sinceMs: number | null;
  /** Midnight that ends the last day wanted. */
  readonly untilMs: number | null;
  /** Folder of the run, absolute. */
  readonly out: string;
  readonly share: number;
  readonly maxRequests: number;
  /** File of hosts instead of `config/hosts.yaml`, absolute. */
  readonly hostsFile: string | null;
  /** Folder of CSV files of Stooq, absolute. */
  readonly stooq: string | null;
  /** Whether to read stored answers again instead of asking. */
  readonly isReplay: boolean;
  readonly isPlanOnly: boolean;
}

/**
 * Reads the options of `deno task ingest`.
 *
 * @throws {RangeError} If a value is out of range; unknown options are a TypeError of Node.
 */
export function parseIngestOptions(args: readonly string[]): IngestOptions {
  const { values: asked } = parseArgs({
    args: [...args],
    options: {
      venue: { type: "string", default: "all" },
      since: { type: "string" },
      until: { type: "string" },
      out: { type: "string", default: "data" },
      share: { type: "string", default: "1" },
      "max-requests": { type: "string" },
      hosts: { type: "string" },
      stooq: { type: "string" },
      replay: { type: "boolean", default: false },
      plan: { type: "boolean", default: false },
    },
  });
  if (asked.out.trim() === "") {
    throw new RangeError("Cannot pull as --out must name a folder: got an empty text");
  }
  if (asked.replay && asked.plan) {
    throw new RangeError(
      "Cannot pull as --replay asks nobody and so has no plan: got --replay and --plan",
    );
  }
  const path = (text: string | undefined) =>
    text === undefined ? null : resolve(projectRoot(), text);
  const sinceMs = midnight("--since", asked.since);
  const lastMs = midnight("--until", asked.until);
  const untilMs = lastMs === null ? null : lastMs + 86_400_000;
  if (sinceMs !== null && untilMs !== null && sinceMs >= untilMs) {
    throw new RangeError(
      `Cannot pull as --since must not be after --until: got ${asked.since} and ${asked.until}`,
    );
  }
  return {
    venues: parseVenueNames(asked.venue),
    sinceMs,
    untilMs,
    out: resolve(projectRoot(), asked.out),
    share: shareIn(asked.share),
    maxRequests: asked["max-requests"] === undefined
      ? Infinity
      : wholeNumber("--max-requests", asked["max-requests"]),
    hostsFile: path(asked.hosts),
    stooq: path(asked.stooq),
    isReplay: asked.replay,
    isPlanOnly: asked.plan,
  };
}

function midnight(option: string, text: string | undefined): number | null {
  if (text === undefined) return null;
  try {
    return dayStartMs(parseDay(text));
  } catch (cause) {
    throw new RangeError(
      `Cannot pull as ${option} must be a day such as 2026-01-31: got "${text}"`,
      { cause },
    );
  }
}

function shareIn(text: string): number {
  const share = Number(text);
  if (text.trim() !== "" && share > 0 && share <= 1) return share;
  throw new RangeError(`Cannot pull as --share must be above 0 and at most 1: got "${text}"`);
}

function wholeNumber(option: string, text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new RangeError(`Cannot pull as ${option} must be a whole number above 0: got "${text}"`);
}
