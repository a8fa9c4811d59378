import fc from "fast-check";
import { dayRange, type Panel, panel } from "lib/core/panel.ts";

/** Rows of days × markets as a panel; null is not observed. */
export function panelOf(rows: readonly (readonly (number | null)[])[]): Panel {
  return panel(
    dayRange(0, rows.length),
    (rows[0] ?? []).map((_, j) => `poly:${j}`),
    Float64Array.from(rows.flat(), (x) => x ?? NaN),
  );
}

/** Rows of small whole numbers, so that ties and zeros are common, with gaps or without. */
export const anyRows: fc.Arbitrary<(number | null)[][]> = fc.record({
  nDays: fc.integer({ min: 4, max: 70 }),
  nMarkets: fc.integer({ min: 2, max: 6 }),
  gaps: fc.boolean(),
}).chain(({ nDays, nMarkets, gaps }) => {
  const move = fc.integer({ min: -4, max: 4 });
  const row = fc.array(gaps ? fc.option(move) : move, { minLength: nMarkets, maxLength: nMarkets });
  return fc.array(row, { minLength: nDays, maxLength: nDays });
});
