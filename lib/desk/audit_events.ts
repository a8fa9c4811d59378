import type { AuditSheetEntry } from "./audit_view.ts";
import { type CheckpointRow, checkpointRows, textOf } from "./audit_rows.ts";

/** What both witnesses say of an event, and what reconciliation made of it. */
export interface AuditEvent {
  readonly eventId: string;
  /** Contracts of the event in all. */
  readonly nContracts: number;
  /** Theme by words. */
  readonly wordsTheme: string;
  readonly secondaryTheme: string | null;
  readonly confidence: number | null;
  /** The classifier's sentence. Untrusted. */
  readonly reasoning: string;
  readonly classifier: string;
  /** Final theme, and the rule that gave it; see `ReconciliationRule`. */
  readonly theme: string;
  readonly rule: string;
  /** Theme of the other events of its cluster; `null` where they have none in common. */
  readonly clusterTheme: string | null;
  /** −1 where it is in no cluster. */
  readonly clusterId: number;
  readonly clusterStability: number | null;
  /** Chance of as coherent a cluster in noise, adjusted for the number of clusters. */
  readonly clusterQ: number | null;
}

const WORDS = {
  market_id: "string",
  event_id: "string",
  primary_theme: "string",
  secondary_theme: "string",
  confidence: "number",
  reasoning: "string",
  classifier: "string",
} as const;
const RECONCILED = {
  event_id: "string",
  theme: "string",
  rule: "string",
  cluster_theme: "string",
  cluster_id: "integer",
  cluster_stability: "number",
  cluster_q: "number",
} as const;

/** The classifier's own answer about an event. */
type OwnAnswer = Pick<
  AuditSheetEntry,
  "eventId" | "theme" | "secondaryTheme" | "confidence" | "reasoning" | "classifier"
>;

/**
 * Every contract's event and theme by words, by market id, and a reader of whole events.
 *
 * `04_classifications` holds what people corrected; of an event on an audit sheet the classifier's own
 * answer is taken, which is what is judged.
 *
 * @param own Answers of the classifier, those of the sheets.
 * @throws {Error} If `04_classifications` or `04_reconciled` is missing.
 */
export async function auditEvents(dir: string, own: readonly OwnAnswer[]): Promise<{
  readonly events: ReadonlyMap<
    string,
    { readonly marketId: string; readonly eventId: string; readonly theme: string }
  >;
  /** The events of these ids, by id. */
  readonly shown: (eventIds: ReadonlySet<string>) => readonly AuditEvent[];
}> {
  const words = await checkpointRows("04_classifications", { dir, columns: WORDS });
  const final = await checkpointRows("04_reconciled", { dir, columns: RECONCILED });
  const byEvent = Map.groupBy(words, ({ event_id }) => textOf(event_id));
  const ownOf = new Map(own.map((one) => [one.eventId, one]));
  const finalOf = new Map(final.map((row) => [textOf(row.event_id), row]));
  return {
    events: new Map(words.map(({ market_id, event_id, primary_theme }) => {
      const marketId = textOf(market_id), eventId = textOf(event_id);
      const theme = ownOf.get(eventId)?.theme ?? textOf(primary_theme);
      return [marketId, { marketId, eventId, theme }];
    })),
    shown: (eventIds) =>
      [...eventIds].sort().map((eventId) =>
        eventOf(eventId, {
          own: ownOf.get(eventId),
          words: byEvent.get(eventId),
          final: finalOf.get(eventId),
        })
      ),
  };
}

function eventOf(
  eventId: string,
  { own, words, final }: {
    readonly own: OwnAnswer | undefined;
    readonly words: readonly CheckpointRow<typeof WORDS>[] | undefined;
    readonly final: CheckpointRow<typeof RECONCILED> | undefined;
  },
): AuditEvent {
  if (words === undefined || final === undefined) {
    throw new Error(
      `Cannot show the audit as its events must be classified: got none "${eventId}" (run notebook 04 again)`,
    );
  }
  const { theme, secondaryTheme, confidence, reasoning, classifier } = own ?? answerOf(words[0]!);
  return {
    ...{ eventId, nContracts: words.length, wordsTheme: theme, secondaryTheme, confidence },
    ...{ reasoning, classifier, theme: textOf(final.theme), rule: textOf(final.rule) },
    ...{ clusterTheme: final.cluster_theme, clusterId: final.cluster_id },
    ...{ clusterStability: final.cluster_stability, clusterQ: final.cluster_q },
  };
}

function answerOf(row: CheckpointRow<typeof WORDS>): OwnAnswer {
  return {
    ...{ eventId: textOf(row.event_id), theme: textOf(row.primary_theme) },
    ...{ secondaryTheme: row.secondary_theme, confidence: row.confidence },
    ...{ reasoning: textOf(row.reasoning), classifier: textOf(row.classifier) },
  };
}
