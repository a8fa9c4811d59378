import { textHash } from "../../core/text_hash.ts";
import type { Known, KnownMarket } from "./venue.ts";

/** Values that `textHash` can take: 41 bits. */
const HASHES = 2 ** 41;

/**
 * The same knowledge with a share of the events in it, chosen by the hash of their names.
 *
 * A share is the same events on every machine and day, and the larger share holds the smaller one,
 * so a pull can be widened later. Whole events, as outcomes of one event belong together. Nothing of
 * what later became of a contract plays a part, unlike a choice by final volume.
 *
 * @param share In (0, 1].
 * @throws {RangeError} If it is not.
 */
export function shareOf(known: Known, share: number): Known {
  if (!(share > 0 && share <= 1)) {
    throw new RangeError(
      `Cannot pull a share of the events as it must be above 0 and at most 1: got ${share}`,
    );
  }
  if (share === 1) return known;
  return { ...known, markets: (options) => chosen(known.markets(options), share) };
}

function* chosen(markets: Iterable<KnownMarket>, share: number): Generator<KnownMarket> {
  for (const market of markets) {
    const name = market.listing.market.eventId ?? market.marketId;
    if (parseInt(textHash(name), 36) / HASHES < share) yield market;
  }
}
