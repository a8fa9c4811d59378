import { integerColumn, numberColumn, stringColumn, type Table, table } from "../core/table.ts";
import type { FactorBlock } from "./factor_block.ts";
import type { FactorPanel } from "./factor_panel.ts";
import type { ContractLoadings } from "./judged_loadings.ts";
import type { MacroFit } from "./macro_fit.ts";

/** One model's loadings with the false discovery rates of its own tests. */
export interface TestedLoadings {
  /** Name of the model, such as `ols us`. */
  readonly model: string;
  readonly loadings: ContractLoadings;
  /** N × K by rows. */
  readonly qValue: Float64Array;
  /** Event of each contract, `null` where the venue names none. */
  readonly eventOf: readonly (string | null)[];
}

/**
 * The checkpoint `06_loadings`: market_id, event_id, model, factor, beta, ci_low, ci_high, p_value, q_value.
 *
 * A row for each loading that was estimated, by model, contract and factor as given. `beta` is the move of
 * the contract for a move of one standard deviation of the factor.
 */
export function loadingTable(tested: readonly TestedLoadings[]): Table {
  const rows = tested.flatMap((one) => {
    const k = one.loadings.symbols.length;
    return Array.from(one.loadings.beta.keys())
      .filter((at) => !Number.isNaN(one.loadings.beta[at]!))
      .map((at) => ({ one, at, contract: Math.floor(at / k), factor: at % k }));
  });
  const numbers = (of: (one: TestedLoadings) => Float64Array) =>
    numberColumn(rows.map(({ one, at }) => of(one)[at]!));
  return table({
    market_id: stringColumn(rows.map(({ one, contract }) => one.loadings.marketIds[contract]!)),
    event_id: stringColumn(rows.map(({ one, contract }) => one.eventOf[contract]!)),
    model: stringColumn(rows.map(({ one }) => one.model)),
    factor: stringColumn(rows.map(({ one, factor }) => one.loadings.symbols[factor]!)),
    beta: numbers(({ loadings }) => loadings.beta),
    ci_low: numbers(({ loadings }) => loadings.ciLow),
    ci_high: numbers(({ loadings }) => loadings.ciHigh),
    p_value: numbers(({ loadings }) => loadings.pValue),
    q_value: numbers(({ qValue }) => qValue),
  });
}

/** What `06_fits` says of one fit. */
export type FitNumbers = Pick<
  MacroFit,
  | "marketId"
  | "n"
  | "alpha"
  | "df"
  | "r2"
  | "r2Adjusted"
  | "r2Oos"
  | "nullR2"
  | "nullPercentile"
  | "signR2"
  | "signPercentile"
  | "residualAutocorrelation"
>;

/** Fits of contracts in one way. */
export interface ModelFits {
  /** Name of the way, such as `ridge`. */
  readonly model: string;
  readonly fits: readonly FitNumbers[];
}

/**
 * The checkpoint `06_fits`: model, market_id, n, alpha, df, r2, r2_adjusted, r2_oos, null_r2,
 * null_percentile, sign_r2, sign_percentile, residual_autocorrelation; a row for each fit, in the order
 * given. `null` is of moves turned in time, `sign` of moves with random signs. Missing is not estimable.
 */
export function fitTable(models: readonly ModelFits[]): Table {
  const fits = models.flatMap((one) => one.fits);
  const numbers = (of: (fit: FitNumbers) => number) => numberColumn(fits.map(of));
  return table({
    model: stringColumn(models.flatMap(({ model, fits: own }) => own.map(() => model))),
    market_id: stringColumn(fits.map(({ marketId }) => marketId)),
    n: integerColumn(fits.map(({ n }) => n)),
    alpha: numbers(({ alpha }) => alpha),
    df: numbers(({ df }) => df),
    r2: numbers(({ r2 }) => r2),
    r2_adjusted: numbers(({ r2Adjusted }) => r2Adjusted),
    r2_oos: numbers(({ r2Oos }) => r2Oos),
    null_r2: numbers(({ nullR2 }) => nullR2),
    null_percentile: numbers(({ nullPercentile }) => nullPercentile),
    sign_r2: numbers(({ signR2 }) => signR2),
    sign_percentile: numbers(({ signPercentile }) => signPercentile),
    residual_autocorrelation: numbers(({ residualAutocorrelation }) => residualAutocorrelation),
  });
}

/**
 * The checkpoint `06_factors`: symbol, name, group, kind, n_sessions, sd, vif, component_1, component_2,
 * component_3; a row for each factor in the panel's order.
 *
 * `sd` is in the factor's own unit, a share or points. `vif` is Infinity where the factor depends on others.
 * A component's column is the correlation of the factor with it, missing where the panel has fewer.
 */
export function factorTable({ factors }: FactorPanel, block: FactorBlock): Table {
  const k = factors.length;
  const component = (i: number) =>
    numberColumn(
      factors.map((_, f) =>
        i < k ? Math.sqrt(block.eigenvalues[i]!) * block.axes[i * k + f]! : null
      ),
    );
  return table({
    symbol: stringColumn(factors.map(({ symbol }) => symbol)),
    name: stringColumn(factors.map(({ name }) => name)),
    group: stringColumn(factors.map(({ group }) => group)),
    kind: stringColumn(factors.map(({ kind }) => kind)),
    n_sessions: integerColumn(factors.map(() => block.nSessions)),
    sd: numberColumn(block.deviation),
    vif: numberColumn(block.vif),
    component_1: component(0),
    component_2: component(1),
    component_3: component(2),
  });
}
