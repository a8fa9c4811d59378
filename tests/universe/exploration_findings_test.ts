import assert from "node:assert/strict";
import { parse } from "yaml";
import type { DataSet } from "lib/core/data_set.ts";
import { dayStartMs, parseDay } from "lib/core/day.ts";
import { parseSettings } from "lib/core/settings.ts";
import { explorationFindings } from "lib/universe/exploration_findings.ts";
import { liveCalendar } from "lib/universe/live_calendar.ts";
import { marketQuality } from "lib/universe/quality.ts";
import { zeroMoves } from "lib/universe/zero_moves.ts";
import { withoutSources } from "../fixtures/findings.ts";
import { dailyCloses, dataSetFixture } from "../fixtures/data_set.ts";

const settings = parseSettings(
  parse(Deno.readTextFileSync(new URL("../../config/settings.yaml", import.meta.url))),
);

/** The lines by their bold heading. */
function findings(data: DataSet, nTwins = 0): Record<string, string> {
  const text = explorationFindings(data, {
    quality: marketQuality(data, settings.universe),
    calendar: liveCalendar(data.markets, data.prices, { minPrices: 30, minCrossSection: 2 }),
    zeros: zeroMoves(data.prices),
    nTwins,
  }, settings);
  return Object.fromEntries(
    text.split("\n").map((line) => {
      const [, heading, words] = /^- \*\*([^*]+)\.\*\* (.*)$/.exec(withoutSources(line, "01_"))!;
      return [heading!, words!];
    }),
  );
}

const settledAt = { atMs: dayStartMs(parseDay("2026-03-02")) };

/** Four contracts of three events; two live for 40 days, one for 10, one without a price. */
const small: DataSet = {
  ...dataSetFixture({
    // ten steps up and down every fourth day: three of four moves are zero
    "poly:a": {
      eventId: "e1",
      closes: dailyCloses(
        "2026-01-01",
        Array.from({ length: 41 }, (_, i) => 0.3 + 0.1 * (Math.floor(i / 4) % 2)),
      ),
      volumes: { "2026-01-01": 9_000, "2026-01-02": 1_000 },
      paid: { payout: 1, ...settledAt },
    },
    "poly:b": {
      eventId: "e1",
      closes: dailyCloses("2026-01-05", Array.from({ length: 40 }, (_, i) => 0.6 - 0.1 * (i % 2))),
      volumes: { "2026-01-05": 9_999 },
      paid: { payout: 0, ...settledAt },
    },
    "poly:c": {
      eventId: "e2",
      closes: dailyCloses("2026-01-01", Array.from({ length: 10 }, () => 0.5)),
      paid: { payout: 0.5, ...settledAt },
    },
    "poly:d": { eventId: null },
  }),
  files: [
    { file: "prices.parquet", nRows: 93, nAccepted: 91, nRejected: 2 },
    { file: "markets.parquet", nRows: 4, nAccepted: 4, nRejected: 0 },
  ],
  rejected: Array.from({ length: 2 }, (_, row) => ({
    file: "prices.parquet",
    row,
    column: "close",
    value: "1.7",
    reason: "close is outside [0, 1]",
  })),
};

Deno.test("explorationFindings() says every number of a hand-made universe", () => {
  // hand-worked: prices on 41 + 40 + 10 days, lives from 1 January to 13 February; moves: 30 zeros
  // of 40 in a, none of 39 in b; c is too short to count
  assert.deepEqual(findings(small, 1), {
    "Size": "4 contracts of 3 events, 91 daily prices, 1 Jan 2026 – 13 Feb 2026; known up to the " +
      "end of 13 Feb 2026.",
    "History": "Daily prices for 3 contracts (75%), 40 days in the median; 30 days or more, as a " +
      "correlation needs, for 2.",
    "Cross-section":
      "The widest day has 2 live contracts with 30+ days of history; on 8 of 44 days " +
      "there are 2 or more. Two contracts can be compared only where their lives overlap.",
    "Staleness": "38% of one-day moves are exactly zero, where rounding to the price step would " +
      "leave 5%. Days on which a price stands still draw daily correlations towards zero, so later " +
      "notebooks use longer steps and days on which both contracts traded.",
    "Activity":
      "Volume is known for 2 contracts and unknown, not zero, for 2; 1 of the known traded " +
      "$10,000 or more.",
    "Payouts": "3 contracts settled; the quoted outcome paid in full for 33% of them and in part " +
      "for 1. Contracts of one event share their outcome, so these are fewer trials than they look.",
    "Twins":
      "1 pair of contracts on two venues may be one question; a person's verdict decides, not " +
      "the similarity of words.",
    "Door": "Refused 2 of 97 rows, each with its reason.",
  });
});

Deno.test("explorationFindings() puts words in place of numbers that an empty universe lacks", () => {
  assert.deepEqual(findings(dataSetFixture({})), {
    "Size": "0 contracts of 0 events, 0 daily prices, no day; known up to the end of 1 Jan 1970.",
    "History": "No contract has a daily price.",
    "Cross-section": "No day has a price.",
    "Staleness": "No contract has 29 one-day moves.",
    "Activity":
      "Volume is known for 0 contracts and unknown, not zero, for 0; 0 of the known traded " +
      "$10,000 or more.",
    "Payouts": "No contract is settled.",
    "Twins": "No two contracts on different venues look like one question.",
    "Door": "Refused 0 of 0 rows, each with its reason.",
  });
});

Deno.test("explorationFindings() counts one of a kind in the singular", () => {
  const one = findings(dataSetFixture({
    "poly:a": { closes: { "2026-01-01": 0.5 }, paid: { payout: 1, ...settledAt } },
  }));
  assert.match(one["Size"]!, /^1 contract of 1 event, 1 daily price, 1 Jan 2026; /);
  assert.match(one["History"]!, /^Daily prices for 1 contract \(100%\), 1 day in the median/);
  assert.match(one["Cross-section"]!, /0 live contracts .*; on 0 of 1 day there are/);
  assert.match(one["Payouts"]!, /^1 contract settled; .* for 100% of them and in part for 0\./);
});
