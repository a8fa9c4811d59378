import assert from "node:assert/strict";
import { shareOf } from "lib/sources/live/share.ts";
import type { Known, KnownMarket } from "lib/sources/live/venue.ts";

const N = 4000;
// two contracts an event
const markets = Array.from({ length: N }, (_, n) =>
  ({
    marketId: `poly:${n}`,
    listing: { market: { eventId: `event ${n >> 1}` } },
  }) as unknown as KnownMarket);
const known: Known = {
  markets: () => markets,
  crawls: () => [],
  covered: () => [],
  answer: () => undefined,
};

Deno.test("shareOf() takes whole events, about as many as asked, the smaller share within the larger", () => {
  const ids = (share: number) =>
    [...shareOf(known, share).markets()].map(({ marketId }) => marketId);
  const small = ids(0.05), large = ids(0.3);
  // 2,000 events: five standard deviations of a binomial count are 49 and 102
  assert.ok(Math.abs(small.length / 2 - 100) < 49, `${small.length}`);
  assert.ok(Math.abs(large.length / 2 - 600) < 102, `${large.length}`);
  assert.ok(small.every((id) => large.includes(id)));
  const events = new Set(large.map((id) => Number(id.slice(5)) >> 1));
  assert.equal(large.length, 2 * events.size);
  assert.deepEqual(ids(0.05), small);
  assert.equal(ids(1).length, N);
});

Deno.test("shareOf() refuses what is no share", () => {
  for (const share of [0, -1, 1.1, NaN]) {
    assert.throws(() => shareOf(known, share), {
      name: "RangeError",
      message:
        `Cannot pull a share of the events as it must be above 0 and at most 1: got ${share}`,
    });
  }
});
