import assert from "node:assert/strict";
import type { Answer } from "lib/fetch/ask.ts";
import { pageAsk } from "lib/sources/polymarket/catalogue_list.ts";
import { readGammaMarkets } from "lib/sources/polymarket/gamma_page.ts";
import { cellAt } from "lib/core/table.ts";
import { readParquet } from "lib/store/parquet.ts";

const file = new URL(
  "../../../../shared/data/taxonomy/gamma_markets.parquet",
  import.meta.url,
).pathname;
const hasReal = await Deno.stat(file).then(() => true, () => false);

/** All that is read but the rule texts, which are most of the file. */
const COLUMNS = [
  ...["gamma_id", "condition_id", "question", "slug", "start_date", "end_date", "created_at"],
  ...["closed_time", "closed", "active", "volume", "liquidity", "outcomes", "outcome_prices"],
  ...["token_ids", "group_item_title", "neg_risk", "neg_risk_market_id", "uma_status"],
  ...["event_id", "event_slug", "event_title"],
];

/** Pages of real records in the form of the wire: lists as texts in texts, dates as Gamma writes them. */
async function* realPages(): AsyncGenerator<Answer> {
  const { columns, nRows } = await readParquet(file, { columns: COLUMNS });
  function cell(name: string, row: number) {
    return cellAt(columns[name]!, row);
  }
  for (let from = 0; from < nRows; from += 100) {
    const markets = Array.from({ length: Math.min(100, nRows - from) }, (_, k) => {
      const row = from + k;
      const prices: readonly number[] = JSON.parse(String(cell("outcome_prices", row)));
      return {
        id: cell("gamma_id", row),
        conditionId: cell("condition_id", row),
        question: cell("question", row),
        slug: cell("slug", row),
        startDate: cell("start_date", row),
        endDate: cell("end_date", row),
        createdAt: cell("created_at", row),
        closedTime: cell("closed_time", row),
        closed: cell("closed", row),
        active: cell("active", row),
        volumeNum: cell("volume", row),
        liquidityNum: cell("liquidity", row),
        outcomes: cell("outcomes", row),
        outcomePrices: JSON.stringify(prices.map(String)),
        clobTokenIds: cell("token_ids", row),
        groupItemTitle: cell("group_item_title", row),
        negRisk: cell("neg_risk", row),
        negRiskMarketID: cell("neg_risk_market_id", row),
        umaResolutionStatus: cell("uma_status", row),
        events: cell("event_id", row) === null ? [] : [{
          id: cell("event_id", row),
          slug: cell("event_slug", row),
          title: cell("event_title", row),
        }],
      };
    });
    const ask = pageAsk(
      { rows: "markets", isClosed: true, endsFrom: null, startsFrom: null },
      { cursor: from === 0 ? null : String(from), edition: "2026-11-22" },
    );
    const value = { markets, next_cursor: from + 100 < nRows ? String(from + 100) : undefined };
    yield { ask, atMs: 0, status: 200, text: "", value };
  }
}

/** How often each key was added, by key. */
function tally() {
  const counts = new Map<string, number>();
  return {
    add: (key: string | number | null) => {
      const name = String(key ?? "none");
      counts.set(name, (counts.get(name) ?? 0) + 1);
    },
    counts: () => Object.fromEntries(counts),
  };
}

// golden: tests/golden/sources/gamma_real.py, pandas
Deno.test({
  name: "readGammaMarkets() reads 94,311 real records as pandas does, and refuses none",
  ignore: !hasReal,
  fn: async () => {
    const path = new URL("../../golden/sources/gamma_real.json", import.meta.url);
    const expected = JSON.parse(await Deno.readTextFile(path));
    const [leftOut, status, claimedPayout] = [tally(), tally(), tally()];
    const kinds = tally();
    const reasons = tally();
    const totals = { opens: 0n, created: 0n, closes: 0n, closed: 0n };
    const subjects = new Set<string>();
    for await (const page of realPages()) {
      const { facts, oddities } = readGammaMarkets(page, { minScheduledDays: 7 });
      for (const fact of facts) {
        kinds.add(fact.kind);
        subjects.add(fact.subject);
        if (fact.kind === "listing") {
          leftOut.add(fact.leftOut);
          totals.opens += BigInt(fact.market.opensAtMs ?? 0);
          totals.created += BigInt(fact.market.createdAtMs ?? 0);
          totals.closes += BigInt(fact.market.closesAtMs ?? 0);
        } else if (fact.kind === "state") {
          status.add(fact.status);
          claimedPayout.add(fact.claimedPayout);
          totals.closed += BigInt(fact.closedAtMs ?? 0);
        }
      }
      for (const { column, reason } of oddities) reasons.add(`${column} ${reason}`);
    }
    const { n, nClosedWithoutTime } = expected;
    assert.deepEqual(kinds.counts(), { listing: n, state: n, crawl: 1 });
    assert.equal(subjects.size, n + 1);
    assert.deepEqual(leftOut.counts(), expected.leftOut);
    assert.deepEqual(status.counts(), expected.status);
    assert.deepEqual(claimedPayout.counts(), expected.claimedPayout);
    assert.deepEqual(reasons.counts(), {
      "closedTime must be known of a closed market": nClosedWithoutTime,
    });
    assert.deepEqual(
      Object.fromEntries(Object.entries(totals).map(([name, total]) => [name, String(total)])),
      expected.totalMs,
    );
  },
});
