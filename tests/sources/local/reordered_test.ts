import assert from "node:assert/strict";
import type { DataSet } from "lib/core/data_set.ts";
import { dayEndMs, parseDay } from "lib/core/day.ts";
import { randomStream } from "lib/core/random.ts";
import { reordered } from "lib/sources/local/reordered.ts";
import { dataSetFixture } from "../../fixtures/data_set.ts";

const DAYS = ["2025-01-01", "2025-01-02", "2025-01-03", "2025-01-04"].map(parseDay);
const PLAIN = dataSetFixture(
  Object.fromEntries(Array.from({ length: 9 }, (_, k) => [`poly:${k}`, {
    question: `Will ${k} <b>"win"</b>,\nreally?`,
    eventTitle: k % 2 === 0 ? "Event; 'x'" : null,
    negRisk: k % 3 === 0,
    createdAtMs: k === 4 ? null : 1000 * k,
    closes: { "2025-01-02": 0.1 + k / 100, "2025-01-03": 0.2, "2025-01-04": 0.3 + k / 100 },
    volumes: { "2025-01-01": 10 * k, "2025-01-04": 1 },
    ...k < 3 ? { paid: { payout: k / 2, atMs: dayEndMs(DAYS[3]!) - k } } : {},
  }])),
  [{
    ...{ symbol: "^IRX", kind: "yield", day: Int32Array.from(DAYS) },
    close: Float64Array.of(4, 4.1, 4.2, 4.3),
  }],
);
const { prices, activity } = PLAIN;
const DATA: DataSet = {
  ...PLAIN,
  prices: { ...prices, bid: prices.close.map((p) => p - 0.01), ask: prices.close.map(() => NaN) },
  activity: { ...activity, liquidityUsd: activity.volumeUsd.map((x) => 2 * x) },
};

function contentOf({ files: _files, ...content }: DataSet) {
  return content;
}

Deno.test("reordered() gives the same universe through the door", () => {
  const before = structuredClone(contentOf(DATA));
  const other = contentOf(reordered(DATA, randomStream(1, "order")));
  assert.deepEqual(other, before);
  assert.deepEqual(contentOf(DATA), before);
});

Deno.test("reordered() shuffles the rows of every file", () => {
  // draws that are never used would leave a file in its order: as many as there are rows but one
  let nDraws = 0;
  const random = randomStream(2, "order");
  const other = reordered(DATA, () => {
    ++nDraws;
    return random();
  });
  assert.equal(nDraws, (9 - 1) + (27 - 1) + (18 - 1) + (3 - 1) + (4 - 1));
  assert.equal(other.rejected.length, 0);
});
