import { join } from "node:path";
import type { FactorList } from "../core/factor_list.ts";
import type { IngestSettings } from "../core/ingest_settings.ts";
import type { Answer } from "../fetch/ask.ts";
import { hashFile, hashFolder, sha256Hex } from "../store/hash.ts";
import { projectRoot } from "../store/project_root.ts";
import { makeBenchmarks } from "./benchmarks/benchmarks.ts";
import type { Providers } from "./benchmarks/providers.ts";
import { DOME_CLOSED, refuseDome } from "./dome/dome.ts";
import { makeKalshi } from "./kalshi/kalshi.ts";
import type { Reading } from "./live/fact.ts";
import type { Venue, VenueName } from "./live/venue.ts";
import { makePolymarket } from "./polymarket/polymarket.ts";

/** What venues are made of: files of `config/`, and what the environment holds. */
export interface VenueParts {
  readonly settings: IngestSettings;
  readonly providers: Providers;
  readonly factorList: FactorList;
  /** Whether there is a key for FRED's interface with vintages. */
  readonly hasFredKey: boolean;
}

/** Every place that can be pulled from, in the order in which they are told. */
export function allVenues({ settings, providers, factorList, hasFredKey }: VenueParts): Venue[] {
  return [
    makePolymarket(settings),
    makeKalshi(settings),
    makeBenchmarks(providers, factorList, { hasFredKey }),
  ];
}

/**
 * Reads the text of `--venue`: names with commas between them, or `all`.
 *
 * @throws {RangeError} If a name is unknown, or of a venue that has closed.
 */
export function parseVenueNames(text: string): readonly VenueName[] {
  const known: readonly VenueName[] = ["polymarket", "kalshi", "benchmarks"];
  if (text === "all") return known;
  return text.split(",").map((word) => {
    const name = word.trim();
    if (name === DOME_CLOSED.name) refuseDome();
    const found = known.find((one) => one === name);
    if (found !== undefined) return found;
    throw new RangeError(
      `Cannot pull as --venue must be ${known.join(", ")} or all: got "${name}"`,
    );
  });
}

/**
 * What a stored answer says, read by the venue whose host gave it.
 *
 * @throws {RangeError} If no venue asks that host.
 */
export function readByVenue(venues: readonly Venue[]): (answer: Answer) => Reading {
  const byHost = new Map(venues.flatMap((venue) => venue.hosts.map((host) => [host, venue])));
  return (answer) => {
    const venue = byHost.get(answer.ask.host);
    if (venue === undefined) {
      throw new RangeError(
        `Cannot read a stored answer as its host must be one of a venue: got "${answer.ask.host}"`,
      );
    }
    return venue.read(answer);
  };
}

/**
 * The state of the program that turns answers into facts: SHA-256 over the venues' files and their
 * settings. Facts that were read by another state are read again.
 */
export async function readersHash(): Promise<string> {
  const root = projectRoot();
  const isReader = (path: string) => /^(polymarket|kalshi|benchmarks|live)\//.test(path);
  return sha256Hex([
    await hashFolder(join(root, "lib", "sources"), isReader),
    ...await Promise.all(
      ["ingest.yaml", "providers.yaml", "factors.yaml"].map((file) =>
        hashFile(join(root, "config", file))
      ),
    ),
  ].join("\n"));
}
