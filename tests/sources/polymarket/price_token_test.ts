import assert from "node:assert/strict";
import { tokenOf } from "lib/sources/polymarket/price_token.ts";
import { conditionOf } from "lib/sources/polymarket/tape_condition.ts";
import { contract } from "./history_fixture.ts";

Deno.test("tokenOf() and conditionOf() have none of a placeholder until it is named and opened", () => {
  const one = contract();
  const placeholder = { ...one, listing: { ...one.listing, native: { isPlaceholder: "yes" } } };
  const waiting = {
    ...placeholder,
    state: { ...one.state, native: { ...one.state.native, isTradeable: "no" } },
  };
  assert.deepEqual([tokenOf(waiting), conditionOf(waiting)], [null, null]);
  assert.notEqual(tokenOf(one), null);
  assert.deepEqual(
    [tokenOf(placeholder), conditionOf(placeholder)],
    [tokenOf(one), conditionOf(one)],
  );
});

Deno.test("tokenOf() takes the record of today, then that of the listing, and only digits", () => {
  const native = { isTradeable: "yes" };
  const market = { tokenId: "12" };
  assert.equal(tokenOf(contract({ market, state: { native: { ...native, token: "11" } } })), "11");
  assert.equal(tokenOf(contract({ market, state: { native } })), "12");
  assert.equal(tokenOf(contract({ market: { tokenId: "1&2" }, state: { native } })), null);
});
