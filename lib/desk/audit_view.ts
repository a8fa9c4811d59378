import { join } from "node:path";
import { parseSettings } from "../core/settings.ts";
import { readYaml } from "../store/yaml.ts";
import { themeSizes } from "../taxonomy/audit_entries.ts";
import type { WitnessMethod } from "../taxonomy/witness_method.ts";
import { type AuditCluster, auditClusters } from "./audit_clusters.ts";
import { type AuditEvent, auditEvents } from "./audit_events.ts";
import { type CheckpointRow, checkpointRows, textOf } from "./audit_rows.ts";
import { type AuditTwin, auditTwins } from "./audit_twins.ts";

/** `GET /api/audit`: what the desk of themes and twins shows. All texts are untrusted. */
export interface AuditView {
  /** Share of right themes that the lower end of the interval must pass. */
  readonly target: number;
  /** Whose clusters are the second witness. */
  readonly witness: WitnessMethod;
  /** Contracts of the sheets, in the order of notebook 04. */
  readonly entries: readonly AuditSheetEntry[];
  /** Events on which words and prices differ, those most worth a person's time first. */
  readonly disagreements: readonly AuditDisagreement[];
  /** Pairs to compare, the accepted first, then the rejected by similarity. */
  readonly twins: readonly AuditTwin[];
  /** Rejected pairs that are not shown. */
  readonly nTwinsLeftOut: number;
  /** What both witnesses say of the events that are shown. */
  readonly events: readonly AuditEvent[];
  /** Clusters of those events. */
  readonly clusters: readonly AuditCluster[];
  /** Texts of the contracts that are shown. */
  readonly texts: readonly AuditText[];
  /** Sides of the contracts of the sheets and the disagreements. */
  readonly sides: readonly AuditSide[];
  /** Events of each theme by words in all, which weigh the verdicts. */
  readonly themeSizes: readonly (readonly [theme: string, nEvents: number])[];
}

/** A contract of a sheet with the theme that is judged. */
export interface AuditSheetEntry {
  readonly sheet: string;
  readonly marketId: string;
  readonly eventId: string;
  readonly title: string;
  /** Theme by words. */
  readonly theme: string;
  readonly secondaryTheme: string | null;
  readonly confidence: number | null;
  readonly reasoning: string;
  readonly classifier: string;
}

/** An event on which words and prices do not say the same. */
export interface AuditDisagreement {
  /** 1 to 4, 1 first; see `Disagreement.priority`. */
  readonly priority: number;
  /** The contract that speaks for the event. */
  readonly marketId: string;
  readonly eventId: string;
  readonly title: string;
  /** Share of the cluster's other events with a theme that have its theme. */
  readonly clusterShare: number | null;
  /** Chance of as large a share, adjusted. */
  readonly themeQ: number | null;
}

/** What a contract says. */
export interface AuditText {
  readonly marketId: string;
  readonly title: string | null;
  readonly outcome: string | null;
  readonly eventTitle: string | null;
  readonly rules: string | null;
  /** Scheduled end, UTC milliseconds. */
  readonly closesAtMs: number | null;
}

/** Which way YES goes for the driver of its theme. */
export interface AuditSide {
  readonly marketId: string;
  readonly side: number;
  readonly confidence: number | null;
  readonly reasoning: string;
  /** Whether a person gave it; the rule's own side is then not known. */
  readonly isByPerson: boolean;
}

const AUDIT = {
  sheet: "string",
  market_id: "string",
  event_id: "string",
  title: "string",
  theme: "string",
  secondary_theme: "string",
  confidence: "number",
  reasoning: "string",
  classifier: "string",
} as const;
const TEXTS = {
  market_id: "string",
  title: "string",
  outcome: "string",
  event_title: "string",
  rules: "string",
  closes_at: "timestamp",
} as const;
const DISAGREEMENTS = {
  priority: "integer",
  market_id: "string",
  event_id: "string",
  title: "string",
  cluster_share: "number",
  theme_q: "number",
} as const;
const SIDES = {
  market_id: "string",
  side: "integer",
  confidence: "number",
  reasoning: "string",
  method: "string",
} as const;

/**
 * What the desk shows of the audit, the two witnesses and the twins of a run.
 *
 * Missing: `null`. Cost: one pass over each checkpoint; 6,000 contracts take less than a second.
 *
 * @param out Folder of the run, `data` by default elsewhere.
 * @throws {Error} If a checkpoint of 03 or 04 is missing, edited or older than the desk; the message says
 *   which notebook to run again.
 */
export async function auditView(out: string): Promise<AuditView> {
  const dir = join(out, "checkpoints");
  const settings = parseSettings(await readYaml("config/settings.yaml"));
  const entries = (await checkpointRows("04_audit", { dir, columns: AUDIT })).map(entryOf);
  const { events: byMarket, shown } = await auditEvents(dir, entries);
  const { witness, clusters } = await auditClusters(dir, byMarket);
  const disagreements = (await checkpointRows("04_disagreements", { dir, columns: DISAGREEMENTS }))
    .map(disagreementOf);
  const twins = await auditTwins(dir);
  const cases = [...entries, ...disagreements];
  const events = shown(new Set(cases.map(({ eventId }) => eventId)));
  const marketIds = new Set(cases.map(({ marketId }) => marketId));
  const paired = new Set(twins.pairs.flatMap(({ marketA, marketB }) => [marketA, marketB]));
  const clusterIds = new Set(events.map(({ clusterId }) => clusterId));
  const sides = await checkpointRows("04_sides", { dir, columns: SIDES });
  const texts = await checkpointRows("04_texts", { dir, columns: TEXTS });
  const wanted = (id: string) => marketIds.has(id) || paired.has(id);
  return {
    target: settings.classification.target_accuracy.value,
    ...{ witness, entries, disagreements, twins: twins.pairs, nTwinsLeftOut: twins.nLeftOut },
    ...{ events, clusters: clusters.filter(({ clusterId }) => clusterIds.has(clusterId)) },
    texts: texts.map(textRow).filter(({ marketId }) => wanted(marketId)),
    sides: sides.map(sideOf).filter(({ marketId }) => marketIds.has(marketId)),
    themeSizes: [...themeSizes([...byMarket.values()])].sort(([a], [b]) => a < b ? -1 : 1),
  };
}

function entryOf(row: CheckpointRow<typeof AUDIT>): AuditSheetEntry {
  return {
    ...{ sheet: textOf(row.sheet), marketId: textOf(row.market_id) },
    ...{ eventId: textOf(row.event_id), title: row.title ?? textOf(row.market_id) },
    ...{ theme: textOf(row.theme), secondaryTheme: row.secondary_theme },
    ...{ confidence: row.confidence, reasoning: textOf(row.reasoning) },
    classifier: textOf(row.classifier),
  };
}

function disagreementOf(row: CheckpointRow<typeof DISAGREEMENTS>): AuditDisagreement {
  return {
    ...{ priority: row.priority, marketId: textOf(row.market_id), eventId: textOf(row.event_id) },
    title: row.title ?? textOf(row.market_id),
    ...{ clusterShare: row.cluster_share, themeQ: row.theme_q },
  };
}

function textRow(row: CheckpointRow<typeof TEXTS>): AuditText {
  const { title, outcome, event_title: eventTitle, rules, closes_at: closesAtMs } = row;
  return { marketId: textOf(row.market_id), title, outcome, eventTitle, rules, closesAtMs };
}

function sideOf(row: CheckpointRow<typeof SIDES>): AuditSide {
  const { market_id, side, confidence, reasoning, method } = row;
  return {
    ...{ marketId: textOf(market_id), side, confidence, reasoning: textOf(reasoning) },
    isByPerson: method === "person",
  };
}
