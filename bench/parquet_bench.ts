import { dailyMoves } from "lib/stats/daily_moves.ts";
import { returnsTable } from "lib/stats/returns_table.ts";
import { tableCsv } from "lib/store/csv.ts";
import { parquetBytes, parseParquet } from "lib/store/parquet.ts";
import { madeUniverse } from "./made_prices.ts";

/** The plain way: the same rows as CSV text, split and read as numbers. */
function parseCsv(text: string): number {
  let sum = 0;
  for (const line of text.split("\n").slice(1)) {
    const cells = line.split(",");
    if (cells.length > 2) sum += Date.parse(cells[1]!) + Number(cells[2]) + Number(cells[3]);
  }
  return sum;
}

for (const [nDays, nMarkets] of [[90, 200], [365, 200], [365, 800]] as const) {
  const { markets, prices } = madeUniverse(nDays, nMarkets);
  const rows = returnsTable(markets, prices, dailyMoves(prices, { tick: 0.01 }));
  const bytes = parquetBytes(rows);
  const csv = tableCsv(rows);
  const group = `read 01_returns ${nDays} × ${nMarkets}`;
  Deno.bench({ name: `${group}, CSV text`, group, baseline: true }, () => {
    parseCsv(csv);
  });
  Deno.bench({ name: `${group}, parseParquet()`, group }, () => {
    parseParquet(bytes, "01_returns.parquet");
  });
}
