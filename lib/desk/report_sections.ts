import type { SubjectKind } from "../review/decision.ts";
import { isRandomSheet } from "../taxonomy/audit_entries.ts";

/** One of the five checkpoints at which a person must accept results. */
export interface ReportSection {
  readonly id: string;
  readonly title: string;
  /** What the person is asked. */
  readonly question: string;
  readonly kinds: readonly SubjectKind[];
  /** Charts to judge by, by name. */
  readonly charts: readonly string[];
}

/** The checkpoints in their order. */
export const REPORT_SECTIONS: readonly ReportSection[] = [
  {
    id: "classification",
    title: "Classification review",
    question:
      "Are the themes of contracts that were drawn at random right? Are twins one question, and do sides point the right way?",
    kinds: ["audit", "theme", "side", "contract", "twin"],
    charts: ["theme_confusion", "confidence_calibration"],
  },
  {
    id: "clusters",
    title: "Cluster inspection",
    question: "Do the clusters make sense, and is the tree cut in the right place?",
    kinds: ["cut", "cluster"],
    charts: ["dendrogram", "cluster_dendrogram_0", "clustered_heat_map", "cluster_count"],
  },
  {
    id: "baskets",
    title: "Basket composition",
    question: "Does the list of markets of every basket make sense?",
    kinds: ["basket"],
    charts: ["composition_cards", "basket_weights"],
  },
  {
    id: "returns",
    title: "Backtest plausibility",
    question: "Do returns match intuition: does a basket move when its theme is in the news?",
    kinds: ["returns"],
    charts: ["method_nav", "attribution", "method_drawdown"],
  },
  {
    id: "edge-cases",
    title: "Edge cases",
    question:
      "Which markets changed their theme between rebalances, and why? Which could go either way?",
    kinds: ["theme_change"],
    charts: ["theme_disagreements"],
  },
];

/** The checkpoint that a question belongs to; sheets that were not drawn at random hold edge cases. */
export function sectionOf(kind: SubjectKind, subject: string): ReportSection {
  const sheet = subject.split(" | ")[0]!;
  const isEdge = kind === "audit" && !isRandomSheet(sheet);
  return REPORT_SECTIONS.find(({ kinds }) => kinds.includes(isEdge ? "theme_change" : kind))!;
}
