import assert from "node:assert/strict";
import { MS_PER_DAY, parseDay } from "lib/core/day.ts";
import type { Provider } from "lib/sources/benchmarks/providers.ts";
import { askedSeries, seriesAsk } from "lib/sources/benchmarks/series_asks.ts";

const span = {
  fromMs: parseDay("2026-01-05") * MS_PER_DAY,
  toMs: parseDay("2026-01-10") * MS_PER_DAY,
};
const yahoo: Provider = { by: "yahoo", name: "^TNX", shift_days: 0 };
const fred: Provider = { by: "fred", name: "CBBTCUSD", shift_days: 1, note: "one day later" };

Deno.test("seriesAsk() asks Yahoo for daily bars of ended days", () => {
  assert.deepEqual(seriesAsk("^TNX", yahoo, { span, hasFredKey: false }), {
    host: "yahoo",
    path:
      "/v8/finance/chart/%5ETNX?period1=1767571200&period2=1768003200&interval=1d&events=div%7Csplit",
    body: null,
    format: "json",
    kind: "yahoo_chart",
    subject: "^TNX",
    edition: "",
  });
});

Deno.test("seriesAsk() asks FRED under the dates that FRED gives, without the key", () => {
  const shared = { body: null, subject: "BTC-USD", edition: "" };
  assert.deepEqual(seriesAsk("BTC-USD", fred, { span, hasFredKey: false }), {
    ...shared,
    host: "fred",
    path: "/graph/fredgraph.csv?id=CBBTCUSD&cosd=2026-01-04&coed=2026-01-08",
    format: "csv",
    kind: "fred_csv",
  });
  assert.deepEqual(seriesAsk("BTC-USD", fred, { span, hasFredKey: true }), {
    ...shared,
    host: "fred_api",
    path:
      "/fred/series/observations?series_id=CBBTCUSD&file_type=json&observation_start=2026-01-04&observation_end=2026-01-08",
    format: "json",
    kind: "fred_json",
  });
});

Deno.test("askedSeries() gives back name and span by the provider's dates", () => {
  for (const name of ["^TNX", "EURUSD=X", "DX-Y.NYB", "BTC-USD"]) {
    const ask = seriesAsk(name, { ...yahoo, name }, { span, hasFredKey: false });
    assert.deepEqual(askedSeries(ask), { name, span });
  }
  for (const hasFredKey of [false, true]) {
    assert.deepEqual(askedSeries(seriesAsk("BTC-USD", fred, { span, hasFredKey })), {
      name: "CBBTCUSD",
      span: { fromMs: span.fromMs - MS_PER_DAY, toMs: span.toMs - MS_PER_DAY },
    });
  }
});

Deno.test("askedSeries() refuses a path without days", () => {
  const ask = { ...seriesAsk("^TNX", yahoo, { span, hasFredKey: false }), path: "/v8/x?range=1d" };
  assert.throws(() => askedSeries(ask), {
    name: "TypeError",
    message:
      'Cannot read the ask of a series as its path must name the series and its days: got "/v8/x?range=1d"',
  });
});
