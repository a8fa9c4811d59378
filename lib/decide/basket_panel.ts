import type { BasketReplay } from "../backtest/basket_replay.ts";
import { dailyReturns } from "../backtest/daily_returns.ts";
import { type BasketCorrelation, basketCorrelation } from "../backtest/basket_correlation.ts";
import { resampledDays } from "../backtest/resampled_days.ts";
import { pairIndex } from "../core/pair_matrix.ts";
import { dayRange, type Panel, panel } from "../core/panel.ts";
import { randomStream } from "../core/random.ts";
import type { Settings } from "../core/settings.ts";
import type { BasketHues } from "./basket_hues.ts";

/** Days in a return that baskets are compared by: stale closes catch up within a week. */
const STEP_DAYS = 7;
/** Fewest common weekly returns, which overlap. */
const MIN_OVERLAP = 60;

/**
 * Daily net returns of baskets on the days on which they hold something.
 *
 * Shape: baskets → days × baskets. NaN: before a basket's first day, and while it is all cash.
 */
export function basketPanel(baskets: readonly BasketReplay[], lastDay: number): Panel {
  const used = baskets.filter(({ ledger }) => ledger.nav.length > 1);
  const firstDay = Math.min(...used.map(({ ledger }) => ledger.firstDay), lastDay);
  const days = dayRange(firstDay, lastDay + 1), n = used.length;
  const values = new Float64Array(days.length * n).fill(NaN);
  used.forEach(({ ledger }, column) => {
    dailyReturns(ledger.nav).forEach((gain, t) => {
      if (ledger.nLive[t] === 0) return;
      values[(ledger.firstDay + t + 1 - firstDay) * n + column] = gain;
    });
  });
  return panel(days, used.map(({ basket }) => basket), values);
}

/** Correlation of baskets by their weekly returns; `null` with fewer than two of them. */
export function panelCorrelation(
  returns: Panel,
  { settings, seed }: { readonly settings: Settings; readonly seed: number },
): BasketCorrelation | null {
  if (returns.markets.length < 2) return null;
  const days = resampledDays(returns.days.length, {
    nDraws: settings.backtest.bootstrap_draws.value,
    meanBlockDays: settings.backtest.bootstrap_block_days.value,
    random: randomStream(seed, "baskets"),
  });
  return basketCorrelation(returns, { stepDays: STEP_DAYS, minOverlap: MIN_OVERLAP, days });
}

/** What the heat map of baskets shows. */
export function correlationView(
  returns: Panel,
  correlation: BasketCorrelation | null,
  { name, hues }: { readonly name: string; readonly hues: BasketHues },
) {
  const ids = returns.markets, n = ids.length;
  const pairs = ids.flatMap((a, i) =>
    ids.slice(i + 1).map((b, k) => {
      const at = pairIndex(n, i, i + 1 + k);
      return {
        ...{ a, b, rho: correlation?.rho.values[at] ?? NaN },
        nDays: correlation?.overlap[at] ?? 0,
      };
    })
  );
  return {
    ...{
      name,
      pairs,
      meanLow: correlation?.meanLow ?? NaN,
      meanHigh: correlation?.meanHigh ?? NaN,
    },
    baskets: ids.map((id) => ({ id, name: hues.shortOf(id) ?? id, hue: hues.hueOf(id) })),
    ...{
      span: "weekly" as const,
      firstDay: returns.days[0] ?? 0,
      lastDay: returns.days.at(-1) ?? 0,
    },
  };
}
