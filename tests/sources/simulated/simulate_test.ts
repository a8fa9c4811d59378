import assert from "node:assert/strict";
import { formatDay, MS_PER_DAY } from "lib/core/day.ts";
import { venueOfMarketId } from "lib/core/market_id.ts";
import { columnOf, type Table } from "lib/core/table.ts";
import { WINDOW_END_DAY, WINDOW_FIRST_DAY } from "lib/sources/simulated/simulate.ts";
import { sha256Hex } from "lib/store/hash.ts";
import { textOf, trueMarkets, tStatistic, universe } from "./universe.ts";

const full = universe("default", "full"), fair = universe("default", "fair");
const fullTruth = trueMarkets(full), fairTruth = trueMarkets(fair);

/** One contract per event: independent of one another in a fair universe. */
const fairEvents = fairTruth.filter((market, j) =>
  fairTruth.findIndex((other) => other.event === market.event) === j
);

function fingerprint(tables: Readonly<Record<string, Table>>): string {
  const parts: string[] = [];
  for (const name of Object.keys(tables).sort()) {
    for (const [column, values] of Object.entries(tables[name]!.columns)) {
      const raw = values.type === "string" ? values.codes : values.values;
      parts.push(`${name}.${column} ${sha256Hex(new Uint8Array(raw.buffer.slice(0)))}`);
      if (values.type === "string") parts.push(sha256Hex(values.labels.join("\n")));
    }
  }
  return sha256Hex(parts.join("\n"));
}

Deno.test("simulate() gives the same bytes for a seed and others for another", () => {
  const first = fingerprint(universe("small", "full", 7).tables);
  // pinned: changes when the generator or its templates change, and then on purpose
  assert.equal(first, "90f83f28a7deac8b49c5e41c8e834ebde69221fbd757c09ccf5b64088afe27bf");
  assert.equal(fingerprint(universe("small", "full", 7).tables), first);
  assert.notEqual(fingerprint(universe("small", "full", 8).tables), first);
});

Deno.test("simulate() makes universes of the promised size and reach", () => {
  const nDefects = (file: string) => full.truth.defects.filter((one) => one.file === file).length;
  assert.equal(full.tables.markets.nRows - nDefects("markets.parquet"), 6000);
  const small = universe("small", "full");
  assert.equal(trueMarkets(small).length, 220);
  const nLong = fullTruth.filter(({ nPrices }) => nPrices >= 30).length;
  assert.ok(nLong > 2400 && nLong < 3100, `${nLong} markets with 30 or more prices`);
  const days = columnOf(full.tables.benchmarks, "date", "date").values;
  assert.equal(formatDay(Math.min(...days)), "2024-01-01");
  assert.equal(formatDay(Math.max(...days)), "2026-02-28");
  assert.equal(new Set(textOf(full.tables.benchmarks, "symbol")).size, 41);
  assert.equal(new Set(fullTruth.map(({ theme }) => theme)).size, 16);
});

Deno.test("coverage, stillness, base rate and venues are like the real data's", () => {
  const share = <T>(list: readonly T[], keep: (one: T) => boolean) =>
    list.filter(keep).length / list.length;
  const within = (x: number, low: number, high: number, name: string) =>
    assert.ok(x > low && x < high, `${name}: ${x}`);
  within(share(fullTruth, ({ nPrices }) => nPrices > 0), 0.67, 0.73, "with prices");
  within(share(fullTruth, ({ payout }) => payout === 1), 0.16, 0.29, "base rate of YES");
  within(share(fullTruth, ({ id }) => id.startsWith("kalshi:")), 0.09, 0.16, "on Kalshi");
  const lengths = fullTruth.map(({ nPrices }) => nPrices).filter((n) => n > 0).sort((a, b) =>
    a - b
  );
  within(lengths[Math.floor(lengths.length / 2)]!, 35, 65, "median number of prices");
  const ids = columnOf(full.tables.prices, "market_id", "string").codes;
  const close = columnOf(full.tables.prices, "close", "number").values;
  let zero = 0, n = 0;
  for (let i = 1; i < ids.length; ++i) {
    if (ids[i] !== ids[i - 1]) continue;
    ++n;
    if (close[i] === close[i - 1]) ++zero;
  }
  within(zero / n, 0.32, 0.41, "share of days without a move");
});

Deno.test("every good row keeps the data contract, and every planted one breaks it", () => {
  const bad = (file: string) =>
    new Set(full.truth.defects.filter((one) => one.file === file).map(({ row }) => row));
  const ids = textOf(full.tables.markets, "market_id");
  const created = columnOf(full.tables.markets, "created_at", "timestamp").values;
  const opens = columnOf(full.tables.markets, "opens_at", "timestamp").values;
  const closes = columnOf(full.tables.markets, "closes_at", "timestamp").values;
  const badMarkets = bad("markets.parquet"), known = new Set<string>();
  ids.forEach((id, i) => {
    assert.ok(venueOfMarketId(id!) !== undefined && !known.has(id!), id!);
    assert.equal(closes[i]! > created[i]! && opens[i]! >= created[i]!, !badMarkets.has(i), id!);
    known.add(id!);
  });
  for (const [file, name] of [["prices", "close"], ["activity", "volume_usd"]] as const) {
    const rows = full.tables[file], wrong = bad(`${file}.parquet`), seen = new Set<string>();
    const market = textOf(rows, "market_id"), day = columnOf(rows, "date", "date").values;
    const value = columnOf(rows, name, "number").values;
    const top = file === "prices" ? 1 : Infinity;
    for (let i = 0; i < rows.nRows; ++i) {
      const key = `${market[i]} ${day[i]}`;
      const good = known.has(market[i]!) && !seen.has(key) && value[i]! >= 0 && value[i]! <= top;
      assert.equal(good, !wrong.has(i), `${file} row ${i}`);
      if (good) seen.add(key);
    }
  }
  const settled = new Set<string>(), badPayouts = bad("resolutions.parquet");
  const payout = columnOf(full.tables.resolutions, "payout", "number").values;
  textOf(full.tables.resolutions, "market_id").forEach((id, i) => {
    const good = known.has(id!) && !settled.has(id!) && payout[i]! >= 0 && payout[i]! <= 1;
    assert.equal(good, !badPayouts.has(i), `resolution ${i}`);
    settled.add(id!);
  });
  assert.equal(full.truth.defects.length, 4 * 6);
});

Deno.test("no price is dated before the listing, after the settlement or outside the window", () => {
  const rows = full.tables.prices, ids = textOf(rows, "market_id");
  const day = columnOf(rows, "date", "date").values;
  const wrong = new Set(
    full.truth.defects.filter((d) => d.file === "prices.parquet").map((d) => d.row),
  );
  const created = new Map(
    textOf(full.tables.markets, "market_id").map((id, i) =>
      [id, columnOf(full.tables.markets, "created_at", "timestamp").values[i]!] as const
    ),
  );
  const nSettled = full.tables.resolutions.nRows - 4;
  const resolved = new Map(
    textOf(full.tables.resolutions, "market_id").slice(0, nSettled).map((id, i) =>
      [id, columnOf(full.tables.resolutions, "resolved_at", "timestamp").values[i]!] as const
    ),
  );
  for (let i = 0; i < rows.nRows; ++i) {
    if (wrong.has(i)) continue;
    const endMs = (day[i]! + 1) * MS_PER_DAY;
    assert.ok(day[i]! >= WINDOW_FIRST_DAY && day[i]! < WINDOW_END_DAY);
    assert.ok(
      endMs > created.get(ids[i]!)! && endMs <= (resolved.get(ids[i]!) ?? Infinity),
      ids[i]!,
    );
  }
});

Deno.test("outcomes of an event sum to one, strikes and deadlines are nested, on every true day", () => {
  const byEvent = Map.groupBy(fullTruth, ({ event, id }) => `${id.split(":")[0]} ${event}`);
  let nSums = 0, nNested = 0;
  for (const group of byEvent.values()) {
    const { kind, p } = group[0]!;
    const sorted = group.slice().sort((a, b) => a.firstDay - b.firstDay);
    assert.equal(sorted[0]!.firstDay, sorted.at(-1)!.firstDay);
    for (let i = 0; i < p.length; i += 5) {
      if (kind === "nominal" || kind === "brackets") {
        ++nSums;
        const sum = group.reduce((total, one) => total + one.p[i]!, 0);
        assert.ok(Math.abs(sum - 1) < 1e-9, `${group[0]!.event}: ${sum}`);
      }
      if (kind === "deadlines") {
        const open = group.filter((one) => i < one.p.length);
        const order = open.toSorted((a, b) => a.p.length - b.p.length || a.p[i]! - b.p[i]!);
        for (let k = 1; k < order.length; ++k) {
          ++nNested;
          assert.ok(order[k]!.p[i]! >= order[k - 1]!.p[i]! - 1e-12, order[k]!.id);
        }
      }
    }
  }
  assert.ok(nSums > 2000 && nNested > 2000);
});

Deno.test("Bitcoin contracts pay what the Bitcoin series says", () => {
  const close = new Map<number, number>();
  textOf(full.tables.benchmarks, "symbol").forEach((symbol, i) => {
    if (symbol !== "BTC-USD") return;
    const day = columnOf(full.tables.benchmarks, "date", "date").values[i]!;
    close.set(day, columnOf(full.tables.benchmarks, "close", "number").values[i]!);
  });
  const questions = new Map(
    textOf(full.tables.markets, "market_id").map((id, i) =>
      [id, textAt(full.tables.markets, "description", i)] as const
    ),
  );
  let n = 0;
  for (const market of fullTruth) {
    if (market.series !== "BTC-USD" || market.kind !== "series_ladder" || !market.settled) continue;
    const rule = questions.get(market.id)!;
    const [, date, strike] = /for (\w+ \d+, \d+) has a final close above \$([\d,]+) at/.exec(rule)!;
    const day = Date.parse(`${date} UTC`) / MS_PER_DAY;
    assert.equal(
      market.payout,
      close.get(day)! > Number(strike!.replaceAll(",", "")) ? 1 : 0,
      rule,
    );
    ++n;
  }
  assert.ok(n > 150, `${n} contracts`);
});

function textAt(from: Table, name: string, row: number): string {
  const column = columnOf(from, name, "string");
  return column.labels[column.codes[row]!]!;
}

Deno.test("first prices are calibrated: outcomes come as often as they say, in every fifth", () => {
  for (let bin = 0; bin < 5; ++bin) {
    const errors = fairEvents
      .filter(({ p, voided }) => !voided && p[0]! >= bin / 5 && p[0]! < (bin + 1) / 5)
      .map(({ p, payout }) => payout - p[0]!);
    assert.ok(errors.length > 30, `bin ${bin}: ${errors.length} events`);
    const t = tStatistic(errors);
    assert.ok(Math.abs(t) < 4, `bin ${bin}: t = ${t} of ${errors.length}`);
  }
});

Deno.test("the mean daily change of true prices is zero, deadlines that decay included", () => {
  const changes = fairEvents.filter(({ p }) => p.length > 1)
    .map(({ p, payout, settled }) => (settled ? payout : p.at(-1)!) - p[0]!);
  assert.ok(Math.abs(tStatistic(changes)) < 4, `t = ${tStatistic(changes)}`);
});

Deno.test("nothing known at listing tells the outcome", () => {
  const row = new Map(textOf(fair.tables.markets, "market_id").map((id, i) => [id!, i]));
  const features: Record<string, (id: string, nPrices: number) => number> = {
    "has price history": (_, nPrices) => nPrices > 0 ? 1 : 0,
    "odd number in the id": (id) => Number(/\d(?=\D*$)/.exec(id)?.[0] ?? 0) % 2,
    "first digit of the hash": (id) =>
      parseInt(textAt(fair.tables.markets, "condition_id", row.get(id)!)?.[2] ?? "7", 16) > 7
        ? 1
        : 0,
    "length of the rules": (id) =>
      textAt(fair.tables.markets, "description", row.get(id)!).length > 260 ? 1 : 0,
    "hour of the listing": (id) =>
      columnOf(fair.tables.markets, "created_at", "timestamp").values[row.get(id)!]! % MS_PER_DAY >
          10 * 3_600_000
        ? 1
        : 0,
    "scheduled at noon": (id) =>
      columnOf(fair.tables.markets, "closes_at", "timestamp").values[row.get(id)!]! % MS_PER_DAY ===
          43_200_000
        ? 1
        : 0,
  };
  for (const [name, feature] of Object.entries(features)) {
    const groups: [number[], number[]] = [[], []];
    for (const { id, nPrices, payout, p } of fairEvents) {
      groups[feature(id, nPrices) === 1 ? 1 : 0].push(payout - p[0]!);
    }
    for (const errors of groups) {
      assert.ok(errors.length > 100, `${name}: ${errors.length} events`);
      assert.ok(Math.abs(tStatistic(errors)) < 4, `${name}: t = ${tStatistic(errors)}`);
    }
  }
});

Deno.test("twins are one question on two venues, with one path and one payout", () => {
  const byId = new Map(fullTruth.map((market) => [market.id, market]));
  const twins = fullTruth.filter(({ twin }) => twin !== null);
  assert.equal(twins.length, 360);
  for (const market of twins) {
    const other = byId.get(market.twin!)!;
    assert.equal(other.twin, market.id);
    assert.notEqual(venueOfMarketId(other.id), venueOfMarketId(market.id));
    assert.equal(other.payout, market.payout);
    const day = Math.max(market.firstDay, other.firstDay);
    assert.equal(market.p[day - market.firstDay], other.p[day - other.firstDay]);
  }
  assert.ok(fairTruth.every(({ twin }) => twin === null));
});

Deno.test("tickers roll: many are listed again after their contract has ended", () => {
  const byTicker = Map.groupBy(fullTruth, ({ ticker }) => ticker);
  const rolled = [...byTicker.values()].filter((list) =>
    new Set(list.map(({ event }) => event)).size > 1
  );
  assert.ok(rolled.length > 250, `${rolled.length} tickers`);
  assert.ok((byTicker.get("fed_decision|No change") ?? []).length >= 8);
});
