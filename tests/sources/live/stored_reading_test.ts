import assert from "node:assert/strict";
import type { Ask } from "lib/fetch/ask.ts";
import { factRow } from "lib/sources/live/fact_row.ts";
import { storedReading } from "lib/sources/live/stored_reading.ts";

const ASK: Ask = {
  host: "data",
  path: "/v2/prices-history",
  body: null,
  format: "json",
  kind: "data_prices",
  subject: "",
  edition: "",
};
const ODDITY = {
  place: "polymarket /v2/prices-history",
  row: 3,
  column: "price",
  value: "2",
  reason: "r",
};

Deno.test("storedReading() names the one contract that a faulty answer is about", () => {
  const crawl = { kind: "crawl", subject: "list", edition: "2026-11-22", nPages: 1 } as const;
  const placed = (subject: string) =>
    storedReading({ facts: [crawl], oddities: [ODDITY] }, { ...ASK, subject });
  assert.deepEqual(placed("poly:7"), {
    facts: [factRow(crawl)],
    oddities: [{ ...ODDITY, place: "polymarket /v2/prices-history of poly:7" }],
  });
  assert.deepEqual(placed("").oddities, [ODDITY]);
  assert.deepEqual(placed("poly:7,poly:8").oddities, [ODDITY], "of many");
});
