import type { AuditCluster } from "../../desk/audit_clusters.ts";
import type { AuditEvent } from "../../desk/audit_events.ts";
import type { AuditSheetEntry, AuditSide, AuditText, AuditView } from "../../desk/audit_view.ts";

/** The view with its parts by id. */
export interface AuditIndex {
  readonly view: AuditView;
  readonly events: ReadonlyMap<string, AuditEvent>;
  readonly clusters: ReadonlyMap<number, AuditCluster>;
  readonly texts: ReadonlyMap<string, AuditText>;
  readonly sides: ReadonlyMap<string, AuditSide>;
  /** Contracts of each sheet, in the order of the sheets. */
  readonly sheets: ReadonlyMap<string, readonly AuditSheetEntry[]>;
  readonly themeSizes: ReadonlyMap<string, number>;
}

/** Finds the parts of a view by their ids. */
export function auditIndex(view: AuditView): AuditIndex {
  return {
    view,
    events: new Map(view.events.map((one) => [one.eventId, one])),
    clusters: new Map(view.clusters.map((one) => [one.clusterId, one])),
    texts: new Map(view.texts.map((one) => [one.marketId, one])),
    sides: new Map(view.sides.map((one) => [one.marketId, one])),
    sheets: Map.groupBy(view.entries, ({ sheet }) => sheet),
    themeSizes: new Map(view.themeSizes),
  };
}

const SHEET_NAMES: Readonly<Record<string, string>> = {
  edge_contradicted: "Edge cases: prices contradict",
  edge_two_themes: "Edge cases: two themes",
  edge_unsure: "Edge cases: unsure words",
};

/** A sheet's name for a person: "50 drawn at random". */
export function sheetName(sheet: string): string {
  const drawn = /^audit_(\d+)$/.exec(sheet);
  return drawn !== null ? `${drawn[1]} drawn at random` : SHEET_NAMES[sheet] ?? sheet;
}

/** A case for a person's second look, by its event. */
export interface AuditCase {
  readonly marketId: string;
  readonly eventId: string;
  readonly title: string;
  /** Why it is in the list. */
  readonly why: string;
  /** Share of the cluster's other events with its theme, and its adjusted chance. */
  readonly clusterShare: number | null;
  readonly themeQ: number | null;
}

const PRIORITY_WORDS = [
  "Prices overrule words that were sure",
  "Prices overrule or name what words leave open",
  "An untrusted cluster contradicts sure words",
  "Words and prices differ",
];

/** The disagreements, then the edge cases of other events; an event comes once. */
export function auditCases({ disagreements, entries }: AuditView): AuditCase[] {
  const seen = new Set(disagreements.map(({ eventId }) => eventId));
  const edges = entries.filter(({ sheet, eventId }) => {
    const isNew = sheet.startsWith("edge_") && !seen.has(eventId);
    if (isNew) seen.add(eventId);
    return isNew;
  });
  return [
    ...disagreements.map(({ priority, ...one }) => ({
      ...one,
      why: PRIORITY_WORDS[priority - 1] ?? "Words and prices differ",
    })),
    ...edges.map(({ sheet, marketId, eventId, title }) => ({
      ...{ marketId, eventId, title, why: sheetName(sheet) },
      ...{ clusterShare: null, themeQ: null },
    })),
  ];
}
