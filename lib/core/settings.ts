import { z } from "zod";
import { parseWith, type Setting, setting } from "./setting.ts";

/** Filters of eligibility that a source may be unable to answer. */
export const UNKNOWABLE_FILTERS = [
  "days_to_end",
  "total_volume",
  "recent_volume",
  "liquidity",
] as const;

const share = z.number().min(0).max(1);
const count = z.number().int().min(1);
const positive = z.number().positive();
const symbol = z.string().min(1);

const settingsSchema = z.strictObject({
  universe: z.strictObject({
    min_history_days: setting(count, "daily prices"),
    illiquid_after_days: setting(count, "consecutive days of zero volume"),
    gap_days: setting(count, "fewest missing days that make a gap"),
    stale_run_days: setting(count, "consecutive days at one price"),
    twin_title_similarity: setting(share, "cosine of title weights, 0 to 1"),
    twin_max_days_apart: setting(count, "days between scheduled ends"),
  }).readonly(),
  returns: z.strictObject({
    tick: setting(z.number().positive().lt(0.5), "probability"),
    steps: setting(z.array(count).min(1).readonly(), "days"),
    tail_move: setting(share, "probability points"),
  }).readonly(),
  clustering: z.strictObject({
    min_overlap_days: setting(count.min(3), "common usable days"),
    min_total_volume_usd: setting(positive, "US dollars traded up to the as-of time"),
    min_clusters: setting(count.min(2), "clusters"),
    max_clusters: setting(count.min(2), "clusters"),
    windows_days: setting(z.array(count).length(2).readonly(), "days"),
    min_window_overlap_days: setting(count.min(3), "common moves in a window"),
    min_moved_days: setting(count, "days with a changed price in a window"),
    min_days_to_end: setting(count, "days before the scheduled end that do not count"),
    next_days: setting(count, "days after a window"),
    min_next_overlap_days: setting(count.min(3), "common moves in the days after a window"),
    rolling_windows: setting(count, "windows, each ending next_days before the one after it"),
    studied_windows: setting(
      z.array(z.tuple([z.iso.date(), z.iso.date(), z.iso.date()]).readonly()).readonly(),
      "first day, first day of the next window, day after its last",
    ),
    shifts: setting(count, "circularly shifted panels"),
    quick_shifts: setting(count, "circularly shifted panels for a band"),
    min_tail_days: setting(count.min(3), "common days with a large move"),
    strong_correlation: setting(share, "absolute correlation"),
    fair_margin: setting(
      share,
      "share of the null by which the mean absolute correlation exceeds it",
    ),
    bootstraps: setting(count, "panels resampled in blocks of days"),
    block_days: setting(count, "days in a block"),
    level: setting(share, "probability that any method passes on noise"),
    min_edge: setting(share, "correlation"),
    topic_boost: setting(z.number().min(0), "added multiple of an edge within a topic"),
    stable_jaccard: setting(share, "mean Jaccard index, 0 to 1"),
    doubtful_jaccard: setting(share, "mean Jaccard index, 0 to 1"),
    max_cluster_share: setting(share, "share of the placed markets in the largest cluster"),
    dropped_share: setting(share, "share of markets"),
    target_silhouette: setting(z.number().min(-1).max(1), "mean silhouette, -1 to 1"),
    target_purity: setting(share, "share of a cluster in its largest theme"),
  }).readonly(),
  classification: z.strictObject({
    min_confidence: setting(share, "probability, 0 to 1"),
    description_characters: setting(count, "characters"),
    prompt_phrasings: setting(count, "phrasings"),
    target_agreement: setting(share, "share of equal answers"),
    strong_confidence: setting(share, "probability, 0 to 1"),
    permutations: setting(count, "random orders of the themes"),
    false_discovery_rate: setting(share, "expected share of false findings among all"),
    min_theme_members: setting(count, "markets of the theme in the cluster"),
    min_theme_share: setting(share, "share of the cluster's categorized markets"),
    anti_example_markets: setting(count, "markets that move from one theme to the same other"),
    audit_samples: setting(z.array(count).min(1).readonly(), "markets, stratified by theme"),
    edge_sample: setting(count, "markets that could go either way"),
    calibration_bins: setting(count, "bins"),
    target_accuracy: setting(share, "share right in the audit"),
  }).readonly(),
  eligibility: z.strictObject({
    min_days_to_end: setting(count, "days to the scheduled end"),
    min_total_volume_usd: setting(positive, "US dollars traded up to the as-of time"),
    min_daily_volume_usd: setting(positive, "US dollars a day, mean of the last 7 days"),
    min_open_interest_usd: setting(positive, "US dollars"),
    min_history_days: setting(count, "daily prices"),
    min_price: setting(share, "probability"),
    max_price: setting(share, "probability"),
    unknown_passes: setting(
      z.array(z.enum(UNKNOWABLE_FILTERS)).readonly(),
      "filters that an unknown answer passes",
    ),
  }).readonly(),
  baskets: z.strictObject({
    volatility_window_days: setting(count, "days"),
    min_markets: setting(count, "markets"),
    max_markets: setting(count, "markets"),
    max_weight: setting(share, "share of the basket"),
    min_weight: setting(share, "share of the basket"),
    rebalance_day: setting(count.max(28), "day of the month"),
    rebalance_months: setting(count.max(12), "months between rebalances"),
    max_price_age_days: setting(count, "days since the last observed close"),
    volatility_floor: setting(
      share,
      "share of the volatility that is typical at the contract's price",
    ),
    covariance_window_days: setting(count, "days"),
    min_covariance_days: setting(count.min(3), "common moves of two contracts"),
    liquidity_multiple: setting(
      positive.min(1),
      "times the contract's share of the basket's liquidity",
    ),
    max_venue_weight: setting(positive.max(1), "share of the basket"),
    roll_days: setting(count, "days to the scheduled end"),
    target_turnover: setting(share, "share of the basket a month, one way"),
    unstable_turnover: setting(share, "share of the basket a month, one way"),
  }).readonly(),
  backtest: z.strictObject({
    min_months: setting(count, "months"),
    max_basket_correlation: setting(share, "mean pairwise correlation"),
    max_drawdown: setting(share, "share of the peak"),
    capital_usd: setting(positive, "US dollars a basket"),
    half_spread: setting(share, "probability"),
    fee_model: setting(z.enum(["venue", "flat"]), "venue or flat"),
    cash_rate: setting(z.enum(["zero", "tbill"]), "zero or tbill"),
    tbill_symbol: setting(z.string().min(1), "symbol of a yield in percent a year"),
    cluster_method: setting(
      z.enum([
        "ward",
        "ward_one_minus",
        "ward_cleaned",
        "average",
        "complete",
        "k_means",
        "louvain",
      ]),
      "method of notebook 03",
    ),
    cluster_shifts: setting(count.min(19), "circularly shifted panels a decision"),
    cluster_bootstraps: setting(count, "resampled panels a decision"),
    random_baskets: setting(count, "random portfolios a method"),
    bootstrap_draws: setting(count, "resampled return series"),
    bootstrap_block_days: setting(count, "mean days in a block"),
    overfitting_blocks: setting(
      count.min(4).multipleOf(2),
      "blocks of days, half of them in sample",
    ),
    certificate_dates: setting(count.min(10), "dates at which the data is cut"),
  }).readonly(),
  factors: z.strictObject({
    min_sessions: setting(count.min(10), "sessions with a move"),
    min_observations_per_factor: setting(count, "observations"),
    min_set_share: setting(share, "share of a set's series, 0 to 1"),
    max_interval_days: setting(count, "days between two common sessions"),
    ridge_alphas: setting(
      z.array(positive).min(1).readonly(),
      "penalty on standardised factors, per observation",
    ),
    seed_alpha: setting(positive, "penalty on standardised factors"),
    cv_folds: setting(count.min(2), "folds in time order"),
    null_shifts: setting(count, "turns in time, and as many draws of signs"),
    oos_null_shifts: setting(count, "turns in time, and as many draws of signs"),
    common_turns: setting(count.min(19), "turns of all moves together"),
    bootstrap_draws: setting(count.min(2), "block bootstrap draws"),
    block_sessions: setting(count, "sessions in a bootstrap block"),
    interval_coverage: setting(z.number().positive().lt(1), "share, 0 to 1"),
    false_discovery_rate: setting(
      z.number().positive().lt(1),
      "share of false discoveries, 0 to 1",
    ),
    seed_clusters: setting(count.min(2), "clusters"),
    granger_lags: setting(count, "sessions"),
    regime_sessions: setting(count.min(10), "sessions"),
  }).readonly(),
  portfolio: z.strictObject({
    stocks: setting(symbol, "symbol"),
    bonds: setting(symbol, "symbol"),
    gold: setting(symbol, "symbol"),
    crypto: setting(symbol, "symbol"),
    volatility: setting(symbol, "symbol"),
    stock_share: setting(share, "share, 0 to 1"),
    sleeve_share: setting(share, "share, 0 to 1"),
    cost_bps: setting(z.number().min(0), "basis points of what is traded"),
  }).readonly(),
  review: z.strictObject({
    required: setting(z.boolean(), "true or false"),
  }).readonly(),
}).superRefine((settings, context) => {
  const { clustering, classification } = settings;
  const ordered = [
    ["eligibility.min_price", settings.eligibility.min_price, settings.eligibility.max_price],
    ["baskets.min_weight", settings.baskets.min_weight, settings.baskets.max_weight],
    ["baskets.min_markets", settings.baskets.min_markets, settings.baskets.max_markets],
    ["clustering.min_clusters", clustering.min_clusters, clustering.max_clusters],
    ["clustering.min_next_overlap_days", clustering.min_next_overlap_days, clustering.next_days],
    ["clustering.doubtful_jaccard", clustering.doubtful_jaccard, clustering.stable_jaccard],
    [
      "classification.min_confidence",
      classification.min_confidence,
      classification.strong_confidence,
    ],
  ] as const;
  for (const [name, low, high] of ordered) {
    if (low.value > high.value) {
      context.addIssue({
        code: "custom",
        path: name.split("."),
        message: `must not exceed its upper limit ${high.value}`,
        input: low.value,
      });
    }
  }
  const resolved = [
    ["clustering.shifts", clustering.shifts.value, clustering.level.value],
    [
      "classification.permutations",
      classification.permutations.value,
      classification.false_discovery_rate.value,
    ],
  ] as const;
  for (const [name, draws, level] of resolved) {
    if (draws >= 1 / level - 1) continue;
    context.addIssue({
      code: "custom",
      path: name.split("."),
      message: `must be at least ${Math.ceil(1 / level - 1)} for a level of ${level}`,
      input: draws,
    });
  }
  clustering.studied_windows.value.forEach((days, k) => {
    // dates of equal length sort as texts
    if (days[0] < days[1] && days[1] < days[2]) return;
    context.addIssue({
      code: "custom",
      path: ["clustering", "studied_windows", "value", k],
      message: `must name rising days, not ${days.join(", ")}`,
      input: days,
    });
  });
}).readonly();

/** Every threshold of `config/settings.yaml`, grouped by the work it serves. */
export type Settings = z.infer<typeof settingsSchema>;

/**
 * Reads the content of `config/settings.yaml`.
 *
 * Nothing has a default: a threshold that is missing, unknown, out of range or in another unit is
 * refused, since a silent default would change a result without a trace.
 *
 * @param raw The parsed YAML.
 * @throws {SyntaxError} If it is not a complete set of settings; each fault has its own line.
 */
export function parseSettings(raw: unknown): Settings {
  return parseWith(settingsSchema, raw, "the settings");
}

/** One row per setting, for a reader: its path, value, unit and reason. */
export function settingRows(
  settings: Settings,
): { name: string; value: string; unit: string; reason: string }[] {
  return Object.entries(settings).flatMap(([group, members]) =>
    Object.entries(members as Record<string, Setting<unknown>>).map(([name, one]) => ({
      name: `${group}.${name}`,
      value: String(one.value),
      unit: one.unit,
      reason: one.reason,
    }))
  );
}
