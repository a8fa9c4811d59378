import { formatDay, parseDay } from "../../lib/core/day.ts";
import { seenHash, type Subject } from "../../lib/review/subject.ts";
import type { FixturePart } from "./fixture_run.ts";
import type { FixtureContract } from "./fixture_contracts.ts";
import { FIXTURE_THEMES } from "./fixture_contracts.ts";
import { recordTable } from "./record_table.ts";

const METHODS = [["hybrid_risk", "Hybrid, equal risk"], ["words_equal", "Words, equal weights"]];
const TRADES = [["2025-06-30", "2025-07-01"], ["2025-07-31", "2025-08-01"], [
  "2025-08-31",
  "2025-09-01",
]] as const;
const N_HELD = 10;
const FIRST_DAY = parseDay(TRADES[0][1]);
const N_DAYS = 90;

/** Baskets of two methods on three trade dates, their value and what moved it. */
export function fixtureBaskets(
  contracts: readonly FixtureContract[],
  random: () => number,
): FixturePart {
  const keyed = { method: "string", policy: "string", basket: "string" } as const;
  const baskets = METHODS.flatMap(([method]) =>
    FIXTURE_THEMES.map((theme) => ({
      ...{ method: method!, policy: "cash", basket: theme },
      members: contracts.filter((one) => one.theme === theme),
    }))
  );
  const moved = contracts.slice(10, 13);
  const checkpoints = {
    "05_trials": recordTable(
      {
        method: "string",
        name: "string",
        policy: "string",
        grouping: "string",
        weighting: "string",
        caps_liquidity: "bool",
        origin: "string",
      },
      METHODS.map(([method, name]) => ({
        ...{ method: method!, name: name!, policy: "cash", grouping: "hybrid" },
        ...{ weighting: "risk", caps_liquidity: true, origin: "seed" },
      })),
    ),
    "05_baskets": recordTable(
      {
        ...keyed,
        decided_on: "date",
        date: "date",
        market_id: "string",
        side: "string",
        weight: "number",
        reason: "string",
      },
      baskets.flatMap(({ members, ...basket }) =>
        TRADES.flatMap(([decided_on, date], k) =>
          members.slice(k, k + N_HELD).map(({ marketId }, i) => ({
            ...{ ...basket, decided_on, date, market_id: marketId },
            ...{ side: i % 4 === 0 ? "no" : "yes", weight: 0.09, reason: "target=0.09" },
          }))
        )
      ),
    ),
    "05_rebalances": recordTable(
      {
        ...keyed,
        kind: "string",
        decided_on: "date",
        date: "date",
        status: "string",
        rules: "string",
        merged_from: "string",
        n_held: "integer",
        n_skipped: "integer",
        turnover: "number",
        traded: "number",
        spread_cost: "number",
        fee_cost: "number",
        roll_cost: "number",
        cash_weight: "number",
      },
      baskets.flatMap(({ members: _, ...basket }) =>
        TRADES.map(([decided_on, date], k) => ({
          ...{ ...basket, kind: "scheduled", decided_on, date, status: "held", rules: "" },
          ...{ merged_from: "", n_held: N_HELD, n_skipped: 0, turnover: k === 0 ? 1 : 0.2 },
          ...{ traded: 0.4, spread_cost: 0.004, fee_cost: 0.001, roll_cost: 0, cash_weight: 0.1 },
        }))
      ),
    ),
    "05_nav": recordTable(
      {
        ...keyed,
        date: "date",
        nav_gross: "number",
        nav: "number",
        cash: "number",
        stale_share: "number",
        n_live: "integer",
        oldest_mark_days: "number",
      },
      baskets.flatMap(({ members: _, ...basket }) => {
        let nav = 99.5;
        return Array.from({ length: N_DAYS }, (_, day) => {
          nav *= 1 + 0.02 * (random() - 0.48);
          return {
            ...{ ...basket, date: formatDay(FIRST_DAY + day), nav_gross: nav * 1.01, nav },
            ...{ cash: 0.1, stale_share: 0, n_live: N_HELD, oldest_mark_days: 0 },
          };
        });
      }),
    ),
    "05_attribution": recordTable(
      {
        ...keyed,
        market_id: "string",
        side: "string",
        drift: "number",
        resolution: "number",
        spread: "number",
        fees: "number",
        roll: "number",
        interest: "number",
      },
      baskets.flatMap(({ members, ...basket }) =>
        members.slice(0, N_HELD + 2).map(({ marketId }) => ({
          ...{ ...basket, market_id: marketId, side: "yes", drift: random() - 0.5 },
          ...{ resolution: random() - 0.5, spread: -0.02, fees: -0.01, roll: 0, interest: 0 },
        }))
      ),
    ),
    "05_metrics": recordTable(
      { ...keyed, metric: "string", value: "number", ci_low: "number", ci_high: "number" },
      baskets.flatMap(({ members: _, ...basket }) =>
        ["annualized_return", "volatility", "max_drawdown"].map((metric, k) => ({
          ...{ ...basket, metric, value: [0.08, 0.21, -0.12][k]!, ci_low: null, ci_high: null },
        }))
      ),
    ),
    "05_groups": recordTable(
      {
        decided_on: "date",
        market_id: "string",
        event_id: "string",
        ticker_id: "string",
        side: "string",
        words_theme: "string",
        hand_theme: "string",
        cluster: "string",
        cluster_stability: "number",
        cluster_p: "number",
        theme: "string",
        rule: "string",
      },
      TRADES.flatMap(([decided_on], k) =>
        contracts.slice(0, 60).map(({ marketId, eventId, theme, title: _ }, i) => {
          const isMoved = k === 2 && moved.some((one) => one.marketId === marketId);
          return {
            ...{ decided_on, market_id: marketId, event_id: eventId, side: "yes" },
            ...{ ticker_id: `${eventId} yes`, words_theme: theme, hand_theme: null },
            ...{ cluster: `cluster_0${i % 8}`, cluster_stability: 0.7, cluster_p: 0.02 },
            ...{ theme: isMoved ? "other" : theme, rule: isMoved ? "prices" : "words" },
          };
        })
      ),
    ),
  };
  const ask = (kind: Subject["kind"], id: string, title: string, isRequired: boolean): Subject => ({
    ...{ kind, id, title, isRequired },
    seen: seenHash([kind, id, title]),
  });
  const last = TRADES.at(-1)!;
  const subjects = [
    ...baskets.flatMap(({ method, basket }) =>
      TRADES.map(([, date]) =>
        ask(
          "basket",
          `${method} | ${basket} | ${date}`,
          `${basket}, ${method}, after the trade of ${date}`,
          method === "hybrid_risk" && date === last[1],
        )
      )
    ),
    ...FIXTURE_THEMES.map((theme) =>
      ask("returns", `hybrid_risk | ${theme}`, `Do the returns of ${theme} match intuition?`, true)
    ),
    ...moved.map(({ marketId, title }) =>
      ask("theme_change", `${marketId} | ${last[0]}`, `${title}: changed its theme`, false)
    ),
  ];
  return { checkpoints, subjects };
}
