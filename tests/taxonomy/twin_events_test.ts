import assert from "node:assert/strict";
import { twinEvents } from "lib/taxonomy/twin_events.ts";

const CONTRACTS = [
  { marketId: "poly:1", eventId: "a" },
  { marketId: "poly:2", eventId: "b" },
  { marketId: "kalshi:1", eventId: "a" },
  { marketId: "kalshi:2", eventId: "c" },
];

function pair(marketA: string, marketB: string, accepted = true) {
  return { marketA, marketB, accepted };
}

Deno.test("twinEvents() counts accepted pairs that are two events", () => {
  const pairs = [
    pair("poly:1", "kalshi:1"),
    pair("poly:2", "kalshi:2"),
    pair("poly:1", "kalshi:2", false),
  ];
  assert.deepEqual(twinEvents(pairs, CONTRACTS), { nAcceptedTwins: 2, nInTwoEvents: 1 });
  assert.deepEqual(twinEvents([], CONTRACTS), { nAcceptedTwins: 0, nInTwoEvents: 0 });
});

Deno.test("twinEvents() refuses a contract without an event", () => {
  assert.throws(() => twinEvents([pair("poly:1", "kalshi:9")], CONTRACTS), {
    name: "RangeError",
    message: 'Cannot count twins as each contract must have an event: got none for "kalshi:9"',
  });
});
