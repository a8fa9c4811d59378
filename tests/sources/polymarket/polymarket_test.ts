import assert from "node:assert/strict";
import { makePolymarket } from "lib/sources/polymarket/polymarket.ts";
import { answerTo, contract, drive, knownOf, options, utc } from "./history_fixture.ts";

const venue = makePolymarket(options.settings);

Deno.test("makePolymarket() finds out what there is before it asks for histories", () => {
  assert.equal(venue.name, "polymarket");
  assert.deepEqual(venue.hosts, ["gamma", "clob", "data"]);
  assert.deepEqual(venue.phases.map(({ name, isCatalogue }) => [name, isCatalogue]), [
    ["catalogue", true],
    ["follow-ups", true],
    ["outcomes", false],
    ["prices", false],
    ["trades", false],
    ["books", false],
  ]);
});

Deno.test("makePolymarket() reads every answer that its phases ask for", () => {
  const closed = contract({
    marketId: "poly:2",
    state: { status: "closed", closedAtMs: utc("2026-11-12") },
    seenAtMs: utc("2026-11-20"),
  });
  const known = knownOf([contract(), closed], { "polymarket open markets": ["2026-11-22"] });
  const page = { data: [], history: [], pagination: { has_more: false, next_cursor: null } };
  const kinds = new Set<string>();
  for (const phase of venue.phases) {
    for (const job of phase.plan(known, options)) {
      for (const ask of drive(job, () => page).asks) {
        kinds.add(ask.kind);
        const missing = { ...answerTo(ask, undefined, 404), ask };
        // only the order-book interface says with a 404 that there is nothing
        if (ask.host === "clob") assert.deepEqual(venue.read(missing).oddities, []);
        else assert.throws(() => venue.read(missing), TypeError);
      }
    }
  }
  assert.deepEqual([...kinds].sort(), [
    "clob_books",
    "clob_market",
    "clob_prices",
    "data_prices",
    "data_resolutions",
    "data_trades",
    "gamma_events",
    "gamma_markets",
  ]);
});

Deno.test("makePolymarket() throws for an answer to an ask that is not its own", () => {
  assert.throws(() => venue.read(answerTo({ kind: "kalshi_markets" }, {})), {
    name: "RangeError",
    message: "Cannot read an answer of Polymarket as its kind must be one of gamma_markets, " +
      "gamma_events, data_prices, clob_prices, data_trades, data_trades_end, clob_books, " +
      'data_resolutions, clob_market: got "kalshi_markets"',
  });
});
