import type { ClusterTheme } from "./cluster_themes.ts";
import { type MarketWitnesses, sortedWitnesses, themeByWords } from "./market_witnesses.ts";
import { UNCATEGORIZED } from "./themes.ts";

/** Which witness decided. */
export type ReconciliationRule =
  /** The cluster's theme by its other events is that of the words. */
  | "both agree"
  /** A trusted cluster says otherwise than the words: prices overrule them. */
  | "statistics"
  /** Words give no theme and a trusted cluster does: prices name it. */
  | "prices name"
  /** A cluster that is not trusted says otherwise, or alone: what words say stays, a person decides. */
  | "review"
  /** No cluster, or one whose other events have no theme in common. */
  | "words only"
  /** No theme by words and none by prices. */
  | "neither"
  /** A person gave the theme, or said that there is none: prices have no say. */
  | "person";

/** An event with its final theme and where it comes from; all its contracts have the same. */
export interface ReconciledEvent {
  readonly eventId: string;
  /** The contract that speaks for it. */
  readonly marketId: string;
  /** Contracts of the event in all. */
  readonly nContracts: number;
  /** Final theme, or `UNCATEGORIZED`. */
  readonly theme: string;
  readonly rule: ReconciliationRule;
  /** The theme of the classifier, or of the person, as it was given. */
  readonly wordsTheme: string | null;
  readonly confidence: number;
  /** Named by its other events; `null` where the event is in no cluster. */
  readonly cluster: ClusterTheme | null;
}

/**
 * The final theme of each event from its two witnesses, by the seed plan's four rules, corrected.
 *
 * The plan lets prices overrule words whenever a cluster is "strong". On a month or two of daily
 * prices most correlation is noise, so here they do only where the cluster is stable and beyond
 * noise after adjusting for all clusters; any other contradiction keeps the words and goes to a
 * person.
 *
 * The rule follows from the event's own words and its cluster's other events alone. A theme that a
 * person gave is final.
 *
 * @param clusters By market id, for every event in a cluster: `themesByOthers`.
 * @returns By market id.
 * @throws {RangeError} If a market or an event is listed twice, or its cluster is not known.
 */
export function reconciled(
  witnesses: readonly MarketWitnesses[],
  clusters: ReadonlyMap<string, ClusterTheme>,
): ReconciledEvent[] {
  return sortedWitnesses(witnesses).map((event) => {
    const { marketId, eventId, nContracts, confidence } = event;
    const cluster = event.clusterId < 0 ? null : clusters.get(marketId);
    if (cluster === undefined || cluster !== null && cluster.clusterId !== event.clusterId) {
      throw new RangeError(
        `Cannot reconcile "${marketId}" as its cluster must be known: got ${event.clusterId}`,
      );
    }
    const words = themeByWords(event);
    const rule = event.isByPerson === true ? "person" : ruleOf(words, cluster);
    const isByPrices = rule === "statistics" || rule === "prices name";
    const theme = (isByPrices ? cluster!.theme : words) ?? UNCATEGORIZED;
    return {
      ...{ eventId, marketId, nContracts, theme, rule, wordsTheme: event.theme },
      ...{ confidence, cluster },
    };
  });
}

function ruleOf(words: string | null, cluster: ClusterTheme | null): ReconciliationRule {
  const byPrices = cluster?.theme ?? null;
  if (byPrices === null) return words === null ? "neither" : "words only";
  if (byPrices === words) return "both agree";
  if (!cluster!.isTrusted) return "review";
  return words === null ? "prices name" : "statistics";
}
