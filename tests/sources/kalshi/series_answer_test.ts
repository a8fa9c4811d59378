import assert from "node:assert/strict";
import { wantedSeries } from "lib/sources/kalshi/series_answer.ts";
import { makeKalshi } from "lib/sources/kalshi/kalshi.ts";
import { answerOf, settings } from "./kalshi_fixture.ts";

const venue = makeKalshi(settings);

function series(ticker: string, fee_type: unknown, fee_multiplier: unknown, frequency = "weekly") {
  return {
    ticker,
    frequency,
    title: "…",
    category: "Economics",
    tags: null,
    fee_type,
    fee_multiplier,
  };
}

function read(...rows: unknown[]) {
  return venue.read(answerOf("kalshi_series", "/series", { series: rows }));
}

Deno.test("readSeries() reads the taker's fee of the sheet's section 7.11", () => {
  const { facts, oddities } = read(
    series("KXFED", "quadratic", 1),
    series("KXMLB", "quadratic_with_maker_fees", 0.5),
    series("KXFREE", "flat", 0),
  );
  assert.deepEqual(facts, [
    {
      kind: "fee",
      subject: "kalshi series:KXFED",
      feeType: "quadratic",
      rate: 0.07,
      exponent: 1,
      isTakerOnly: true,
      rebateShare: null,
      fromMs: null,
    },
    {
      kind: "fee",
      subject: "kalshi series:KXMLB",
      feeType: "quadratic_with_maker_fees",
      rate: 0.035,
      exponent: 1,
      isTakerOnly: false,
      rebateShare: null,
      fromMs: null,
    },
    {
      kind: "fee",
      subject: "kalshi series:KXFREE",
      feeType: "flat",
      rate: 0,
      exponent: null,
      isTakerOnly: null,
      rebateShare: null,
      fromMs: null,
    },
  ]);
  assert.deepEqual(oddities, []);
});

Deno.test("readSeries() leaves unknown rates unknown and tells of new words", () => {
  const { facts, oddities } = read(
    series("KXA", "cubic", 1),
    series("KXB", "flat", 1),
    series("KXC", "quadratic", "1"),
    series("KXD", "quadratic", 1, "hourly_ish"),
    series("KX D", "quadratic", 1),
  );
  assert.deepEqual(
    facts.map((fact) => fact.kind === "fee" ? [fact.subject, fact.feeType, fact.rate] : null),
    [
      ["kalshi series:KXA", "cubic", null],
      ["kalshi series:KXB", "flat", null],
      ["kalshi series:KXC", "quadratic", null],
      ["kalshi series:KXD", "quadratic", 0.07],
    ],
  );
  assert.deepEqual(oddities.map(({ row, column, value }) => [row, column, value]), [
    [0, "fee_type", "cubic"],
    [2, "fee_multiplier", "1"],
    [3, "frequency", "hourly_ish"],
    [4, "ticker", "KX D"],
  ]);
});

Deno.test("readFeeChanges() reads fees from their dates, and none without", () => {
  const change = {
    id: "1",
    series_ticker: "KXINXU",
    fee_type: "quadratic",
    fee_multiplier: 0.5,
    scheduled_ts: "2026-07-07T00:00:00Z",
  };
  const { facts, oddities } = venue.read(
    answerOf("kalshi_fee_changes", "/series/fee_changes?show_historical=true", {
      series_fee_change_arr: [change, { ...change, scheduled_ts: 1783382400 }],
    }),
  );
  assert.deepEqual(
    facts.map((fact) => fact.kind === "fee" ? [fact.subject, fact.rate, fact.fromMs] : null),
    [["kalshi series:KXINXU", 0.035, Date.UTC(2026, 6, 7)]],
  );
  assert.deepEqual(oddities.map(({ row, reason }) => [row, reason]), [
    [1, "must be an instant such as 2026-01-31T15:00:00Z"],
  ]);
});

Deno.test("wantedSeries() leaves out parlays and frequencies, and no series of unknown ones", () => {
  const rows = [
    series("KXW", "quadratic", 1),
    series("KXH", "quadratic", 1, "hourly"),
    series("KXMVESPORTS", "quadratic", 1, "custom"),
    { ticker: "KXA" },
    { ticker: "KXA" },
    { ticker: "../KX" },
    null,
  ];
  const answer = answerOf("kalshi_series", "/series", { series: rows });
  assert.deepEqual(wantedSeries(answer, ["hourly", "daily"]), ["KXA", "KXW"]);
});
