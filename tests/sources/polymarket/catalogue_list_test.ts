import assert from "node:assert/strict";
import fc from "fast-check";
import {
  type CatalogueList,
  crawlList,
  listName,
  pageAsk,
} from "lib/sources/polymarket/catalogue_list.ts";

Deno.test("pageAsk() asks with after_cursor and parameters in a fixed order", () => {
  const list: CatalogueList = {
    rows: "markets",
    isClosed: true,
    endsFrom: "2026-01-05",
    startsFrom: "2026-11-18",
  };
  assert.deepEqual(pageAsk(list, { cursor: "a+b/=&", edition: "2026-11-22" }), {
    host: "gamma",
    path: "/markets/keyset?limit=100&order=id&ascending=true&closed=true&end_date_min=2026-01-05" +
      "&start_date_min=2026-11-18&after_cursor=a%2Bb%2F%3D%26",
    body: null,
    format: "json",
    kind: "gamma_markets",
    subject: "",
    edition: "2026-11-22",
  });
  const events: CatalogueList = {
    rows: "events",
    isClosed: false,
    endsFrom: null,
    startsFrom: null,
  };
  const ask = pageAsk(events, { cursor: null, edition: "2026-11-22" });
  assert.equal(ask.path, "/events/keyset?limit=100&order=id&ascending=true&closed=false");
  assert.equal(ask.kind, "gamma_events");
});

Deno.test("crawlList() is null for asks by name", () => {
  assert.equal(crawlList("/markets/keyset?limit=100&closed=true&condition_ids=0x12"), null);
});

Deno.test("crawlList() names the list that pageAsk() walks, whatever the cursor", () => {
  const day = fc.constantFrom(null, "2026-01-05", "2024-02-29");
  const list = fc.record({
    rows: fc.constantFrom("events" as const, "markets" as const),
    isClosed: fc.boolean(),
    endsFrom: day,
    startsFrom: day,
  });
  const cursors = fc.option(fc.string({ unit: "grapheme", minLength: 1 }));
  fc.assert(
    fc.property(list, cursors, (one, cursor) => {
      assert.deepEqual(crawlList(pageAsk(one, { cursor, edition: "2026-11-22" }).path), {
        name: listName(one),
        isFirstPage: cursor === null,
      });
    }),
    { seed: 8 },
  );
});
