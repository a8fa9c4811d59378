import {
  type Column,
  dateColumn,
  numberColumn,
  stringColumn,
  type Table,
  table,
} from "../core/table.ts";
import type { ContractTaxonomy } from "../taxonomy/contract_taxonomy.ts";
import { EXPOSURE_FACTORS } from "./exposure_factors.ts";
import type { NetExposures } from "./net_exposures.ts";
import type { OutcomeExposure } from "./outcome_exposures.ts";
import { MISSING_REASONS } from "./repetition_exposure.ts";

/**
 * Vectors by outcome: event_id, ticker_id, outcome, rates … growth, method, reasoning.
 *
 * A row for each ticker of the events in which any outcome has a vector, by event and ticker. A bucket
 * whose place differs between repetitions stands with that of its last contract. Scores and method are
 * missing where no vector is known; the reasoning then says why.
 */
export function exposureTable(
  exposures: readonly OutcomeExposure[],
  taxonomy: ContractTaxonomy,
): Table {
  const mapped = new Set(
    exposures.filter(({ vector }) => vector !== null).map(({ event }) => event),
  );
  const byTicker = Map.groupBy(
    exposures.filter(({ event }) => mapped.has(event)),
    ({ ticker }) => ticker,
  );
  const rows = [...byTicker].map(([t, own]) => {
    const order = taxonomy.tickers[t]!.markets;
    const rolled = own.toSorted((a, b) => order.indexOf(a.market) - order.indexOf(b.market));
    return rolled.findLast(({ vector }) => vector !== null) ?? rolled.at(-1)!;
  }).sort((a, b) => a.event - b.event || a.ticker - b.ticker);
  return table({
    event_id: stringColumn(rows.map(({ eventId }) => eventId)),
    ticker_id: stringColumn(rows.map(({ tickerId }) => tickerId)),
    outcome: stringColumn(rows.map(({ outcome }) => outcome)),
    ...factorColumns((f) => rows.map(({ vector }) => vector?.[f] ?? null)),
    method: stringColumn(rows.map(({ method }) => method)),
    reasoning: stringColumn(rows.map(({ reason }) => reason)),
  });
}

/**
 * Net exposures by event and day: event_id, date, rates … growth, spread, coverage, quoted, not_monotone,
 * missing.
 *
 * A row for each day on which any outcome is quoted. `spread` is the length of the eight spreads: what news
 * may still move. Where the eight and the spread are missing, `missing`
 * says why, in the words of `MISSING_REASONS`; `quoted` is missing where no outcomes exclude each other.
 */
export function netExposureTable(net: NetExposures): Table {
  const { eventIds, days, values, coverage } = net;
  const nFactors = EXPOSURE_FACTORS.length;
  const cells = Array.from(coverage.keys()).filter((at) => !Number.isNaN(coverage[at]!));
  const numbers = (of: Float64Array) => numberColumn(cells.map((at) => of[at]!));
  return table({
    event_id: stringColumn(cells.map((at) => eventIds[Math.floor(at / days.length)]!)),
    date: dateColumn(cells.map((at) => days[at % days.length]!)),
    ...factorColumns((f) => cells.map((at) => values[at * nFactors + f]!)),
    spread: numberColumn(
      cells.map((at) => Math.hypot(...net.spreads.subarray(at * nFactors, (at + 1) * nFactors))),
    ),
    coverage: numbers(coverage),
    quoted: numbers(net.quoted),
    not_monotone: numbers(net.notMonotone),
    missing: stringColumn(cells.map((at) => MISSING_REASONS[net.missing[at]! - 1] ?? null)),
  });
}

function factorColumns(of: (factor: number) => (number | null)[]): Record<string, Column> {
  return Object.fromEntries(EXPOSURE_FACTORS.map((name, f) => [name, numberColumn(of(f))]));
}
