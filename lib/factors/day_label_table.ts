import { integerColumn, numberColumn, stringColumn, type Table, table } from "../core/table.ts";
import { DAY_LABELS, type DayLabelBeta } from "./day_labels.ts";

/** Loadings of a planted contract on one exchange's index, by the rule that labels its days. */
export interface ExchangeLabels {
  /** City of the exchange. */
  readonly exchange: string;
  readonly betas: readonly (DayLabelBeta & { readonly name: string })[];
}

/** Loadings by rule with the rules' names for a reader. */
export function exchangeLabels(exchange: string, betas: readonly DayLabelBeta[]): ExchangeLabels {
  return { exchange, betas: betas.map((one) => ({ ...one, name: DAY_LABELS[one.label] })) };
}

/**
 * The checkpoint `06_day_labels`: exchange, label, beta, standard_error, beta_one_day, variance_lost, n.
 * The truth is a loading of 1; `beta_one_day` leaves weekend moves out.
 */
export function dayLabelTable(exchanges: readonly ExchangeLabels[]): Table {
  const rows = exchanges.flatMap(({ exchange, betas }) =>
    betas.map((one) => ({ exchange, ...one }))
  );
  return table({
    exchange: stringColumn(rows.map(({ exchange }) => exchange)),
    label: stringColumn(rows.map(({ label }) => label)),
    beta: numberColumn(rows.map(({ beta }) => beta)),
    standard_error: numberColumn(rows.map(({ standardError }) => standardError)),
    beta_one_day: numberColumn(rows.map(({ betaOneDay }) => betaOneDay)),
    variance_lost: numberColumn(rows.map(({ varianceLost }) => varianceLost)),
    n: integerColumn(rows.map(({ n }) => n)),
  });
}
