import {
  assetCorrelations,
  type CorrelationMeasure,
  type PairedMeasure,
  type PairedOptions,
} from "./asset_correlation.ts";
import { type AssetKey, assetOf, type PortfolioAssets } from "./asset_navs.ts";
import { BASE } from "./portfolio_list.ts";
import type { MeasuredPortfolio } from "./portfolio_study.ts";
import { assetSeries, type SessionSeries } from "./session_series.ts";
import { type ExcessSeries, type Spanning, spanning } from "./spanning.ts";
import { tailDependence, type TailMeasure } from "./tail_dependence.ts";

/** A measure of a sleeve with one asset, or with the mixture of stocks and bonds. */
export interface SleeveMeasure extends PairedMeasure<CorrelationMeasure | TailMeasure> {
  readonly sleeve: AssetKey;
  /** Key of the asset, or of the mixture. */
  readonly with: AssetKey;
}

/** Assets that a sleeve is regressed on, with the model's name. */
export const SPANNING_MODELS = [
  { model: "stocks_bonds", assets: ["stocks", "bonds"] },
  { model: "four_assets", assets: ["stocks", "bonds", "gold", "crypto"] },
] as const;

/** Name of such a model. */
export type SpanningModel = typeof SPANNING_MODELS[number]["model"];

/** A regression with the name of its model. */
export interface ModelSpanning extends Spanning {
  readonly model: SpanningModel;
}

/** How a sleeve stands to the assets that are held anyway. */
export interface SleeveEvidence {
  readonly measures: readonly SleeveMeasure[];
  readonly spannings: readonly ModelSpanning[];
}

/**
 * Correlations, tail dependence and spanning regressions of every sleeve.
 *
 * The sleeve is taken by itself, free of the portfolio's costs and net of its own. The mixture of
 * stocks and bonds is the last of what it is held against. A model whose assets the source lacks is
 * left out.
 *
 * NaN: as `assetCorrelations`, `tailDependence` and `spanning`.
 * Cost: O(sleeves · assets · (draws + sessions) · sessions).
 *
 * @param measured Portfolios; of these only stocks and bonds alone are read.
 */
export function sleeveEvidence(
  from: PortfolioAssets,
  measured: readonly MeasuredPortfolio[],
  options: PairedOptions,
): SleeveEvidence {
  const series = (key: AssetKey): SessionSeries | undefined => {
    const asset = assetOf(from, key);
    return asset === undefined ? undefined : assetSeries(asset.nav, from);
  };
  const closing = from.assets.filter(({ kind }) => kind === "closing").map(({ key }) => key);
  const base = measured.find(({ portfolio }) => portfolio.mixture.key === BASE);
  const others = [
    ...closing.map((key) => ({ key, returns: series(key)!.returns })),
    ...base === undefined ? [] : [{ key: BASE, returns: base.series.returns }],
  ];
  const sleeves = from.assets.filter(({ kind }) => kind === "sleeve").map(({ key }) => ({
    key,
    ...series(key)!,
  }));
  return {
    measures: sleeves.flatMap((sleeve) =>
      others.flatMap(({ key, returns }): SleeveMeasure[] => {
        const names = { sleeve: sleeve.key, with: key };
        return [
          ...assetCorrelations(returns, sleeve.returns, options),
          ...tailDependence(returns, sleeve.returns, options),
        ].map((one) => ({ ...names, ...one }));
      })
    ),
    spannings: sleeves.flatMap((sleeve) =>
      SPANNING_MODELS.flatMap(({ model, assets }): ModelSpanning[] => {
        const known = assets.flatMap((key): ExcessSeries[] => {
          const one = series(key);
          return one === undefined ? [] : [{ key, excess: one.excess }];
        });
        if (known.length < assets.length) return [];
        const { minSessions } = options;
        return [{
          model,
          ...spanning(sleeve, known, {
            perYear: from.sessionsPerYear,
            ...minSessions === undefined ? {} : { minSessions },
          }),
        }];
      })
    ),
  };
}
