import type { HoldableContract } from "../baskets/holdable.ts";
import { dateColumn, numberColumn, stringColumn, type Table, table } from "../core/table.ts";
import type { PointInTime } from "../universe/as_of.ts";
import type { Side } from "../baskets/side.ts";
import type { ReconciliationRule } from "../taxonomy/reconcile.ts";
import type { ClustersAt } from "./clusters_at.ts";
import type { HeldSide } from "./held_side.ts";
import type { ThemesAt } from "./themes_at.ts";

/** What one decision found out about the contracts that may be held. */
export interface GroupedDecision {
  readonly decidedOn: number;
  /** Listings of the view. */
  readonly markets: PointInTime["markets"];
  readonly holdables: readonly HoldableContract[];
  readonly themesOf: ThemesAt;
  readonly clusters: ClustersAt;
}

/**
 * The checkpoint `05_groups`: one row for each decision and contract that may be held, with what each
 * witness says of it. By decision as given, then contract.
 *
 * Columns: decided_on, market_id, event_id, ticker_id, side (`yes` or `no`, for the reconciled theme),
 * words_theme, hand_theme (missing where no row fits), cluster (`cluster_03`, missing in none),
 * cluster_stability, cluster_p, theme (reconciled), rule.
 */
export function groupTable(rows: readonly GroupRow[]): Table {
  const text = (read: (row: GroupRow) => string | null) => stringColumn(rows.map(read));
  return table({
    decided_on: dateColumn(rows.map((row) => row.decidedOn)),
    market_id: text((row) => row.marketId),
    event_id: text((row) => row.eventId),
    ticker_id: text((row) => row.tickerId),
    side: text((row) => row.side),
    words_theme: text((row) => row.wordsTheme),
    hand_theme: text((row) => row.handTheme),
    cluster: text((row) => row.cluster),
    cluster_stability: numberColumn(rows.map((row) => row.clusterStability)),
    cluster_p: numberColumn(rows.map((row) => row.clusterP)),
    theme: text((row) => row.theme),
    rule: text((row) => row.rule),
  });
}

/** What each witness says of one contract at one decision. */
export interface GroupRow {
  readonly decidedOn: number;
  readonly marketId: string;
  readonly eventId: string;
  readonly tickerId: string;
  /** Held for the reconciled theme. */
  readonly side: Side;
  readonly wordsTheme: string;
  readonly handTheme: string | null;
  /** `null` in none. */
  readonly cluster: string | null;
  /** NaN in none. */
  readonly clusterStability: number;
  readonly clusterP: number;
  /** Reconciled. */
  readonly theme: string;
  readonly rule: ReconciliationRule;
}

/**
 * The rows of one decision, by contract.
 *
 * @param heldSide As the groups were made with.
 */
export function groupRows(
  { decidedOn, markets, holdables, themesOf, clusters }: GroupedDecision,
  heldSide: HeldSide,
): GroupRow[] {
  return holdables.map(({ market, marketId, eventId, tickerId }, k) => {
    const theme = themesOf.reconciled[k]!, cluster = clusters.clusters[clusters.cluster[k]!];
    return {
      ...{ decidedOn, marketId, eventId, tickerId, theme, rule: themesOf.rule[k]! },
      side: heldSide(markets[market]!, theme),
      ...{ wordsTheme: themesOf.words[k]!, handTheme: themesOf.hand[k]! },
      cluster: cluster?.id ?? null,
      ...{ clusterStability: cluster?.stability ?? NaN, clusterP: cluster?.pValue ?? NaN },
    };
  });
}
