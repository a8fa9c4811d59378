import assert from "node:assert/strict";
import {
  type MetricRow,
  METRICS,
  metricTable,
  performanceMetrics,
} from "lib/backtest/metric_table.ts";
import { performance } from "lib/backtest/performance.ts";
import { cellAt } from "lib/core/table.ts";

function row(basket: string, metric: MetricRow["metric"], value: number): MetricRow {
  return { method: "baseline", policy: "cash", basket, metric, value, ciLow: NaN, ciHigh: NaN };
}

Deno.test("metricTable() is sorted by basket and then by reading order, unknown as missing", () => {
  const rows = [row("b", "sharpe", 1), row("a", "sharpe", NaN), row("a", "returns", 9)];
  const before = structuredClone(rows), { nRows, columns } = metricTable(rows);
  assert.deepEqual(Object.keys(columns), [
    ...["method", "policy", "basket", "metric", "value", "ci_low", "ci_high"],
  ]);
  assert.deepEqual(
    Array.from(
      { length: nRows },
      (_, i) =>
        [columns.basket!, columns.metric!, columns.value!, columns.ci_low!].map((c) =>
          cellAt(c, i)
        ),
    ),
    [["a", "returns", 9, null], ["a", "sharpe", null, null], ["b", "sharpe", 1, null]],
  );
  assert.deepEqual(metricTable(rows.toReversed()), metricTable(rows));
  assert.deepEqual(rows, before);
});

Deno.test("METRICS have one key and one name each, and a unit", () => {
  assert.equal(new Set(METRICS.map(({ key }) => key)).size, METRICS.length);
  assert.equal(new Set(METRICS.map(({ name }) => name)).size, METRICS.length);
  for (const { key, unit } of METRICS) {
    assert.match(key, /^[a-z_]+$/);
    assert.notEqual(unit, "");
  }
});

Deno.test("performanceMetrics() are all measures of a NAV, in reading order, with their intervals", () => {
  const measured = performance(Float64Array.of(100, 110, 99, 105), new Float64Array(4));
  const found = performanceMetrics(measured, { sharpe: { low: -1, high: 2, nKnown: 10 } });
  assert.equal(found.length, Object.keys(measured).length);
  const place = (key: string) => METRICS.findIndex((metric) => metric.key === key);
  found.slice(1).forEach(({ metric }, k) => assert.ok(place(metric) > place(found[k]!.metric)));
  assert.deepEqual(found.find(({ metric }) => metric === "sharpe"), {
    ...{ metric: "sharpe", value: measured.sharpe, ciLow: -1, ciHigh: 2 },
  });
  const deepest = found.find(({ metric }) => metric === "max_drawdown");
  assert.deepEqual([deepest?.value, deepest?.ciLow], [measured.maxDrawdown, NaN]);
  assert.deepEqual(found.map(({ value }) => value).toSorted(), Object.values(measured).toSorted());
});

Deno.test("metricTable() refuses a metric that stands twice", () => {
  assert.throws(() => metricTable([row("a", "sharpe", 1), row("a", "sharpe", 2)]), {
    name: "RangeError",
    message:
      'Cannot make the table of metrics as each must stand once: got "sharpe" of "baseline", "cash", "a" twice',
  });
});
