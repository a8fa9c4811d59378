import assert from "node:assert/strict";
import { eventMembers } from "lib/taxonomy/event_members.ts";
import { madeMarket, TWO_EVENTS } from "../classify/made_contracts.ts";

const MARKETS = ["poly:0", "poly:1", "poly:2"].map((id) => madeMarket(id));

Deno.test("eventMembers() lists the contracts of each event", () => {
  assert.deepEqual(
    eventMembers(MARKETS, TWO_EVENTS),
    new Map([["a", ["poly:1"]], ["b", ["poly:0", "poly:2"]]]),
  );
});
