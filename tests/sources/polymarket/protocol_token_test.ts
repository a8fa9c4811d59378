import assert from "node:assert/strict";
import { protocolOf, quotedToken, tokenField } from "lib/sources/polymarket/protocol_token.ts";

Deno.test("protocolOf() goes by the version, and takes none for the first protocol", () => {
  assert.equal(protocolOf({ version: "v1" }), "v1");
  assert.equal(protocolOf({ version: "v2" }), "v2");
  assert.equal(protocolOf({ version: null }), "v1");
});

Deno.test("quotedToken() takes the list of the protocol, whatever the other one holds", () => {
  const ids = { clobTokenIds: ["1", "2"], positionIds: ["3", "4"] };
  assert.equal(quotedToken({ version: "v1", ...ids }), "1");
  assert.equal(quotedToken({ version: "v2", ...ids }), "3");
  assert.equal(quotedToken({ version: "v2", clobTokenIds: ["1", "2"], positionIds: null }), null);
  assert.equal(tokenField({ version: "v2" }), "positionIds");
});

Deno.test("quotedToken() gives null for a market that is not tradeable yet", () => {
  assert.equal(quotedToken({ version: null, clobTokenIds: [], positionIds: null }), null);
  assert.equal(quotedToken({ version: null, clobTokenIds: ["", ""], positionIds: null }), null);
});
