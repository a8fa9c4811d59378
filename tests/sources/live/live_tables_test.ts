import assert from "node:assert/strict";
import fc from "fast-check";
import { MS_PER_DAY, parseDay } from "lib/core/day.ts";
import { cellAt, type Table } from "lib/core/table.ts";
import type { Fact } from "lib/sources/live/fact.ts";
import { factOf, factRow } from "lib/sources/live/fact_row.ts";
import type { KnownFact } from "lib/sources/live/fold_market.ts";
import { liveTables } from "lib/sources/live/live_tables.ts";
import { parquetBytes } from "lib/store/parquet.ts";
import { answer, asking, withStore } from "./pull_fixture.ts";
import { UNKNOWN_MARKET, UNKNOWN_STATE } from "../../fixtures/facts.ts";

const DAY = parseDay("2026-11-20");
const KINDS = new Map([["SPY", "price" as const], ["VIX", "level" as const]]);

function listing(subject: string, leftOut: string | null = null): Fact {
  const venue = "polymarket" as const;
  const market = { ...UNKNOWN_MARKET, marketId: subject, venue, question: "Will it?" };
  return { kind: "listing", subject, market, leftOut, native: {} };
}

function state(subject: string, volumeUsd: number | null = null): Fact {
  return { ...UNKNOWN_STATE, subject, volumeUsd };
}

function days(subject: string, day: number, close: number | null): Fact {
  const point = { day, close, bid: null, ask: 0.6, volumeUsd: null, openInterest: 3 };
  const span = { fromMs: day * MS_PER_DAY, toMs: (day + 1) * MS_PER_DAY };
  return { kind: "days", subject, ...span, rank: 1, points: [point] };
}

function bars(subject: string, day: number, close: number, provider = 0): Fact {
  const span = { fromMs: day * MS_PER_DAY, toMs: (day + 1) * MS_PER_DAY };
  return { kind: "bars", subject, ...span, provider, bars: [{ day, close, adjusted: null }] };
}

function fee(subject: string): Fact {
  const unknown = { feeType: null, exponent: null, isTakerOnly: null, rebateShare: null };
  return { kind: "fee", subject, rate: 0.07, fromMs: null, ...unknown };
}

function book(subject: string, day: number): Fact {
  const sizes = { bid: 0.4, ask: 0.6, bidSize: null, askSize: null, restingUsd: 70 };
  return { kind: "book", subject, bookAtMs: day * MS_PER_DAY + 5, ...sizes };
}

function outcome(subject: string): Fact {
  return { kind: "outcome", subject, resolvedAtMs: DAY * MS_PER_DAY, payout: 1, source: "oracle" };
}

/** Tables of facts that are known at once, in the order of a store. */
function tablesOf(facts: readonly Fact[]): Record<string, Table> {
  const known = facts.map((fact): KnownFact => ({ ...fact, knownAtMs: 1000 }));
  return Object.fromEntries(liveTables({
    facts: known.toSorted((a, b) => a.subject < b.subject ? -1 : a.subject > b.subject ? 1 : 0),
    coveredToMs: facts.flatMap((fact) =>
      fact.kind === "days" || fact.kind === "bars" ? [fact.toMs] : []
    ),
    oddities: [],
    kindOf: KINDS,
  }));
}

function rows({ columns, nRows }: Table): unknown[][] {
  const all = Object.values(columns);
  return Array.from({ length: nRows }, (_, row) => all.map((column) => cellAt(column, row)));
}

Deno.test("liveTables() has the days, activity and outcomes of contracts that were asked about", () => {
  const tables = tablesOf([
    ...[listing("poly:1"), state("poly:1"), days("poly:1", DAY, 0.5), outcome("poly:1")],
    ...[days("poly:1", DAY + 1, null), book("poly:1", DAY), fee("poly:1")],
    ...[listing("poly:2"), state("poly:2"), outcome("poly:2"), fee("poly:2")],
    ...[listing("poly:3", "short"), state("poly:3"), days("poly:3", DAY, 0.5)],
    fee("kalshi series:KXFED"),
  ]);
  assert.deepEqual(rows(tables["prices.parquet"]!), [["poly:1", DAY, 0.5, null, 0.6]]);
  assert.deepEqual(rows(tables["activity.parquet"]!), [
    ["poly:1", DAY, null, 3, 70],
    ["poly:1", DAY + 1, null, 3, null],
  ]);
  assert.equal(tables["markets.parquet"]!.nRows, 1);
  assert.equal(tables["resolutions.parquet"]!.nRows, 1);
  assert.equal(tables["snapshots.parquet"]!.nRows, 1);
  assert.deepEqual(rows(tables["fees.parquet"]!).map(([subject]) => subject), [
    "kalshi series:KXFED",
    "poly:1",
  ]);
});

Deno.test("liveTables() tells nothing of a day that no answer covers to its end", () => {
  const contract = [listing("poly:1"), state("poly:1"), book("poly:1", DAY + 1)];
  assert.deepEqual(
    rows(tablesOf([...contract, days("poly:1", DAY, null)])["activity.parquet"]!)
      .map(([, day]) => day),
    [DAY],
  );
  assert.deepEqual(
    rows(
      tablesOf([
        ...contract,
        days("poly:1", DAY, null),
        bars("SPY", DAY + 1, 9),
      ])["activity.parquet"]!,
    ).map(([, day]) => day),
    [DAY, DAY + 1],
  );
});

Deno.test("liveTables() has benchmarks of the list, one provider each, and their kind", () => {
  const tables = tablesOf([
    ...[bars("SPY", DAY, 9), bars("SPY", DAY, 8, 1), bars("VIX", DAY, 20), bars("GONE", DAY, 1)],
  ]);
  assert.deepEqual(rows(tables["benchmarks.parquet"]!), [
    ["SPY", DAY, 9, "price"],
    ["VIX", DAY, 20, "level"],
  ]);
});

Deno.test("liveTables() has every file without a fact, and bytes", () => {
  const tables = tablesOf([]);
  assert.deepEqual(Object.values(tables).map(({ nRows }) => nRows), [0, 0, 0, 0, 0, 0, 0, 0, 0]);
  for (const table of Object.values(tables)) assert.ok(parquetBytes(table).length > 0);
});

Deno.test("liveTables() counts contracts that are listed, and those whose history was asked for", () => {
  const left = { ...listing("poly:3"), leftOut: "shorter than 7 days" };
  const counts = tablesOf([
    listing("poly:1"),
    state("poly:1", 1),
    days("poly:1", DAY, 0.5),
    listing("poly:2"),
    state("poly:2", 1),
    left,
    state("poly:3", 1),
  ])["pulled.parquet"]!;
  assert.deepEqual(rows(counts), [["polymarket", 2, 1]]);
});

Deno.test("liveTables() does not depend on the order in which answers of an instant were stored", async () => {
  const trades = (walk: string, fromMs: number, seconds: number): Fact => ({
    kind: "tape",
    subject: "poly:1",
    walk,
    fromMs,
    toMs: seconds * 1000,
    trades: [[seconds, 0.1, `0x${seconds}`], [seconds, 0.2, `1x${seconds}`], [seconds, 0.3, "2x"]],
  });
  const second = DAY * 86_400;
  const answers: readonly (readonly Fact[])[] = [
    [listing("poly:1"), state("poly:1", 5), listing("poly:2"), state("poly:2", 6)],
    [days("poly:1", DAY, 0.5), days("poly:1", DAY - 1, 0.4)],
    [days("poly:2", DAY, 0.7)],
    [days("poly:1", DAY - 2, 0.3)],
    [trades("2026-11-21", (second - 90_000) * 1000, second + 7)],
    [trades("2026-11-21", 0, second - 90_000)],
    [bars("SPY", DAY, 9)],
    [bars("SPY", DAY - 1, 8)],
    [outcome("poly:2")],
    [book("poly:1", DAY)],
  ];
  const bytesOf = async (order: readonly number[]): Promise<Uint8Array[]> => {
    const bytes: Uint8Array[] = [];
    await withStore((store) => {
      for (const k of order) {
        const reading = { facts: answers[k]!.map(factRow), oddities: [] };
        store.add(answer(asking(`/${k}`), "[]", 1000), reading);
      }
      const tables = liveTables({
        facts: Array.from(store.facts({}), (row) => ({ ...factOf(row), knownAtMs: row.knownAtMs })),
        coveredToMs: [(DAY + 1) * MS_PER_DAY],
        oddities: [],
        kindOf: KINDS,
      });
      for (const [, table] of tables) bytes.push(parquetBytes(table));
    });
    return bytes;
  };
  const inOrder = await bytesOf(answers.map((_, k) => k));
  const orders = fc.shuffledSubarray(answers.map((_, k) => k), { minLength: answers.length });
  await fc.assert(
    fc.asyncProperty(orders, async (order) => {
      assert.deepEqual(await bytesOf(order), inOrder);
    }),
    { seed: 8, numRuns: 15 },
  );
});
