import { pairCorrelation } from "lib/stats/pair_correlation.ts";
import { pointChange } from "lib/stats/returns.ts";
import { madePanel } from "./made_prices.ts";

/** The plain way: for each pair collect the common days, sort both, correlate the ranks. */
function naiveSpearman(columns: readonly Float64Array[], minOverlap: number): number {
  let sum = 0;
  for (let a = 0; a < columns.length; ++a) {
    for (let b = a + 1; b < columns.length; ++b) {
      const x: number[] = [], y: number[] = [];
      columns[a]!.forEach((u, i) => {
        const v = columns[b]![i]!;
        if (!Number.isNaN(u) && !Number.isNaN(v)) {
          x.push(u);
          y.push(v);
        }
      });
      if (x.length >= minOverlap) sum += correlation(ranks(x), ranks(y));
    }
  }
  return sum;
}

function ranks(values: readonly number[]): number[] {
  const order = values.map((_, i) => i).sort((i, j) => values[i]! - values[j]!);
  const out = new Array<number>(values.length);
  for (let k = 0; k < order.length;) {
    let end = k;
    while (end < order.length && values[order[end]!] === values[order[k]!]) ++end;
    for (let m = k; m < end; ++m) out[order[m]!] = (k + end + 1) / 2;
    k = end;
  }
  return out;
}

function correlation(x: readonly number[], y: readonly number[]): number {
  const mean = (x.length + 1) / 2;
  let products = 0, squaresX = 0, squaresY = 0;
  for (let i = 0; i < x.length; ++i) {
    products += (x[i]! - mean) * (y[i]! - mean);
    squaresX += (x[i]! - mean) ** 2;
    squaresY += (y[i]! - mean) ** 2;
  }
  return products / Math.sqrt(squaresX * squaresY);
}

for (const [nDays, nMarkets] of [[90, 100], [365, 100], [365, 400]] as const) {
  const moves = pointChange(madePanel(nDays, nMarkets));
  const columns = moves.markets.map((_, j) =>
    Float64Array.from(moves.days, (_, i) => moves.values[i * nMarkets + j]!)
  );
  const group = `Spearman pairs ${nDays} × ${nMarkets}`;
  Deno.bench({ name: `${group}, sort every pair`, group, baseline: true }, () => {
    naiveSpearman(columns, 30);
  });
  Deno.bench({ name: `${group}, pairCorrelation()`, group }, () => {
    pairCorrelation(moves, { kind: "spearman", minOverlap: 30 });
  });
}
